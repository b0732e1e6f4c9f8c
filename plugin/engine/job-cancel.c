/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Takes an order back: only while the till has not acknowledged it; docs/PROTOCOL.md 5.1, 8 (13).
 */
#include "api/orders.h"
#include "config.h"
#include "engine/cancel.h"
#include "engine/job.h"
#include "engine/paging.h"
#include "model/text.h"
#include "store/journal.h"
#include "store/sales.h"

#include <glib/gi18n-lib.h>

static gboolean
build(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      ShopcaisseRequest **request,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  const char *external_id = shopcaisse_paging_get_text(job, "external");
  const char *pos_id = shopcaisse_paging_get_text(job, "pos");

  (void)context;
  (void)verdict;
  (void)error;
  *request = shopcaisse_order_cancel_request(
      shopcaisse_paging_get_text(job, "store"),
      *external_id != '\0' ? external_id : shopcaisse_paging_get_text(job, "order"),
      *pos_id != '\0' ? pos_id : NULL);
  return TRUE;
}

/* Lets @change say what became of the sale, if one stands behind the order. */
static gboolean
change_sale(ShopcaisseContext *context,
            const ShopcaisseJob *job,
            gboolean (*change)(ShopcaisseContext *context,
                               ShopcaisseSaleRecord *record,
                               const char *text,
                               GError **error),
            const char *text,
            GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record = NULL;

  if (*job->subject == '\0')
    return TRUE;
  record = shopcaisse_sales_require(context->database, job->subject, error);
  /* The sale may have another order by now: this one was only to disappear. */
  if (record != NULL && !g_str_equal(shopcaisse_paging_get_text(job, "order"), record->order_id))
    return TRUE;
  return record != NULL && change(context, record, text, error) &&
         shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

/* The sale of an order with a wrong unit of money stays: only that order was not wanted. */
static gboolean
note_cancelled(ShopcaisseContext *context,
               ShopcaisseSaleRecord *record,
               const char *kitchen,
               GError **error)
{
  if (kitchen != NULL)
    shopcaisse_text_replace(&record->kitchen, kitchen);
  if (!shopcaisse_sale_record_is_unwanted(record))
    return shopcaisse_cancel_note_taken_back(context, record, error);
  shopcaisse_sale_record_set_state(record, "cancelled", NULL, NULL);
  return TRUE;
}

static gboolean
note_refused(ShopcaisseContext *context,
             ShopcaisseSaleRecord *record,
             const char *message,
             GError **error)
{
  g_autofree char *text = NULL;

  (void)context;
  (void)error;
  /* A poll has seen it cancelled before this answer came. */
  if (g_str_equal(record->state, "cancelled") || g_str_equal(record->reason, "taken-back"))
    return TRUE;
  /* Nobody ever saw it there. */
  if (shopcaisse_sale_record_is_unwanted(record) && record->external_id == NULL) {
    shopcaisse_sale_record_set_state(
        record, "cancelled", "unknown",
        _("the service knows no such order: see that there is none on the till"));
    return TRUE;
  }
  if (shopcaisse_sale_record_is_unwanted(record)) {
    shopcaisse_sale_record_set_state(record, "sent", "not-cancelled", message);
    return TRUE;
  }
  text = g_strdup_printf(
      _("the order with the wrong amounts is on the till still, cancel it there: %s"), message);
  shopcaisse_sale_record_set_state(record, "parked", "unit", text);
  return TRUE;
}

static gboolean
note_waiting(ShopcaisseContext *context,
             ShopcaisseSaleRecord *record,
             const char *reason,
             GError **error)
{
  (void)context;
  (void)error;
  if (shopcaisse_sale_record_is_unwanted(record))
    shopcaisse_text_replace(&record->reason, reason);
  return TRUE;
}

static gboolean
apply(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      GBytes *body,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  g_autoptr(ShopcaisseOrderEcho) echo = shopcaisse_order_parse(body, error);

  (void)verdict;
  if (echo == NULL)
    return FALSE;
  if (shopcaisse_kitchen_phase_parse(echo->status) != SHOPCAISSE_KITCHEN_CANCELLED) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                "the answer to a cancellation says \"%s\"",
                echo->status != NULL ? echo->status : "");
    return FALSE;
  }
  return change_sale(context, job, note_cancelled, echo->status, error);
}

/* The server's id in the path, or ours: nobody says; docs/PROTOCOL.md 8 (4). */
static gboolean
try_our_id(ShopcaisseContext *context, const ShopcaisseJob *job, GError **error)
{
  g_autofree char *key = g_strconcat(job->key, ":ours", NULL);
  g_autoptr(ShopcaisseJob) other = shopcaisse_job_new("cancel", key);
  g_auto(GVariantDict) args = G_VARIANT_DICT_INIT(job->args);

  g_variant_dict_insert(&args, "external", "s", "");
  other->args = g_variant_ref_sink(g_variant_dict_end(&args));
  shopcaisse_text_replace(&other->lane, job->lane);
  other->lane_width = job->lane_width;
  other->priority = job->priority;
  shopcaisse_text_replace(&other->subject, job->subject);
  other->run = job->run;
  other->due_at = shopcaisse_context_get_now(context);
  return shopcaisse_outbox_append(context->database, other, shopcaisse_context_get_now(context),
                                  NULL, error);
}

static gboolean
is_refusal(const ShopcaisseReply *reply)
{
  return reply->is_json &&
         (reply->kind == SHOPCAISSE_REPLY_REFUSED || reply->kind == SHOPCAISSE_REPLY_CONFLICT ||
          reply->kind == SHOPCAISSE_REPLY_NOT_FOUND);
}

static gboolean
refuse(ShopcaisseContext *context,
       const ShopcaisseJob *job,
       const ShopcaisseReply *reply,
       ShopcaisseVerdict *verdict,
       GError **error)
{
  const char *message = verdict->message != NULL ? verdict->message : _("the service refused");

  if (reply->kind == SHOPCAISSE_REPLY_NOT_FOUND &&
      *shopcaisse_paging_get_text(job, "external") != '\0') {
    verdict->action = SHOPCAISSE_VERDICT_SETTLE;
    return try_our_id(context, job, error);
  }
  /* Somebody waits for the answer, and can ask again: a refusal of the service itself counts. */
  if (!is_refusal(reply) && verdict->action != SHOPCAISSE_VERDICT_PARK &&
      verdict->action != SHOPCAISSE_VERDICT_FAIL)
    return TRUE;
  /* A person must act on the iPad: the order stays, and so does the answer. */
  verdict->action = SHOPCAISSE_VERDICT_SETTLE;
  return shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_WARNING, "orders", job->subject,
                                    message, error) &&
         change_sale(context, job, note_refused, message, error);
}

/* Why it is not cancelled yet. */
static gboolean
moved(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      const ShopcaisseVerdict *verdict,
      GError **error)
{
  return verdict->action != SHOPCAISSE_VERDICT_POSTPONE ||
         g_strcmp0(job->reason, verdict->reason) == 0 ||
         change_sale(context, job, note_waiting, verdict->reason, error);
}

const ShopcaisseJobKind shopcaisse_job_cancel = {
  .name = "cancel",
  .version = 1,
  .build = build,
  .apply = apply,
  .refuse = refuse,
  .moved = moved,
};
