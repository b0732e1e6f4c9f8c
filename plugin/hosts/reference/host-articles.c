/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading articles: pages of them with deletions as tombstones, and one by one for a sale. */

#include "host-articles.h"

#include "host-page.h"

#include <comptoir/comptoir.h>

/* The text columns, in the order of the statements below, from column 1 and parameter 1. */
static const char *const text_keys[] = {
  "id",       "name",     "variant", "parent_id", "reference", "price",
  "currency", "vat_rate", "stock",   "unit",      "family",    "external_id",
};

#define COLUMNS                                                                                    \
  "id, name, variant, parent_id, reference, price, currency, vat_rate, stock, unit, family,"       \
  " external_id, barcodes, price_includes_tax, deleted, changed_at"

enum {
  COLUMN_SEQ = 0,
  COLUMN_TEXTS = 1,
  COLUMN_BARCODES = 1 + G_N_ELEMENTS(text_keys),
  COLUMN_INCLUDES_TAX,
  COLUMN_DELETED,
  COLUMN_CHANGED_AT
};

static GVariant *
read_row(sqlite3_stmt *statement)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  const char *barcodes = host_database_column_text(statement, COLUMN_BARCODES);
  g_autofree char *changed_at =
      host_database_format_time(sqlite3_column_int64(statement, COLUMN_CHANGED_AT));

  for (guint i = 0; i < G_N_ELEMENTS(text_keys); i++)
    host_database_insert_column(&row, text_keys[i], statement, COLUMN_TEXTS + (int)i);
  if (barcodes != NULL) {
    g_auto(GStrv) list = g_strsplit(barcodes, "\n", -1);

    g_variant_dict_insert(&row, "barcodes", "^as", list);
  }
  if (sqlite3_column_type(statement, COLUMN_INCLUDES_TAX) != SQLITE_NULL)
    g_variant_dict_insert(&row, "price_includes_tax", "b",
                          sqlite3_column_int(statement, COLUMN_INCLUDES_TAX) != 0);
  if (sqlite3_column_int(statement, COLUMN_DELETED) != 0)
    g_variant_dict_insert(&row, "deleted", "b", TRUE);
  g_variant_dict_insert(&row, "changed_at", "s", changed_at);
  return g_variant_ref_sink(g_variant_dict_end(&row));
}

/**
 * host_articles_list:
 * @database: the database
 * @query: (nullable): `since`, `cursor`, `limit`, `search`
 * @error: return location for an error
 *
 * Reads a page of articles, those that changed first first. What was deleted comes as a tombstone.
 *
 * Returns: (transfer full) (nullable): a page
 */
GVariant *
host_articles_list(HostDatabase *database, GVariant *query, GError **error)
{
  g_auto(HostQuery) asked = { 0 };
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  g_autoptr(sqlite3_stmt) statement = NULL;
  gboolean has_row = FALSE;
  gint64 last_time_us = 0;
  gint64 last_seq = 0;

  if (!host_query_init(&asked, query, error))
    return NULL;
  statement = host_database_prepare(
      database,
      "SELECT seq, " COLUMNS " FROM articles"
      " WHERE changed_at >= ?1 AND (changed_at, seq) > (?2, ?3)"
      " AND (?4 IS NULL OR instr(lower(name || ' ' || ifnull(reference, '')), ?4) > 0)"
      " ORDER BY changed_at, seq LIMIT ?5",
      error);
  if (statement == NULL)
    return NULL;
  (void)sqlite3_bind_int64(statement, 1, asked.since_us);
  (void)sqlite3_bind_int64(statement, 2, asked.after_time_us);
  (void)sqlite3_bind_int64(statement, 3, asked.after_seq);
  host_database_bind_text(statement, 4, asked.search);
  (void)sqlite3_bind_int64(statement, 5, (gint64)asked.limit + 1);
  while (host_database_step(database, statement, &has_row, error)) {
    if (!has_row)
      return host_page_new(rows, &asked, last_time_us, last_seq);
    g_ptr_array_add(rows, read_row(statement));
    if (rows->len <= asked.limit) {
      last_seq = sqlite3_column_int64(statement, COLUMN_SEQ);
      last_time_us = sqlite3_column_int64(statement, COLUMN_CHANGED_AT);
    }
  }
  return NULL;
}

/**
 * host_articles_read:
 * @database: the database
 * @id: the article's id
 * @error: return location for an error
 *
 * Reads one article, deleted or not.
 *
 * Returns: (transfer full) (nullable): the article row; %NULL without an error when there is none
 */
GVariant *
host_articles_read(HostDatabase *database, const char *id, GError **error)
{
  g_autoptr(sqlite3_stmt) statement =
      host_database_prepare(database, "SELECT seq, " COLUMNS " FROM articles WHERE id = ?", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  host_database_bind_text(statement, 1, id);
  if (!host_database_step(database, statement, &has_row, error) || !has_row)
    return NULL;
  return read_row(statement);
}

/* What a person types: an id, or else the shop's own reference or a barcode. */
static GVariant *
find_article(HostDatabase *database, const char *text, GError **error)
{
  g_autoptr(sqlite3_stmt) statement = host_database_prepare(
      database,
      "SELECT seq, " COLUMNS " FROM articles WHERE deleted = 0 AND"
      " (id = ?1 OR reference = ?1 OR char(10) || barcodes || char(10) LIKE '%' || char(10) || ?1"
      " || char(10) || '%') ORDER BY id = ?1 DESC, reference = ?1 DESC, seq LIMIT 1",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  host_database_bind_text(statement, 1, text);
  if (!host_database_step(database, statement, &has_row, error))
    return NULL;
  if (has_row)
    return read_row(statement);
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "there is no article %s", text);
  return NULL;
}

/**
 * host_articles_find:
 * @database: the database
 * @argument: `{ids}`: texts that name articles
 * @error: return location for an error
 *
 * Finds articles by id, reference or barcode. Fails with %COMPTOIR_ERROR_INVALID when one of them
 * is not there.
 *
 * Returns: (transfer full) (nullable): `{rows}`, in the order asked
 */
GVariant *
host_articles_find(HostDatabase *database, GVariant *argument, GError **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  g_autofree const char **ids = NULL;

  (void)g_variant_lookup(argument, "ids", "^a&s", &ids);
  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++) {
    GVariant *row = find_article(database, ids[i], error);

    if (row == NULL)
      return NULL;
    g_ptr_array_add(rows, row);
  }
  return g_variant_ref_sink(
      comptoir_page_new(comptoir_rows_new((GVariant **)rows->pdata, rows->len), NULL));
}
