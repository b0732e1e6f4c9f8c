/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Amounts and quantities: texts, sums, products, shares. */
#include "model/money.h"
#include "tests/repeat.h"

#include <locale.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define SEED      20190912
#define N_AMOUNTS 1000000

typedef struct {
  const char *text;
  gint64 minor;
} TextCase;

static const TextCase good_texts[] = {
  { "0", 0 },
  { "-0.00", 0 },
  { "12", 1200 },
  { "12.5", 1250 },
  { "12.50", 1250 },
  { "0.01", 1 },
  { "-0.01", -1 },
  { "007.10", 710 },
  { "999999999.99", SHOPCAISSE_MONEY_MAX_MINOR },
  { "-999999999.99", -SHOPCAISSE_MONEY_MAX_MINOR },
};

static const char *const bad_texts[] = {
  "",
  "-",
  ".",
  "12,5",
  "12.",
  ".5",
  "+1",
  " 1",
  "1 ",
  "1.234",
  "1e2",
  "0x1",
  "--1",
  "1.2.3",
  "1'000",
  "NaN",
  "1.-2",
  "1000000000",
  "999999999.999",
  "99999999999999999999",
  "1\n",
  "\xc3\xa9",
  "\xff",
  "-",
  "1 000.00",
};

static void
good_texts_are_read_exactly(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(good_texts); i++) {
    ShopcaisseMoney money = { 0 };
    g_autoptr(GError) error = NULL;

    assert_true(shopcaisse_money_parse(good_texts[i].text, "EUR", &money, &error));
    assert_null(error);
    assert_int_equal(money.minor, good_texts[i].minor);
    assert_string_equal(money.currency, "EUR");
  }
}

static void
bad_texts_are_refused(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(bad_texts); i++) {
    ShopcaisseMoney money = shopcaisse_money(77, "EUR");
    g_autoptr(GError) error = NULL;

    assert_false(shopcaisse_money_parse(bad_texts[i], "EUR", &money, &error));
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
    assert_true(g_utf8_validate(error->message, -1, NULL));
    assert_null(strchr(error->message, '\n'));
    assert_int_equal(money.minor, 77);
  }
}

static void
refusal_quotes_the_text(void **state)
{
  ShopcaisseMoney money = { 0 };
  g_autoptr(GError) error = NULL;

  assert_false(shopcaisse_money_parse("12,5", "EUR", &money, &error));
  assert_string_equal(error->message, "\"12,5\" is not a decimal amount");
}

static void
refusal_shortens_a_long_text(void **state)
{
  ShopcaisseMoney money = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *text = g_strnfill(5000, 'x');

  assert_false(shopcaisse_money_parse(text, "EUR", &money, &error));
  assert_true(strlen(error->message) < 100);
}

static void
million_amounts_come_back_from_text(void **state)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(SEED);

  for (guint i = 0; i < repeat(N_AMOUNTS); i++) {
    gint64 minor = (gint64)(g_rand_double(random) * SHOPCAISSE_MONEY_MAX_MINOR);
    ShopcaisseMoney money = shopcaisse_money(i % 2 == 0 ? minor : -minor, "EUR");
    ShopcaisseMoney back = { 0 };
    g_autofree char *text = shopcaisse_money_to_text(money);

    assert_true(shopcaisse_money_parse(text, "EUR", &back, NULL));
    assert_true(back.minor == money.minor);
  }
}

static void
text_has_a_point_and_two_decimals(void **state)
{
  g_autofree char *whole = shopcaisse_money_to_text(shopcaisse_money(1200, "EUR"));
  g_autofree char *small = shopcaisse_money_to_text(shopcaisse_money(-5, "EUR"));
  g_autofree char *least = shopcaisse_money_to_text(shopcaisse_money(G_MININT64, "EUR"));

  assert_string_equal(whole, "12.00");
  assert_string_equal(small, "-0.05");
  assert_string_equal(least, "-92233720368547758.08");
}

