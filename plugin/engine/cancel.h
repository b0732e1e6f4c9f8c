/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/sales.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Takes an order back from the till; it must have been sent. The record becomes "cancelling"; the
 * caller stores it. Inside the caller's transaction. */
gboolean
shopcaisse_cancel_append(ShopcaisseContext *context, ShopcaisseSaleRecord *record, GError **error);

/* The same for one with a wrong unit of money: its sale stays parked, and may be sent anew once it
 * was taken back. */
gboolean shopcaisse_cancel_append_wrong(ShopcaisseContext *context,
                                        const ShopcaisseSaleRecord *record,
                                        GError **error);

/* An order with a wrong unit of money is on no till any more. The caller stores the record. */
gboolean shopcaisse_cancel_note_taken_back(ShopcaisseContext *context,
                                           ShopcaisseSaleRecord *record,
                                           GError **error);

/* The same for a test order, which no sale stands behind. */
gboolean shopcaisse_cancel_append_trial(ShopcaisseContext *context,
                                        const char *store_id,
                                        const char *external_id,
                                        const char *order_id,
                                        GError **error);

/* Whether such a wish would be granted, or at least asked of the service. */
gboolean shopcaisse_cancel_is_possible(const ShopcaisseSaleRecord *record);

/* A wish of the host, whatever state the sale is in. (transfer full): the sale as it stands; one
 * that the till has recorded is not cancelled, its message says what to do. */
ShopcaisseSaleRecord *
shopcaisse_cancel_sale(ShopcaisseContext *context, const char *sale_id, GError **error);

G_END_DECLS
