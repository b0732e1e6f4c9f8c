/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/configuration.h"
#include "model/place.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* What a token may act on, which is less than what it may see; docs/PROTOCOL.md 1.1. Where it names
 * nothing of a kind, nobody knows, and the service decides. */
gboolean shopcaisse_reach_has_company(const ShopcaisseConfiguration *configuration,
                                      const char *company_id);
gboolean shopcaisse_reach_has_store(const ShopcaisseConfiguration *configuration,
                                    const ShopcaissePlace *store);

/* Refuses (INVALID) a store that the token sees and may not act on. */
gboolean
shopcaisse_reach_check_store(ShopcaisseContext *context, const char *store_id, GError **error);

/* Refuses (CONFLICT) a token that may act on another company than the one that is linked. */
gboolean shopcaisse_reach_check_token(ShopcaisseContext *context,
                                      const ShopcaisseGrant *grant,
                                      GError **error);

G_END_DECLS
