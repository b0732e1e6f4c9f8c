/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The day, matched: every order with its fiscal sale, a slice at a time. Each difference has a
 * class and a next step. docs/PROTOCOL.md 5.2, docs/decisions/0020-closing-a-day.md. */
#include "config.h"
#include "engine/reconcile-private.h"
#include "engine/refund.h"
#include "engine/when.h"
#include "store/places.h"
#include "store/sales-read.h"

#include <glib/gi18n-lib.h>

/* A ticket of an evening's sale may be of the next morning; one from before the day has a register
 * whose clock is wrong. */
#define TICKETS_BEFORE (6 * SHOPCAISSE_HOUR)
#define TICKETS_AFTER  SHOPCAISSE_DAY
#define SHIFTS_AROUND  (2 * SHOPCAISSE_DAY)

typedef enum {
  PHASE_PLACES,
  PHASE_TICKETS,
  PHASE_ORDERS,
  PHASE_SALES,
  PHASE_TICKETS_LEFT,
  PHASE_ORDERS_LEFT,
  PHASE_DONE
} Phase;

/**
 * shopcaisse_reconcile_get_day:
 * @context: the engine's parts
 * @day: (nullable): "2026-03-01", or today
 * @from: (out): its beginning
 * @to: (out): its end; 23 or 25 hours later when the clocks change
 * @error: return location for an error
 *
 * Finds the bounds of a day in the shop's time zone.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_INVALID
 */
gboolean
shopcaisse_reconcile_get_day(
    ShopcaisseContext *context, const char *day, gint64 *from, gint64 *to, GError **error)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(context->configuration->time_zone);
  g_autoptr(GDateTime) start = NULL;
  g_autoptr(GDateTime) end = NULL;

  if (zone == NULL)
    zone = g_time_zone_new_utc();
  if (day == NULL || *day == '\0') {
    g_autoptr(GDateTime) utc =
        g_date_time_new_from_unix_utc(shopcaisse_context_get_now(context) / SHOPCAISSE_SECOND);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);

    start = g_date_time_new(zone, g_date_time_get_year(local), g_date_time_get_month(local),
                            g_date_time_get_day_of_month(local), 0, 0, 0);
  } else {
    g_autofree char *text = g_strconcat(day, "T00:00:00", NULL);

    start = g_date_time_new_from_iso8601(text, zone);
  }
  if (start == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                _("\"%s\" is not a day such as 2026-03-01"), day);
    return FALSE;
  }
  end = g_date_time_add_days(start, 1);
  *from = g_date_time_to_unix(start) * SHOPCAISSE_SECOND;
  *to = g_date_time_to_unix(end) * SHOPCAISSE_SECOND;
  return TRUE;
}

/**
 * shopcaisse_reconciliation_new:
 * @context: the engine's parts
 * @window: what to compare
 *
 * Begins to match the day's sales with the till's. Totals agree to the cent or a difference says
 * where not; VAT has a tolerance of a cent a line.
 *
 * Returns: (transfer full): to be stepped until it is done
 */
ShopcaisseReconciliation *
shopcaisse_reconciliation_new(ShopcaisseContext *context, const ShopcaisseReconcileWindow *window)
{
  ShopcaisseReconciliation *self = g_new0(ShopcaisseReconciliation, 1);

  self->context = context;
  self->window = *window;
  self->store_id = g_strdup(context->configuration->store_id);
  self->tickets = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_ticket_record_free);
  self->by_id = g_hash_table_new(g_str_hash, g_str_equal);
  self->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  self->matched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  self->refunds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  self->orders = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_listed_order_free);
  self->listed = g_hash_table_new(g_str_hash, g_str_equal);
  self->order_ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  self->registers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  self->sums = shopcaisse_day_sums_new();
  self->shift_sums = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify)shopcaisse_day_sums_free);
  self->differences = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  return self;
}

/**
 * shopcaisse_reconciliation_free:
 * @self: (transfer full) (nullable): a reconciliation
 *
 * Frees it, wherever it stands.
 */
