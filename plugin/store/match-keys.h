/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* Inside store/ only. The normalised references and barcodes by which the two sides are matched. */
typedef enum {
  SHOPCAISSE_SIDE_ITEM,
  SHOPCAISSE_SIDE_ARTICLE
} ShopcaisseSide;

typedef struct {
  ShopcaisseSide side;
  const char *id;
  const char *reference; /* (nullable) */
  char **barcodes;       /* (nullable) */
  gboolean is_new;       /* it has no keys to be removed */
  gboolean is_deleted;   /* it has no keys then */
} ShopcaisseMatchKeys;

gboolean shopcaisse_match_keys_replace(ShopcaisseDatabase *database,
                                       const ShopcaisseMatchKeys *keys,
                                       GError **error);

/* What a row is searched and ordered by: folded lines, the name first. */
char *
shopcaisse_match_keys_build_search(const char *name, const char *reference, const char *barcodes);

/* Barcodes as the text that a column holds. */
char *shopcaisse_barcodes_join(char **barcodes);
char **shopcaisse_barcodes_split(const char *text);

G_END_DECLS
