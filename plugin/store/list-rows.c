/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the rows of a list's window, one by one: a window has few. */
#include "store/list-rows.h"

#include "store/article-row.h"
#include "store/item-row.h"

/**
 * shopcaisse_listed_article_free:
 * @self: (transfer full) (nullable): the row
 *
 * Frees a row.
 */
void
shopcaisse_listed_article_free(ShopcaisseListedArticle *self)
{
  if (self == NULL)
    return;
  shopcaisse_article_free(self->article);
  g_free(self->item_id);
  g_free(self->method);
  g_free(self);
}

/**
 * shopcaisse_listed_item_free:
 * @self: (transfer full) (nullable): the row
 *
 * Frees a row.
 */
void
shopcaisse_listed_item_free(ShopcaisseListedItem *self)
{
  if (self == NULL)
    return;
  shopcaisse_item_free(self->item);
  g_free(self->parent_name);
  g_free(self->article_id);
  g_free(self->method);
  g_free(self);
}

static gint64
read_rate(ShopcaisseStatement *row, int column)
{
  return sqlite3_column_type(row, column) != SQLITE_NULL ? sqlite3_column_int64(row, column)
                                                         : SHOPCAISSE_VAT_UNKNOWN;
}

/**
 * shopcaisse_list_read_article:
 * @database: the database
 * @row: which
 * @error: return location for an error
 *
 * Reads an article of a list.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the article; %NULL without an error when there is none
 */
ShopcaisseListedArticle *
shopcaisse_list_read_article(ShopcaisseDatabase *database, gint64 row, GError **error)
{
  const int column = SHOPCAISSE_ARTICLE_COLUMNS;
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT a.id, a.name, a.variant, a.reference, a.barcodes, a.price_minor, a.vat_bp,"
      " a.stock_milli, a.external_id, a.deleted, l.item_id, l.method, i.vat_on_site_bp,"
      " i.vat_take_away_bp FROM article a LEFT JOIN link l ON l.article_id = a.id"
      " LEFT JOIN item i ON i.id = l.item_id WHERE a.rowid = ?1",
      error);
  ShopcaisseListedArticle *self = NULL;
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64(statement, 1, row);
  if (!shopcaisse_statement_step(statement, &has_row, error) || !has_row)
    return NULL;
  self = g_new0(ShopcaisseListedArticle, 1);
  self->article = shopcaisse_article_read(statement);
  self->item_id = shopcaisse_statement_dup_text(statement, column);
  self->method = shopcaisse_statement_dup_text(statement, column + 1);
  self->vat_on_site_bp = read_rate(statement, column + 2);
  self->vat_take_away_bp = read_rate(statement, column + 3);
  return self;
}

/**
 * shopcaisse_list_read_item:
 * @database: the database
 * @row: which
 * @place: whose stock and prices
 * @error: return location for an error
 *
 * Reads an item of a list.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the item; %NULL without an error when there is none
 */
ShopcaisseListedItem *
shopcaisse_list_read_item(ShopcaisseDatabase *database,
                          gint64 row,
                          const ShopcaisseListedPlace *place,
                          GError **error)
{
  const int column = SHOPCAISSE_ITEM_COLUMNS;
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT i.id, i.company_id, i.name, i.type, i.unit, i.reference, i.barcodes,"
      " coalesce(p.price_minor, i.price_minor), i.deleted, i.manage_stock, i.family_id,"
      " i.family_name, i.vat_on_site_bp, i.vat_take_away_bp, i.parent_id, i.description, i.flags,"
      " parent.name, (i.deleted <> 0 OR i.sweep < (SELECT w.before FROM item_sweep w"
      "  WHERE w.company_id = i.company_id)) IS TRUE, s.stock_milli - s.reserved_milli,"
      " l.article_id, l.method, a.vat_bp"
      " FROM item i"
      " LEFT JOIN item parent ON parent.id = i.parent_id"
      " LEFT JOIN price p ON p.list_id = ?3 AND p.item_id = i.id"
      " LEFT JOIN stock s ON s.store_id = ?2 AND s.item_id = i.id"
      " LEFT JOIN link l ON l.item_id = i.id"
      " LEFT JOIN article a ON a.id = l.article_id WHERE i.rowid = ?1",
      error);
  ShopcaisseListedItem *self = NULL;
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64(statement, 1, row);
  shopcaisse_statement_bind_text(statement, 2, place->store_id);
  shopcaisse_statement_bind_text(statement, 3, place->price_list);
  if (!shopcaisse_statement_step(statement, &has_row, error) || !has_row)
    return NULL;
  self = g_new0(ShopcaisseListedItem, 1);
  self->item = shopcaisse_item_read(statement);
  self->parent_name = shopcaisse_statement_dup_text(statement, column);
  self->is_gone = sqlite3_column_int(statement, column + 1) != 0;
  self->has_stock = sqlite3_column_type(statement, column + 2) != SQLITE_NULL;
  self->available_milli = sqlite3_column_int64(statement, column + 2);
  self->article_id = shopcaisse_statement_dup_text(statement, column + 3);
  self->method = shopcaisse_statement_dup_text(statement, column + 4);
  self->vat_bp = read_rate(statement, column + 5);
  return self;
}
