/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An article row as the records of Tryton: a template with one product, its barcodes, and the key
 * of the change. Prices with tax become prices without. */

#include "article-values.h"

#include "amount.h"
#include "articles.h"
#include "config.h"
#include "value.h"

#include <comptoir/comptoir.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define PRICE_DIGITS 4

static const char *
get_text(GVariant *fields, const char *key)
{
  const char *text = NULL;

  if (!g_variant_lookup(fields, key, "&s", &text) || text[0] == '\0')
    return NULL;
  return text;
}

static gboolean
check_number(GVariant *fields, const char *key, guint digits, GError **error)
{
  const char *text = get_text(fields, key);
  gint64 value = 0;

  if (text == NULL || (tryton_amount_parse(text, digits, &value) && value >= 0))
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "%s \"%s\" is not a number", key,
              text);
  return FALSE;
}

/* In millionths; FALSE: not said */
static gboolean
get_rate(GVariant *fields, gint64 *rate)
{
  return tryton_amount_parse(get_text(fields, COMPTOIR_KEY_VAT_RATE), TRYTON_PERCENT_DIGITS, rate);
}

/**
 * tryton_article_check:
 * @catalogue: the categories
 * @fields: article keys to write
 * @extent: whether something must be said
 * @error: return location for an error
 *
 * Checks what can be checked before Tryton is asked. Fails with %COMPTOIR_ERROR_INVALID, and with
 * %COMPTOIR_ERROR_REJECTED when no accounting category has the rate.
 *
 * Returns: %TRUE when it can be written
 */
gboolean
tryton_article_check(TrytonCatalogue *catalogue,
                     GVariant *fields,
                     TrytonArticleExtent extent,
                     GError **error)
{
  gint64 rate = 0;

  if (extent == TRYTON_ARTICLE_WHOLE && get_text(fields, COMPTOIR_KEY_NAME) == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("an article needs a name"));
    return FALSE;
  }
  if (!check_number(fields, "price", TRYTON_MICRO_DIGITS, error) ||
      !check_number(fields, COMPTOIR_KEY_VAT_RATE, TRYTON_PERCENT_DIGITS, error))
    return FALSE;
  if (!get_rate(fields, &rate) || tryton_catalogue_find_category(catalogue, rate) != 0)
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_REJECTED,
              _("Tryton has no accounting category whose customer taxes make %s %%"),
              get_text(fields, COMPTOIR_KEY_VAT_RATE));
  return FALSE;
}

static void
set_text(json_t *values, const char *field, GVariant *fields, const char *key)
{
  const char *text = get_text(fields, key);

  if (text != NULL)
    (void)json_object_set_new(values, field, json_string(text));
}

static void
set_price(json_t *values, GVariant *fields, const TrytonTaxes *taxes)
{
  const char *text = get_text(fields, "price");
  gboolean includes_tax = TRUE;
  gint64 price = 0;

  if (text == NULL || !tryton_amount_parse(text, TRYTON_MICRO_DIGITS, &price))
    return;
  (void)g_variant_lookup(fields, "price_includes_tax", "b", &includes_tax);
  if (includes_tax && !tryton_taxes_take_off(taxes, price, &price))
    return;
  price = tryton_amount_divide(price, TRYTON_MICRO / 10000);
  (void)json_object_set_new(values, "list_price", tryton_value_new_decimal(price, PRICE_DIGITS));
}

/* Tryton checks an EAN's digits; a code that is none goes in without a type. */
static gboolean
is_ean(const char *code)
{
  gsize length = strlen(code);
  guint sum = 0;

  if (length != 8 && length != 12 && length != 13 && length != 14)
    return FALSE;
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isdigit(code[i]))
      return FALSE;
    sum += (guint)g_ascii_digit_value(code[i]) * ((length - i) % 2 == 0 ? 3 : 1);
  }
  return sum % 10 == 0;
}

static gboolean
has_code(json_t *identifiers, const char *code)
{
  json_t *identifier = NULL;
  size_t i = 0;

  json_array_foreach(identifiers, i, identifier)
  {
    if (g_strcmp0(tryton_value_get_text(identifier, "code"), code) == 0)
      return TRUE;
  }
  return FALSE;
}

static json_t *
new_identifier(const char *code)
{
  return json_pack("{s:s?,s:s}", "type", is_ean(code) ? "ean" : NULL, "code", code);
}

/* (transfer full): barcodes, and the till's id, that are not there yet */
static json_t *
new_barcodes(GVariant *fields, json_t *identifiers)
{
  g_autofree const char **barcodes = NULL;
  const char *external_id = get_text(fields, COMPTOIR_KEY_EXTERNAL_ID);
  g_autofree char *code = g_strconcat(TRYTON_EXTERNAL_CODE, external_id, NULL);
  json_t *list = json_array();

  if (external_id != NULL && !has_code(identifiers, code))
    (void)json_array_append_new(list, new_identifier(code));

  (void)g_variant_lookup(fields, "barcodes", "^a&s", &barcodes);
  for (gsize i = 0; barcodes != NULL && barcodes[i] != NULL; i++) {
    if (barcodes[i][0] != '\0' && !has_code(identifiers, barcodes[i]))
      (void)json_array_append_new(list, new_identifier(barcodes[i]));
  }
  return list;
}

