/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cancelling: before an order has left it is simply kept; afterwards the service is asked, once. */
#include "engine/cancel.h"

#include "config.h"
#include "engine/context.h"
#include "engine/customer.h"
#include "engine/refund.h"
#include "model/order.h"
#include "model/text.h"
#include "store/outbox-many.h"
#include "store/outbox.h"
#include "store/places.h"

#include <glib/gi18n-lib.h>

/* The register that took the order: of the chosen store as orders go now, of another its only one.
 */
static char *
find_register(ShopcaisseContext *context, const char *store_id)
{
  g_autoptr(GPtrArray) registers = NULL;
  char *pos_id = NULL;

  if (g_str_equal(store_id, context->configuration->store_id)) {
    shopcaisse_configuration_dup_register(context->configuration, context->database, &pos_id);
    return pos_id;
  }
  registers =
      shopcaisse_mirror_list_places(context->database, SHOPCAISSE_PLACE_POS, store_id, NULL);
  if (registers == NULL || registers->len != 1)
    return NULL;
  return g_strdup(((ShopcaissePlace *)registers->pdata[0])->id);
}

static gboolean
append(ShopcaisseContext *context,
       ShopcaisseJob *job,
       const char *store_id,
       const char *external_id,
       const char *order_id,
       GError **error)
{
  g_auto(GVariantDict) args = G_VARIANT_DICT_INIT(NULL);
  g_autofree char *pos_id = find_register(context, store_id);

  g_variant_dict_insert(&args, "store", "s", store_id);
  g_variant_dict_insert(&args, "pos", "s", pos_id != NULL ? pos_id : "");
  g_variant_dict_insert(&args, "external", "s", external_id);
  g_variant_dict_insert(&args, "order", "s", order_id);
  job->args = g_variant_ref_sink(g_variant_dict_end(&args));
  g_free(job->lane);
  job->lane = g_strconcat("cancel:", store_id, NULL);
  job->lane_width = 1;
  job->priority = SHOPCAISSE_PRIORITY_CANCEL;
  job->due_at = shopcaisse_context_get_now(context);
  return shopcaisse_outbox_append(context->database, job, shopcaisse_context_get_now(context), NULL,
                                  error);
}

/**
 * shopcaisse_cancel_append:
 * @context: the engine's parts
 * @record: (inout): a sale that was sent
 * @error: return location for an error
 *
 * Asks the service to cancel the order of a sale.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_cancel_append(ShopcaisseContext *context, ShopcaisseSaleRecord *record, GError **error)
{
  g_autofree char *key = g_strdup_printf("cancel:%s", record->order_id);
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("cancel", key);

  shopcaisse_text_replace(&job->subject, record->sale_id);
  shopcaisse_sale_record_set_state(record, "cancelling", NULL, NULL);
  return append(context, job, record->store_id,
                record->external_id != NULL ? record->external_id : "", record->order_id, error);
}

/**
 * shopcaisse_cancel_append_wrong:
 * @context: the engine's parts
 * @record: a sale whose order was stored in another unit of money
 * @error: return location for an error
 *
 * Asks the service to cancel that order; the sale waits for a person.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_cancel_append_wrong(ShopcaisseContext *context,
                               const ShopcaisseSaleRecord *record,
                               GError **error)
{
  g_autofree char *key = g_strdup_printf("cancel:%s", record->order_id);
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("cancel", key);

  shopcaisse_text_replace(&job->subject, record->sale_id);
  return append(context, job, record->store_id, record->external_id, record->order_id, error);
}

/**
 * shopcaisse_cancel_note_taken_back:
 * @context: the engine's parts
 * @record: (inout): such a sale
 * @error: return location for an error
 *
 * Lets a person send it under a new id.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_cancel_note_taken_back(ShopcaisseContext *context,
                                  ShopcaisseSaleRecord *record,
                                  GError **error)
{
  const char *message =
      _("its order had another unit of money and was taken back: calibrate, then send it again");
  g_autofree char *key = g_strconcat("order:", record->order_id, NULL);
  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_find(context->database, key, error);

  if (job == NULL)
    return error == NULL || *error == NULL;
  if (job->state != SHOPCAISSE_JOB_PARKED)
    return TRUE;
  shopcaisse_sale_record_set_state(record, "parked", "taken-back", message);
  return shopcaisse_outbox_park(context->database, job->id, "taken-back", message, error);
}

/**
 * shopcaisse_cancel_append_trial:
 * @context: the engine's parts
 * @store_id: the Shopcaisse store that has it
 * @external_id: the service's id of a test order
 * @order_id: ours
 * @error: return location for an error
 *
 * Asks the service to cancel a test order. The row belongs to no run: it outlives a calibration
 * that fails.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_cancel_append_trial(ShopcaisseContext *context,
                               const char *store_id,
                               const char *external_id,
                               const char *order_id,
                               GError **error)
{
  g_autofree char *key = g_strdup_printf("cancel:%s", order_id);
  g_autoptr(ShopcaisseJob) job = shopcaisse_job_new("cancel", key);

  return append(context, job, store_id, external_id, order_id, error);
}

static gboolean
is_parked_for(const ShopcaisseJob *job, const char *const *reasons)
{
  return job->state == SHOPCAISSE_JOB_PARKED && g_strv_contains(reasons, job->reason);
}

/* Answered with other amounts than were meant, or not to be found out: cancelling it there is the
 * way to be sure. */
