/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The wrong job-order.c: "sent" is written when the order is leased, before it is posted. The crash
 * test must see sales lost. Never part of the product: its object stands in for the engine's own.
 */
#include "engine/job.h"

#define shopcaisse_job_order honest_job_order
#include "engine/job-order.c"
#undef shopcaisse_job_order

static gboolean
write_sent(ShopcaisseContext *context, const ShopcaisseJob *job, GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record =
      shopcaisse_sales_get(context->database, job->subject, error);
  gint64 now = shopcaisse_context_get_now(context);

  if (record == NULL)
    return FALSE;
  g_free(record->state);
  record->state = g_strdup("sent");
  record->sent_at = now;
  return shopcaisse_outbox_settle(context->database, job->id, SHOPCAISSE_SETTLE_KEEP, now, error) &&
         shopcaisse_sales_update(context->database, record, now, error);
}

/* With the verdict to send this is called in the commit of the lease. */
static gboolean
moved_first(ShopcaisseContext *context,
            const ShopcaisseJob *job,
            const ShopcaisseVerdict *verdict,
            GError **error)
{
  if (verdict->action == SHOPCAISSE_VERDICT_SEND)
    return write_sent(context, job, error);
  return moved(context, job, verdict, error);
}

const ShopcaisseJobKind shopcaisse_job_order = {
  .name = "order",
  .version = 1,
  .build = build,
  .apply = apply,
  .refuse = refuse,
  .moved = moved_first,
};
