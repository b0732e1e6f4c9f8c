/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists and counts of sales. */
#include "store/sales-read.h"

#include "store/statement.h"

/* Loads the sales whose ids a statement answers. */
static GPtrArray *
load_sales(ShopcaisseDatabase *database, ShopcaisseStatement *statement, GError **error)
{
  g_autoptr(GPtrArray) sales =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_sale_record_free);
  gboolean has_row = FALSE;

  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&sales);

    ShopcaisseSaleRecord *record =
        shopcaisse_sales_get(database, (const char *)sqlite3_column_text(statement, 0), error);

    if (record == NULL)
      return NULL;
    g_ptr_array_add(sales, record);
  }
}

/* One statement for each choice, since each has its index. */
static const char *
choose_list(const ShopcaisseSalesQuery *query)
{
  if (query->state != NULL && query->store_id != NULL)
    return "SELECT sale_id FROM sale WHERE state = ?1 AND store_id = ?2"
           " AND sold_at >= ?3 AND sold_at < ?4 ORDER BY sold_at, sale_id LIMIT ?5 OFFSET ?6";
  if (query->state != NULL)
    return "SELECT sale_id FROM sale WHERE state = ?1 AND ?2 IS NULL"
           " AND sold_at >= ?3 AND sold_at < ?4 ORDER BY sold_at, sale_id LIMIT ?5 OFFSET ?6";
  if (query->store_id != NULL)
    return "SELECT sale_id FROM sale WHERE ?1 IS NULL AND store_id = ?2"
           " AND sold_at >= ?3 AND sold_at < ?4 ORDER BY sold_at, sale_id LIMIT ?5 OFFSET ?6";
  return "SELECT sale_id FROM sale WHERE ?1 IS NULL AND ?2 IS NULL"
         " AND sold_at >= ?3 AND sold_at < ?4 ORDER BY sold_at, sale_id LIMIT ?5 OFFSET ?6";
}

/**
 * shopcaisse_sales_list:
 * @database: the database
 * @query: which
 * @error: return location for an error
 *
 * Lists sales, oldest first.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseSaleRecord): the sales; %NULL on failure
 */
GPtrArray *
shopcaisse_sales_list(ShopcaisseDatabase *database,
                      const ShopcaisseSalesQuery *query,
                      GError **error)
{
  g_return_val_if_fail(query != NULL, NULL);

  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, choose_list(query), error);

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, query->state);
  shopcaisse_statement_bind_text(statement, 2, query->store_id);
  sqlite3_bind_int64(statement, 3, query->from);
  sqlite3_bind_int64(statement, 4, query->to != 0 ? query->to : G_MAXINT64);
  sqlite3_bind_int64(statement, 5, query->limit != 0 ? (gint64)query->limit : -1);
  sqlite3_bind_int64(statement, 6, query->offset);
  return load_sales(database, statement, error);
}

/**
 * shopcaisse_sales_list_untold:
 * @database: the database
 * @limit: at most as many
 * @error: return location for an error
 *
 * Lists sales whose host has not heard the last progress, the oldest change first.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseSaleRecord): the sales; %NULL on failure
 */
GPtrArray *
shopcaisse_sales_list_untold(ShopcaisseDatabase *database, guint limit, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT sale_id FROM sale WHERE told < progress ORDER BY changed_at, sale_id LIMIT ?1",
      error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64(statement, 1, limit);
  return load_sales(database, statement, error);
}

/* As in the index sale_open. A parked one that was answered is on the till all the same. */
#define SALE_IS_OPEN                                                                               \
  "(state IN ('sent', 'cancelling') OR (state = 'parked' AND external_id IS NOT NULL))"            \
  " AND fiscal <> 'finalised'"

/**
 * shopcaisse_sales_oldest_open:
 * @database: the database
 * @store_id: the store
 * @sold_at: (out): when the oldest of them was sold; 0: there is none
 * @error: return location for an error
 *
 * Looks for orders that are at the service, as far as is known, and neither finalised nor
 * cancelled.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_sales_oldest_open(ShopcaisseDatabase *database,
                             const char *store_id,
                             gint64 *sold_at,
                             GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database,
                                  "SELECT min(sold_at) FROM sale WHERE store_id = ?1"
                                  " AND " SALE_IS_OPEN,
                                  error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, store_id);
  return shopcaisse_statement_read_number(statement, 0, sold_at, error);
}

/**
 * shopcaisse_sales_count:
 * @database: the database
 * @error: return location for an error
 *
 * Counts sales by state.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full): an `a{su}`; %NULL on failure
 */
GVariant *
shopcaisse_sales_count(ShopcaisseDatabase *database, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "SELECT state, count(*) FROM sale GROUP BY state ORDER BY state", error);

  return statement != NULL ? shopcaisse_statement_read_counts(statement, error) : NULL;
}
