/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mask.h"
#include "store/database.h"

G_BEGIN_DECLS

/* Where sentences for people are kept: what the service said of an order can name somebody. */
typedef enum {
  SHOPCAISSE_TEXTS_JOURNAL,
  SHOPCAISSE_TEXTS_EVENTS,
  SHOPCAISSE_TEXTS_JOBS,
  SHOPCAISSE_N_TEXTS
} ShopcaisseTexts;

typedef enum {
  SHOPCAISSE_TEXTS_COUNT,
  SHOPCAISSE_TEXTS_MASK
} ShopcaisseTextsUse;

/* Of the rows behind *@after at most @limit; then *@after is the last of them, G_MAXINT64 when
 * there is none. *@n_found grows. */
typedef struct {
  ShopcaisseTexts place;
  ShopcaisseTextsUse use;
  ShopcaisseMask *mask; /* (not owned) */
  gint64 after;
  guint limit;
  guint n_found;
} ShopcaisseTextsSearch;

gboolean shopcaisse_texts_search(ShopcaisseDatabase *database,
                                 ShopcaisseTextsSearch *search,
                                 GError **error);

G_END_DECLS
