/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/context.h"

G_BEGIN_DECLS

/* One step of looking for a customer in a store's file, which the service cannot search: a page of
 * it, or one client whose id is known. docs/PROTOCOL.md 3.15. */
typedef struct {
  const char *order_id;
  const char *sale_id;
  guint page;
  const char *candidate; /* (nullable): a client with the same telephone, until a surer one comes */
  const char *client_id; /* (nullable): this one alone is read */
} ShopcaisseClientSearch;

/* Inside the caller's transaction; the same step again changes nothing. */
gboolean shopcaisse_client_search_append(ShopcaisseContext *context,
                                         const ShopcaisseClientSearch *search,
                                         GError **error);

G_END_DECLS
