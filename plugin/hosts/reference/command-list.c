/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands that show a list of the channel. */

#include "arguments.h"
#include "commands.h"
#include "list-reader.h"
#include "text-table.h"

#define DEFAULT_LIMIT 1000
#define MAX_COLUMNS   10

static void read_cb(GObject *source, GAsyncResult *result, gpointer user_data);

/* What the words of a query are in the request. */
typedef struct {
  char *search; /* (owned) (nullable), as all of these */
  char *sort;
  char *state;
  char *vat;
  char *level;
  char *subject;
  char *sale;
  char *plan;
  char *change;
  gboolean deleted;
  int limit;
} Query;

static void
clear_query(Query *query)
{
  g_free(query->search);
  g_free(query->sort);
  g_free(query->state);
  g_free(query->vat);
  g_free(query->level);
  g_free(query->subject);
  g_free(query->sale);
  g_free(query->plan);
  g_free(query->change);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Query, clear_query)

static void
insert_text(GVariantDict *request, const char *key, const char *text)
{
  if (text != NULL)
    g_variant_dict_insert(request, key, "s", text);
}

static GVariant *
build_request(const Query *query, const char *kind)
{
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&request, "kind", "s", kind);
  g_variant_dict_insert(&request, COMPTOIR_KEY_LIMIT, "u", (guint)CLAMP(query->limit, 1, 100000));
  g_variant_dict_insert(&request, COMPTOIR_KEY_WHOLE, "b", TRUE);
  insert_text(&request, COMPTOIR_KEY_SEARCH, query->search);
  insert_text(&request, COMPTOIR_KEY_SORT, query->sort);
  insert_text(&request, COMPTOIR_KEY_STATE, query->state);
  insert_text(&request, COMPTOIR_KEY_VAT, query->vat);
  insert_text(&request, COMPTOIR_KEY_LEVEL, query->level);
  insert_text(&request, COMPTOIR_KEY_SUBJECT, query->subject);
  insert_text(&request, "sale", query->sale);
  insert_text(&request, "plan", query->plan);
  insert_text(&request, COMPTOIR_KEY_CHANGE, query->change);
  if (query->deleted)
    g_variant_dict_insert(&request, COMPTOIR_KEY_DELETED, "b", TRUE);
  return g_variant_dict_end(&request);
}

static GVariant *
parse_query(char ***words, const char *kind, GError **error)
{
  g_auto(Query) query = { .limit = DEFAULT_LIMIT };
  const GOptionEntry entries[] = {
    { "search", 0, 0, G_OPTION_ARG_STRING, &query.search,
      "Articles, items, journal: rows with these words; orders: an id, or how a number begins",
      "TEXT" },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &query.sort,
      "Articles, items: name, reference or price; -price: the dearest first; orders: -sold_at",
      "ORDER" },
    { "state", 0, 0, G_OPTION_ARG_STRING, &query.state,
      "Articles, items: linked, unlinked or ambiguous; orders, plan: their state", "STATE" },
    { "sale", 0, 0, G_OPTION_ARG_STRING, &query.sale, "Orders, timeline: of this sale alone",
      "SALE" },
    { "plan", 0, 0, G_OPTION_ARG_STRING, &query.plan, "Plan: which; default: the last", "PLAN" },
    { "change", 0, 0, G_OPTION_ARG_STRING, &query.change,
      "Plan: create, update, delete, link or ambiguous", "CHANGE" },
    { "vat", 0, 0, G_OPTION_ARG_STRING, &query.vat,
      "Articles, items: missing, or differs from the linked one's", "VAT" },
    { "deleted", 0, 0, G_OPTION_ARG_NONE, &query.deleted, "Articles, items: those that are gone",
      NULL },
    { "level", 0, 0, G_OPTION_ARG_STRING, &query.level, "Journal: info, warning or error",
      "LEVEL" },
    { "subject", 0, 0, G_OPTION_ARG_STRING, &query.subject, "Journal: lines about it", "ID" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &query.limit, "At most so many rows; default: 1000", "N" },
    { .long_name = NULL },
  };
  guint n_words = kind == NULL ? 1 : 0;

  if (!arguments_parse(words, entries, (ArgumentsCount){ n_words, n_words }, error))
    return NULL;
  return build_request(&query, kind == NULL ? (*words)[0] : kind);
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

static GVariant *
parse_timeline(char ***words, GError **error)
{
  g_auto(Query) query = { .limit = DEFAULT_LIMIT };
  const GOptionEntry entries[] = { { .long_name = NULL } };

  if (!arguments_parse(words, entries, (ArgumentsCount){ 1, 1 }, error))
    return NULL;
  query.sale = g_strdup((*words)[0]);
  return build_request(&query, "timeline");
}

static GVariant *
parse_articles(char ***words, GError **error)
{
  return parse_query(words, "articles", error);
}