void
shopcaisse_reconciliation_free(ShopcaisseReconciliation *self)
{
  if (self == NULL)
    return;
  g_free(self->store_id);
  g_hash_table_unref(self->by_id);
  g_hash_table_unref(self->seen);
  g_hash_table_unref(self->matched);
  g_hash_table_unref(self->refunds);
  g_hash_table_unref(self->listed);
  g_hash_table_unref(self->order_ids);
  g_hash_table_unref(self->registers);
  g_hash_table_unref(self->shift_sums);
  g_ptr_array_unref(self->tickets);
  g_ptr_array_unref(self->orders);
  g_clear_pointer(&self->shifts, g_ptr_array_unref);
  g_ptr_array_unref(self->differences);
  shopcaisse_day_sums_free(self->sums);
  g_free(self);
}

static gboolean
read_places(ShopcaisseReconciliation *self, GError **error)
{
  ShopcaisseDatabase *database = self->context->database;
  g_autoptr(GPtrArray) registers =
      shopcaisse_mirror_list_places(database, SHOPCAISSE_PLACE_POS, self->store_id, error);

  if (registers == NULL)
    return FALSE;
  for (guint i = 0; i < registers->len; i++) {
    const ShopcaissePlace *place = registers->pdata[i];

    g_hash_table_insert(self->registers, g_strdup(place->id), g_strdup(place->name));
  }
  self->shifts = shopcaisse_shifts_list(database, self->store_id, self->window.from - SHIFTS_AROUND,
                                        self->window.to + SHIFTS_AROUND, error);
  return self->shifts != NULL;
}

static void
add_refund(ShopcaisseReconciliation *self, const ShopcaisseTicket *ticket)
{
  gint64 *sum = NULL;

  if (ticket->parent_id == NULL || ticket->total_minor >= 0 ||
      ticket->phase != SHOPCAISSE_TICKET_COUNTS)
    return;
  sum = g_hash_table_lookup(self->refunds, ticket->parent_id);
  if (sum == NULL) {
    sum = g_new0(gint64, 1);
    g_hash_table_insert(self->refunds, g_strdup(ticket->parent_id), sum);
  }
  *sum += ticket->total_minor;
}

/* A page of the phase: how many rows there were. */
static gboolean
read_tickets(ShopcaisseReconciliation *self, guint limit, guint *n_rows, GError **error)
{
  ShopcaisseTimeWindow window = { self->window.from - TICKETS_BEFORE,
                                  self->window.to + TICKETS_AFTER, self->offset, limit };
  g_autoptr(GPtrArray) page =
      shopcaisse_tickets_list_page(self->context->database, self->store_id, &window, error);

  if (page == NULL)
    return FALSE;
  *n_rows = page->len;
  for (guint i = 0; i < page->len; i++) {
    ShopcaisseTicketRecord *record = page->pdata[i];

    /* Between two slices a row may have moved back to a page that comes. */
    if (g_hash_table_contains(self->by_id, record->ticket->id))
      continue;
    g_hash_table_insert(self->by_id, record->ticket->id, record);
    add_refund(self, record->ticket);
    g_ptr_array_add(self->tickets, record);
    page->pdata[i] = NULL;
  }
  return TRUE;
}

static gboolean
read_orders(ShopcaisseReconciliation *self, guint limit, guint *n_rows, GError **error)
{
  ShopcaisseTimeWindow window = { self->window.listed_from, self->window.listed_to, self->offset,
                                  limit };
  g_autoptr(GPtrArray) page =
      shopcaisse_listed_orders_list(self->context->database, self->store_id, &window, error);

  if (page == NULL)
    return FALSE;
  *n_rows = page->len;
  for (guint i = 0; i < page->len; i++) {
    ShopcaisseListedOrder *order = page->pdata[i];

    if (order->sweep != self->window.sweep || g_hash_table_contains(self->listed, order->id))
      continue;
    g_hash_table_insert(self->listed, order->id, order);
    g_ptr_array_add(self->orders, order);
    page->pdata[i] = NULL;
  }
  return TRUE;
}

