/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far a sale has come: each way to stop has its class. */
#include "engine-book.h"

static const BookSale sent = { "sent", "finalised", "t-1", NULL };
static const BookTicket good = { "t-1", "completed", 1250, 114, 0, NULL, NULL, NULL, NULL };

static void
order_without_a_sale_is_not_finalised(void **state)
{
  book_add_sale(*state, &(BookSale){ "sent", "open", NULL, NULL });
  book_assert_difference(*state, "not-finalised");
}

static void
receipt_without_a_ticket_is_not_read(void **state)
{
  book_add_sale(*state, &sent);
  book_assert_difference(*state, "receipt-not-read");
}

static void
held_sale_is_not_sent(void **state)
{
  book_add_sale(*state, &(BookSale){ "held", "", NULL, "calibration" });
  book_assert_difference(*state, "not-sent");
}

static void
cancelled_ticket_is_named(void **state)
{
  book_add_sale(*state, &sent);
  book_add_ticket(
      *state,
      &(BookTicket){ .id = "t-1", .status = "cancelled", .total_minor = 1250, .vat_minor = 114 });
  book_assert_difference(*state, "ticket-cancelled");
}

static void
pending_ticket_is_named(void **state)
{
  book_add_sale(*state, &sent);
  book_add_ticket(
      *state,
      &(BookTicket){ .id = "t-1", .status = "pending", .total_minor = 1250, .vat_minor = 114 });
  book_assert_difference(*state, "ticket-pending");
}

static void
ticket_with_a_new_word_is_not_counted(void **state)
{
  book_add_sale(*state, &sent);
  book_add_ticket(
      *state,
      &(BookTicket){ .id = "t-1", .status = "on_hold", .total_minor = 1250, .vat_minor = 114 });
  book_assert_difference(*state, "not-counted");
}

static void
cancelled_order_that_was_sold_is_named(void **state)
{
  book_add_sale(*state, &(BookSale){ "cancelled", "finalised", "t-1", NULL });
  book_add_ticket(*state, &good);
  book_assert_difference(*state, "cancelled-and-sold");
}

static const BookSale cancelled = { "cancelled", "finalised", "t-1", NULL };

static void
cancelled_sale_that_was_refunded_is_settled(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;

  book_add_sale(self, &cancelled);
  book_add_ticket(self, &good);
  book_add_ticket(
      self, &(BookTicket){
                .id = "t-2", .status = "completed", .total_minor = -1250, .parent_id = "t-1" });
  report = book_reconcile(self);
  assert_int_equal(book_get_number(report, "differences"), 0);
  assert_string_equal(bench_text(report, "difference"), "0.00");
}

static void
refund_of_another_amount_is_named(void **state)
{
  book_add_sale(*state, &cancelled);
  book_add_ticket(*state, &good);
  book_add_ticket(
      *state, &(BookTicket){
                  .id = "t-2", .status = "completed", .total_minor = -1000, .parent_id = "t-1" });
  book_assert_difference(*state, "refund-amount");
}

static void
refund_that_nobody_asked_for_is_named(void **state)
{
  book_add_sale(*state, &sent);
  book_add_ticket(*state, &good);
  book_add_ticket(
      *state, &(BookTicket){
                  .id = "t-2", .status = "completed", .total_minor = -1250, .parent_id = "t-1" });
  book_assert_difference(*state, "refunded");
}

static void
refund_that_was_asked_for_is_settled_when_it_is_made(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;

  book_add_sale(self, &(BookSale){ "sent", "finalised", "t-1", "refunded" });
  book_add_ticket(self, &good);
  book_add_ticket(
      self, &(BookTicket){
                .id = "t-2", .status = "completed", .total_minor = -1250, .parent_id = "t-1" });
  report = book_reconcile(self);
  assert_int_equal(book_get_number(report, "differences"), 0);
  assert_string_equal(bench_text(report, "difference"), "0.00");
}

static void
refund_that_is_still_to_be_made_is_named(void **state)
{
  book_add_sale(*state, &(BookSale){ "sent", "finalised", "t-1", "refund" });
  book_add_ticket(*state, &good);
  book_assert_difference(*state, "cancelled-and-sold");
}

static void
order_that_is_not_listed_is_lost(void **state)
{
  book_add_sale(*state, &(BookSale){ "sent", "open", NULL, NULL });
  book_assert_listed_difference(*state, BENCH_NOW + SHOPCAISSE_MINUTE, "lost");
}

/* It left while the list was being read. */
static void
order_that_left_after_the_list_was_asked_for_is_not_lost(void **state)
{
  book_add_sale(*state, &(BookSale){ "sent", "open", NULL, NULL });
  book_assert_listed_difference(*state, BENCH_NOW - SHOPCAISSE_MINUTE, "not-finalised");
}

static void
order_with_another_total_is_named(void **state)
{
  book_add_sale(*state, &(BookSale){ "sent", "open", NULL, NULL });
  book_list_order(*state, "server-1", "order-1", 1350);
  book_assert_listed_difference(*state, BENCH_NOW, "order-amount");
}

