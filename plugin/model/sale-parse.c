/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads a host's row into a sale and refuses what cannot be right; the keys are those of
 * comptoir-rows.h. Past this file a sale is valid by construction. */
#include "config.h"
#include "model/row.h"
#include "model/sale.h"
#include "model/text.h"
#include "model/vat.h"

#include <glib/gi18n-lib.h>

#define EUR                "EUR"
#define MAX_LINES          1000 /* children included */
#define MAX_CHILD_DEPTH    4
#define MAX_PAYMENTS       32
#define MAX_ROUNDING_MINOR 2
#define MAX_GUESTS         1000
#define MAX_QUANTITY_MILLI G_GINT64_CONSTANT(1000000000)

typedef struct {
  const char *key;
  gsize offset; /* of a gint64 in ShopcaisseSale */
} AmountField;

typedef struct {
  const char *key;
  gsize offset; /* of a char * in ShopcaisseCustomer */
} CustomerField;

static const AmountField amount_fields[] = {
  { "discount", G_STRUCT_OFFSET(ShopcaisseSale, discount_minor) },
  { "service_charge", G_STRUCT_OFFSET(ShopcaisseSale, service_charge_minor) },
  { "delivery_cost", G_STRUCT_OFFSET(ShopcaisseSale, delivery_cost_minor) },
  { "bag_fee", G_STRUCT_OFFSET(ShopcaisseSale, bag_fee_minor) },
  { "tip", G_STRUCT_OFFSET(ShopcaisseSale, tip_minor) },
};

static const CustomerField customer_fields[] = {
  { "name", G_STRUCT_OFFSET(ShopcaisseCustomer, name) },
  { "company", G_STRUCT_OFFSET(ShopcaisseCustomer, company) },
  { "phone", G_STRUCT_OFFSET(ShopcaisseCustomer, phone) },
  { "email", G_STRUCT_OFFSET(ShopcaisseCustomer, email) },
  { "external_id", G_STRUCT_OFFSET(ShopcaisseCustomer, id) },
};

static gboolean
read_positive_money(
    GVariant *row, const char *key, ShopcaisseRowPresence presence, gint64 *minor, GError **error)
{
  gint64 value = *minor;

  if (!shopcaisse_row_get_money(row, key, presence, &value, error))
    return FALSE;
  if (value < 0) {
    g_autofree char *text = shopcaisse_money_to_words(shopcaisse_money(value, EUR));

    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("%1$s %2$s is negative: a refund is not a sale"), key, text);
    return FALSE;
  }
  *minor = value;
  return TRUE;
}

static gboolean
read_line_quantity(GVariant *row, gint64 *quantity_milli, GError **error)
{
  gint64 value = 0;

  if (!shopcaisse_row_get_quantity(row, "quantity", SHOPCAISSE_ROW_REQUIRED, &value, error))
    return FALSE;
  if (value <= 0 || value > MAX_QUANTITY_MILLI) {
    g_autofree char *text = shopcaisse_quantity_to_words(value);

    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                value < 0
                    ? _("quantity %s is not between 0.001 and 1000000: a refund is not a sale")
                    : _("quantity %s is not between 0.001 and 1000000"),
                text);
    return FALSE;
  }
  *quantity_milli = value;
  return TRUE;
}

/* A line's total is what its price and quantity say; a row that says otherwise is refused. */
static gboolean
read_line_total(GVariant *row, ShopcaisseSaleLine *line, GError **error)
{
  ShopcaisseMoney unit = shopcaisse_money(line->unit_minor, EUR);
  ShopcaisseMoney product = unit;

  if (!shopcaisse_money_multiply(unit, line->quantity_milli, &product, error))
    return FALSE;
  line->total_minor = product.minor;
  if (!read_positive_money(row, "total", SHOPCAISSE_ROW_OPTIONAL, &line->total_minor, error))
    return FALSE;
  if (line->total_minor != product.minor) {
    g_autofree char *total = shopcaisse_money_to_words(shopcaisse_money(line->total_minor, EUR));
    g_autofree char *quantity = shopcaisse_quantity_to_words(line->quantity_milli);
    g_autofree char *price = shopcaisse_money_to_words(unit);
    g_autofree char *wanted = shopcaisse_money_to_words(product);

    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("total %1$s is not quantity %2$s x unit_price %3$s = %4$s"), total, quantity,
                price, wanted);
    return FALSE;
  }
  return TRUE;
}

