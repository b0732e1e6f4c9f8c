/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* Looks for pairs by one kind of value: "barcode", "reference" or "id". It goes on in steps, so
 * that a sale never waits for it; what a value means is known only after the last one. */
typedef struct ShopcaisseLinksMatch ShopcaisseLinksMatch;

ShopcaisseLinksMatch *shopcaisse_links_match_new(ShopcaisseDatabase *database, const char *kind);
void shopcaisse_links_match_free(ShopcaisseLinksMatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseLinksMatch, shopcaisse_links_match_free)

/* Looks at @limit rows more; call until *is_done. */
gboolean shopcaisse_links_match_step(ShopcaisseLinksMatch *self,
                                     guint limit,
                                     gboolean *is_done,
                                     GError **error);

/* What matching would link: one exact candidate on both sides, neither linked, neither deleted or
 * gone; by value. */
typedef struct {
  const char *article_id;
  const char *item_id;
} ShopcaisseLinksPair;

guint shopcaisse_links_match_count_pairs(ShopcaisseLinksMatch *self);
ShopcaisseLinksPair shopcaisse_links_match_get_pair(ShopcaisseLinksMatch *self, guint index);

/* A value that both sides share without leading to one pair. */
typedef struct {
  const char *value;
  guint n_articles;
  guint n_items;
} ShopcaisseLinksAmbiguity;

guint shopcaisse_links_match_count_ambiguous(ShopcaisseLinksMatch *self);

/* Whether the item has such a value, and which. */
gboolean shopcaisse_links_match_find_ambiguous(ShopcaisseLinksMatch *self,
                                               const char *item_id,
                                               ShopcaisseLinksAmbiguity *ambiguity);

/* Adds the ids of those that have such a value, on both sides; (element-type utf8), owned keys. */
void shopcaisse_links_match_add_ambiguous(ShopcaisseLinksMatch *self,
                                          GHashTable *articles,
                                          GHashTable *items);

G_END_DECLS
