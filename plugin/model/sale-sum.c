/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Adds up a sale: lines, fees, tip, discount and rounding against the total, and the payments. */
#include "config.h"
#include "model/sale.h"

#include <glib/gi18n-lib.h>

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

/* Names what took part, so that nobody looks for a discount that was never given. */
static char *
describe_sum(const ShopcaisseSale *self, const char *found, const char *wanted)
{
  /* Translators: %1$s and %2$s are amounts, such as 12.50, in this sentence and the next ones. */
  if (self->discount_minor != 0 && self->rounding_minor != 0)
    return g_strdup_printf(_("lines, fees, tip, discount and rounding add up to %1$s, the total "
                             "says %2$s"),
                           found, wanted);
  if (self->discount_minor != 0)
    return g_strdup_printf(_("lines, fees, tip and discount add up to %1$s, the total says %2$s"),
                           found, wanted);
  if (self->rounding_minor != 0)
    return g_strdup_printf(_("lines, fees, tip and rounding add up to %1$s, the total says %2$s"),
                           found, wanted);
  return g_strdup_printf(_("lines, fees and tip add up to %1$s, the total says %2$s"), found,
                         wanted);
}

static gboolean
check_sum(const ShopcaisseSale *self, ShopcaisseMoney sum, GError **error)
{
  if (sum.minor == self->total_minor)
    return TRUE;

  g_autofree char *found = shopcaisse_money_to_words(sum);
  g_autofree char *wanted =
      shopcaisse_money_to_words(shopcaisse_money(self->total_minor, sum.currency));
  g_autofree char *text = describe_sum(self, found, wanted);

  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, text);
  return FALSE;
}

static gboolean
check_paid(const ShopcaisseSale *self, ShopcaisseMoney paid, GError **error)
{
  if (paid.minor == self->total_minor)
    return TRUE;

  g_autofree char *found = shopcaisse_money_to_words(paid);
  g_autofree char *wanted =
      shopcaisse_money_to_words(shopcaisse_money(self->total_minor, paid.currency));

  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
              _("payments add up to %1$s, the total says %2$s"), found, wanted);
  return FALSE;
}

/**
 * shopcaisse_sale_check_sums:
 * @self: a sale whose parts have been read
 * @error: return location for an error
 *
 * Checks that lines + fees + tip - discount + rounding = total = payments. The children of a line
 * count once for each of the parent; what is not paid yet has the payments it has.
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
      !add_minor(&sum, self->rounding_minor, error) || !check_sum(self, sum, error))
    return FALSE;

  for (guint i = 0; i < self->payments->len; i++) {
    const ShopcaissePayment *payment = g_ptr_array_index(self->payments, i);

    if (!add_minor(&paid, payment->amount_minor, error))
      return FALSE;
  }
  return !self->is_paid || check_paid(self, paid, error);
}
