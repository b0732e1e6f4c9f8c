/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Forgets the token. "park-queue": waiting orders are set aside, else they wait for the next token.
 * {waiting, parked}. */
void
shopcaisse_disconnect(ShopcaisseContext *context, const char *policy, ShopcaisseAnswer *answer);

/* The status of a profile without a token: since when nothing is updated. */
void shopcaisse_disconnect_tell(ShopcaisseContext *context);

/* There is a token again. */
gboolean shopcaisse_disconnect_forget(ShopcaisseContext *context, GError **error);

G_END_DECLS
