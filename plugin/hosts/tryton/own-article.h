/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"

/**
 * TrytonOwnArticle:
 * @rate: the VAT it is sold at, in millionths
 * @product_id: the record; 0 until it is found
 * @was_missing: it was looked for, and has to be made
 *
 * An article of our own in the merchant's books, one for each rate: it stands in for what the till
 * sold without an article, and carries what rounding leaves.
 */
typedef struct {
  gint64 rate;
  gint64 product_id;
  gboolean was_missing;
} TrytonOwnArticle;

gboolean tryton_own_article_ask(TrytonOwnArticle *self, TrytonBooks *books, TrytonCall *call);
gboolean
tryton_own_article_take(TrytonOwnArticle *self, TrytonBooks *books, json_t *result, GError **error);
