/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looks for an order that may have arrived long ago. The list is asked, not the single order, since
 * nobody says which of the two ids its path takes; docs/PROTOCOL.md 8 (4). */
#include "engine/look-up.h"

#include "api/orders.h"
#include "model/sale.h"

#define LOOK_UP_AFTER SHOPCAISSE_DAY
#define WINDOW        SHOPCAISSE_MINUTE /* around the time of pick-up, by which the list filters */

/**
 * shopcaisse_look_up_is_due:
 * @context: the engine's parts
 * @job: an order about to be sent
 *
 * Returns: whether it is to be looked for first
 */
gboolean
shopcaisse_look_up_is_due(ShopcaisseContext *context, const ShopcaisseJob *job)
{
  return job->unknown_at != 0 &&
         shopcaisse_context_get_now(context) - job->unknown_at >= LOOK_UP_AFTER;
}

/**
 * shopcaisse_look_up_build:
 * @context: the engine's parts
 * @job: an order
 * @request: (out) (transfer full): the question
 * @error: return location for an error
 *
 * Asks for the orders of the store about the time this one is to be fetched, in whatever state.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_look_up_build(ShopcaisseContext *context,
                         const ShopcaisseJob *job,
                         ShopcaisseRequest **request,
                         GError **error)
{
  g_autoptr(ShopcaisseSaleRecord) record =
      shopcaisse_sales_get(context->database, job->subject, error);
  g_autoptr(ShopcaisseSale) sale = NULL;
  g_autofree char *pos_id = NULL;
  ShopcaisseOrdersQuery query = { .status = "all" };

  if (record != NULL)
    sale = shopcaisse_sale_parse(record->payload, error);
  if (sale == NULL)
    return FALSE;
  if (g_str_equal(record->store_id, context->configuration->store_id))
    shopcaisse_configuration_dup_register(context->configuration, context->database, &pos_id);
  query.store_id = record->store_id;
  query.pos_id = pos_id;
  query.from = MAX(0, sale->pickup_at - WINDOW);
  query.to = sale->pickup_at + WINDOW;
  *request = shopcaisse_orders_request(&query);
  return TRUE;
}

static void
set_absent(ShopcaisseVerdict *verdict)
{
  verdict->action = SHOPCAISSE_VERDICT_POSTPONE;
  verdict->reason = "unknown";
  verdict->is_absent = TRUE;
}

/**
 * shopcaisse_look_up_set_doubtful:
 * @verdict: (inout): what to do
 *
 * Parks the order with a question.
 */
void
shopcaisse_look_up_set_doubtful(ShopcaisseVerdict *verdict)
{
  shopcaisse_verdict_clear(verdict);
  verdict->action = SHOPCAISSE_VERDICT_PARK;
  verdict->reason = "unknown";
  verdict->message = g_strdup("the list of orders does not tell whether this one arrived: look for "
                              "it on the till, then send or cancel it");
}

/**
 * shopcaisse_look_up_find:
 * @record: the sale
 * @body: the answer
 * @verdict: (inout): set when nothing is returned: absent, so that the same bytes go again, or
 *   parked because the answer does not tell
 * @error: return location for an error
 *
 * Finds the order of a sale among those that were listed.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is no list of orders.
 *
 * Returns: (transfer full) (nullable): the order; %NULL without an error when it is not there
 */
ShopcaisseOrderEcho *
shopcaisse_look_up_find(const ShopcaisseSaleRecord *record,
                        GBytes *body,
                        ShopcaisseVerdict *verdict,
                        GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_orders_parse(body, error);

  if (page == NULL)
    return NULL;
  for (guint i = 0; i < page->rows->len; i++) {
    const ShopcaisseOrderEcho *echo = page->rows->pdata[i];

    if (g_strcmp0(echo->order_id, record->order_id) != 0)
      continue;
    if (echo->sub_channel_order_id != NULL && echo->has_amounts)
      return g_ptr_array_steal_index(page->rows, i);
    /* It is there, so its id is remembered: posting again answers it whole. */
    set_absent(verdict);
    return NULL;
  }
  if (!page->has_next && page->skipped == 0 && page->rejected->len == 0)
    set_absent(verdict);
  else
    shopcaisse_look_up_set_doubtful(verdict);
  return NULL;
}
