/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a sale is worth by rate: as its order is written, discount and options included. */
#include "report/day-sums.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static ShopcaisseSale *
parse_sale(const char *text)
{
  g_autoptr(GVariant) row = g_variant_ref_sink(g_variant_new_parsed(text));
  g_autoptr(GError) error = NULL;
  ShopcaisseSale *sale = shopcaisse_sale_parse(row, &error);

  if (sale == NULL)
    fail_msg("%s", error->message);
  return sale;
}

static void
assert_rate(const GArray *sums, guint place, gint64 vat_bp, gint64 gross_minor)
{
  const ShopcaisseVatSum *sum = &g_array_index(sums, ShopcaisseVatSum, place);

  assert_int_equal(sum->vat_bp, vat_bp);
  assert_int_equal(sum->gross_minor, gross_minor);
}

#define HEAD "{'id': <'s'>, 'sold_at': <'2026-03-01T10:00:00Z'>, "

static void
discount_is_shared_by_what_lines_cost(void **state)
{
  g_autoptr(ShopcaisseSale) sale = parse_sale(
      HEAD "'total': <'27.00'>, 'discount': <'3.00'>,"
           " 'payments': <[{'method': <'cash'>, 'amount': <'27.00'>}]>, 'lines': <["
           "{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <'10.00'>, 'vat_rate': <'20'>},"
           "{'article_id': <'b'>, 'quantity': <'2'>, 'unit_price': <'10.00'>, 'vat_rate': <'5.5'>}"
           "]>}");
  g_autoptr(GArray) sums = shopcaisse_day_sums_by_rate(sale);

  (void)state;
  assert_int_equal(sums->len, 2);
  assert_rate(sums, 0, 550, 1800);
  assert_rate(sums, 1, 2000, 900);
}

static void
options_count_once_for_each_piece(void **state)
{
  g_autoptr(ShopcaisseSale) sale = parse_sale(
      HEAD "'total': <'13.00'>, 'payments': <[{'method': <'cash'>, 'amount': <'13.00'>}]>,"
           " 'lines': <[{'article_id': <'a'>, 'quantity': <'2'>, 'unit_price': <'5.00'>,"
           " 'vat_rate': <'10'>, 'children': <[{'article_id': <'c'>, 'quantity': <'3'>,"
           " 'unit_price': <'0.50'>, 'vat_rate': <'20'>}]>}]>}");
  g_autoptr(GArray) sums = shopcaisse_day_sums_by_rate(sale);

  (void)state;
  assert_int_equal(sums->len, 2);
  assert_rate(sums, 0, 1000, 1000);
  assert_rate(sums, 1, 2000, 300);
}

static void
sale_with_a_rate_that_nobody_knows_has_no_sums(void **state)
{
  g_autoptr(ShopcaisseSale) sale = parse_sale(
      HEAD "'total': <'5.00'>, 'payments': <[{'method': <'cash'>, 'amount': <'5.00'>}]>,"
           " 'lines': <[{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <'5.00'>}]>}");
  g_autoptr(GArray) sums = shopcaisse_day_sums_by_rate(sale);

  (void)state;
  assert_null(sums);
}

/* At which rate the till books a fee is its affair. */
static void
sale_with_a_fee_has_no_sums(void **state)
{
  g_autoptr(ShopcaisseSale) sale = parse_sale(
      HEAD "'total': <'6.00'>, 'tip': <'1.00'>,"
           " 'payments': <[{'method': <'cash'>, 'amount': <'6.00'>}]>, 'lines': <["
           "{'article_id': <'a'>, 'quantity': <'1'>, 'unit_price': <'5.00'>, 'vat_rate': <'20'>}"
           "]>}");
  g_autoptr(GArray) sums = shopcaisse_day_sums_by_rate(sale);

  (void)state;
  assert_null(sums);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(discount_is_shared_by_what_lines_cost),
    cmocka_unit_test(options_count_once_for_each_piece),
    cmocka_unit_test(sale_with_a_rate_that_nobody_knows_has_no_sums),
    cmocka_unit_test(sale_with_a_fee_has_no_sums),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
