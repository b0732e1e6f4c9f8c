/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/item.h"
#include "store/articles.h"

G_BEGIN_DECLS

/* What a list shows of a row, and of what it is linked to. */
typedef struct {
  ShopcaisseArticle *article; /* (owned) */
  char *item_id;              /* (owned) (nullable): linked */
  char *method;               /* (owned) (nullable): of the link */
  gint64 vat_on_site_bp;      /* of the item */
  gint64 vat_take_away_bp;
} ShopcaisseListedArticle;

typedef struct {
  ShopcaisseItem *item; /* (owned): price_minor is the effective price */
  char *parent_name;    /* (owned) (nullable): of a variation */
  gboolean is_gone;     /* deleted, or not seen by the last two complete pulls */
  gboolean has_stock;
  gint64 available_milli; /* stock less reservations */
  char *article_id;       /* (owned) (nullable): linked */
  char *method;           /* (owned) (nullable): of the link */
  gint64 vat_bp;          /* of the article */
} ShopcaisseListedItem;

void shopcaisse_listed_article_free(ShopcaisseListedArticle *self);
void shopcaisse_listed_item_free(ShopcaisseListedItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseListedArticle, shopcaisse_listed_article_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseListedItem, shopcaisse_listed_item_free)

/* Of rows that store/list-walk.h found. NULL without an error when it is there no more. */
ShopcaisseListedArticle *
shopcaisse_list_read_article(ShopcaisseDatabase *database, gint64 row, GError **error);

typedef struct {
  const char *store_id;   /* whose stock */
  const char *price_list; /* (nullable): whose prices */
} ShopcaisseListedPlace;

ShopcaisseListedItem *shopcaisse_list_read_item(ShopcaisseDatabase *database,
                                                gint64 row,
                                                const ShopcaisseListedPlace *place,
                                                GError **error);

G_END_DECLS
