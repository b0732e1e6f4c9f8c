/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables of comptoir-rows.h as a program: which keys a row has, of which type and form. */

#include "rows.h"

#include <string.h>

#define MONEY_DECIMALS    2
#define QUANTITY_DECIMALS 3
#define RATE_DECIMALS     4
#define MAX_DIGITS        15

typedef enum {
  FORM_TEXT,
  FORM_ID, /* a text that is not empty */
  FORM_TEXTS,
  FORM_BOOLEAN,
  FORM_MONEY,
  FORM_CURRENCY,
  FORM_QUANTITY,
  FORM_RATE,
  FORM_TIME,
  FORM_ROWS,
  FORM_DICTIONARY
} Form;

typedef struct _Key Key;
struct _Key {
  const char *name;
  Form form;
  gboolean is_required;
  const Key *below; /* (nullable): the keys of the rows in it */
};

static const Key line_keys[] = {
  { "article_id", FORM_ID, TRUE, NULL },     { "name", FORM_TEXT, FALSE, NULL },
  { "quantity", FORM_QUANTITY, TRUE, NULL }, { "unit_price", FORM_MONEY, TRUE, NULL },
  { "total", FORM_MONEY, FALSE, NULL },      { "vat_rate", FORM_RATE, FALSE, NULL },
  { "note", FORM_TEXT, FALSE, NULL },        { "children", FORM_ROWS, FALSE, line_keys },
  { NULL, FORM_TEXT, FALSE, NULL },
};

static const Key payment_keys[] = {
  { "method", FORM_ID, TRUE, NULL },
  { "amount", FORM_MONEY, TRUE, NULL },
  { NULL, FORM_TEXT, FALSE, NULL },
};

static const Key article_keys[] = {
  { "id", FORM_ID, TRUE, NULL },
  { "name", FORM_ID, TRUE, NULL },
  { "variant", FORM_TEXT, FALSE, NULL },
  { "parent_id", FORM_TEXT, FALSE, NULL },
  { "reference", FORM_TEXT, FALSE, NULL },
  { "barcodes", FORM_TEXTS, FALSE, NULL },
  { "price", FORM_MONEY, FALSE, NULL },
  { "price_includes_tax", FORM_BOOLEAN, FALSE, NULL },
  { "currency", FORM_CURRENCY, FALSE, NULL },
  { "vat_rate", FORM_RATE, FALSE, NULL },
  { "stock", FORM_QUANTITY, FALSE, NULL },
  { "unit", FORM_TEXT, FALSE, NULL },
  { "family", FORM_TEXT, FALSE, NULL },
  { "external_id", FORM_TEXT, FALSE, NULL },
  { "deleted", FORM_BOOLEAN, FALSE, NULL },
  { "changed_at", FORM_TIME, FALSE, NULL },
  { NULL, FORM_TEXT, FALSE, NULL },
};

static const Key sale_keys[] = {
  { "id", FORM_ID, TRUE, NULL },
  { "number", FORM_TEXT, FALSE, NULL },
  { "till", FORM_TEXT, FALSE, NULL },
  { "sold_at", FORM_TIME, TRUE, NULL },
  { "order_type", FORM_TEXT, FALSE, NULL },
  { "pickup_at", FORM_TIME, FALSE, NULL },
  { "currency", FORM_CURRENCY, FALSE, NULL },
  { "total", FORM_MONEY, TRUE, NULL },
  { "lines", FORM_ROWS, TRUE, line_keys },
  { "payments", FORM_ROWS, TRUE, payment_keys },
  { "discount", FORM_MONEY, FALSE, NULL },
  { "service_charge", FORM_MONEY, FALSE, NULL },
  { "delivery_cost", FORM_MONEY, FALSE, NULL },
  { "bag_fee", FORM_MONEY, FALSE, NULL },
  { "tip", FORM_MONEY, FALSE, NULL },
  { "rounding", FORM_MONEY, FALSE, NULL },
  { "note", FORM_TEXT, FALSE, NULL },
  { "customer", FORM_DICTIONARY, FALSE, NULL },
  { "table", FORM_TEXT, FALSE, NULL },
  { "paid", FORM_BOOLEAN, FALSE, NULL },
  { "status", FORM_TEXT, FALSE, NULL },
  { NULL, FORM_TEXT, FALSE, NULL },
};

static const Key tax_keys[] = {
  { "id", FORM_ID, TRUE, NULL },
  { "rate", FORM_RATE, TRUE, NULL },
  { "name", FORM_TEXT, FALSE, NULL },
  { NULL, FORM_TEXT, FALSE, NULL },
};

