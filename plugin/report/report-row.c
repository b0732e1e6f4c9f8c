/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads rows of a report without asking whether they are as they should be: a report may come from
 * a newer version. */
#include "report/report-row.h"

#include "model/money.h"

/**
 * shopcaisse_report_row_get_text:
 * @row: a row
 * @key: a key
 *
 * Returns: (transfer none): its text, or ""
 */
const char *
shopcaisse_report_row_get_text(GVariant *row, const char *key)
{
  const char *text = "";

  g_variant_lookup(row, key, "&s", &text);
  return text;
}

/**
 * shopcaisse_report_row_get_number:
 * @row: a row
 * @key: a key
 *
 * Returns: its number, or 0
 */
guint
shopcaisse_report_row_get_number(GVariant *row, const char *key)
{
  guint32 number = 0;

  g_variant_lookup(row, key, "u", &number);
  return number;
}

/**
 * shopcaisse_report_row_is_true:
 * @row: a row
 * @key: a key
 *
 * Returns: whether it says so
 */
gboolean
shopcaisse_report_row_is_true(GVariant *row, const char *key)
{
  gboolean is_true = FALSE;

  g_variant_lookup(row, key, "b", &is_true);
  return is_true;
}

/**
 * shopcaisse_report_row_get_minor:
 * @row: a row
 * @key: a key
 *
 * Returns: the amount in cents, or 0
 */
gint64
shopcaisse_report_row_get_minor(GVariant *row, const char *key)
{
  ShopcaisseMoney money = { 0 };

  if (!shopcaisse_money_parse(shopcaisse_report_row_get_text(row, key), "EUR", &money, NULL))
    return 0;
  return money.minor;
}

/**
 * shopcaisse_report_row_dup_rows:
 * @row: a row
 * @key: a key
 *
 * Returns: (transfer full): the rows below it, perhaps none
 */
GVariant *
shopcaisse_report_row_dup_rows(GVariant *row, const char *key)
{
  GVariant *rows = g_variant_lookup_value(row, key, G_VARIANT_TYPE("aa{sv}"));

  return rows != NULL ? rows : g_variant_ref_sink(g_variant_new("aa{sv}", NULL));
}
