/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"
#include "model/mask.h"

G_BEGIN_DECLS

/* Who stands in the text of an order, and the same text without anybody. @customer is empty before,
 * and after it when the order has none. */
gboolean shopcaisse_order_read_customer(GBytes *body, ShopcaisseCustomer *customer, GError **error);

GBytes *shopcaisse_order_mask_notes(GBytes *body, ShopcaisseMask *mask);

GBytes *shopcaisse_order_without_customer(GBytes *body, ShopcaisseMask *mask, GError **error);

G_END_DECLS
