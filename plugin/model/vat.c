/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* VAT out of prices that include it. Rates are never in code: they come from the items. */
#include "model/vat.h"

#include "config.h"
#include "model/decimal.h"
#include "model/text.h"

#include <glib/gi18n-lib.h>

#define BP_IN_ONE     10000
#define RATE_MAX_BP   10000 /* 100 % */
#define RATE_DECIMALS 2     /* of a rate in percent */

/**
 * shopcaisse_vat_of_gross:
 * @gross_minor: an amount that includes VAT, in cents, of either sign
 * @vat_bp: the rate, or %SHOPCAISSE_VAT_UNKNOWN
 *
 * Finds the VAT inside @gross_minor, rounded half up on the magnitude; so net plus VAT is gross.
 *
 * Returns: the VAT in cents; 0 for an unknown rate
 */
gint64
shopcaisse_vat_of_gross(gint64 gross_minor, gint64 vat_bp)
{
  g_return_val_if_fail(vat_bp >= SHOPCAISSE_VAT_UNKNOWN && vat_bp <= RATE_MAX_BP, 0);

  if (vat_bp == SHOPCAISSE_VAT_UNKNOWN)
    return 0;

  guint64 gross = gross_minor < 0 ? -(guint64)gross_minor : (guint64)gross_minor;
  guint64 rate = (guint64)vat_bp;
  guint64 divisor = BP_IN_ONE + rate;

  /* Split, so that nothing overflows: the whole parts divide exactly. */
  guint64 vat = gross / divisor * rate;
  guint64 rest = gross % divisor * rate;

  vat += (2 * rest + divisor) / (2 * divisor);
  return gross_minor < 0 ? -(gint64)vat : (gint64)vat;
}

/**
 * shopcaisse_vat_parse_percent:
 * @text: a rate in percent such as "5.5", with at most two decimals
 * @vat_bp: (out): basis points
 * @error: return location for an error
 *
 * Reads a rate.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @text is not a rate between 0 and 100.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_vat_parse_percent(const char *text, gint64 *vat_bp, GError **error)
{
  g_return_val_if_fail(text != NULL && vat_bp != NULL, FALSE);

  gint64 rate = 0;

  if (!shopcaisse_decimal_parse(text, RATE_DECIMALS, RATE_MAX_BP, &rate) || rate < 0) {
    g_autofree char *quoted = shopcaisse_text_quote(text);

    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("%s is not a rate in percent between 0 and 100"), quoted);
    return FALSE;
  }
  *vat_bp = rate;
  return TRUE;
}

/**
 * shopcaisse_vat_to_percent:
 * @vat_bp: basis points, or %SHOPCAISSE_VAT_UNKNOWN
 *
 * Prints a rate in percent as short as it can be: "20", "5.5".
 *
 * Returns: (transfer full) (nullable): the text; %NULL for an unknown rate
 */
char *
shopcaisse_vat_to_percent(gint64 vat_bp)
{
  if (vat_bp == SHOPCAISSE_VAT_UNKNOWN)
    return NULL;
  return shopcaisse_decimal_to_text(vat_bp, RATE_DECIMALS, 0);
}

/**
 * shopcaisse_vat_sums_new:
 *
 * Makes an empty table of sums by rate.
 *
 * Returns: (transfer full) (element-type ShopcaisseVatSum): the table, for g_array_unref()
 */
GArray *
shopcaisse_vat_sums_new(void)
{
  return g_array_new(FALSE, TRUE, sizeof(ShopcaisseVatSum));
}

/**
 * shopcaisse_vat_sums_add:
 * @sums: the table
 * @vat_bp: the rate, or %SHOPCAISSE_VAT_UNKNOWN
 * @gross_minor: an amount that includes VAT, in cents
 *
 * Adds an amount to the sum of its rate. VAT and net are not up to date before
 * [func@Shopcaisse.vat_sums_finish]: VAT is taken from the sum of a rate, not line by line.
 */
void
shopcaisse_vat_sums_add(GArray *sums, gint64 vat_bp, gint64 gross_minor)
{
  g_return_if_fail(sums != NULL);

  guint i = 0;

  while (i < sums->len && g_array_index(sums, ShopcaisseVatSum, i).vat_bp < vat_bp)
    i++;
  if (i == sums->len || g_array_index(sums, ShopcaisseVatSum, i).vat_bp != vat_bp) {
    ShopcaisseVatSum fresh = { .vat_bp = vat_bp };

    g_array_insert_val(sums, i, fresh);
  }

  ShopcaisseVatSum *sum = &g_array_index(sums, ShopcaisseVatSum, i);

  g_return_if_fail(gross_minor <= 0 || sum->gross_minor <= G_MAXINT64 - gross_minor);
  g_return_if_fail(gross_minor >= 0 || sum->gross_minor >= G_MININT64 - gross_minor);
  sum->gross_minor += gross_minor;
}

/**
 * shopcaisse_vat_sums_finish:
 * @sums: the table
 *
 * Computes VAT and net of each rate.
 */
void
shopcaisse_vat_sums_finish(GArray *sums)
{
  g_return_if_fail(sums != NULL);

  for (guint i = 0; i < sums->len; i++) {
    ShopcaisseVatSum *sum = &g_array_index(sums, ShopcaisseVatSum, i);

    sum->vat_minor = shopcaisse_vat_of_gross(sum->gross_minor, sum->vat_bp);
    sum->net_minor = sum->gross_minor - sum->vat_minor;
  }
}
