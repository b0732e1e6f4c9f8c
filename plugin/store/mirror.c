/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Families, price lists, prices and stocks as last read. Items are in store/items.c. */
#include "store/mirror.h"

#include "store/statement.h"

/**
 * shopcaisse_mirror_put_family:
 * @database: the database
 * @company_id: whose
 * @family: the family; copied
 * @sweep: the number of the pull that saw it
 * @error: return location for an error
 *
 * Writes a family as it was read.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_mirror_put_family(ShopcaisseDatabase *database,
                             const char *company_id,
                             const ShopcaisseFamily *family,
                             gint64 sweep,
                             GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO family (id, company_id, name, technical, sweep) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (id) DO UPDATE SET company_id = excluded.company_id, name = excluded.name,"
      " technical = excluded.technical, sweep = excluded.sweep",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, family->id);
  shopcaisse_statement_bind_text(statement, 2, company_id);
  shopcaisse_statement_bind_text(statement, 3, family->name);
  sqlite3_bind_int(statement, 4, family->is_technical);
  sqlite3_bind_int64(statement, 5, sweep);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_mirror_put_price_list:
 * @database: the database
 * @company_id: whose
 * @list: the price list; copied
 * @sweep: the number of the pull that saw it
 * @error: return location for an error
 *
 * Writes a price list as it was read, without its prices.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_mirror_put_price_list(ShopcaisseDatabase *database,
                                 const char *company_id,
                                 const ShopcaissePriceList *list,
                                 gint64 sweep,
                                 GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO price_list (id, company_id, store_id, name, sweep) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (id) DO UPDATE SET company_id = excluded.company_id,"
      " store_id = excluded.store_id, name = excluded.name, sweep = excluded.sweep",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, list->id);
  shopcaisse_statement_bind_text(statement, 2, company_id);
  shopcaisse_statement_bind_text(statement, 3, list->store_id);
  shopcaisse_statement_bind_text(statement, 4, list->name);
  sqlite3_bind_int64(statement, 5, sweep);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_mirror_put_price:
 * @database: the database
 * @list_id: the price list
 * @price: the price; copied
 * @sweep: the number of the pull that saw it
 * @error: return location for an error
 *
 * Writes a price as it was read.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_mirror_put_price(ShopcaisseDatabase *database,
                            const char *list_id,
                            const ShopcaissePrice *price,
                            gint64 sweep,
                            GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO price (list_id, item_id, price_minor, sweep) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (list_id, item_id) DO UPDATE SET price_minor = excluded.price_minor,"
      " sweep = excluded.sweep",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_ITEMS);
  shopcaisse_statement_bind_text(statement, 1, list_id);
  shopcaisse_statement_bind_text(statement, 2, price->item_id);
  if (price->has_price)
    sqlite3_bind_int64(statement, 3, price->price_minor);
  sqlite3_bind_int64(statement, 4, sweep);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_mirror_put_stock:
 * @database: the database
 * @store_id: the store
 * @stock: the stock of one item; copied
 * @sweep: the number of the pull that saw it
 * @now: when it was read
 * @error: return location for an error
 *
 * Writes a stock as it was read.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_mirror_put_stock(ShopcaisseDatabase *database,
                            const char *store_id,
                            const ShopcaisseStock *stock,
                            gint64 sweep,
                            gint64 now,
                            GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO stock (store_id, item_id, stock_milli, reserved_milli, read_at, sweep)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
      " ON CONFLICT (store_id, item_id) DO UPDATE SET stock_milli = excluded.stock_milli,"
      " reserved_milli = excluded.reserved_milli, read_at = excluded.read_at,"
      " sweep = excluded.sweep",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_ITEMS);
  shopcaisse_statement_bind_text(statement, 1, store_id);
  shopcaisse_statement_bind_text(statement, 2, stock->item_id);
  sqlite3_bind_int64(statement, 3, stock->stock_milli);
  sqlite3_bind_int64(statement, 4, stock->reserved_milli);
  sqlite3_bind_int64(statement, 5, now);
  sqlite3_bind_int64(statement, 6, sweep);
  return shopcaisse_statement_run(statement, error);
}

static gboolean
end_sweep(
    ShopcaisseDatabase *database, const char *sql, const char *id, gint64 sweep, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(database, sql, error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_ITEMS);
  shopcaisse_statement_bind_text(statement, 1, id);
  sqlite3_bind_int64(statement, 2, sweep);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_mirror_end_price_sweep:
 * @database: the database
 * @list_id: the price list
 * @sweep: the number of a complete pull
 * @error: return location for an error
 *
 * Drops the prices that a complete pull did not see.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_mirror_end_price_sweep(ShopcaisseDatabase *database,
                                  const char *list_id,
                                  gint64 sweep,
                                  GError **error)
{
  return end_sweep(database, "DELETE FROM price WHERE list_id = ?1 AND sweep <> ?2", list_id, sweep,
                   error);
}

/**
 * shopcaisse_mirror_end_stock_sweep:
 * @database: the database
 * @store_id: the store
 * @sweep: the number of a complete pull
 * @error: return location for an error
 *
 * Drops the stocks that a complete pull did not see.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_mirror_end_stock_sweep(ShopcaisseDatabase *database,
                                  const char *store_id,
                                  gint64 sweep,
                                  GError **error)
{
  return end_sweep(database, "DELETE FROM stock WHERE store_id = ?1 AND sweep <> ?2", store_id,
                   sweep, error);
}

/**
 * shopcaisse_mirror_list_price_lists:
 * @database: the database
 * @company_id: whose
 * @error: return location for an error
 *
 * Lists price lists, by name.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaissePriceList): the lists; %NULL on failure
 */
GPtrArray *
shopcaisse_mirror_list_price_lists(ShopcaisseDatabase *database,
                                   const char *company_id,
                                   GError **error)
{
  g_autoptr(GPtrArray) lists =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_price_list_free);
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "SELECT id, name, store_id FROM price_list WHERE company_id = ?1 ORDER BY name, id",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, company_id);
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&lists);

    ShopcaissePriceList *list = g_new0(ShopcaissePriceList, 1);

    list->id = shopcaisse_statement_dup_text(statement, 0);
    list->name = shopcaisse_statement_dup_text(statement, 1);
    list->store_id = shopcaisse_statement_dup_text(statement, 2);
    g_ptr_array_add(lists, list);
  }
}
