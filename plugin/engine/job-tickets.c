/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The till's fiscal documents and shifts; docs/PROTOCOL.md 3.13, 3.14, 5.2. */
#include "api/tickets.h"
#include "engine/flow.h"
#include "engine/job.h"
#include "engine/paging.h"
#include "engine/receipt.h"
#include "engine/refund.h"
#include "model/text.h"
#include "store/sales-read.h"
#include "store/tickets.h"

/* The order list filters by pick-up time, which may be before or after the sale. */
#define ORDERS_BEFORE SHOPCAISSE_DAY
#define ORDERS_AFTER  (30 * SHOPCAISSE_DAY)

static gboolean
build_tickets(ShopcaisseContext *context,
              const ShopcaisseJob *job,
              ShopcaisseRequest **request,
              ShopcaisseVerdict *verdict,
              GError **error)
{
  (void)context;
  (void)verdict;
  (void)error;
  *request = shopcaisse_tickets_request(
      shopcaisse_paging_get_text(job, "store"), shopcaisse_paging_get_number(job, "from", 0),
      shopcaisse_paging_get_number(job, "to", 0), shopcaisse_paging_get_page(job));
  return TRUE;
}

static gboolean
close_sale(ShopcaisseContext *context,
           ShopcaisseSaleRecord *record,
           const ShopcaisseTicket *ticket,
           GError **error)
{
  g_autoptr(GError) read_error = NULL;
  g_autoptr(ShopcaisseTicketRecord) known = NULL;

  if (ticket->phase != SHOPCAISSE_TICKET_COUNTS)
    return TRUE;
  known = shopcaisse_tickets_get(context->database, ticket->id, &read_error);
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  if (known == NULL && !shopcaisse_receipt_check(context, record, ticket, error))
    return FALSE;
  return !shopcaisse_text_replace(&record->fiscal, "finalised") ||
         shopcaisse_sales_update(context->database, record, shopcaisse_context_get_now(context),
                                 error);
}

/* Which of our sales this document closes: its id is the order's receipt; docs/PROTOCOL.md 5.2. */
static gboolean
put_ticket(ShopcaisseContext *context,
           const char *store_id,
           const ShopcaisseTicket *ticket,
           GError **error)
{
  g_autoptr(GError) read_error = NULL;
  g_autoptr(ShopcaisseSaleRecord) record =
      shopcaisse_sales_find_receipt(context->database, ticket->id, &read_error);

  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  if (record != NULL && !close_sale(context, record, ticket, error))
    return FALSE;
  return shopcaisse_tickets_put(context->database, store_id, ticket,
                                record != NULL ? record->sale_id : "", error) &&
         shopcaisse_refund_note(context, ticket, error);
}

/* A sale that came from an order must not be told to the host as another one: before the host hears
 * of these, the orders that are still open are asked for their receipts. */
static gboolean
append_orders(ShopcaisseContext *context, const ShopcaisseJob *job, GError **error)
{
  gint64 now = shopcaisse_context_get_now(context);
  gint64 from = 0;

  if (!shopcaisse_sales_oldest_open(context->database, shopcaisse_paging_get_text(job, "store"),
                                    &from, error))
    return FALSE;
  return from == 0 || shopcaisse_flow_poll_orders(context, job->run, MAX(0, from - ORDERS_BEFORE),
                                                  now + ORDERS_AFTER, error);
}

static gboolean
apply_tickets(ShopcaisseContext *context,
              const ShopcaisseJob *job,
              GBytes *body,
              ShopcaisseVerdict *verdict,
              GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_tickets_parse(body, error);
  const char *first_id = NULL;

  (void)verdict;
  if (page == NULL)
    return FALSE;
  for (guint i = 0; i < page->rows->len; i++) {
    const ShopcaisseTicket *ticket = page->rows->pdata[i];

    if (i == 0)
      first_id = ticket->id;
    if (!put_ticket(context, shopcaisse_paging_get_text(job, "store"), ticket, error))
      return FALSE;
  }
  if (!page->has_next && !append_orders(context, job, error))
    return FALSE;
  return shopcaisse_paging_continue(context, job, page, first_id, error);
}

static gboolean
build_shifts(ShopcaisseContext *context,
             const ShopcaisseJob *job,
             ShopcaisseRequest **request,
             ShopcaisseVerdict *verdict,
             GError **error)
{
  (void)context;
  (void)verdict;
  (void)error;
  *request = shopcaisse_shifts_request(
      shopcaisse_paging_get_text(job, "store"), shopcaisse_paging_get_number(job, "from", 0),
      shopcaisse_paging_get_number(job, "to", 0), shopcaisse_paging_get_page(job));
  return TRUE;
}

static gboolean
apply_shifts(ShopcaisseContext *context,
             const ShopcaisseJob *job,
             GBytes *body,
             ShopcaisseVerdict *verdict,
             GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_shifts_parse(body, error);
  const char *first_id = NULL;

  (void)verdict;
  if (page == NULL)
    return FALSE;
  for (guint i = 0; i < page->rows->len; i++) {
    const ShopcaisseShift *shift = page->rows->pdata[i];

    if (i == 0)
      first_id = shift->id;
    if (!shopcaisse_shifts_put(context->database, shopcaisse_paging_get_text(job, "store"), shift,
                               error))
      return FALSE;
  }
  return shopcaisse_paging_continue(context, job, page, first_id, error);
}

const ShopcaisseJobKind shopcaisse_job_tickets = {
  .name = "tickets",
  .version = 1,
  .build = build_tickets,
  .apply = apply_tickets,
};

const ShopcaisseJobKind shopcaisse_job_shifts = {
  .name = "shifts",
  .version = 1,
  .build = build_shifts,
  .apply = apply_shifts,
};
