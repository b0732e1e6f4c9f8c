/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands about the host's own articles. */

#include "arguments.h"
#include "article-file.h"
#include "commands.h"
#include "host-article-changes.h"
#include "host-articles.h"
#include "text-table.h"

#define PAGE_LIMIT 1000

static void page_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void loaded_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void added_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static const char *const text_keys[] = { "id",    "name",     "variant", "parent_id", "reference",
                                         "price", "vat_rate", "stock",   "unit",      "family" };

static GVariant *
build_article(char **texts, char **barcodes)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(NULL);
  GVariant *article = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS(text_keys); i++) {
    if (texts[i] != NULL)
      g_variant_dict_insert(&row, text_keys[i], "s", texts[i]);
    g_free(texts[i]);
  }
  if (barcodes != NULL)
    g_variant_dict_insert(&row, "barcodes", "^as", barcodes);
  article = g_variant_dict_end(&row);
  g_variant_dict_insert_value(&request, COMPTOIR_KEY_ROWS, comptoir_rows_new(&article, 1));
  return g_variant_dict_end(&request);
}

static GVariant *
parse_add(char ***words, GError **error)
{
  char *texts[G_N_ELEMENTS(text_keys)] = { NULL };
  g_auto(GStrv) barcodes = NULL;
  GVariant *request = NULL;
  const GOptionEntry entries[] = {
    { "id", 0, 0, G_OPTION_ARG_STRING, &texts[0], "Default: the next free one", "ID" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &texts[1], "Name, required", "TEXT" },
    { "variant", 0, 0, G_OPTION_ARG_STRING, &texts[2], "Label of the variant", "TEXT" },
    { "parent", 0, 0, G_OPTION_ARG_STRING, &texts[3], "The article it is a variant of", "ID" },
    { "reference", 0, 0, G_OPTION_ARG_STRING, &texts[4], "The shop's own reference", "TEXT" },
    { "price", 0, 0, G_OPTION_ARG_STRING, &texts[5], "Tax included", "AMOUNT" },
    { "vat", 0, 0, G_OPTION_ARG_STRING, &texts[6], "In percent", "RATE" },
    { "stock", 0, 0, G_OPTION_ARG_STRING, &texts[7], "Quantity", "N" },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &texts[8], "UNIT, KILOGRAM, ...", "UNIT" },
    { "family", 0, 0, G_OPTION_ARG_STRING, &texts[9], "Name of the family", "TEXT" },
    { "barcode", 0, 0, G_OPTION_ARG_STRING_ARRAY, &barcodes, "May be repeated", "CODE" },
    { .long_name = NULL },
  };
  gboolean is_read = arguments_parse(words, entries, (ArgumentsCount){ 0, 0 }, error);

  if (is_read && texts[1] == NULL) {
    g_set_error_literal(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, "--name is missing");
    is_read = FALSE;
  }
  /* Takes the texts, read or not. */
  request = build_article(texts, barcodes);
  if (is_read)
    return request;
  g_variant_unref(g_variant_ref_sink(request));
  return NULL;
}

static void
start_add(const Command *command, Session *session, GVariant *request, GTask *task)
{
  host_worker_run_async(session_get_worker(session), host_article_changes_add, request, added_cb,
                        task);
}

static void
added_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  GError *error = NULL;
  GVariant *answer = host_worker_run_finish(session_get_worker(session), result, &error);

  if (answer == NULL) {
    g_task_return_error(task, error);
    return;
  }
  comptoir_host_emit_articles_changed(session_get_host(session));
  g_task_return_pointer(task, answer, (GDestroyNotify)g_variant_unref);
}

static GVariant *
parse_import(char ***words, GError **error)
{
  if (!arguments_parse(words, NULL, (ArgumentsCount){ 1, 1 }, error))
    return NULL;
  return arguments_build_one("file", (*words)[0]);
}

static void
start_import(const Command *command, Session *session, GVariant *request, GTask *task)
{
  const char *path = "";
  g_autoptr(GFile) file = NULL;

  (void)g_variant_lookup(request, "file", "&s", &path);
  file = g_file_new_for_commandline_arg(path);
  g_file_load_contents_async(file, g_task_get_cancellable(task), loaded_cb, task);
}

static GVariant *
parse_articles(GFile *file, const char *text, gsize length, GError **error)
{
  g_autofree char *name = g_file_get_basename(file);
  GVariant *rows = NULL;

  if (g_str_has_suffix(name, ".json"))
    rows = article_file_parse_json(text, length, error);
  else
    rows = article_file_parse_csv(text, error);
  if (rows == NULL)
    g_prefix_error(error, "%s: ", name);
  return rows;
}

