/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A person says "send now". Nothing that may be on the till is ever sent under another id. */
#include "engine/resend.h"

#include "config.h"
#include "engine/block.h"
#include "engine/context.h"
#include "engine/identity.h"
#include "engine/missed.h"
#include "engine/prepare.h"
#include "engine/submit.h"
#include "engine/when.h"
#include "model/text.h"
#include "store/outbox-many.h"
#include "store/outbox.h"
#include "store/sales.h"

#include <glib/gi18n-lib.h>

static gboolean
release(ShopcaisseContext *context,
        ShopcaisseSaleRecord *record,
        const ShopcaisseJob *job,
        GError **error)
{
  gint64 now = shopcaisse_context_get_now(context);

  shopcaisse_sale_record_set_state(record, "waiting", NULL, NULL);
  return shopcaisse_missed_agree(context, job, error) &&
         shopcaisse_outbox_release(context->database, NULL, record->sale_id, now, NULL, error) &&
         shopcaisse_sales_update(context->database, record, now, error);
}

/* The id that the host gave it, also after another sale got that one: all computers of the host
 * have to make the same order id. */
static const char *
get_own_id(const ShopcaisseSaleRecord *record)
{
  const char *id = record->sale_id;

  (void)g_variant_lookup(record->payload, "id", "&s", &id);
  return id;
}

/* The old row stays, so that its id stays taken; the order at the service is not this sale's. */
static gboolean
next_generation(ShopcaisseContext *context,
                ShopcaisseSaleRecord *record,
                const ShopcaisseJob *job,
                GError **error)
{
  record->generation++;
  g_free(record->order_id);
  record->order_id = shopcaisse_identity_renewed_id(context->host->instance_id, get_own_id(record),
                                                    record->discriminator, record->generation);
  g_clear_pointer(&record->external_id, g_free);
  shopcaisse_text_replace(&record->kitchen, "");
  shopcaisse_text_replace(&record->fiscal, "");
  return shopcaisse_outbox_settle(context->database, job->id, SHOPCAISSE_SETTLE_KEEP,
                                  shopcaisse_context_get_now(context), error) &&
         shopcaisse_submit_again(context, record, error);
}

/* Nothing of this sale is on a till under its present id, and nothing ever will be. */
static gboolean
needs_new_id(const ShopcaisseJob *job)
{
  return g_str_equal(job->reason, "id-taken") || g_str_equal(job->reason, "taken-back") ||
         g_str_equal(job->reason, "form");
}

/* A person looked, since the list of orders did not tell: it goes without being looked for. */
static gboolean
post_anyway(ShopcaisseContext *context,
            ShopcaisseSaleRecord *record,
            const ShopcaisseJob *job,
            GError **error)
{
  gint64 now = shopcaisse_context_get_now(context);
  /* The doubt stays, as a young one: a cancellation still finds out first. */
  gint64 unknown_at = shopcaisse_prepare_is_outdated(context, job) ? 0 : now;

  shopcaisse_sale_record_set_state(record, "waiting", NULL, NULL);
  return shopcaisse_outbox_postpone(context->database, job->id, now, unknown_at, "", error) &&
         shopcaisse_sales_update(context->database, record, now, error);
}

/* What was never frozen is looked at like any held order, by whoever called; that a person asked
 * stays noted until nothing is in its way. */
static gboolean
look_again(ShopcaisseContext *context,
           ShopcaisseSaleRecord *record,
           ShopcaisseJob *job,
           GError **error)
{
  shopcaisse_sale_record_set_state(record, "held", "asked", NULL);
  shopcaisse_when_ask(job);
  return shopcaisse_outbox_assign(context->database, job, error) &&
         shopcaisse_outbox_hold(context->database, job->id, "asked", "", error) &&
         shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

static gboolean
resend_parked(ShopcaisseContext *context,
              ShopcaisseSaleRecord *record,
              ShopcaisseJob *job,
              GError **error)
{
  if (needs_new_id(job))
    return next_generation(context, record, job, error);
  if (g_str_equal(job->reason, "unknown"))
    return post_anyway(context, record, job, error);
  if (!g_str_equal(job->reason, "unit"))
    return job->body != NULL ? release(context, record, job, error)
                             : look_again(context, record, job, error);
  g_set_error(
      error, COMPTOIR_ERROR, COMPTOIR_ERROR_REJECTED,
      _("sale %s: its order with the wrong amounts is on the till still: cancel it there first"),
      record->sale_id);
  return FALSE;
}

static gboolean
resend_job(ShopcaisseContext *context,
           ShopcaisseSaleRecord *record,
           ShopcaisseJob *job,
           GError **error)
{
  if (job->state == SHOPCAISSE_JOB_PARKED)
    return resend_parked(context, record, job, error);
  if (job->state == SHOPCAISSE_JOB_HELD && g_str_equal(job->reason, SHOPCAISSE_OBSTACLE_UNPAID)) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_REJECTED, _("sale %s: it is not paid yet"),
                record->sale_id);
    return FALSE;
  }
  if (job->state == SHOPCAISSE_JOB_HELD && !shopcaisse_when_may_ask(job->reason))
    return TRUE;
  if (job->body == NULL)
    return look_again(context, record, job, error);
  if (job->state == SHOPCAISSE_JOB_HELD)
    return release(context, record, job, error);
  return TRUE;
}

