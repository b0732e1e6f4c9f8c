/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Follows orders on the till: the kitchen's word and the fiscal one, two things;
 * docs/PROTOCOL.md 5. */
#include "api/orders.h"
#include "config.h"
#include "engine/cancel.h"
#include "engine/job.h"
#include "engine/paging.h"
#include "engine/receipt.h"
#include "engine/unit.h"
#include "model/text.h"
#include "store/listed-orders.h"
#include "store/sales.h"

#include <glib/gi18n-lib.h>

static gboolean
build(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      ShopcaisseRequest **request,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  const char *pos_id = shopcaisse_paging_get_text(job, "pos");
  ShopcaisseOrdersQuery query = {
    .store_id = shopcaisse_paging_get_text(job, "store"),
    .pos_id = *pos_id != '\0' ? pos_id : NULL,
    .status = "all", /* the default hides everything but not_acked; docs/PROTOCOL.md 3.12 */
    .from = shopcaisse_paging_get_number(job, "from", 0),
    .to = shopcaisse_paging_get_number(job, "to", 0),
    .page = shopcaisse_paging_get_page(job),
  };

  (void)context;
  (void)verdict;
  (void)error;
  *request = shopcaisse_orders_request(&query);
  return TRUE;
}

/* What an echo leaves out stays as it was. */
static gboolean
learn_text(char **text, const char *value)
{
  return value != NULL && shopcaisse_text_replace(text, value);
}

static void
note_cancelled(ShopcaisseSaleRecord *record, const char *status)
{
  /* The host cancelled it, and the answer to that was lost. */
  gboolean is_ours =
      g_str_equal(record->reason, "not-cancelled") && g_str_equal(status, "cancelled_by_channel");

  shopcaisse_sale_record_set_state(
      record, "cancelled", is_ours ? NULL : "cancelled-on-till",
      is_ours ? NULL : _("the order was cancelled on the till: refund it if it was paid"));
}

static gboolean
follow(ShopcaisseContext *context,
       ShopcaisseSaleRecord *record,
       const ShopcaisseOrderEcho *echo,
       GError **error)
{
  /* A receiptId alone may come with the acceptance already; docs/PROTOCOL.md 5.1, 5.2. */
  gboolean is_final = echo->has_receipt || echo->document_id != NULL;
  gboolean is_cancelled =
      shopcaisse_kitchen_phase_parse(echo->status) == SHOPCAISSE_KITCHEN_CANCELLED;
  gboolean is_news = FALSE;

  is_news |= learn_text(&record->receipt_id, echo->receipt_id);
  is_news |= learn_text(&record->document_id, echo->document_id);
  if (is_news && !shopcaisse_receipt_check_known(context, record, error))
    return FALSE;
  is_news |= learn_text(&record->kitchen, echo->status);
  if (is_final)
    is_news |= learn_text(&record->fiscal, "finalised");
  if (is_cancelled && g_str_equal(record->state, "sent")) {
    note_cancelled(record, echo->status);
    is_news = TRUE;
  }
  if (is_cancelled && g_str_equal(record->state, "cancelling")) {
    shopcaisse_sale_record_set_state(record, "cancelled", NULL, NULL);
    is_news = TRUE;
  }
  if (is_cancelled && g_str_equal(record->state, "parked") && g_str_equal(record->reason, "unit")) {
    if (!shopcaisse_cancel_note_taken_back(context, record, error))
      return FALSE;
    is_news = TRUE;
  }
  return !is_news || shopcaisse_sales_update(context->database, record,
                                             shopcaisse_context_get_now(context), error);
}

static ShopcaisseListedOrder *
make_listed(ShopcaisseContext *context, const ShopcaisseJob *job, const ShopcaisseOrderEcho *echo)
{
  ShopcaisseListedOrder *order = shopcaisse_listed_order_new();
  const char *store_id = shopcaisse_paging_get_text(job, "store");
  ShopcaisseUnit unit = shopcaisse_configuration_get_unit(context->database, store_id);

  shopcaisse_text_replace(&order->id, echo->id);
  shopcaisse_text_replace(&order->store_id, store_id);
  shopcaisse_text_replace(&order->pos_id, shopcaisse_paging_get_text(job, "pos"));
  shopcaisse_text_replace(&order->order_id, echo->order_id != NULL ? echo->order_id : "");
  shopcaisse_text_replace(&order->status, echo->status != NULL ? echo->status : "");
  order->is_ours = g_strcmp0(echo->sub_channel, SHOPCAISSE_SUB_CHANNEL) == 0;
  order->is_test = echo->is_test;
  order->receipt_id = g_strdup(echo->receipt_id);
  order->document_id = g_strdup(echo->document_id);
  order->pickup_at = echo->pickup_at;
  order->sweep = job->run;
  if (!echo->has_amounts ||
      !shopcaisse_unit_read_totals(echo, unit.reading, &order->paid_minor, &order->goods_minor))
    order->paid_minor = order->goods_minor = SHOPCAISSE_LISTED_UNKNOWN;
  return order;
}

/* Only a day close asks what the list held; every other poll leaves the disk alone. */
static gboolean
keep_listed(ShopcaisseContext *context,
            const ShopcaisseJob *job,
            const ShopcaisseOrderEcho *echo,
            GError **error)
{
  const ShopcaisseTask *task = shopcaisse_tasks_find(context->tasks, job->run);
  g_autoptr(ShopcaisseListedOrder) order = NULL;

  if (task == NULL || !g_str_equal(task->name, "close-day-orders"))
    return TRUE;
  order = make_listed(context, job, echo);
  return shopcaisse_listed_orders_put(context->database, order, error);
}

static gboolean
find_record(ShopcaisseContext *context,
            const ShopcaisseOrderEcho *echo,
            ShopcaisseSaleRecord **record,
            GError **error)
{
  g_autoptr(GError) read_error = NULL;

  *record = shopcaisse_sales_find_external(context->database, echo->id, &read_error);
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  return TRUE;
}

static gboolean
apply(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      GBytes *body,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_orders_parse(body, error);
  const char *first_id = NULL;

  (void)verdict;
  if (page == NULL)
    return FALSE;
  for (guint i = 0; i < page->rows->len; i++) {
    const ShopcaisseOrderEcho *echo = page->rows->pdata[i];
    g_autoptr(ShopcaisseSaleRecord) record = NULL;

    if (i == 0)
      first_id = echo->id;
    if (!find_record(context, echo, &record, error) ||
        (record != NULL && !follow(context, record, echo, error)) ||
        !keep_listed(context, job, echo, error))
      return FALSE;
  }
  return shopcaisse_paging_continue(context, job, page, first_id, error);
}

const ShopcaisseJobKind shopcaisse_job_orders = {
  .name = "orders",
  .version = 1,
  .build = build,
  .apply = apply,
};