static void
sums_are_checked(void **state)
{
  ShopcaisseMoney sum = shopcaisse_money(SHOPCAISSE_MONEY_MAX_MINOR, "EUR");
  g_autoptr(GError) error = NULL;

  assert_false(shopcaisse_money_add(&sum, shopcaisse_money(1, "EUR"), &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  assert_int_equal(sum.minor, SHOPCAISSE_MONEY_MAX_MINOR);
  assert_false(shopcaisse_money_add(&sum, shopcaisse_money(G_MAXINT64, "EUR"), NULL));
  assert_true(shopcaisse_money_add(&sum, shopcaisse_money(-1, "EUR"), NULL));
  assert_int_equal(sum.minor, SHOPCAISSE_MONEY_MAX_MINOR - 1);
}

static void
currencies_are_not_mixed(void **state)
{
  ShopcaisseMoney sum = shopcaisse_money(1, "EUR");
  g_autoptr(GError) error = NULL;

  assert_false(shopcaisse_money_add(&sum, shopcaisse_money(1, "CHF"), &error));
  assert_string_equal(error->message, "amounts in EUR and CHF cannot be added");
}

static void
products_round_half_up_on_the_magnitude(void **state)
{
  static const struct {
    gint64 unit, quantity, product;
  } cases[] = {
    { 390, 2000, 780 },   { 1299, 350, 455 }, { 1, 500, 1 },        { -1, 500, -1 },
    { 1, 499, 0 },        { 333, 1500, 500 }, { -333, 1500, -500 }, { 333, -1500, -500 },
    { -333, -1500, 500 }, { 0, 1000, 0 },     { 1250, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    ShopcaisseMoney product = { 0 };

    assert_true(shopcaisse_money_multiply(shopcaisse_money(cases[i].unit, "EUR"), cases[i].quantity,
                                          &product, NULL));
    assert_int_equal(product.minor, cases[i].product);
  }
}

static void
products_too_large_are_refused(void **state)
{
  ShopcaisseMoney product = shopcaisse_money(3, "EUR");
  g_autoptr(GError) error = NULL;

  assert_false(shopcaisse_money_multiply(shopcaisse_money(SHOPCAISSE_MONEY_MAX_MINOR, "EUR"), 1001,
                                         &product, &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  assert_false(
      shopcaisse_money_multiply(shopcaisse_money(G_MININT64, "EUR"), G_MININT64, &product, NULL));
  assert_false(shopcaisse_money_multiply(shopcaisse_money(G_MAXINT64, "EUR"), 999, &product, NULL));
  assert_int_equal(product.minor, 3);
}

static void
exact_products_are_told_from_rounded_ones(void **state)
{
  assert_true(shopcaisse_money_is_exact_product(shopcaisse_money(390, "EUR"), 2000));
  assert_true(shopcaisse_money_is_exact_product(shopcaisse_money(400, "EUR"), 350 + 150));
  assert_false(shopcaisse_money_is_exact_product(shopcaisse_money(1299, "EUR"), 350));
  assert_true(shopcaisse_money_is_exact_product(shopcaisse_money(G_MININT64, "EUR"), 1000));
}

/* 1.00 over 3.33, 3.33 and 3.34. */
static void
share_of_one_euro_over_three(void **state)
{
  const gint64 weights[] = { 333, 333, 334 };
  gint64 shares[3] = { 0 };

  shopcaisse_money_share(100, weights, 3, shares);
  assert_int_equal(shares[0], 33);
  assert_int_equal(shares[1], 33);
  assert_int_equal(shares[2], 34);
}

static void
equal_remainders_go_to_the_lowest_index(void **state)
{
  const gint64 weights[] = { 5, 5, 5 };
  gint64 shares[3] = { 0 };

  shopcaisse_money_share(101, weights, 3, shares);
  assert_int_equal(shares[0], 34);
  assert_int_equal(shares[1], 34);
  assert_int_equal(shares[2], 33);
}

static void
negative_total_is_shared_by_its_magnitude(void **state)
{
  const gint64 weights[] = { 333, 333, 334 };
  gint64 shares[3] = { 0 };

  shopcaisse_money_share(-100, weights, 3, shares);
  assert_int_equal(shares[0], -33);
  assert_int_equal(shares[1], -33);
  assert_int_equal(shares[2], -34);
}

static void
zero_weights_count_as_equal(void **state)
{
  const gint64 weights[] = { 0, 0 };
  gint64 shares[2] = { 0 };

  shopcaisse_money_share(7, weights, 2, shares);
  assert_int_equal(shares[0], 4);
  assert_int_equal(shares[1], 3);
}

static void
nothing_is_shared_among_none(void **state)
{
  shopcaisse_money_share(0, NULL, 0, NULL);
}

static void
large_shares_do_not_overflow(void **state)
{
  const gint64 weights[] = { G_MAXINT64 / 4, G_MAXINT64 / 4, 1 };
  gint64 shares[3] = { 0 };

  shopcaisse_money_share(G_MAXINT64, weights, 3, shares);
  assert_true(shares[0] + shares[1] + shares[2] == G_MAXINT64);
  assert_true(shares[0] == shares[1] || shares[0] == shares[1] + 1);
}

/* Sums exactly, never more than one cent from the exact share. */
static void
million_shares_add_up(void **state)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(SEED);
  gint64 weights[8];
  gint64 shares[8];

  for (guint i = 0; i < repeat(N_AMOUNTS) / 4; i++) {
    gsize n = (gsize)g_rand_int_range(random, 1, 9);
    gint64 total = g_rand_int_range(random, -100000000, 100000000);
    gint64 sum = 0;
    gint64 weight_sum = 0;

    for (gsize j = 0; j < n; j++) {
      weights[j] = g_rand_int_range(random, 0, 1000000);
      weight_sum += weights[j];
    }
    shopcaisse_money_share(total, weights, n, shares);
    for (gsize j = 0; j < n; j++) {
      double exact = weight_sum > 0 ? (double)total * (double)weights[j] / (double)weight_sum
                                    : (double)total / (double)n;

      sum += shares[j];
      assert_true((double)shares[j] > exact - 1.001 && (double)shares[j] < exact + 1.001);
    }
    assert_true(sum == total);
  }
}

static void
price_of_one_is_rounded_half_up_on_the_magnitude(void **state)
{
  static const struct {
    gint64 total, quantity, price;
  } cases[] = {
    { 700, 2000, 350 },
    { 1000, 3000, 333 },
    { 2000, 3000, 667 },
    { 125, 2000, 63 },
    { -125, 2000, -63 },
    { 125, -2000, -63 },
    { -125, -2000, 63 },
    { 455, 350, 1300 },
    { 1, 3000, 0 },
    { 99999999999, 1, 99999999999000 },
    { 99999999999, 2000, 50000000000 },
    { 333333, 333333, 1000 },
    { 1250, 0, 0 },
    { 0, 5000, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    assert_true(shopcaisse_money_price_of_one(cases[i].total, cases[i].quantity) == cases[i].price);
}

static void
quantities_have_three_decimals(void **state)
{
  gint64 milli = 0;
  g_autoptr(GError) error = NULL;

  assert_true(shopcaisse_quantity_parse("0.350", &milli, NULL));
  assert_int_equal(milli, 350);
  assert_true(shopcaisse_quantity_parse("2", &milli, NULL));
  assert_int_equal(milli, 2 * SHOPCAISSE_QUANTITY_ONE);
  assert_true(shopcaisse_quantity_parse("-1.5", &milli, NULL));
  assert_int_equal(milli, -1500);
  assert_false(shopcaisse_quantity_parse("0.0005", &milli, &error));
  assert_string_equal(error->message, "\"0.0005\" is not a decimal quantity");
  assert_int_equal(milli, -1500);
}

/* A catalogue may say another mark; the text that is sent has none but the point. */
static void
words_have_the_point_where_nothing_is_translated(void **state)
{
  g_autofree char *money = shopcaisse_money_to_words(shopcaisse_money(-1250, "EUR"));
  g_autofree char *quantity = shopcaisse_quantity_to_words(350);
  g_autofree char *whole = shopcaisse_quantity_to_words(2000);

  assert_string_equal(money, "-12.50");
  assert_string_equal(quantity, "0.35");
  assert_string_equal(whole, "2");
}

static void
quantities_are_printed_short(void **state)
{
  static const struct {
    gint64 milli;
    const char *text;
  } cases[] = { { 1000, "1" },     { 350, "0.35" }, { 1, "0.001" },
                { -1500, "-1.5" }, { 0, "0" },      { 10000, "10" } };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *text = shopcaisse_quantity_to_text(cases[i].milli);

    assert_string_equal(text, cases[i].text);
  }
}

/* These tests also run where amounts have a comma: without that locale they would show nothing. */
static void
the_locale_that_was_asked_for_is_there(void **state)
{
  const char *wanted = g_getenv("LC_ALL");

  if (wanted != NULL)
    assert_string_equal(setlocale(LC_ALL, NULL), wanted);
  if (g_getenv("LOCPATH") != NULL)
    assert_string_equal(localeconv()->decimal_point, ",");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_locale_that_was_asked_for_is_there),
    cmocka_unit_test(good_texts_are_read_exactly),
    cmocka_unit_test(bad_texts_are_refused),
    cmocka_unit_test(refusal_quotes_the_text),
    cmocka_unit_test(refusal_shortens_a_long_text),
    cmocka_unit_test(million_amounts_come_back_from_text),
    cmocka_unit_test(text_has_a_point_and_two_decimals),
    cmocka_unit_test(sums_are_checked),
    cmocka_unit_test(currencies_are_not_mixed),
    cmocka_unit_test(products_round_half_up_on_the_magnitude),
    cmocka_unit_test(products_too_large_are_refused),
    cmocka_unit_test(exact_products_are_told_from_rounded_ones),
    cmocka_unit_test(share_of_one_euro_over_three),
    cmocka_unit_test(equal_remainders_go_to_the_lowest_index),
    cmocka_unit_test(negative_total_is_shared_by_its_magnitude),
    cmocka_unit_test(zero_weights_count_as_equal),
    cmocka_unit_test(nothing_is_shared_among_none),
    cmocka_unit_test(large_shares_do_not_overflow),
    cmocka_unit_test(million_shares_add_up),
    cmocka_unit_test(price_of_one_is_rounded_half_up_on_the_magnitude),
    cmocka_unit_test(quantities_have_three_decimals),
    cmocka_unit_test(words_have_the_point_where_nothing_is_translated),
    cmocka_unit_test(quantities_are_printed_short),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
