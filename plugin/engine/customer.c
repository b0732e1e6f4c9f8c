/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who an order is for, and how long that is known here: from the sale to the order's arrival. */
#include "engine/customer.h"

#include "api/order-person.h"
#include "config.h"
#include "engine/client-search.h"
#include "engine/identity.h"
#include "engine/wash.h"
#include "model/client-match.h"
#include "store/outbox-many.h"
#include "store/outbox.h"

#include <glib/gi18n-lib.h>

#define CUSTOMER SHOPCAISSE_SALE_CUSTOMER
#define ERASED   "customer_erased" /* of a sale that is kept: somebody was taken out of it */
#define NOTE     "note"

static gboolean
has_default(ShopcaisseContext *context)
{
  return *context->configuration->default_customer != '\0';
}

/**
 * shopcaisse_customer_choose:
 * @context: the engine's parts
 * @preparation: a sale that is to become an order
 * @sale: the same, read
 * @obstacle: (inout): set when the customer has to be looked for first
 *
 * Returns: (transfer none) (nullable): who goes along, %NULL for nobody
 */
const ShopcaisseCustomer *
shopcaisse_customer_choose(ShopcaisseContext *context,
                           const ShopcaissePreparation *preparation,
                           const ShopcaisseSale *sale,
                           ShopcaisseObstacle *obstacle)
{
  gboolean is_guest = shopcaisse_customer_is_empty(&sale->customer);

  if (!context->configuration->send_customer ||
      shopcaisse_sale_record_is_unwanted(preparation->record) ||
      shopcaisse_customer_is_erased(preparation->record->payload))
    return NULL;
  if (preparation->customer != NULL)
    return preparation->customer;
  if (is_guest ? !has_default(context) : !shopcaisse_customer_can_be_found(&sale->customer))
    return is_guest ? NULL : &sale->customer;
  shopcaisse_obstacle_clear(obstacle);
  obstacle->reason = SHOPCAISSE_OBSTACLE_CUSTOMER;
  obstacle->message = g_strdup(_("its customer is being looked for in the file of Shopcaisse"));
  return NULL;
}

/**
 * shopcaisse_customer_get_wanted:
 * @context: the engine's parts
 * @sale: a sale
 * @wanted: (out caller-allocates): whom to look for; empty before
 *
 * Copies the sale's customer, else what the merchant said of the one for sales without any: an id,
 * an address or a telephone number, whichever it is.
 */
void
shopcaisse_customer_get_wanted(ShopcaisseContext *context,
                               const ShopcaisseSale *sale,
                               ShopcaisseCustomer *wanted)
{
  const char *named = context->configuration->default_customer;

  if (!shopcaisse_customer_is_empty(&sale->customer) || *named == '\0') {
    shopcaisse_customer_copy(&sale->customer, wanted);
    return;
  }
  wanted->id = g_strdup(named);
  wanted->email = g_strdup(named);
  wanted->phone = g_strdup(named);
}

/**
 * shopcaisse_customer_begin:
 * @context: the engine's parts
 * @record: a sale that is held for its customer
 * @error: return location for an error
 *
 * Looks for the customer; once, however often it is called. Inside the caller's transaction.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_customer_begin(ShopcaisseContext *context,
                          const ShopcaisseSaleRecord *record,
                          GError **error)
{
  const ShopcaisseClientSearch search = { .order_id = record->order_id,
                                          .sale_id = record->sale_id };

  return shopcaisse_client_search_append(context, &search, error);
}

/**
 * shopcaisse_customer_is_erased:
 * @payload: a sale as it is kept
 *
 * Returns: whether its customer was erased while it was on its way
 */
gboolean
shopcaisse_customer_is_erased(GVariant *payload)
{
  gboolean is_erased = FALSE;

  return g_variant_lookup(payload, ERASED, "b", &is_erased) && is_erased;
}

/* Words that somebody wrote: nobody knows who is in them. */
static gboolean
has_notes(GVariant *row)
{
  g_autoptr(GVariant) note = g_variant_lookup_value(row, NOTE, G_VARIANT_TYPE_STRING);
  g_autoptr(GVariant) lines = g_variant_lookup_value(row, "lines", G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GVariant) children = g_variant_lookup_value(row, "children", G_VARIANT_TYPE("aa{sv}"));
  GVariant *below = lines != NULL ? lines : children;
  gboolean is_found = note != NULL;

  for (gsize i = 0; !is_found && below != NULL && i < g_variant_n_children(below); i++) {
    g_autoptr(GVariant) line = g_variant_get_child_value(below, i);

    is_found = has_notes(line);
  }
  return is_found;
}

static GVariant *drop_notes(GVariant *row);

static void
drop_notes_below(GVariantDict *kept, const char *key)
{
  g_autoptr(GVariant) rows = g_variant_dict_lookup_value(kept, key, G_VARIANT_TYPE("aa{sv}"));
  g_auto(GVariantBuilder) dropped = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  if (rows == NULL)
    return;
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    g_variant_builder_add_value(&dropped, drop_notes(row));
  }
  g_variant_dict_insert_value(kept, key, g_variant_builder_end(&dropped));
}

