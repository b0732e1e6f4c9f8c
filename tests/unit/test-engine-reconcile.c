/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The day close: to the cent, each difference with its class. */
#include "engine-shop.h"
#include "engine/context.h"
#include "engine/reconcile.h"
#include "store/sales.h"
#include "store/tickets.h"

#include <string.h>

/* What reconciling needs of an engine, on the bench's store. */
typedef struct {
  Bench *bench;
  ShopcaisseContext context;
} Book;

static int
set_up(void **state)
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

static int
tear_down(void **state)
{
  Book *self = *state;
  void *bench = self->bench;

  shopcaisse_configuration_free(self->context.configuration);
  shopcaisse_database_close(self->context.database);
  g_free(self);
  return bench_tear_down(&bench);
}

#define book_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

typedef struct {
  const char *state;
  const char *fiscal;
  const char *receipt; /* (nullable) */
  const char *reason;  /* (nullable) */
} SaleState;

static void
set_text(char **field, const char *text)
{
  g_free(*field);
  *field = g_strdup(text);
}

/* Sale-1 over 12.50, sold at BENCH_NOW. */
static void
add_sale(Book *self, const SaleState *what)
{
  g_autoptr(ShopcaisseSaleRecord) record = shopcaisse_sale_record_new();
  g_autoptr(GError) error = NULL;

  set_text(&record->sale_id, "sale-1");
  set_text(&record->number, "1");
  set_text(&record->store_id, "store-1");
  set_text(&record->order_id, "order-1");
  set_text(&record->state, what->state);
  set_text(&record->fiscal, what->fiscal);
  set_text(&record->receipt_id, what->receipt);
  set_text(&record->reason, what->reason != NULL ? what->reason : "");
  set_text(&record->external_id, "server-1");
  record->payload = g_variant_ref_sink(engine_shop_sale("sale-1", "12.50"));
  record->sold_at = BENCH_NOW;
  record->total_minor = 1250;
  record->sent_at = g_str_equal(what->state, "held") ? 0 : BENCH_NOW;
  if (!shopcaisse_sales_insert(self->context.database, record, &error))
    fail_msg("%s", error->message);
}

typedef struct {
  const char *id;
  const char *status;
  gint64 total_minor;
  gint64 vat_minor;
  gint64 at;
} TicketState;

static void
add_ticket(Book *self, const TicketState *what)
{
  g_autoptr(ShopcaisseTicket) ticket = g_new0(ShopcaisseTicket, 1);
  ShopcaisseTicketLine *line = g_new0(ShopcaisseTicketLine, 1);
  ShopcaisseTicketPayment *payment = g_new0(ShopcaisseTicketPayment, 1);
  g_autoptr(GError) error = NULL;

  ticket->id = g_strdup(what->id);
  ticket->number = g_strdup("N");
  ticket->type = g_strdup("SALE");
  ticket->status = g_strdup(what->status);
  ticket->phase = shopcaisse_ticket_phase_parse(what->status);
  ticket->at = what->at != 0 ? what->at : BENCH_NOW;
  ticket->total_minor = what->total_minor;
  ticket->lines = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_ticket_line_free);
  ticket->payments = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_ticket_payment_free);
  line->item_id = g_strdup("item-1");
  line->name = g_strdup("Tarte");
  line->quantity_milli = 1000;
  line->unit_minor = line->total_minor = what->total_minor;
  line->vat_bp = 1000;
  line->vat_minor = what->vat_minor;
  payment->kind = g_strdup("CARD");
  payment->amount_minor = what->total_minor;
  g_ptr_array_add(ticket->lines, line);
  g_ptr_array_add(ticket->payments, payment);
  if (!shopcaisse_tickets_put(self->context.database, "store-1", ticket, "", &error))
    fail_msg("%s", error->message);
}

static GVariant *
reconcile(Book *self)
{
  gint64 from = 0;
  gint64 to = 0;
  GVariant *report = NULL;
  g_autoptr(GError) error = NULL;

  assert_true(shopcaisse_reconcile_get_day(&self->context, NULL, &from, &to, NULL));
  report = shopcaisse_reconcile_day(&self->context, from, to, FALSE, &error);
  if (report == NULL)
    fail_msg("%s", error->message);
  return g_variant_ref_sink(report);
}

static guint
get_number(GVariant *report, const char *key)
{
  guint32 number = G_MAXUINT32;

  assert_true(g_variant_lookup(report, key, "u", &number));
  return number;
}

/* The day has one difference, of this class, with a next step. */
static void
assert_difference(Book *self, const char *class)
{
  g_autoptr(GVariant) report = reconcile(self);
  g_autofree char *text = g_variant_print(report, FALSE);
  g_autofree char *wanted = g_strdup_printf("'class': <'%s'>", class);

  if (strstr(text, wanted) == NULL)
    fail_msg("no \"%s\" in %s", class, text);
  assert_int_equal(get_number(report, "differences"), 1);
  assert_null(strstr(text, "'next_step': <''>"));
}

