/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who an order is for, and how long that is known here: from the sale to the order's arrival. */
#include "engine/customer.h"

#include "config.h"
#include "engine/client-search.h"
#include "model/client-match.h"
#include "store/outbox-many.h"

#include <glib/gi18n-lib.h>

#define CUSTOMER "customer" /* of a sale row */

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
      shopcaisse_sale_record_is_unwanted(preparation->record))
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
 * shopcaisse_customer_strip:
 * @context: the engine's parts
 * @row: a sale row
 *
 * Returns: (transfer full): what is kept of it: without its customer unless the order needs one
 */
GVariant *
shopcaisse_customer_strip(ShopcaisseContext *context, GVariant *row)
{
  g_auto(GVariantDict) kept = G_VARIANT_DICT_INIT(row);

  if (context->configuration->send_customer || !g_variant_dict_contains(&kept, CUSTOMER))
    return g_variant_ref(row);
  g_variant_dict_remove(&kept, CUSTOMER);
  return g_variant_ref_sink(g_variant_dict_end(&kept));
}

/**
 * shopcaisse_customer_forget:
 * @context: the engine's parts
 * @record: a sale whose order has arrived
 * @error: return location for an error
 *
 * Takes the customer out of the sale, and the text of the order away, in which the customer is as
 * well; its digest goes with it. Inside the caller's transaction.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_customer_forget(ShopcaisseContext *context,
                           const ShopcaisseSaleRecord *record,
                           GError **error)
{
  g_auto(GVariantDict) kept = G_VARIANT_DICT_INIT(record->payload);
  g_autoptr(GVariant) payload = NULL;
  g_autofree char *key = NULL;

  /* Of the merchant's own customer nothing is the buyer's. */
  if (!g_variant_dict_contains(&kept, CUSTOMER))
    return TRUE;
  g_variant_dict_remove(&kept, CUSTOMER);
  payload = g_variant_ref_sink(g_variant_dict_end(&kept));
  key = g_strconcat("order:", record->order_id, NULL);
  return shopcaisse_sales_set_payload(context->database, record->sale_id, payload, error) &&
         shopcaisse_outbox_forget_request(context->database, key, error);
}
