/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the till wrote on the receipt of an order; docs/decisions/0004-unit-of-money.md. */
#include "engine/receipt.h"

#include "config.h"
#include "engine/block.h"
#include "engine/context.h"
#include "store/tickets.h"

#include <glib/gi18n-lib.h>

/**
 * shopcaisse_receipt_check:
 * @context: the engine's parts
 * @record: a sale
 * @ticket: its receipt
 * @error: return location for an error
 *
 * Stops the orders of the store when the receipt is a hundred times the sale, or a hundredth.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_receipt_check(ShopcaisseContext *context,
                         const ShopcaisseSaleRecord *record,
                         const ShopcaisseTicket *ticket,
                         GError **error)
{
  if (ticket->total_minor == 0 || (ticket->total_minor != record->total_minor * 100 &&
                                   ticket->total_minor * 100 != record->total_minor))
    return TRUE;
  return shopcaisse_block_unit(context, record->store_id, record->sale_id,
                               _("a receipt of the till has another unit of money than its sale: "
                                 "nothing is sent before a new calibration"),
                               error);
}

static gboolean
find_ticket(ShopcaisseContext *context,
            const char *id,
            ShopcaisseTicketRecord **ticket,
            GError **error)
{
  g_autoptr(GError) read_error = NULL;

  if (id == NULL || *ticket != NULL)
    return TRUE;
  *ticket = shopcaisse_tickets_get(context->database, id, &read_error);
  if (read_error == NULL)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&read_error));
  return FALSE;
}

/**
 * shopcaisse_receipt_check_known:
 * @context: the engine's parts
 * @record: a sale whose receipt was named just now
 * @error: return location for an error
 *
 * Checks the receipt if it is here already, by either of its ids; docs/PROTOCOL.md 5.2.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_receipt_check_known(ShopcaisseContext *context,
                               const ShopcaisseSaleRecord *record,
                               GError **error)
{
  g_autoptr(ShopcaisseTicketRecord) found = NULL;

  return find_ticket(context, record->receipt_id, &found, error) &&
         find_ticket(context, record->document_id, &found, error) &&
         (found == NULL || shopcaisse_receipt_check(context, record, found->ticket, error));
}
