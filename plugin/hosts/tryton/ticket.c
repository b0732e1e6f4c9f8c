/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the till sold, read and made into a sale of Tryton: the till's prices and rates, Tryton's
 * units and taxes. */

#include "ticket.h"

#include "amount.h"
#include "config.h"
#include "sales.h"
#include "value.h"

#include <glib/gi18n-lib.h>

#define PRICE_DIGITS 4 /* of a unit price: what every Tryton takes */

static void
free_line(TrytonTicketLine *line)
{
  json_decref(line->values);
  g_free(line->name);
  g_free(line);
}

/**
 * tryton_ticket_free:
 * @self: (transfer full) (nullable): a ticket
 *
 * Releases it.
 */
void
tryton_ticket_free(TrytonTicket *self)
{
  if (self == NULL)
    return;
  g_free(self->key);
  g_free(self->id);
  g_free(self->number);
  g_free(self->reference);
  g_free(self->sale_id);
  g_free(self->payments);
  g_clear_pointer(&self->lines, g_ptr_array_unref);
  g_free(self);
}

static gboolean
lookup_amount(GVariant *row, const char *key, guint digits, gint64 *value)
{
  const char *text = NULL;

  return g_variant_lookup(row, key, "&s", &text) && tryton_amount_parse(text, digits, value);
}

static gboolean
read_line(TrytonTicket *self, GVariant *row, GError **error)
{
  TrytonTicketLine *line = g_new0(TrytonTicketLine, 1);
  const char *article_id = NULL;
  gint64 price = 0;

  g_ptr_array_add(self->lines, line);
  line->rate = TRYTON_RATE_UNKNOWN;
  (void)g_variant_lookup(row, COMPTOIR_KEY_NAME, "s", &line->name);
  (void)lookup_amount(row, COMPTOIR_KEY_VAT_RATE, TRYTON_PERCENT_DIGITS, &line->rate);
  if (g_variant_lookup(row, COMPTOIR_KEY_ARTICLE_ID, "&s", &article_id))
    (void)tryton_value_parse_id(article_id, &line->article_id);
  if (lookup_amount(row, COMPTOIR_KEY_QUANTITY, TRYTON_PIECE_DIGITS, &line->quantity) &&
      line->quantity != 0 &&
      (lookup_amount(row, COMPTOIR_KEY_TOTAL, TRYTON_MONEY_DIGITS, &line->total) ||
       (lookup_amount(row, COMPTOIR_KEY_UNIT_PRICE, TRYTON_MONEY_DIGITS, &price) &&
        tryton_amount_multiply(price, line->quantity, TRYTON_PIECE, &line->total))))
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                      "a line has no quantity or price that can be read");
  return FALSE;
}

static gboolean
read_lines(TrytonTicket *self, GVariant *row, GError **error)
{
  g_autoptr(GVariant) lines =
      g_variant_lookup_value(row, COMPTOIR_KEY_LINES, G_VARIANT_TYPE("aa{sv}"));
  gsize n_lines = lines == NULL ? 0 : g_variant_n_children(lines);

  for (gsize i = 0; i < n_lines; i++) {
    g_autoptr(GVariant) line = g_variant_get_child_value(lines, i);

    if (!read_line(self, line, error))
      return FALSE;
  }
  return TRUE;
}

/* Tryton 6.0 has no payments at the till: what is said about them is for people. */
static char *
read_payments(GVariant *row)
{
  g_autoptr(GVariant) payments =
      g_variant_lookup_value(row, COMPTOIR_KEY_PAYMENTS, G_VARIANT_TYPE("aa{sv}"));
  gsize n_payments = payments == NULL ? 0 : g_variant_n_children(payments);
  g_autoptr(GString) text = g_string_new(NULL);

  for (gsize i = 0; i < n_payments; i++) {
    g_autoptr(GVariant) payment = g_variant_get_child_value(payments, i);
    const char *method = "";
    const char *amount = "";

    (void)g_variant_lookup(payment, COMPTOIR_KEY_METHOD, "&s", &method);
    (void)g_variant_lookup(payment, COMPTOIR_KEY_AMOUNT, "&s", &amount);
    g_string_append_printf(text, "%s%s %s", i == 0 ? "" : ", ", method, amount);
  }
  return text->len == 0 ? NULL : g_strdup(text->str);
}

