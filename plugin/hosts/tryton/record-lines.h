/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "own-article.h"
#include "ticket.h"

/**
 * RecordLines:
 * @books: (unowned): the books
 * @ticket: (unowned): whose lines are made
 * @own: the article of our own that is looked for
 * @line: the line that is asked about, from 0
 * @knows_products: it is known which articles are still there
 *
 * The lines of a ticket on their way to be written.
 */
typedef struct {
  TrytonBooks *books;
  TrytonTicket *ticket;
  TrytonOwnArticle own;
  guint line;
  gboolean knows_products;
} RecordLines;

void record_lines_init(RecordLines *self, TrytonBooks *books, TrytonTicket *ticket);
void record_lines_clear(RecordLines *self);
gboolean record_lines_ask(RecordLines *self, TrytonCall *call);
gboolean record_lines_take(RecordLines *self, json_t *result, GError **error);
gint64 record_lines_get_main_rate(const RecordLines *self);
