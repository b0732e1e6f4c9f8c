/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"

#define TRYTON_RATE_UNKNOWN (-1)

/**
 * TrytonTicketLine:
 * @article_id: the article's number; 0 when it is none of ours
 * @name: (owned): as on the receipt
 * @quantity: in thousandths; below 0 when goods come back
 * @total: tax included, in cents
 * @rate: of VAT, in millionths; %TRYTON_RATE_UNKNOWN when the till says none
 * @product_id: the record of `product.product`; 0 until it is known
 * @is_free: no article: one of our own stands in
 * @values: (owned) (nullable): the line as it will be written
 *
 * A line of what the till sold.
 */
typedef struct {
  gint64 article_id;
  char *name;
  gint64 quantity;
  gint64 total;
  gint64 rate;
  gint64 product_id;
  gboolean is_free;
  json_t *values;
} TrytonTicketLine;

/**
 * TrytonTicket:
 * @key: (owned): names this recording
 * @id: (owned): the till's own
 * @number: (owned) (nullable): for people
 * @reference: (owned): what it is found again by in Tryton
 * @sale_id: (owned) (nullable): the sale it came from
 * @total: tax included, in cents; below 0 when money goes back
 * @sold_at: microseconds since 1970
 * @counts: it is paid: what waits or was cancelled is not written
 * @is_cancelled: it was cancelled
 * @lines: (owned) (element-type TrytonTicketLine)
 * @payments: (owned) (nullable): how it was paid, in words
 *
 * What the till sold, read.
 */
typedef struct {
  char *key;
  char *id;
  char *number;
  char *reference;
  char *sale_id;
  gint64 total;
  gint64 sold_at;
  gboolean counts;
  gboolean is_cancelled;
  GPtrArray *lines;
  char *payments;
} TrytonTicket;

TrytonTicket *tryton_ticket_parse(GVariant *row, GError **error);
void tryton_ticket_free(TrytonTicket *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TrytonTicket, tryton_ticket_free)

json_t *
tryton_ticket_new_sale(const TrytonTicket *self, const TrytonBooks *books, gint64 address_id);
gboolean tryton_ticket_line_fill(TrytonTicketLine *line,
                                 TrytonCatalogue *catalogue,
                                 json_t *changes,
                                 GError **error);
json_t *tryton_ticket_new_rounding(gint64 product_id, gint64 unit_id, gint64 cents);
