/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A shop's books for the tests of the day close: sales, tickets, shifts and what the service lists,
 * written as they are read. */
#include "engine-book.h"

#include "store/listed-orders.h"
#include "store/sales.h"

#include <string.h>

#define SWEEP 7

int
book_set_up(void **state)
{
  Book *self = g_new0(Book, 1);
  void *bench = NULL;

  bench_set_up_ready(&bench);
  self->bench = bench;
  self->context.database = bench_open_store(self->bench);
  self->context.clock = &self->bench->clock.clock;
  self->context.configuration = shopcaisse_configuration_load(self->context.database, NULL);
  assert_non_null(self->context.configuration);
  *state = self;
  return 0;
}

int
book_tear_down(void **state)
{
  Book *self = *state;
  void *bench = self->bench;

  shopcaisse_configuration_free(self->context.configuration);
  shopcaisse_database_close(self->context.database);
  g_free(self);
  return bench_tear_down(&bench);
}

static void
set_text(char **field, const char *text)
{
  g_free(*field);
  *field = g_strdup(text);
}

void
book_add_sale(Book *self, const BookSale *what)
{
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sale_record_new();
  g_autoptr(GError) error = NULL;
  guint number = MAX(1, what->number);
  g_autofree char *sale_id = g_strdup_printf("sale-%u", number);
  g_autofree char *order_id = g_strdup_printf("order-%u", number);
  g_autofree char *server_id = g_strdup_printf("server-%u", number);

  set_text(&record->sale_id, sale_id);
  set_text(&record->number, sale_id + strlen("sale-"));
  set_text(&record->store_id, "store-1");
  set_text(&record->order_id, order_id);
  set_text(&record->kitchen, what->kitchen != NULL ? what->kitchen : "");
  set_text(&record->state, what->state);
  set_text(&record->fiscal, what->fiscal);
  set_text(&record->receipt_id, what->receipt);
  set_text(&record->reason, what->reason != NULL ? what->reason : "");
  set_text(&record->external_id, g_str_equal(what->state, "sending") ? NULL : server_id);
  record->payload = g_variant_ref_sink(engine_shop_sale(sale_id, "12.50"));
  record->sold_at = BENCH_NOW;
  record->total_minor = 1250;
  record->sent_at = g_str_equal(what->state, "held") ? 0 : BENCH_NOW;
  if (!shopcaisse_sales_insert(self->context.database, record, &error))
    fail_msg("%s", error->message);
}

static void
add_row(ShopcaisseTicket *ticket, const BookTicket *what)
{
  ShopcaisseTicketLine *line = g_new0(ShopcaisseTicketLine, 1);
  ShopcaisseTicketPayment *payment = g_new0(ShopcaisseTicketPayment, 1);

  ticket->lines = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_ticket_line_free);
  ticket->payments = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_ticket_payment_free);
  line->item_id = g_strdup("item-1");
  line->name = g_strdup("Tarte");
  line->quantity_milli = 1000;
  line->unit_minor = line->total_minor = what->total_minor;
  line->vat_bp = 1000;
  line->vat_minor = what->vat_minor;
  payment->kind = g_strdup(what->payment != NULL ? what->payment : "CARD");
  payment->amount_minor = what->total_minor;
  g_ptr_array_add(ticket->lines, line);
  g_ptr_array_add(ticket->payments, payment);
}

void
book_add_ticket(Book *self, const BookTicket *what)
{
  g_autoptr(ShopcaisseTicket) ticket = g_new0(ShopcaisseTicket, 1);
  g_autoptr(GError) error = NULL;

  ticket->id = g_strdup(what->id);
  ticket->number = g_strdup("N");
  ticket->type = g_strdup(what->parent_id != NULL ? "REFUND" : "SALE");
  ticket->status = g_strdup(what->status);
  ticket->phase = shopcaisse_ticket_phase_parse(what->status);
  ticket->at = what->at != 0 ? what->at : BENCH_NOW;
  ticket->shift_id = g_strdup(what->shift_id);
  ticket->pos_id = g_strdup(what->pos_id);
  ticket->parent_id = g_strdup(what->parent_id);
  ticket->total_minor = what->total_minor;
  add_row(ticket, what);
  if (!shopcaisse_tickets_put(self->context.database, "store-1", ticket, "", &error))
    fail_msg("%s", error->message);
}

