/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Stores at which nothing is sent for now. A store is open again when every reason is gone. */
#include "store/blocks.h"

#include "store/statement.h"

/**
 * shopcaisse_outbox_block:
 * @database: the database
 * @store_id: the store; "" for all
 * @reason: why, a word for [func@Shopcaisse.outbox_unblock]
 * @message: for people
 * @now: the time
 * @error: return location for an error
 *
 * Stops what is sent to a store, but for lane "probe". For the same reason again only the message
 * changes.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_block(ShopcaisseDatabase *database,
                        const char *store_id,
                        const char *reason,
                        const char *message,
                        gint64 now,
                        GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO block (store_id, reason, message, since) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (store_id, reason) DO UPDATE SET message = excluded.message",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, store_id);
  shopcaisse_statement_bind_text(statement, 2, reason);
  shopcaisse_statement_bind_text(statement, 3, message != NULL ? message : "");
  sqlite3_bind_int64(statement, 4, now);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_outbox_unblock:
 * @database: the database
 * @store_id: the store; "" for the block of all
 * @reason: (nullable): the reason that is gone; %NULL: all of them
 * @error: return location for an error
 *
 * Takes a block away. It succeeds when there is none.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_unblock(ShopcaisseDatabase *database,
                          const char *store_id,
                          const char *reason,
                          GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "DELETE FROM block WHERE store_id = ?1 AND (?2 IS NULL OR reason = ?2)", error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, store_id);
  shopcaisse_statement_bind_text(statement, 2, reason);
  return shopcaisse_statement_run(statement, error);
}

static GVariant *
build_block(ShopcaisseStatement *row)
{
  g_auto(GVariantDict) block = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&block, "store_id", "s", (const char *)sqlite3_column_text(row, 0));
  g_variant_dict_insert(&block, "reason", "s", (const char *)sqlite3_column_text(row, 1));
  g_variant_dict_insert(&block, "message", "s", (const char *)sqlite3_column_text(row, 2));
  g_variant_dict_insert(&block, "since", "x", (gint64)sqlite3_column_int64(row, 3));
  return g_variant_ref_sink(g_variant_dict_end(&block));
}

/**
 * shopcaisse_outbox_list_blocks:
 * @database: the database
 * @error: return location for an error
 *
 * Lists the blocks: `a{sv}` with store_id, reason, message and since (x), the oldest first.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type GVariant): the blocks; %NULL on failure
 */
GPtrArray *
shopcaisse_outbox_list_blocks(ShopcaisseDatabase *database, GError **error)
{
  g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT store_id, reason, message, since FROM block ORDER BY since, store_id, reason", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&blocks);
    g_ptr_array_add(blocks, build_block(statement));
  }
}
