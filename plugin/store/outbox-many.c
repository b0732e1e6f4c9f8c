/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What happens to many jobs at once. */
#include "store/outbox-many.h"

#include "store/statement.h"

/**
 * shopcaisse_outbox_release:
 * @database: the database
 * @reason: (nullable): those that stopped for it; %NULL: for any
 * @subject: (nullable): those about it; %NULL: about any
 * @now: when they are due
 * @n_released: (out) (optional): how many
 * @error: return location for an error
 *
 * Lets held and parked jobs wait to be sent again. Their attempts are not forgotten.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_release(ShopcaisseDatabase *database,
                          const char *reason,
                          const char *subject,
                          gint64 now,
                          guint *n_released,
                          GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "UPDATE outbox SET state = 'waiting', due_at = ?3, reason = '', message = ''"
      " WHERE state IN ('held', 'parked')"
      " AND (?1 IS NULL OR reason = ?1) AND (?2 IS NULL OR subject = ?2)",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, reason);
  shopcaisse_statement_bind_text(statement, 2, subject);
  sqlite3_bind_int64(statement, 3, now);
  if (!shopcaisse_statement_run(statement, error))
    return FALSE;
  if (n_released != NULL)
    *n_released = (guint)shopcaisse_database_count_changes(database);
  return TRUE;
}

/**
 * shopcaisse_outbox_hasten:
 * @database: the database
 * @kind: (nullable): a kind of job; %NULL: of any
 * @now: the time
 * @error: return location for an error
 *
 * Ends the waiting of jobs that only wait for time to pass; of those of one kind, not of the ones
 * that the service told to wait.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_hasten(ShopcaisseDatabase *database, const char *kind, gint64 now, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database,
                                  "UPDATE outbox SET due_at = ?2"
                                  " WHERE state = 'waiting' AND due_at > ?2"
                                  " AND (?1 IS NULL OR (kind = ?1 AND reason <> 'throttled'))",
                                  error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, kind);
  sqlite3_bind_int64(statement, 2, now);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_outbox_recover:
 * @database: the database
 * @id: a job, 0 for all
 * @now: the time
 * @error: return location for an error
 *
 * Puts back what was on the wire and has no answer, as after a start: the outcome is unknown, since
 * when it already was or since now, and the same bytes go again. A job that is not on the wire
 * stays as it is.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_recover(ShopcaisseDatabase *database, gint64 id, gint64 now, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "UPDATE outbox SET state = 'waiting', due_at = ?1, reason = 'restarted',"
      " unknown_at = CASE unknown_at WHEN 0 THEN ?1 ELSE unknown_at END"
      " WHERE state = 'sending' AND (?2 = 0 OR id = ?2)",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, now);
  sqlite3_bind_int64(statement, 2, id);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_outbox_drop_run:
 * @database: the database
 * @run: the task
 * @error: return location for an error
 *
 * Deletes what a task has left, also what is on the wire: its answer then settles nothing. Settled
 * rows stay, since their keys are taken.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_drop_run(ShopcaisseDatabase *database, gint64 run, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "DELETE FROM outbox WHERE run = ?1 AND run <> 0", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, run);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_outbox_forget_request:
 * @database: the database
 * @key: a job that sends nothing any more
 * @error: return location for an error
 *
 * Takes path, body and digest of a job away. A job that is not there has none.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_forget_request(ShopcaisseDatabase *database, const char *key, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "UPDATE outbox SET path = NULL, body = NULL, sha256 = NULL WHERE key = ?1", error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, key);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_outbox_get_last_id:
 * @database: the database
 * @id: (out): the id of the row that was appended last, 0 when none ever was
 * @error: return location for an error
 *
 * Tells how far the outbox has come; rows that are gone count.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_get_last_id(ShopcaisseDatabase *database, gint64 *id, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'", error);

  return statement != NULL && shopcaisse_statement_read_number(statement, 0, id, error);
}

/**
 * shopcaisse_outbox_read_subject:
 * @database: the database
 * @job: (inout): a row that was read earlier
 * @error: return location for an error
 *
 * Reads anew what a row is about; a row that is gone keeps what it had.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_read_subject(ShopcaisseDatabase *database, ShopcaisseJob *job, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, "SELECT subject FROM outbox WHERE id = ?1", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, job->id);
  if (!shopcaisse_statement_step(statement, &has_row, error))
    return FALSE;
  if (has_row) {
    g_free(job->subject);
    job->subject = shopcaisse_statement_dup_text(statement, 0);
  }
  return TRUE;
}
