/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/erase-sale.h"
#include "engine/slices.h"

G_BEGIN_DECLS

typedef enum {
  SHOPCAISSE_WALK_LOOK, /* counts, changes nothing */
  SHOPCAISSE_WALK_ERASE
} ShopcaisseWalkPurpose;

/* All that is kept of somebody, found in slices. */
typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaissePerson *person;   /* (owned) */
  ShopcaisseWalkPurpose purpose;
  guint n_sales;      /* that name this customer */
  guint n_waiting;    /* of them: not accepted yet */
  guint n_on_the_way; /* of them: perhaps accepted */
  guint n_texts;      /* notes of other sales, sentences */
  guint n_settings;
  GPtrArray *rows; /* (owned) (nullable) (element-type GVariant): the sales, if they are wanted */
} ShopcaisseWalk;

ShopcaisseWalk *shopcaisse_walk_new(ShopcaisseContext *context,
                                    ShopcaissePerson *person,
                                    ShopcaisseWalkPurpose purpose);
void shopcaisse_walk_free(ShopcaisseWalk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseWalk, shopcaisse_walk_free)

/* @last is called in the transaction that ends the walk, if it is not NULL. */
void shopcaisse_walk_run(ShopcaisseWalk *self,
                         gboolean (*last)(gpointer user_data, GError **error),
                         ShopcaisseSlicesDone done,
                         gpointer user_data);

G_END_DECLS
