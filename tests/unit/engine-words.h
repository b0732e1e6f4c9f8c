/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine-shop.h"

G_BEGIN_DECLS

/* A host that has words for its statuses and for its ways of paying. */

/* A sale of one a-1 at 12.50 with more keys, as g_variant_parse() reads them; floating. */
GVariant *engine_words_sale(const char *sale_id, const char *more);

/* Submits it; it must be taken over. */
void engine_words_submit(Bench *self, const char *sale_id, const char *more);

/* Opens the engine of a host that lists rows of these, NULL for none. */
void engine_words_open(Bench *self, const char *statuses, const char *methods);

/* Changes settings; the question about the token that follows is answered. */
void engine_words_change(Bench *self, const char *changes);

/* "Send now" of one sale. */
BenchAnswer *engine_words_send(Bench *self, const char *sale_id);

/* (transfer full): the text of a request. */
char *engine_words_dup_body(const FakeExchange *exchange);

/* (transfer full) (nullable): the row of a setting, as the page has it. */
GVariant *engine_words_dup_setting(Bench *self, const char *key);

G_END_DECLS