static void
order_that_is_listed_twice_is_named_once(void **state)
{
  book_add_sale(*state, &sent);
  book_add_ticket(*state, &good);
  book_list_order(*state, "server-1", "order-1", 1250);
  book_list_order(*state, "server-2", "order-1", 1250);
  book_assert_listed_difference(*state, BENCH_NOW, "doubled-order");
}

static void
order_that_no_sale_belongs_to_is_named(void **state)
{
  book_list_order(*state, "server-3", "order-3", 500);
  book_assert_listed_difference(*state, BENCH_NOW, "unknown-order");
}

/* Its answer was lost: the sale does not know yet what it is called there. */
static void
order_of_a_sale_without_an_answer_is_no_stranger(void **state)
{
  book_add_sale(*state, &(BookSale){ "sending", "", NULL, NULL });
  book_list_order(*state, "server-1", "order-1", 1250);
  book_assert_listed_difference(*state, BENCH_NOW, "not-sent");
}

static void
cancelled_order_is_no_difference(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;

  book_add_sale(self, &(BookSale){ "cancelled", "", NULL, NULL });
  report = book_reconcile(self);
  assert_int_equal(book_get_number(report, "differences"), 0);
  assert_int_equal(book_get_number(report, "sales"), 0);
}

static void
sale_that_is_no_order_yet_is_no_difference(void **state)
{
  Book *self = *state;
  g_autoptr(GVariant) report = NULL;

  book_add_sale(self, &(BookSale){ "held", "", NULL, "status" });
  report = book_reconcile(self);
  assert_int_equal(book_get_number(report, "differences"), 0);
  assert_int_equal(book_get_number(report, "sales"), 0);
}

/* The ticket of the two is one: both sales are in it, and it is counted once. */
static void
merged_orders_are_one_ticket_counted_once(void **state)
{
  g_autoptr(GVariant) report = NULL;
  g_autoptr(GVariant) store = NULL;

  book_add_sale(*state, &(BookSale){ "sent", "finalised", "t-1", NULL, "merged", 1 });
  book_add_sale(*state, &(BookSale){ "sent", "finalised", "t-1", NULL, "accepted", 2 });
  book_add_ticket(
      *state,
      &(BookTicket){ .id = "t-1", .status = "completed", .total_minor = 2500, .vat_minor = 227 });
  book_assert_no_difference(*state);
  report = book_reconcile(*state);
  store = book_get_store(report);
  assert_string_equal(bench_text(store, "host_total"), "25.00");
  assert_string_equal(bench_text(store, "till_total"), "25.00");
}

static void
merged_orders_whose_ticket_lacks_one_are_named(void **state)
{
  book_add_sale(*state, &(BookSale){ "sent", "finalised", "t-1", NULL, "merged", 1 });
  book_add_sale(*state, &(BookSale){ "sent", "finalised", "t-1", NULL, "accepted", 2 });
  book_add_ticket(*state, &good);
  book_assert_difference(*state, "amount");
}

/* Two that nobody merged do not share one. */
static void
receipt_of_two_orders_is_named(void **state)
{
  book_add_sale(*state, &(BookSale){ "sent", "finalised", "t-1", NULL, "accepted", 1 });
  book_add_sale(*state, &(BookSale){ "sent", "finalised", "t-1", NULL, "accepted", 2 });
  book_add_ticket(*state, &good);
  book_assert_difference(*state, "shared-receipt");
}

static void
order_cancelled_on_the_till_is_named(void **state)
{
  book_add_sale(*state, &(BookSale){ "cancelled", "open", NULL, "cancelled-on-till" });
  book_assert_difference(*state, "cancelled-on-till");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    book_test(order_without_a_sale_is_not_finalised),
    book_test(receipt_without_a_ticket_is_not_read),
    book_test(held_sale_is_not_sent),
    book_test(cancelled_ticket_is_named),
    book_test(pending_ticket_is_named),
    book_test(ticket_with_a_new_word_is_not_counted),
    book_test(cancelled_order_that_was_sold_is_named),
    book_test(cancelled_sale_that_was_refunded_is_settled),
    book_test(refund_of_another_amount_is_named),
    book_test(refund_that_nobody_asked_for_is_named),
    book_test(refund_that_was_asked_for_is_settled_when_it_is_made),
    book_test(refund_that_is_still_to_be_made_is_named),
    book_test(order_that_is_not_listed_is_lost),
    book_test(order_that_left_after_the_list_was_asked_for_is_not_lost),
    book_test(order_with_another_total_is_named),
    book_test(order_that_is_listed_twice_is_named_once),
    book_test(order_that_no_sale_belongs_to_is_named),
    book_test(order_of_a_sale_without_an_answer_is_no_stranger),
    book_test(cancelled_order_is_no_difference),
    book_test(sale_that_is_no_order_yet_is_no_difference),
    book_test(merged_orders_are_one_ticket_counted_once),
    book_test(merged_orders_whose_ticket_lacks_one_are_named),
    book_test(receipt_of_two_orders_is_named),
    book_test(order_cancelled_on_the_till_is_named),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
