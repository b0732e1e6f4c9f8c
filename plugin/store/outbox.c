/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The life of a job from append to settle: each function is one step of it. Choosing and reading
 * jobs is in store/outbox-read.c, what happens to many at once in store/outbox-many.c. */
#include "store/outbox.h"

#include "store/digest.h"
#include "store/statement.h"

static void
bind_request(ShopcaisseStatement *statement, int index, const char *path, GBytes *body)
{
  shopcaisse_statement_bind_text(statement, index, path);
  if (path == NULL)
    return;

  g_autofree char *sha256 = shopcaisse_digest_request(path, body);
  gsize size = 0;
  gconstpointer bytes = body != NULL ? g_bytes_get_data(body, &size) : NULL;

  if (size > 0)
    (void)sqlite3_bind_blob64(statement, index + 1, bytes, size, SQLITE_TRANSIENT);
  shopcaisse_statement_bind_text(statement, index + 2, sha256);
}

static gboolean
insert_job(ShopcaisseDatabase *database, const ShopcaisseJob *job, gint64 now, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO outbox (kind, version, key, lane, lane_width, priority, store_id, subject, run,"
      " args, path, body, sha256, state, reason, message, attempts, due_at, unknown_at, created_at)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
      " ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)"
      " ON CONFLICT (key) DO NOTHING",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, job->kind);
  sqlite3_bind_int64(statement, 2, job->version);
  shopcaisse_statement_bind_text(statement, 3, job->key);
  shopcaisse_statement_bind_text(statement, 4, job->lane);
  sqlite3_bind_int64(statement, 5, job->lane_width);
  sqlite3_bind_int(statement, 6, (int)job->priority);
  shopcaisse_statement_bind_text(statement, 7, job->store_id);
  shopcaisse_statement_bind_text(statement, 8, job->subject);
  sqlite3_bind_int64(statement, 9, job->run);
  shopcaisse_statement_bind_variant(statement, 10, job->args);
  bind_request(statement, 11, job->path, job->body);
  shopcaisse_statement_bind_text(statement, 14, shopcaisse_job_state_to_text(job->state));
  shopcaisse_statement_bind_text(statement, 15, job->reason);
  shopcaisse_statement_bind_text(statement, 16, job->message);
  sqlite3_bind_int64(statement, 17, job->attempts);
  sqlite3_bind_int64(statement, 18, job->due_at);
  sqlite3_bind_int64(statement, 19, job->unknown_at);
  sqlite3_bind_int64(statement, 20, now);
  return shopcaisse_statement_run(statement, error);
}

static gboolean
find_id(ShopcaisseDatabase *database, const char *key, gint64 *id, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, "SELECT id FROM outbox WHERE key = ?1", error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, key);
  return shopcaisse_statement_read_number(statement, 0, id, error);
}

/**
 * shopcaisse_outbox_append:
 * @database: the database
 * @job: (inout): what to do; copied. Its id and created_at are filled in
 * @now: the time
 * @is_new: (out) (optional): whether a row was added
 * @error: return location for an error
 *
 * Makes @job durable. Appending the same [field@Shopcaisse.Job.key] again succeeds, changes nothing
 * and gives the id of the row that is there, whatever its state.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE when the row cannot be written; nothing is stored then.
 *
 * Returns: %TRUE once the row is on disk, or in the transaction around this
 */
gboolean
shopcaisse_outbox_append(
    ShopcaisseDatabase *database, ShopcaisseJob *job, gint64 now, gboolean *is_new, GError **error)
{
  g_return_val_if_fail(job != NULL && job->kind != NULL && job->key != NULL, FALSE);

  if (!insert_job(database, job, now, error))
    return FALSE;

  gboolean is_added = shopcaisse_database_count_changes(database) > 0;
  gint64 id = shopcaisse_database_get_last_id(database);

  if (!is_added && !find_id(database, job->key, &id, error))
    return FALSE;
  job->id = id;
  if (is_added)
    job->created_at = now;
  if (is_new != NULL)
    *is_new = is_added;
  return TRUE;
}

