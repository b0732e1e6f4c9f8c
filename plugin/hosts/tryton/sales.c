/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading sales that are processed: those that the shop has to deliver or has delivered; those that
 * are not yet, where they are asked for. What the till sold itself is not among them, nor is what
 * goes back to the shop. */

#include "sales.h"

#include "config.h"
#include "failure.h"
#include "query.h"
#include "sale-row.h"
#include "statuses.h"
#include "value.h"

#include <glib/gi18n-lib.h>

#define LIMIT_MAX 20
#define LINES_MAX 5000

typedef struct {
  TrytonBooks *books;       /* (owned) */
  ComptoirRequest *request; /* (owned) */
  TrytonQuery query;
  gint64 sale_id;  /* the only one that is asked for; 0: a page */
  json_t *records; /* (owned) (nullable) */
  json_t *lines;   /* (owned) (nullable) */
} Listing;

static void refreshed_cb(gpointer story, const GError *error);

static void
free_listing(Listing *self)
{
  tryton_books_unref(self->books);
  g_object_unref(self->request);
  json_decref(self->records);
  json_decref(self->lines);
  g_free(self);
}

static json_t *
new_domain(Listing *self)
{
  json_t *domain = NULL;

  if (self->sale_id != 0)
    return json_pack("[[s,s,I]]", "id", "=", (json_int_t)self->sale_id);
  domain = json_pack("[[s,s,I],[s,s,o],[s,s,I],[s,[s,s,n],[s,s,s]]]", "id", ">",
                     (json_int_t)self->query.after_id, "state", "in",
                     self->query.is_any_status ? tryton_statuses_new_array()
                                               : tryton_books_new_states(self->books),
                     "company", "=", (json_int_t)self->books->company_id, "OR", "reference", "=",
                     "reference", "not like", TRYTON_TILL_REFERENCE "%");
  if (self->query.since_us != 0)
    (void)json_array_append_new(domain, tryton_query_new_since(&self->query, "", NULL));
  return domain;
}

static gboolean
ask_sales(gpointer story, TrytonCall *call)
{
  Listing *self = story;

  call->method = "model.sale.sale.search_read";
  call->params =
      json_pack("[o,i,i,[[s,s]],[s,s,s,s,s,s,s,s]]", new_domain(self), 0,
                (int)self->query.limit + 1, "id", "ASC", "number", "state", "total_amount",
                "payment_term", "create_date", "currency.code", "party.name", "reference");
  return TRUE;
}

static gboolean
take_sales(gpointer story, json_t *result, GError **error)
{
  ((Listing *)story)->records = json_incref(result);
  return TRUE;
}

static gboolean
ask_lines(gpointer story, TrytonCall *call)
{
  Listing *self = story;
  json_t *ids = NULL;

  if (json_array_size(self->records) == 0)
    return FALSE;
  ids = json_array();
  for (gsize i = 0; i < tryton_query_count(&self->query, self->records); i++)
    (void)json_array_append(ids, json_object_get(json_array_get(self->records, i), "id"));
  call->method = "model.sale.line.search_read";
  call->params = json_pack("[[[s,s,o],[s,s,s]],i,i,[[s,s],[s,s]],[s,s,s,s,s,s,s,s,s]]", "sale",
                           "in", ids, "type", "=", "line", 0, LINES_MAX, "sale", "ASC", "id", "ASC",
                           "sale", "product", "quantity", "unit_price", "taxes", "summary",
                           "product.name", "moves.create_date", "invoice_lines.create_date");
  return TRUE;
}

static gboolean
take_lines(gpointer story, json_t *result, GError **error)
{
  ((Listing *)story)->lines = json_incref(result);
  return TRUE;
}

