/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/job.h"

G_BEGIN_DECLS

/* Held or parked to waiting, due @now: those of @reason, or of @subject, NULL for any. */
gboolean shopcaisse_outbox_release(ShopcaisseDatabase *database,
                                   const char *reason,
                                   const char *subject,
                                   gint64 now,
                                   guint *n_released,
                                   GError **error);

/* Waiting jobs of a kind that are due later are due @now, unless the service told them to wait. */
gboolean shopcaisse_outbox_hasten(ShopcaisseDatabase *database,
                                  const char *kind,
                                  gint64 now,
                                  GError **error);

/* What was on the wire has an unknown outcome and is sent again: one job, or 0 for all, after a
 * start. */
gboolean
shopcaisse_outbox_recover(ShopcaisseDatabase *database, gint64 id, gint64 now, GError **error);

/* Takes the request of the job with this key away, if there is one: what was in it is kept no
 * longer. Only for a job that sends nothing any more. */
gboolean
shopcaisse_outbox_forget_request(ShopcaisseDatabase *database, const char *key, GError **error);

/* Deletes what a run has left, after it failed or was cancelled. */
gboolean shopcaisse_outbox_drop_run(ShopcaisseDatabase *database, gint64 run, GError **error);

/* Every row that was ever appended has this id or a lower one; 0: none was. */
gboolean shopcaisse_outbox_get_last_id(ShopcaisseDatabase *database, gint64 *id, GError **error);

/* What it is about may have been given another name since it was read. */
gboolean
shopcaisse_outbox_read_subject(ShopcaisseDatabase *database, ShopcaisseJob *job, GError **error);

G_END_DECLS
