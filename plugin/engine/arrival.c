/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the host says anew of a sale that is no order yet: nothing of it was frozen, so all of it
 * may be another. */
#include "engine/arrival.h"

#include "config.h"
#include "engine/context.h"
#include "engine/customer.h"
#include "engine/identity.h"
#include "engine/when.h"
#include "model/text.h"
#include "store/outbox.h"

#include <glib/gi18n-lib.h>

static gboolean
write_anew(ShopcaisseContext *context,
           ShopcaisseSaleRecord *record,
           GVariant *payload,
           const ShopcaisseSale *sale,
           GError **error)
{
  g_variant_unref(record->payload);
  record->payload = g_variant_ref(payload);
  shopcaisse_text_replace(&record->number, sale->number);
  shopcaisse_text_replace(&record->till, sale->till);
  record->sold_at = sale->sold_at;
  record->total_minor = sale->total_minor;
  g_free(record->discriminator);
  record->discriminator = shopcaisse_identity_discriminator(sale);
  return shopcaisse_sales_set_payload(context->database, record->sale_id, payload, error) &&
         shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

/* It may have come to its status long ago. */
static gboolean
hold_late(ShopcaisseContext *context,
          ShopcaisseSaleRecord *record,
          const ShopcaisseJob *job,
          GError **error)
{
  const char *message = _("found long after it was to be sent: send it still?");

  shopcaisse_sale_record_set_state(record, "held", SHOPCAISSE_OBSTACLE_LATE, message);
  return shopcaisse_outbox_hold(context->database, job->id, SHOPCAISSE_OBSTACLE_LATE, message,
                                error) &&
         shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

static gboolean
look_again(ShopcaisseContext *context,
           ShopcaisseSaleRecord *record,
           ShopcaisseJob *job,
           const ShopcaisseSale *sale,
           ShopcaisseSubmitWhen when,
           GError **error)
{
  const ShopcaissePreparation preparation = { .record = record, .job = job };
  g_auto(ShopcaisseObstacle) obstacle = { NULL, NULL };

  shopcaisse_when_check(context, sale, job, &obstacle);
  if (obstacle.reason == NULL && when == SHOPCAISSE_SUBMIT_LATE)
    return hold_late(context, record, job, error);
  return shopcaisse_prepare_again(context, &preparation, error);
}

/**
 * shopcaisse_arrival_take:
 * @context: the engine's parts
 * @record: (inout): a sale that is no order yet
 * @row: what the host says of it now
 * @sale: the same, read
 * @when: whether the shop still expects its order
 * @error: return location for an error
 *
 * Takes over what has changed, and makes an order of the sale if it is one by now.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_arrival_take(ShopcaisseContext *context,
                        ShopcaisseSaleRecord *record,
                        GVariant *row,
                        const ShopcaisseSale *sale,
                        ShopcaisseSubmitWhen when,
                        GError **error)
{
  g_autoptr(GVariant) payload = shopcaisse_customer_strip(context, row, record->payload);
  g_autofree char *key = g_strconcat("order:", record->order_id, NULL);
  g_autoptr(GError) read_error = NULL;
  g_autoptr(ShopcaisseJob) job = NULL;

  if (g_variant_equal(record->payload, payload))
    return TRUE;
  job = shopcaisse_outbox_find(context->database, key, &read_error);
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  if (job == NULL || job->state != SHOPCAISSE_JOB_HELD || job->body != NULL)
    return TRUE;
  return write_anew(context, record, payload, sale, error) &&
         look_again(context, record, job, sale, when, error);
}
