/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

/* Where the token is kept, in the engine's thread. */

/* The longest token that is kept, in bytes. */
#define SHOPCAISSE_SECRET_MAX (16 * 1024)

ShopcaisseSecretStore *
shopcaisse_secret_store_new(const char *folder, ShopcaisseHost *host, GMainContext *context);

void shopcaisse_secret_store_free(ShopcaisseSecretStore *store);

void shopcaisse_secret_wipe(char *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseSecretStore, shopcaisse_secret_store_free)

G_END_DECLS