static GVariant *
parse_items(char ***words, GError **error)
{
  return parse_query(words, "items", error);
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

/* Seen first, in this order, by people who compare articles or read the journal. */
static const char *const first_columns[] = { "position",  "change",   "id",        "at",
                                             "level",     "flow",     "subject",   "text",
                                             "name",      "variant",  "reference", "price",
                                             "stock",     "vat_rate", "state",     "external_id",
                                             "article_id" };

static gboolean
has_column(GVariant *rows, const char *key)
{
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    g_autoptr(GVariant) value = g_variant_lookup_value(row, key, NULL);

    if (value != NULL)
      return TRUE;
  }
  return FALSE;
}

/* (element-type utf8): what a row has; each kind of list has its own. */
static GPtrArray *
choose_columns(GVariant *rows)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GVariant) first = g_variant_get_child_value(rows, 0);
  const char *key = NULL;
  GVariantIter iter;

  for (gsize i = 0; i < G_N_ELEMENTS(first_columns) && keys->len < MAX_COLUMNS; i++) {
    if (has_column(rows, first_columns[i]))
      g_ptr_array_add(keys, g_strdup(first_columns[i]));
  }
  (void)g_variant_iter_init(&iter, first);
  while (keys->len < MAX_COLUMNS && g_variant_iter_next(&iter, "{&sv}", &key, NULL)) {
    if (!g_ptr_array_find_with_equal_func(keys, key, g_str_equal, NULL))
      g_ptr_array_add(keys, g_strdup(key));
  }
  return keys;
}

/* (transfer full): the row with its time as a clock shows it. */
static GVariant *
build_readable_row(GVariant *row)
{
  g_auto(GVariantDict) readable = G_VARIANT_DICT_INIT(row);
  gint64 at_us = 0;

  if (g_variant_dict_lookup(&readable, "at", "x", &at_us)) {
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(at_us / G_USEC_PER_SEC);
    g_autofree char *text = time == NULL ? NULL : g_date_time_format(time, "%F %T");

    g_variant_dict_insert(&readable, "at", "s", text == NULL ? "" : text);
  }
  return g_variant_ref_sink(g_variant_dict_end(&readable));
}

static GVariant *
build_readable_rows(GVariant *rows)
{
  g_autoptr(GPtrArray) readable = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    g_ptr_array_add(readable, build_readable_row(row));
  }
  return g_variant_ref_sink(comptoir_rows_new((GVariant **)readable->pdata, readable->len));
}

static void
print_list(GVariant *answer, GString *out)
{
  g_autoptr(GVariant) found =
      g_variant_lookup_value(answer, COMPTOIR_KEY_ROWS, G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GPtrArray) keys = NULL;
  g_autoptr(GPtrArray) headings = g_ptr_array_new_with_free_func(g_free);
  TextColumn columns[MAX_COLUMNS];

  if (found == NULL || g_variant_n_children(found) == 0)
    return;
  rows = build_readable_rows(found);
  keys = choose_columns(rows);
  for (guint i = 0; i < keys->len; i++) {
    char *heading = g_ascii_strup(keys->pdata[i], -1);

    columns[i] = (TextColumn){ .key = keys->pdata[i], .heading = heading };
    g_ptr_array_add(headings, heading);
  }
  text_table_append(out, rows, columns, keys->len);
}

#define ARTICLE_SYNOPSIS                                                                           \
  "[--search TEXT] [--state STATE] [--vat VAT] [--sort ORDER] [--deleted] [--limit N]"
#define ORDER_SYNOPSIS   "[--search TEXT] [--state STATE] [--sale SALE] [--sort ORDER] [--limit N]"
#define JOURNAL_SYNOPSIS "[--search TEXT] [--level LEVEL] [--subject ID] [--limit N]"

#define LIST_COMMAND(command_name, command_synopsis, command_summary, command_parse)               \
  {                                                                                                \
    .name = command_name, .synopsis = command_synopsis, .summary = command_summary,                \
    .parts = SESSION_CHANNEL, .parse = command_parse, .start = start_list, .print = print_list     \
  }

const Command list_commands[] = {
  LIST_COMMAND("stores", "[--limit N]", "Show the stores of the account", parse_stores),
  LIST_COMMAND("articles", ARTICLE_SYNOPSIS, "Show the host's articles", parse_articles),
  LIST_COMMAND("items", ARTICLE_SYNOPSIS, "Show the channel's articles", parse_items),
  LIST_COMMAND("links", "[--limit N]", "Show which article is which item", parse_links),
  LIST_COMMAND("orders", ORDER_SYNOPSIS, "Show the orders", parse_orders),
  LIST_COMMAND("timeline", "SALE", "Show what became of an order", parse_timeline),
  LIST_COMMAND("journal", JOURNAL_SYNOPSIS, "Show what happened", parse_journal),
  LIST_COMMAND("list", "KIND [OPTION...]", "Show any list of the channel", parse_list),
  { .name = NULL },
};
