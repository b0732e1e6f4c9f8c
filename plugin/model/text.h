/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SHOPCAISSE_ID_MAX_BYTES 255

/* Whether a text can be an id: not empty, not too long, UTF-8, no control characters. */
gboolean shopcaisse_text_is_id(const char *text);

char *shopcaisse_text_quote(const char *text);
gboolean shopcaisse_text_replace(char **text, const char *value);

/* For searching: without case and accents; the words of a search, all of which have to be there. */
char *shopcaisse_text_fold(const char *text);
char **shopcaisse_text_split_words(const char *text);
gboolean shopcaisse_text_has_words(const char *folded, char **words);

G_END_DECLS
