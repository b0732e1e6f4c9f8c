/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shares an amount by weights, to the cent, by largest remainder. */
#include "model/money.h"

#include <stdlib.h>

#define SHARE_MAX_WEIGHT_TOTAL (G_MAXINT64 / 2)

typedef struct {
  gsize index;
  guint64 remainder;
} Remainder;

/* factor * multiplicand / divisor without overflow, by doubling; divisor below 2^62. */
static guint64
multiply_divide(guint64 factor, guint64 multiplicand, guint64 divisor, guint64 *remainder)
{
  guint64 quotient = 0;
  guint64 rest = 0;

  for (int bit = 63; bit >= 0; bit--) {
    quotient *= 2;
    rest *= 2;
    if ((factor >> bit & 1) != 0) {
      quotient += multiplicand / divisor;
      rest += multiplicand % divisor;
    }
    quotient += rest / divisor;
    rest %= divisor;
  }
  *remainder = rest;
  return quotient;
}

static int
compare_remainders_cb(gconstpointer a, gconstpointer b)
{
  const Remainder *first = a;
  const Remainder *second = b;

  if (first->remainder != second->remainder)
    return first->remainder > second->remainder ? -1 : 1;
  return first->index < second->index ? -1 : first->index > second->index;
}

static guint64
sum_weights(const gint64 *weights, gsize n)
{
  guint64 sum = 0;

  for (gsize i = 0; i < n; i++) {
    g_return_val_if_fail(weights[i] >= 0, 0);
    g_return_val_if_fail((guint64)weights[i] <= SHARE_MAX_WEIGHT_TOTAL - sum, 0);
    sum += (guint64)weights[i];
  }
  return sum;
}

/**
 * shopcaisse_money_share:
 * @total_minor: what to share, of either sign
 * @weights: (array length=n): in which proportion; none is negative
 * @n: how many shares
 * @shares: (out) (array length=n): the shares, in cents
 *
 * Shares an amount by largest remainder; among equal remainders the lowest index gets the cent. The
 * shares add up to @total_minor exactly. Weights that are all zero count as equal.
 */
void
shopcaisse_money_share(gint64 total_minor, const gint64 *weights, gsize n, gint64 *shares)
{
  g_return_if_fail(n == 0 || (weights != NULL && shares != NULL));
  g_return_if_fail(n > 0 || total_minor == 0);

  guint64 weight_total = sum_weights(weights, n);
  guint64 total = total_minor < 0 ? -(guint64)total_minor : (guint64)total_minor;
  guint64 given = 0;
  g_autofree Remainder *remainders = g_new0(Remainder, n);

  for (gsize i = 0; i < n; i++) {
    guint64 weight = weight_total > 0 ? (guint64)weights[i] : 1;
    guint64 all = weight_total > 0 ? weight_total : n;
    guint64 share = multiply_divide(total, weight, all, &remainders[i].remainder);

    remainders[i].index = i;
    shares[i] = (gint64)share;
    given += share;
  }
  if (n > 1)
    qsort(remainders, n, sizeof *remainders, compare_remainders_cb);
  for (gsize i = 0; i < n && given < total; i++) {
    shares[remainders[i].index]++;
    given++;
  }
  for (gsize i = 0; i < n && total_minor < 0; i++)
    shares[i] = -shares[i];
}