/* Runs a statement that is to change the row @id, and complains when it changed none. */
static gboolean
run_for_row(ShopcaisseDatabase *database, ShopcaisseStatement *statement, gint64 id, GError **error)
{
  if (!shopcaisse_statement_run(statement, error))
    return FALSE;
  if (shopcaisse_database_count_changes(database) > 0)
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
              "job %" G_GINT64_FORMAT " is not in the state for this", id);
  return FALSE;
}

/**
 * shopcaisse_outbox_claim:
 * @database: the database
 * @job: (inout): a job that was peeked; its state and attempts follow
 * @error: return location for an error
 *
 * Notes that the request is about to be sent: waiting becomes sending.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when the job does not wait, and with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_claim(ShopcaisseDatabase *database, ShopcaisseJob *job, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database,
                                  "UPDATE outbox SET state = 'sending', attempts = attempts + 1"
                                  " WHERE id = ?1 AND state = 'waiting'",
                                  error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, job->id);
  if (!run_for_row(database, statement, job->id, error))
    return FALSE;
  job->state = SHOPCAISSE_JOB_SENDING;
  job->attempts++;
  return TRUE;
}

/**
 * shopcaisse_outbox_settle:
 * @database: the database
 * @id: the job
 * @settle: whether the row stays
 * @now: the time
 * @error: return location for an error
 *
 * Ends a job: its outcome is known.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when the job is settled or gone, and with
 * %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_settle(
    ShopcaisseDatabase *database, gint64 id, ShopcaisseSettle settle, gint64 now, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      settle == SHOPCAISSE_SETTLE_FORGET
          ? "DELETE FROM outbox WHERE id = ?1 AND state <> 'settled'"
          : "UPDATE outbox SET state = 'settled', settled_at = ?2, unknown_at = 0, reason = '',"
            " message = '' WHERE id = ?1 AND state <> 'settled'",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, id);
  if (settle == SHOPCAISSE_SETTLE_KEEP)
    sqlite3_bind_int64(statement, 2, now);
  return run_for_row(database, statement, id, error);
}

/**
 * shopcaisse_outbox_postpone:
 * @database: the database
 * @id: the job
 * @due_at: when it is to be sent again
 * @unknown_at: since when its outcome is not known, 0: it is
 * @reason: a word
 * @error: return location for an error
 *
 * Puts a job back: it waits until @due_at.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when the job is settled or gone, and with
 * %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_postpone(ShopcaisseDatabase *database,
                           gint64 id,
                           gint64 due_at,
                           gint64 unknown_at,
                           const char *reason,
                           GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "UPDATE outbox SET state = 'waiting', due_at = ?2, unknown_at = ?3, reason = ?4, message = ''"
      " WHERE id = ?1 AND state <> 'settled'",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, id);
  sqlite3_bind_int64(statement, 2, due_at);
  sqlite3_bind_int64(statement, 3, unknown_at);
  shopcaisse_statement_bind_text(statement, 4, reason != NULL ? reason : "");
  return run_for_row(database, statement, id, error);
}

static gboolean
stop_job(ShopcaisseDatabase *database,
         gint64 id,
         ShopcaisseJobState state,
         const char *reason,
         const char *message,
         GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database,
                                  "UPDATE outbox SET state = ?2, reason = ?3, message = ?4"
                                  " WHERE id = ?1 AND state <> 'settled'",
                                  error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, id);
  shopcaisse_statement_bind_text(statement, 2, shopcaisse_job_state_to_text(state));
  shopcaisse_statement_bind_text(statement, 3, reason != NULL ? reason : "");
  shopcaisse_statement_bind_text(statement, 4, message != NULL ? message : "");
  return run_for_row(database, statement, id, error);
}

/**
 * shopcaisse_outbox_hold:
 * @database: the database
 * @id: the job
 * @reason: the condition that is missing, a word for [func@Shopcaisse.outbox_release]
 * @message: for people
 * @error: return location for an error
 *
 * Keeps a job back until a condition is met.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when the job is settled or gone, and with
 * %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_hold(ShopcaisseDatabase *database,
                       gint64 id,
                       const char *reason,
                       const char *message,
                       GError **error)
{
  return stop_job(database, id, SHOPCAISSE_JOB_HELD, reason, message, error);
}

/**
 * shopcaisse_outbox_park:
 * @database: the database
 * @id: the job
 * @reason: why, a word
 * @message: for people
 * @error: return location for an error
 *
 * Keeps a job until a person decides.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when the job is settled or gone, and with
 * %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_park(ShopcaisseDatabase *database,
                       gint64 id,
                       const char *reason,
                       const char *message,
                       GError **error)
{
  return stop_job(database, id, SHOPCAISSE_JOB_PARKED, reason, message, error);
}

/* Whether the row has other bytes already; *is_frozen: whether it has any. */
static gboolean
check_frozen(ShopcaisseDatabase *database,
             gint64 id,
             const char *sha256,
             gboolean *is_frozen,
             GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, "SELECT sha256 FROM outbox WHERE id = ?1", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, id);
  if (!shopcaisse_statement_step(statement, &has_row, error))
    return FALSE;

  const char *present = has_row ? (const char *)sqlite3_column_text(statement, 0) : NULL;

  *is_frozen = present != NULL;
  if (present == NULL || g_str_equal(present, sha256))
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
              "job %" G_GINT64_FORMAT " has another request already", id);
  return FALSE;
}

