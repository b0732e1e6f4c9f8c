/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/sequence.h"

G_BEGIN_DECLS

/* Reads all articles of the host into the mirror, page by page; pages shrink until one costs the
 * host's thread no more than 4 ms. */
void shopcaisse_articles_read(ShopcaisseContext *context,
                              ShopcaisseSequenceDone done,
                              gpointer user_data);

/* What the host has written is known at once, not when it is read again. @fields: a{sv} of article
 * keys; what is absent stays. */
gboolean shopcaisse_articles_note_written(ShopcaisseContext *context,
                                          const char *id,
                                          GVariant *fields,
                                          GError **error);

G_END_DECLS
