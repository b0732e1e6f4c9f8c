/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/sale.h"

G_BEGIN_DECLS

/* The id an order carries: the same sale of the same host database always gets the same one, on
 * whatever computer; a later @generation is a new order for a sale whose id was taken. */
char *shopcaisse_identity_order_id(const char *instance_id, const char *sale_id, guint generation);

/* What tells two sales apart that should never share an id: till and time of sale. */
char *shopcaisse_identity_discriminator(const ShopcaisseSale *sale);

G_END_DECLS
