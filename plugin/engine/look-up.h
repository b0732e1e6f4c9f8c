/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/job.h"
#include "model/order.h"
#include "store/sales.h"

G_BEGIN_DECLS

/* An order whose outcome has not been known for a day is looked for before its bytes go again:
 * nobody knows how long the service remembers an id; docs/decisions/0003-outcomes.md. */
gboolean shopcaisse_look_up_is_due(ShopcaisseContext *context, const ShopcaisseJob *job);

/* The orders of the store at the time this one is to be fetched. */
gboolean shopcaisse_look_up_build(const ShopcaisseJob *job,
                                  const ShopcaisseSaleRecord *record,
                                  ShopcaisseRequest **request,
                                  GError **error);

typedef enum {
  SHOPCAISSE_LOOK_UP_FAILED,  /* with an error */
  SHOPCAISSE_LOOK_UP_FOUND,   /* whole */
  SHOPCAISSE_LOOK_UP_LISTED,  /* it is there, without what is needed to judge it */
  SHOPCAISSE_LOOK_UP_ABSENT,  /* the whole list lacks it */
  SHOPCAISSE_LOOK_UP_DOUBTFUL /* so does a part of the list */
} ShopcaisseLookUp;

/* @echo: (out) (transfer full) (nullable): the sale's order, when found or listed. */
ShopcaisseLookUp shopcaisse_look_up_find(const ShopcaisseSaleRecord *record,
                                         GBytes *body,
                                         ShopcaisseOrderEcho **echo,
                                         GError **error);

/* Nothing tells whether it arrived: a person looks. */
void shopcaisse_look_up_ask(ShopcaisseVerdict *verdict);

G_END_DECLS
