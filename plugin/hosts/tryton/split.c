/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sale in Tryton adds up without tax, with four digits of price; the contract wants prices with
 * tax, in cents, that make the total exactly. Here cents are shared out, and none is lost. */

#include "split.h"

#include "amount.h"

static gint64
get_rest(const TrytonShare *share)
{
  return share->exact - share->cents * TRYTON_CENT;
}

/* The line that is furthest below, or above, what it exactly costs. */
static guint
find_furthest(const TrytonShare *shares, guint n_shares, gint64 sign)
{
  guint found = 0;

  for (guint i = 1; i < n_shares; i++) {
    if (sign * get_rest(&shares[i]) > sign * get_rest(&shares[found]))
      found = i;
  }
  return found;
}

/**
 * tryton_split_total:
 * @shares: (array length=n_shares): the lines, with what each exactly costs
 * @n_shares: how many, at least one
 * @total_cents: what they are to cost together
 *
 * Gives each line its cents, as near to its exact price as the total allows.
 */
void
tryton_split_total(TrytonShare *shares, guint n_shares, gint64 total_cents)
{
  gint64 missing = total_cents;

  for (guint i = 0; i < n_shares; i++) {
    shares[i].cents = tryton_amount_divide(shares[i].exact, TRYTON_CENT);
    missing -= shares[i].cents;
  }
  /* Rounding alone leaves at most a cent a line; more is a tax that is not known here. */
  if (missing > n_shares || missing < -(gint64)n_shares) {
    shares[find_furthest(shares, n_shares, 1)].cents += missing;
    return;
  }
  while (missing != 0) {
    gint64 sign = missing > 0 ? 1 : -1;

    shares[find_furthest(shares, n_shares, sign)].cents += sign;
    missing -= sign;
  }
}

/**
 * tryton_split_line:
 * @quantity: in thousandths, above 0
 * @cents: what the line costs
 * @pieces: (out caller-allocates): quantities and prices that make @cents exactly
 *
 * Finds prices in cents: one for all where it comes out even, else two prices a cent apart.
 *
 * Returns: how many pieces; 0 when no two prices do, as for some weights
 */
guint
tryton_split_line(gint64 quantity, gint64 cents, TrytonPiece pieces[TRYTON_PIECES_MAX])
{
  gint64 price = tryton_amount_divide(cents * TRYTON_PIECE, quantity);
  gint64 n_units = quantity / TRYTON_PIECE;
  gint64 n_dearer = 0;

  if (tryton_amount_divide(price * quantity, TRYTON_PIECE) == cents) {
    pieces[0] = (TrytonPiece){ quantity, price };
    return 1;
  }
  if (quantity % TRYTON_PIECE != 0)
    return 0;
  price = cents / n_units;
  n_dearer = cents % n_units;
  pieces[0] = (TrytonPiece){ (n_units - n_dearer) * TRYTON_PIECE, price };
  pieces[1] = (TrytonPiece){ n_dearer * TRYTON_PIECE, price + 1 };
  return 2;
}
