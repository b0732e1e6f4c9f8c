/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/transport.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* The setting "debug": while it is on, each exchange leaves a line in the journal and in the log.
 * Takes @inner and stands in its place. */
ShopcaisseTransport *shopcaisse_trace_transport(ShopcaisseContext *context,
                                                ShopcaisseTransport *inner);

/* "/v1/stores/{id}/orders?page=0": without ids, and without what a query asks for but the page. */
char *shopcaisse_trace_dup_template(const char *path);

G_END_DECLS
