/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"

/* Looks again and again for what changed in Tryton, which tells nobody by itself. */
typedef struct TrytonWatch TrytonWatch;

/**
 * TrytonWatchNews:
 * @articles: articles or their stock changed
 * @sales: sales changed
 * @user_data: the caller's
 *
 * Called after each look that found something.
 */
typedef void (*TrytonWatchNews)(gboolean articles, gboolean sales, gpointer user_data);

TrytonWatch *
tryton_watch_new(TrytonBooks *books, guint interval_s, TrytonWatchNews news, gpointer user_data);
void tryton_watch_free(TrytonWatch *self);
