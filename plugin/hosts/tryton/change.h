/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"
#include "count.h"

/**
 * TrytonOutcome:
 * @counted: the article, and how much of it there is to be
 * @needs_count: whether its stock is another than that
 *
 * What a change has left.
 */
typedef struct {
  TrytonCounted counted;
  gboolean needs_count;
} TrytonOutcome;

/**
 * TrytonChanged:
 * @outcome: (nullable): the article as it is now
 * @error: (nullable): why the change was not made
 * @user_data: the caller's
 *
 * Called once for each change.
 */
typedef void (*TrytonChanged)(const TrytonOutcome *outcome,
                              const GError *error,
                              gpointer user_data);

/**
 * TrytonKnown:
 * @product_id: an article
 * @is_new: whether it was made a moment ago: its stock is not counted yet
 *
 * What became of a key before its change is looked at.
 */
typedef struct {
  gint64 product_id;
  gboolean is_new;
} TrytonKnown;

void tryton_known_insert(GHashTable *known, const char *code, gint64 product_id, gboolean is_new);

json_t *tryton_change_new_article(TrytonBooks *books, GVariant *row);
void tryton_change_article(TrytonBooks *books,
                           GVariant *row,
                           const TrytonKnown *known,
                           TrytonChanged done,
                           gpointer user_data);
