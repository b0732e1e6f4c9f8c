/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/context.h"
#include "store/shipments.h"

G_BEGIN_DECLS

/* Asks the host for the parcels of its sales; it answers later. One that has none is not asked. */
void shopcaisse_shipments_ask(ShopcaisseContext *context, gint64 since);

/* "2 of 3 parcels sent"; (transfer full). */
char *shopcaisse_shipments_describe(ShopcaisseShipmentCount count);

/* Adds shipments and shipping_name to the row of an order that has any. */
void
shopcaisse_shipments_insert(ShopcaisseContext *context, const char *sale_id, GVariantDict *row);

G_END_DECLS
