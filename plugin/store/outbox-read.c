/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading the outbox: which job is next, when to look again, and lists and counts for people. What
 * is read is checked against its digest. */
#include "store/digest.h"
#include "store/outbox.h"
#include "store/statement.h"

typedef enum {
  READ_TO_USE, /* all of it must be as it was written */
  READ_TO_SHOW /* a damaged row says so and is as far as it can be read */
} ReadPurpose;

/* Steps from one lane, store and width to the next in the index, past all that stands between; left
 * to itself the planner takes another index and reads every waiting row. Then leaves out the lanes
 * that are full and the stores that are blocked. */
#define OPEN_QUEUE                                                                                 \
  "WITH RECURSIVE queue (lane, store_id, width) AS ("                                              \
  "  SELECT * FROM (SELECT lane, store_id, lane_width FROM outbox INDEXED BY outbox_waiting"       \
  "    WHERE state = 'waiting' ORDER BY lane, store_id, lane_width LIMIT 1)"                       \
  "  UNION ALL"                                                                                    \
  "  SELECT o.lane, o.store_id, o.lane_width FROM queue q JOIN outbox o ON o.id = coalesce("       \
  "    (SELECT n.id FROM outbox n INDEXED BY outbox_waiting WHERE n.state = 'waiting'"             \
  "      AND n.lane = q.lane AND n.store_id = q.store_id AND n.lane_width > q.width"               \
  "      ORDER BY n.lane_width LIMIT 1),"                                                          \
  "    (SELECT n.id FROM outbox n INDEXED BY outbox_waiting WHERE n.state = 'waiting'"             \
  "      AND n.lane = q.lane AND n.store_id > q.store_id"                                          \
  "      ORDER BY n.store_id, n.lane_width LIMIT 1),"                                              \
  "    (SELECT n.id FROM outbox n INDEXED BY outbox_waiting WHERE n.state = 'waiting'"             \
  "      AND n.lane > q.lane ORDER BY n.lane, n.store_id, n.lane_width LIMIT 1))"                  \
  "), open_queue (lane, store_id, width) AS MATERIALIZED ("                                        \
  "  SELECT lane, store_id, width FROM queue"                                                      \
  "  WHERE width > (SELECT count(*) FROM outbox o"                                                 \
  "      WHERE o.state = 'sending' AND o.lane = queue.lane)"                                       \
  "    AND (lane = 'probe' OR NOT EXISTS ("                                                        \
  "      SELECT 1 FROM block WHERE block.store_id IN (queue.store_id, '')))"

static const char peek_sql[] = OPEN_QUEUE
    "), candidate (id) AS MATERIALIZED ("
    "  SELECT (SELECT id FROM outbox o INDEXED BY outbox_waiting WHERE o.state = 'waiting'"
    "    AND o.lane = q.lane AND o.store_id = q.store_id AND o.lane_width = q.width"
    "    AND o.due_at <= ?1"
    "    ORDER BY o.priority, o.id LIMIT 1)"
    "  FROM open_queue q"
    "), ranked AS ("
    "  SELECT o.id, o.priority, o.due_at,"
    "    row_number() OVER (PARTITION BY o.lane ORDER BY o.priority, o.id) AS place"
    "  FROM candidate JOIN outbox o ON o.id = candidate.id"
    ") SELECT id FROM ranked WHERE place = 1 ORDER BY priority, due_at, id LIMIT 1";

static const char next_due_sql[] =
    OPEN_QUEUE ") SELECT min((SELECT min(o.due_at) FROM outbox o INDEXED BY outbox_waiting"
               "    WHERE o.state = 'waiting' AND o.lane = q.lane AND o.store_id = q.store_id"
               "      AND o.lane_width = q.width))"
               " FROM open_queue q";

