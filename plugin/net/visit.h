/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/guard.h"
#include "net/request-head.h"

G_BEGIN_DECLS

/* One connection to a guard, from its first byte to the last of its answer. */
typedef struct ShopcaisseVisit ShopcaisseVisit;

/* Behind the engine's own work: a flood at the door delays no sale. */
#define SHOPCAISSE_VISIT_PRIORITY (G_PRIORITY_DEFAULT + 10)

/* Alike for all visits, which outlives them. */
typedef struct {
  ShopcaisseWantedRequest wanted;
  guint read_ms;
  guint total_ms;
  ShopcaisseGuardFunc visited;
  gpointer user_data;
} ShopcaisseVisitRules;

/* Once; the visit may be freed in it. */
typedef void (*ShopcaisseVisitOver)(ShopcaisseVisit *self, gpointer user_data);

ShopcaisseVisit *shopcaisse_visit_new(GSocket *socket,
                                      GMainContext *context,
                                      const ShopcaisseVisitRules *rules,
                                      ShopcaisseVisitOver over,
                                      gpointer user_data);

gboolean shopcaisse_visit_was_refused(const ShopcaisseVisit *self);

void shopcaisse_visit_free(ShopcaisseVisit *self);

/* For a connection that is one too many. */
void shopcaisse_visit_turn_away(GSocket *socket);

G_END_DECLS
