/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/sales.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Takes an order back from the till; it must have been sent. The record becomes "cancelling"; the
 * caller stores it. Inside the caller's transaction. */
gboolean
shopcaisse_cancel_append(ShopcaisseContext *context, ShopcaisseSaleRecord *record, GError **error);

/* The same for an order that no sale stands behind: a test order, or one with a wrong unit of
 * money, whose sale is parked. */
gboolean shopcaisse_cancel_append_trial(ShopcaisseContext *context,
                                        const char *store_id,
                                        const char *external_id,
                                        const char *order_id,
                                        GError **error);

/* A wish of the host, whatever state the sale is in. (transfer full): the sale as it stands. */
ShopcaisseSaleRecord *
shopcaisse_cancel_sale(ShopcaisseContext *context, const char *sale_id, GError **error);

G_END_DECLS