static void
read_status(TrytonTicket *self, GVariant *row)
{
  const char *status = "";

  (void)g_variant_lookup(row, COMPTOIR_KEY_STATUS, "&s", &status);
  self->is_cancelled =
      g_ascii_strcasecmp(status, "cancelled") == 0 || g_ascii_strcasecmp(status, "canceller") == 0;
  self->counts = !self->is_cancelled && g_ascii_strcasecmp(status, "pending") != 0;
}

/**
 * tryton_ticket_parse:
 * @row: a till sale of the contract
 * @error: return location for an error
 *
 * Reads what the till sold. Fails with %COMPTOIR_ERROR_INVALID.
 *
 * Returns: (transfer full) (nullable): the ticket
 */
TrytonTicket *
tryton_ticket_parse(GVariant *row, GError **error)
{
  g_autoptr(TrytonTicket) self = g_new0(TrytonTicket, 1);
  const char *sold_at = NULL;

  self->lines = g_ptr_array_new_with_free_func((GDestroyNotify)free_line);
  (void)g_variant_lookup(row, COMPTOIR_KEY_KEY, "s", &self->key);
  (void)g_variant_lookup(row, COMPTOIR_KEY_ID, "s", &self->id);
  (void)g_variant_lookup(row, "number", "s", &self->number);
  (void)g_variant_lookup(row, "order_sale_id", "s", &self->sale_id);
  (void)g_variant_lookup(row, COMPTOIR_KEY_SOLD_AT, "&s", &sold_at);
  if (self->key == NULL || self->id == NULL || self->key[0] == '\0' || self->id[0] == '\0' ||
      sold_at == NULL || !tryton_value_parse_time(sold_at, &self->sold_at) ||
      !lookup_amount(row, COMPTOIR_KEY_TOTAL, TRYTON_MONEY_DIGITS, &self->total)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        "key, id, sold_at or total is missing");
    return NULL;
  }
  self->reference = g_strconcat(TRYTON_TILL_REFERENCE, self->id, NULL);
  self->payments = read_payments(row);
  read_status(self, row);
  if (!read_lines(self, row, error))
    return NULL;
  return g_steal_pointer(&self);
}

/**
 * tryton_ticket_new_sale:
 * @self: a ticket whose lines are filled
 * @books: the books
 * @address_id: of who buys at the till
 *
 * Returns: (transfer full): the sale with its lines, as one call makes it
 */
json_t *
tryton_ticket_new_sale(const TrytonTicket *self, const TrytonBooks *books, gint64 address_id)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(self->sold_at / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, books->zone);
  g_autofree char *description =
      g_strdup_printf("Shopcaisse %s", self->number == NULL ? self->id : self->number);
  json_t *lines = json_array();

  for (guint i = 0; i < self->lines->len; i++)
    (void)json_array_append(lines, ((TrytonTicketLine *)self->lines->pdata[i])->values);
  return json_pack("{s:s,s:s,s:o,s:I,s:I,s:I,s:I,s:s,s:s,s:s?,s:[[s,o]]}", "reference",
                   self->reference, "description", description, "sale_date",
                   tryton_value_new_date(local), "party", (json_int_t)books->till_party_id,
                   "invoice_address", (json_int_t)address_id, "shipment_address",
                   (json_int_t)address_id, "warehouse", (json_int_t)books->warehouse_id,
                   "invoice_method", "order", "shipment_method", "order", "comment", self->payments,
                   "lines", "create", lines);
}

/* Tryton's own price when it comes to what the till took, else the till's, four digits long. */
static gboolean
choose_price(const TrytonTicketLine *line, const TrytonTaxes *taxes, json_t *changes, gint64 *price)
{
  gint64 own = 0;
  gint64 gross = 0;
  gint64 total = 0;
  gint64 each = 0;
  gint64 quantity = ABS(line->quantity);

  if (tryton_value_get_amount(changes, "unit_price", TRYTON_MICRO_DIGITS, &own) &&
      tryton_taxes_add_to(taxes, own, &gross) &&
      tryton_amount_multiply(gross, line->quantity, TRYTON_PIECE, &total) &&
      tryton_amount_divide(total, TRYTON_CENT) == line->total) {
    *price = tryton_amount_divide(own, TRYTON_MICRO / 10000);
    return TRUE;
  }
  if (!tryton_amount_multiply(line->quantity < 0 ? -line->total : line->total,
                              TRYTON_CENT * TRYTON_PIECE, quantity, &each) ||
      !tryton_taxes_take_off(taxes, each, &own))
    return FALSE;
  *price = tryton_amount_divide(own, TRYTON_MICRO / 10000);
  return TRUE;
}