/**
 * shopcaisse_outbox_freeze:
 * @database: the database
 * @id: the job
 * @path: the path of its request
 * @body: (nullable): the body of its request
 * @error: return location for an error
 *
 * Writes the request that every attempt will send, with its SHA-256. The same request again
 * succeeds.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when the job has another request, is settled or gone, and
 * with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_freeze(
    ShopcaisseDatabase *database, gint64 id, const char *path, GBytes *body, GError **error)
{
  g_return_val_if_fail(path != NULL, FALSE);

  g_autofree char *sha256 = shopcaisse_digest_request(path, body);
  gboolean is_frozen = FALSE;

  if (!check_frozen(database, id, sha256, &is_frozen, error))
    return FALSE;
  if (is_frozen)
    return TRUE;

  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "UPDATE outbox SET path = ?2, body = ?3, sha256 = ?4 WHERE id = ?1 AND state <> 'settled'",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, id);
  bind_request(statement, 2, path, body);
  return run_for_row(database, statement, id, error);
}

/**
 * shopcaisse_outbox_assign:
 * @database: the database
 * @job: a job: its lane, store and arguments, as they are from now on
 * @error: return location for an error
 *
 * Says where a job goes that was made before this was known.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when the job is settled or gone, and with
 * %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_assign(ShopcaisseDatabase *database, const ShopcaisseJob *job, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "UPDATE outbox SET lane = ?2, store_id = ?3, args = ?4 WHERE id = ?1 AND state <> 'settled'",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, job->id);
  shopcaisse_statement_bind_text(statement, 2, job->lane);
  shopcaisse_statement_bind_text(statement, 3, job->store_id);
  shopcaisse_statement_bind_variant(statement, 4, job->args);
  return run_for_row(database, statement, job->id, error);
}

/**
 * shopcaisse_outbox_rewrite:
 * @database: the database
 * @id: a job that was frozen and is not on the wire
 * @path: the path of its request
 * @body: what is sent from now on
 * @error: return location for an error
 *
 * Writes other bytes in the place of frozen ones, for the one case in which that is right: nothing
 * of them was ever accepted, and somebody in them is to be erased.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when the job is on the wire, settled or gone, and with
 * %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_rewrite(
    ShopcaisseDatabase *database, gint64 id, const char *path, GBytes *body, GError **error)
{
  g_return_val_if_fail(path != NULL && body != NULL, FALSE);

  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database,
                                  "UPDATE outbox SET path = ?2, body = ?3, sha256 = ?4"
                                  " WHERE id = ?1 AND state NOT IN ('settled', 'sending')",
                                  error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, id);
  bind_request(statement, 2, path, body);
  return run_for_row(database, statement, id, error);
}
