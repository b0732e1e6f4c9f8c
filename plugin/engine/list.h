/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* A window of a list as the settings page shows it: {rows, total}. */
GVariant *shopcaisse_list_window(ShopcaisseContext *context,
                                 const char *kind,
                                 GVariant *query,
                                 guint offset,
                                 guint limit,
                                 GError **error);

G_END_DECLS
