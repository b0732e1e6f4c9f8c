/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What became of a sale, in order. Nearly all rows are written by triggers: data/migrations. */
#include "store/sale-events.h"

#include "store/statement.h"

static void
free_event(gpointer data)
{
  ShopcaisseSaleEvent *self = data;

  g_free(self->kind);
  g_free(self->word);
  g_free(self->reason);
  g_free(self->message);
  g_free(self);
}

static ShopcaisseSaleEvent *
read_event(ShopcaisseStatement *row)
{
  ShopcaisseSaleEvent *self = g_new0(ShopcaisseSaleEvent, 1);

  self->id = sqlite3_column_int64(row, 0);
  self->kind = shopcaisse_statement_dup_text(row, 1);
  self->word = shopcaisse_statement_dup_text(row, 2);
  self->reason = shopcaisse_statement_dup_text(row, 3);
  self->message = shopcaisse_statement_dup_text(row, 4);
  self->first_at = sqlite3_column_int64(row, 5);
  self->last_at = sqlite3_column_int64(row, 6);
  self->times = (guint)sqlite3_column_int64(row, 7);
  return self;
}

/**
 * shopcaisse_sale_events_list:
 * @database: the database
 * @sale_id: the host's id
 * @offset: how many of the first are left out
 * @limit: at most so many
 * @error: return location for an error
 *
 * Lists what became of a sale, in the order in which it happened, whatever the clock said.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseSaleEvent): the events; %NULL on failure
 */
GPtrArray *
shopcaisse_sale_events_list(
    ShopcaisseDatabase *database, const char *sale_id, guint offset, guint limit, GError **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func(free_event);
  g_autoptr(ShopcaisseStatement) row = shopcaisse_database_prepare(
      database,
      "SELECT id, kind, word, reason, message, first_at, last_at, times FROM sale_event"
      " WHERE sale_id = ?1 ORDER BY id LIMIT ?2 OFFSET ?3",
      error);
  gboolean has_row = FALSE;

  if (row == NULL)
    return NULL;
  shopcaisse_statement_bind_text(row, 1, sale_id);
  sqlite3_bind_int64(row, 2, limit);
  sqlite3_bind_int64(row, 3, offset);
  do {
    if (!shopcaisse_statement_step(row, &has_row, error))
      return NULL;
    if (has_row)
      g_ptr_array_add(events, read_event(row));
  } while (has_row);
  return g_steal_pointer(&events);
}

/**
 * shopcaisse_sale_events_count:
 * @database: the database
 * @sale_id: the host's id
 * @n_events: (out): how many there are
 * @error: return location for an error
 *
 * Counts what became of a sale.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_sale_events_count(ShopcaisseDatabase *database,
                             const char *sale_id,
                             guint *n_events,
                             GError **error)
{
  g_autoptr(ShopcaisseStatement) row = shopcaisse_database_prepare(
      database, "SELECT count(*) FROM sale_event WHERE sale_id = ?1", error);
  gint64 number = 0;

  if (row == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(row, 1, sale_id);
  if (!shopcaisse_statement_read_number(row, 0, &number, error))
    return FALSE;
  *n_events = (guint)number;
  return TRUE;
}

/**
 * shopcaisse_sale_events_note:
 * @database: the database
 * @sale_id: the host's id
 * @kind: "host" or "shipment"
 * @word: the host's status of it, or how many parcels were sent
 * @at: when it was heard, UTC, microseconds
 * @error: return location for an error
 *
 * Notes how far a sale is in the host. The same word as before adds nothing. Inside the caller's
 * transaction.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_sale_events_note(ShopcaisseDatabase *database,
                            const char *sale_id,
                            const char *kind,
                            const char *word,
                            gint64 at,
                            GError **error)
{
  g_autoptr(ShopcaisseStatement) row = shopcaisse_database_prepare(
      database,
      "INSERT INTO sale_event (sale_id, kind, word, first_at, last_at)"
      " SELECT ?1, ?4, ?2, ?3, ?3 WHERE ?2 IS NOT (SELECT word FROM sale_event"
      " WHERE sale_id = ?1 AND kind = ?4 ORDER BY id DESC LIMIT 1)",
      error);

  if (row == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(row, 1, sale_id);
  shopcaisse_statement_bind_text(row, 2, word);
  sqlite3_bind_int64(row, 3, at);
  shopcaisse_statement_bind_text(row, 4, kind);
  return shopcaisse_statement_run(row, error);
}
