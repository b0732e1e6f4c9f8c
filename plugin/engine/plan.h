/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* What a sync would do, line by line; nothing is written to the host. Options: refresh b (default
 * true) reads both sides again first; items as: these and their variations alone. */
void shopcaisse_plan_make(ShopcaisseContext *context, GVariant *options, ShopcaisseAnswer *answer);

typedef enum {
  SHOPCAISSE_PLAN_APPLY,
  SHOPCAISSE_PLAN_UNDO
} ShopcaissePlanDirection;

/* Does exactly what a plan says, or takes it back. A line that failed is tried again by applying
 * again. */
void shopcaisse_plan_execute(ShopcaisseContext *context,
                             const char *plan_id,
                             ShopcaissePlanDirection direction,
                             ShopcaisseAnswer *answer);

/* {plan, create, update, delete, links, ..., rows} and @extra, a{sv} and floating: a plan as it
 * stands, its first 1 000 lines. */
void shopcaisse_plan_describe(ShopcaisseContext *context,
                              const char *plan_id,
                              GVariant *extra,
                              ShopcaisseAnswer *answer);

G_END_DECLS