static GPtrArray *read_lines(GVariant *rows, guint depth, guint *n_lines, GError **error);

static gboolean
read_children(GVariant *row, ShopcaisseSaleLine *line, guint depth, guint *n_lines, GError **error)
{
  g_autoptr(GVariant) rows = NULL;

  if (!shopcaisse_row_get_rows(row, "children", SHOPCAISSE_ROW_OPTIONAL, &rows, error))
    return FALSE;
  if (rows == NULL || g_variant_n_children(rows) == 0) {
    line->children = g_ptr_array_new();
    return TRUE;
  }
  if (depth == MAX_CHILD_DEPTH) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("children go deeper than %d levels"), MAX_CHILD_DEPTH);
    return FALSE;
  }
  line->children = read_lines(rows, depth + 1, n_lines, error);
  return line->children != NULL;
}

static ShopcaisseSaleLine *
read_line(GVariant *row, guint depth, guint *n_lines, GError **error)
{
  g_autoptr(ShopcaisseSaleLine) line = g_new0(ShopcaisseSaleLine, 1);

  line->vat_bp = SHOPCAISSE_VAT_UNKNOWN;
  if (!shopcaisse_row_get_id(row, "article_id", SHOPCAISSE_ROW_REQUIRED, &line->article_id,
                             error) ||
      !shopcaisse_row_get_text(row, "name", SHOPCAISSE_ROW_OPTIONAL, &line->name, error) ||
      !shopcaisse_row_get_text(row, "note", SHOPCAISSE_ROW_OPTIONAL, &line->note, error) ||
      !shopcaisse_row_get_id(row, "step_id", SHOPCAISSE_ROW_OPTIONAL, &line->step_id, error) ||
      !shopcaisse_row_get_id(row, "modifier_group_id", SHOPCAISSE_ROW_OPTIONAL, &line->group_id,
                             error) ||
      !read_line_quantity(row, &line->quantity_milli, error) ||
      !read_positive_money(row, "unit_price", SHOPCAISSE_ROW_REQUIRED, &line->unit_minor, error) ||
      !read_line_total(row, line, error) ||
      !shopcaisse_row_get_rate(row, "vat_rate", SHOPCAISSE_ROW_OPTIONAL, &line->vat_bp, error) ||
      !read_children(row, line, depth, n_lines, error))
    return NULL;
  if (line->name == NULL)
    line->name = g_strdup("");
  return g_steal_pointer(&line);
}

static GPtrArray *
read_lines(GVariant *rows, guint depth, guint *n_lines, GError **error)
{
  gsize n_rows = g_variant_n_children(rows);
  g_autoptr(GPtrArray) lines =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_sale_line_free);

  if (n_rows > MAX_LINES || *n_lines + n_rows > MAX_LINES) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, _("more than %d lines"), MAX_LINES);
    return NULL;
  }
  *n_lines += (guint)n_rows;
  for (gsize i = 0; i < n_rows; i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    ShopcaisseSaleLine *line = read_line(row, depth, n_lines, error);

    if (line == NULL) {
      /* Translators: the number of a line of a sale, and of a line below it; a reason follows. */
      g_prefix_error(error, depth == 0 ? _("line %u: ") : _("child %u: "), (guint)i + 1);
      return NULL;
    }
    g_ptr_array_add(lines, line);
  }
  return g_steal_pointer(&lines);
}

static gboolean
read_sale_lines(GVariant *row, ShopcaisseSale *sale, GError **error)
{
  g_autoptr(GVariant) rows = NULL;
  guint n_lines = 0;

  if (!shopcaisse_row_get_rows(row, "lines", SHOPCAISSE_ROW_REQUIRED, &rows, error))
    return FALSE;
  if (g_variant_n_children(rows) == 0) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("lines is empty: a sale has at least one"));
    return FALSE;
  }
  sale->lines = read_lines(rows, 0, &n_lines, error);
  return sale->lines != NULL;
}

