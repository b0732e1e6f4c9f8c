/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

#define SHOPCAISSE_VAT_UNKNOWN (-1) /* basis points: no rate is known */

typedef struct {
  gint64 vat_bp; /* basis points: 2000 is 20 % */
  gint64 gross_minor;
  gint64 vat_minor;
  gint64 net_minor;
} ShopcaisseVatSum;

gint64 shopcaisse_vat_of_gross(gint64 gross_minor, gint64 vat_bp);

gboolean shopcaisse_vat_parse_percent(const char *text, gint64 *vat_bp, GError **error);

char *shopcaisse_vat_to_percent(gint64 vat_bp);

/* An array of ShopcaisseVatSum, sorted by rate. */
GArray *shopcaisse_vat_sums_new(void);

void shopcaisse_vat_sums_add(GArray *sums, gint64 vat_bp, gint64 gross_minor);

void shopcaisse_vat_sums_finish(GArray *sums);

G_END_DECLS
