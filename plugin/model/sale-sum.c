/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Adds up a sale: lines, fees, tip, discount and rounding against the total, and the payments. */
#include "model/sale.h"

static gboolean
add_minor(ShopcaisseMoney *sum, gint64 minor, GError **error)
{
  return shopcaisse_money_add(sum, shopcaisse_money(minor, sum->currency), error);
}

/* A line alone, and its children once for each of the parent. */
static gboolean
add_line(ShopcaisseMoney *sum, const ShopcaisseSaleLine *line, GError **error)
{
  ShopcaisseMoney below = shopcaisse_money(0, sum->currency);

  for (guint i = 0; i < line->children->len; i++) {
    if (!add_line(&below, g_ptr_array_index(line->children, i), error))
      return FALSE;
  }
  return shopcaisse_money_multiply(below, line->quantity_milli, &below, error) &&
         shopcaisse_money_add(sum, below, error) && add_minor(sum, line->total_minor, error);
}

static gboolean
add_lines(ShopcaisseMoney *sum, const ShopcaisseSale *self, GError **error)
{
  for (guint i = 0; i < self->lines->len; i++) {
    if (!add_line(sum, g_ptr_array_index(self->lines, i), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_equal(ShopcaisseMoney sum, gint64 total_minor, const char *what, GError **error)
{
  if (sum.minor == total_minor)
    return TRUE;

  g_autofree char *found = shopcaisse_money_to_text(sum);
  g_autofree char *wanted = shopcaisse_money_to_text(shopcaisse_money(total_minor, sum.currency));

  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "%s add up to %s, the total says %s",
              what, found, wanted);
  return FALSE;
}

/* Names what took part, so that nobody looks for a discount that was never given. */
static const char *
describe_terms(const ShopcaisseSale *self)
{
  if (self->discount_minor != 0 && self->rounding_minor != 0)
    return "lines, fees, tip, discount and rounding";
  if (self->discount_minor != 0)
    return "lines, fees, tip and discount";
  if (self->rounding_minor != 0)
    return "lines, fees, tip and rounding";
  return "lines, fees and tip";
}

/**
 * shopcaisse_sale_check_sums:
 * @self: a sale whose parts have been read
 * @error: return location for an error
 *
 * Checks that lines + fees + tip - discount + rounding = total = payments. The children of a line
 * count once for each of the parent.
 *
 * Fails with %COMPTOIR_ERROR_INVALID and both numbers when they differ, or when a sum is too large.
 *
 * Returns: %TRUE when the sale adds up
 */
gboolean
shopcaisse_sale_check_sums(const ShopcaisseSale *self, GError **error)
{
  g_return_val_if_fail(self != NULL, FALSE);

  ShopcaisseMoney sum = shopcaisse_money(0, self->currency);
  ShopcaisseMoney paid = shopcaisse_money(0, self->currency);

  if (!add_lines(&sum, self, error) || !add_minor(&sum, self->service_charge_minor, error) ||
      !add_minor(&sum, self->delivery_cost_minor, error) ||
      !add_minor(&sum, self->bag_fee_minor, error) || !add_minor(&sum, self->tip_minor, error) ||
      !add_minor(&sum, -self->discount_minor, error) ||
      !add_minor(&sum, self->rounding_minor, error) ||
      !check_equal(sum, self->total_minor, describe_terms(self), error))
    return FALSE;

  for (guint i = 0; i < self->payments->len; i++) {
    const ShopcaissePayment *payment = g_ptr_array_index(self->payments, i);

    if (!add_minor(&paid, payment->amount_minor, error))
      return FALSE;
  }
  return check_equal(paid, self->total_minor, "payments", error);
}
