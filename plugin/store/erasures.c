/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is left to do of "erase this customer", and where to look for one. */
#include "store/erasures.h"

#include "store/statement.h"

static void
free_erasure(gpointer data)
{
  ShopcaisseErasure *self = data;

  g_clear_pointer(&self->customer, g_variant_unref);
  g_free(self);
}

/**
 * shopcaisse_erasures_add:
 * @database: the database
 * @customer: (nullable): who is to be erased; %NULL: what is left is to wash the files
 * @id: (out): names the row
 * @error: return location for an error
 *
 * Notes an erasure, so that it is finished whatever happens.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_erasures_add(ShopcaisseDatabase *database,
                        GVariant *customer,
                        gint64 *id,
                        GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, "INSERT INTO erasure (customer) VALUES (?1)", error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_variant(statement, 1, customer);
  if (!shopcaisse_statement_run(statement, error))
    return FALSE;
  *id = shopcaisse_database_get_last_id(database);
  return TRUE;
}

/**
 * shopcaisse_erasures_list:
 * @database: the database
 * @error: return location for an error
 *
 * Lists what was not finished. One whose customer cannot be read is there without a customer.
 *
 * Returns: (transfer full) (element-type ShopcaisseErasure): the rows; %NULL and
 *   %COMPTOIR_ERROR_STORAGE on failure
 */
GPtrArray *
shopcaisse_erasures_list(ShopcaisseDatabase *database, GError **error)
{
  g_autoptr(GPtrArray) erasures = g_ptr_array_new_with_free_func(free_erasure);
  g_autoptr(ShopcaisseStatement) row =
      shopcaisse_database_prepare(database, "SELECT id, customer FROM erasure ORDER BY id", error);
  gboolean has_row = FALSE;

  if (row == NULL)
    return NULL;
  do {
    ShopcaisseErasure *erasure = NULL;

    if (!shopcaisse_statement_step(row, &has_row, error))
      return NULL;
    if (!has_row)
      break;
    erasure = g_new0(ShopcaisseErasure, 1);
    erasure->id = sqlite3_column_int64(row, 0);
    (void)shopcaisse_statement_read_variant(row, 1, G_VARIANT_TYPE_VARDICT, &erasure->customer,
                                            NULL);
    g_ptr_array_add(erasures, erasure);
  } while (has_row);
  return g_steal_pointer(&erasures);
}

static gboolean
run_for_id(ShopcaisseDatabase *database, const char *sql, gint64 id, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(database, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, id);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_erasures_forget:
 * @database: the database
 * @id: a row
 * @error: return location for an error
 *
 * Takes the customer out of the row: nothing but washing is left.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_erasures_forget(ShopcaisseDatabase *database, gint64 id, GError **error)
{
  return run_for_id(database, "UPDATE erasure SET customer = '' WHERE id = ?1", id, error);
}

/**
 * shopcaisse_erasures_remove:
 * @database: the database
 * @id: a row
 * @error: return location for an error
 *
 * Notes that it is finished.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_erasures_remove(ShopcaisseDatabase *database, gint64 id, GError **error)
{
  return run_for_id(database, "DELETE FROM erasure WHERE id = ?1", id, error);
}

/* The texts that a statement answers. */
static GPtrArray *
read_texts(ShopcaisseStatement *row, GError **error)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
  gboolean has_row = FALSE;

  do {
    if (!shopcaisse_statement_step(row, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add(texts, shopcaisse_statement_dup_text(row, 0));
  } while (has_row);
  return g_steal_pointer(&texts);
}

/**
 * shopcaisse_erasures_list_sales:
 * @database: the database
 * @after: the last id of the call before, "" at first
 * @limit: at most so many
 * @error: return location for an error
 *
 * Goes through all sales.
 *
 * Returns: (transfer full) (element-type utf8): their ids, in order; %NULL and
 *   %COMPTOIR_ERROR_STORAGE on failure
 */
GPtrArray *
shopcaisse_erasures_list_sales(ShopcaisseDatabase *database,
                               const char *after,
                               guint limit,
                               GError **error)
{
  g_autoptr(ShopcaisseStatement) row = shopcaisse_database_prepare(
      database, "SELECT sale_id FROM sale WHERE sale_id > ?1 ORDER BY sale_id LIMIT ?2", error);

  if (row == NULL)
    return NULL;
  shopcaisse_statement_bind_text(row, 1, after);
  sqlite3_bind_int64(row, 2, limit);
  return read_texts(row, error);
}

static gboolean
find_end(ShopcaisseDatabase *database, gint64 after, guint limit, gint64 *end, GError **error)
{
  g_autoptr(ShopcaisseStatement) row = shopcaisse_database_prepare(
      database, "SELECT max(id) FROM (SELECT id FROM outbox WHERE id > ?1 ORDER BY id LIMIT ?2)",
      error);

  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64(row, 1, after);
  sqlite3_bind_int64(row, 2, limit);
  return shopcaisse_statement_read_number(row, G_MAXINT64, end, error);
}

/**
 * shopcaisse_erasures_list_orders:
 * @database: the database
 * @after: (inout): where the call before ended, 0 at first; %G_MAXINT64 at the end
 * @limit: how many rows are looked at
 * @error: return location for an error
 *
 * Goes through all orders whose text is kept.
 *
 * Returns: (transfer full) (element-type utf8): the ids of the sales of those that have a customer;
 *   %NULL and %COMPTOIR_ERROR_STORAGE on failure
 */
GPtrArray *
shopcaisse_erasures_list_orders(ShopcaisseDatabase *database,
                                gint64 *after,
                                guint limit,
                                GError **error)
{
  g_autoptr(ShopcaisseStatement) row = shopcaisse_database_prepare(
      database,
      "SELECT subject FROM outbox WHERE id > ?1 AND id <= ?2 AND kind = 'order'"
      " AND body IS NOT NULL AND instr(body, CAST('\"customer\"' AS BLOB)) > 0 ORDER BY id",
      error);
  gint64 end = 0;

  if (row == NULL || !find_end(database, *after, limit, &end, error))
    return NULL;
  sqlite3_bind_int64(row, 1, *after);
  sqlite3_bind_int64(row, 2, end);
  *after = end;
  return read_texts(row, error);
}

/**
 * shopcaisse_erasures_drop_searches:
 * @database: the database
 * @sale_id: the host's id
 * @error: return location for an error
 *
 * Deletes the rows that look for the customer of a sale. An answer that comes all the same settles
 * nothing.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_erasures_drop_searches(ShopcaisseDatabase *database, const char *sale_id, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "DELETE FROM outbox WHERE state IN ('waiting', 'sending', 'held', 'parked')"
      " AND kind = 'client' AND subject = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, sale_id);
  return shopcaisse_statement_run(statement, error);
}
