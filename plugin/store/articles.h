/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/vat.h"
#include "store/database.h"

G_BEGIN_DECLS

/* An article of the host as last read. */
typedef struct {
  char *id;        /* (owned) */
  char *name;      /* (owned) */
  char *variant;   /* (owned): "" when it has none */
  char *reference; /* (owned): "" */
  char **barcodes; /* (owned): never NULL */
  gboolean has_price;
  gint64 price_minor; /* tax included */
  gint64 vat_bp;      /* SHOPCAISSE_VAT_UNKNOWN */
  gboolean has_stock;
  gint64 stock_milli;
  char *external_id; /* (owned): "" */
  gboolean deleted;
} ShopcaisseArticle;

ShopcaisseArticle *shopcaisse_article_new(void);
void shopcaisse_article_free(ShopcaisseArticle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseArticle, shopcaisse_article_free)

gboolean shopcaisse_articles_put(ShopcaisseDatabase *database,
                                 const ShopcaisseArticle *article,
                                 gint64 sweep,
                                 GError **error);
ShopcaisseArticle *
shopcaisse_articles_get(ShopcaisseDatabase *database, const char *id, GError **error);
/* Articles that a complete read did not see are marked deleted, some at a time: give the number of
 * the read, call until is_done. */
typedef struct {
  gint64 number;
  gint64 after; /* of the articles looked at so far */
  gboolean is_done;
} ShopcaisseArticleSweep;

gboolean shopcaisse_articles_end_sweep(ShopcaisseDatabase *database,
                                       ShopcaisseArticleSweep *sweep,
                                       guint limit,
                                       GError **error);

G_END_DECLS
