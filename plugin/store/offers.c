/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a shop offers: items with the price, the stock and the article that belong to them, walked
 * in pages, all or one with its variations. This is what a plan compares. */
#include "store/offers.h"

#include "store/item-row.h"

/**
 * shopcaisse_offer_free:
 * @self: (transfer full) (nullable): the offer
 *
 * Frees an offer.
 */
void
shopcaisse_offer_free(ShopcaisseOffer *self)
{
  if (self == NULL)
    return;
  shopcaisse_item_free(self->item);
  g_free(self->parent_name);
  g_free(self->article_id);
  g_free(self->article_name);
  g_free(self);
}

static ShopcaisseOffer *
read_offer(ShopcaisseStatement *row)
{
  ShopcaisseOffer *offer = g_new0(ShopcaisseOffer, 1);
  int column = SHOPCAISSE_ITEM_COLUMNS;

  offer->item = shopcaisse_item_read(row);
  offer->is_gone = sqlite3_column_int(row, column) != 0;
  offer->parent_name = shopcaisse_statement_dup_text(row, column + 1);
  offer->has_stock = sqlite3_column_type(row, column + 2) != SQLITE_NULL;
  offer->available_milli = sqlite3_column_int64(row, column + 2);
  offer->article_id = shopcaisse_statement_dup_text(row, column + 3);
  offer->article_name = shopcaisse_statement_dup_text(row, column + 4);
  offer->article_deleted = sqlite3_column_int(row, column + 5) != 0;
  offer->article_has_price = sqlite3_column_type(row, column + 6) != SQLITE_NULL;
  offer->article_price_minor = sqlite3_column_int64(row, column + 6);
  offer->article_has_stock = sqlite3_column_type(row, column + 7) != SQLITE_NULL;
  offer->article_stock_milli = sqlite3_column_int64(row, column + 7);
  offer->has_variations = sqlite3_column_int(row, column + 8) != 0;
  return offer;
}

#define SELECT_OFFERS                                                                              \
  "SELECT i.id, i.company_id, i.name, i.type, i.unit, i.reference, i.barcodes,"                    \
  " coalesce(p.price_minor, i.price_minor), i.deleted, i.manage_stock, i.family_id,"               \
  " i.family_name, i.vat_on_site_bp, i.vat_take_away_bp, i.parent_id, i.description, i.flags,"     \
  " (i.deleted <> 0 OR i.sweep < (SELECT w.before FROM item_sweep w"                               \
  "   WHERE w.company_id = i.company_id)) IS TRUE, parent.name,"                                   \
  " s.stock_milli - s.reserved_milli,"                                                             \
  " l.article_id, a.name, a.deleted, a.price_minor, a.stock_milli,"                                \
  " EXISTS (SELECT 1 FROM item v WHERE v.parent_id = i.id AND v.deleted = 0)"                      \
  " FROM item i"                                                                                   \
  " LEFT JOIN item parent ON parent.id = i.parent_id"                                              \
  " LEFT JOIN price p ON p.list_id = ?3 AND p.item_id = i.id"                                      \
  " LEFT JOIN stock s ON s.store_id = ?2 AND s.item_id = i.id"                                     \
  " LEFT JOIN link l ON l.item_id = i.id"                                                          \
  " LEFT JOIN article a ON a.id = l.article_id"                                                    \
  " WHERE i.company_id = ?1 AND i.id > ?4"

/* One item is found by its id and not by a walk. */
static const char all_sql[] = SELECT_OFFERS " ORDER BY i.id LIMIT ?5";
static const char one_sql[] =
    SELECT_OFFERS " AND i.id IN (SELECT ?6 UNION ALL SELECT id FROM item WHERE parent_id = ?6)"
                  " ORDER BY i.id LIMIT ?5";

static ShopcaisseStatement *
prepare_list(ShopcaisseDatabase *database, const ShopcaisseOffersQuery *query, GError **error)
{
  ShopcaisseStatement *statement =
      shopcaisse_database_prepare(database, query->item_id != NULL ? one_sql : all_sql, error);

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, query->company_id);
  shopcaisse_statement_bind_text(statement, 2, query->store_id);
  shopcaisse_statement_bind_text(statement, 3, query->price_list);
  shopcaisse_statement_bind_text(statement, 4, query->after_id != NULL ? query->after_id : "");
  sqlite3_bind_int64(statement, 5, query->limit);
  if (query->item_id != NULL)
    shopcaisse_statement_bind_text(statement, 6, query->item_id);
  return statement;
}

/**
 * shopcaisse_mirror_list_offers:
 * @database: the database
 * @query: which, and from where on
 * @error: return location for an error
 *
 * Lists one page of offers, by item id. The price is that of the list, else the item's own.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseOffer): the offers; %NULL on failure
 */
GPtrArray *
shopcaisse_mirror_list_offers(ShopcaisseDatabase *database,
                              const ShopcaisseOffersQuery *query,
                              GError **error)
{
  g_return_val_if_fail(query != NULL, NULL);

  g_autoptr(GPtrArray) offers =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_offer_free);
  g_autoptr(ShopcaisseStatement) statement = prepare_list(database, query, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&offers);
    g_ptr_array_add(offers, read_offer(statement));
  }
}
