/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The unit of money in orders, in each form. */

#include "checks.h"
#include "fixture.h"

static void
check_order(
    const Fixture *self, const Wish *wish, double amount, double price, int digits, int cents)
{
  g_autoptr(HttpReply) reply = post_order(self, wish);
  assert_int_equal(reply->status, 201);
  assert_true(number_at(reply->json, "payments.0.amount") == amount);
  assert_true(number_at(reply->json, "items.0.price") == price);
  assert_int_equal((int)number_at(reply->json, "decimalDigits"), digits);
  json_t *orders = control(self, "GET", "/orders", NULL);
  assert_int_equal((int)number_at(orders, "orders.0.totalMinor"), cents);
  json_decref(orders);
}

static void
spec_reads_euros_and_answers_cents(void **state)
{
  check_order(*state, &(Wish){ 0 }, 1300, 650, 2, 1300);
}

static void
spec_with_two_digits_reads_cents(void **state)
{
  check_order(*state, &(Wish){ .digits = "2", .price = "650", .payment = "1300" }, 1300, 650, 2,
              1300);
}

static void
spec_with_two_digits_takes_euros_for_cents(void **state)
{
  check_order(*state, &(Wish){ .digits = "2", .payment = "14" }, 14, 7, 2, 14);
}

static void
decimal_echoes_euros_whatever_the_digits(void **state)
{
  const Fixture *self = *state;
  set_switch(self, "money", "decimal");
  check_order(self, &(Wish){ 0 }, 13, 6.5, 2, 1300);
  fixture_reset(state);
  set_switch(self, "money", "decimal");
  check_order(self, &(Wish){ .digits = "2" }, 13, 6.5, 2, 1300);
}

static void
decimal_digits_without_digits_loses_the_cents(void **state)
{
  const Fixture *self = *state;
  set_switch(self, "money", "decimal-digits");
  check_order(self, &(Wish){ .price = "6.45" }, 13, 6, 0, 1200);
}

static void
decimal_digits_with_digits_keeps_the_cents(void **state)
{
  const Fixture *self = *state;
  set_switch(self, "money", "decimal-digits");
  check_order(self, &(Wish){ .digits = "2", .price = "6.45", .payment = "12.9" }, 12.9, 6.45, 2,
              1290);
}

static void
cents_reads_and_answers_cents(void **state)
{
  const Fixture *self = *state;
  set_switch(self, "money", "cents");
  check_order(self, &(Wish){ .digits = "2", .price = "650", .payment = "1300" }, 1300, 650, 2,
              1300);
}

static void
payments_below_the_total_are_refused_in_each_form(void **state)
{
  const Fixture *self = *state;
  static const char *const forms[] = { "spec", "decimal", "decimal-digits", "cents" };
  for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
    set_switch(self, "money", forms[i]);
    g_autoptr(HttpReply) reply = post_order(self, &(Wish){ .payment = "5" });
    assert_int_equal(reply->status, 400);
    assert_string_equal(text_at(reply->json, "message"), "Payment amount < total price");
  }
  assert_int_equal(count(self, "orders"), 0);
}

static void
fees_and_discount_are_in_the_total(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) short_paid = post_order(self, &(Wish){ .extra = ",\"tip\":0.5" });
  assert_int_equal(short_paid->status, 400);
  g_autoptr(HttpReply) reduced =
      post_order(self, &(Wish){ .payment = "12", .extra = ",\"discountTotal\":-1" });
  assert_int_equal(reduced->status, 201);
  set_switch(self, "discount_sign", "positive");
  g_autoptr(HttpReply) turned = post_order(
      self, &(Wish){ .order_id = "order-2", .payment = "12", .extra = ",\"discountTotal\":1" });
  assert_int_equal(turned->status, 201);
}

int
check_money(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(spec_reads_euros_and_answers_cents, fixture_reset),
    cmocka_unit_test_setup(spec_with_two_digits_reads_cents, fixture_reset),
    cmocka_unit_test_setup(spec_with_two_digits_takes_euros_for_cents, fixture_reset),
    cmocka_unit_test_setup(decimal_echoes_euros_whatever_the_digits, fixture_reset),
    cmocka_unit_test_setup(decimal_digits_without_digits_loses_the_cents, fixture_reset),
    cmocka_unit_test_setup(decimal_digits_with_digits_keeps_the_cents, fixture_reset),
    cmocka_unit_test_setup(cents_reads_and_answers_cents, fixture_reset),
    cmocka_unit_test_setup(payments_below_the_total_are_refused_in_each_form, fixture_reset),
    cmocka_unit_test_setup(fees_and_discount_are_in_the_total, fixture_reset),
  };
  return cmocka_run_group_tests_name("money", tests, fixture_set_up_group, fixture_tear_down_group);
}
