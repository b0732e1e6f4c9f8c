/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/context.h"
#include "engine/verdict.h"
#include "store/outbox.h"

G_BEGIN_DECLS

/* One kind of row. Both functions run inside the transaction that moves the row: what they write is
 * committed with it. */
typedef struct {
  const char *name;
  guint version;

  /* Row to request; *request stays NULL when the verdict is not SEND. */
  gboolean (*build)(ShopcaisseContext *context,
                    const ShopcaisseJob *job,
                    ShopcaisseRequest **request,
                    ShopcaisseVerdict *verdict,
                    GError **error);

  /* A whole 2xx answer to rows. An error of the PROTOCOL kind means "not understood". */
  gboolean (*apply)(ShopcaisseContext *context,
                    const ShopcaisseJob *job,
                    GBytes *body,
                    ShopcaisseVerdict *verdict,
                    GError **error);

  /* (nullable): any other answer, after engine/retry.c has judged it; may change the verdict. */
  gboolean (*refuse)(ShopcaisseContext *context,
                     const ShopcaisseJob *job,
                     const ShopcaisseReply *reply,
                     ShopcaisseVerdict *verdict,
                     GError **error);

  /* (nullable): the row moved, whatever way; keeps the sale in step. */
  gboolean (*moved)(ShopcaisseContext *context,
                    const ShopcaisseJob *job,
                    const ShopcaisseVerdict *verdict,
                    GError **error);
} ShopcaisseJobKind;

/* NULL for a kind that this version does not know. */
const ShopcaisseJobKind *shopcaisse_job_kind_find(const char *name);

/* docs/decisions/0003-outcomes.md: what to do after an answer that is not a success. */
void shopcaisse_retry_judge(ShopcaisseContext *context,
                            const ShopcaisseJob *job,
                            const ShopcaisseReply *reply,
                            ShopcaisseVerdict *verdict);

/* Random between 0 and min(15 min, 2 s x 2^attempts). */
gint64 shopcaisse_retry_backoff(ShopcaisseClock *clock, guint attempts);

/* How long nothing at all is tried after so many failures to connect. */
gint64 shopcaisse_retry_pause(ShopcaisseClock *clock, guint n_failures);

/* Seconds, or an HTTP date, to microseconds from @now; -1 for anything else. */
gint64 shopcaisse_retry_after_parse(const char *text, gint64 now);

extern const ShopcaisseJobKind shopcaisse_job_authentication;
extern const ShopcaisseJobKind shopcaisse_job_places;
extern const ShopcaisseJobKind shopcaisse_job_families;
extern const ShopcaisseJobKind shopcaisse_job_items;
extern const ShopcaisseJobKind shopcaisse_job_price_lists;
extern const ShopcaisseJobKind shopcaisse_job_prices;
extern const ShopcaisseJobKind shopcaisse_job_currency;
extern const ShopcaisseJobKind shopcaisse_job_stocks;
extern const ShopcaisseJobKind shopcaisse_job_order;
extern const ShopcaisseJobKind shopcaisse_job_cancel;
extern const ShopcaisseJobKind shopcaisse_job_orders;
extern const ShopcaisseJobKind shopcaisse_job_tickets;
extern const ShopcaisseJobKind shopcaisse_job_shifts;
extern const ShopcaisseJobKind shopcaisse_job_calibrate;
extern const ShopcaisseJobKind shopcaisse_job_client;

G_END_DECLS
