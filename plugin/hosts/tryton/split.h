/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/**
 * TrytonShare:
 * @exact: what a line costs, tax included, in millionths
 * @cents: what it is to cost, so that all lines together make the total
 *
 * One line's part of a total.
 */
typedef struct {
  gint64 exact;
  gint64 cents;
} TrytonShare;

/**
 * TrytonPiece:
 * @quantity: in thousandths
 * @price: for one, in cents
 *
 * A quantity at one price.
 */
typedef struct {
  gint64 quantity;
  gint64 price;
} TrytonPiece;

#define TRYTON_PIECES_MAX 2

void tryton_split_total(TrytonShare *shares, guint n_shares, gint64 total_cents);
guint tryton_split_line(gint64 quantity, gint64 cents, TrytonPiece pieces[TRYTON_PIECES_MAX]);
