/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Takes a customer out of one sale, wherever the sale is on its way. The order is never lost for
 * it: what was not accepted goes without a customer, with the same id and amounts; what may have
 * been accepted stays as it is until that is known. docs/decisions/0023-erasing-a-customer.md. */
#include "engine/erase-sale.h"

#include "api/order-person.h"
#include "engine/customer.h"
#include "engine/prepare.h"
#include "engine/wash.h"
#include "model/client-match.h"
#include "model/text.h"
#include "store/erasures.h"
#include "store/outbox-many.h"
#include "store/outbox.h"

/**
 * shopcaisse_trace_sale_clear:
 * @self: what was loaded
 *
 * Releases it.
 */
void
shopcaisse_trace_sale_clear(ShopcaisseTraceSale *self)
{
  shopcaisse_sale_record_free(g_steal_pointer(&self->record));
  shopcaisse_job_free(g_steal_pointer(&self->order));
  g_clear_pointer(&self->said, g_variant_unref);
  shopcaisse_customer_clear(&self->customer);
  shopcaisse_customer_clear(&self->sent);
}

static ShopcaisseJob *
find_order(ShopcaisseContext *context, const ShopcaisseSaleRecord *record, GError **error)
{
  g_autofree char *key = g_strconcat("order:", record->order_id, NULL);

  return shopcaisse_outbox_find_to_show(context->database, key, error);
}

/* What was stored was read before: a sale that cannot be read says nothing. */
static void
read_customers(ShopcaisseTraceSale *self)
{
  g_autoptr(ShopcaisseSale) sale = shopcaisse_sale_parse(self->record->payload, NULL);

  self->said = g_variant_lookup_value(self->record->payload, SHOPCAISSE_SALE_CUSTOMER,
                                      G_VARIANT_TYPE_VARDICT);
  if (sale != NULL)
    shopcaisse_customer_copy(&sale->customer, &self->customer);
  if (self->order != NULL && self->order->body != NULL)
    (void)shopcaisse_order_read_customer(self->order->body, &self->sent, NULL);
}

/**
 * shopcaisse_trace_sale_load:
 * @context: the engine's parts
 * @sale_id: the host's id
 * @self: (out caller-allocates): empty before
 * @error: return location for an error
 *
 * Reads a sale and its order. The record of one that is gone or cannot be read is %NULL.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_trace_sale_load(ShopcaisseContext *context,
                           const char *sale_id,
                           ShopcaisseTraceSale *self,
                           GError **error)
{
  g_autoptr(GError) read_error = NULL;

  self->record = shopcaisse_sales_get(context->database, sale_id, &read_error);
  if (g_error_matches(read_error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID))
    return TRUE;
  if (self->record != NULL)
    self->order = find_order(context, self->record, &read_error);
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  if (self->record != NULL)
    read_customers(self);
  return TRUE;
}

/* Nothing of it was accepted: it never left, or the service said that it keeps nothing. */
static gboolean
can_be_rewritten(const ShopcaisseJob *order)
{
  return order->state != SHOPCAISSE_JOB_SENDING && (order->unknown_at == 0 || order->attempts == 0);
}

static ShopcaisseTrace
find_trace(const ShopcaisseJob *order)
{
  if (order == NULL || order->state == SHOPCAISSE_JOB_SETTLED)
    return SHOPCAISSE_TRACE_SETTLED;
  return order->body == NULL || can_be_rewritten(order) ? SHOPCAISSE_TRACE_WAITS
                                                        : SHOPCAISSE_TRACE_AWAY;
}

/**
 * shopcaisse_trace_sale_judge:
 * @self: a sale
 * @person: (inout): who is looked for; learns what the sale says of them
 *
 * Returns: what the two have to do with each other
 */
