/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands about the connection: token, settings, disconnect. */

#include "arguments.h"
#include "commands.h"
#include "text-table.h"

#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

/* Far more than a token has, and nothing that a mistaken file could fill memory with. */
#define MAX_TOKEN_BYTES 16384

static void opened_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void token_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void settled_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static GVariant *
parse_token(char ***words, GError **error)
{
  g_autofree char *path = NULL;
  gboolean other_company = FALSE;
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(NULL);
  const GOptionEntry entries[] = {
    { "file", 0, 0, G_OPTION_ARG_FILENAME, &path, "Read it from a file, not from stdin", "FILE" },
    { "other-company", 0, 0, G_OPTION_ARG_NONE, &other_company,
      "It belongs to another company than the one whose articles are linked", NULL },
    { .long_name = NULL },
  };

  /* Never a word of the command line: those are seen by every user of the computer. */
  if (!arguments_parse(words, entries, (ArgumentsCount){ 0, 0 }, error))
    return NULL;
  if (path != NULL)
    g_variant_dict_insert(&request, "file", "s", path);
  g_variant_dict_insert(&request, "other_company", "b", other_company);
  return g_variant_dict_end(&request);
}

/* The task's data. */
typedef struct {
  gboolean other_company;
  char text[MAX_TOKEN_BYTES + 1]; /* while it is read */
} Token;

static void
free_token(Token *token)
{
  explicit_bzero(token, sizeof(*token));
  g_free(token);
}

static void
read_token(GInputStream *stream, GTask *task)
{
  Token *token = g_task_get_task_data(task);

  g_input_stream_read_all_async(stream, token->text, MAX_TOKEN_BYTES, G_PRIORITY_DEFAULT,
                                g_task_get_cancellable(task), token_cb, task);
}

static void
start_token(const Command *command, Session *session, GVariant *request, GTask *task)
{
  const char *path = NULL;
  Token *data = g_new0(Token, 1);

  (void)g_variant_lookup(request, "other_company", "b", &data->other_company);
  g_task_set_task_data(task, data, (GDestroyNotify)free_token);
  if (g_variant_lookup(request, "file", "&s", &path)) {
    g_autoptr(GFile) file = g_file_new_for_commandline_arg(path);

    g_file_read_async(file, G_PRIORITY_DEFAULT, g_task_get_cancellable(task), opened_cb, task);
  } else if (session_claim_input(session)) {
    g_autoptr(GInputStream) stream = g_unix_input_stream_new(STDIN_FILENO, FALSE);

    read_token(stream, task);
  } else {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                            "token set: --file is missing; stdin carries the commands");
    g_object_unref(task);
  }
}

static void
opened_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GFileInputStream) stream = g_file_read_finish(G_FILE(source), result, &error);

  if (stream == NULL)
    g_task_return_error(task, error);
  else
    read_token(G_INPUT_STREAM(stream), g_object_ref(task));
}

static GVariant *
build_token(const Token *data)
{
  g_auto(GVariantDict) argument = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&argument, "token", "s", data->text);
  if (data->other_company)
    g_variant_dict_insert(&argument, "other_company", "b", TRUE);
  return g_variant_dict_end(&argument);
}

static void
token_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  Token *data = g_task_get_task_data(task);
  char *token = data->text;
  gsize length = 0;
  GError *error = NULL;

  if (!g_input_stream_read_all_finish(G_INPUT_STREAM(source), result, &length, &error)) {
    g_task_return_error(task, error);
    return;
  }
  g_strstrip(token);
  if (token[0] == '\0' || length == MAX_TOKEN_BYTES) {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                            token[0] == '\0' ? "the token is empty" : "the token is too long");
    return;
  }
  if (!g_utf8_validate(token, -1, NULL)) {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                            "the token is not a text");
    return;
  }
  comptoir_channel_perform_async(session_get_channel(session), COMPTOIR_OPERATION_SET_TOKEN,
                                 build_token(data), g_task_get_cancellable(task), settled_cb,
                                 g_object_ref(task));
}

static void
settled_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GVariant *answer = comptoir_channel_perform_finish(COMPTOIR_CHANNEL(source), result, &error);

  if (answer != NULL)
    g_task_return_pointer(task, answer, (GDestroyNotify)g_variant_unref);
  else
    g_task_return_error(task, error);
}

static void
start_list(const Command *command, Session *session, GVariant *request, GTask *task)
{
  g_autoptr(GVariant) rows = comptoir_channel_describe_settings(session_get_channel(session));

  g_task_return_pointer(task, g_variant_ref_sink(comptoir_page_new(rows, NULL)),
                        (GDestroyNotify)g_variant_unref);
  g_object_unref(task);
}

static GVariant *
parse_set(char ***words, GError **error)
{
  if (!arguments_parse(words, NULL, (ArgumentsCount){ 1, G_MAXUINT }, error))
    return NULL;
  return arguments_build_dictionary(*words, error);
}

static char *
dup_kind(GVariant *rows, const char *key)
{
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    const char *name = "";
    const char *kind = "text";

    (void)g_variant_lookup(row, COMPTOIR_KEY_KEY, "&s", &name);
    (void)g_variant_lookup(row, "kind", "&s", &kind);
    if (g_str_equal(name, key))
      return g_strdup(kind);
  }
  return NULL;
}