static gboolean
fill_job(ShopcaisseStatement *row, ShopcaisseJob *job, GError **error)
{
  job->id = sqlite3_column_int64(row, 0);
  job->kind = shopcaisse_statement_dup_text(row, 1);
  job->version = (guint)sqlite3_column_int64(row, 2);
  job->key = shopcaisse_statement_dup_text(row, 3);
  job->lane = shopcaisse_statement_dup_text(row, 4);
  job->lane_width = (guint)sqlite3_column_int64(row, 5);
  job->priority = (ShopcaissePriority)sqlite3_column_int(row, 6);
  job->store_id = shopcaisse_statement_dup_text(row, 7);
  job->subject = shopcaisse_statement_dup_text(row, 8);
  job->run = sqlite3_column_int64(row, 9);
  job->path = shopcaisse_statement_dup_text(row, 11);
  if (sqlite3_column_type(row, 12) != SQLITE_NULL)
    job->body = g_bytes_new(sqlite3_column_blob(row, 12), (gsize)sqlite3_column_bytes(row, 12));
  job->reason = shopcaisse_statement_dup_text(row, 15);
  job->message = shopcaisse_statement_dup_text(row, 16);
  job->attempts = (guint)sqlite3_column_int64(row, 17);
  job->due_at = sqlite3_column_int64(row, 18);
  job->unknown_at = sqlite3_column_int64(row, 19);
  job->created_at = sqlite3_column_int64(row, 20);

  if (!shopcaisse_job_state_parse((const char *)sqlite3_column_text(row, 14), &job->state)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, "it has no known state");
    return FALSE;
  }
  return shopcaisse_statement_read_variant(row, 10, G_VARIANT_TYPE_VARDICT, &job->args, error);
}

static gboolean
check_request(const ShopcaisseJob *job, const char *sha256, GError **error)
{
  g_autofree char *found =
      job->path != NULL ? shopcaisse_digest_request(job->path, job->body) : NULL;

  if (g_strcmp0(found, sha256) == 0)
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE,
                      "its request is not the one that was frozen");
  return FALSE;
}

/* NULL without an error when there is no such row. */
static ShopcaisseJob *
load_job(ShopcaisseDatabase *database, gint64 id, ReadPurpose purpose, GError **error)
{
  g_autoptr(GError) damage = NULL;
  g_autoptr(ShopcaisseStatement) row = shopcaisse_database_prepare(
      database,
      "SELECT id, kind, version, key, lane, lane_width, priority, store_id, subject, run, args,"
      " path, body, sha256, state, reason, message, attempts, due_at, unknown_at, created_at"
      " FROM outbox WHERE id = ?1",
      error);
  gboolean has_row = FALSE;

  if (row == NULL)
    return NULL;
  sqlite3_bind_int64(row, 1, id);
  if (!shopcaisse_statement_step(row, &has_row, error) || !has_row)
    return NULL;

  g_autoptr(ShopcaisseJob) job = g_new0(ShopcaisseJob, 1);

  job->is_damaged = !fill_job(row, job, &damage) ||
                    !check_request(job, (const char *)sqlite3_column_text(row, 13), &damage);
  if (!job->is_damaged || purpose == READ_TO_SHOW)
    return g_steal_pointer(&job);
  g_propagate_prefixed_error(error, g_steal_pointer(&damage), "job %" G_GINT64_FORMAT ": ", id);
  return NULL;
}

/**
 * shopcaisse_outbox_peek:
 * @database: the database
 * @now: the time
 * @error: return location for an error
 *
 * Chooses the job to send next: due, its lane has room, its store is not blocked (lane "probe" is
 * never blocked). Within a lane the lowest id of the highest priority goes first, among lanes the
 * highest priority, then the earliest due.
 *
 * One whose request is not what was frozen says so in `is_damaged`: it must not be sent.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the job; %NULL without an error when there is none
 */
ShopcaisseJob *
shopcaisse_outbox_peek(ShopcaisseDatabase *database, gint64 now, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(database, peek_sql, error);
  gint64 id = 0;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64(statement, 1, now);
  if (!shopcaisse_statement_read_number(statement, 0, &id, error) || id == 0)
    return NULL;

  return load_job(database, id, READ_TO_SHOW, error);
}

