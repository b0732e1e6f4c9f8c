/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A message of the channel as a sentence of its own. */
char *shopcaisse_page_sentence_dup(const char *message);

G_END_DECLS