static gboolean
insert_boolean(GVariantDict *settings, const char *key, const char *text)
{
  static const char *const yes[] = { "true", "yes", "1", "on", NULL };
  static const char *const no[] = { "false", "no", "0", "off", NULL };

  g_variant_dict_insert(settings, key, "b", g_strv_contains(yes, text));
  return g_strv_contains(yes, text) || g_strv_contains(no, text);
}

/* A text in the type that the setting's kind has. */
static gboolean
insert_setting(GVariantDict *settings, const char *kind, const char *key, const char *text)
{
  guint64 number = 0;

  if (g_str_equal(kind, "boolean"))
    return insert_boolean(settings, key, text);
  if (g_str_equal(kind, "number")) {
    if (!g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT32, &number, NULL))
      return FALSE;
    g_variant_dict_insert(settings, key, "u", (guint32)number);
  } else if (g_str_equal(kind, "choices")) {
    g_auto(GStrv) list = g_strsplit(text, ",", text[0] == '\0' ? 0 : -1);

    g_variant_dict_insert(settings, key, "^as", list);
  } else {
    g_variant_dict_insert(settings, key, "s", text);
  }
  return !g_str_equal(kind, "secret");
}

static GVariant *
build_settings(GVariant *rows, GVariant *request, GError **error)
{
  g_auto(GVariantDict) settings = G_VARIANT_DICT_INIT(NULL);
  GVariantIter iter;
  const char *key = NULL;
  g_autoptr(GVariant) value = NULL;

  (void)g_variant_iter_init(&iter, request);
  while (g_variant_iter_loop(&iter, "{&sv}", &key, &value)) {
    g_autofree char *kind = dup_kind(rows, key);

    if (kind == NULL)
      g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "there is no setting %s", key);
    else if (!insert_setting(&settings, kind, key, g_variant_get_string(value, NULL)))
      g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                  "setting %s: the value is not a %s that can be typed here", key, kind);
    else
      continue;
    return NULL;
  }
  return g_variant_dict_end(&settings);
}

static void
start_set(const Command *command, Session *session, GVariant *request, GTask *task)
{
  ComptoirChannel *channel = session_get_channel(session);
  g_autoptr(GVariant) rows = comptoir_channel_describe_settings(channel);
  GError *error = NULL;
  GVariant *settings = build_settings(rows, request, &error);

  if (settings == NULL) {
    g_task_return_error(task, error);
    g_object_unref(task);
    return;
  }
  comptoir_channel_change_settings_async(channel, settings, g_task_get_cancellable(task),
                                         settled_cb, task);
}

static GVariant *
parse_disconnect(char ***words, GError **error)
{
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(NULL);
  gboolean is_parking = FALSE;
  const GOptionEntry entries[] = {
    { "park", 0, 0, G_OPTION_ARG_NONE, &is_parking, "Set waiting sales aside", NULL },
    { .long_name = NULL },
  };

  if (!arguments_parse(words, entries, (ArgumentsCount){ 0, 0 }, error))
    return NULL;
  g_variant_dict_insert(&request, "park", "b", is_parking);
  return g_variant_dict_end(&request);
}

static void
start_disconnect(const Command *command, Session *session, GVariant *request, GTask *task)
{
  gboolean is_parking = FALSE;

  (void)g_variant_lookup(request, "park", "b", &is_parking);
  comptoir_channel_disconnect_async(session_get_channel(session),
                                    is_parking ? COMPTOIR_DISCONNECT_PARK_QUEUE
                                               : COMPTOIR_DISCONNECT_KEEP_QUEUE,
                                    g_task_get_cancellable(task), settled_cb, task);
}

static void
print_settings(GVariant *answer, GString *out)
{
  static const TextColumn columns[] = {
    { "key", "KEY" },     { "value", "VALUE" }, { "kind", "KIND" },
    { "label", "LABEL" }, { "error", "ERROR" },
  };

  text_table_append_rows_of(out, answer, COMPTOIR_KEY_ROWS, columns, G_N_ELEMENTS(columns));
}

const Command settings_commands[] = {
  {
      .name = "token set",
      .synopsis = "[--file FILE] [--other-company]",
      .summary = "Give the channel its token, from stdin or a file",
      .parts = SESSION_CHANNEL,
      .parse = parse_token,
      .start = start_token,
  },
  {
      .name = "settings list",
      .synopsis = "",
      .summary = "Show the channel's settings",
      .parts = SESSION_CHANNEL,
      .start = start_list,
      .print = print_settings,
  },
  {
      .name = "settings set",
      .synopsis = "KEY=VALUE...",
      .summary = "Change settings; several choices are divided by commas",
      .parts = SESSION_CHANNEL,
      .parse = parse_set,
      .start = start_set,
      .print = print_settings,
  },
  {
      .name = "disconnect",
      .synopsis = "[--park]",
      .summary = "Forget the token; articles and links stay",
      .parts = SESSION_CHANNEL,
      .parse = parse_disconnect,
      .start = start_disconnect,
  },
  { .name = NULL },
};
