/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/job.h"
#include "store/sales.h"

G_BEGIN_DECLS

/* An order whose outcome has not been known for a day is looked for before its bytes go again:
 * nobody knows how long the service remembers an id; docs/decisions/0003-outcomes.md. */
gboolean shopcaisse_look_up_is_due(ShopcaisseContext *context, const ShopcaisseJob *job);

/* The orders of the store at the time this one is to be fetched. */
gboolean shopcaisse_look_up_build(ShopcaisseContext *context,
                                  const ShopcaisseJob *job,
                                  ShopcaisseRequest **request,
                                  GError **error);

/* Among the answer's orders, the sale's own. NULL without an error when none can be judged: the
 * verdict then says what becomes of the row. */
ShopcaisseOrderEcho *shopcaisse_look_up_find(const ShopcaisseSaleRecord *record,
                                             GBytes *body,
                                             ShopcaisseVerdict *verdict,
                                             GError **error);

/* Nothing tells whether it arrived: a person looks. */
void shopcaisse_look_up_set_doubtful(ShopcaisseVerdict *verdict);

G_END_DECLS
