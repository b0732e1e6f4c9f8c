/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/authentication.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Loads the token from where it was put, opens the transport, asks what the service thinks. */
void shopcaisse_connection_start(ShopcaisseContext *context);

/* Opens the transport anew after a setting changed; keeps the token. */
void shopcaisse_connection_restart(ShopcaisseContext *context);

/* Where the token lies, as the secret store has said. */
#define SHOPCAISSE_TOKEN_PLACE "token-place"

/* Uses a token that lies at @place from now on. Links, queue and cursors stay. */
gboolean shopcaisse_connection_replace(ShopcaisseContext *context,
                                       const char *place,
                                       const char *token,
                                       GError **error);

/* Whether a token fits the settings, before any request. */
gboolean shopcaisse_connection_check(ShopcaisseContext *context,
                                     const ShopcaisseGrant *grant,
                                     GError **error);

/* Forgets the token that is in memory, and what it said. */
void shopcaisse_connection_end(ShopcaisseContext *context);

G_END_DECLS
