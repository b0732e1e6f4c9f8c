/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Prices as Tryton has them, with four digits or more, are whole millionths here. */
#define TRYTON_MICRO          G_GINT64_CONSTANT(1000000)
#define TRYTON_CENT           G_GINT64_CONSTANT(10000) /* in millionths */
#define TRYTON_MICRO_DIGITS   6
#define TRYTON_MONEY_DIGITS   2
#define TRYTON_PIECE          G_GINT64_CONSTANT(1000) /* a quantity of one, in thousandths */
#define TRYTON_PIECE_DIGITS   3
#define TRYTON_PERCENT_DIGITS 4 /* of a rate in percent whose share is in millionths */

gboolean tryton_amount_parse(const char *text, guint digits, gint64 *value);
char *tryton_amount_format(gint64 value, guint digits, guint min_digits);

gint64 tryton_amount_divide(gint64 numerator, gint64 denominator);
gboolean tryton_amount_multiply(gint64 a, gint64 b, gint64 divisor, gint64 *product);
