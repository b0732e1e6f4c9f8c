/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Decimal texts to integers and back: cents and thousandths. No floating point comes near money. */

#include "amounts.h"

/* Nine digits before the point: any sum of 10 000 such amounts fits into 64 bits. */
#define MAX_WHOLE_DIGITS 9

static gboolean
parse_decimal(const char *text, guint max_decimals, gint64 *value)
{
  gboolean negative = text[0] == '-';
  const char *cursor = negative ? text + 1 : text;
  guint n_whole = 0;
  guint n_decimals = 0;
  gint64 sum = 0;

  for (; g_ascii_isdigit(*cursor); cursor++, n_whole++) {
    if (n_whole == MAX_WHOLE_DIGITS)
      return FALSE;
    sum = sum * 10 + g_ascii_digit_value(*cursor);
  }
  if (n_whole == 0)
    return FALSE;
  if (*cursor == '.') {
    for (cursor++; g_ascii_isdigit(*cursor); cursor++, n_decimals++) {
      if (n_decimals == max_decimals)
        return FALSE;
      sum = sum * 10 + g_ascii_digit_value(*cursor);
    }
    if (n_decimals == 0)
      return FALSE;
  }
  if (*cursor != '\0')
    return FALSE;
  for (; n_decimals < max_decimals; n_decimals++)
    sum *= 10;
  *value = negative ? -sum : sum;
  return TRUE;
}

/**
 * amounts_parse_money:
 * @text: a decimal text with at most two decimals, as in `12.5`
 * @cents: (out): the amount in cents
 *
 * Reads an amount. A comma is not a decimal point: what a machine writes is the same everywhere.
 *
 * Returns: %FALSE when @text is not an amount
 */
gboolean
amounts_parse_money(const char *text, gint64 *cents)
{
  return parse_decimal(text, 2, cents);
}

/**
 * amounts_parse_quantity:
 * @text: a decimal text with at most three decimals
 * @milli: (out): the quantity in thousandths
 *
 * Reads a quantity.
 *
 * Returns: %FALSE when @text is not a quantity
 */
gboolean
amounts_parse_quantity(const char *text, gint64 *milli)
{
  return parse_decimal(text, 3, milli);
}

/**
 * amounts_format_money:
 * @cents: the amount in cents
 *
 * Writes an amount with two decimals.
 *
 * Returns: (transfer full): the text
 */
char *
amounts_format_money(gint64 cents)
{
  guint64 size = cents < 0 ? -(guint64)cents : (guint64)cents;

  return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%02u", cents < 0 ? "-" : "", size / 100,
                         (guint)(size % 100));
}

/**
 * amounts_format_quantity:
 * @milli: the quantity in thousandths
 *
 * Writes a quantity with as many decimals as it needs.
 *
 * Returns: (transfer full): the text
 */
char *
amounts_format_quantity(gint64 milli)
{
  guint64 size = milli < 0 ? -(guint64)milli : (guint64)milli;
  guint decimals = (guint)(size % 1000);
  const char *sign = milli < 0 ? "-" : "";

  if (decimals == 0)
    return g_strdup_printf("%s%" G_GUINT64_FORMAT, sign, size / 1000);
  if (decimals % 100 == 0)
    return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%u", sign, size / 1000, decimals / 100);
  if (decimals % 10 == 0)
    return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%02u", sign, size / 1000, decimals / 10);
  return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%03u", sign, size / 1000, decimals);
}

/**
 * amounts_multiply:
 * @cents: a unit price, not negative
 * @milli: a quantity, not negative
 * @total_cents: (out): their product
 *
 * Multiplies price and quantity, rounded half up to the cent.
 *
 * Returns: %FALSE when the product does not fit
 */
gboolean
amounts_multiply(gint64 cents, gint64 milli, gint64 *total_cents)
{
  if (cents < 0 || milli < 0)
    return FALSE;
  if (milli != 0 && cents > (G_MAXINT64 - 500) / milli)
    return FALSE;
  *total_cents = (cents * milli + 500) / 1000;
  return TRUE;
}
