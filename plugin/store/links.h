/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* Which article of the host is which item of the service; articles are in store/articles.h. */
typedef struct {
  char *article_id; /* (owned) */
  char *item_id;    /* (owned) */
  char *method;     /* (owned): id, barcode, reference, hand, import */
  gint64 linked_at;
} ShopcaisseLink;

void shopcaisse_link_free(ShopcaisseLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseLink, shopcaisse_link_free)

/* CONFLICT when either side is linked to another; the same link again succeeds. */
gboolean shopcaisse_links_add(ShopcaisseDatabase *database,
                              const char *article_id,
                              const char *item_id,
                              const char *method,
                              gint64 now,
                              GError **error);
gboolean
shopcaisse_links_remove(ShopcaisseDatabase *database, const char *article_id, GError **error);
/* The item linked to an article; NULL without an error when there is none. */
char *
shopcaisse_links_get_item(ShopcaisseDatabase *database, const char *article_id, GError **error);
char *
shopcaisse_links_get_article(ShopcaisseDatabase *database, const char *item_id, GError **error);
GPtrArray *
shopcaisse_links_list(ShopcaisseDatabase *database, guint offset, guint limit, GError **error);
/* a{su}: links by method. */
GVariant *shopcaisse_links_count(ShopcaisseDatabase *database, GError **error);

/* The company whose items are linked; NULL without an error when nothing is. */
char *shopcaisse_links_dup_company(ShopcaisseDatabase *database, GError **error);

/* Articles that are on sale and linked to nothing, some at a time: begin with zeroes, call until
 * is_done. */
typedef struct {
  gint64 after; /* of the articles counted so far */
  guint n;      /* of these: linked to nothing */
  gboolean is_done;
} ShopcaisseUnlinkedCount;

gboolean shopcaisse_links_count_unlinked(ShopcaisseDatabase *database,
                                         guint limit,
                                         ShopcaisseUnlinkedCount *count,
                                         GError **error);

G_END_DECLS
