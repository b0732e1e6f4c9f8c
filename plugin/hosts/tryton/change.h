/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"

/**
 * TrytonChanged:
 * @article_id: (nullable): the article
 * @error: (nullable): why the change was not made
 * @user_data: the caller's
 *
 * Called once for each change.
 */
typedef void (*TrytonChanged)(const char *article_id, const GError *error, gpointer user_data);

void tryton_change_article(
    TrytonBooks *books, GVariant *row, gint64 known_id, TrytonChanged done, gpointer user_data);