static GVariant *
drop_notes(GVariant *row)
{
  g_auto(GVariantDict) kept = G_VARIANT_DICT_INIT(row);

  g_variant_dict_remove(&kept, NOTE);
  drop_notes_below(&kept, "lines");
  drop_notes_below(&kept, "children");
  return g_variant_dict_end(&kept);
}

/**
 * shopcaisse_customer_take_out:
 * @payload: a sale
 * @end: whether anything of it is still to be sent
 *
 * Returns: (transfer full): the sale without its customer
 */
GVariant *
shopcaisse_customer_take_out(GVariant *payload, ShopcaisseCustomerEnd end)
{
  g_auto(GVariantDict) kept = G_VARIANT_DICT_INIT(payload);
  g_autoptr(GVariant) without = NULL;

  g_variant_dict_remove(&kept, CUSTOMER);
  g_variant_dict_remove(&kept, ERASED);
  if (end == SHOPCAISSE_CUSTOMER_ERASED)
    g_variant_dict_insert(&kept, ERASED, "b", TRUE);
  without = g_variant_ref_sink(g_variant_dict_end(&kept));
  return end == SHOPCAISSE_CUSTOMER_ERASED ? g_steal_pointer(&without)
                                           : g_variant_ref_sink(drop_notes(without));
}

/**
 * shopcaisse_customer_strip:
 * @context: the engine's parts
 * @row: a sale row
 * @known: (nullable): the same sale as it was kept so far
 *
 * Returns: (transfer full): what is kept of it: without its customer unless the order needs one
 */
GVariant *
shopcaisse_customer_strip(ShopcaisseContext *context, GVariant *row, GVariant *known)
{
  g_auto(GVariantDict) kept = G_VARIANT_DICT_INIT(row);
  gboolean may_keep = context->configuration->send_customer;

  if (known != NULL && shopcaisse_customer_is_erased(known))
    return shopcaisse_customer_take_out(row, SHOPCAISSE_CUSTOMER_ERASED);
  if (!g_variant_dict_contains(&kept, ERASED) &&
      (may_keep || !g_variant_dict_contains(&kept, CUSTOMER)))
    return g_variant_ref(row);
  g_variant_dict_remove(&kept, ERASED);
  if (!may_keep)
    g_variant_dict_remove(&kept, CUSTOMER);
  return g_variant_ref_sink(g_variant_dict_end(&kept));
}

/**
 * shopcaisse_customer_forget_requests:
 * @context: the engine's parts
 * @record: a sale of which nothing is sent any more
 * @error: return location for an error
 *
 * Takes the texts of its orders away, with their digests: of the one that ended and of those that
 * were given up for another id.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_customer_forget_requests(ShopcaisseContext *context,
                                    const ShopcaisseSaleRecord *record,
                                    GError **error)
{
  for (guint generation = 0; generation <= record->generation; generation++) {
    g_autofree char *order_id =
        shopcaisse_identity_order_id(context->host->instance_id, record->sale_id, generation);
    g_autofree char *key = g_strconcat("order:", order_id, NULL);

    if (!shopcaisse_outbox_forget_request(context->database, key, error))
      return FALSE;
  }
  return TRUE;
}

/* Somebody was promised that this would happen: the files are washed behind it. */
static gboolean
keep_promise(ShopcaisseContext *context, const ShopcaisseSaleRecord *record, GError **error)
{
  g_autofree char *key = g_strconcat("order:", record->order_id, NULL);
  g_autoptr(ShopcaisseJob) order = NULL;
  g_autoptr(ShopcaisseMask) mask = NULL;
  g_autoptr(GError) read_error = NULL;
  ShopcaisseCustomer sent = { NULL };

  if (!shopcaisse_customer_is_erased(record->payload))
    return TRUE;
  order = shopcaisse_outbox_find_to_show(context->database, key, &read_error);
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  if (order == NULL || order->body == NULL)
    return TRUE;
  (void)shopcaisse_order_read_customer(order->body, &sent, NULL);
  if (!shopcaisse_customer_is_empty(&sent)) {
    mask = shopcaisse_mask_new();
    shopcaisse_mask_add_customer(mask, &sent);
  }
  shopcaisse_customer_clear(&sent);
  return mask == NULL || shopcaisse_wash_later(context, g_steal_pointer(&mask), error);
}

/**
 * shopcaisse_customer_forget:
 * @context: the engine's parts
 * @record: a sale whose order has arrived
 * @error: return location for an error
 *
 * Takes the customer and the notes out of the sale, and the text of the order away, in which both
 * are as well; its digest goes with it. Inside the caller's transaction.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_customer_forget(ShopcaisseContext *context,
                           const ShopcaisseSaleRecord *record,
                           GError **error)
{
  g_autoptr(GVariant) said =
      g_variant_lookup_value(record->payload, CUSTOMER, G_VARIANT_TYPE_VARDICT);
  g_autoptr(GVariant) payload = NULL;

  /* Of the merchant's own customer nothing is the buyer's. */
  if (said == NULL && !has_notes(record->payload) &&
      !shopcaisse_customer_is_erased(record->payload))
    return TRUE;
  payload = shopcaisse_customer_take_out(record->payload, SHOPCAISSE_CUSTOMER_FORGOTTEN);
  return keep_promise(context, record, error) &&
         shopcaisse_sales_set_payload(context->database, record->sale_id, payload, error) &&
         shopcaisse_customer_forget_requests(context, record, error);
}
