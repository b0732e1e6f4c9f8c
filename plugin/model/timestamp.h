/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

#define SHOPCAISSE_TIMESTAMP_MAX G_GINT64_CONSTANT(253402300799999999) /* end of the year 9999 */

/* UTC microseconds since 1970 inside, ISO 8601 outside, milliseconds on Shopcaisse's wire. */
gboolean shopcaisse_timestamp_parse(const char *text, gint64 *at, GError **error);

char *shopcaisse_timestamp_to_text(gint64 at);

G_END_DECLS
