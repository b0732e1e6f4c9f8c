/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Builders for the rows that a host sends. A builder given something it cannot use answers NULL,
 * and so does every builder around it, until the channel answers INVALID. */
#include "contract/text.h"

#include <comptoir/comptoir-rows.h>

static gboolean
is_rows(GVariant *rows)
{
  return rows != NULL && g_variant_is_of_type(rows, G_VARIANT_TYPE("aa{sv}"));
}

static GVariant *
take_row(GVariant *row)
{
  return row != NULL ? g_variant_ref_sink(row) : NULL;
}

/**
 * comptoir_sale_line_new:
 * @article_id: the article's id in the host
 * @name: (nullable): the name as on the receipt
 * @quantity: how many, as a decimal text with at most three decimals
 * @unit_price: the price of one, tax included, as a decimal text
 * @vat_rate: (nullable): the rate in percent, as a decimal text
 *
 * Makes a sale line. Other keys are added with a [struct@GLib.VariantDict]. Amounts are checked by
 * the channel, not here.
 *
 * Returns: (transfer none) (nullable): a floating row, or %NULL if a text is missing or not UTF-8
 *
 * Since: 1.0
 */
GVariant *
comptoir_sale_line_new(const char *article_id,
                       const char *name,
                       const char *quantity,
                       const char *unit_price,
                       const char *vat_rate)
{
  g_auto(GVariantBuilder) row = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);
  if (!comptoir_text_add(&row, COMPTOIR_KEY_ARTICLE_ID, article_id) ||
      !comptoir_text_add_optional(&row, COMPTOIR_KEY_NAME, name) ||
      !comptoir_text_add(&row, COMPTOIR_KEY_QUANTITY, quantity) ||
      !comptoir_text_add(&row, COMPTOIR_KEY_UNIT_PRICE, unit_price) ||
      !comptoir_text_add_optional(&row, COMPTOIR_KEY_VAT_RATE, vat_rate))
    return NULL;
  return g_variant_builder_end(&row);
}

/**
 * comptoir_payment_new:
 * @method: `cash`, `card`, `online`, or the host's own word
 * @amount: the amount, as a decimal text
 *
 * Makes a payment.
 *
 * Returns: (transfer none) (nullable): a floating row, or %NULL if a text is missing or not UTF-8
 *
 * Since: 1.0
 */
GVariant *
comptoir_payment_new(const char *method, const char *amount)
{
  g_auto(GVariantBuilder) row = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);
  if (!comptoir_text_add(&row, COMPTOIR_KEY_METHOD, method) ||
      !comptoir_text_add(&row, COMPTOIR_KEY_AMOUNT, amount))
    return NULL;
  return g_variant_builder_end(&row);
}

/**
 * comptoir_sale_new:
 * @id: the sale's id, unique in the host's sales database for ever
 * @sold_at: when, as ISO 8601 in UTC
 * @total: what was to pay, tax included, as a decimal text
 * @lines: (nullable): sale lines `aa{sv}`; a floating reference is consumed
 * @payments: (nullable): payments `aa{sv}`; a floating reference is consumed
 *
 * Makes a sale for [method@Comptoir.Channel.submit_sale_async]. Other keys are added with a
 * [struct@GLib.VariantDict]. Sums are checked by the channel, not here.
 *
 * Returns: (transfer none) (nullable): a floating row, or %NULL if a text is missing or not UTF-8,
 * or
 *   @lines or @payments are not rows
 *
 * Since: 1.0
 */
GVariant *
comptoir_sale_new(
    const char *id, const char *sold_at, const char *total, GVariant *lines, GVariant *payments)
{
  g_autoptr(GVariant) owned_lines = take_row(lines);
  g_autoptr(GVariant) owned_payments = take_row(payments);
  g_auto(GVariantBuilder) row = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);
  if (!is_rows(owned_lines) || !is_rows(owned_payments) ||
      !comptoir_text_add(&row, COMPTOIR_KEY_ID, id) ||
      !comptoir_text_add(&row, COMPTOIR_KEY_SOLD_AT, sold_at) ||
      !comptoir_text_add(&row, COMPTOIR_KEY_TOTAL, total))
    return NULL;
  g_variant_builder_add(&row, "{sv}", COMPTOIR_KEY_LINES, owned_lines);
  g_variant_builder_add(&row, "{sv}", COMPTOIR_KEY_PAYMENTS, owned_payments);
  return g_variant_builder_end(&row);
}

/**
 * comptoir_rows_new:
 * @rows: (array length=n_rows) (nullable): rows `a{sv}`; floating references are consumed
 * @n_rows: how many
 *
 * Makes `aa{sv}` of rows, in their order.
 *
 * Returns: (transfer none) (nullable): a floating array, or %NULL if one of @rows is %NULL or not a
 *   row
 *
 * Since: 1.0
 */
GVariant *
comptoir_rows_new(GVariant **rows, gsize n_rows)
{
  g_return_val_if_fail(rows != NULL || n_rows == 0, NULL);

  gboolean is_good = TRUE;
  g_auto(GVariantBuilder) array = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < n_rows; i++) {
    g_autoptr(GVariant) row = take_row(rows[i]);
    if (row != NULL && g_variant_is_of_type(row, G_VARIANT_TYPE_VARDICT))
      g_variant_builder_add_value(&array, row);
    else
      is_good = FALSE;
  }
  return is_good ? g_variant_builder_end(&array) : NULL;
}

/**
 * comptoir_page_new:
 * @rows: (nullable): rows `aa{sv}`; a floating reference is consumed
 * @cursor: (nullable): where the next page begins, or %NULL if this is the last
 *
 * Makes the answer to a query.
 *
 * Returns: (transfer none) (nullable): a floating dictionary, or %NULL if @rows are not rows or
 *   @cursor is not UTF-8
 *
 * Since: 1.0
 */
GVariant *
comptoir_page_new(GVariant *rows, const char *cursor)
{
  g_autoptr(GVariant) owned_rows = take_row(rows);
  g_auto(GVariantBuilder) page = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);
  if (!is_rows(owned_rows) || !comptoir_text_add_optional(&page, COMPTOIR_KEY_CURSOR, cursor))
    return NULL;
  g_variant_builder_add(&page, "{sv}", COMPTOIR_KEY_ROWS, owned_rows);
  return g_variant_builder_end(&page);
}

/**
 * comptoir_change_answer_new:
 * @key: the change's key
 * @id: (nullable): the host's id of what was written
 * @message: (nullable): why it failed, or %NULL if it is done
 *
 * Makes the answer to one change of `apply_articles` or one sale of `record_sales`.
 *
 * Returns: (transfer none) (nullable): a floating row, or %NULL if @key is missing or a text is not
 *   UTF-8
 *
 * Since: 1.0
 */
GVariant *
comptoir_change_answer_new(const char *key, const char *id, const char *message)
{
  g_auto(GVariantBuilder) row = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);
  if (!comptoir_text_add(&row, COMPTOIR_KEY_KEY, key) ||
      !comptoir_text_add(&row, COMPTOIR_KEY_STATUS, message == NULL ? "done" : "failed") ||
      !comptoir_text_add_optional(&row, COMPTOIR_KEY_ID, id) ||
      !comptoir_text_add_optional(&row, COMPTOIR_KEY_MESSAGE, message))
    return NULL;
  return g_variant_builder_end(&row);
}
