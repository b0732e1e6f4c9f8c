/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/job.h"

G_BEGIN_DECLS

/* From a row to its request, from an answer to a verdict, from a verdict to the row; inside the
 * worker's transaction. */
gboolean shopcaisse_settle_build(ShopcaisseContext *context,
                                 const ShopcaisseJob *job,
                                 ShopcaisseRequest **request,
                                 ShopcaisseVerdict *verdict,
                                 GError **error);

/* The row is on the wire now. */
gboolean shopcaisse_settle_note(ShopcaisseContext *context,
                                const ShopcaisseJob *job,
                                const ShopcaisseVerdict *verdict,
                                GError **error);

gboolean shopcaisse_settle_judge(ShopcaisseContext *context,
                                 ShopcaisseJob *job,
                                 ShopcaisseReply *reply,
                                 ShopcaisseVerdict *verdict,
                                 GError **error);

gboolean shopcaisse_settle_row(ShopcaisseContext *context,
                               const ShopcaisseJob *job,
                               const ShopcaisseVerdict *verdict,
                               GError **error);

/* Rows whose answer could not be stored are sent again: their outcome is unknown.
 * @ids: (element-type gint64) */
gboolean shopcaisse_settle_lost(ShopcaisseContext *context, const GArray *ids, GError **error);

/* No row waits longer than a service may ask for: what does has seen the clock set back. */
gboolean shopcaisse_settle_clock(ShopcaisseContext *context, GError **error);

/* For the task of the row, if it has one. */
void shopcaisse_settle_note_end(ShopcaisseContext *context,
                                const ShopcaisseJob *job,
                                const ShopcaisseVerdict *verdict);

G_END_DECLS