/**
 * shopcaisse_resend_sale:
 * @context: the engine's parts
 * @sale_id: the host's id
 * @error: return location for an error
 *
 * Sends a sale that was held for a question or parked.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for a sale that was never submitted, %COMPTOIR_ERROR_REJECTED
 * for one that was cancelled, is not paid or whose order with wrong amounts is on a till still,
 * %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_resend_sale(ShopcaisseContext *context, const char *sale_id, GError **error)
{
  g_autoptr(GError) read_error = NULL;
  g_autoptr(ShopcaisseSaleRecord) record =
      shopcaisse_sales_get(context->database, sale_id, &read_error);
  g_autoptr(ShopcaisseJob) job = NULL;
  g_autofree char *key = NULL;

  if (record == NULL && read_error == NULL)
    g_set_error(&read_error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("sale %s: it was never submitted"), sale_id);
  if (record != NULL && shopcaisse_sale_record_is_unwanted(record))
    g_set_error(&read_error, COMPTOIR_ERROR, COMPTOIR_ERROR_REJECTED,
                _("sale %s: it was cancelled"), sale_id);
  if (record != NULL && read_error == NULL) {
    key = g_strconcat("order:", record->order_id, NULL);
    job = shopcaisse_outbox_find(context->database, key, &read_error);
  }
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  return job == NULL || resend_job(context, record, job, error);
}

/**
 * shopcaisse_resend_is_possible:
 * @context: the engine's parts
 * @record: a sale
 * @job: (nullable): the row of its order
 *
 * Tells whether a person who says "send now" changes anything: an order that was sent, is being
 * sent, or is held for something that a setting answers, stays as it is.
 *
 * Returns: %TRUE if it does
 */
gboolean
shopcaisse_resend_is_possible(ShopcaisseContext *context,
                              const ShopcaisseSaleRecord *record,
                              const ShopcaisseJob *job)
{
  if (job == NULL || shopcaisse_sale_record_is_unwanted(record))
    return FALSE;
  switch (job->state) {
  case SHOPCAISSE_JOB_PARKED:
    return !g_str_equal(job->reason, "unit");
  case SHOPCAISSE_JOB_HELD:
    return shopcaisse_when_may_ask(job->reason);
  case SHOPCAISSE_JOB_WAITING:
    return job->due_at > shopcaisse_context_get_now(context) ||
           g_str_equal(job->reason, "offline"); /* all of these wait for the next try together */
  case SHOPCAISSE_JOB_SENDING:
  case SHOPCAISSE_JOB_SETTLED:
  default:
    return FALSE;
  }
}

/**
 * shopcaisse_resend_waiting:
 * @context: the engine's parts
 * @error: return location for an error
 *
 * Ends every wait that is only ours: back-off, and blocks that would end by themselves. What the
 * service asked for goes on.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_resend_waiting(ShopcaisseContext *context, GError **error)
{
  gint64 now = shopcaisse_context_get_now(context);

  /* A refused token is asked about at once; what it says decides about the rest. */
  return shopcaisse_block_lift(context, SHOPCAISSE_LIFT_STORES, error) &&
         shopcaisse_outbox_hasten(context->database, "authentication", now, error) &&
         shopcaisse_outbox_hasten(context->database, "order", now, error);
}

/**
 * shopcaisse_resend_park:
 * @context: the engine's parts
 * @job: an order that has not been accepted
 * @reason: a word
 * @message: for people
 * @error: return location for an error
 *
 * Sets an order aside until a person sends it, unless it is being cancelled. Inside the caller's
 * transaction.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_resend_park(ShopcaisseContext *context,
                       const ShopcaisseJob *job,
                       const char *reason,
                       const char *message,
                       GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record =
      shopcaisse_sales_require(context->database, job->subject, error);

  if (record == NULL)
    return FALSE;
  /* Cancelling it goes on. */
  if (shopcaisse_sale_record_is_unwanted(record))
    return TRUE;
  shopcaisse_sale_record_set_state(record, "parked", reason, message);
  return shopcaisse_outbox_park(context->database, job->id, reason, message, error) &&
         shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}
