/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Which articles and items matching would not know what to link to. It takes a while to find out,
 * so the last known is kept and shown until there is better. */
typedef struct ShopcaisseAmbiguity ShopcaisseAmbiguity;

ShopcaisseAmbiguity *shopcaisse_ambiguity_new(ShopcaisseContext *context);
void shopcaisse_ambiguity_free(ShopcaisseAmbiguity *self);

/* (element-type utf8) (nullable): ids; NULL: never found out. */
GHashTable *shopcaisse_ambiguity_get_articles(ShopcaisseAmbiguity *self);
GHashTable *shopcaisse_ambiguity_get_items(ShopcaisseAmbiguity *self);

/* Another number when another answer was found. */
guint64 shopcaisse_ambiguity_get_version(ShopcaisseAmbiguity *self);

/* Looks at about @limit rows more; call until *is_done. Several callers may take turns. */
gboolean shopcaisse_ambiguity_step(ShopcaisseAmbiguity *self,
                                   guint limit,
                                   gboolean *is_done,
                                   GError **error);

/* Finds out anew when something has changed, in slices, and tells the lists if it matters. */
void shopcaisse_ambiguity_refresh(ShopcaisseAmbiguity *self);

G_END_DECLS
