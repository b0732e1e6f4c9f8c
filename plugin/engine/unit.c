/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The unit of money on the wire: found by calibration, checked again on every answer.
 * docs/PROTOCOL.md 3.12, docs/decisions/0004-unit-of-money.md. */
#include "engine/unit.h"

static gboolean
read_lines(const GPtrArray *lines, int digits, ShopcaisseReading reading, gint64 *sum)
{
  *sum = 0;
  for (guint i = 0; i < lines->len; i++) {
    const ShopcaisseOrderEchoLine *line = lines->pdata[i];
    gint64 price = 0;
    gint64 below = 0;

    if (!shopcaisse_wire_amount_read(line->price, digits, reading, &price) ||
        !read_lines(line->children, digits, reading, &below))
      return FALSE;
    *sum += (price + below) * line->quantity_milli;
  }
  if (*sum % SHOPCAISSE_QUANTITY_ONE != 0)
    return FALSE;
  *sum /= SHOPCAISSE_QUANTITY_ONE;
  return TRUE;
}

/**
 * shopcaisse_unit_read_totals:
 * @echo: the service's answer
 * @reading: how its amounts are read at this store
 * @payments: (out): their sum, in cents
 * @goods: (out): the lines with their fees, in cents
 *
 * Reads what the service stored.
 *
 * Returns: %FALSE when its amounts are not whole cents in that reading
 */
gboolean
shopcaisse_unit_read_totals(const ShopcaisseOrderEcho *echo,
                            ShopcaisseReading reading,
                            gint64 *payments,
                            gint64 *goods)
{
  gint64 fees = 0;
  int digits = echo->decimal_digits;

  if (!shopcaisse_wire_amount_read(echo->payments_total, digits, reading, payments) ||
      !shopcaisse_wire_amount_read(echo->fees_total, digits, reading, &fees) ||
      !read_lines(echo->lines, digits, reading, goods))
    return FALSE;
  *goods += fees;
  return TRUE;
}

static gboolean
is_exact(const ShopcaisseOrderEcho *echo, ShopcaisseReading reading, gint64 total_minor)
{
  gint64 payments = 0;
  gint64 goods = 0;

  return shopcaisse_unit_read_totals(echo, reading, &payments, &goods) && payments == total_minor &&
         goods == total_minor;
}

/* Decimal amounts read as cents, cents read as euros, or the other way round. */
static gboolean
is_off_by_a_hundred(const ShopcaisseOrderEcho *echo, gint64 total_minor)
{
  const ShopcaisseWireAmount cents = total_minor * G_GINT64_CONSTANT(10000);
  const ShopcaisseWireAmount paid = echo->payments_total;

  return paid == cents || paid == cents * 100 || paid == cents * 10000 || paid == cents / 100;
}

/* Euros that have lost their cents, rounded or cut, in any of the scales; docs/PROTOCOL.md 3.12. */
static gboolean
has_lost_cents(const ShopcaisseOrderEcho *echo, gint64 total_minor)
{
  const gint64 below = total_minor - total_minor % 100;
  const gint64 whole[] = { below, below + 100 };

  if (below == total_minor)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS(whole); i++) {
    const ShopcaisseWireAmount euros = whole[i] * G_GINT64_CONSTANT(10000);

    if (echo->payments_total == euros || echo->payments_total == euros * 100)
      return TRUE;
  }
  return FALSE;
}

/**
 * shopcaisse_unit_check:
 * @echo: the service's answer
 * @reading: how its amounts are read at this store
 * @total_minor: what was meant, in cents
 *
 * Compares the payments, and the goods with their fees, with what was meant.
 *
 * Returns: what it is
 */
ShopcaisseEchoVerdict
shopcaisse_unit_check(const ShopcaisseOrderEcho *echo,
                      ShopcaisseReading reading,
                      gint64 total_minor)
{
  if (!echo->has_amounts)
    return SHOPCAISSE_ECHO_NO_AMOUNTS;
  if (is_exact(echo, reading, total_minor))
    return SHOPCAISSE_ECHO_EXACT;
  return is_off_by_a_hundred(echo, total_minor) || has_lost_cents(echo, total_minor)
             ? SHOPCAISSE_ECHO_WRONG_UNIT
             : SHOPCAISSE_ECHO_OTHER_TOTAL;
}

/**
 * shopcaisse_unit_find_reading:
 * @echo: the answer to a test order
 * @total_minor: what was meant, in cents; must have cents
 *
 * Finds how the service's amounts are to be read.
 *
 * Returns: the reading, or %SHOPCAISSE_READING_UNKNOWN
 */
ShopcaisseReading
shopcaisse_unit_find_reading(const ShopcaisseOrderEcho *echo, gint64 total_minor)
{
  if (!echo->has_amounts)
    return SHOPCAISSE_READING_UNKNOWN;
  if (is_exact(echo, SHOPCAISSE_READING_DECIMAL, total_minor))
    return SHOPCAISSE_READING_DECIMAL;
  if (is_exact(echo, SHOPCAISSE_READING_MINOR, total_minor))
    return SHOPCAISSE_READING_MINOR;
  return SHOPCAISSE_READING_UNKNOWN;
}
