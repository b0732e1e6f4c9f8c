/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/job.h"
#include "store/sales.h"

G_BEGIN_DECLS

/* An order whose time of pick-up passed while it could not be sent: the kitchen is not surprised
 * with it, a person says whether it still goes. */

/* When a sale is to be fetched, if the host has named a time after that of the sale; else 0. */
gint64 shopcaisse_missed_get_time(const ShopcaisseSaleRecord *record);

/* @job: the order, which surely has not left yet or else is not missed. */
gboolean shopcaisse_missed_is(ShopcaisseContext *context,
                              const ShopcaisseJob *job,
                              const ShopcaisseSaleRecord *record);

/* Holds it with that question. */
void shopcaisse_missed_ask(ShopcaisseVerdict *verdict);

/* A person says that it goes: it is not asked again. Inside the caller's transaction. */
gboolean
shopcaisse_missed_agree(ShopcaisseContext *context, const ShopcaisseJob *job, GError **error);

G_END_DECLS
