/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an answer means for its row, and the row's next state. */
#include "engine/settle.h"

#include "config.h"
#include "engine/block.h"
#include "store/outbox-many.h"
#include "store/outbox.h"

#include <glib/gi18n-lib.h>

#define WAIT_MAX (SHOPCAISSE_HOUR + SHOPCAISSE_MINUTE)

/* A person looks at it; if somebody waits for it, it fails. */
static void
park(const ShopcaisseJob *job, ShopcaisseVerdict *verdict, const char *reason, const char *message)
{
  shopcaisse_verdict_clear(verdict);
  verdict->action = job->run != 0 ? SHOPCAISSE_VERDICT_FAIL : SHOPCAISSE_VERDICT_PARK;
  verdict->error_code = COMPTOIR_ERROR_VERSION;
  verdict->reason = reason;
  verdict->message = g_strdup(message);
}

/**
 * shopcaisse_settle_build:
 * @context: the engine's parts
 * @job: a row that is due
 * @request: (out) (transfer full) (nullable): what goes out; %NULL: the row moves another way
 * @verdict: (inout): what becomes of the row
 * @error: return location for an error
 *
 * Makes a row's request. A row of a newer version, or one that cannot be read, is parked, so that
 * the others go on.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_settle_build(ShopcaisseContext *context,
                        const ShopcaisseJob *job,
                        ShopcaisseRequest **request,
                        ShopcaisseVerdict *verdict,
                        GError **error)
{
  const ShopcaisseJobKind *kind = shopcaisse_job_kind_find(job->kind);
  g_autoptr(GError) build_error = NULL;

  if (job->is_damaged) {
    park(job, verdict, "damaged", _("its row is damaged"));
    return TRUE;
  }
  if (kind == NULL || job->version > kind->version) {
    park(job, verdict, "version", _("a newer version of the channel made this"));
    return TRUE;
  }
  if (kind->build(context, job, request, verdict, &build_error))
    return TRUE;
  if (g_error_matches(build_error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE)) {
    g_propagate_error(error, g_steal_pointer(&build_error));
    return FALSE;
  }
  park(job, verdict, "damaged",
       build_error != NULL ? build_error->message : _("what it is about is missing"));
  return TRUE;
}

/**
 * shopcaisse_settle_note:
 * @context: the engine's parts
 * @job: a row that moved
 * @verdict: how
 * @error: return location for an error
 *
 * Lets the row's kind keep what it is about in step.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_settle_note(ShopcaisseContext *context,
                       const ShopcaisseJob *job,
                       const ShopcaisseVerdict *verdict,
                       GError **error)
{
  const ShopcaisseJobKind *kind = shopcaisse_job_kind_find(job->kind);

  return kind == NULL || kind->moved == NULL || kind->moved(context, job, verdict, error);
}

/* A whole 2xx answer, if it is JSON and says what was expected; else as if it had not come. */
static gboolean
apply_success(ShopcaisseContext *context,
              const ShopcaisseJobKind *kind,
              const ShopcaisseJob *job,
              ShopcaisseReply *reply,
              ShopcaisseVerdict *verdict,
              GError **error)
{
  g_autoptr(GError) apply_error = NULL;

  verdict->action = SHOPCAISSE_VERDICT_SETTLE;
  if (!reply->is_json || reply->body == NULL) {
    g_set_error_literal(&apply_error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, "it is not JSON");
  } else if (kind->apply(context, job, reply->body, verdict, &apply_error)) {
    context->last_answer_at = shopcaisse_context_get_now(context);
    return TRUE;
  }
  if (g_error_matches(apply_error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID)) {
    park(job, verdict, "damaged", apply_error->message);
    return TRUE;
  }
  if (!g_error_matches(apply_error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL)) {
    g_propagate_error(error, g_steal_pointer(&apply_error));
    return FALSE;
  }
  g_warning("%s: %s", job->kind, apply_error->message);
  shopcaisse_verdict_clear(verdict);
  *verdict = (ShopcaisseVerdict){ .error_code = COMPTOIR_ERROR_PROTOCOL };
  reply->kind = SHOPCAISSE_REPLY_UNKNOWN;
  g_clear_error(&reply->error);
  /* Translators: the details are for the support, in English. */
  reply->error =
      g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                  _("the answer of Shopcaisse was not understood: %s"), apply_error->message);
  shopcaisse_retry_judge(context, job, reply, verdict);
  return TRUE;
}

/**
 * shopcaisse_settle_judge:
 * @context: the engine's parts
 * @job: (inout): the row; what it is about is read anew
 * @reply: (inout): its answer; a 2xx that says nothing useful becomes unknown
 * @verdict: (inout): what to do
 * @error: return location for an error
 *
 * Lets the row's kind apply a success, and judges anything else.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_settle_judge(ShopcaisseContext *context,
                        ShopcaisseJob *job,
                        ShopcaisseReply *reply,
                        ShopcaisseVerdict *verdict,
                        GError **error)
{
  const ShopcaisseJobKind *kind = shopcaisse_job_kind_find(job->kind);
  g_autoptr(GError) refuse_error = NULL;

  /* Its sale may have lost its id while it was on the wire. */
  if (!shopcaisse_outbox_read_subject(context->database, job, error))
    return FALSE;
  if (reply->kind == SHOPCAISSE_REPLY_OK)
    return apply_success(context, kind, job, reply, verdict, error);
  shopcaisse_retry_judge(context, job, reply, verdict);
  if (kind->refuse == NULL || kind->refuse(context, job, reply, verdict, &refuse_error))
    return TRUE;
  if (!g_error_matches(refuse_error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID)) {
    g_propagate_error(error, g_steal_pointer(&refuse_error));
    return FALSE;
  }
  park(job, verdict, "damaged", refuse_error->message);
  return TRUE;
}

