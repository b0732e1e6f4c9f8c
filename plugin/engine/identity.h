/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/sale.h"

G_BEGIN_DECLS

/* The id an order carries: the same sale of the same host database always gets the same one, on
 * whatever computer; a later @generation is another order. */
char *shopcaisse_identity_order_id(const char *instance_id, const char *sale_id, guint generation);

/* For a sale whose id was another's before it: two computers that find that out each for itself
 * make the same id of it. */
char *shopcaisse_identity_renewed_id(const char *instance_id,
                                     const char *sale_id,
                                     const char *discriminator,
                                     guint generation);

/* What a sale is called after another has got its id. */
char *shopcaisse_identity_aside(const char *sale_id, const char *discriminator);

/* What tells two sales apart that should never share an id: till and time of sale. */
char *shopcaisse_identity_discriminator(const ShopcaisseSale *sale);
char *shopcaisse_identity_discriminate(const char *till, gint64 sold_at);

G_END_DECLS
