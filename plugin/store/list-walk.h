/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

typedef enum {
  SHOPCAISSE_LIST_ARTICLES, /* of the host */
  SHOPCAISSE_LIST_ITEMS,    /* of the service */
  SHOPCAISSE_LIST_JOURNAL   /* the newest line first */
} ShopcaisseListSource;

typedef enum {
  SHOPCAISSE_LIST_BY_NAME,
  SHOPCAISSE_LIST_BY_REFERENCE,
  SHOPCAISSE_LIST_BY_PRICE
} ShopcaisseListOrder;

typedef enum {
  SHOPCAISSE_LINK_LINKED,
  SHOPCAISSE_LINK_UNLINKED,
  SHOPCAISSE_LINK_AMBIGUOUS, /* linked to nothing, and matching would not know to what */
  SHOPCAISSE_LINK_ANY
} ShopcaisseLinkState;

typedef enum {
  SHOPCAISSE_LIST_VAT_ANY,
  SHOPCAISSE_LIST_VAT_MISSING,
  SHOPCAISSE_LIST_VAT_DIFFERS /* from every rate that the linked one has */
} ShopcaisseListVat;

/* Which rows, in which order. What a source has not is not looked at. */
typedef struct {
  ShopcaisseListSource source;
  ShopcaisseListOrder order;
  gboolean is_descending;
  char **words;     /* (owned) (nullable): folded; all of them are in the row */
  char *level;      /* (owned) (nullable) */
  char *subject;    /* (owned) (nullable) */
  char *price_list; /* (owned) (nullable): whose prices count for items */
  ShopcaisseLinkState state;
  ShopcaisseListVat vat;
  gboolean is_deleted; /* those that are gone, instead of those that are there */
  gboolean is_whole;   /* of no use before all are found; the walk does not care */
} ShopcaisseListQuery;

void shopcaisse_list_query_clear(ShopcaisseListQuery *self);

/* Looks for the rows in steps, so that a sale never waits for it. */
typedef struct ShopcaisseListWalk ShopcaisseListWalk;

/* @query is taken. @ambiguous: (element-type utf8) (nullable): ids that are. */
ShopcaisseListWalk *shopcaisse_list_walk_new(ShopcaisseDatabase *database,
                                             ShopcaisseListQuery *query,
                                             GHashTable *ambiguous);
void shopcaisse_list_walk_free(ShopcaisseListWalk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseListWalk, shopcaisse_list_walk_free)

/* Looks at about @limit rows more; call until *is_done. */
gboolean
shopcaisse_list_walk_step(ShopcaisseListWalk *self, guint limit, gboolean *is_done, GError **error);

/* (element-type gint64): found so far, in their order from the first on. */
GArray *shopcaisse_list_walk_get_rows(ShopcaisseListWalk *self);

/* How many rows there are in a state, whichever was asked for. */
guint shopcaisse_list_walk_count(ShopcaisseListWalk *self, ShopcaisseLinkState state);

G_END_DECLS
