/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Decimal texts and scaled integers: the one place that reads and prints digits. */
#include "model/decimal.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DECIMALS 9

/**
 * shopcaisse_decimal_parse:
 * @text: a decimal text: a minus sign or none, digits, and a point with digits or none
 * @max_decimals: how many digits may stand behind the point; 9 at most
 * @max_scaled: the largest magnitude that is accepted
 * @scaled: (out): the value times ten to the @max_decimals
 *
 * Reads @text exactly. Spaces, a plus sign, a comma, an exponent and a bare point are refused.
 *
 * Returns: %FALSE when @text is not such a text or too large; @scaled is untouched then
 */
gboolean
shopcaisse_decimal_parse(const char *text, guint max_decimals, gint64 max_scaled, gint64 *scaled)
{
  g_return_val_if_fail(text != NULL && max_decimals <= MAX_DECIMALS, FALSE);
  g_return_val_if_fail(max_scaled > 0 && max_scaled < G_MAXINT64 / 10 - 9, FALSE);

  const char *digits = text[0] == '-' ? text + 1 : text;
  const char *point = NULL;
  gint64 value = 0;
  guint n_decimals = 0;

  for (const char *at = digits; *at != '\0'; at++) {
    if (*at == '.' && point == NULL && at > digits) {
      point = at;
      continue;
    }
    if (!g_ascii_isdigit(*at) || (point != NULL && n_decimals == max_decimals))
      return FALSE;
    value = value * 10 + (*at - '0');
    n_decimals += point != NULL;
    if (value > max_scaled)
      return FALSE;
  }
  if (*digits == '\0' || (point != NULL && n_decimals == 0))
    return FALSE;

  for (; n_decimals < max_decimals; n_decimals++) {
    value *= 10;
    if (value > max_scaled)
      return FALSE;
  }
  *scaled = digits == text ? value : -value;
  return TRUE;
}

/**
 * shopcaisse_decimal_to_text:
 * @scaled: a value times ten to the @decimals
 * @decimals: the scale; 9 at most
 * @min_decimals: how many digits are printed behind the point even when they are zero
 *
 * Prints @scaled exactly, with a point.
 *
 * Returns: (transfer full): the text, also a valid JSON number
 */
char *
shopcaisse_decimal_to_text(gint64 scaled, guint decimals, guint min_decimals)
{
  g_return_val_if_fail(decimals <= MAX_DECIMALS && min_decimals <= decimals, NULL);

  guint64 magnitude = scaled < 0 ? -(guint64)scaled : (guint64)scaled;
  guint64 unit = 1;
  guint64 fraction = 0;
  char digits[MAX_DECIMALS + 1] = "";
  guint n_digits = decimals;

  for (guint i = 0; i < decimals; i++)
    unit *= 10;
  fraction = magnitude % unit;
  for (guint i = decimals; i > 0; i--) {
    digits[i - 1] = (char)('0' + fraction % 10);
    fraction /= 10;
  }
  while (n_digits > min_decimals && digits[n_digits - 1] == '0')
    n_digits--;
  digits[n_digits] = '\0';

  return g_strdup_printf("%s%" G_GUINT64_FORMAT "%s%s", scaled < 0 ? "-" : "", magnitude / unit,
                         n_digits > 0 ? "." : "", digits);
}

/**
 * shopcaisse_decimal_to_words:
 * @scaled: the value times ten to the @decimals
 * @decimals: how many digits stand behind the point
 * @min_decimals: how many of them stay when they are zeros
 *
 * Prints as [func@Shopcaisse.decimal_to_text] does, for a sentence that people read: "12,50" in
 * French.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_decimal_to_words(gint64 scaled, guint decimals, guint min_decimals)
{
  g_autofree char *text = shopcaisse_decimal_to_text(scaled, decimals, min_decimals);
  g_auto(GStrv) parts = g_strsplit(text, ".", 2);

  /* Translators: what stands before the decimals of a number. */
  return g_strjoinv(C_("decimal mark", "."), parts);
}