static const Key method_keys[] = {
  { "id", FORM_ID, TRUE, NULL },
  { "name", FORM_TEXT, FALSE, NULL },
  { "kind", FORM_TEXT, FALSE, NULL },
  { NULL, FORM_TEXT, FALSE, NULL },
};

static const Key status_keys[] = {
  { "id", FORM_ID, TRUE, NULL },
  { "name", FORM_TEXT, FALSE, NULL },
  { "sold", FORM_BOOLEAN, FALSE, NULL },
  { NULL, FORM_TEXT, FALSE, NULL },
};

static const Key *const kinds[] = {
  [ROW_ARTICLE] = article_keys,       [ROW_SALE] = sale_keys,          [ROW_TAX] = tax_keys,
  [ROW_PAYMENT_METHOD] = method_keys, [ROW_SALE_STATUS] = status_keys,
};

static char *find_fault(GVariant *row, const Key *keys, RowAspect aspect);

static const char *
get_type(Form form)
{
  switch (form) {
  case FORM_TEXTS:
    return "as";
  case FORM_BOOLEAN:
    return "b";
  case FORM_ROWS:
    return "aa{sv}";
  case FORM_DICTIONARY:
    return "a{sv}";
  case FORM_TEXT:
  case FORM_ID:
  case FORM_MONEY:
  case FORM_CURRENCY:
  case FORM_QUANTITY:
  case FORM_RATE:
  case FORM_TIME:
  default:
    return "s";
  }
}

/* Digits, with a point and a minus at most: neither a comma nor an exponent. @number is what was
 * read, times 10 to the power of @decimals. */
static gboolean
parse_decimal(const char *text, guint decimals, gint64 *number)
{
  gboolean is_negative = text[0] == '-';
  const char *cursor = is_negative ? text + 1 : text;
  const char *point = strchr(cursor, '.');
  gsize n_whole = point == NULL ? strlen(cursor) : (gsize)(point - cursor);
  gsize n_decimals = point == NULL ? 0 : strlen(point + 1);
  gint64 value = 0;

  if (n_whole == 0 || n_whole > MAX_DIGITS || n_decimals > decimals ||
      (point != NULL && n_decimals == 0))
    return FALSE;
  for (; *cursor != '\0'; cursor++) {
    if (cursor == point)
      continue;
    if (!g_ascii_isdigit(*cursor))
      return FALSE;
    value = value * 10 + (*cursor - '0');
  }
  for (gsize i = n_decimals; i < decimals; i++)
    value *= 10;
  *number = is_negative ? -value : value;
  return TRUE;
}

static gboolean
is_time(const char *text)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, NULL);

  return time != NULL && g_str_has_suffix(text, "Z");
}

static gboolean
is_form(const char *text, Form form)
{
  gint64 number = 0;

  switch (form) {
  case FORM_ID:
    return *text != '\0';
  case FORM_MONEY:
    return parse_decimal(text, MONEY_DECIMALS, &number);
  case FORM_QUANTITY:
    return parse_decimal(text, QUANTITY_DECIMALS, &number);
  case FORM_RATE:
    return parse_decimal(text, RATE_DECIMALS, &number) && number >= 0;
  case FORM_CURRENCY:
    return g_regex_match_simple("^[A-Z]{3}$", text, 0, 0);
  case FORM_TIME:
    return is_time(text);
  case FORM_TEXT:
  case FORM_TEXTS:
  case FORM_BOOLEAN:
  case FORM_ROWS:
  case FORM_DICTIONARY:
  default:
    return TRUE;
  }
}

static char *
find_fault_below(GVariant *rows, const Key *key, RowAspect aspect)
{
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    g_autofree char *fault = find_fault(row, key->below, aspect);

    if (fault != NULL)
      return g_strdup_printf("%s %" G_GSIZE_FORMAT ": %s", key->name, i + 1, fault);
  }
  return NULL;
}

static char *
find_fault_of_value(GVariant *value, const Key *key)
{
  const char *type = get_type(key->form);

  if (!g_variant_is_of_type(value, G_VARIANT_TYPE(type)))
    return g_strdup_printf("%s has type \"%s\", not \"%s\"", key->name,
                           g_variant_get_type_string(value), type);
  if (g_str_equal(type, "s") && !is_form(g_variant_get_string(value, NULL), key->form))
    return g_strdup_printf("%s is \"%.40s\"", key->name, g_variant_get_string(value, NULL));
  return NULL;
}

