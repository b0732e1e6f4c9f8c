/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;
typedef struct ShopcaisseReconciliation ShopcaisseReconciliation;

/* A day of the shop, in its own time zone: [from, to), UTC microseconds. @day: "2026-03-01",
 * (nullable) for today. */
gboolean shopcaisse_reconcile_get_day(
    ShopcaisseContext *context, const char *day, gint64 *from, gint64 *to, GError **error);

/* What is compared, and how much of it is known. */
typedef struct {
  gint64 from; /* the day */
  gint64 to;
  gboolean is_partial; /* not everything could be read: the day stays provisional */
  gint64 sweep;        /* of the list of orders; 0: that was not read whole */
  gint64 listed_from;  /* the pick-up times it was asked for */
  gint64 listed_to;
  gint64 listed_at; /* when it was asked for */
} ShopcaisseReconcileWindow;

/* Compares, cent by cent, what the host sold with what the till recorded, out of what has been
 * read. */
ShopcaisseReconciliation *shopcaisse_reconciliation_new(ShopcaisseContext *context,
                                                        const ShopcaisseReconcileWindow *window);
void shopcaisse_reconciliation_free(ShopcaisseReconciliation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseReconciliation, shopcaisse_reconciliation_free)

/* About @limit rows of it. */
gboolean shopcaisse_reconciliation_step(ShopcaisseReconciliation *self,
                                        guint limit,
                                        gboolean *is_done,
                                        GError **error);

/* (transfer floating): the day's report, comptoir-rows.h; once, when it is done. */
GVariant *shopcaisse_reconciliation_take_report(ShopcaisseReconciliation *self);

G_END_DECLS
