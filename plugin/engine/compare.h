/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/articles.h"
#include "store/offers.h"
#include "store/plans.h"

G_BEGIN_DECLS

/* One item of Shopcaisse against one article of the host. Pure: no store, no clock. */

/* The offer as if this article were linked to it. */
void shopcaisse_compare_adopt(ShopcaisseOffer *offer, const ShopcaisseArticle *article);

/* (transfer full) (nullable): what would have to change; NULL when nothing. */
ShopcaissePlanLine *shopcaisse_compare_offer(const ShopcaisseOffer *offer);

ShopcaissePlanLine *shopcaisse_compare_make_line(const char *change,
                                                 const char *article_id,
                                                 const char *item_id,
                                                 const char *name);

/* A GHRFunc: whether a value is this text. */
gboolean shopcaisse_compare_same_value(gpointer key, gpointer value, gpointer text);

G_END_DECLS
