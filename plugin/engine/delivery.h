/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/context.h"
#include "model/order.h"

G_BEGIN_DECLS

/* Where an order goes: to a table, to somebody's door, to the counter. */
void shopcaisse_delivery_fill(ShopcaisseContext *context,
                              const ShopcaisseSale *sale,
                              ShopcaisseOrderDraft *draft);

G_END_DECLS
