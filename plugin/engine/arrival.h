/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/submit.h"
#include "model/sale.h"

G_BEGIN_DECLS

/* A sale that was no order yet comes again, perhaps in the status it was waited for. The record is
 * as it stands afterwards. Inside the caller's transaction. */
gboolean shopcaisse_arrival_take(ShopcaisseContext *context,
                                 ShopcaisseSaleRecord *record,
                                 GVariant *row,
                                 const ShopcaisseSale *sale,
                                 ShopcaisseSubmitWhen when,
                                 GError **error);

G_END_DECLS