static ShopcaissePayment *
read_payment(GVariant *row, GError **error)
{
  g_autoptr(ShopcaissePayment) payment = g_new0(ShopcaissePayment, 1);

  if (!shopcaisse_row_get_text(row, "method", SHOPCAISSE_ROW_REQUIRED, &payment->method, error) ||
      !read_positive_money(row, "amount", SHOPCAISSE_ROW_REQUIRED, &payment->amount_minor, error))
    return NULL;
  return g_steal_pointer(&payment);
}

static gboolean
read_payments(GVariant *row, ShopcaisseSale *sale, GError **error)
{
  g_autoptr(GVariant) rows = NULL;

  if (!shopcaisse_row_get_rows(row, "payments", SHOPCAISSE_ROW_REQUIRED, &rows, error))
    return FALSE;

  gsize n_rows = g_variant_n_children(rows);

  if (n_rows > MAX_PAYMENTS) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, _("more than %d payments"),
                MAX_PAYMENTS);
    return FALSE;
  }
  sale->payments = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_payment_free);
  for (gsize i = 0; i < n_rows; i++) {
    g_autoptr(GVariant) inner = g_variant_get_child_value(rows, i);
    ShopcaissePayment *payment = read_payment(inner, error);

    if (payment == NULL) {
      g_prefix_error(error, _("payment %u: "), (guint)i + 1);
      return FALSE;
    }
    g_ptr_array_add(sale->payments, payment);
  }
  return TRUE;
}

static gboolean
read_amounts(GVariant *row, ShopcaisseSale *sale, GError **error)
{
  if (!read_positive_money(row, "total", SHOPCAISSE_ROW_REQUIRED, &sale->total_minor, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS(amount_fields); i++) {
    gint64 *minor = G_STRUCT_MEMBER_P(sale, amount_fields[i].offset);

    if (!read_positive_money(row, amount_fields[i].key, SHOPCAISSE_ROW_OPTIONAL, minor, error))
      return FALSE;
  }
  if (!shopcaisse_row_get_money(row, "rounding", SHOPCAISSE_ROW_OPTIONAL, &sale->rounding_minor,
                                error))
    return FALSE;
  if (sale->rounding_minor > MAX_ROUNDING_MINOR || sale->rounding_minor < -MAX_ROUNDING_MINOR) {
    g_autofree char *text = shopcaisse_money_to_words(shopcaisse_money(sale->rounding_minor, EUR));

    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("rounding %s is not between -0.02 and 0.02"), text);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_words(GVariant *row, ShopcaisseSale *sale, GError **error)
{
  g_autofree char *currency = NULL;
  g_autofree char *order_type = NULL;

  if (!shopcaisse_row_get_text(row, "currency", SHOPCAISSE_ROW_OPTIONAL, &currency, error) ||
      !shopcaisse_row_get_id(row, "order_type", SHOPCAISSE_ROW_OPTIONAL, &order_type, error))
    return FALSE;
  if (currency != NULL && !g_str_equal(currency, EUR)) {
    g_autofree char *quoted = shopcaisse_text_quote(currency);

    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("currency %s is not supported, only EUR is"), quoted);
    return FALSE;
  }
  g_strlcpy(sale->currency, EUR, sizeof sale->currency);
  if (order_type != NULL && !shopcaisse_order_type_parse(order_type, &sale->order_type))
    sale->order_word = g_steal_pointer(&order_type);
  return TRUE;
}

static gboolean
read_customer(GVariant *row, ShopcaisseCustomer *customer, GError **error)
{
  g_autoptr(GVariant) inner = NULL;

  if (!shopcaisse_row_get_row(row, "customer", &inner, error))
    return FALSE;
  for (gsize i = 0; inner != NULL && i < G_N_ELEMENTS(customer_fields); i++) {
    char **text = G_STRUCT_MEMBER_P(customer, customer_fields[i].offset);

    if (!shopcaisse_row_get_text(inner, customer_fields[i].key, SHOPCAISSE_ROW_OPTIONAL, text,
                                 error)) {
      g_prefix_error(error, "%s", _("customer: "));
      return FALSE;
    }
  }
  if (inner == NULL ||
      (shopcaisse_address_read(inner, "billing_address", &customer->billing, error) &&
       shopcaisse_address_read(inner, "delivery_address", &customer->delivery, error)))
    return TRUE;
  g_prefix_error(error, "%s", _("customer: "));
  return FALSE;
}

/* A table that an order does not go to would send somebody to the wrong guests. */
static gboolean
read_table(GVariant *row, ShopcaisseSale *sale, GError **error)
{
  guint32 n_guests = 0;

  if (!shopcaisse_row_get_text(row, "table", SHOPCAISSE_ROW_OPTIONAL, &sale->table, error) ||
      !shopcaisse_row_get_number(row, "guests", &n_guests, error))
    return FALSE;
  if (sale->table != NULL && sale->order_word == NULL &&
      sale->order_type != SHOPCAISSE_ORDER_TYPE_EAT_IN) {
    g_autofree char *quoted = shopcaisse_text_quote(sale->table);

    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                "table %s: order_type is %s, only EAT_IN has a table", quoted,
                shopcaisse_order_type_to_text(sale->order_type));
    return FALSE;
  }
  if (n_guests > MAX_GUESTS) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "guests %u is more than %u",
                n_guests, MAX_GUESTS);
    return FALSE;
  }
  sale->n_guests = n_guests;
  return TRUE;
}

