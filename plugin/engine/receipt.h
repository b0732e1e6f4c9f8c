/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/ticket.h"
#include "store/sales.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* A service that changed its unit of money and echoes what it was given shows it on the receipts:
 * the orders of that store stop. Ask when a sale and its receipt first meet. Inside the caller's
 * transaction. */
gboolean shopcaisse_receipt_check(ShopcaisseContext *context,
                                  const ShopcaisseSaleRecord *record,
                                  const ShopcaisseTicket *ticket,
                                  GError **error);

/* The same for a sale whose receipt was named just now, if that was read already. */
gboolean shopcaisse_receipt_check_known(ShopcaisseContext *context,
                                        const ShopcaisseSaleRecord *record,
                                        GError **error);

G_END_DECLS
