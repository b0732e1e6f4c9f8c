/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* A store at which nothing is sent until unblock. "" blocks everything (a revoked token). */
gboolean shopcaisse_outbox_block(ShopcaisseDatabase *database,
                                 const char *store_id,
                                 const char *reason,
                                 const char *message,
                                 gint64 now,
                                 GError **error);
gboolean shopcaisse_outbox_unblock(ShopcaisseDatabase *database,
                                   const char *store_id,
                                   const char *reason,
                                   GError **error);
/* (element-type GVariant) a{sv} with store_id, reason, message, since (x). */
GPtrArray *shopcaisse_outbox_list_blocks(ShopcaisseDatabase *database, GError **error);

G_END_DECLS
