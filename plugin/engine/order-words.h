/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* States of an order in words for people, translated. A word that nobody has described is shown as
 * it came. */
const char *shopcaisse_order_words_state(const char *state);
const char *shopcaisse_order_words_kitchen(const char *kitchen);
const char *shopcaisse_order_words_fiscal(const char *fiscal);

/* Why one waits; "" for a reason that comes with a sentence of its own. */
const char *shopcaisse_order_words_reason(const char *reason);

G_END_DECLS
