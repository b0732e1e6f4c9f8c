/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/vocabulary.h"

G_BEGIN_DECLS

/* The settings that a host's words are: "send-status:WORD", yes or no, "payment:WORD", a choice
 * between Shopcaisse's two kinds, and "order-type:WORD", one of its four; docs/PROTOCOL.md 3.12. */

/* (transfer full): the key of a word's setting. */
char *shopcaisse_word_dup_key(ShopcaisseWordKind kind, const char *id);

/* What the contract says a word means, "" if nothing. */
const char *shopcaisse_word_get_default(ShopcaisseWordKind kind, const char *id);

/* Whether a key is a setting of this kind, of whatever word. */
gboolean shopcaisse_word_owns_setting(const char *key);

/* INVALID for a word that the host has not got, and for a value that means nothing. */
gboolean shopcaisse_word_check_setting(ShopcaisseDatabase *database,
                                       const char *key,
                                       const char *value,
                                       GError **error);

/* Adds the rows of all words, as describe_settings has them, with their words for people. */
void shopcaisse_word_describe_settings(ShopcaisseDatabase *database, GVariantBuilder *rows);

G_END_DECLS
