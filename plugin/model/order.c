/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Orders as they are sent and as they come back; docs/PROTOCOL.md 3.12. */
#include "model/order.h"

#define EUR "EUR"

static gboolean
add_minor(ShopcaisseMoney *sum, gint64 minor)
{
  return shopcaisse_money_add(sum, shopcaisse_money(minor, EUR), NULL);
}

/* A line's own price and what hangs below it, which counts once for each of the parent. */
static gboolean
add_line(ShopcaisseMoney *sum, const ShopcaisseOrderLine *line)
{
  ShopcaisseMoney own = shopcaisse_money(line->unit_minor, EUR);
  ShopcaisseMoney below = shopcaisse_money(0, EUR);

  for (guint i = 0; line->children != NULL && i < line->children->len; i++) {
    if (!add_line(&below, g_ptr_array_index(line->children, i)))
      return FALSE;
  }
  return shopcaisse_money_multiply(own, line->quantity_milli, &own, NULL) &&
         shopcaisse_money_multiply(below, line->quantity_milli, &below, NULL) &&
         shopcaisse_money_add(sum, own, NULL) && shopcaisse_money_add(sum, below, NULL);
}

/**
 * shopcaisse_order_draft_get_total:
 * @self: the order
 *
 * Adds up lines, fees and tip: what the payments have to be; docs/PROTOCOL.md 3.12. The children of
 * a line count once for each of the parent.
 *
 * Returns: the total in cents; -1 when it is too large
 */
gint64
shopcaisse_order_draft_get_total(const ShopcaisseOrderDraft *self)
{
  g_return_val_if_fail(self != NULL, -1);

  ShopcaisseMoney total = shopcaisse_money(0, EUR);

  for (guint i = 0; self->lines != NULL && i < self->lines->len; i++) {
    if (!add_line(&total, g_ptr_array_index(self->lines, i)))
      return -1;
  }
  if (!add_minor(&total, self->service_charge_minor) ||
      !add_minor(&total, self->delivery_cost_minor) || !add_minor(&total, self->bag_fee_minor) ||
      !add_minor(&total, self->tip_minor))
    return -1;
  return total.minor;
}

/**
 * shopcaisse_order_line_free:
 * @self: (nullable) (transfer full): a line
 *
 * Frees a line with its children.
 */
void
shopcaisse_order_line_free(ShopcaisseOrderLine *self)
{
  if (self == NULL)
    return;
  g_free(self->item_id);
  g_free(self->name);
  g_free(self->remark);
  g_free(self->step_id);
  g_free(self->group_id);
  g_clear_pointer(&self->children, g_ptr_array_unref);
  g_free(self);
}

/**
 * shopcaisse_order_draft_free:
 * @self: (nullable) (transfer full): an order
 *
 * Frees an order with its lines and payments; the channel names are not its own.
 */
void
shopcaisse_order_draft_free(ShopcaisseOrderDraft *self)
{
  if (self == NULL)
    return;
  g_free(self->order_id);
  g_free(self->discriminator);
  g_free(self->display_id);
  shopcaisse_customer_clear(&self->customer);
  shopcaisse_address_clear(&self->delivery);
  g_free(self->customer_note);
  g_free(self->note);
  g_clear_pointer(&self->lines, g_ptr_array_unref);
  g_clear_pointer(&self->payments, g_array_unref);
  g_free(self);
}

/**
 * shopcaisse_order_echo_line_free:
 * @self: (nullable) (transfer full): a line of an answer
 *
 * Frees a line with its children.
 */
void
shopcaisse_order_echo_line_free(ShopcaisseOrderEchoLine *self)
{
  if (self == NULL)
    return;
  g_free(self->item_id);
  g_clear_pointer(&self->children, g_ptr_array_unref);
  g_free(self);
}

/**
 * shopcaisse_order_echo_free:
 * @self: (nullable) (transfer full): an answer
 *
 * Frees an answer with its lines.
 */
void
shopcaisse_order_echo_free(ShopcaisseOrderEcho *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->order_id);
  g_free(self->store_id);
  g_free(self->sub_channel);
  g_free(self->sub_channel_order_id);
  g_free(self->display_id);
  g_free(self->status);
  g_free(self->reason);
  g_free(self->receipt_id);
  g_free(self->document_id);
  g_clear_pointer(&self->lines, g_ptr_array_unref);
  g_free(self);
}
