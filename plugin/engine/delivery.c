/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where an order goes. An order has room for one address, the one it is brought to, and none for a
 * table's name; docs/PROTOCOL.md 3.12. */
#include "engine/delivery.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* A door is no secret to who brings it, and nobody else's business without the merchant's leave. */
static void
fill_addresses(const ShopcaisseSale *sale, ShopcaisseOrderDraft *draft)
{
  const ShopcaisseCustomer *customer = &sale->customer;
  gboolean is_billed = !shopcaisse_address_is_empty(&customer->billing);

  if (!shopcaisse_address_is_empty(&customer->delivery))
    shopcaisse_address_copy(&customer->delivery, &draft->delivery);
  else if (draft->type == SHOPCAISSE_ORDER_TYPE_DELIVERY)
    shopcaisse_address_copy(&customer->billing, &draft->delivery);
  if (is_billed) {
    g_autofree char *line = shopcaisse_address_to_line(&customer->billing);

    /* Translators: %s is an address in one line; staff read it beside the customer's name. */
    draft->customer_note = g_strdup_printf(_("Invoice address: %s"), line);
  }
}

static void
fill_table(const ShopcaisseSale *sale, ShopcaisseOrderDraft *draft)
{
  draft->n_guests = sale->n_guests;
  draft->is_at_table = sale->table != NULL && draft->type == SHOPCAISSE_ORDER_TYPE_EAT_IN;
  if (!draft->is_at_table)
    return;
  g_free(draft->note);
  /* Translators: %s is the name or number of a table in a restaurant. */
  draft->note = g_strdup_printf(_("Table %s"), sale->table);
  if (sale->note != NULL) {
    g_autofree char *table = g_steal_pointer(&draft->note);

    draft->note = g_strconcat(table, " - ", sale->note, NULL);
  }
}

/**
 * shopcaisse_delivery_fill:
 * @context: the engine's parts
 * @sale: a checked sale
 * @draft: (inout): its order, which has its note
 *
 * Says where the order goes. Addresses go along where customers do.
 */
void
shopcaisse_delivery_fill(ShopcaisseContext *context,
                         const ShopcaisseSale *sale,
                         ShopcaisseOrderDraft *draft)
{
  if (context->configuration->send_customer)
    fill_addresses(sale, draft);
  fill_table(sale, draft);
}
