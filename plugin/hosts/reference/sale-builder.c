/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From what a person typed, or chance, to a sale row whose sums are right. */

#include "sale-builder.h"

#include "amounts.h"
#include "arguments.h"

#include <comptoir/comptoir.h>
#include <string.h>

#define MAX_RANDOM_LINES    4
#define MAX_RANDOM_QUANTITY 3

/**
 * sale_builder_parse_line:
 * @word: `ARTICLE=QUANTITY` or `ARTICLE=QUANTITY@PRICE`
 * @error: return location for an error
 *
 * Reads a line.
 *
 * Returns: (transfer floating) (nullable): `{article, quantity, price}`
 */
GVariant *
sale_builder_parse_line(const char *word, GError **error)
{
  g_auto(GVariantDict) line = G_VARIANT_DICT_INIT(NULL);
  g_autofree char *article = NULL;
  g_autofree char *quantity = NULL;
  char *at = NULL;
  gint64 number = 0;

  if (!arguments_split_pair(word, &article, &quantity, error))
    return NULL;
  at = strchr(quantity, '@');
  if (at != NULL) {
    *at = '\0';
    if (!amounts_parse_money(at + 1, &number) || number < 0) {
      g_set_error(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, "\"%s\" is not a price", at + 1);
      return NULL;
    }
    g_variant_dict_insert(&line, "price", "s", at + 1);
  }
  if (!amounts_parse_quantity(quantity, &number) || number <= 0) {
    g_set_error(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, "\"%s\" is not a quantity",
                quantity);
    return NULL;
  }
  g_variant_dict_insert(&line, "article", "s", article);
  g_variant_dict_insert(&line, COMPTOIR_KEY_QUANTITY, "s", quantity);
  return g_variant_dict_end(&line);
}

/**
 * sale_builder_parse_payment:
 * @word: `METHOD=AMOUNT`
 * @error: return location for an error
 *
 * Reads a payment.
 *
 * Returns: (transfer floating) (nullable): a payment row
 */
GVariant *
sale_builder_parse_payment(const char *word, GError **error)
{
  g_autofree char *method = NULL;
  g_autofree char *amount = NULL;
  gint64 cents = 0;

  if (!arguments_split_pair(word, &method, &amount, error))
    return NULL;
  if (amounts_parse_money(amount, &cents))
    return comptoir_payment_new(method, amount);
  g_set_error(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, "\"%s\" is not an amount", amount);
  return NULL;
}

static gboolean
fail_line(GError **error, const char *article, const char *reason)
{
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "article %s: %s", article, reason);
  return FALSE;
}

/* Appends the line and adds its total to the sum. */
static gboolean
add_line(GVariantBuilder *lines, GVariant *asked, GVariant *article, gint64 *sum, GError **error)
{
  const char *id = "";
  const char *name = "";
  const char *price = "";
  const char *quantity = "";
  const char *vat_rate = NULL;
  gint64 cents = 0;
  gint64 milli = 0;
  gint64 total = 0;

  (void)g_variant_lookup(article, COMPTOIR_KEY_ID, "&s", &id);
  (void)g_variant_lookup(article, COMPTOIR_KEY_NAME, "&s", &name);
  (void)g_variant_lookup(article, COMPTOIR_KEY_VAT_RATE, "&s", &vat_rate);
  (void)g_variant_lookup(asked, COMPTOIR_KEY_QUANTITY, "&s", &quantity);
  if (!g_variant_lookup(asked, "price", "&s", &price) &&
      !g_variant_lookup(article, "price", "&s", &price))
    return fail_line(error, id, "has no price; say ARTICLE=QUANTITY@PRICE");
  if (!amounts_parse_money(price, &cents) || !amounts_parse_quantity(quantity, &milli) ||
      !amounts_multiply(cents, milli, &total) || total > G_MAXINT64 / 2 - *sum)
    return fail_line(error, id, "price and quantity make no amount");
  *sum += total;
  g_variant_builder_add_value(lines, comptoir_sale_line_new(id, name, quantity, price, vat_rate));
  return TRUE;
}

static gboolean
read_amount(GVariant *request, const char *key, gint64 *cents, GError **error)
{
  const char *text = NULL;

  *cents = 0;
  if (!g_variant_lookup(request, key, "&s", &text) || amounts_parse_money(text, cents))
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "%s \"%s\" is not an amount", key,
              text);
  return FALSE;
}

/* lines + fees + tip - discount + rounding, as the contract has it */
static gboolean
add_fees(GVariant *request, gint64 *total, GError **error)
{
  static const char *const added[] = { "service_charge", "delivery_cost", "bag_fee", "tip",
                                       "rounding" };
  gint64 cents = 0;

  for (gsize i = 0; i < G_N_ELEMENTS(added); i++) {
    if (!read_amount(request, added[i], &cents, error))
      return FALSE;
    *total += cents;
  }
  if (!read_amount(request, "discount", &cents, error))
    return FALSE;
  *total -= cents;
  return TRUE;
}

