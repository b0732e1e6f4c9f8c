/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/place.h"
#include "store/database.h"

G_BEGIN_DECLS

/* Organisations, companies, stores and registers as last read. */
gboolean shopcaisse_mirror_put_place(ShopcaisseDatabase *database,
                                     const ShopcaissePlace *place,
                                     gint64 sweep,
                                     GError **error);
/* (element-type ShopcaissePlace), by name; NULL parent: any. */
GPtrArray *shopcaisse_mirror_list_places(ShopcaisseDatabase *database,
                                         ShopcaissePlaceKind kind,
                                         const char *parent_id,
                                         GError **error);
ShopcaissePlace *shopcaisse_mirror_get_place(ShopcaisseDatabase *database,
                                             ShopcaissePlaceKind kind,
                                             const char *id,
                                             GError **error);

G_END_DECLS
