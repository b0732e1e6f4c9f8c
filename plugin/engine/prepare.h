/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/context.h"
#include "model/sale.h"
#include "store/job.h"
#include "store/sales.h"

G_BEGIN_DECLS

/* Why an order cannot leave yet: a word, and a sentence for people. */
typedef struct {
  const char *reason; /* (nullable): a literal; NULL: nothing is in the way */
  char *message;      /* (owned) (nullable) */
} ShopcaisseObstacle;

void shopcaisse_obstacle_clear(ShopcaisseObstacle *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ShopcaisseObstacle, shopcaisse_obstacle_clear)

/* A question to a person, which no setting answers. */
#define SHOPCAISSE_OBSTACLE_LATE "late"

void
shopcaisse_prepare_assign(ShopcaisseContext *context, ShopcaisseJob *job, const char *store_id);

gboolean shopcaisse_prepare_is_outdated(ShopcaisseContext *context, const ShopcaisseJob *job);

/* Whether real orders may leave at all: who the till of record is, the store, the register, the
 * unit of money. */
void shopcaisse_prepare_check(ShopcaisseContext *context, ShopcaisseObstacle *obstacle);

/* The same for one order that is frozen, which goes where it was frozen for. */
void shopcaisse_prepare_check_job(ShopcaisseContext *context,
                                  const ShopcaisseJob *job,
                                  ShopcaisseObstacle *obstacle);

/* A sale that is to become an order. */
typedef struct {
  ShopcaisseSaleRecord *record;       /* (not owned) */
  ShopcaisseJob *job;                 /* (not owned): the row of its order */
  const ShopcaisseCustomer *customer; /* (nullable) (not owned): who goes along, empty for nobody;
                                         NULL: that has not been found out */
} ShopcaissePreparation;

/* The frozen request of a sale's order, or what is in its way. */
gboolean shopcaisse_prepare_order(ShopcaisseContext *context,
                                  const ShopcaissePreparation *preparation,
                                  ShopcaisseObstacle *obstacle,
                                  GError **error);

/* The same for a sale that is held, and what follows for its row. */
gboolean shopcaisse_prepare_again(ShopcaisseContext *context,
                                  const ShopcaissePreparation *preparation,
                                  GError **error);

/* Looks again at every held order, after something changed that may have been in its way. */
gboolean shopcaisse_prepare_held(ShopcaisseContext *context, GError **error);

G_END_DECLS