static GVariant *
get_store(GVariant *report)
{
  g_autoptr(GVariant) stores = g_variant_lookup_value(report, "stores", G_VARIANT_TYPE("aa{sv}"));

  assert_int_equal(g_variant_n_children(stores), 1);
  return g_variant_get_child_value(stores, 0);
}

static const SaleState sent = { "sent", "finalised", "t-1", NULL };
static const TicketState good = { "t-1", "completed", 1250, 114, 0 };

static void
day_that_agrees_has_no_difference(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;

  add_sale(self, &sent);
  add_ticket(self, &good);
  report = reconcile(self);
  assert_int_equal(get_number(report, "differences"), 0);
  assert_int_equal(get_number(report, "sales"), 1);
  assert_int_equal(get_number(report, "finalised"), 1);
  assert_string_equal(bench_text(report, "difference"), "0.00");
}

static void
one_cent_is_a_difference(void **state)
{
  add_sale(*state, &sent);
  add_ticket(*state, &(TicketState){ "t-1", "completed", 1249, 114, 0 });
  assert_difference(*state, "amount");
}

static void
difference_is_summed_to_the_cent(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;

  add_sale(self, &sent);
  add_ticket(self, &(TicketState){ "t-1", "completed", 1249, 114, 0 });
  report = reconcile(self);
  assert_string_equal(bench_text(report, "difference"), "0.01");
}

static void
order_without_a_sale_is_not_finalised(void **state)
{
  add_sale(*state, &(SaleState){ "sent", "open", NULL, NULL });
  assert_difference(*state, "not-finalised");
}

static void
receipt_without_a_ticket_is_not_read(void **state)
{
  add_sale(*state, &sent);
  assert_difference(*state, "receipt-not-read");
}

static void
held_sale_is_not_sent(void **state)
{
  add_sale(*state, &(SaleState){ "held", "", NULL, "calibration" });
  assert_difference(*state, "not-sent");
}

static void
cancelled_ticket_is_not_counted(void **state)
{
  add_sale(*state, &sent);
  add_ticket(*state, &(TicketState){ "t-1", "cancelled", 1250, 114, 0 });
  assert_difference(*state, "not-counted");
}

static void
cancelled_ticket_is_no_turnover(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;
  g_autoptr(GVariant) store = NULL;

  add_sale(self, &sent);
  add_ticket(self, &(TicketState){ "t-1", "cancelled", 1250, 114, 0 });
  report = reconcile(self);
  store = get_store(report);
  assert_string_equal(bench_text(report, "difference"), "12.50");
  assert_string_equal(bench_text(store, "till_total"), "0.00");
}

static void
cancelled_order_that_was_sold_is_named(void **state)
{
  add_sale(*state, &(SaleState){ "cancelled", "finalised", "t-1", NULL });
  add_ticket(*state, &good);
  assert_difference(*state, "cancelled-and-sold");
}

static void
cancelled_order_is_no_difference(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;

  add_sale(self, &(SaleState){ "cancelled", "", NULL, NULL });
  report = reconcile(self);
  assert_int_equal(get_number(report, "differences"), 0);
  assert_int_equal(get_number(report, "sales"), 0);
}

static void
order_cancelled_on_the_till_is_named(void **state)
{
  add_sale(*state, &(SaleState){ "cancelled", "open", NULL, "cancelled-on-till" });
  assert_difference(*state, "cancelled-on-till");
}

static void
vat_has_a_tolerance_of_one_cent(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;

  add_sale(self, &sent);
  add_ticket(self, &(TicketState){ "t-1", "completed", 1250, 113, 0 });
  report = reconcile(self);
  assert_int_equal(get_number(report, "differences"), 0);
}

static void
vat_of_another_rate_is_a_difference(void **state)
{
  add_sale(*state, &sent);
  add_ticket(*state, &(TicketState){ "t-1", "completed", 1250, 208, 0 });
  assert_difference(*state, "vat");
}

static void
sale_of_the_till_alone_is_counted_apart(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;
  g_autoptr(GVariant) store = NULL;

  add_ticket(self, &(TicketState){ "t-2", "completed", 700, 64, 0 });
  report = reconcile(self);
  store = get_store(report);
  assert_int_equal(get_number(report, "differences"), 0);
  assert_int_equal(get_number(store, "till_only"), 1);
  assert_string_equal(bench_text(store, "till_only_total"), "7.00");
  assert_string_equal(bench_text(report, "difference"), "0.00");
}