static gboolean
is_on_till(const ShopcaisseJob *job)
{
  static const char *const reasons[] = { "unit", "total", "unknown", NULL };

  return is_parked_for(job, reasons);
}

/* It never left, or the service has said that it keeps nothing of it under this id. */
static gboolean
is_nowhere(const ShopcaisseJob *job)
{
  static const char *const reasons[] = { "id-taken", "taken-back", "form", NULL };

  return is_parked_for(job, reasons) ||
         (job->unknown_at == 0 && job->state != SHOPCAISSE_JOB_SENDING);
}

static gboolean
withdraw(ShopcaisseContext *context,
         ShopcaisseSaleRecord *record,
         const ShopcaisseJob *job,
         GError **error)
{
  shopcaisse_sale_record_set_state(record, "cancelled", NULL, NULL);
  return shopcaisse_outbox_settle(context->database, job->id, SHOPCAISSE_SETTLE_KEEP,
                                  shopcaisse_context_get_now(context), error) &&
         shopcaisse_customer_forget(context, record, error);
}

/* Only what no till has taken is cancelled from here; docs/PROTOCOL.md 5.1. */
static gboolean
is_taken(const ShopcaisseSaleRecord *record)
{
  return *record->kitchen != '\0' &&
         shopcaisse_kitchen_phase_parse(record->kitchen) != SHOPCAISSE_KITCHEN_NOT_ACKED;
}

static gboolean
cancel_sent(ShopcaisseContext *context, ShopcaisseSaleRecord *record, GError **error)
{
  if (!is_taken(record))
    return shopcaisse_cancel_append(context, record, error);
  shopcaisse_sale_record_set_state(record, "sent", "not-cancelled",
                                   _("the till has taken the order: it is cancelled there"));
  return TRUE;
}

static gboolean
cancel_record(ShopcaisseContext *context, ShopcaisseSaleRecord *record, GError **error)
{
  g_autofree char *key = g_strconcat("order:", record->order_id, NULL);
  g_autoptr(GError) read_error = NULL;
  g_autoptr(ShopcaisseJob) job = shopcaisse_outbox_find(context->database, key, &read_error);

  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  if (g_str_equal(record->state, "sent"))
    return cancel_sent(context, record, error);
  if (job != NULL && is_on_till(job))
    return shopcaisse_outbox_settle(context->database, job->id, SHOPCAISSE_SETTLE_KEEP,
                                    shopcaisse_context_get_now(context), error) &&
           shopcaisse_customer_forget(context, record, error) &&
           shopcaisse_cancel_append(context, record, error);
  if (job != NULL && is_nowhere(job))
    return withdraw(context, record, job, error);
  /* It may be on the till: first it must be known, then it is cancelled. */
  shopcaisse_text_replace(&record->state, "cancelling");
  return shopcaisse_outbox_release(context->database, NULL, record->sale_id,
                                   shopcaisse_context_get_now(context), NULL, error);
}

/**
 * shopcaisse_cancel_is_possible:
 * @record: a sale
 *
 * Returns: whether there is something left to cancel
 */
gboolean
shopcaisse_cancel_is_possible(const ShopcaisseSaleRecord *record)
{
  return !shopcaisse_sale_record_is_unwanted(record) && !g_str_equal(record->fiscal, "finalised") &&
         !(g_str_equal(record->state, "sent") && is_taken(record));
}

/**
 * shopcaisse_cancel_sale:
 * @context: the engine's parts
 * @sale_id: the host's id
 * @error: return location for an error
 *
 * Cancels what became of a sale. Asking twice is asking once. One that the till has recorded stays
 * sent, and waits for its refund.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for a sale that was never taken over, %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full): the sale as it stands
 */
ShopcaisseSaleRecord *
shopcaisse_cancel_sale(ShopcaisseContext *context, const char *sale_id, GError **error)
{
  g_autoptr(GError) read_error = NULL;
  g_autoptr(ShopcaisseSaleRecord) record =
      shopcaisse_sales_get(context->database, sale_id, &read_error);

  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return NULL;
  }
  if (record == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, _("sale %s: it was never submitted"),
                sale_id);
    return NULL;
  }
  if (g_str_equal(record->reason, "cancelled-on-till")) {
    /* Both sides say it now: no difference is left. */
    shopcaisse_text_replace(&record->reason, "");
    shopcaisse_text_replace(&record->message, "");
    if (!shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error))
      return NULL;
  }
  if (shopcaisse_sale_record_is_unwanted(record))
    return g_steal_pointer(&record);
  if (g_str_equal(record->fiscal, "finalised"))
    return shopcaisse_refund_ask(context, record, error) ? g_steal_pointer(&record) : NULL;
  if (!cancel_record(context, record, error) ||
      !shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                               error))
    return NULL;
  return g_steal_pointer(&record);
}
