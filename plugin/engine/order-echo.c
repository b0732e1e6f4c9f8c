/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whose order the service holds, and whether it is as meant: our id, our discriminator, our total;
 * docs/PROTOCOL.md 3.12, 6.2. */
#include "engine/order-echo.h"

#include "config.h"
#include "engine/block.h"
#include "engine/cancel.h"
#include "engine/unit.h"
#include "model/sale.h"
#include "model/text.h"

#include <glib/gi18n-lib.h>

static void
park(ShopcaisseVerdict *verdict, const char *reason, const char *message)
{
  verdict->action = SHOPCAISSE_VERDICT_PARK;
  verdict->reason = reason;
  verdict->message = g_strdup(message);
}

/**
 * shopcaisse_order_withdraw:
 * @record: (inout): a sale that the host does not want any more
 * @verdict: (inout): what becomes of its row: nothing is on the till
 *
 * Ends the sale.
 */
void
shopcaisse_order_withdraw(ShopcaisseSaleRecord *record, ShopcaisseVerdict *verdict)
{
  shopcaisse_verdict_clear(verdict);
  verdict->block = NULL;
  verdict->action = SHOPCAISSE_VERDICT_KEEP;
  shopcaisse_sale_record_set_state(record, "cancelled", NULL, NULL);
}

static gboolean
not_ours(GError **error, const char *what)
{
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, "the answer has %s", what);
  return FALSE;
}

/**
 * shopcaisse_order_call_back:
 * @context: the engine's parts
 * @record: (inout): a sale that the host does not want any more, and that is or may be on the till
 * @verdict: (inout): what becomes of its row
 * @error: return location for an error
 *
 * Cancels it there.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_order_call_back(ShopcaisseContext *context,
                           ShopcaisseSaleRecord *record,
                           ShopcaisseVerdict *verdict,
                           GError **error)
{
  shopcaisse_verdict_clear(verdict);
  verdict->block = NULL;
  verdict->action = SHOPCAISSE_VERDICT_KEEP;
  return shopcaisse_cancel_append(context, record, error);
}

/* It is ours and on the till, with another amount: it is never sent under another id, and if it is
 * not wanted it is called back there. */
static gboolean
keep_other_total(ShopcaisseContext *context,
                 ShopcaisseSaleRecord *record,
                 ShopcaisseVerdict *verdict,
                 GError **error)
{
  if (shopcaisse_sale_record_is_unwanted(record))
    return shopcaisse_order_call_back(context, record, verdict, error);
  park(verdict, "total",
       _("the service holds this order with another total: look at it on the till, or cancel it"));
  return TRUE;
}

/* On a till with the wrong amounts: called back, and no other follows. */
static gboolean
stop_for_unit(ShopcaisseContext *context,
              ShopcaisseSaleRecord *record,
              ShopcaisseVerdict *verdict,
              GError **error)
{
  const char *message = _("the service stored an order with another unit of money: nothing is sent "
                          "before a new calibration");

  if (!shopcaisse_block_unit(context, record->store_id, record->sale_id, message, error))
    return FALSE;
  if (shopcaisse_sale_record_is_unwanted(record))
    return shopcaisse_order_call_back(context, record, verdict, error);
  park(verdict, "unit", message);
  return shopcaisse_cancel_append_wrong(context, record, error);
}

static gboolean
accept(ShopcaisseContext *context,
       ShopcaisseSaleRecord *record,
       const ShopcaisseOrderEcho *echo,
       ShopcaisseVerdict *verdict,
       GError **error)
{
  verdict->action = SHOPCAISSE_VERDICT_KEEP;
  record->sent_at = shopcaisse_context_get_now(context);
  shopcaisse_text_replace(&record->kitchen, echo->status != NULL ? echo->status : "");
  shopcaisse_text_replace(&record->fiscal, "open");
  if (!shopcaisse_block_end(context, error))
    return FALSE;
  if (shopcaisse_sale_record_is_unwanted(record))
    return shopcaisse_order_call_back(context, record, verdict, error);
  shopcaisse_sale_record_set_state(record, "sent", NULL, NULL);
  return TRUE;
}

/**
 * shopcaisse_order_judge_echo:
 * @context: the engine's parts
 * @record: (inout): a sale whose order was answered or found; the caller stores it
 * @echo: what the service holds
 * @verdict: (inout): what becomes of the row
 * @error: return location for an error
 *
 * Takes for sent only what is surely ours and costs what was meant.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when that cannot be told, %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_order_judge_echo(ShopcaisseContext *context,
                            ShopcaisseSaleRecord *record,
                            const ShopcaisseOrderEcho *echo,
                            ShopcaisseVerdict *verdict,
                            GError **error)
{
  g_autoptr(ShopcaisseSale) sale = shopcaisse_sale_parse(record->payload, error);
  ShopcaisseUnit unit = { SHOPCAISSE_FORM_UNKNOWN, SHOPCAISSE_READING_UNKNOWN };

  if (sale == NULL)
    return FALSE;
  if (echo->order_id == NULL || !g_str_equal(echo->order_id, record->order_id))
    return not_ours(error, "another order's id");
  if (echo->sub_channel_order_id == NULL)
    return not_ours(error, "no subChannelOrderId");
  if (!g_str_equal(echo->sub_channel_order_id, record->discriminator)) {
    if (shopcaisse_sale_record_is_unwanted(record))
      shopcaisse_order_withdraw(record, verdict);
    else
      park(verdict, "id-taken", _("the id of this order is used by another sale"));
    return TRUE;
  }
  shopcaisse_text_replace(&record->external_id, echo->id);
  unit = shopcaisse_configuration_get_unit(context->database, record->store_id);
  switch (shopcaisse_unit_check(echo, unit.reading, sale->total_minor - sale->rounding_minor)) {
  case SHOPCAISSE_ECHO_EXACT:
    return accept(context, record, echo, verdict, error);
  case SHOPCAISSE_ECHO_WRONG_UNIT:
    return stop_for_unit(context, record, verdict, error);
  case SHOPCAISSE_ECHO_OTHER_TOTAL:
    return keep_other_total(context, record, verdict, error);
  case SHOPCAISSE_ECHO_NO_AMOUNTS:
    break;
  }
  return not_ours(error, "no amounts that can be read");
}
