/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sales of a store as its tills recorded them; docs/PROTOCOL.md 3.13. */
#include "api/tickets.h"

#include "api/page-read.h"
#include "api/path.h"
#include "api/ticket-shape.h"
#include "model/money.h"

#define MICROSECONDS_IN_MS 1000
#define DEFAULT_TYPE       "SALE"

/* Free texts of a merchant; the first that is there names the payment. */
static const char *const payment_kind_keys[] = { "type", "name", "description" };

/**
 * shopcaisse_tickets_request:
 * @store_id: the store
 * @from: microseconds since 1970, included
 * @to: microseconds since 1970, excluded; 0 for no end
 * @page: which page, from 0
 *
 * Asks for a page of sales, whatever their status.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_tickets_request(const char *store_id, gint64 from, gint64 to, guint page)
{
  g_return_val_if_fail(store_id != NULL && from >= 0 && to >= 0, NULL);

  GString *path = shopcaisse_path_new("stores", store_id, "sales", NULL);

  shopcaisse_path_add_page(path, page, SHOPCAISSE_TICKETS_PAGE_SIZE);
  shopcaisse_path_add_text(path, "status", "all");
  shopcaisse_path_add_number(path, "from", from / MICROSECONDS_IN_MS);
  if (to > 0)
    shopcaisse_path_add_number(path, "to", to / MICROSECONDS_IN_MS);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}

static gboolean
read_line_item(json_t *object, ShopcaisseTicketLine *line, GError **error)
{
  json_t *item = NULL;

  if (!shopcaisse_json_get_object(object, "item", &item, error))
    return FALSE;
  if (item != NULL &&
      (!shopcaisse_json_get_id(item, "id", SHOPCAISSE_JSON_OPTIONAL, &line->item_id, error) ||
       !shopcaisse_json_get_text(item, "name", &line->name, error))) {
    g_prefix_error(error, "item.");
    return FALSE;
  }
  if (line->name == NULL && !shopcaisse_json_get_text(object, "description", &line->name, error))
    return FALSE;
  line->name = line->name != NULL ? g_strstrip(line->name) : g_strdup("");
  return TRUE;
}

/* These are totals of the line, not of one piece, and they count: docs/PROTOCOL.md 3.13. The price
 * of one piece, read elsewhere, is for people, and may be absent or unrounded. */
static gboolean
read_line_price(json_t *object, ShopcaisseTicketLine *line, GError **error)
{
  json_t *price = NULL;
  gint64 vat_minor = G_MININT64;

  if (!shopcaisse_json_get_object(object, "price", &price, error))
    return FALSE;
  if (price == NULL)
    return shopcaisse_json_fail(error, "price", "an object", NULL);
  line->vat_bp = SHOPCAISSE_VAT_UNKNOWN;
  if (!shopcaisse_json_get_cents(price, "vatIncluded", SHOPCAISSE_JSON_REQUIRED, &line->total_minor,
                                 error) ||
      !shopcaisse_json_get_rounded_cents(price, "vatAmount", &vat_minor, error)) {
    g_prefix_error(error, "price.");
    return FALSE;
  }
  /* A rate in another form is an unknown rate; what was sold is known all the same. */
  (void)shopcaisse_json_get_rate(price, "vatRate", &line->vat_bp, NULL);
  line->vat_minor = vat_minor != G_MININT64
                        ? vat_minor
                        : shopcaisse_vat_of_gross(line->total_minor, line->vat_bp);
  return TRUE;
}

static gpointer
read_line(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseTicketLine) line = g_new0(ShopcaisseTicketLine, 1);
  gint64 unit_minor = G_MININT64;

  if (!read_line_item(object, line, error) ||
      !shopcaisse_json_get_milli(object, "quantity", SHOPCAISSE_JSON_REQUIRED,
                                 &line->quantity_milli, error) ||
      !shopcaisse_json_get_rounded_cents(object, "unitPrice", &unit_minor, error) ||
      !read_line_price(object, line, error))
    return NULL;
  line->unit_minor = unit_minor != G_MININT64
                         ? unit_minor
                         : shopcaisse_money_price_of_one(line->total_minor, line->quantity_milli);
  return g_steal_pointer(&line);
}

static gpointer
read_payment(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseTicketPayment) payment = g_new0(ShopcaisseTicketPayment, 1);

  if (!shopcaisse_json_get_cents(object, "amount", SHOPCAISSE_JSON_REQUIRED, &payment->amount_minor,
                                 error))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(payment_kind_keys) && payment->kind == NULL; i++) {
    if (!shopcaisse_json_get_text(object, payment_kind_keys[i], &payment->kind, error))
      return NULL;
    if (payment->kind != NULL && payment->kind[0] == '\0')
      g_clear_pointer(&payment->kind, g_free);
  }
  if (payment->kind == NULL)
    payment->kind = g_strdup("");
  return g_steal_pointer(&payment);
}

/* The number is a text or a whole number, nobody says which. */
static gboolean
read_number(json_t *object, char **number, GError **error)
{
  json_t *value = json_object_get(object, "number");

  if (!json_is_integer(value))
    return shopcaisse_json_get_text(object, "number", number, error);
  *number = g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
  return TRUE;
}