/* One that cannot be told as the contract has it, as goods that come back, is not listed. */
static void
add_row(Listing *self, json_t *record, GVariantBuilder *rows)
{
  g_autoptr(GError) error = NULL;
  GVariant *row = tryton_sale_row_new(self->books->catalogue, record, self->lines, &error);

  if (row != NULL)
    g_variant_builder_add_value(rows, row);
  else
    g_debug("sale %" G_GINT64_FORMAT ": %s, not listed", tryton_value_get_id(record, "id"),
            error->message);
}

static GVariant *
new_page(Listing *self)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  gsize n_rows = tryton_query_count(&self->query, self->records);

  for (gsize i = 0; i < n_rows; i++)
    add_row(self, json_array_get(self->records, i), &rows);
  return tryton_query_new_page(&self->query, g_variant_builder_end(&rows), self->records);
}

static gboolean
is_listed_state(const Listing *self, json_t *record)
{
  const char *state = tryton_value_get_text(record, "state");

  return state != NULL && g_strv_contains((const char *const *)self->books->states, state);
}

/* (transfer full) (nullable): the sale that was asked for, which a person wants to send */
static GVariant *
new_single(Listing *self, GError **error)
{
  json_t *record = json_array_get(self->records, 0);
  const char *reference = tryton_value_get_text(record, "reference");
  GVariant *row = NULL;

  if (record == NULL)
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("this sale is no longer there"));
  else if (reference != NULL && g_str_has_prefix(reference, TRYTON_TILL_REFERENCE))
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("this sale was made on the till"));
  else if (!is_listed_state(self, record))
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("this sale is not processed yet"));
  else
    row = tryton_sale_row_new(self->books->catalogue, record, self->lines, error);
  return row == NULL ? NULL : g_variant_ref_sink(row);
}

static void
listed_cb(gpointer story, const GError *error)
{
  Listing *self = story;
  g_autoptr(GError) row_error = NULL;
  g_autoptr(GVariant) answer = NULL;

  if (error == NULL)
    answer = self->sale_id == 0 ? new_page(self) : new_single(self, &row_error);
  if (answer != NULL)
    comptoir_request_answer(self->request, answer);
  else
    tryton_request_fail(self->request, error != NULL ? error : row_error);
  free_listing(self);
}

static void
start_listing(TrytonBooks *books,
              const TrytonQuery *query,
              gint64 sale_id,
              ComptoirRequest *request)
{
  Listing *self = g_new0(Listing, 1);

  self->books = tryton_books_ref(books);
  self->request = g_object_ref(request);
  self->query = *query;
  self->sale_id = sale_id;
  tryton_books_refresh(books, refreshed_cb, self);
}

/**
 * tryton_sales_list:
 * @books: open books
 * @query: (nullable): `since`, `cursor`, `limit`, `any_status`
 * @request: to be answered
 *
 * Lists sales in the order of their numbers.
 */
void
tryton_sales_list(TrytonBooks *books, GVariant *query, ComptoirRequest *request)
{
  g_autoptr(GError) error = NULL;
  TrytonQuery asked = { 0 };

  if (tryton_query_init(&asked, query, LIMIT_MAX, &error))
    start_listing(books, &asked, 0, request);
  else
    comptoir_request_fail(request, COMPTOIR_ERROR_INVALID, error->message);
}

/**
 * tryton_sales_read:
 * @books: open books
 * @sale_id: a sale
 * @request: to be answered with its row
 *
 * Reads one sale. Fails with %COMPTOIR_ERROR_INVALID when it is not one to send.
 */
void
tryton_sales_read(TrytonBooks *books, gint64 sale_id, ComptoirRequest *request)
{
  const TrytonQuery query = { .limit = 1 };

  start_listing(books, &query, sale_id, request);
}

static void
refreshed_cb(gpointer story, const GError *error)
{
  static const TrytonStep steps[] = {
    { ask_sales, take_sales, FALSE },
    { ask_lines, take_lines, FALSE },
    { NULL, NULL, FALSE },
  };
  Listing *self = story;

  if (error == NULL)
    tryton_steps_run(self->books->rpc, steps, listed_cb, self);
  else
    listed_cb(self, error);
}
