/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads rows of the contract. What is not there is nothing: a page shows what it was given. */
#include "ui/model/row.h"

/**
 * shopcaisse_page_row_get_text:
 * @row: (nullable): a row
 * @key: a key
 *
 * Returns: (transfer none): the text, "" if there is none
 */
const char *
shopcaisse_page_row_get_text(GVariant *row, const char *key)
{
  const char *text = "";
  if (row != NULL)
    g_variant_lookup(row, key, "&s", &text);
  return text;
}

/**
 * shopcaisse_page_row_get_number:
 * @row: (nullable): a row
 * @key: a key
 *
 * Returns: the number, 0 if there is none
 */
guint
shopcaisse_page_row_get_number(GVariant *row, const char *key)
{
  guint32 number = 0;
  if (row != NULL)
    g_variant_lookup(row, key, "u", &number);
  return number;
}

/**
 * shopcaisse_page_row_is_true:
 * @row: (nullable): a row
 * @key: a key
 *
 * Returns: %TRUE if the key is there and says so
 */
gboolean
shopcaisse_page_row_is_true(GVariant *row, const char *key)
{
  gboolean value = FALSE;
  return row != NULL && g_variant_lookup(row, key, "b", &value) && value;
}

/**
 * shopcaisse_page_row_is_false:
 * @row: (nullable): a row
 * @key: a key
 *
 * Returns: %TRUE if the key is there and says no
 */
gboolean
shopcaisse_page_row_is_false(GVariant *row, const char *key)
{
  gboolean value = TRUE;
  return row != NULL && g_variant_lookup(row, key, "b", &value) && !value;
}

/**
 * shopcaisse_page_row_dup_rows:
 * @row: (nullable): a row
 * @key: a key
 *
 * Returns: (transfer full): the rows below it, `aa{sv}`, empty if there are none
 */
GVariant *
shopcaisse_page_row_dup_rows(GVariant *row, const char *key)
{
  GVariant *rows = NULL;
  if (row != NULL)
    rows = g_variant_lookup_value(row, key, G_VARIANT_TYPE("aa{sv}"));
  return rows != NULL ? rows : g_variant_ref_sink(g_variant_new("aa{sv}", NULL));
}

/**
 * shopcaisse_page_row_dup_fields:
 * @row: (nullable): a row
 * @key: a key
 *
 * Returns: (transfer full): the dictionary below it, `a{sv}`, empty if there is none
 */
GVariant *
shopcaisse_page_row_dup_fields(GVariant *row, const char *key)
{
  GVariant *fields = NULL;
  if (row != NULL)
    fields = g_variant_lookup_value(row, key, G_VARIANT_TYPE_VARDICT);
  return fields != NULL ? fields : g_variant_ref_sink(g_variant_new("a{sv}", NULL));
}
