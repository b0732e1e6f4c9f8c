/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The day close: to the cent, over a day of the shop. */
#include "engine-book.h"

#include <string.h>

static const BookSale sent = { "sent", "finalised", "t-1", NULL };
static const BookTicket good = { "t-1", "completed", 1250, 114, 0, NULL, NULL, NULL, NULL };

static void
day_that_agrees_has_no_difference(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;

  book_add_sale(self, &sent);
  book_add_ticket(self, &good);
  report = book_reconcile(self);
  assert_int_equal(book_get_number(report, "differences"), 0);
  assert_int_equal(book_get_number(report, "sales"), 1);
  assert_int_equal(book_get_number(report, "finalised"), 1);
  assert_string_equal(bench_text(report, "difference"), "0.00");
}

static void
one_cent_is_a_difference(void **state)
{
  book_add_sale(*state, &sent);
  book_add_ticket(
      *state,
      &(BookTicket){ .id = "t-1", .status = "completed", .total_minor = 1249, .vat_minor = 114 });
  book_assert_difference(*state, "amount");
}

static void
difference_is_summed_to_the_cent(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;

  book_add_sale(self, &sent);
  book_add_ticket(
      self,
      &(BookTicket){ .id = "t-1", .status = "completed", .total_minor = 1249, .vat_minor = 114 });
  report = book_reconcile(self);
  assert_string_equal(bench_text(report, "difference"), "0.01");
}

static void
cancelled_ticket_is_no_turnover(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;
  g_autoptr(GVariant) store = NULL;

  book_add_sale(self, &sent);
  book_add_ticket(
      self,
      &(BookTicket){ .id = "t-1", .status = "cancelled", .total_minor = 1250, .vat_minor = 114 });
  report = book_reconcile(self);
  store = book_get_store(report);
  assert_string_equal(bench_text(report, "difference"), "12.50");
  assert_string_equal(bench_text(store, "till_total"), "0.00");
}

static void
refund_is_taken_off_the_till(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;
  g_autoptr(GVariant) store = NULL;

  book_add_sale(self, &sent);
  book_add_ticket(self, &good);
  book_add_ticket(
      self,
      &(BookTicket){ .id = "t-2", .status = "completed", .total_minor = -250, .parent_id = "t-1" });
  report = book_reconcile(self);
  store = book_get_store(report);
  assert_string_equal(bench_text(store, "till_total"), "10.00");
  assert_string_equal(bench_text(store, "refunds_total"), "-2.50");
  assert_string_equal(bench_text(report, "difference"), "2.50");
}

static void
sale_of_the_till_alone_is_counted_apart(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;
  g_autoptr(GVariant) store = NULL;

  book_add_ticket(
      self,
      &(BookTicket){ .id = "t-2", .status = "completed", .total_minor = 700, .vat_minor = 64 });
  report = book_reconcile(self);
  store = book_get_store(report);
  assert_int_equal(book_get_number(report, "differences"), 0);
  assert_int_equal(book_get_number(store, "till_only"), 1);
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

  book_add_sale(self, &sent);
  self->bench->clock.now += SHOPCAISSE_DAY;
  book_add_ticket(self, &(BookTicket){ .id = "t-1",
                                       .status = "completed",
                                       .total_minor = 1250,
                                       .vat_minor = 114,
                                       .at = BENCH_NOW + SHOPCAISSE_DAY });
  report = book_reconcile(self);
  store = book_get_store(report);
  assert_int_equal(book_get_number(store, "till_only"), 0);
}

static void
sale_processed_the_next_morning_belongs_to_its_day(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;

  book_add_sale(self, &sent);
  book_add_ticket(self, &(BookTicket){ .id = "t-1",
                                       .status = "completed",
                                       .total_minor = 1250,
                                       .vat_minor = 114,
                                       .at = BENCH_NOW + 20 * SHOPCAISSE_HOUR });
  report = book_reconcile(self);
  assert_int_equal(book_get_number(report, "differences"), 0);
}

static gboolean
is_provisional(Book *self)
{
  g_autoptr(GVariant) report = book_reconcile(self);
  gboolean provisional = FALSE;

  assert_true(g_variant_lookup(report, "provisional", "b", &provisional));
  return provisional;
}

static void
day_is_final_when_its_shifts_are_completed(void **state)
{
  assert_true(is_provisional(*state));
  book_add_shift(*state, SHOPCAISSE_SHIFT_OPEN, "OPENED");
  assert_true(is_provisional(*state));
  book_add_shift(*state, SHOPCAISSE_SHIFT_COMPLETED, "CLOSED_COMPLETED");
  assert_false(is_provisional(*state));
}

static void
day_with_a_shift_in_a_new_state_is_provisional(void **state)
{
  g_autoptr(GVariant) report = NULL;
  g_autofree char *text = NULL;

  book_add_shift(*state, SHOPCAISSE_SHIFT_UNKNOWN, "ARCHIVED");
  assert_true(is_provisional(*state));
  report = book_reconcile(*state);
  text = g_variant_print(report, FALSE);
  assert_non_null(strstr(text, "'state': <'unknown'>"));
  assert_non_null(strstr(text, "'status': <'ARCHIVED'>"));
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
    book_test(cancelled_ticket_is_no_turnover),
    book_test(refund_is_taken_off_the_till),
    book_test(sale_of_the_till_alone_is_counted_apart),
    book_test(ticket_of_an_earlier_order_is_not_the_tills_own),
    book_test(sale_processed_the_next_morning_belongs_to_its_day),
    book_test(day_is_final_when_its_shifts_are_completed),
    book_test(day_with_a_shift_in_a_new_state_is_provisional),
    book_test(days_of_summer_time_have_23_and_25_hours),
    book_test(day_begins_at_the_shops_midnight),
    book_test(text_that_is_no_day_is_invalid),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
