/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Line by line: which record stands for it, and what Tryton's own form fills in for that record. */

#include "record-lines.h"

#include "amount.h"
#include "value.h"

#include <comptoir/comptoir.h>

/**
 * record_lines_init:
 * @self: to be filled
 * @books: the books; they outlive @self
 * @ticket: the ticket; it outlives @self
 *
 * Begins with the first line.
 */
void
record_lines_init(RecordLines *self, TrytonBooks *books, TrytonTicket *ticket)
{
  *self = (RecordLines){ .books = books, .ticket = ticket };
}

/**
 * record_lines_clear:
 * @self: the lines
 *
 * Forgets them.
 */
void
record_lines_clear(RecordLines *self)
{
  *self = (RecordLines){ NULL };
}

static TrytonTicketLine *
get_line(const RecordLines *self, guint position)
{
  return position < self->ticket->lines->len ? self->ticket->lines->pdata[position] : NULL;
}

/**
 * record_lines_get_main_rate:
 * @self: the lines
 *
 * Returns: the rate of the dearest line, which what rounding leaves goes with
 */
gint64
record_lines_get_main_rate(const RecordLines *self)
{
  gint64 rate = 0;
  gint64 dearest = -1;

  for (guint i = 0; i < self->ticket->lines->len; i++) {
    const TrytonTicketLine *line = self->ticket->lines->pdata[i];

    if (ABS(line->total) > dearest && line->rate != TRYTON_RATE_UNKNOWN) {
      dearest = ABS(line->total);
      rate = line->rate;
    }
  }
  return rate;
}

static gboolean
ask_products(RecordLines *self, TrytonCall *call)
{
  json_t *ids = json_array();

  for (guint i = 0; i < self->ticket->lines->len; i++) {
    const TrytonTicketLine *line = self->ticket->lines->pdata[i];

    if (line->article_id != 0)
      (void)json_array_append_new(ids, json_integer(line->article_id));
  }
  call->method = "model.product.product.search_read";
  call->params = json_pack("[[[s,s,o],[s,s,b]],i,i,n,[s]]", "id", "in", ids, "salable", "=", 1, 0,
                           (int)self->ticket->lines->len + 1, "code");
  return TRUE;
}

static void
take_products(RecordLines *self, json_t *result)
{
  json_t *row = NULL;
  size_t i = 0;

  self->knows_products = TRUE;
  json_array_foreach(result, i, row)
  {
    for (guint j = 0; j < self->ticket->lines->len; j++) {
      TrytonTicketLine *line = self->ticket->lines->pdata[j];

      if (line->article_id == tryton_value_get_id(row, "id"))
        line->product_id = line->article_id;
    }
  }
}

/* Without the company Tryton fills in neither price nor tax. */
static gboolean
ask_change(RecordLines *self, const TrytonTicketLine *line, TrytonCall *call)
{
  g_autofree char *quantity = tryton_amount_format(line->quantity, TRYTON_PIECE_DIGITS, 0);

  call->method = "model.sale.line.on_change";
  call->params =
      json_pack("[{s:i,s:s,s:I,s:f,s:n,s:I,s:I,s:I},[s]]", "id", -1, "type", "line", "product",
                (json_int_t)line->product_id, "quantity", g_ascii_strtod(quantity, NULL), "unit",
                "company", (json_int_t)self->books->company_id, "_parent_sale.party",
                (json_int_t)self->books->till_party_id, "_parent_sale.company",
                (json_int_t)self->books->company_id, "product");
  return TRUE;
}

/**
 * record_lines_ask:
 * @self: the lines
 * @call: to be filled
 *
 * Asks what is next to know of them.
 *
 * Returns: %FALSE when all lines can be written
 */
gboolean
record_lines_ask(RecordLines *self, TrytonCall *call)
{
  TrytonTicketLine *line = get_line(self, self->line);

  if (line == NULL)
    return FALSE;
  if (!self->knows_products)
    return ask_products(self, call);
  if (line->product_id != 0)
    return ask_change(self, line, call);
  line->is_free = TRUE;
  if (self->own.product_id == 0 && !self->own.was_missing)
    self->own.rate = line->rate == TRYTON_RATE_UNKNOWN ? 0 : line->rate;
  return tryton_own_article_ask(&self->own, self->books, call);
}

/**
 * record_lines_take:
 * @self: the lines
 * @result: what was answered
 * @error: return location for an error
 *
 * Reads the answer. Fails as tryton_ticket_line_fill() and tryton_own_article_take() do.
 *
 * Returns: %TRUE when it goes on
 */
gboolean
record_lines_take(RecordLines *self, json_t *result, GError **error)
{
  TrytonTicketLine *line = get_line(self, self->line);

  if (!self->knows_products) {
    take_products(self, result);
    return TRUE;
  }
  if (line->product_id == 0) {
    if (!tryton_own_article_take(&self->own, self->books, result, error))
      return FALSE;
    line->product_id = self->own.product_id;
    if (self->own.product_id != 0)
      self->own = (TrytonOwnArticle){ 0 };
    return TRUE;
  }
  self->line++;
  /* 6.0 answers a list of one, later versions the object. */
  return tryton_ticket_line_fill(line, self->books->catalogue,
                                 json_is_array(result) ? json_array_get(result, 0) : result, error);
}