static void
loaded_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  g_autofree char *text = NULL;
  g_autoptr(GVariant) rows = NULL;
  gsize length = 0;
  GError *error = NULL;

  if (g_file_load_contents_finish(G_FILE(source), result, &text, &length, NULL, &error))
    rows = parse_articles(G_FILE(source), text, length, &error);
  if (rows == NULL) {
    g_task_return_error(task, error);
    return;
  }
  host_worker_run_async(session_get_worker(session), host_article_changes_add,
                        comptoir_page_new(rows, NULL), added_cb, g_object_ref(task));
}

static GVariant *
build_query(const char *cursor)
{
  g_auto(GVariantDict) query = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&query, COMPTOIR_KEY_LIMIT, "u", (guint)PAGE_LIMIT);
  if (cursor != NULL)
    g_variant_dict_insert(&query, COMPTOIR_KEY_CURSOR, "s", cursor);
  return g_variant_dict_end(&query);
}

/* Page by page, as a channel reads them. */
static void
start_list(const Command *command, Session *session, GVariant *request, GTask *task)
{
  g_task_set_task_data(task, g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref),
                       (GDestroyNotify)g_ptr_array_unref);
  host_worker_run_async(session_get_worker(session), host_articles_list, build_query(NULL), page_cb,
                        task);
}

static void
collect_rows(GPtrArray *all, GVariant *page)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(page, COMPTOIR_KEY_ROWS, NULL);

  for (gsize i = 0; i < g_variant_n_children(rows); i++)
    g_ptr_array_add(all, g_variant_get_child_value(rows, i));
}

static void
page_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  GPtrArray *all = g_task_get_task_data(task);
  GError *error = NULL;
  g_autoptr(GVariant) page = host_worker_run_finish(session_get_worker(session), result, &error);
  const char *cursor = NULL;

  if (page == NULL) {
    g_task_return_error(task, error);
    return;
  }
  collect_rows(all, page);
  if (g_variant_lookup(page, COMPTOIR_KEY_CURSOR, "&s", &cursor)) {
    host_worker_run_async(session_get_worker(session), host_articles_list, build_query(cursor),
                          page_cb, g_object_ref(task));
    return;
  }
  g_task_return_pointer(task,
                        g_variant_ref_sink(comptoir_page_new(
                            comptoir_rows_new((GVariant **)all->pdata, all->len), NULL)),
                        (GDestroyNotify)g_variant_unref);
}

static void
print_added(GVariant *answer, GString *out)
{
  g_autofree const char **ids = NULL;

  if (!g_variant_lookup(answer, "ids", "^a&s", &ids))
    return;
  if (ids[0] != NULL && ids[1] == NULL)
    g_string_append_printf(out, "article %s\n", ids[0]);
  else
    g_string_append_printf(out, "%u articles\n", g_strv_length((char **)ids));
}

static void
print_list(GVariant *answer, GString *out)
{
  static const TextColumn columns[] = {
    { "id", "ID" },
    { "name", "NAME" },
    { "variant", "VARIANT" },
    { "reference", "REFERENCE" },
    { "price", "PRICE" },
    { "vat_rate", "VAT" },
    { "stock", "STOCK" },
    { "unit", "UNIT" },
    { "barcodes", "BARCODES" },
    { "external_id", "CHANNEL ID" },
    { "deleted", "DELETED" },
  };

  text_table_append_rows_of(out, answer, COMPTOIR_KEY_ROWS, columns, G_N_ELEMENTS(columns));
}

const Command article_commands[] = {
  {
      .name = "article add",
      .synopsis = "--name NAME [--price AMOUNT] [--vat RATE] [OPTION...]",
      .summary = "Add an article, or replace the one with its id",
      .parts = SESSION_BOOKS,
      .parse = parse_add,
      .start = start_add,
      .print = print_added,
  },
  {
      .name = "article list",
      .synopsis = "",
      .summary = "Show the articles",
      .parts = SESSION_BOOKS,
      .start = start_list,
      .print = print_list,
  },
  {
      .name = "article import",
      .synopsis = "FILE",
      .summary = "Add the articles of a CSV or JSON file, all or none",
      .parts = SESSION_BOOKS,
      .parse = parse_import,
      .start = start_import,
      .print = print_added,
  },
  { .name = NULL },
};
