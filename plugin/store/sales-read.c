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
#define LIST_SQL(where, direction)                                                                 \
  "SELECT sale_id FROM sale WHERE " where " AND sold_at >= ?3 AND sold_at < ?4"                    \
  " ORDER BY sold_at " direction ", sale_id " direction " LIMIT ?5 OFFSET ?6"

static const char *const list_sql[][2] = {
  { LIST_SQL("?1 IS NULL AND ?2 IS NULL", "ASC"), LIST_SQL("?1 IS NULL AND ?2 IS NULL", "DESC") },
  { LIST_SQL("state = ?1 AND ?2 IS NULL", "ASC"), LIST_SQL("state = ?1 AND ?2 IS NULL", "DESC") },
  { LIST_SQL("?1 IS NULL AND store_id = ?2", "ASC"),
    LIST_SQL("?1 IS NULL AND store_id = ?2", "DESC") },
  { LIST_SQL("state = ?1 AND store_id = ?2", "ASC"),
    LIST_SQL("state = ?1 AND store_id = ?2", "DESC") },
};

/* By an index each: what a person types is an id, or how a number begins. */
#define FOUND_SQL                                                                                  \
  " FROM sale WHERE (?1 IS NULL OR state = ?1) AND (?4 IS NULL OR sale_id = ?4) AND sale_id IN ("  \
  "SELECT sale_id FROM sale WHERE sale_id = ?2 UNION"                                              \
  " SELECT sale_id FROM sale WHERE order_id = ?2 UNION"                                            \
  " SELECT sale_id FROM sale WHERE external_id = ?2 UNION SELECT * FROM ("                         \
  " SELECT sale_id FROM sale WHERE number >= ?2 AND number < ?3 ORDER BY number LIMIT 1000))"

static const char *const found_sql[] = {
  "SELECT sale_id" FOUND_SQL " ORDER BY sold_at, sale_id LIMIT ?5 OFFSET ?6",
  "SELECT sale_id" FOUND_SQL " ORDER BY sold_at DESC, sale_id DESC LIMIT ?5 OFFSET ?6",
};

static const char *
choose_list(const ShopcaisseSalesQuery *query)
{
  guint choice = (query->state != NULL ? 1 : 0) + (query->store_id != NULL ? 2 : 0);

  return list_sql[choice][query->is_newest_first ? 1 : 0];
}

static void
bind_found(ShopcaisseStatement *statement, const ShopcaisseSalesQuery *query)
{
  const char *text = query->text != NULL ? query->text : query->sale_id;
  /* Behind everything that begins so. */
  g_autofree char *end = g_strconcat(text, "\364\217\277\277", NULL);

  shopcaisse_statement_bind_text(statement, 1, query->state);
  shopcaisse_statement_bind_text(statement, 2, text);
  shopcaisse_statement_bind_text(statement, 3, end);
  shopcaisse_statement_bind_text(statement, 4, query->sale_id);
}

static GPtrArray *
list_found(ShopcaisseDatabase *database, const ShopcaisseSalesQuery *query, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, found_sql[query->is_newest_first ? 1 : 0], error);

  if (statement == NULL)
    return NULL;
  bind_found(statement, query);
  sqlite3_bind_int64(statement, 5, query->limit != 0 ? (gint64)query->limit : -1);
  sqlite3_bind_int64(statement, 6, query->offset);
  return load_sales(database, statement, error);
}

/**
 * shopcaisse_sales_count_found:
 * @database: the database
 * @query: one with an id or a text
 * @n_sales: (out): how many it finds
 * @error: return location for an error
 *
 * Counts what was searched for.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_sales_count_found(ShopcaisseDatabase *database,
                             const ShopcaisseSalesQuery *query,
                             guint *n_sales,
                             GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, "SELECT count(*)" FOUND_SQL, error);
  gint64 number = 0;

  if (statement == NULL)
    return FALSE;
  bind_found(statement, query);
  if (!shopcaisse_statement_read_number(statement, 0, &number, error))
    return FALSE;
  *n_sales = (guint)number;
  return TRUE;
}

/**
 * shopcaisse_sales_list:
 * @database: the database
 * @query: which
 * @error: return location for an error
 *
 * Lists sales, oldest first unless asked otherwise.
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

  if (query->text != NULL || query->sale_id != NULL)
    return list_found(database, query, error);

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
 * shopcaisse_sales_count_unseen:
 * @database: the database
 * @before: a time
 * @n_sales: (out): how many
 * @error: return location for an error
 *
 * Counts orders that were sent before a time and that no till has acknowledged. Looks at open ones
 * alone.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_sales_count_unseen(ShopcaisseDatabase *database,
                              gint64 before,
                              guint *n_sales,
                              GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT count(*) FROM sale INDEXED BY sale_open WHERE " SALE_IS_OPEN
      " AND state = 'sent' AND kitchen = 'not_acked' AND sent_at < ?1",
      error);
  gint64 number = 0;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, before);
  if (!shopcaisse_statement_read_number(statement, 0, &number, error))
    return FALSE;
  *n_sales = (guint)number;
  return TRUE;
}

/**
 * shopcaisse_sales_count_refunds:
 * @database: the database
 * @n_sales: (out): how many
 * @error: return location for an error
 *
 * Counts sales whose refund on the till is awaited.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_sales_count_refunds(ShopcaisseDatabase *database, guint *n_sales, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "SELECT count(*) FROM sale INDEXED BY sale_refund WHERE reason = 'refund'", error);
  gint64 number = 0;

  if (statement == NULL || !shopcaisse_statement_read_number(statement, 0, &number, error))
    return FALSE;
  *n_sales = (guint)number;
  return TRUE;
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
