/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands that show a list of the channel. */

#include "arguments.h"
#include "commands.h"
#include "list-reader.h"
#include "text-table.h"

#define DEFAULT_LIMIT 1000
#define MAX_COLUMNS   10

static void read_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static GVariant *
parse_query(char ***words, const char *kind, GError **error)
{
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(NULL);
  g_autofree char *search = NULL;
  g_autofree char *since = NULL;
  int limit = DEFAULT_LIMIT;
  const GOptionEntry entries[] = {
    { "search", 0, 0, G_OPTION_ARG_STRING, &search, "Rows with this text", "TEXT" },
    { "since", 0, 0, G_OPTION_ARG_STRING, &since, "Rows from this time on", "TIME" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "At most so many rows", "N" },
    { .long_name = NULL },
  };
  guint n_words = kind == NULL ? 1 : 0;

  if (!arguments_parse(words, entries, (ArgumentsCount){ n_words, n_words }, error))
    return NULL;
  g_variant_dict_insert(&request, "kind", "s", kind == NULL ? (*words)[0] : kind);
  g_variant_dict_insert(&request, COMPTOIR_KEY_LIMIT, "u", (guint)CLAMP(limit, 1, 100000));
  if (search != NULL)
    g_variant_dict_insert(&request, "search", "s", search);
  if (since != NULL)
    g_variant_dict_insert(&request, COMPTOIR_KEY_SINCE, "s", since);
  return g_variant_dict_end(&request);
}

static GVariant *
parse_list(char ***words, GError **error)
{
  return parse_query(words, NULL, error);
}

static GVariant *
parse_stores(char ***words, GError **error)
{
  return parse_query(words, "stores", error);
}

static GVariant *
parse_links(char ***words, GError **error)
{
  return parse_query(words, "links", error);
}

static GVariant *
parse_orders(char ***words, GError **error)
{
  return parse_query(words, "orders", error);
}

static GVariant *
parse_journal(char ***words, GError **error)
{
  return parse_query(words, "journal", error);
}

static void
start_list(const Command *command, Session *session, GVariant *request, GTask *task)
{
  const char *kind = "";
  guint limit = DEFAULT_LIMIT;
  g_autoptr(GListModel) model = NULL;
  g_auto(GVariantDict) query = G_VARIANT_DICT_INIT(request);

  (void)g_variant_lookup(request, "kind", "&s", &kind);
  (void)g_variant_lookup(request, COMPTOIR_KEY_LIMIT, "u", &limit);
  (void)g_variant_dict_remove(&query, "kind");
  model = comptoir_channel_list(session_get_channel(session), kind, g_variant_dict_end(&query));
  list_reader_read_async(model, limit, g_task_get_cancellable(task), read_cb, task);
}

static void
read_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GVariant *answer = list_reader_read_finish(result, &error);

  if (answer != NULL)
    g_task_return_pointer(task, answer, (GDestroyNotify)g_variant_unref);
  else
    g_task_return_error(task, error);
}

/* The columns are those of the first row: each kind of list has its own. */
static void
print_list(GVariant *answer, GString *out)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(answer, COMPTOIR_KEY_ROWS, NULL);
  g_autoptr(GVariant) first = NULL;
  g_autoptr(GPtrArray) headings = g_ptr_array_new_with_free_func(g_free);
  TextColumn columns[MAX_COLUMNS];
  GVariantIter iter;
  const char *key = NULL;

  if (rows == NULL || g_variant_n_children(rows) == 0)
    return;
  first = g_variant_get_child_value(rows, 0);
  (void)g_variant_iter_init(&iter, first);
  while (headings->len < MAX_COLUMNS && g_variant_iter_next(&iter, "{&sv}", &key, NULL)) {
    char *heading = g_ascii_strup(key, -1);

    columns[headings->len] = (TextColumn){ .key = key, .heading = heading };
    g_ptr_array_add(headings, heading);
  }
  text_table_append(out, rows, columns, headings->len);
}

#define LIST_COMMAND(command_name, command_synopsis, command_summary, command_parse)               \
  {                                                                                                \
    .name = command_name,                                                                          \
    .synopsis = command_synopsis "[--search TEXT] [--since TIME] [--limit N]",                     \
    .summary = command_summary, .parts = SESSION_CHANNEL, .parse = command_parse,                  \
    .start = start_list, .print = print_list                                                       \
  }

const Command list_commands[] = {
  LIST_COMMAND("stores", "", "Show the stores of the account", parse_stores),
  LIST_COMMAND("links", "", "Show which article is which item", parse_links),
  LIST_COMMAND("orders", "", "Show the orders", parse_orders),
  LIST_COMMAND("journal", "", "Show what happened", parse_journal),
  LIST_COMMAND("list", "KIND ", "Show any list of the channel", parse_list),
  { .name = NULL },
};
