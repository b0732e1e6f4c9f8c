/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A till with a host from a module and the channel "shopcaisse": does what the lines on stdin say,
 * one after another, and answers each with a line: "ok ANSWER" or "error CODE MESSAGE".
 *
 * Lines: "open", "close", "count KIND", or an operation and its argument as GVariant writes it. */
#include <comptoir/comptoir.h>
#include <gmodule.h>
#include <stdio.h>
#include <string.h>

#define LINE_SIZE    65536
#define WATCHDOG_S   60
#define LIST_WAIT_MS 3000

typedef GObject *(*NewHost)(const char *folder);

typedef struct {
  ComptoirChannel *channel; /* (owned) */
  NewHost new_host;
  const char *folder;
  GAsyncResult *result; /* (owned) (nullable): of the last call */
} Till;

/* Consumes a floating answer. */
static void
say(const GError *error, GVariant *answer)
{
  g_autoptr(GVariant) owned = answer != NULL ? g_variant_ref_sink(answer) : NULL;
  g_autofree char *text = owned != NULL ? g_variant_print(owned, FALSE) : g_strdup("");
  if (error == NULL)
    (void)printf("ok %s\n", text);
  else if (error->domain == COMPTOIR_ERROR)
    (void)printf("error %s %s\n",
                 g_enum_get_value(g_type_class_peek(COMPTOIR_TYPE_ERROR), error->code)->value_nick,
                 error->message);
  else
    (void)printf("error %s %s\n", g_quark_to_string(error->domain), error->message);
  (void)fflush(stdout);
}

static void
keep_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void)g_set_object(&((Till *)user_data)->result, result);
}

static GAsyncResult *
wait_result(Till *till)
{
  while (till->result == NULL)
    (void)g_main_context_iteration(NULL, TRUE);
  return g_steal_pointer(&till->result);
}

static void
open_channel(Till *till)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GObject) host = till->new_host(till->folder);
  comptoir_channel_open_async(till->channel, COMPTOIR_HOST(host), NULL, keep_cb, till);
  g_autoptr(GAsyncResult) result = wait_result(till);
  (void)comptoir_channel_open_finish(till->channel, result, &error);
  say(error, NULL);
}

/* Says how long it took. */
static void
close_channel(Till *till)
{
  g_autoptr(GError) error = NULL;
  gint64 start_us = g_get_monotonic_time();
  comptoir_channel_close_async(till->channel, keep_cb, till);
  g_autoptr(GAsyncResult) result = wait_result(till);
  (void)comptoir_channel_close_finish(till->channel, result, &error);
  gint64 took_ms = (g_get_monotonic_time() - start_us) / G_TIME_SPAN_MILLISECOND;
  say(error, g_variant_new_parsed("{'took_ms': <%x>}", took_ms));
}

static gboolean
raise_cb(gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
count_rows(Till *till, const char *kind)
{
  gboolean is_over = FALSE;
  g_autoptr(GListModel) rows = comptoir_channel_list(till->channel, kind, NULL);
  g_autoptr(GSource) end = g_timeout_source_new(LIST_WAIT_MS);
  g_source_set_callback(end, raise_cb, &is_over, NULL);
  g_source_attach(end, NULL);
  while (g_list_model_get_n_items(rows) == 0 && !is_over)
    (void)g_main_context_iteration(NULL, TRUE);
  g_source_destroy(end);
  say(NULL, g_variant_new_parsed("{'n': <%u>}", g_list_model_get_n_items(rows)));
}

/* "in-flight" before an operation: nobody waits for it. */
static void
perform(Till *till, const char *nick, const char *text, gboolean is_waited)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GEnumClass) operations = g_type_class_ref(COMPTOIR_TYPE_OPERATION);
  const GEnumValue *operation = g_enum_get_value_by_nick(operations, nick);
  g_autoptr(GVariant) argument =
      g_variant_parse(G_VARIANT_TYPE_VARDICT, *text != '\0' ? text : "{}", NULL, NULL, &error);
  if (operation == NULL || argument == NULL) {
    (void)printf("error usage %s\n", nick);
    (void)fflush(stdout);
    return;
  }
  comptoir_channel_perform_async(till->channel, (ComptoirOperation)operation->value, argument, NULL,
                                 is_waited ? keep_cb : NULL, till);
  if (!is_waited) {
    say(NULL, NULL);
    return;
  }
  g_autoptr(GAsyncResult) result = wait_result(till);
  g_autoptr(GVariant) answer = comptoir_channel_perform_finish(till->channel, result, &error);
  say(error, answer);
}

static void
obey(Till *till, char *line)
{
  char *argument = line + strcspn(line, " ");
  if (*argument != '\0')
    *argument++ = '\0';
  if (g_str_equal(line, "open"))
    open_channel(till);
  else if (g_str_equal(line, "close"))
    close_channel(till);
  else if (g_str_equal(line, "count"))
    count_rows(till, argument);
  else if (g_str_equal(line, "in-flight")) {
    char *words = argument + strcspn(argument, " ");
    if (*words != '\0')
      *words++ = '\0';
    perform(till, argument, words, FALSE);
  } else
    perform(till, line, argument, TRUE);
}

static gboolean
give_up_cb(gpointer user_data)
{
  g_error("a line was not answered within %d s", WATCHDOG_S);
  return G_SOURCE_REMOVE;
}

int
main(int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *line = g_malloc(LINE_SIZE);
  g_log_writer_default_set_use_stderr(TRUE);
  GModule *module = argc == 3 ? g_module_open(argv[1], G_MODULE_BIND_LOCAL) : NULL;
  gpointer symbol = NULL;
  if (module == NULL || !g_module_symbol(module, "comptoir_check_new_host", &symbol))
    return 2;
  g_module_make_resident(module);
  Till till = { .channel = comptoir_channel_new("shopcaisse", &error),
                .new_host = (NewHost)symbol,
                .folder = argv[2] };
  if (till.channel == NULL)
    return 2;
  g_autoptr(GTypeClass) codes = g_type_class_ref(COMPTOIR_TYPE_ERROR);
  while (fgets(line, LINE_SIZE, stdin) != NULL) {
    g_autoptr(GSource) watchdog = g_timeout_source_new_seconds(WATCHDOG_S);
    g_source_set_callback(watchdog, give_up_cb, NULL, NULL);
    g_source_attach(watchdog, NULL);
    obey(&till, g_strchomp(line));
    g_source_destroy(watchdog);
  }
  g_object_unref(till.channel);
  while (g_main_context_iteration(NULL, FALSE))
    continue;
  return 0;
}