/* The name carries the variant: each item of the till is an article of its own here. */
static void
set_name(json_t *values, GVariant *fields)
{
  const char *name = get_text(fields, COMPTOIR_KEY_NAME);
  const char *variant = get_text(fields, "variant");
  g_autofree char *whole = NULL;

  if (name == NULL)
    return;
  whole = variant == NULL ? g_strdup(name) : g_strdup_printf("%s %s", name, variant);
  (void)json_object_set_new(values, "name", json_string(whole));
}

/**
 * tryton_article_new_values:
 * @catalogue: categories and units
 * @fields: article keys
 * @key_code: the key of the change, as an identifier
 *
 * Returns: (transfer full): a template with its product, as one call makes them
 */
json_t *
tryton_article_new_values(TrytonCatalogue *catalogue, GVariant *fields, const char *key_code)
{
  gint64 rate = 0;
  gboolean has_rate = get_rate(fields, &rate);
  json_int_t category_id = has_rate ? tryton_catalogue_find_category(catalogue, rate) : 0;
  TrytonTaxes taxes = tryton_catalogue_get_category_taxes(catalogue, category_id);
  json_int_t unit_id = tryton_catalogue_find_unit(catalogue, get_text(fields, "unit"));
  json_t *identifiers = new_barcodes(fields, NULL);
  json_t *product = json_pack("{s:o}", "cost_price", tryton_value_new_decimal(0, 0));
  json_t *values =
      json_pack("{s:s,s:b,s:I,s:I,s:o}", "type", "goods", "salable", 1, "default_uom", unit_id,
                "sale_uom", unit_id, "list_price", tryton_value_new_decimal(0, 0));

  (void)json_array_append_new(identifiers, new_identifier(key_code));
  (void)json_object_set_new(product, "identifiers", json_pack("[[s,o]]", "create", identifiers));
  set_text(product, "suffix_code", fields, "reference");
  set_name(values, fields);
  set_price(values, fields, &taxes);
  if (category_id != 0)
    (void)json_object_set_new(values, "account_category", json_integer(category_id));
  (void)json_object_set_new(values, "products", tryton_value_new_create(product));
  return values;
}

/**
 * tryton_article_new_key:
 * @record: the article as it is, with its identifiers
 * @key_code: the key of the change, as an identifier
 *
 * Returns: (transfer full): how its identifiers change, so that it carries this key and no earlier
 */
json_t *
tryton_article_new_key(json_t *record, const char *key_code)
{
  json_t *identifier = NULL;
  size_t i = 0;

  json_array_foreach(tryton_value_get_record(record, "identifiers"), i, identifier)
  {
    const char *code = tryton_value_get_text(identifier, "code");

    if (code != NULL && g_str_has_prefix(code, TRYTON_KEY_CODE))
      return json_pack("[[s,[I],{s:s}]]", "write",
                       (json_int_t)tryton_value_get_id(identifier, "id"), "code", key_code);
  }
  return tryton_value_new_create(new_identifier(key_code));
}

static json_t *
new_product_update(GVariant *fields, json_t *record, const char *key_code)
{
  json_t *identifiers = tryton_article_new_key(record, key_code);
  json_t *barcodes = new_barcodes(fields, tryton_value_get_record(record, "identifiers"));
  json_t *product = json_object();

  if (json_array_size(barcodes) > 0)
    (void)json_array_append_new(identifiers, json_pack("[s,O]", "create", barcodes));
  json_decref(barcodes);
  (void)json_object_set_new(product, "identifiers", identifiers);
  set_text(product, "suffix_code", fields, "reference");
  return json_pack("[[s,[I],o]]", "write", (json_int_t)tryton_value_get_id(record, "id"), product);
}

/**
 * tryton_article_new_update:
 * @catalogue: categories
 * @fields: article keys to write
 * @record: the article as it is
 * @key_code: the key of the change, as an identifier
 *
 * Returns: (transfer full): what changes in its template
 */
json_t *
tryton_article_new_update(TrytonCatalogue *catalogue,
                          GVariant *fields,
                          json_t *record,
                          const char *key_code)
{
  gint64 category_id = tryton_value_get_id(record, "account_category");
  TrytonTaxes taxes = tryton_catalogue_get_category_taxes(catalogue, category_id);
  gint64 rate = 0;
  json_t *values = json_object();

  if (get_rate(fields, &rate) && rate != taxes.rate) {
    category_id = tryton_catalogue_find_category(catalogue, rate);
    taxes = tryton_catalogue_get_category_taxes(catalogue, category_id);
    (void)json_object_set_new(values, "account_category", json_integer(category_id));
  }
  set_name(values, fields);
  set_price(values, fields, &taxes);
  (void)json_object_set_new(values, "products", new_product_update(fields, record, key_code));
  return values;
}
