/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/plans.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* The links that a plan proposes: what matches by id, by barcode, by reference, in this order; of
 * the last two those that the setting "link-by" has. */
typedef struct ShopcaissePlanLinks ShopcaissePlanLinks;

ShopcaissePlanLinks *shopcaisse_plan_links_new(ShopcaisseContext *context);
void shopcaisse_plan_links_free(ShopcaissePlanLinks *self);

/* For a plan of a few items: each line is written when its item is looked at, and not before. */
void shopcaisse_plan_links_defer_lines(ShopcaissePlanLinks *self);
gboolean shopcaisse_plan_links_write_line(ShopcaissePlanLinks *self,
                                          const char *plan_id,
                                          const char *item_id,
                                          GError **error);

/* Goes on, in a transaction; writes about @limit lines of the plan, or looks at more rows. */
gboolean shopcaisse_plan_links_step(
    ShopcaissePlanLinks *self, const char *plan_id, guint limit, gboolean *is_done, GError **error);

/* The article that the plan links to an item; NULL: none. */
const char *shopcaisse_plan_links_get_article(ShopcaissePlanLinks *self, const char *item_id);

/* (transfer full) (nullable): the line of an item that is like several articles, or is like one
 * that is like several items. It is neither linked nor made: a person decides. */
ShopcaissePlanLine *shopcaisse_plan_links_make_ambiguous(ShopcaissePlanLinks *self,
                                                         const char *item_id,
                                                         const char *name);

G_END_DECLS
