/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"
#include "store/list-walk.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* The rows of the lists that were looked at last, found in slices, kept while they are true. */
typedef struct ShopcaisseListings ShopcaisseListings;

#define SHOPCAISSE_LISTINGS_MAX 4 /* of 8 bytes a row each */

/* How long a window that is known waits for its total. */
#define SHOPCAISSE_LISTING_PATIENCE (G_GINT64_CONSTANT(50000)) /* microseconds */

ShopcaisseListings *shopcaisse_listings_new(ShopcaisseContext *context);
void shopcaisse_listings_free(ShopcaisseListings *self);

/* @query is taken, @answer too. */
void shopcaisse_listings_answer(ShopcaisseListings *self,
                                const ShopcaisseWindow *window,
                                ShopcaisseListQuery *query,
                                ShopcaisseAnswer *answer);

G_END_DECLS
