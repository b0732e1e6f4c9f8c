/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "amount.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static gint64
parse(const char *text, guint digits)
{
  gint64 value = -1;

  assert_true(tryton_amount_parse(text, digits, &value));
  return value;
}

static void
decimals_of_python_are_read(void **state)
{
  assert_int_equal(parse("4.1583", 6), 4158300);
  assert_int_equal(parse("-0.99", 2), -99);
  assert_int_equal(parse("0E-8", 2), 0);
  assert_int_equal(parse("1E+2", 2), 10000);
  assert_int_equal(parse("5.5", 4), 55000);
  assert_int_equal(parse("12", 0), 12);
}

static void
what_is_half_is_rounded_away_from_zero(void **state)
{
  assert_int_equal(parse("1.005", 2), 101);
  assert_int_equal(parse("-1.005", 2), -101);
  assert_int_equal(parse("1.00499", 2), 100);
  assert_int_equal(tryton_amount_divide(-5, 2), -3);
  assert_int_equal(tryton_amount_divide(5, 3), 2);
}

static void
what_is_no_number_is_refused(void **state)
{
  static const char *const texts[] = { "", "-", ".", "1.2.3", "1e", "abc", "1E+99", "0x1", "1,5" };
  gint64 value = 7;

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
    assert_false(tryton_amount_parse(texts[i], 2, &value));
  assert_false(tryton_amount_parse(NULL, 2, &value));
  assert_int_equal(value, 7);
}

static void
what_does_not_fit_is_refused(void **state)
{
  gint64 value = 0;

  assert_false(tryton_amount_parse("99999999999999999999", 2, &value));
  assert_false(tryton_amount_parse("9223372036854775807", 6, &value));
  assert_false(tryton_amount_multiply(G_MAXINT64, 2, 1, &value));
}

static void
long_fractions_are_read_and_rounded(void **state)
{
  assert_int_equal(parse("0.3333333333333333333333333333", 6), 333333);
  assert_int_equal(parse("0.0000000000000000000000001", 6), 0);
}

static void
numbers_are_written_without_needless_zeros(void **state)
{
  g_autofree char *rate = tryton_amount_format(55000, 4, 0);
  g_autofree char *whole = tryton_amount_format(200000, 4, 0);
  g_autofree char *money = tryton_amount_format(-5, 2, 2);
  g_autofree char *piece = tryton_amount_format(1500, 3, 0);

  assert_string_equal(rate, "5.5");
  assert_string_equal(whole, "20");
  assert_string_equal(money, "-0.05");
  assert_string_equal(piece, "1.5");
}

static void
signs_survive_a_product(void **state)
{
  gint64 product = 0;

  assert_true(tryton_amount_multiply(-3, 5, 2, &product));
  assert_int_equal(product, -8);
  assert_true(tryton_amount_multiply(-3, -5, 2, &product));
  assert_int_equal(product, 8);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(decimals_of_python_are_read),
    cmocka_unit_test(what_is_half_is_rounded_away_from_zero),
    cmocka_unit_test(what_is_no_number_is_refused),
    cmocka_unit_test(what_does_not_fit_is_refused),
    cmocka_unit_test(long_fractions_are_read_and_rounded),
    cmocka_unit_test(numbers_are_written_without_needless_zeros),
    cmocka_unit_test(signs_survive_a_product),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