static char *
find_fault_of_key(GVariant *row, const Key *key, RowAspect aspect)
{
  g_autoptr(GVariant) value = g_variant_lookup_value(row, key->name, NULL);
  gboolean is_money = key->form == FORM_MONEY || key->form == FORM_CURRENCY;
  g_autofree char *fault = NULL;

  if (value == NULL)
    return key->is_required && aspect == ROW_TYPES ? g_strdup_printf("%s is missing", key->name)
                                                   : NULL;
  if (is_money == (aspect == ROW_MONEY))
    fault = find_fault_of_value(value, key);
  if (fault == NULL && key->below != NULL && g_variant_is_of_type(value, G_VARIANT_TYPE("aa{sv}")))
    fault = find_fault_below(value, key, aspect);
  return g_steal_pointer(&fault);
}

static char *
find_fault(GVariant *row, const Key *keys, RowAspect aspect)
{
  for (const Key *key = keys; key->name != NULL; key++) {
    char *fault = find_fault_of_key(row, key, aspect);

    if (fault != NULL)
      return fault;
  }
  return NULL;
}

/**
 * row_find_fault:
 * @row: a row
 * @kind: what it is to be
 * @aspect: what to look at
 *
 * Looks for what the contract does not have so. Of a tombstone only the id counts.
 *
 * Returns: (transfer full) (nullable): what is wrong, or %NULL
 */
char *
row_find_fault(GVariant *row, RowKind kind, RowAspect aspect)
{
  gboolean is_deleted = FALSE;
  g_autofree char *fault = NULL;
  const char *id = "";

  (void)g_variant_lookup(row, "deleted", "b", &is_deleted);
  if (kind == ROW_ARTICLE && is_deleted)
    fault = find_fault_of_key(row, &article_keys[0], aspect);
  else
    fault = find_fault(row, kinds[kind], aspect);
  if (fault == NULL)
    return NULL;
  (void)g_variant_lookup(row, "id", "&s", &id);
  return g_strdup_printf("row \"%.40s\": %s", id, fault);
}

static gint64
get_amount(GVariant *row, const char *key)
{
  const char *text = NULL;
  gint64 amount = 0;

  if (g_variant_lookup(row, key, "&s", &text))
    (void)parse_decimal(text, MONEY_DECIMALS, &amount);
  return amount;
}

static gint64
get_line_total(GVariant *line)
{
  g_autoptr(GVariant) total = g_variant_lookup_value(line, "total", NULL);
  const char *text = "";
  gint64 quantity = 0;

  if (total != NULL)
    return get_amount(line, "total");
  (void)g_variant_lookup(line, "quantity", "&s", &text);
  (void)parse_decimal(text, QUANTITY_DECIMALS, &quantity);
  return (get_amount(line, "unit_price") * quantity + 500) / 1000;
}

static gint64
add_rows(GVariant *sale, const char *key, gint64 (*get)(GVariant *row), gboolean *has_children)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(sale, key, G_VARIANT_TYPE("aa{sv}"));
  gsize n_rows = rows == NULL ? 0 : g_variant_n_children(rows);
  gint64 sum = 0;

  for (gsize i = 0; i < n_rows; i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    g_autoptr(GVariant) children = g_variant_lookup_value(row, "children", NULL);

    *has_children = *has_children || children != NULL;
    sum += get(row);
  }
  return sum;
}

static gint64
get_paid(GVariant *payment)
{
  return get_amount(payment, "amount");
}

/**
 * row_find_wrong_sum:
 * @sale: a sale row whose types are right
 *
 * Adds up a sale. One whose lines have children is taken as it is, and so are the payments of one
 * that is not paid.
 *
 * Returns: (transfer full) (nullable): what is wrong, or %NULL
 */
char *
row_find_wrong_sum(GVariant *sale)
{
  gboolean has_children = FALSE;
  gboolean is_paid = TRUE;
  gint64 total = get_amount(sale, "total");
  gint64 paid = add_rows(sale, "payments", get_paid, &has_children);
  gint64 lines = add_rows(sale, "lines", get_line_total, &has_children);
  gint64 sum = lines + get_amount(sale, "service_charge") + get_amount(sale, "delivery_cost") +
               get_amount(sale, "bag_fee") + get_amount(sale, "tip") -
               get_amount(sale, "discount") + get_amount(sale, "rounding");
  const char *id = "";

  (void)g_variant_lookup(sale, "id", "&s", &id);
  (void)g_variant_lookup(sale, "paid", "b", &is_paid);
  if (!has_children && sum != total)
    return g_strdup_printf("sale \"%.40s\": total is %" G_GINT64_FORMAT
                           " cents, its parts are %" G_GINT64_FORMAT,
                           id, total, sum);
  if (is_paid && paid != total)
    return g_strdup_printf("sale \"%.40s\": total is %" G_GINT64_FORMAT
                           " cents, its payments are %" G_GINT64_FORMAT,
                           id, total, paid);
  return NULL;
}
