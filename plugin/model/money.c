/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Amounts in cents and quantities in thousandths: reading, printing, adding, multiplying. Rounding
 * of money is here, in money-share.c and in vat.c alone: half up, on the magnitude. */
#include "model/money.h"

#include "config.h"
#include "model/decimal.h"
#include "model/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MONEY_DECIMALS     2
#define QUANTITY_DECIMALS  3
#define QUANTITY_MAX_MILLI G_GINT64_CONSTANT(1000000000000)

/**
 * shopcaisse_money:
 * @minor: cents
 * @currency: ISO 4217 code
 *
 * Makes an amount.
 *
 * Returns: the amount
 */
ShopcaisseMoney
shopcaisse_money(gint64 minor, const char *currency)
{
  ShopcaisseMoney money = { .minor = minor };

  g_return_val_if_fail(currency != NULL && strlen(currency) == 3, money);

  memcpy(money.currency, currency, sizeof money.currency);
  return money;
}

/**
 * shopcaisse_money_parse:
 * @text: a decimal text such as "12.50", with a point and at most two decimals
 * @currency: ISO 4217 code of the amount
 * @money: (out): the amount
 * @error: return location for an error
 *
 * Reads an amount from text, without floating point.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @text is not such a text or too large.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_money_parse(const char *text,
                       const char *currency,
                       ShopcaisseMoney *money,
                       GError **error)
{
  g_return_val_if_fail(text != NULL && money != NULL, FALSE);

  gint64 minor = 0;

  if (!shopcaisse_decimal_parse(text, MONEY_DECIMALS, SHOPCAISSE_MONEY_MAX_MINOR, &minor)) {
    g_autofree char *quoted = shopcaisse_text_quote(text);

    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, _("%s is not a decimal amount"),
                quoted);
    return FALSE;
  }
  *money = shopcaisse_money(minor, currency);
  return TRUE;
}

/**
 * shopcaisse_money_to_text:
 * @money: an amount
 *
 * Prints the amount alone, as [func@Shopcaisse.money_parse] reads it: "12.50".
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_money_to_text(ShopcaisseMoney money)
{
  return shopcaisse_decimal_to_text(money.minor, MONEY_DECIMALS, MONEY_DECIMALS);
}

/**
 * shopcaisse_money_to_words:
 * @money: an amount
 *
 * Prints the amount alone, for a sentence that people read: "12,50" in French.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_money_to_words(ShopcaisseMoney money)
{
  return shopcaisse_decimal_to_words(money.minor, MONEY_DECIMALS, MONEY_DECIMALS);
}

static gboolean
set_sum(ShopcaisseMoney *sum, gint64 minor, GError **error)
{
  if (minor > SHOPCAISSE_MONEY_MAX_MINOR || minor < -SHOPCAISSE_MONEY_MAX_MINOR) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("the amounts are too large together"));
    return FALSE;
  }
  sum->minor = minor;
  return TRUE;
}

static gboolean
check_terms(ShopcaisseMoney first, ShopcaisseMoney second, GError **error)
{
  const gint64 max = SHOPCAISSE_MONEY_MAX_MINOR;

  if (memcmp(first.currency, second.currency, sizeof first.currency) != 0) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                "amounts in %.3s and %.3s cannot be added", first.currency, second.currency);
    return FALSE;
  }
  if (first.minor > max || first.minor < -max || second.minor > max || second.minor < -max) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("an amount is out of range"));
    return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_money_add:
 * @sum: (inout): the amount to add to
 * @term: what to add
 * @error: return location for an error
 *
 * Adds @term to @sum.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when the currencies differ or the sum is too large.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_money_add(ShopcaisseMoney *sum, ShopcaisseMoney term, GError **error)
{
  g_return_val_if_fail(sum != NULL, FALSE);

  if (!check_terms(*sum, term, error))
    return FALSE;
  return set_sum(sum, sum->minor + term.minor, error);
}

static guint64
get_magnitude(gint64 value)
{
  return value < 0 ? -(guint64)value : (guint64)value;
}

/**
 * shopcaisse_money_multiply:
 * @unit_price: the price of one
 * @quantity_milli: how many, in thousandths
 * @product: (out): the price of all, rounded half up on the magnitude
 * @error: return location for an error
 *
 * Multiplies a price by a quantity.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when the product is too large.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_money_multiply(ShopcaisseMoney unit_price,
                          gint64 quantity_milli,
                          ShopcaisseMoney *product,
                          GError **error)
{
  g_return_val_if_fail(product != NULL, FALSE);

  const guint64 one = SHOPCAISSE_QUANTITY_ONE;
  guint64 unit = get_magnitude(unit_price.minor);
  guint64 quantity = get_magnitude(quantity_milli);
  guint64 whole = 0;
  guint64 part = 0;

  if (!g_uint64_checked_mul(&whole, unit, quantity / one) ||
      !g_uint64_checked_mul(&part, unit, quantity % one) || whole > SHOPCAISSE_MONEY_MAX_MINOR ||
      part / one > SHOPCAISSE_MONEY_MAX_MINOR ||
      whole + (part + one / 2) / one > SHOPCAISSE_MONEY_MAX_MINOR) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("price and quantity are too large together"));
    return FALSE;
  }

  gint64 minor = (gint64)(whole + (part + one / 2) / one);

  *product = unit_price;
  product->minor = (unit_price.minor < 0) == (quantity_milli < 0) ? minor : -minor;
  return TRUE;
}

/**
 * shopcaisse_money_price_of_one:
 * @total_minor: the price of all, in cents, of either sign
 * @quantity_milli: how many, in thousandths, of either sign
 *
 * Divides a price by a quantity, rounded half up on the magnitude.
 *
 * Returns: what one would cost in cents; 0 when there is nothing
 */
