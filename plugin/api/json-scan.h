/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is wrong with a text before it is parsed, or NULL. */
const char *shopcaisse_json_scan(const char *data, gsize size, guint max_depth, guint max_values);

G_END_DECLS
