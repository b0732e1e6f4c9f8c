/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/job.h"
#include "model/order.h"
#include "store/sales.h"

G_BEGIN_DECLS

/* What the service holds under a sale's order id, compared with what was meant. */
gboolean shopcaisse_order_judge_echo(ShopcaisseContext *context,
                                     ShopcaisseSaleRecord *record,
                                     const ShopcaisseOrderEcho *echo,
                                     ShopcaisseVerdict *verdict,
                                     GError **error);

/* For a sale that the host does not want any more: it is nowhere, or it is or may be on the till.
 */
void shopcaisse_order_withdraw(ShopcaisseSaleRecord *record, ShopcaisseVerdict *verdict);

gboolean shopcaisse_order_call_back(ShopcaisseContext *context,
                                    ShopcaisseSaleRecord *record,
                                    ShopcaisseVerdict *verdict,
                                    GError **error);

G_END_DECLS
