/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a ticket holds and where it lies; what cannot be known is not claimed. */
#include "engine-book.h"

static const BookSale sent = { "sent", "finalised", "t-1", NULL };
static const BookTicket good = { "t-1", "completed", 1250, 114, 0, NULL, NULL, NULL, NULL };

static const BookTicket of_shift = {
  "t-1", "completed", 1250, 114, 0, "shift-1", NULL, NULL, NULL
};

static void
kind_that_the_till_calls_online_is_a_difference(void **state)
{
  book_add_sale(*state, &sent);
  book_add_ticket(*state, &(BookTicket){ .id = "t-1",
                                         .status = "completed",
                                         .total_minor = 1250,
                                         .vat_minor = 114,
                                         .payment = "ONLINE" });
  book_assert_difference(*state, "payment-kind");
}

/* The merchant's own word: nobody knows what it means. */
static void
label_of_the_merchant_is_no_difference(void **state)
{
  book_add_sale(*state, &sent);
  book_add_ticket(*state, &(BookTicket){ .id = "t-1",
                                         .status = "completed",
                                         .total_minor = 1250,
                                         .vat_minor = 114,
                                         .payment = "Titre-restaurant" });
  book_assert_no_difference(*state);
}

static void
shift_that_is_not_known_is_named(void **state)
{
  book_add_sale(*state, &sent);
  book_add_shift(*state, SHOPCAISSE_SHIFT_COMPLETED, "COMPLETED");
  book_add_ticket(*state, &(BookTicket){ .id = "t-1",
                                         .status = "completed",
                                         .total_minor = 1250,
                                         .vat_minor = 114,
                                         .shift_id = "shift-9" });
  book_assert_difference(*state, "no-shift");
}

/* A ticket that names neither register nor shift, while two are open. */
static void
shift_that_cannot_be_told_is_no_difference(void **state)
{
  book_add_sale(*state, &sent);
  book_add_shift(*state, SHOPCAISSE_SHIFT_COMPLETED, "COMPLETED");
  book_add_shift_of(*state, "shift-2", "pos-2", BENCH_NOW - SHOPCAISSE_HOUR,
                    BENCH_NOW + SHOPCAISSE_HOUR);
  book_add_ticket(*state, &good);
  book_assert_no_difference(*state);
}

static void
ticket_between_two_shifts_is_named(void **state)
{
  book_add_sale(*state, &sent);
  book_add_shift_of(*state, "shift-2", "pos-1", BENCH_NOW + SHOPCAISSE_HOUR,
                    BENCH_NOW + 2 * SHOPCAISSE_HOUR);
  book_add_ticket(*state, &good);
  book_assert_difference(*state, "no-shift");
}

static void
shift_of_another_register_is_named(void **state)
{
  book_add_sale(*state, &sent);
  book_add_shift(*state, SHOPCAISSE_SHIFT_COMPLETED, "COMPLETED");
  book_add_ticket(*state, &(BookTicket){ .id = "t-1",
                                         .status = "completed",
                                         .total_minor = 1250,
                                         .vat_minor = 114,
                                         .shift_id = "shift-1",
                                         .pos_id = "pos-2" });
  book_assert_difference(*state, "other-shift");
}

/* The evening's shift is open past midnight: the day's turnover, though tomorrow's date. */
static void
ticket_after_midnight_in_a_shift_of_the_day_is_of_the_day(void **state)
{
  book_add_sale(*state, &sent);
  book_add_shift_of(*state, "shift-1", "pos-1", BENCH_NOW, BENCH_NOW + 16 * SHOPCAISSE_HOUR);
  book_add_ticket(*state, &(BookTicket){ .id = "t-1",
                                         .status = "completed",
                                         .total_minor = 1250,
                                         .vat_minor = 114,
                                         .shift_id = "shift-1",
                                         .at = BENCH_NOW + 14 * SHOPCAISSE_HOUR });
  book_assert_no_difference(*state);
}

static void
ticket_of_the_next_days_shift_is_of_another_day(void **state)
{
  book_add_sale(*state, &sent);
  book_add_shift(*state, SHOPCAISSE_SHIFT_COMPLETED, "COMPLETED");
  book_add_shift_of(*state, "shift-2", "pos-1", BENCH_NOW + 20 * SHOPCAISSE_HOUR,
                    BENCH_NOW + 30 * SHOPCAISSE_HOUR);
  book_add_ticket(*state, &(BookTicket){ .id = "t-1",
                                         .status = "completed",
                                         .total_minor = 1250,
                                         .vat_minor = 114,
                                         .shift_id = "shift-2",
                                         .at = BENCH_NOW + 21 * SHOPCAISSE_HOUR });
  book_assert_difference(*state, "other-day");
}

static void
vat_has_a_tolerance_of_one_cent(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;

  book_add_sale(self, &sent);
  book_add_ticket(
      self,
      &(BookTicket){ .id = "t-1", .status = "completed", .total_minor = 1250, .vat_minor = 113 });
  report = book_reconcile(self);
  assert_int_equal(book_get_number(report, "differences"), 0);
}

static void
vat_of_another_rate_is_a_difference(void **state)
{
  book_add_sale(*state, &sent);
  book_add_ticket(
      *state,
      &(BookTicket){ .id = "t-1", .status = "completed", .total_minor = 1250, .vat_minor = 208 });
  book_assert_difference(*state, "vat");
}

/* Changed on the till when the Z report was made already. */
static void
late_change_is_named(void **state)
{
  book_add_sale(*state, &sent);
  book_add_ticket(*state, &good);
  book_add_shift(*state, SHOPCAISSE_SHIFT_COMPLETED, "COMPLETED");
  book_add_ticket(*state, &of_shift);
  book_add_ticket(*state, &(BookTicket){ .shift_id = "shift-1",
                                         .id = "t-1",
                                         .status = "completed",
                                         .total_minor = 1150,
                                         .vat_minor = 104 });
  book_assert_difference(*state, "changed-late");
}

static void
change_while_the_shift_is_open_is_not_late(void **state)
{
  book_add_sale(*state, &sent);
  book_add_shift(*state, SHOPCAISSE_SHIFT_OPEN, "OPENED");
  book_add_ticket(*state, &(BookTicket){ .shift_id = "shift-1",
                                         .id = "t-1",
                                         .status = "completed",
                                         .total_minor = 1150,
                                         .vat_minor = 104 });
  book_add_ticket(*state, &(BookTicket){ .shift_id = "shift-1",
                                         .id = "t-1",
                                         .status = "completed",
                                         .total_minor = 1249,
                                         .vat_minor = 114 });
  book_assert_difference(*state, "amount");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    book_test(kind_that_the_till_calls_online_is_a_difference),
    book_test(label_of_the_merchant_is_no_difference),
    book_test(shift_that_is_not_known_is_named),
    book_test(shift_that_cannot_be_told_is_no_difference),
    book_test(ticket_between_two_shifts_is_named),
    book_test(shift_of_another_register_is_named),
    book_test(ticket_after_midnight_in_a_shift_of_the_day_is_of_the_day),
    book_test(ticket_of_the_next_days_shift_is_of_another_day),
    book_test(vat_has_a_tolerance_of_one_cent),
    book_test(vat_of_another_rate_is_a_difference),
    book_test(late_change_is_named),
    book_test(change_while_the_shift_is_open_is_not_late),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
