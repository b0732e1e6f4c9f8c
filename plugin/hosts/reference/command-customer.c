/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands about what the channel keeps of one customer. The host's own books are not theirs.
 */

#include "arguments.h"
#include "command-export.h"
#include "commands.h"

#include <gio/gunixinputstream.h>
#include <unistd.h>

/* Far more than is known of anybody. */
#define MAX_BYTES 4096

/* The task's data while standard input is read. */
typedef struct {
  const Command *command;
  GVariant *request; /* (owned) */
  char text[MAX_BYTES + 1];
} Question;

static void read_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static void
free_question(gpointer data)
{
  Question *self = data;

  g_variant_unref(self->request);
  g_free(self);
}

/* {customer}, and the options. */
static GVariant *
parse_customer(char ***words, const GOptionEntry *entries, GError **error)
{
  if (!arguments_parse(words, entries, (ArgumentsCount){ 0, G_MAXUINT }, error))
    return NULL;
  return arguments_build_dictionary(*words, error);
}

static GVariant *
parse_export(char ***words, GError **error)
{
  g_autofree char *path = NULL;
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(NULL);
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, "Write it there", "FILE" },
    { .long_name = NULL },
  };
  GVariant *customer = parse_customer(words, entries, error);

  if (customer == NULL)
    return NULL;
  g_variant_dict_insert_value(&request, "customer", customer);
  if (path != NULL)
    g_variant_dict_insert(&request, "output", "s", path);
  return g_variant_dict_end(&request);
}

static GVariant *
parse_erase(char ***words, GError **error)
{
  gboolean is_sure = FALSE;
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(NULL);
  const GOptionEntry entries[] = {
    { "yes", 0, 0, G_OPTION_ARG_NONE, &is_sure, "Erase; without it: only show what would be",
      NULL },
    { .long_name = NULL },
  };
  GVariant *customer = parse_customer(words, entries, error);

  if (customer == NULL)
    return NULL;
  g_variant_dict_insert_value(&request, "customer", customer);
  g_variant_dict_insert(&request, "sure", "b", is_sure);
  return g_variant_dict_end(&request);
}

static void
export_customer(const Command *command, Session *session, GVariant *request, GTask *task)
{
  g_autoptr(GVariant) customer = g_variant_lookup_value(request, "customer", NULL);
  g_auto(GVariantDict) wish = G_VARIANT_DICT_INIT(customer);
  g_autoptr(GVariant) argument = NULL;
  const char *path = NULL;

  g_variant_dict_insert(&wish, "kind", "s", "customer");
  g_variant_dict_insert(&wish, "format", "s", "json");
  if (g_variant_lookup(request, "output", "&s", &path))
    g_variant_dict_insert(&wish, "output", "s", path);
  argument = g_variant_ref_sink(g_variant_dict_end(&wish));
  command_export_start(command, session, argument, task);
}

static void
erase_customer(Session *session, GVariant *request, GTask *task)
{
  g_autoptr(GVariant) customer = g_variant_lookup_value(request, "customer", NULL);
  gboolean is_sure = FALSE;

  g_variant_lookup(request, "sure", "b", &is_sure);
  command_ask_channel(session_get_channel(session),
                      is_sure ? COMPTOIR_OPERATION_ERASE_CUSTOMER : COMPTOIR_OPERATION_PLAN_ERASURE,
                      customer, task);
}

static void
ask_channel(const Command *command, Session *session, GVariant *request, GTask *task)
{
  if (command->operation == COMPTOIR_OPERATION_EXPORT)
    export_customer(command, session, request, task);
  else
    erase_customer(session, request, task);
}

static void
read_input(const Command *command, GVariant *request, GTask *task)
{
  g_autoptr(GInputStream) stream = g_unix_input_stream_new(STDIN_FILENO, FALSE);
  Question *question = g_new0(Question, 1);

  question->command = command;
  question->request = g_variant_ref(request);
  g_task_set_task_data(task, question, free_question);
  g_input_stream_read_all_async(stream, question->text, MAX_BYTES, G_PRIORITY_DEFAULT,
                                g_task_get_cancellable(task), read_cb, task);
}

/* Who is meant is never a word of the command line: those are seen by every user of the computer.
 */
static void
start_customer(const Command *command, Session *session, GVariant *request, GTask *task)
{
  g_autoptr(GVariant) customer = g_variant_lookup_value(request, "customer", NULL);

  if (!session_claim_input(session)) {
    ask_channel(command, session, request, task);
  } else if (g_variant_n_children(customer) == 0) {
    read_input(command, request, task);
  } else {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                            "%s: the arguments of a program can be seen by others: write them to "
                            "its standard input, one a line",
                            command->name);
    g_object_unref(task);
  }
}

/* (nullable): the request with what was read in the place of its words. */
static GVariant *
complete(const Question *self, GError **error)
{
  g_auto(GStrv) lines = g_strsplit(g_strchomp((char *)self->text), "\n", -1);
  GVariant *customer = g_utf8_validate(self->text, -1, NULL)
                           ? arguments_build_dictionary(lines, error)
                           : arguments_build_one("", NULL);
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(self->request);

  if (customer == NULL)
    return NULL;
  g_variant_dict_insert_value(&request, "customer", customer);
  return g_variant_ref_sink(g_variant_dict_end(&request));
}

static void
read_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Question *self = g_task_get_task_data(task);
  const Command *command = self->command;
  g_autoptr(GVariant) request = NULL;
  gsize length = 0;
  GError *error = NULL;

  if (g_input_stream_read_all_finish(G_INPUT_STREAM(source), result, &length, &error))
    request = complete(self, &error);
  if (request == NULL)
    g_task_return_error(task, error);
  else
    ask_channel(command, HOST_SESSION(g_task_get_source_object(task)), request, g_object_ref(task));
}

static void
print_erasure(GVariant *answer, GString *out)
{
  const char *message = "";

  g_variant_lookup(answer, COMPTOIR_KEY_MESSAGE, "&s", &message);
  g_string_append_printf(out, "%s\n", message);
}

const Command customer_commands[] = {
  {
      .name = "customer export",
      .synopsis = "[KEY=VALUE...] [--output FILE]",
      .summary = "Export all that the channel keeps of a customer",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_EXPORT,
      .parse = parse_export,
      .start = start_customer,
      .print = command_export_print,
  },
  {
      .name = "customer erase",
      .synopsis = "[KEY=VALUE...] [--yes]",
      .summary = "Show what the channel keeps of a customer, or erase it",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_ERASE_CUSTOMER,
      .parse = parse_erase,
      .start = start_customer,
      .print = print_erasure,
  },
  { .name = NULL },
};
