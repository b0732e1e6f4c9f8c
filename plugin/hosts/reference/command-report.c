/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands that tell how things are: status, diagnose, close-day, export. */

#include "arguments.h"
#include "channel-state.h"
#include "command-export.h"
#include "commands.h"
#include "host-records.h"
#include "text-table.h"

#include <string.h>

static void summary_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void notices_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void exported_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void written_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static void
start_status(const Command *command, Session *session, GVariant *request, GTask *task)
{
  host_worker_run_async(session_get_worker(session), host_database_read_summary, NULL, summary_cb,
                        task);
}

static void
summary_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  GError *error = NULL;
  GVariant *summary = host_worker_run_finish(session_get_worker(session), result, &error);

  if (summary == NULL) {
    g_task_return_error(task, error);
    return;
  }
  g_task_set_task_data(task, summary, (GDestroyNotify)g_variant_unref);
  host_worker_run_async(session_get_worker(session), host_records_list_notices, NULL, notices_cb,
                        g_object_ref(task));
}

static void
notices_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  g_autofree char *name = comptoir_host_dup_name(session_get_host(session));
  g_auto(GVariantDict) answer = G_VARIANT_DICT_INIT(NULL);
  g_autoptr(GVariant) rows = NULL;
  GError *error = NULL;
  g_autoptr(GVariant) notices = host_worker_run_finish(session_get_worker(session), result, &error);

  if (notices == NULL) {
    g_task_return_error(task, error);
    return;
  }
  rows = g_variant_lookup_value(notices, COMPTOIR_KEY_ROWS, NULL);
  g_variant_dict_insert(&answer, "channel", "s", session_get_channel_name(session));
  channel_state_insert(&answer, session_get_channel(session));
  g_variant_dict_insert(&answer, "host_name", "s", name);
  g_variant_dict_insert_value(&answer, "host", g_task_get_task_data(task));
  g_variant_dict_insert_value(&answer, "notices", rows);
  g_task_return_pointer(task, g_variant_ref_sink(g_variant_dict_end(&answer)),
                        (GDestroyNotify)g_variant_unref);
}

static void
append_word(GString *out, GVariant *answer, const char *key, const char *label)
{
  g_autofree char *text = text_table_dup_cell(answer, key);

  if (text[0] != '\0')
    g_string_append_printf(out, "%-12s %s\n", label, text);
}

static void
print_status(GVariant *answer, GString *out)
{
  static const TextColumn columns[] = { { "level", "LEVEL" }, { "text", "NOTICE" } };
  g_autoptr(GVariant) host = g_variant_lookup_value(answer, "host", G_VARIANT_TYPE_VARDICT);

  append_word(out, answer, "channel", "channel");
  append_word(out, answer, COMPTOIR_KEY_STATUS, "status");
  append_word(out, answer, "last_error", "last error");
  append_word(out, answer, "busy", "busy");
  append_word(out, answer, "host_name", "host");
  if (host != NULL) {
    append_word(out, host, "instance_id", "instance");
    append_word(out, host, "articles", "articles");
    append_word(out, host, "sales", "sales");
    append_word(out, host, "sale_states", "of these");
    append_word(out, host, "till_sales", "till sales");
  }
  text_table_append_rows_of(out, answer, "notices", columns, G_N_ELEMENTS(columns));
}

static void
print_findings(GVariant *answer, GString *out)
{
  static const TextColumn columns[] = {
    { "level", "LEVEL" },
    { "title", "FINDING" },
    { "next_step", "WHAT TO DO" },
  };

  text_table_append_rows_of(out, answer, COMPTOIR_KEY_ROWS, columns, G_N_ELEMENTS(columns));
}

static GVariant *
parse_day(char ***words, GError **error)
{
  if (!arguments_parse(words, NULL, (ArgumentsCount){ 0, 1 }, error))
    return NULL;
  return arguments_build_one("day", (*words)[0]);
}

static void
print_store(GString *out, GVariant *store)
{
  static const TextColumn shifts[] = {
    { "register", "REGISTER" },     { "sequence", "SHIFT" },
    { "state", "STATE" },           { "host_orders", "ORDERS" },
    { "finalised", "FINALISED" },   { "host_total", "HOST TOTAL" },
    { "till_total", "TILL TOTAL" }, { "till_only_total", "TILL ONLY" },
  };
  static const TextColumn vat[] = {
    { "rate", "VAT" }, { "gross", "GROSS" },       { "vat", "TAX" },
    { "net", "NET" },  { "expected", "EXPECTED" }, { "tolerance", "TOLERANCE" },
  };
  static const TextColumn payments[] = {
    { "method", "PAYMENT" },
    { "amount", "AMOUNT" },
  };
  static const TextColumn differences[] = {
    { "class", "DIFFERENCE" },     { "sale_id", "SALE" },    { "ticket", "TICKET" },
    { "total", "TOTAL" },          { "till_total", "TILL" }, { "message", "WHAT" },
    { "next_step", "WHAT TO DO" },
  };

  text_table_append_rows_of(out, store, "shifts", shifts, G_N_ELEMENTS(shifts));
  text_table_append_rows_of(out, store, "vat", vat, G_N_ELEMENTS(vat));
  text_table_append_rows_of(out, store, "payments", payments, G_N_ELEMENTS(payments));
  text_table_append_rows_of(out, store, "differences", differences, G_N_ELEMENTS(differences));
}

