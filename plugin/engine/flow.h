/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/task.h"
#include "store/outbox.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* What each flow puts into the outbox. All functions run inside the caller's transaction. */

/* A row that is about nobody's sale: @lane "catalogue" lets four pages travel at once. */
typedef struct {
  const char *kind;
  const char *key;
  const char *lane;
  guint lane_width;
  ShopcaissePriority priority;
  gint64 run;
  gint64 delay_us;
  GVariant *args; /* (nullable) floating */
} ShopcaisseFlowRow;

gboolean
shopcaisse_flow_append(ShopcaisseContext *context, const ShopcaisseFlowRow *row, GError **error);

/* Asks for the token once more; joins a probe that waits already. */
gboolean shopcaisse_flow_append_probe(ShopcaisseContext *context, gint64 delay_us, GError **error);

gboolean shopcaisse_flow_authenticate(ShopcaisseContext *context, gint64 run, GError **error);
gboolean shopcaisse_flow_discover(ShopcaisseContext *context, gint64 run, GError **error);
gboolean shopcaisse_flow_currency(ShopcaisseContext *context,
                                  gint64 run,
                                  const char *company_id,
                                  GError **error);
gboolean shopcaisse_flow_price_lists(ShopcaisseContext *context,
                                     gint64 run,
                                     const char *company_id,
                                     GError **error);
gboolean shopcaisse_flow_pull_catalogue(ShopcaisseContext *context, gint64 run, GError **error);
gboolean shopcaisse_flow_pull_stock(ShopcaisseContext *context, gint64 run, GError **error);

/* Orders by pick-up time, tickets by time, shifts; @to 0: no end. */
gboolean shopcaisse_flow_poll_orders(
    ShopcaisseContext *context, gint64 run, gint64 from, gint64 to, GError **error);
gboolean shopcaisse_flow_pull_tickets(
    ShopcaisseContext *context, gint64 run, gint64 from, gint64 to, GError **error);

G_END_DECLS
