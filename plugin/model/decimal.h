/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Decimal texts, without a locale and without floating point: "-12.5" with two decimals is -1250.
 */
gboolean
shopcaisse_decimal_parse(const char *text, guint max_decimals, gint64 max_scaled, gint64 *scaled);

char *shopcaisse_decimal_to_text(gint64 scaled, guint decimals, guint min_decimals);

/* The same for people, in the language of the process: never sent. */
char *shopcaisse_decimal_to_words(gint64 scaled, guint decimals, guint min_decimals);

G_END_DECLS
