/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Orders that staff have put together on the iPad. What the service says of it is not known but for
 * the word, so the receipt that they share is what links them; docs/PROTOCOL.md 5.1. */
#include "store/merged-sales.h"

#include "store/statement.h"

/**
 * shopcaisse_merged_sales_find_main:
 * @database: the database
 * @record: a sale
 * @error: return location for an error
 *
 * Finds the sale with whose order this one's was merged.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): its id; %NULL without an error when it was not merged, or
 *   not into a known one
 */
char *
shopcaisse_merged_sales_find_main(ShopcaisseDatabase *database,
                                  const ShopcaisseSaleRecord *record,
                                  GError **error)
{
  g_autoptr(ShopcaisseStatement) row = NULL;
  gboolean has_row = FALSE;

  if (record->receipt_id == NULL || !g_str_equal(record->kitchen, SHOPCAISSE_KITCHEN_MERGED))
    return NULL;
  row = shopcaisse_database_prepare(
      database,
      "SELECT sale_id FROM sale WHERE receipt_id = ?1 AND sale_id <> ?2 AND kitchen <> 'merged'"
      " ORDER BY sale_id LIMIT 1",
      error);
  if (row == NULL)
    return NULL;
  shopcaisse_statement_bind_text(row, 1, record->receipt_id);
  shopcaisse_statement_bind_text(row, 2, record->sale_id);
  if (!shopcaisse_statement_step(row, &has_row, error) || !has_row)
    return NULL;
  return shopcaisse_statement_dup_text(row, 0);
}

/**
 * shopcaisse_merged_sales_sum:
 * @database: the database
 * @receipt_id: a fiscal document
 * @total_minor: (out): what those sales cost
 * @error: return location for an error
 *
 * Adds up the sales whose orders were merged into the order of a receipt.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_merged_sales_sum(ShopcaisseDatabase *database,
                            const char *receipt_id,
                            gint64 *total_minor,
                            GError **error)
{
  g_autoptr(ShopcaisseStatement) row = shopcaisse_database_prepare(
      database,
      "SELECT coalesce(sum(total_minor), 0) FROM sale WHERE receipt_id = ?1 AND kitchen = 'merged'",
      error);

  if (row == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(row, 1, receipt_id);
  return shopcaisse_statement_read_number(row, 0, total_minor, error);
}