/* What on_change would add, as ids: [["add", [[index, {id}], ...]]] or {"add": ...}. */
static json_t *
read_taxes(json_t *changes)
{
  json_t *ids = json_array();
  json_t *added = json_object_get(json_object_get(changes, "taxes"), "add");
  json_t *entry = NULL;
  size_t i = 0;

  json_array_foreach(added, i, entry)(void)
      json_array_append(ids, json_object_get(json_array_get(entry, 1), "id"));
  return ids;
}

static json_t *
choose_taxes(const TrytonTicketLine *line, TrytonCatalogue *catalogue, json_t *changes)
{
  json_t *ids = read_taxes(changes);
  json_t *other = NULL;

  if (line->rate == TRYTON_RATE_UNKNOWN ||
      tryton_catalogue_sum_taxes(catalogue, ids).rate == line->rate)
    return ids;
  other = tryton_catalogue_new_taxes_for(catalogue, line->rate);
  if (other == NULL)
    return ids;
  json_decref(ids);
  return other;
}

/**
 * tryton_ticket_line_fill:
 * @line: a line whose product is known
 * @catalogue: the taxes
 * @changes: what Tryton's own form would fill in for the product
 * @error: return location for an error
 *
 * Makes the line as it will be written. Fails with %COMPTOIR_ERROR_REJECTED when Tryton has no unit
 * for it, or another rate of VAT and none like the till's.
 *
 * Returns: %TRUE when @line has its values
 */
gboolean
tryton_ticket_line_fill(TrytonTicketLine *line,
                        TrytonCatalogue *catalogue,
                        json_t *changes,
                        GError **error)
{
  json_t *tax_ids = choose_taxes(line, catalogue, changes);
  TrytonTaxes taxes = tryton_catalogue_sum_taxes(catalogue, tax_ids);
  gint64 unit_id = tryton_value_get_id(changes, "unit");
  g_autofree char *quantity = NULL;
  gint64 price = 0;

  if (line->rate != TRYTON_RATE_UNKNOWN && taxes.rate != line->rate) {
    g_autofree char *rate = tryton_amount_format(line->rate, TRYTON_PERCENT_DIGITS, 0);

    json_decref(tax_ids);
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_REJECTED,
                _("Tryton has no sales tax of %s %%"), rate);
    return FALSE;
  }
  line->quantity = tryton_catalogue_round_quantity(catalogue, unit_id, line->quantity);
  quantity = tryton_amount_format(line->quantity, TRYTON_PIECE_DIGITS, 0);
  if (unit_id == 0 || !choose_price(line, &taxes, changes, &price)) {
    json_decref(tax_ids);
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_REJECTED,
                        _("Tryton has no unit or no price for an article"));
    return FALSE;
  }
  line->values = json_pack("{s:s,s:I,s:I,s:f,s:o,s:[[s,o]],s:s?}", "type", "line", "product",
                           (json_int_t)line->product_id, "unit", (json_int_t)unit_id, "quantity",
                           g_ascii_strtod(quantity, NULL), "unit_price",
                           tryton_value_new_decimal(price, PRICE_DIGITS), "taxes", "add", tax_ids,
                           "description", line->is_free ? line->name : NULL);
  return TRUE;
}

/**
 * tryton_ticket_new_rounding:
 * @product_id: an article of our own
 * @unit_id: its unit
 * @cents: what is missing
 *
 * Prices without tax cannot make every price with tax: 0.99 at 20 % is 0.98 or 1.00. A line without
 * tax makes up for it.
 *
 * Returns: (transfer full): the line
 */
json_t *
tryton_ticket_new_rounding(gint64 product_id, gint64 unit_id, gint64 cents)
{
  return json_pack("{s:s,s:I,s:I,s:f,s:o,s:s}", "type", "line", "product", (json_int_t)product_id,
                   "unit", (json_int_t)unit_id, "quantity", 1.0, "unit_price",
                   tryton_value_new_decimal(cents, TRYTON_MONEY_DIGITS), "description", "±");
}