static void
print_day(GVariant *answer, GString *out)
{
  static const TextColumn columns[] = {
    { "name", "STORE" },
    { "provisional", "PROVISIONAL" },
    { "host_orders", "ORDERS" },
    { "sent", "SENT" },
    { "on_till", "ON TILL" },
    { "finalised", "FINALISED" },
    { "host_total", "HOST TOTAL" },
    { "till_total", "TILL TOTAL" },
    { "difference", "DIFFERENCE" },
  };
  g_autoptr(GVariant) stores = g_variant_lookup_value(answer, "stores", G_VARIANT_TYPE("aa{sv}"));

  append_word(out, answer, "day", "day");
  append_word(out, answer, "sales", "sales");
  append_word(out, answer, "orders", "orders");
  append_word(out, answer, "finalised", "finalised");
  append_word(out, answer, "difference", "difference");
  if (stores == NULL)
    return;
  text_table_append(out, stores, columns, G_N_ELEMENTS(columns));
  for (gsize i = 0; i < g_variant_n_children(stores); i++) {
    g_autoptr(GVariant) store = g_variant_get_child_value(stores, i);

    print_store(out, store);
  }
}

static GVariant *
parse_export(char ***words, GError **error)
{
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(NULL);
  g_autofree char *path = NULL;
  g_autofree char *day = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, "Write it there", "FILE" },
    { "day", 0, 0, G_OPTION_ARG_STRING, &day, "Day: which; default: today", "DAY" },
    { .long_name = NULL },
  };

  if (!arguments_parse(words, entries, (ArgumentsCount){ 2, 2 }, error))
    return NULL;
  g_variant_dict_insert(&request, "kind", "s", (*words)[0]);
  g_variant_dict_insert(&request, "format", "s", (*words)[1]);
  if (path != NULL)
    g_variant_dict_insert(&request, "output", "s", path);
  if (day != NULL)
    g_variant_dict_insert(&request, "day", "s", day);
  return g_variant_dict_end(&request);
}

/**
 * command_export_start:
 * @command: the command
 * @session: an open session
 * @request: the argument of the export, and perhaps "output"
 * @task: (transfer full): returns the answer
 *
 * Exports, and writes the export where it is wanted.
 */
void
command_export_start(const Command *command, Session *session, GVariant *request, GTask *task)
{
  g_auto(GVariantDict) argument = G_VARIANT_DICT_INIT(request);

  g_variant_dict_remove(&argument, "output");
  g_task_set_task_data(task, g_variant_ref(request), (GDestroyNotify)g_variant_unref);
  comptoir_channel_perform_async(session_get_channel(session), COMPTOIR_OPERATION_EXPORT,
                                 g_variant_dict_end(&argument), g_task_get_cancellable(task),
                                 exported_cb, task);
}

/* (nullable): the exported bytes: a text, or bytes. */
static GBytes *
dup_content(GVariant *answer)
{
  g_autoptr(GVariant) bytes = g_variant_lookup_value(answer, "content", G_VARIANT_TYPE_BYTESTRING);
  g_autoptr(GVariant) text = g_variant_lookup_value(answer, "text", G_VARIANT_TYPE_STRING);

  if (bytes != NULL)
    return g_variant_get_data_as_bytes(bytes);
  if (text == NULL)
    return NULL;
  return g_bytes_new(g_variant_get_string(text, NULL), strlen(g_variant_get_string(text, NULL)));
}

static void
exported_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  GVariant *request = g_task_get_task_data(task);
  GError *error = NULL;
  g_autoptr(GVariant) answer =
      comptoir_channel_perform_finish(COMPTOIR_CHANNEL(source), result, &error);
  g_autoptr(GBytes) content = answer == NULL ? NULL : dup_content(answer);
  g_autoptr(GFile) file = NULL;
  const char *path = NULL;

  if (answer == NULL) {
    g_task_return_error(task, error);
    return;
  }
  if (content == NULL || !g_variant_lookup(request, "output", "&s", &path)) {
    g_task_return_pointer(task, g_steal_pointer(&answer), (GDestroyNotify)g_variant_unref);
    return;
  }
  file = g_file_new_for_commandline_arg(path);
  g_file_replace_contents_bytes_async(file, content, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                      g_task_get_cancellable(task), written_cb, g_object_ref(task));
}

static void
written_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autofree char *path = g_file_get_path(G_FILE(source));
  GError *error = NULL;

  if (g_file_replace_contents_finish(G_FILE(source), result, NULL, &error))
    g_task_return_pointer(task, g_variant_ref_sink(arguments_build_one("file", path)),
                          (GDestroyNotify)g_variant_unref);
  else
    g_task_return_error(task, error);
}

/**
 * command_export_print:
 * @answer: the command's answer
 * @out: where to write
 *
 * Writes the exported text, or where it is.
 */
void
command_export_print(GVariant *answer, GString *out)
{
  g_autoptr(GBytes) content = dup_content(answer);

  if (content == NULL)
    text_table_append_dictionary(out, answer);
  else
    g_string_append_len(out, g_bytes_get_data(content, NULL), (gssize)g_bytes_get_size(content));
}

const Command report_commands[] = {
  {
      .name = "status",
      .synopsis = "",
      .summary = "Show how the channel and the host are",
      .parts = SESSION_CHANNEL,
      .start = start_status,
      .print = print_status,
  },
  {
      .name = "diagnose",
      .synopsis = "",
      .summary = "Look for what is wrong, and what to do about it",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_DIAGNOSE,
      .print = print_findings,
  },
  {
      .name = "close-day",
      .synopsis = "[DAY]",
      .summary = "Compare a day of the host with the till, cent by cent",
      .parts = SESSION_CHANNEL,
      .operation = COMPTOIR_OPERATION_CLOSE_DAY,
      .parse = parse_day,
      .print = print_day,
  },
  {
      .name = "export",
      .synopsis = "KIND FORMAT [--day DAY] [--output FILE]",
      .summary = "Export a list or a report",
      .parts = SESSION_CHANNEL,
      .parse = parse_export,
      .start = command_export_start,
      .print = command_export_print,
  },
  { .name = NULL },
};
