/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The wrong job-order.c: each try is another order, with an id drawn anew. The crash test must see
 * orders doubled. Never part of the product: its object stands in for the engine's own. */
#include "engine/job.h"

#define shopcaisse_job_order honest_job_order
#include "engine/job-order.c"
#undef shopcaisse_job_order

static gboolean
draw_new_id(ShopcaisseContext *context, ShopcaisseJob *job, GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record =
      shopcaisse_sales_get(context->database, job->subject, error);
  g_auto(ShopcaisseObstacle) obstacle = { NULL, NULL };

  if (record == NULL)
    return FALSE;
  g_free(record->order_id);
  record->order_id = g_uuid_string_random();
  g_clear_pointer(&job->path, g_free);
  g_clear_pointer(&job->body, g_bytes_unref);
  return shopcaisse_prepare_order(context,
                                  &(const ShopcaissePreparation){ .record = record, .job = job },
                                  &obstacle, error) &&
         shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

static gboolean
build_anew(ShopcaisseContext *context,
           const ShopcaisseJob *job,
           ShopcaisseRequest **request,
           ShopcaisseVerdict *verdict,
           GError **error)
{
  ShopcaisseJob *own = (ShopcaisseJob *)job;

  return (job->attempts == 0 || draw_new_id(context, own, error)) &&
         build(context, own, request, verdict, error);
}

const ShopcaisseJobKind shopcaisse_job_order = {
  .name = "order",
  .version = 1,
  .build = build_anew,
  .apply = apply,
  .refuse = refuse,
  .moved = moved,
};
