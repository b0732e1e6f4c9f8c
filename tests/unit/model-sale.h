/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A valid sale of 24.20, and what becomes of it with other keys. */
#pragma once

#include "model/sale.h"

#include <comptoir/comptoir-rows.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

G_BEGIN_DECLS

#define TWO_TARTS                                                                                  \
  "[{'article_id': <'a1'>, 'name': <'Tarte citron'>, 'quantity': <'2'>, "                          \
  "'unit_price': <'12.10'>, 'vat_rate': <'5.5'>}]"
#define PAID "[{'method': <'card'>, 'amount': <'24.20'>}]"

/* A key of a sale that is replaced or added; the text is a GVariant. */
typedef struct {
  const char *key;
  const char *value; /* NULL: the key is taken away */
} SaleChange;

GVariant *model_sale_build(const SaleChange *changes, gsize n_changes);
ShopcaisseSale *model_sale_parse(const SaleChange *changes, gsize n_changes, GError **error);
void model_sale_assert_refused(const SaleChange *changes, gsize n_changes, const char *message);

G_END_DECLS
