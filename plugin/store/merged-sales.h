/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/sales.h"

G_BEGIN_DECLS

#define SHOPCAISSE_KITCHEN_MERGED "merged" /* the service's word; docs/PROTOCOL.md 5.1 */

/* (transfer full): the sale whose order took this one's in, NULL with or without an error. */
char *shopcaisse_merged_sales_find_main(ShopcaisseDatabase *database,
                                        const ShopcaisseSaleRecord *record,
                                        GError **error);

/* What the sales cost whose orders were merged into the one with this receipt. */
gboolean shopcaisse_merged_sales_sum(ShopcaisseDatabase *database,
                                     const char *receipt_id,
                                     gint64 *total_minor,
                                     GError **error);

G_END_DECLS
