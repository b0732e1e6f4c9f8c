/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/job.h"

G_BEGIN_DECLS

/* The value is in store/job.h, stores at which nothing is sent are in store/blocks.h. */
typedef enum {
  SHOPCAISSE_SETTLE_FORGET, /* the row is deleted */
  SHOPCAISSE_SETTLE_KEEP    /* it stays, so that its key stays taken */
} ShopcaisseSettle;

/* Fills in id. The same key again succeeds and changes nothing; *is_new (nullable) tells. */
gboolean shopcaisse_outbox_append(
    ShopcaisseDatabase *database, ShopcaisseJob *job, gint64 now, gboolean *is_new, GError **error);

/* The most urgent waiting job that is due, whose lane has room and whose store is not blocked; NULL
 * without an error when there is none. */
ShopcaisseJob *shopcaisse_outbox_peek(ShopcaisseDatabase *database, gint64 now, GError **error);

/* Waiting to sending, one more attempt. */
gboolean shopcaisse_outbox_claim(ShopcaisseDatabase *database, ShopcaisseJob *job, GError **error);

gboolean shopcaisse_outbox_settle(
    ShopcaisseDatabase *database, gint64 id, ShopcaisseSettle settle, gint64 now, GError **error);

/* Back to waiting, due at @due_at. @unknown_at as in the job. */
gboolean shopcaisse_outbox_postpone(ShopcaisseDatabase *database,
                                    gint64 id,
                                    gint64 due_at,
                                    gint64 unknown_at,
                                    const char *reason,
                                    GError **error);

gboolean shopcaisse_outbox_hold(ShopcaisseDatabase *database,
                                gint64 id,
                                const char *reason,
                                const char *message,
                                GError **error);

gboolean shopcaisse_outbox_park(ShopcaisseDatabase *database,
                                gint64 id,
                                const char *reason,
                                const char *message,
                                GError **error);

/* Gives a job its frozen request; refused (CONFLICT) when it has one with other bytes. */
gboolean shopcaisse_outbox_freeze(
    ShopcaisseDatabase *database, gint64 id, const char *path, GBytes *body, GError **error);

/* Other bytes in the place of frozen ones that nobody ever accepted; engine/erase-sale.h. */
gboolean shopcaisse_outbox_rewrite(
    ShopcaisseDatabase *database, gint64 id, const char *path, GBytes *body, GError **error);

/* Writes lane, store_id and args, if those were not known when it was appended. */
gboolean
shopcaisse_outbox_assign(ShopcaisseDatabase *database, const ShopcaisseJob *job, GError **error);

/* When the next waiting job is due; -1 when none waits. Jobs of blocked stores do not count. */
gboolean shopcaisse_outbox_next_due(ShopcaisseDatabase *database, gint64 *due_at, GError **error);

ShopcaisseJob *
shopcaisse_outbox_find(ShopcaisseDatabase *database, const char *key, GError **error);

/* The same of one that may be damaged. */
ShopcaisseJob *
shopcaisse_outbox_find_to_show(ShopcaisseDatabase *database, const char *key, GError **error);

/* (element-type ShopcaisseJob) by kind and state, at most @limit, oldest first; NULL kind: any. */
GPtrArray *shopcaisse_outbox_list(ShopcaisseDatabase *database,
                                  const char *kind,
                                  ShopcaisseJobState state,
                                  guint limit,
                                  GError **error);

/* Jobs of a run that are not settled, parked or held. */
gboolean shopcaisse_outbox_count_run(ShopcaisseDatabase *database,
                                     gint64 run,
                                     guint *n_open,
                                     GError **error);

gboolean shopcaisse_outbox_count(ShopcaisseDatabase *database,
                                 const char *kind,
                                 ShopcaisseJobState state,
                                 guint *n_jobs,
                                 GError **error);

G_END_DECLS