gint64
shopcaisse_money_price_of_one(gint64 total_minor, gint64 quantity_milli)
{
  const guint64 one = SHOPCAISSE_QUANTITY_ONE;
  guint64 total = get_magnitude(total_minor);
  guint64 quantity = get_magnitude(quantity_milli);
  guint64 price = 0;

  g_return_val_if_fail(total <= SHOPCAISSE_MONEY_MAX_MINOR, 0);
  g_return_val_if_fail(quantity <= G_MAXINT64 / 2, 0);

  if (quantity == 0)
    return 0;
  price = (total * one + quantity / 2) / quantity;
  return (total_minor < 0) == (quantity_milli < 0) ? (gint64)price : -(gint64)price;
}

/**
 * shopcaisse_money_is_exact_product:
 * @unit_price: the price of one
 * @quantity_milli: how many, in thousandths
 *
 * Tells whether price times quantity is whole cents, so that no rounding takes place. A line of
 * which this is not true cannot be rebuilt by a till that rounds otherwise.
 *
 * Returns: %TRUE when it is exact
 */
gboolean
shopcaisse_money_is_exact_product(ShopcaisseMoney unit_price, gint64 quantity_milli)
{
  const guint64 one = SHOPCAISSE_QUANTITY_ONE;

  return (get_magnitude(unit_price.minor) % one) * (get_magnitude(quantity_milli) % one) % one == 0;
}

/**
 * shopcaisse_quantity_parse:
 * @text: a decimal text such as "2" or "0.350", with at most three decimals
 * @quantity_milli: (out): thousandths
 * @error: return location for an error
 *
 * Reads a quantity from text, without floating point. It may be negative, as a stock may.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @text is not such a text or too large.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_quantity_parse(const char *text, gint64 *quantity_milli, GError **error)
{
  g_return_val_if_fail(text != NULL && quantity_milli != NULL, FALSE);

  if (!shopcaisse_decimal_parse(text, QUANTITY_DECIMALS, QUANTITY_MAX_MILLI, quantity_milli)) {
    g_autofree char *quoted = shopcaisse_text_quote(text);

    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, _("%s is not a decimal quantity"),
                quoted);
    return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_quantity_to_text:
 * @quantity_milli: thousandths
 *
 * Prints a quantity as short as it can be: "1", "0.35".
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_quantity_to_text(gint64 quantity_milli)
{
  return shopcaisse_decimal_to_text(quantity_milli, QUANTITY_DECIMALS, 0);
}

/**
 * shopcaisse_quantity_to_words:
 * @quantity_milli: thousandths
 *
 * Prints a quantity as short as it can be, for a sentence that people read: "0,35" in French.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_quantity_to_words(gint64 quantity_milli)
{
  return shopcaisse_decimal_to_words(quantity_milli, QUANTITY_DECIMALS, 0);
}
