/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/order.h"

G_BEGIN_DECLS

/* What a sale's article is in Shopcaisse. */
typedef struct {
  const char *item_id;
  ShopcaisseItemType type;
  const char *name;
} ShopcaisseDraftItem;

/* FALSE: the article is not linked. */
typedef gboolean (*ShopcaisseDraftLookup)(const char *article_id,
                                          ShopcaisseDraftItem *item,
                                          gpointer user_data);

/* A sale as order lines and payments, to the cent: discounts spread over the lines, weights whose
 * price does not come out even as one piece, cash rounding taken back out of the payment. Every
 * article must be known to @lookup. Leaves ids, type and pick-up time to the caller. */
gboolean shopcaisse_draft_fill(ShopcaisseOrderDraft *draft,
                               const ShopcaisseSale *sale,
                               ShopcaisseDraftLookup lookup,
                               gpointer user_data,
                               GError **error);

G_END_DECLS
