/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/prepare.h"
#include "model/sale.h"

G_BEGIN_DECLS

/* When a sale becomes an order: once it is paid, in a status that is sent, and not before a person
 * says so where sales are not sent by themselves. */
#define SHOPCAISSE_OBSTACLE_UNPAID "unpaid"
#define SHOPCAISSE_OBSTACLE_STATUS "status"
#define SHOPCAISSE_OBSTACLE_MANUAL "manual"

/* @job tells whether a person has asked for this very sale. */
void shopcaisse_when_check(ShopcaisseContext *context,
                           const ShopcaisseSale *sale,
                           const ShopcaisseJob *job,
                           ShopcaisseObstacle *obstacle);

/* Notes in a row that a person has said "send now"; the caller stores it. */
void shopcaisse_when_ask(ShopcaisseJob *job);
gboolean shopcaisse_when_is_asked(const ShopcaisseJob *job);

/* Whether a person has to answer, and no setting does. */
gboolean shopcaisse_when_is_question(const char *reason);

/* Whether "send now" lets a sale go that is held for this. */
gboolean shopcaisse_when_may_ask(const char *reason);

/* Whether a sale that is held for this is no order yet: the host may say it anew. */
gboolean shopcaisse_when_is_early(const ShopcaisseSaleRecord *record);
gboolean shopcaisse_when_is_too_early(const char *reason);

G_END_DECLS
