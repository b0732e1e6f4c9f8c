/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* An amount. Two decimals, as the euro has; another currency is refused where it enters. */
typedef struct {
  gint64 minor;     /* cents */
  char currency[4]; /* ISO 4217, NUL-terminated */
} ShopcaisseMoney;

#define SHOPCAISSE_MONEY_MAX_MINOR G_GINT64_CONSTANT(99999999999) /* 999 999 999.99 */
#define SHOPCAISSE_QUANTITY_ONE    1000                           /* thousandths */

ShopcaisseMoney shopcaisse_money(gint64 minor, const char *currency);

gboolean shopcaisse_money_parse(const char *text,
                                const char *currency,
                                ShopcaisseMoney *money,
                                GError **error);

char *shopcaisse_money_to_text(ShopcaisseMoney money);
char *shopcaisse_money_to_words(ShopcaisseMoney money);

gboolean shopcaisse_money_add(ShopcaisseMoney *sum, ShopcaisseMoney term, GError **error);

gboolean shopcaisse_money_multiply(ShopcaisseMoney unit_price,
                                   gint64 quantity_milli,
                                   ShopcaisseMoney *product,
                                   GError **error);

gint64 shopcaisse_money_price_of_one(gint64 total_minor, gint64 quantity_milli);

gboolean shopcaisse_money_is_exact_product(ShopcaisseMoney unit_price, gint64 quantity_milli);

void shopcaisse_money_share(gint64 total_minor, const gint64 *weights, gsize n, gint64 *shares);

gboolean shopcaisse_quantity_parse(const char *text, gint64 *quantity_milli, GError **error);

char *shopcaisse_quantity_to_text(gint64 quantity_milli);
char *shopcaisse_quantity_to_words(gint64 quantity_milli);

G_END_DECLS
