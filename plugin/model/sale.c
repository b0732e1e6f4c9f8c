/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sale of the host, as a value. sale-parse.c makes and checks it, sale-sum.c adds it up. */
#include "model/sale.h"

static const char *const order_type_texts[] = {
  [SHOPCAISSE_ORDER_TYPE_UNKNOWN] = "UNKNOWN",
  [SHOPCAISSE_ORDER_TYPE_EAT_IN] = "EAT_IN",
  [SHOPCAISSE_ORDER_TYPE_PICKUP] = "PICKUP",
  [SHOPCAISSE_ORDER_TYPE_DELIVERY] = "DELIVERY",
};

/**
 * shopcaisse_order_type_to_text:
 * @type: an order type
 *
 * Names an order type as rows and the wire do; docs/PROTOCOL.md 3.12.
 *
 * Returns: (transfer none): the word
 */
const char *
shopcaisse_order_type_to_text(ShopcaisseOrderType type)
{
  g_return_val_if_fail((gsize)type < G_N_ELEMENTS(order_type_texts), order_type_texts[0]);
  return order_type_texts[type];
}

/**
 * shopcaisse_order_type_parse:
 * @text: a word of [func@Shopcaisse.order_type_to_text]
 * @type: (out): the order type
 *
 * Finds an order type by its word. The service would take any other word without a complaint and
 * perhaps another VAT rate: docs/PROTOCOL.md 6.2 (7).
 *
 * Returns: %FALSE for any other text; @type is untouched then
 */
gboolean
shopcaisse_order_type_parse(const char *text, ShopcaisseOrderType *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS(order_type_texts); i++) {
    if (g_strcmp0(text, order_type_texts[i]) == 0) {
      *type = (ShopcaisseOrderType)i;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * shopcaisse_sale_line_free:
 * @self: (nullable) (transfer full): a line
 *
 * Frees a line with its children.
 */
void
shopcaisse_sale_line_free(ShopcaisseSaleLine *self)
{
  if (self == NULL)
    return;
  g_free(self->article_id);
  g_free(self->name);
  g_free(self->note);
  g_free(self->step_id);
  g_free(self->group_id);
  g_clear_pointer(&self->children, g_ptr_array_unref);
  g_free(self);
}

/**
 * shopcaisse_payment_free:
 * @self: (nullable) (transfer full): a payment
 *
 * Frees a payment.
 */
void
shopcaisse_payment_free(ShopcaissePayment *self)
{
  if (self == NULL)
    return;
  g_free(self->method);
  g_free(self);
}

/**
 * shopcaisse_customer_clear:
 * @self: a customer in the caller's memory
 *
 * Frees the texts of a customer.
 */
void
shopcaisse_customer_clear(ShopcaisseCustomer *self)
{
  g_return_if_fail(self != NULL);

  g_clear_pointer(&self->name, g_free);
  g_clear_pointer(&self->company, g_free);
  g_clear_pointer(&self->phone, g_free);
  g_clear_pointer(&self->email, g_free);
  g_clear_pointer(&self->id, g_free);
  shopcaisse_address_clear(&self->billing);
  shopcaisse_address_clear(&self->delivery);
}

/**
 * shopcaisse_customer_is_empty:
 * @self: a customer
 *
 * Returns: whether nothing is known of anybody
 */
gboolean
shopcaisse_customer_is_empty(const ShopcaisseCustomer *self)
{
  return self->name == NULL && self->company == NULL && self->phone == NULL &&
         self->email == NULL && self->id == NULL && shopcaisse_address_is_empty(&self->billing) &&
         shopcaisse_address_is_empty(&self->delivery);
}

/**
 * shopcaisse_sale_free:
 * @self: (nullable) (transfer full): a sale
 *
 * Frees a sale with its lines and payments.
 */
void
shopcaisse_sale_free(ShopcaisseSale *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->number);
  g_free(self->till);
  g_clear_pointer(&self->lines, g_ptr_array_unref);
  g_clear_pointer(&self->payments, g_ptr_array_unref);
  shopcaisse_customer_clear(&self->customer);
  g_free(self->status);
  g_free(self->table);
  g_free(self->order_word);
  g_free(self->note);
  g_free(self);
}