ShopcaisseTrace
shopcaisse_trace_sale_judge(const ShopcaisseTraceSale *self, ShopcaissePerson *person)
{
  const char *host_id = NULL;

  if (self->said != NULL)
    g_variant_lookup(self->said, "id", "&s", &host_id);
  if (!shopcaisse_person_is(person, &self->customer, host_id) &&
      !shopcaisse_person_is(person, &self->sent, NULL))
    return SHOPCAISSE_TRACE_NONE;
  shopcaisse_person_learn(person, &self->customer);
  shopcaisse_person_learn(person, &self->sent);
  shopcaisse_mask_add_row(shopcaisse_person_get_traces(person), self->said);
  return find_trace(self->order);
}

static ShopcaisseMask *
make_mask(const ShopcaisseTraceSale *self)
{
  ShopcaisseMask *mask = shopcaisse_mask_new();

  shopcaisse_mask_add_row(mask, self->said);
  shopcaisse_mask_add_customer(mask, &self->customer);
  shopcaisse_mask_add_customer(mask, &self->sent);
  return mask;
}

static gboolean
rewrite_order(ShopcaisseContext *context,
              const ShopcaisseJob *order,
              ShopcaisseMask *mask,
              GError **error)
{
  g_autoptr(GError) edit_error = NULL;
  g_autoptr(GBytes) body = shopcaisse_order_without_customer(order->body, mask, &edit_error);

  /* A damaged row is never sent, and nobody can read who is in it. */
  if (body == NULL || order->is_damaged || order->path == NULL)
    return shopcaisse_outbox_forget_request(context->database, order->key, error);
  return shopcaisse_outbox_rewrite(context->database, order->id, order->path, body, error);
}

/* Whoever is looked for in the file belongs to a customer who is not there any more. */
static gboolean
prepare_without(ShopcaisseContext *context, ShopcaisseTraceSale *self, GError **error)
{
  const ShopcaissePreparation preparation = { .record = self->record, .job = self->order };

  if (!shopcaisse_erasures_drop_searches(context->database, self->record->sale_id, error))
    return FALSE;
  return self->order->state != SHOPCAISSE_JOB_HELD ||
         !g_str_equal(self->order->reason, SHOPCAISSE_OBSTACLE_CUSTOMER) ||
         shopcaisse_prepare_again(context, &preparation, error);
}

static gboolean
erase_order(ShopcaisseContext *context,
            ShopcaisseTraceSale *self,
            ShopcaisseMask *mask,
            GError **error)
{
  switch (find_trace(self->order)) {
  case SHOPCAISSE_TRACE_SETTLED:
    return shopcaisse_customer_forget_requests(context, self->record, error);
  case SHOPCAISSE_TRACE_WAITS:
    return self->order->body != NULL ? rewrite_order(context, self->order, mask, error)
                                     : prepare_without(context, self, error);
  case SHOPCAISSE_TRACE_AWAY:
  case SHOPCAISSE_TRACE_NONE:
    break;
  }
  return TRUE;
}

static gboolean
write_payload(ShopcaisseContext *context,
              ShopcaisseSaleRecord *record,
              GVariant *payload,
              GError **error)
{
  g_variant_unref(record->payload);
  record->payload = g_variant_ref(payload);
  return shopcaisse_sales_set_payload(context->database, record->sale_id, payload, error);
}

