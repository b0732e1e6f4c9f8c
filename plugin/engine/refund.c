/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Refunds that only a person at the till can make, kept open until the till has recorded them. */
#include "engine/refund.h"

#include "config.h"
#include "engine/context.h"
#include "model/money.h"
#include "store/tickets.h"

#include <glib/gi18n-lib.h>

static char *
dup_open_message(gint64 minor)
{
  g_autofree char *amount = shopcaisse_money_to_text(shopcaisse_money(minor, "EUR"));

  /* Translators: an amount in euros. */
  return g_strdup_printf(_("the till has recorded it: refund %s EUR on the till; this stays open "
                           "until the refund is recorded there"),
                         amount);
}

/* What the till has taken back of the sale decides. */
static gboolean
follow(ShopcaisseContext *context, ShopcaisseSaleRecord *record, GError **error)
{
  g_autofree char *message = NULL;
  gint64 refunded = 0;
  gboolean is_open = FALSE;

  if (!shopcaisse_tickets_sum_refunds(context->database, record->receipt_id, record->document_id,
                                      &refunded, error))
    return FALSE;
  is_open = refunded < record->total_minor;
  message = is_open ? dup_open_message(record->total_minor - refunded)
                    : g_strdup(_("the refund is recorded on the till"));
  shopcaisse_sale_record_set_state(
      record, record->state, is_open ? SHOPCAISSE_REFUND_OPEN : SHOPCAISSE_REFUND_DONE, message);
  return shopcaisse_context_journal(context,
                                    is_open ? SHOPCAISSE_JOURNAL_WARNING : SHOPCAISSE_JOURNAL_INFO,
                                    "orders", record->sale_id, message, error) &&
         shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

/**
 * shopcaisse_refund_is_asked:
 * @record: a sale
 *
 * Returns: whether its money is to go back, or has
 */
gboolean
shopcaisse_refund_is_asked(const ShopcaisseSaleRecord *record)
{
  return g_str_equal(record->reason, SHOPCAISSE_REFUND_OPEN) ||
         g_str_equal(record->reason, SHOPCAISSE_REFUND_DONE);
}

/**
 * shopcaisse_refund_ask:
 * @context: the engine's parts
 * @record: (inout): a sale that the till has recorded
 * @error: return location for an error
 *
 * Keeps open that its money has to go back, unless it did. Asking twice is asking once.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_refund_ask(ShopcaisseContext *context, ShopcaisseSaleRecord *record, GError **error)
{
  return shopcaisse_refund_is_asked(record) || follow(context, record, error);
}

/**
 * shopcaisse_refund_note:
 * @context: the engine's parts
 * @ticket: a document of the till
 * @error: return location for an error
 *
 * Closes what it refunds, or says what is left of it.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_refund_note(ShopcaisseContext *context, const ShopcaisseTicket *ticket, GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record = NULL;
  g_autoptr(GError) read_error = NULL;

  if (ticket->parent_id == NULL || ticket->total_minor >= 0)
    return TRUE;
  record = shopcaisse_sales_find_receipt(context->database, ticket->parent_id, &read_error);
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  return record == NULL || !g_str_equal(record->reason, SHOPCAISSE_REFUND_OPEN) ||
         follow(context, record, error);
}
