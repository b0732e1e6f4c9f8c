/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Orders that the service has and no till has seen for ten minutes: one of three things stops them,
 * and none of the three can be seen from here; docs/PROTOCOL.md 5.1. */
gboolean shopcaisse_unseen_count(ShopcaisseContext *context, guint *n_orders, GError **error);

/* (transfer full): a sentence about so many. */
char *shopcaisse_unseen_describe(guint n_orders);

/* Tells the host's user when some wait for three minutes, louder after ten, each once for all of
 * them; and takes it back when none does. */
void shopcaisse_unseen_tell(ShopcaisseContext *context);

/* After a start nothing was told. */
void shopcaisse_unseen_start(ShopcaisseContext *context);

G_END_DECLS
