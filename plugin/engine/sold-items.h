/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/draft.h"
#include "engine/prepare.h"
#include "model/sale.h"

G_BEGIN_DECLS

/* What the articles of a sale are at Shopcaisse. */
typedef struct ShopcaisseSoldItems ShopcaisseSoldItems;

/* NULL with STORAGE; an article that is not linked is no failure. */
ShopcaisseSoldItems *
shopcaisse_sold_items_new(ShopcaisseContext *context, const ShopcaisseSale *sale, GError **error);
void shopcaisse_sold_items_free(ShopcaisseSoldItems *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseSoldItems, shopcaisse_sold_items_free)

/* Names the articles that are not linked, if there are any. */
void shopcaisse_sold_items_check(const ShopcaisseSoldItems *self, ShopcaisseObstacle *obstacle);

/* A #ShopcaisseDraftLookup; @user_data is the #ShopcaisseSoldItems. */
gboolean
shopcaisse_sold_items_find(const char *article_id, ShopcaisseDraftItem *item, gpointer user_data);

G_END_DECLS
