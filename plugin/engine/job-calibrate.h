/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

gboolean shopcaisse_calibrate_append(ShopcaisseContext *context, gint64 run, GError **error);

G_END_DECLS