/* Only a look-up ends the doubt whether an earlier attempt arrived. */
static gint64
get_unknown_at(const ShopcaisseJob *job, const ShopcaisseVerdict *verdict, gint64 now)
{
  if (verdict->doubt == SHOPCAISSE_DOUBT_ENDS)
    return 0;
  if (verdict->doubt == SHOPCAISSE_DOUBT_BEGINS)
    return now;
  return verdict->is_unknown && job->unknown_at == 0 ? now : job->unknown_at;
}

/* Moves the row as the verdict says; inside a transaction. */
static gboolean
move_row(ShopcaisseContext *context,
         const ShopcaisseJob *job,
         const ShopcaisseVerdict *verdict,
         GError **error)
{
  ShopcaisseDatabase *database = context->database;
  gint64 now = shopcaisse_context_get_now(context);
  const char *reason = verdict->reason != NULL ? verdict->reason : "";
  const char *message = verdict->message != NULL ? verdict->message : "";

  switch (verdict->action) {
  case SHOPCAISSE_VERDICT_SETTLE:
  case SHOPCAISSE_VERDICT_FAIL:
    /* The keys of a run stay taken until it ends, so that no page is read twice. */
    return shopcaisse_outbox_settle(
        database, job->id, job->run != 0 ? SHOPCAISSE_SETTLE_KEEP : SHOPCAISSE_SETTLE_FORGET, now,
        error);
  case SHOPCAISSE_VERDICT_KEEP:
    return shopcaisse_outbox_settle(database, job->id, SHOPCAISSE_SETTLE_KEEP, now, error);
  case SHOPCAISSE_VERDICT_HOLD:
    return shopcaisse_outbox_hold(database, job->id, reason, message, error);
  case SHOPCAISSE_VERDICT_PARK:
    return shopcaisse_outbox_park(database, job->id, reason, message, error);
  case SHOPCAISSE_VERDICT_POSTPONE:
    return shopcaisse_outbox_postpone(database, job->id, now + verdict->delay_us,
                                      get_unknown_at(job, verdict, now), reason, error);
  case SHOPCAISSE_VERDICT_SEND:
  case SHOPCAISSE_VERDICT_LOOK_UP:
    break;
  }
  return TRUE;
}

/**
 * shopcaisse_settle_row:
 * @context: the engine's parts
 * @job: the row
 * @verdict: what to do
 * @error: return location for an error
 *
 * Moves the row, keeps its sale in step, stops what cannot succeed.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when the row is gone, %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_settle_row(ShopcaisseContext *context,
                      const ShopcaisseJob *job,
                      const ShopcaisseVerdict *verdict,
                      GError **error)
{
  if (!move_row(context, job, verdict, error) ||
      !shopcaisse_settle_note(context, job, verdict, error))
    return FALSE;
  if (g_strcmp0(verdict->block, SHOPCAISSE_BLOCK_THROTTLED) == 0)
    return shopcaisse_block_throttle(context, job, verdict->delay_us, error);
  return verdict->block == NULL ||
         shopcaisse_block_raise(context, job, verdict->block, verdict->message, error);
}

/**
 * shopcaisse_settle_note_end:
 * @context: the engine's parts
 * @job: a row that moved
 * @verdict: how
 *
 * Notes for the task of the row that it has one less to wait for, and why it fails, if it does.
 */
void
shopcaisse_settle_note_end(ShopcaisseContext *context,
                           const ShopcaisseJob *job,
                           const ShopcaisseVerdict *verdict)
{
  GError *error = NULL;

  if (verdict->action == SHOPCAISSE_VERDICT_FAIL)
    error = g_error_new(COMPTOIR_ERROR, verdict->error_code, "%s",
                        verdict->message != NULL ? verdict->message : verdict->reason);
  shopcaisse_tasks_note(context->tasks, job->run, error);
}

/**
 * shopcaisse_settle_lost:
 * @context: the engine's parts
 * @ids: (element-type gint64): rows that were answered when the disk refused
 * @error: return location for an error
 *
 * Makes them due; one that is gone by now is passed over.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_settle_lost(ShopcaisseContext *context, const GArray *ids, GError **error)
{
  gint64 now = shopcaisse_context_get_now(context);

  for (guint i = 0; i < ids->len; i++) {
    if (!shopcaisse_outbox_recover(context->database, g_array_index(ids, gint64, i), now, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_settle_clock:
 * @context: the engine's parts
 * @error: return location for an error
 *
 * Makes rows due that wait for a time which the clock, set back since, would reach too late.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_settle_clock(ShopcaisseContext *context, GError **error)
{
  gint64 now = shopcaisse_context_get_now(context);
  gint64 due_at = -1;

  if (!shopcaisse_outbox_next_due(context->database, &due_at, error))
    return FALSE;
  return due_at - now <= WAIT_MAX || shopcaisse_outbox_hasten(context->database, NULL, now, error);
}