static gboolean
read_sales(ShopcaisseReconciliation *self, guint limit, guint *n_rows, GError **error)
{
  ShopcaisseSalesQuery query = {
    .store_id = self->store_id,
    .from = self->window.from,
    .to = self->window.to,
    .offset = self->offset,
    .limit = limit,
  };
  g_autoptr(GPtrArray) page = shopcaisse_sales_list(self->context->database, &query, error);

  if (page == NULL)
    return FALSE;
  *n_rows = page->len;
  for (guint i = 0; i < page->len; i++) {
    const ShopcaisseSaleRecord *record = page->pdata[i];

    /* A quote, or what nobody has paid, is no turnover of the day yet. */
    if (shopcaisse_when_is_early(record))
      continue;
    if (g_hash_table_add(self->seen, g_strdup(record->sale_id)) &&
        !shopcaisse_reconcile_sale(self, record, error))
      return FALSE;
  }
  return TRUE;
}

/* The sale that a ticket closes: the ticket of an order of another day is in that day's report. */
static gboolean
find_sale(ShopcaisseReconciliation *self,
          const char *ticket_id,
          ShopcaisseSaleRecord **sale,
          GError **error)
{
  g_autoptr(GError) read_error = NULL;

  *sale = shopcaisse_sales_find_receipt(self->context->database, ticket_id, &read_error);
  if (read_error == NULL)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&read_error));
  return FALSE;
}

static void
count_left(ShopcaisseReconciliation *self, const ShopcaisseTicket *ticket, ShopcaisseDayTicket kind)
{
  ShopcaisseDaySums *shift =
      shopcaisse_reconcile_get_sums(self, shopcaisse_reconcile_find_shift(self, ticket));

  shopcaisse_day_sums_add_ticket(self->sums, ticket, kind);
  shopcaisse_day_sums_add_ticket(shift, ticket, kind);
}

/* Of a sale that still counts here: the host has to learn of it. A cancelled one was looked at with
 * its sale. */
static void
judge_refund(ShopcaisseReconciliation *self,
             const ShopcaisseTicket *ticket,
             const ShopcaisseSaleRecord *sale)
{
  count_left(self, ticket, SHOPCAISSE_DAY_TICKET_REFUND);
  /* One that the host has asked for is what it waits for; engine/refund.h. */
  if (!g_str_equal(sale->state, "cancelled") && !shopcaisse_refund_is_asked(sale))
    shopcaisse_reconcile_note(
        self, &(ShopcaisseFinding){ SHOPCAISSE_DIFFERENCE_REFUNDED, sale, ticket, NULL, NULL });
}

static gboolean
judge_left(ShopcaisseReconciliation *self, const ShopcaisseTicketRecord *record, GError **error)
{
  const ShopcaisseTicket *ticket = record->ticket;
  gboolean records_sales = self->context->host != NULL &&
                           (self->context->host->features & COMPTOIR_HOST_RECORD_SALES) != 0;
  g_autoptr(ShopcaisseSaleRecord) sale = NULL;

  if (!find_sale(self, ticket->id, &sale, error))
    return FALSE;
  if (sale != NULL)
    return TRUE;
  if (ticket->parent_id != NULL && ticket->total_minor < 0 &&
      !find_sale(self, ticket->parent_id, &sale, error))
    return FALSE;
  if (sale != NULL) {
    judge_refund(self, ticket, sale);
    return TRUE;
  }
  count_left(self, ticket, SHOPCAISSE_DAY_TICKET_TILL_ONLY);
  if (records_sales && !record->recorded)
    shopcaisse_reconcile_note(
        self, &(ShopcaisseFinding){ SHOPCAISSE_DIFFERENCE_NOT_RECORDED, NULL, ticket, NULL, NULL });
  return TRUE;
}

/* Rung up on the iPad itself: counted apart, no difference. */
static gboolean
judge_tickets_left(ShopcaisseReconciliation *self, guint limit, guint *n_rows, GError **error)
{
  guint end = MIN(self->tickets->len, self->offset + limit);

  for (guint i = self->offset; i < end; i++) {
    const ShopcaisseTicketRecord *record = self->tickets->pdata[i];
    const ShopcaisseTicket *ticket = record->ticket;

    if (ticket->at >= self->window.from && ticket->at < self->window.to &&
        ticket->phase == SHOPCAISSE_TICKET_COUNTS &&
        !g_hash_table_contains(self->matched, ticket->id) && !judge_left(self, record, error))
      return FALSE;
  }
  *n_rows = end - self->offset;
  return TRUE;
}

