/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Stores at which nothing is sent for now. A store is open again when every reason is gone. */
#include "store/blocks.h"

#include "store/statement.h"

/**
 * shopcaisse_block_new:
 * @store_id: the store; "" for all
 * @reason: why, a word
 * @message: (nullable): for people
 * @since: the time
 * @until: when it ends by itself, 0 for never
 *
 * Returns: (transfer full): the block
 */
ShopcaisseBlock *
shopcaisse_block_new(
    const char *store_id, const char *reason, const char *message, gint64 since, gint64 until)
{
  ShopcaisseBlock *self = g_new0(ShopcaisseBlock, 1);

  self->store_id = g_strdup(store_id);
  self->reason = g_strdup(reason);
  self->message = g_strdup(message != NULL ? message : "");
  self->since = since;
  self->until = until;
  return self;
}

/**
 * shopcaisse_block_free:
 * @self: (nullable): a block
 *
 * Releases it.
 */
void
shopcaisse_block_free(ShopcaisseBlock *self)
{
  if (self == NULL)
    return;
  g_free(self->store_id);
  g_free(self->reason);
  g_free(self->message);
  g_free(self);
}

/**
 * shopcaisse_outbox_block:
 * @database: the database
 * @block: which store, why and how long
 * @error: return location for an error
 *
 * Stops what is sent to a store, but for lane "probe". For the same reason again it keeps the time
 * since when.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_block(ShopcaisseDatabase *database, const ShopcaisseBlock *block, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO block (store_id, reason, message, since, until) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (store_id, reason) DO UPDATE SET message = excluded.message,"
      " until = excluded.until",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, block->store_id);
  shopcaisse_statement_bind_text(statement, 2, block->reason);
  shopcaisse_statement_bind_text(statement, 3, block->message);
  sqlite3_bind_int64(statement, 4, block->since);
  sqlite3_bind_int64(statement, 5, block->until);
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

/**
 * shopcaisse_outbox_list_blocks:
 * @database: the database
 * @error: return location for an error
 *
 * Lists the blocks, the oldest first.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseBlock): the blocks; %NULL on failure
 */
GPtrArray *
shopcaisse_outbox_list_blocks(ShopcaisseDatabase *database, GError **error)
{
  g_autoptr(GPtrArray) blocks =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_block_free);
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database,
                                  "SELECT store_id, reason, message, since, until FROM block"
                                  " ORDER BY since, store_id, reason",
                                  error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&blocks);
    g_ptr_array_add(blocks, shopcaisse_block_new((const char *)sqlite3_column_text(statement, 0),
                                                 (const char *)sqlite3_column_text(statement, 1),
                                                 (const char *)sqlite3_column_text(statement, 2),
                                                 sqlite3_column_int64(statement, 3),
                                                 sqlite3_column_int64(statement, 4)));
  }
}