static GVariant *
build_lines(GVariant *request, GVariant *articles, gint64 *sum, GError **error)
{
  g_autoptr(GVariant) asked = g_variant_lookup_value(request, COMPTOIR_KEY_LINES, NULL);
  g_auto(GVariantBuilder) lines = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  gsize n_lines = asked == NULL ? 0 : g_variant_n_children(asked);

  for (gsize i = 0; i < n_lines; i++) {
    g_autoptr(GVariant) line = g_variant_get_child_value(asked, i);
    g_autoptr(GVariant) article = g_variant_get_child_value(articles, i);

    if (!add_line(&lines, line, article, sum, error))
      return NULL;
  }
  return g_variant_builder_end(&lines);
}

static GVariant *
build_payments(GVariant *request, const char *total)
{
  GVariant *payments = g_variant_lookup_value(request, COMPTOIR_KEY_PAYMENTS, NULL);
  GVariant *payment = NULL;

  if (payments != NULL)
    return payments;
  payment = comptoir_payment_new("card", total);
  return g_variant_ref_sink(comptoir_rows_new(&payment, 1));
}

static void
copy_keys(GVariantDict *sale, GVariant *request)
{
  static const char *const keys[] = { "id",        "number",   "till",           "order_type",
                                      "pickup_at", "discount", "service_charge", "delivery_cost",
                                      "bag_fee",   "tip",      "rounding",       "note",
                                      "customer",  "table",    "guests" };

  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    g_autoptr(GVariant) value = g_variant_lookup_value(request, keys[i], NULL);

    if (value != NULL)
      g_variant_dict_insert_value(sale, keys[i], value);
  }
}

/**
 * sale_builder_build:
 * @request: what was typed: `lines`, `sold_at`, and what else a sale row can have
 * @articles: article rows, one for each line
 * @error: return location for an error
 *
 * Makes a sale row: prices default to the articles', the total to the sum, the payment to one by
 * card. A `total` that was typed is taken as it is, right or wrong.
 *
 * Returns: (transfer full) (nullable): a sale row; without `id` unless one was typed
 */
GVariant *
sale_builder_build(GVariant *request, GVariant *articles, GError **error)
{
  g_auto(GVariantDict) sale = G_VARIANT_DICT_INIT(NULL);
  g_autoptr(GVariant) lines = NULL;
  g_autoptr(GVariant) payments = NULL;
  g_autofree char *total = NULL;
  const char *sold_at = "";
  gint64 sum = 0;

  lines = build_lines(request, articles, &sum, error);
  if (lines == NULL || !add_fees(request, &sum, error))
    return NULL;
  (void)g_variant_ref_sink(lines);
  if (!g_variant_lookup(request, COMPTOIR_KEY_TOTAL, "s", &total))
    total = amounts_format_money(sum);
  payments = build_payments(request, total);
  (void)g_variant_lookup(request, COMPTOIR_KEY_SOLD_AT, "&s", &sold_at);
  copy_keys(&sale, request);
  g_variant_dict_insert(&sale, COMPTOIR_KEY_SOLD_AT, "s", sold_at);
  g_variant_dict_insert(&sale, COMPTOIR_KEY_TOTAL, "s", total);
  g_variant_dict_insert_value(&sale, COMPTOIR_KEY_LINES, lines);
  g_variant_dict_insert_value(&sale, COMPTOIR_KEY_PAYMENTS, payments);
  return g_variant_ref_sink(g_variant_dict_end(&sale));
}

static GVariant *
pick_line(GRand *chance)
{
  g_auto(GVariantDict) line = G_VARIANT_DICT_INIT(NULL);
  g_autofree char *quantity =
      g_strdup_printf("%d", g_rand_int_range(chance, 1, MAX_RANDOM_QUANTITY + 1));

  g_variant_dict_insert(&line, COMPTOIR_KEY_QUANTITY, "s", quantity);
  return g_variant_dict_end(&line);
}

/**
 * sale_builder_pick:
 * @articles: article rows to choose from
 * @chance: where chance comes from
 * @error: return location for an error
 *
 * Makes up what a customer takes: the same @chance gives the same sales.
 *
 * Returns: (transfer full) (nullable): `{lines, articles}` for [func@sale_builder_build]
 */
GVariant *
sale_builder_pick(GVariant *articles, GRand *chance, GError **error)
{
  g_auto(GVariantDict) picked = G_VARIANT_DICT_INIT(NULL);
  g_auto(GVariantBuilder) lines = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  gint32 n_articles = (gint32)MIN(g_variant_n_children(articles), G_MAXINT32);
  gint32 n_lines = g_rand_int_range(chance, 1, MAX_RANDOM_LINES + 1);

  if (n_articles == 0) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        "there are no articles with a price to sell");
    return NULL;
  }
  for (gint32 i = 0; i < n_lines; i++) {
    gsize index = (gsize)g_rand_int_range(chance, 0, n_articles);
    g_autoptr(GVariant) article = g_variant_get_child_value(articles, index);

    g_variant_builder_add_value(&lines, pick_line(chance));
    g_variant_builder_add_value(&rows, article);
  }
  g_variant_dict_insert_value(&picked, COMPTOIR_KEY_LINES, g_variant_builder_end(&lines));
  g_variant_dict_insert_value(&picked, "articles", g_variant_builder_end(&rows));
  return g_variant_ref_sink(g_variant_dict_end(&picked));
}