static gboolean
read_total(json_t *object, ShopcaisseTicket *ticket, GError **error)
{
  json_t *total = NULL;

  if (!shopcaisse_json_get_object(object, "totalPrice", &total, error))
    return FALSE;
  if (total == NULL)
    return shopcaisse_json_fail(error, "totalPrice", "an object", NULL);
  if (!shopcaisse_json_get_cents(total, "vatIncluded", SHOPCAISSE_JSON_REQUIRED,
                                 &ticket->total_minor, error)) {
    g_prefix_error(error, "totalPrice.");
    return FALSE;
  }
  return TRUE;
}

static gboolean
is_sale(const ShopcaisseTicket *ticket)
{
  return g_ascii_strcasecmp(ticket->type, DEFAULT_TYPE) == 0;
}

static gboolean
is_refund(const ShopcaisseTicket *ticket)
{
  return g_ascii_strcasecmp(ticket->type, "REFUND") == 0 ||
         g_ascii_strcasecmp(ticket->type, "RETURN") == 0;
}

/* A bare id, or the object that it names. */
static gboolean
read_reference(json_t *object, const char *key, char **id, GError **error)
{
  json_t *value = json_object_get(object, key);

  if (json_is_object(value))
    return shopcaisse_json_get_id(value, "id", SHOPCAISSE_JSON_OPTIONAL, id, error);
  return shopcaisse_json_get_id(object, key, SHOPCAISSE_JSON_OPTIONAL, id, error);
}

/* The first of the linked documents, each an object with an id or the bare id; docs/PROTOCOL.md
 * 3.13. One that cannot be read is none: what was sold is known all the same. */
static void
read_parent(json_t *object, ShopcaisseTicket *ticket)
{
  json_t *first = json_array_get(json_object_get(object, "parents"), 0);

  if (json_is_object(first))
    (void)shopcaisse_json_get_id(first, "id", SHOPCAISSE_JSON_OPTIONAL, &ticket->parent_id, NULL);
  else
    ticket->parent_id = g_strdup(json_string_value(first));
}

static gboolean
read_head(json_t *object, ShopcaisseTicket *ticket, GError **error)
{
  if (!shopcaisse_json_get_id(object, "id", SHOPCAISSE_JSON_REQUIRED, &ticket->id, error) ||
      !read_number(object, &ticket->number, error) ||
      !shopcaisse_json_get_text(object, "type", &ticket->type, error) ||
      !shopcaisse_json_get_text(object, "status", &ticket->status, error) ||
      !shopcaisse_json_get_time(object, "timestamp", SHOPCAISSE_JSON_REQUIRED, &ticket->at,
                                error) ||
      !read_reference(object, "registerShift", &ticket->shift_id, error) ||
      !read_reference(object, "pos", &ticket->pos_id, error))
    return FALSE;

  read_parent(object, ticket);
  ticket->phase = shopcaisse_ticket_phase_parse(ticket->status);
  if (ticket->number == NULL)
    ticket->number = g_strdup("");
  if (ticket->type == NULL)
    ticket->type = g_strdup(DEFAULT_TYPE);
  if (ticket->status == NULL)
    ticket->status = g_strdup("");
  /* What it is nobody knows: it does not count; docs/PROTOCOL.md 8 (14). */
  if (ticket->phase == SHOPCAISSE_TICKET_COUNTS && !is_sale(ticket) && !is_refund(ticket))
    ticket->phase = SHOPCAISSE_TICKET_UNKNOWN;
  return TRUE;
}

/* Money that goes back is negative here, whichever sign the service writes; docs/PROTOCOL.md 3.13.
 */
static void
turn_refund(ShopcaisseTicket *ticket)
{
  if (!is_refund(ticket) || ticket->total_minor <= 0)
    return;
  ticket->total_minor = -ticket->total_minor;
  for (guint i = 0; i < ticket->lines->len; i++) {
    ShopcaisseTicketLine *line = ticket->lines->pdata[i];

    line->quantity_milli = -line->quantity_milli;
    line->total_minor = -line->total_minor;
    line->vat_minor = -line->vat_minor;
  }
  for (guint i = 0; i < ticket->payments->len; i++) {
    ShopcaisseTicketPayment *payment = ticket->payments->pdata[i];

    payment->amount_minor = -payment->amount_minor;
  }
}

static gpointer
read_ticket(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseTicket) ticket = g_new0(ShopcaisseTicket, 1);

  ticket->lines = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_ticket_line_free);
  ticket->payments = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_ticket_payment_free);
  if (!read_head(object, ticket, error) || !read_total(object, ticket, error) ||
      !shopcaisse_rows_read(object, "lines", read_line, ticket->lines, error) ||
      !shopcaisse_rows_read(object, "payments", read_payment, ticket->payments, error))
    return NULL;
  turn_refund(ticket);
  return g_steal_pointer(&ticket);
}

static const ShopcaisseRowKind ticket_row = {
  .shape = &shopcaisse_ticket_shape,
  .row_read = read_ticket,
  .row_free = (GDestroyNotify)shopcaisse_ticket_free,
};

/**
 * shopcaisse_tickets_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads a page of sales. One with a line or a payment that cannot be read is left out as a whole.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a page.
 *
 * Returns: (transfer full): a page of #ShopcaisseTicket
 */
ShopcaissePage *
shopcaisse_tickets_parse(GBytes *body, GError **error)
{
  return shopcaisse_page_read(body, &ticket_row, error);
}
