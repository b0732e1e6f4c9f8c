/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/database.h"

G_BEGIN_DECLS

/* Settings and cursors: texts by name. get answers NULL without an error when there is none. */
char *shopcaisse_settings_get(ShopcaisseDatabase *database, const char *key, GError **error);
gboolean shopcaisse_settings_set(ShopcaisseDatabase *database,
                                 const char *key,
                                 const char *value,
                                 GError **error);
/* a{ss} of all. */
GVariant *shopcaisse_settings_get_all(ShopcaisseDatabase *database, GError **error);

char *shopcaisse_cursors_get(ShopcaisseDatabase *database, const char *name, GError **error);
gint64 shopcaisse_cursors_get_time(ShopcaisseDatabase *database, const char *name, gint64 fallback);
gboolean shopcaisse_cursors_set(ShopcaisseDatabase *database,
                                const char *name,
                                const char *value,
                                GError **error);
gboolean shopcaisse_cursors_set_time(ShopcaisseDatabase *database,
                                     const char *name,
                                     gint64 at,
                                     GError **error);

G_END_DECLS
