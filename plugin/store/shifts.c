/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The till's shifts as last read; declared in store/tickets.h, since a shift is a set of tickets.
 */
#include "store/statement.h"
#include "store/tickets.h"

/**
 * shopcaisse_shifts_put:
 * @database: the database
 * @store_id: the store
 * @shift: the shift; copied
 * @error: return location for an error
 *
 * Writes a shift as it was read.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_shifts_put(ShopcaisseDatabase *database,
                      const char *store_id,
                      const ShopcaisseShift *shift,
                      GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO shift (id, store_id, pos_id, status, phase, start_at, end_at, sequence)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
      " ON CONFLICT (id) DO UPDATE SET store_id = excluded.store_id, pos_id = excluded.pos_id,"
      " status = excluded.status, phase = excluded.phase, start_at = excluded.start_at,"
      " end_at = excluded.end_at, sequence = excluded.sequence",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, shift->id);
  shopcaisse_statement_bind_text(statement, 2, store_id);
  shopcaisse_statement_bind_text(statement, 3, shift->pos_id);
  shopcaisse_statement_bind_text(statement, 4, shift->status);
  sqlite3_bind_int(statement, 5, (int)shift->phase);
  sqlite3_bind_int64(statement, 6, shift->start_at);
  sqlite3_bind_int64(statement, 7, shift->end_at);
  sqlite3_bind_int64(statement, 8, shift->sequence);
  return shopcaisse_statement_run(statement, error);
}

static ShopcaisseShift *
read_shift(ShopcaisseStatement *row)
{
  ShopcaisseShift *shift = g_new0(ShopcaisseShift, 1);

  shift->id = shopcaisse_statement_dup_text(row, 0);
  shift->pos_id = shopcaisse_statement_dup_text(row, 1);
  shift->status = shopcaisse_statement_dup_text(row, 2);
  shift->phase = (ShopcaisseShiftPhase)sqlite3_column_int(row, 3);
  shift->start_at = sqlite3_column_int64(row, 4);
  shift->end_at = sqlite3_column_int64(row, 5);
  shift->sequence = sqlite3_column_int64(row, 6);
  return shift;
}

/**
 * shopcaisse_shifts_list:
 * @database: the database
 * @store_id: the store
 * @from: the interval's start
 * @to: the interval's end, not in it; 0: no end
 * @error: return location for an error
 *
 * Lists the shifts that overlap an interval, by start. One without an end is not over yet.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseShift): the shifts; %NULL on failure
 */
GPtrArray *
shopcaisse_shifts_list(
    ShopcaisseDatabase *database, const char *store_id, gint64 from, gint64 to, GError **error)
{
  g_autoptr(GPtrArray) shifts =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_shift_free);
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT id, pos_id, status, phase, start_at, end_at, sequence FROM shift"
      " WHERE store_id = ?1 AND start_at < ?3 AND (end_at < 0 OR end_at > ?2)"
      " ORDER BY start_at, id",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, store_id);
  sqlite3_bind_int64(statement, 2, from);
  sqlite3_bind_int64(statement, 3, to != 0 ? to : G_MAXINT64);
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&shifts);
    g_ptr_array_add(shifts, read_shift(statement));
  }
}
