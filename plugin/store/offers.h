/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/item.h"
#include "store/database.h"

G_BEGIN_DECLS

/* Items joined with the effective price (chosen list, else defaultPrice), the stock of the store
 * and the linked article. Walks in id order from after @after_id (nullable), at most @limit. */
typedef struct {
  ShopcaisseItem *item; /* (owned): price_minor is the effective price */
  char *parent_name;    /* (owned) (nullable): of a variation */
  gboolean has_stock;
  gint64 available_milli;  /* stock less reservations */
  gboolean is_gone;        /* deleted, or not seen by the last two complete pulls */
  gboolean has_variations; /* what is sold are those, never the parent; docs/PROTOCOL.md 8 (17) */
  char *article_id;        /* (owned) (nullable): linked */
  /* what the host's article holds now, when linked: */
  char *article_name; /* (owned) (nullable) */
  gboolean article_deleted;
  gboolean article_has_price;
  gint64 article_price_minor;
  gboolean article_has_stock;
  gint64 article_stock_milli;
} ShopcaisseOffer;

void shopcaisse_offer_free(ShopcaisseOffer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseOffer, shopcaisse_offer_free)

typedef struct {
  const char *company_id;
  const char *store_id;
  const char *price_list; /* (nullable) */
  const char *after_id;   /* (nullable) */
  guint limit;
  const char *item_id; /* (nullable): this one and its variations alone */
} ShopcaisseOffersQuery;

GPtrArray *shopcaisse_mirror_list_offers(ShopcaisseDatabase *database,
                                         const ShopcaisseOffersQuery *query,
                                         GError **error);

G_END_DECLS
