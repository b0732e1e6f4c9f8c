/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Loads the token from where it was put, opens the transport, asks what the service thinks. */
void shopcaisse_connection_start(ShopcaisseContext *context);

/* Opens the transport anew after a setting changed; keeps the token. */
void shopcaisse_connection_restart(ShopcaisseContext *context);

/* Checks and keeps a new token; answers what test-connection answers. Links, queue and cursors
 * stay. */
void shopcaisse_connection_set_token(ShopcaisseContext *context,
                                     const char *token,
                                     ShopcaisseAnswer *answer);

/* Forgets the token. @park: waiting orders are set aside, else they wait for the next token. */
void shopcaisse_connection_disconnect(ShopcaisseContext *context,
                                      const char *policy,
                                      ShopcaisseAnswer *answer);

/* Forgets what is in memory. */
void shopcaisse_connection_end(ShopcaisseContext *context);

G_END_DECLS