/**
 * shopcaisse_outbox_next_due:
 * @database: the database
 * @due_at: (out): when a waiting job is due next; -1 when there is none
 * @error: return location for an error
 *
 * Tells when [func@Shopcaisse.outbox_peek] is to be asked again. Jobs of blocked stores and of full
 * lanes do not count: something else has to happen first.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_next_due(ShopcaisseDatabase *database, gint64 *due_at, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, next_due_sql, error);

  return statement != NULL && shopcaisse_statement_read_number(statement, -1, due_at, error);
}

static ShopcaisseJob *
find_job(ShopcaisseDatabase *database, const char *key, ReadPurpose purpose, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, "SELECT id FROM outbox WHERE key = ?1", error);
  gint64 id = 0;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, key);
  if (!shopcaisse_statement_read_number(statement, 0, &id, error) || id == 0)
    return NULL;
  return load_job(database, id, purpose, error);
}

/**
 * shopcaisse_outbox_find:
 * @database: the database
 * @key: the job's key
 * @error: return location for an error
 *
 * Looks a job up.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE, also when its request is not the one that was frozen.
 *
 * Returns: (transfer full) (nullable): the job; %NULL without an error when there is none
 */
ShopcaisseJob *
shopcaisse_outbox_find(ShopcaisseDatabase *database, const char *key, GError **error)
{
  return find_job(database, key, READ_TO_USE, error);
}

/**
 * shopcaisse_outbox_find_to_show:
 * @database: the database
 * @key: the job's key
 * @error: return location for an error
 *
 * Looks a job up that may be damaged: then `is_damaged` says so, and it is as far as it can be
 * read.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the job; %NULL without an error when there is none
 */
ShopcaisseJob *
shopcaisse_outbox_find_to_show(ShopcaisseDatabase *database, const char *key, GError **error)
{
  return find_job(database, key, READ_TO_SHOW, error);
}

/**
 * shopcaisse_outbox_list:
 * @database: the database
 * @kind: (nullable): the kind; %NULL: any
 * @state: the state
 * @limit: at most as many
 * @error: return location for an error
 *
 * Lists jobs, oldest first.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseJob): the jobs; %NULL on failure
 */
GPtrArray *
shopcaisse_outbox_list(ShopcaisseDatabase *database,
                       const char *kind,
                       ShopcaisseJobState state,
                       guint limit,
                       GError **error)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_job_free);
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      kind != NULL ? "SELECT id FROM outbox WHERE state = ?1 AND kind = ?2 ORDER BY id LIMIT ?3"
                   : "SELECT id FROM outbox WHERE state = ?1 AND ?2 IS NULL ORDER BY id LIMIT ?3",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, shopcaisse_job_state_to_text(state));
  shopcaisse_statement_bind_text(statement, 2, kind);
  sqlite3_bind_int64(statement, 3, limit);
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&jobs);

    gint64 id = sqlite3_column_int64(statement, 0);
    ShopcaisseJob *job = load_job(database, id, READ_TO_SHOW, error);

    if (job == NULL)
      return NULL;
    g_ptr_array_add(jobs, job);
  }
}

/**
 * shopcaisse_outbox_count_run:
 * @database: the database
 * @run: the task
 * @n_open: (out): how many of its jobs wait or are on the wire
 * @error: return location for an error
 *
 * Tells how much a task has left.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_count_run(ShopcaisseDatabase *database, gint64 run, guint *n_open, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT count(*) FROM outbox WHERE run = ?1 AND run <> 0 AND state IN ('waiting', 'sending')",
      error);
  gint64 number = 0;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, run);
  if (!shopcaisse_statement_read_number(statement, 0, &number, error))
    return FALSE;
  *n_open = (guint)number;
  return TRUE;
}

/**
 * shopcaisse_outbox_count:
 * @database: the database
 * @kind: (nullable): the kind; %NULL: any
 * @state: the state
 * @n_jobs: (out): how many there are
 * @error: return location for an error
 *
 * Counts jobs.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_outbox_count(ShopcaisseDatabase *database,
                        const char *kind,
                        ShopcaisseJobState state,
                        guint *n_jobs,
                        GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "SELECT count(*) FROM outbox WHERE state = ?1 AND (?2 IS NULL OR kind = ?2)",
      error);
  gint64 number = 0;

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, shopcaisse_job_state_to_text(state));
  shopcaisse_statement_bind_text(statement, 2, kind);
  if (!shopcaisse_statement_read_number(statement, 0, &number, error))
    return FALSE;
  *n_jobs = (guint)number;
  return TRUE;
}
