/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Prices with tax and without. */

#include "taxes.h"

#include "amount.h"

/**
 * tryton_taxes_add_to:
 * @self: taxes
 * @price: without tax, in millionths
 * @gross: (out): with tax, in millionths
 *
 * Returns: %FALSE when it does not fit
 */
gboolean
tryton_taxes_add_to(const TrytonTaxes *self, gint64 price, gint64 *gross)
{
  gint64 share = 0;

  if (!tryton_amount_multiply(price, self->rate, TRYTON_MICRO, &share))
    return FALSE;
  *gross = price + share + self->fixed;
  return TRUE;
}

/**
 * tryton_taxes_take_off:
 * @self: taxes
 * @gross: with tax, in millionths
 * @price: (out): without tax, in millionths
 *
 * Returns: %FALSE when it does not fit
 */
gboolean
tryton_taxes_take_off(const TrytonTaxes *self, gint64 gross, gint64 *price)
{
  return tryton_amount_multiply(gross - self->fixed, TRYTON_MICRO, TRYTON_MICRO + self->rate,
                                price);
}
