/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/order.h"

G_BEGIN_DECLS

typedef enum {
  SHOPCAISSE_ECHO_EXACT,       /* every amount is what was meant */
  SHOPCAISSE_ECHO_WRONG_UNIT,  /* right, but in another unit: a hundred times too much or too little
                                */
  SHOPCAISSE_ECHO_OTHER_TOTAL, /* the total of something else */
  SHOPCAISSE_ECHO_NO_AMOUNTS
} ShopcaisseEchoVerdict;

/* Compares what the service says it stored with what was meant, in cents. */
ShopcaisseEchoVerdict shopcaisse_unit_check(const ShopcaisseOrderEcho *echo,
                                            ShopcaisseReading reading,
                                            gint64 total_minor);

/* What it stored, in cents: payments, and goods with their fees. FALSE: that cannot be read. */
gboolean shopcaisse_unit_read_totals(const ShopcaisseOrderEcho *echo,
                                     ShopcaisseReading reading,
                                     gint64 *payments,
                                     gint64 *goods);

/* The reading in which the echo is exact; UNKNOWN when there is none. */
ShopcaisseReading shopcaisse_unit_find_reading(const ShopcaisseOrderEcho *echo, gint64 total_minor);

G_END_DECLS
