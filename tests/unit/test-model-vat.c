/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* VAT out of gross amounts, and sums by rate. */
#include "model/vat.h"

#include <locale.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define SEED      20191201
#define N_AMOUNTS 1000000

static const gint64 rates[] = { 0, 90, 105, 175, 210, 550, 600, 850, 1000, 1200, 1300, 2000, 2100 };

static void
vat_of_known_amounts(void **state)
{
  static const struct {
    gint64 gross, rate, vat;
  } cases[] = {
    { 1450, 1200, 155 }, { 320, 2100, 56 },   { 598, 600, 34 },      { 0, 2000, 0 },
    { 120, 2000, 20 },   { -120, 2000, -20 }, { 1450, 0, 0 },        { 3, 10000, 2 },
    { -3, 10000, -2 },   { 1, 2000, 0 },      { -1450, 1200, -155 }, { 390, 1000, 35 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    assert_int_equal(shopcaisse_vat_of_gross(cases[i].gross, cases[i].rate), cases[i].vat);
}

static void
unknown_rate_has_no_vat(void **state)
{
  assert_int_equal(shopcaisse_vat_of_gross(1450, SHOPCAISSE_VAT_UNKNOWN), 0);
}

static void
extreme_amounts_do_not_overflow(void **state)
{
  assert_true(shopcaisse_vat_of_gross(G_MAXINT64, 10000) == G_MAXINT64 / 2 + 1);
  assert_true(shopcaisse_vat_of_gross(G_MININT64, 10000) == G_MININT64 / 2);
}

/* Rounded to the nearest cent: twice the error is at most one divisor, half is away from zero. */
static void
million_amounts_are_net_plus_vat(void **state)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(SEED);

  for (guint i = 0; i < N_AMOUNTS; i++) {
    gint64 gross = g_rand_int_range(random, -100000000, 100000000);
    gint64 rate = rates[i % G_N_ELEMENTS(rates)];
    gint64 vat = shopcaisse_vat_of_gross(gross, rate);
    gint64 magnitude = gross < 0 ? -vat : vat;
    gint64 exact = (gross < 0 ? -gross : gross) * rate;
    gint64 twice_error = 2 * (magnitude * (10000 + rate) - exact);

    assert_true(twice_error > -(10000 + rate) && twice_error <= 10000 + rate);
    assert_true(shopcaisse_vat_of_gross(-gross, rate) == -vat);
  }
}

static void
sums_are_by_rate_and_sorted(void **state)
{
  g_autoptr(GArray) sums = shopcaisse_vat_sums_new();

  shopcaisse_vat_sums_add(sums, 2000, 120);
  shopcaisse_vat_sums_add(sums, 550, 100);
  shopcaisse_vat_sums_add(sums, SHOPCAISSE_VAT_UNKNOWN, 10);
  shopcaisse_vat_sums_add(sums, 2000, 240);
  shopcaisse_vat_sums_finish(sums);

  assert_int_equal(sums->len, 3);
  assert_int_equal(g_array_index(sums, ShopcaisseVatSum, 0).vat_bp, SHOPCAISSE_VAT_UNKNOWN);
  assert_int_equal(g_array_index(sums, ShopcaisseVatSum, 0).net_minor, 10);
  assert_int_equal(g_array_index(sums, ShopcaisseVatSum, 1).vat_bp, 550);
  assert_int_equal(g_array_index(sums, ShopcaisseVatSum, 1).vat_minor, 5);
  assert_int_equal(g_array_index(sums, ShopcaisseVatSum, 2).gross_minor, 360);
  assert_int_equal(g_array_index(sums, ShopcaisseVatSum, 2).vat_minor, 60);
  assert_int_equal(g_array_index(sums, ShopcaisseVatSum, 2).net_minor, 300);
}

/* Line by line 3 x 0.02 would be 0.06. */
static void
vat_is_taken_from_the_sum_of_a_rate(void **state)
{
  g_autoptr(GArray) sums = shopcaisse_vat_sums_new();

  for (guint i = 0; i < 3; i++)
    shopcaisse_vat_sums_add(sums, 2000, 10);
  shopcaisse_vat_sums_finish(sums);
  assert_int_equal(g_array_index(sums, ShopcaisseVatSum, 0).vat_minor, 5);
}

static void
random_baskets_add_up_to_their_gross(void **state)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(SEED);

  for (guint i = 0; i < N_AMOUNTS / 40; i++) {
    g_autoptr(GArray) sums = shopcaisse_vat_sums_new();
    gint64 total = 0;
    gint64 parts = 0;
    guint n_lines = (guint)g_rand_int_range(random, 1, 41);

    for (guint j = 0; j < n_lines; j++) {
      gint64 gross = g_rand_int_range(random, -500, 10000);

      total += gross;
      shopcaisse_vat_sums_add(sums, rates[g_rand_int_range(random, 0, G_N_ELEMENTS(rates))], gross);
    }
    shopcaisse_vat_sums_finish(sums);
    for (guint j = 0; j < sums->len; j++) {
      const ShopcaisseVatSum *sum = &g_array_index(sums, ShopcaisseVatSum, j);

      assert_true(sum->net_minor + sum->vat_minor == sum->gross_minor);
      parts += sum->net_minor + sum->vat_minor;
    }
    assert_true(parts == total);
  }
}

static void
percents_are_read(void **state)
{
  static const struct {
    const char *text;
    gint64 bp;
  } cases[] = { { "20", 2000 }, { "5.5", 550 },   { "2.10", 210 },
                { "0", 0 },     { "100", 10000 }, { "1.75", 175 } };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    gint64 bp = -7;

    assert_true(shopcaisse_vat_parse_percent(cases[i].text, &bp, NULL));
    assert_int_equal(bp, cases[i].bp);
  }
}

static void
other_percents_are_refused(void **state)
{
  static const char *const texts[] = { "",     "20 %",  "-1",  "100.01", "5,5",
                                       "0.2%", "1.755", "1e1", "-0.01" };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    gint64 bp = -7;
    g_autoptr(GError) error = NULL;

    assert_false(shopcaisse_vat_parse_percent(texts[i], &bp, &error));
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
    assert_int_equal(bp, -7);
  }
}

static void
percents_are_printed_short(void **state)
{
  g_autofree char *normal = shopcaisse_vat_to_percent(2000);
  g_autofree char *reduced = shopcaisse_vat_to_percent(550);

  assert_string_equal(normal, "20");
  assert_string_equal(reduced, "5.5");
  assert_null(shopcaisse_vat_to_percent(SHOPCAISSE_VAT_UNKNOWN));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(vat_of_known_amounts),
    cmocka_unit_test(unknown_rate_has_no_vat),
    cmocka_unit_test(extreme_amounts_do_not_overflow),
    cmocka_unit_test(million_amounts_are_net_plus_vat),
    cmocka_unit_test(sums_are_by_rate_and_sorted),
    cmocka_unit_test(vat_is_taken_from_the_sum_of_a_rate),
    cmocka_unit_test(random_baskets_add_up_to_their_gross),
    cmocka_unit_test(percents_are_read),
    cmocka_unit_test(other_percents_are_refused),
    cmocka_unit_test(percents_are_printed_short),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