static gboolean
read_head(GVariant *row, ShopcaisseSale *sale, GError **error)
{
  if (!shopcaisse_row_get_text(row, "number", SHOPCAISSE_ROW_OPTIONAL, &sale->number, error) ||
      !shopcaisse_row_get_text(row, "till", SHOPCAISSE_ROW_OPTIONAL, &sale->till, error) ||
      !shopcaisse_row_get_text(row, "note", SHOPCAISSE_ROW_OPTIONAL, &sale->note, error) ||
      !shopcaisse_row_get_id(row, "status", SHOPCAISSE_ROW_OPTIONAL, &sale->status, error) ||
      !shopcaisse_row_get_boolean(row, "paid", &sale->is_paid, error) ||
      !shopcaisse_row_get_time(row, "sold_at", SHOPCAISSE_ROW_REQUIRED, &sale->sold_at, error))
    return FALSE;
  sale->says_paid = g_variant_lookup(row, "paid", "b", NULL);
  sale->pickup_at = sale->sold_at;
  if (sale->number == NULL)
    sale->number = g_strdup(sale->id);
  if (sale->till == NULL)
    sale->till = g_strdup("");
  return shopcaisse_row_get_time(row, "pickup_at", SHOPCAISSE_ROW_OPTIONAL, &sale->pickup_at,
                                 error);
}

/**
 * shopcaisse_sale_parse:
 * @row: a dictionary with the keys of a sale in comptoir-rows.h
 * @error: return location for an error
 *
 * Reads and checks a sale: every value by itself, then the sums. Keys that are not known are
 * ignored.
 *
 * Fails with %COMPTOIR_ERROR_INVALID; the message names the sale and, for sums, both numbers.
 *
 * Returns: (transfer full): the sale, or %NULL
 */
ShopcaisseSale *
shopcaisse_sale_parse(GVariant *row, GError **error)
{
  g_return_val_if_fail(row != NULL, NULL);

  g_autoptr(ShopcaisseSale) sale = g_new0(ShopcaisseSale, 1);

  sale->is_paid = TRUE;
  if (!g_variant_is_of_type(row, G_VARIANT_TYPE_VARDICT)) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                "sale: type a{sv} is wanted, found %s", g_variant_get_type_string(row));
    return NULL;
  }
  if (!shopcaisse_row_get_id(row, "id", SHOPCAISSE_ROW_REQUIRED, &sale->id, error)) {
    g_prefix_error(error, "%s", _("sale: "));
    return NULL;
  }
  if (!read_head(row, sale, error) || !read_words(row, sale, error) ||
      !read_table(row, sale, error) || !read_amounts(row, sale, error) ||
      !read_sale_lines(row, sale, error) || !read_payments(row, sale, error) ||
      !read_customer(row, &sale->customer, error) || !shopcaisse_sale_check_sums(sale, error)) {
    g_prefix_error(error, _("sale %s: "), sale->id);
    return NULL;
  }
  return g_steal_pointer(&sale);
}