static void
put_shift(Book *self, const ShopcaisseShift *shift)
{
  assert_true(shopcaisse_shifts_put(self->context.database, "store-1", shift, NULL));
}

void
book_add_shift(Book *self, ShopcaisseShiftPhase phase, const char *status)
{
  ShopcaisseShift shift = { (char *)"shift-1",
                            (char *)"pos-1",
                            (char *)status,
                            phase,
                            BENCH_NOW - SHOPCAISSE_HOUR,
                            BENCH_NOW + SHOPCAISSE_HOUR,
                            1 };

  put_shift(self, &shift);
}

void
book_add_shift_of(Book *self, const char *id, const char *pos_id, gint64 from, gint64 to)
{
  ShopcaisseShift shift = {
    (char *)id, (char *)pos_id, (char *)"COMPLETED", SHOPCAISSE_SHIFT_COMPLETED, from, to, 1
  };

  put_shift(self, &shift);
}

void
book_list_order(Book *self, const char *id, const char *order_id, gint64 goods_minor)
{
  g_autoptr(ShopcaisseListedOrder) order = shopcaisse_listed_order_new();

  set_text(&order->id, id);
  set_text(&order->store_id, "store-1");
  set_text(&order->order_id, order_id);
  set_text(&order->status, "accepted");
  order->is_ours = TRUE;
  order->goods_minor = order->paid_minor = goods_minor;
  order->pickup_at = BENCH_NOW;
  order->sweep = SWEEP;
  assert_true(shopcaisse_listed_orders_put(self->context.database, order, NULL));
}

/* In slices of three rows, so that every phase takes several. */
static GVariant *
reconcile_window(Book *self, const ShopcaisseReconcileWindow *window)
{
  g_autoptr(ShopcaisseReconciliation) reconciliation =
      shopcaisse_reconciliation_new(&self->context, window);
  g_autoptr(GError) error = NULL;
  gboolean is_done = FALSE;

  while (!is_done) {
    if (!shopcaisse_reconciliation_step(reconciliation, 3, &is_done, &error))
      fail_msg("%s", error->message);
  }
  return g_variant_ref_sink(shopcaisse_reconciliation_take_report(reconciliation));
}

static ShopcaisseReconcileWindow
get_today(Book *self)
{
  ShopcaisseReconcileWindow window = { 0 };

  assert_true(shopcaisse_reconcile_get_day(&self->context, NULL, &window.from, &window.to, NULL));
  return window;
}

GVariant *
book_reconcile(Book *self)
{
  ShopcaisseReconcileWindow window = get_today(self);

  return reconcile_window(self, &window);
}

guint
book_get_number(GVariant *report, const char *key)
{
  guint32 number = G_MAXUINT32;

  assert_true(g_variant_lookup(report, key, "u", &number));
  return number;
}

GVariant *
book_get_store(GVariant *report)
{
  g_autoptr(GVariant) stores = g_variant_lookup_value(report, "stores", G_VARIANT_TYPE("aa{sv}"));

  assert_int_equal(g_variant_n_children(stores), 1);
  return g_variant_get_child_value(stores, 0);
}

static void
assert_one(GVariant *report, const char *class)
{
  g_autofree char *text = g_variant_print(report, FALSE);
  g_autofree char *wanted = g_strdup_printf("'class': <'%s'>", class);

  if (strstr(text, wanted) == NULL)
    fail_msg("no \"%s\" in %s", class, text);
  assert_int_equal(book_get_number(report, "differences"), 1);
  assert_null(strstr(text, "'next_step': <''>"));
}

void
book_assert_difference(Book *self, const char *class)
{
  g_autoptr(GVariant) report = book_reconcile(self);

  assert_one(report, class);
}

void
book_assert_listed_difference(Book *self, gint64 listed_at, const char *class)
{
  ShopcaisseReconcileWindow window = get_today(self);
  g_autoptr(GVariant) report = NULL;

  window.sweep = SWEEP;
  window.listed_from = window.from;
  window.listed_to = window.to;
  window.listed_at = listed_at;
  report = reconcile_window(self, &window);
  assert_one(report, class);
}

void
book_assert_no_difference(Book *self)
{
  g_autoptr(GVariant) report = book_reconcile(self);
  g_autofree char *text = g_variant_print(report, FALSE);

  if (book_get_number(report, "differences") != 0)
    fail_msg("invented: %s", text);
}
