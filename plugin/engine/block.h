/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/blocks.h"
#include "store/outbox.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

#define SHOPCAISSE_BLOCK_THROTTLED "throttled"

typedef enum {
  SHOPCAISSE_LIFT_STORES, /* a person says "send now" */
  SHOPCAISSE_LIFT_ALL     /* another token, other rights, another register */
} ShopcaisseBlockLift;

/* Places at which nothing is sent for now. "licence" and "refused" stop the orders of a store and
 * end by themselves, so that the next order tries again; "token" and "tls" stop everything until a
 * probe succeeds. All inside the transaction of whoever calls. */
gboolean shopcaisse_block_raise(ShopcaisseContext *context,
                                const ShopcaisseJob *job,
                                const char *reason,
                                const char *message,
                                GError **error);

/* The service wants to be left alone: the store waits, whoever asks. */
gboolean shopcaisse_block_throttle(ShopcaisseContext *context,
                                   const ShopcaisseJob *job,
                                   gint64 delay_us,
                                   GError **error);

/* Ends blocks before their time, but for the throttled ones. */
gboolean
shopcaisse_block_lift(ShopcaisseContext *context, ShopcaisseBlockLift which, GError **error);

/* *message (transfer full) is NULL when nothing that a person should know stops a store. */
gboolean shopcaisse_block_find_trouble(ShopcaisseContext *context, char **message, GError **error);

/* The service and we mean different amounts: no order of the store leaves before a calibration. */
gboolean shopcaisse_block_unit(ShopcaisseContext *context,
                               const char *store_id,
                               const char *sale_id,
                               const char *message,
                               GError **error);

/* How the channel is, by what the service said last. */
gboolean shopcaisse_block_tell_status(ShopcaisseContext *context, GError **error);

/* Ends what has waited long enough. */
gboolean shopcaisse_block_expire(ShopcaisseContext *context, GError **error);

/* Rows that wait for such an end are not counted as due: *due_at (-1: never) becomes the first end,
 * if that is sooner. */
gboolean shopcaisse_block_next_end(ShopcaisseContext *context, gint64 *due_at, GError **error);

/* An order was accepted, or the unit of money found: unless something else stops the store, the
 * status and the notices say that it is over. */
gboolean shopcaisse_block_end(ShopcaisseContext *context, GError **error);

/* The token and the connection are good. */
gboolean shopcaisse_block_clear_all(ShopcaisseContext *context, GError **error);

/* Whether the service has accepted the token, and not refused it since. */
gboolean shopcaisse_block_has_token(ShopcaisseContext *context);

/* The token is refused. */
gboolean shopcaisse_block_token(ShopcaisseContext *context, const char *message, GError **error);

G_END_DECLS
