/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/prepare.h"
#include "model/order.h"

G_BEGIN_DECLS

#define SHOPCAISSE_OBSTACLE_ORDER_TYPE "order-type" /* nobody has said what it is at Shopcaisse */

/* What kind of order a sale becomes: the host's own word, through the merchant's choice. */
gboolean shopcaisse_order_type_find(ShopcaisseContext *context,
                                    const ShopcaisseSale *sale,
                                    ShopcaisseOrderType *type);

void shopcaisse_order_type_check(ShopcaisseContext *context,
                                 const ShopcaisseSale *sale,
                                 ShopcaisseObstacle *obstacle);

G_END_DECLS
