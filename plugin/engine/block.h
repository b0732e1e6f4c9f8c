/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/blocks.h"
#include "store/outbox.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Places at which nothing is sent for now. "licence" and "refused" stop the orders of a store and
 * end by themselves, so that the next order tries again; "token" and "tls" stop everything until a
 * probe succeeds. All inside the transaction of whoever calls. */
gboolean shopcaisse_block_raise(ShopcaisseContext *context,
                                const ShopcaisseJob *job,
                                const char *reason,
                                const char *message,
                                GError **error);

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

/* The token is refused. */
gboolean shopcaisse_block_token(ShopcaisseContext *context, const char *message, GError **error);

G_END_DECLS