static gboolean
mask_message(ShopcaisseContext *context,
             ShopcaisseSaleRecord *record,
             ShopcaisseMask *mask,
             GError **error)
{
  g_autofree char *message = shopcaisse_mask_apply(mask, record->message);

  if (message == NULL)
    return TRUE;
  shopcaisse_text_replace(&record->message, message);
  return shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

/**
 * shopcaisse_erase_sale:
 * @context: the engine's parts
 * @self: (inout): a sale of a customer who is to be erased
 * @error: return location for an error
 *
 * Takes the customer out of the sale, out of its notes, and out of its order as far as that can be.
 * What the host says of the sale again is kept without the customer.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_erase_sale(ShopcaisseContext *context, ShopcaisseTraceSale *self, GError **error)
{
  g_autoptr(ShopcaisseMask) mask = make_mask(self);
  g_autoptr(GVariant) masked = shopcaisse_mask_apply_notes(mask, self->record->payload);
  g_autoptr(GVariant) payload =
      find_trace(self->order) == SHOPCAISSE_TRACE_SETTLED
          ? shopcaisse_customer_take_out(masked, SHOPCAISSE_CUSTOMER_FORGOTTEN)
          : shopcaisse_customer_take_out(masked, SHOPCAISSE_CUSTOMER_ERASED);

  return write_payload(context, self->record, payload, error) &&
         mask_message(context, self->record, mask, error) &&
         erase_order(context, self, mask, error);
}

static gboolean
mask_order(ShopcaisseContext *context,
           const ShopcaisseTraceSale *self,
           ShopcaisseMask *mask,
           GError **error)
{
  const ShopcaisseJob *order = self->order;
  g_autoptr(GBytes) body = NULL;

  switch (find_trace(order)) {
  case SHOPCAISSE_TRACE_SETTLED:
    return shopcaisse_customer_forget_requests(context, self->record, error);
  case SHOPCAISSE_TRACE_WAITS:
    if (order->body == NULL || order->is_damaged || order->path == NULL)
      return TRUE;
    body = shopcaisse_order_mask_notes(order->body, mask);
    return shopcaisse_outbox_rewrite(context->database, order->id, order->path, body, error);
  case SHOPCAISSE_TRACE_AWAY:
  case SHOPCAISSE_TRACE_NONE:
    break;
  }
  return TRUE;
}

/**
 * shopcaisse_erase_notes:
 * @context: the engine's parts
 * @self: (inout): a sale
 * @mask: finds the customer
 * @error: return location for an error
 *
 * Takes a customer out of the notes of a sale that names another one or nobody, and of its
 * order unless something of that may have been accepted.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_erase_notes(ShopcaisseContext *context,
                       ShopcaisseTraceSale *self,
                       ShopcaisseMask *mask,
                       GError **error)
{
  g_autoptr(GVariant) payload = shopcaisse_mask_apply_notes(mask, self->record->payload);

  if (g_variant_equal(payload, self->record->payload))
    return TRUE;
  return write_payload(context, self->record, payload, error) &&
         mask_order(context, self, mask, error);
}

/**
 * shopcaisse_erase_late:
 * @context: the engine's parts
 * @record: a sale whose order has moved, without having ended
 * @error: return location for an error
 *
 * Finishes what could not be done while the order was away.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_erase_late(ShopcaisseContext *context,
                      const ShopcaisseSaleRecord *record,
                      GError **error)
{
  g_auto(ShopcaisseTraceSale) sale = { NULL };
  g_autoptr(ShopcaisseMask) mask = NULL;

  if (!shopcaisse_customer_is_erased(record->payload))
    return TRUE;
  if (!shopcaisse_trace_sale_load(context, record->sale_id, &sale, error))
    return FALSE;
  if (sale.record == NULL || shopcaisse_customer_is_empty(&sale.sent) ||
      find_trace(sale.order) != SHOPCAISSE_TRACE_WAITS)
    return TRUE;
  mask = make_mask(&sale);
  return rewrite_order(context, sale.order, mask, error) &&
         shopcaisse_wash_later(context, g_steal_pointer(&mask), error);
}

/**
 * shopcaisse_erase_from_message:
 * @record: a sale
 * @order: the row of its order
 * @message: a sentence of the service, which may repeat what was sent to it
 *
 * Takes the sale's customer out of a sentence that is shown, kept and put into support bundles.
 *
 * Returns: (transfer full): the sentence
 */
char *
shopcaisse_erase_from_message(const ShopcaisseSaleRecord *record,
                              const ShopcaisseJob *order,
                              const char *message)
{
  ShopcaisseTraceSale sale = { .record = (ShopcaisseSaleRecord *)record,
                               .order = (ShopcaisseJob *)order };
  g_autoptr(ShopcaisseMask) mask = NULL;
  char *masked = NULL;

  read_customers(&sale);
  mask = make_mask(&sale);
  masked = shopcaisse_mask_apply(mask, message);
  /* What it looked at is the caller's. */
  sale.record = NULL;
  sale.order = NULL;
  shopcaisse_trace_sale_clear(&sale);
  return masked != NULL ? masked : g_strdup(message);
}
