/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/**
 * TrytonTaxes:
 * @rate: the share of all taxes together, in millionths: 200000 is 20 %
 * @fixed: what is added for each unit, in millionths of the currency
 *
 * What taxes make of a price.
 */
typedef struct {
  gint64 rate;
  gint64 fixed;
} TrytonTaxes;

gboolean tryton_taxes_add_to(const TrytonTaxes *self, gint64 price, gint64 *gross);
gboolean tryton_taxes_take_off(const TrytonTaxes *self, gint64 gross, gint64 *price);