/* Sold yesterday, processed today: it is in yesterday's report. */
static void
ticket_of_an_earlier_order_is_not_the_tills_own(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;
  g_autoptr(GVariant) store = NULL;

  add_sale(self, &sent);
  self->bench->clock.now += SHOPCAISSE_DAY;
  add_ticket(self, &(TicketState){ "t-1", "completed", 1250, 114, BENCH_NOW + SHOPCAISSE_DAY });
  report = reconcile(self);
  store = get_store(report);
  assert_int_equal(get_number(store, "till_only"), 0);
}

static void
sale_processed_the_next_morning_belongs_to_its_day(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;

  add_sale(self, &sent);
  add_ticket(self,
             &(TicketState){ "t-1", "completed", 1250, 114, BENCH_NOW + 20 * SHOPCAISSE_HOUR });
  report = reconcile(self);
  assert_int_equal(get_number(report, "differences"), 0);
}

static void
add_shift(Book *self, ShopcaisseShiftPhase phase, const char *status)
{
  ShopcaisseShift shift = { (char *)"shift-1",
                            (char *)"pos-1",
                            (char *)status,
                            phase,
                            BENCH_NOW - SHOPCAISSE_HOUR,
                            BENCH_NOW + SHOPCAISSE_HOUR,
                            1 };

  assert_true(shopcaisse_shifts_put(self->context.database, "store-1", &shift, NULL));
}

static gboolean
is_provisional(Book *self)
{
  g_autoptr(GVariant) report = reconcile(self);
  gboolean provisional = FALSE;

  assert_true(g_variant_lookup(report, "provisional", "b", &provisional));
  return provisional;
}

static void
day_is_final_when_its_shifts_are_completed(void **state)
{
  assert_true(is_provisional(*state));
  add_shift(*state, SHOPCAISSE_SHIFT_OPEN, "OPENED");
  assert_true(is_provisional(*state));
  add_shift(*state, SHOPCAISSE_SHIFT_COMPLETED, "CLOSED_COMPLETED");
  assert_false(is_provisional(*state));
}

/* Hours of a day of the shop. */
static gint64
count_hours(Book *self, const char *day)
{
  gint64 from = 0;
  gint64 to = 0;

  assert_true(shopcaisse_reconcile_get_day(&self->context, day, &from, &to, NULL));
  return (to - from) / SHOPCAISSE_HOUR;
}

static void
days_of_summer_time_have_23_and_25_hours(void **state)
{
  assert_int_equal(count_hours(*state, "2026-03-28"), 24);
  assert_int_equal(count_hours(*state, "2026-03-29"), 23);
  assert_int_equal(count_hours(*state, "2026-10-25"), 25);
  assert_int_equal(count_hours(*state, "2026-10-26"), 24);
}

static void
day_begins_at_the_shops_midnight(void **state)
{
  Book *self = *state;
  gint64 from = 0;
  gint64 to = 0;

  assert_true(shopcaisse_reconcile_get_day(&self->context, NULL, &from, &to, NULL));
  assert_int_equal(from, BENCH_NOW - 11 * SHOPCAISSE_HOUR); /* 10:00 in UTC is 11:00 in Paris */
}

static void
text_that_is_no_day_is_invalid(void **state)
{
  static const char *const texts[] = { "yesterday", "2026-02-30", "2026-3-1", "02/03/2026",
                                       "2026-03-01T10:00:00Z" };
  Book *self = *state;

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    gint64 from = 0;
    gint64 to = 0;
    g_autoptr(GError) error = NULL;

    if (shopcaisse_reconcile_get_day(&self->context, texts[i], &from, &to, &error))
      fail_msg("\"%s\" was taken for a day", texts[i]);
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    book_test(day_that_agrees_has_no_difference),
    book_test(one_cent_is_a_difference),
    book_test(difference_is_summed_to_the_cent),
    book_test(order_without_a_sale_is_not_finalised),
    book_test(receipt_without_a_ticket_is_not_read),
    book_test(held_sale_is_not_sent),
    book_test(cancelled_ticket_is_not_counted),
    book_test(cancelled_ticket_is_no_turnover),
    book_test(cancelled_order_that_was_sold_is_named),
    book_test(cancelled_order_is_no_difference),
    book_test(order_cancelled_on_the_till_is_named),
    book_test(vat_has_a_tolerance_of_one_cent),
    book_test(vat_of_another_rate_is_a_difference),
    book_test(sale_of_the_till_alone_is_counted_apart),
    book_test(ticket_of_an_earlier_order_is_not_the_tills_own),
    book_test(sale_processed_the_next_morning_belongs_to_its_day),
    book_test(day_is_final_when_its_shifts_are_completed),
    book_test(days_of_summer_time_have_23_and_25_hours),
    book_test(day_begins_at_the_shops_midnight),
    book_test(text_that_is_no_day_is_invalid),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