static gboolean
find_sales_of_order(ShopcaisseReconciliation *self,
                    const char *order_id,
                    GPtrArray **sales,
                    GError **error)
{
  ShopcaisseSalesQuery query = { .text = order_id, .limit = 1 };

  *sales = *order_id != '\0' ? shopcaisse_sales_list(self->context->database, &query, error)
                             : g_ptr_array_new();
  return *sales != NULL;
}

/* Ours, and not the order that a sale knows as its own. One of another day is known by its sale. */
static gboolean
judge_order_left(ShopcaisseReconciliation *self, const ShopcaisseListedOrder *order, GError **error)
{
  const char *known = g_hash_table_lookup(self->order_ids, order->order_id);
  ShopcaisseFinding finding = { .difference = SHOPCAISSE_DIFFERENCE_DOUBLED_ORDER, .order = order };
  g_autoptr(GPtrArray) sales = NULL;

  if (known != NULL && *known == '\0') {
    g_hash_table_insert(self->order_ids, g_strdup(order->order_id), g_strdup(order->id));
    return TRUE;
  }
  if (known != NULL && g_str_equal(known, order->id))
    return TRUE;
  if (!find_sales_of_order(self, order->order_id, &sales, error))
    return FALSE;
  if (known == NULL && sales->len > 0)
    return TRUE;
  if (known == NULL)
    finding.difference = SHOPCAISSE_DIFFERENCE_UNKNOWN_ORDER;
  else
    finding.record = sales->len > 0 ? sales->pdata[0] : NULL;
  shopcaisse_reconcile_note(self, &finding);
  return TRUE;
}

static gboolean
judge_orders_left(ShopcaisseReconciliation *self, guint limit, guint *n_rows, GError **error)
{
  guint end = MIN(self->orders->len, self->offset + limit);

  for (guint i = self->offset; i < end; i++) {
    const ShopcaisseListedOrder *order = self->orders->pdata[i];

    if (order->is_ours && !order->is_test && order->pickup_at >= self->window.from &&
        order->pickup_at < self->window.to &&
        shopcaisse_kitchen_phase_parse(order->status) != SHOPCAISSE_KITCHEN_CANCELLED &&
        !judge_order_left(self, order, error))
      return FALSE;
  }
  *n_rows = end - self->offset;
  return TRUE;
}

static gboolean
do_phase(ShopcaisseReconciliation *self, guint limit, guint *n_rows, GError **error)
{
  switch ((Phase)self->phase) {
  case PHASE_PLACES:
    return read_places(self, error);
  case PHASE_TICKETS:
    return read_tickets(self, limit, n_rows, error);
  case PHASE_ORDERS:
    return self->window.sweep == 0 || read_orders(self, limit, n_rows, error);
  case PHASE_SALES:
    return read_sales(self, limit, n_rows, error);
  case PHASE_TICKETS_LEFT:
    return judge_tickets_left(self, limit, n_rows, error);
  case PHASE_ORDERS_LEFT:
    return judge_orders_left(self, limit, n_rows, error);
  case PHASE_DONE:
    break;
  }
  return TRUE;
}

/**
 * shopcaisse_reconciliation_step:
 * @self: a reconciliation
 * @limit: how many rows to look at, about
 * @is_done: (out): whether that was the last step
 * @error: return location for an error
 *
 * Goes on with it.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_reconciliation_step(ShopcaisseReconciliation *self,
                               guint limit,
                               gboolean *is_done,
                               GError **error)
{
  guint n_rows = 0;

  g_return_val_if_fail(limit > 0, FALSE);
  if (!do_phase(self, limit, &n_rows, error))
    return FALSE;
  self->offset += n_rows;
  if (n_rows < limit) {
    self->phase++;
    self->offset = 0;
  }
  *is_done = self->phase >= PHASE_DONE;
  return TRUE;
}

/**
 * shopcaisse_reconciliation_take_report:
 * @self: a reconciliation that is done
 *
 * Puts the report together.
 *
 * Returns: (transfer floating): the report
 */
GVariant *
shopcaisse_reconciliation_take_report(ShopcaisseReconciliation *self)
{
  g_return_val_if_fail(self->phase >= PHASE_DONE, NULL);

  return shopcaisse_reconcile_build(self);
}
