/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/prepare.h"
#include "model/order.h"
#include "model/sale.h"

G_BEGIN_DECLS

#define SHOPCAISSE_OBSTACLE_PAYMENT "payment"

/* What the ways a sale was paid in are at Shopcaisse: one that nobody has said holds its order, and
 * is named. */
void shopcaisse_payments_check(ShopcaisseContext *context,
                               const ShopcaisseSale *sale,
                               ShopcaisseObstacle *obstacle);

/* After the draft was filled from the same sale. */
void shopcaisse_payments_apply(ShopcaisseContext *context,
                               const ShopcaisseSale *sale,
                               ShopcaisseOrderDraft *draft);

G_END_DECLS
