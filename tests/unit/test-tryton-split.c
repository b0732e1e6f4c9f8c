/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "amount.h"
#include "split.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define N_SHARES 3

static gint64
sum_pieces(gint64 quantity, gint64 cents)
{
  TrytonPiece pieces[TRYTON_PIECES_MAX] = { { 0, 0 } };
  guint n_pieces = tryton_split_line(quantity, cents, pieces);
  gint64 n_thousandths = 0;
  gint64 sum = 0;

  for (guint i = 0; i < n_pieces; i++) {
    n_thousandths += pieces[i].quantity;
    sum += tryton_amount_divide(pieces[i].price * pieces[i].quantity, TRYTON_PIECE);
  }
  if (n_pieces > 0)
    assert_int_equal(n_thousandths, quantity);
  return n_pieces > 0 ? sum : -1;
}

static void
shares_make_the_total_to_the_cent(void **state)
{
  TrytonShare shares[N_SHARES] = { { 333333, 0 }, { 333333, 0 }, { 333333, 0 } };

  tryton_split_total(shares, N_SHARES, 100);
  assert_int_equal(shares[0].cents + shares[1].cents + shares[2].cents, 100);
  assert_in_range(shares[0].cents, 33, 34);
}

static void
the_line_that_is_furthest_off_gets_the_cent(void **state)
{
  TrytonShare shares[N_SHARES] = { { 1001000, 0 }, { 1004900, 0 }, { 1000000, 0 } };

  tryton_split_total(shares, N_SHARES, 301);
  assert_int_equal(shares[1].cents, 101);
}

static void
a_tax_that_is_not_known_goes_to_one_line(void **state)
{
  TrytonShare shares[N_SHARES] = { { 1000000, 0 }, { 2000000, 0 }, { 500000, 0 } };

  tryton_split_total(shares, N_SHARES, 400);
  assert_int_equal(shares[0].cents + shares[1].cents + shares[2].cents, 400);
}

static void
pieces_that_divide_are_one_line(void **state)
{
  TrytonPiece pieces[TRYTON_PIECES_MAX] = { { 0, 0 } };

  assert_int_equal(tryton_split_line(3000, 390, pieces), 1);
  assert_int_equal(pieces[0].price, 130);
}

static void
pieces_that_do_not_divide_are_two_lines_a_cent_apart(void **state)
{
  TrytonPiece pieces[TRYTON_PIECES_MAX] = { { 0, 0 } };

  assert_int_equal(tryton_split_line(3000, 100, pieces), 2);
  assert_int_equal(pieces[1].price, pieces[0].price + 1);
  for (gint64 cents = 0; cents < 2000; cents++)
    assert_int_equal(sum_pieces(37000, cents), cents);
}

static void
a_weight_below_one_always_comes_out(void **state)
{
  for (gint64 cents = 1; cents < 2000; cents++)
    assert_int_equal(sum_pieces(350, cents), cents);
}

static void
a_weight_that_no_price_makes_is_told(void **state)
{
  TrytonPiece pieces[TRYTON_PIECES_MAX] = { { 0, 0 } };

  assert_int_equal(tryton_split_line(2345, 100, pieces), 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(shares_make_the_total_to_the_cent),
    cmocka_unit_test(the_line_that_is_furthest_off_gets_the_cent),
    cmocka_unit_test(a_tax_that_is_not_known_goes_to_one_line),
    cmocka_unit_test(pieces_that_divide_are_one_line),
    cmocka_unit_test(pieces_that_do_not_divide_are_two_lines_a_cent_apart),
    cmocka_unit_test(a_weight_below_one_always_comes_out),
    cmocka_unit_test(a_weight_that_no_price_makes_is_told),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
