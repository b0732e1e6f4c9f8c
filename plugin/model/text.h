/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SHOPCAISSE_ID_MAX_BYTES 255

/* Whether a text can be an id: not empty, not too long, UTF-8, no control characters. */
gboolean shopcaisse_text_is_id(const char *text);

char *shopcaisse_text_quote(const char *text);
gboolean shopcaisse_text_replace(char **text, const char *value);

G_END_DECLS
