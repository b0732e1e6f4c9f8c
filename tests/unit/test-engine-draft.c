/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Order lines that add up to the sale, to the cent. */
#include "engine/draft.h"
#include "tests/repeat.h"

#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define RANDOM_SALES 100000
#define SEED         20260302

static gboolean
lookup(const char *article_id, ShopcaisseDraftItem *item, gpointer user_data)
{
  (void)user_data;
  item->item_id = article_id;
  item->type = SHOPCAISSE_ITEM_SIMPLE;
  item->name = "item";
  return TRUE;
}

static ShopcaisseSale *
make_sale(void)
{
  ShopcaisseSale *sale = g_new0(ShopcaisseSale, 1);

  sale->id = g_strdup("sale-1");
  sale->number = g_strdup("1");
  sale->till = g_strdup("");
  sale->lines = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_sale_line_free);
  sale->payments = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_payment_free);
  return sale;
}

static ShopcaisseSaleLine *
add_line(GPtrArray *lines, const char *article_id, gint64 quantity_milli, gint64 unit_minor)
{
  ShopcaisseSaleLine *line = g_new0(ShopcaisseSaleLine, 1);
  ShopcaisseMoney total = { 0, "" };

  assert_true(
      shopcaisse_money_multiply(shopcaisse_money(unit_minor, "EUR"), quantity_milli, &total, NULL));
  line->article_id = g_strdup(article_id);
  line->name = g_strdup("");
  line->quantity_milli = quantity_milli;
  line->unit_minor = unit_minor;
  line->total_minor = total.minor;
  line->children = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_sale_line_free);
  g_ptr_array_add(lines, line);
  return line;
}

static void
add_payment(ShopcaisseSale *sale, const char *method, gint64 amount_minor)
{
  ShopcaissePayment *payment = g_new0(ShopcaissePayment, 1);

  payment->method = g_strdup(method);
  payment->amount_minor = amount_minor;
  g_ptr_array_add(sale->payments, payment);
}

static ShopcaisseOrderDraft *
fill(const ShopcaisseSale *sale)
{
  ShopcaisseOrderDraft *draft = g_new0(ShopcaisseOrderDraft, 1);
  g_autoptr(GError) error = NULL;

  if (!shopcaisse_draft_fill(draft, sale, lookup, NULL, &error))
    fail_msg("%s", error->message);
  return draft;
}

static void
assert_line(const ShopcaisseOrderDraft *draft, guint i, gint64 unit_minor, gint64 quantity_milli)
{
  const ShopcaisseOrderLine *line = draft->lines->pdata[i];

  assert_int_equal(line->unit_minor, unit_minor);
  assert_int_equal(line->quantity_milli, quantity_milli);
}

static void
discount_is_shared_by_largest_remainder(void **state)
{
  g_autoptr(ShopcaisseSale) sale = make_sale();
  g_autoptr(ShopcaisseOrderDraft) draft = NULL;

  (void)state;
  add_line(sale->lines, "a", 1000, 333);
  add_line(sale->lines, "b", 1000, 333);
  add_line(sale->lines, "c", 1000, 334);
  sale->discount_minor = 100;
  draft = fill(sale);
  assert_int_equal(draft->lines->len, 3);
  assert_line(draft, 0, 300, 1000);
  assert_line(draft, 1, 300, 1000);
  assert_line(draft, 2, 300, 1000);
}

static void
discount_that_does_not_come_out_even_splits_the_pieces(void **state)
{
  g_autoptr(ShopcaisseSale) sale = make_sale();
  g_autoptr(ShopcaisseOrderDraft) draft = NULL;

  (void)state;
  add_line(sale->lines, "a", 3000, 500);
  sale->discount_minor = 100;
  draft = fill(sale);
  assert_int_equal(draft->lines->len, 2);
  assert_line(draft, 0, 466, 1000);
  assert_line(draft, 1, 467, 2000);
}

static void
weight_that_comes_out_even_stays_a_weight(void **state)
{
  g_autoptr(ShopcaisseSale) sale = make_sale();
  g_autoptr(ShopcaisseOrderDraft) draft = NULL;

  (void)state;
  add_line(sale->lines, "a", 500, 1298);
  draft = fill(sale);
  assert_line(draft, 0, 1298, 500);
}

static void
weight_that_does_not_is_one_piece_with_a_remark(void **state)
{
  g_autoptr(ShopcaisseSale) sale = make_sale();
  g_autoptr(ShopcaisseOrderDraft) draft = NULL;
  const ShopcaisseOrderLine *line = NULL;

  (void)state;
  add_line(sale->lines, "a", 350, 1299)->note = g_strdup("ripe");
  draft = fill(sale);
  line = draft->lines->pdata[0];
  assert_line(draft, 0, 455, 1000);
  assert_string_equal(line->remark, "0.35, ripe");
}

static void
parent_is_repeated_for_each_piece(void **state)
{
  g_autoptr(ShopcaisseSale) sale = make_sale();
  g_autoptr(ShopcaisseOrderDraft) draft = NULL;

  (void)state;
  add_line(add_line(sale->lines, "a", 3000, 390)->children, "b", 2000, 25);
  draft = fill(sale);
  assert_int_equal(draft->lines->len, 3);
  for (guint i = 0; i < 3; i++) {
    const ShopcaisseOrderLine *line = draft->lines->pdata[i];
    const ShopcaisseOrderLine *child = line->children->pdata[0];

    assert_line(draft, i, 390, 1000);
    assert_int_equal(line->children->len, 1);
    assert_int_equal(child->quantity_milli, 2000);
    assert_int_equal(child->unit_minor, 25);
  }
  assert_int_equal(shopcaisse_order_draft_get_total(draft), 3 * (390 + 2 * 25));
}

static void
discount_of_a_family_is_on_the_parents(void **state)
{
  g_autoptr(ShopcaisseSale) sale = make_sale();
  g_autoptr(ShopcaisseOrderDraft) draft = NULL;

  (void)state;
  add_line(add_line(sale->lines, "a", 2000, 390)->children, "b", 1000, 25);
  sale->discount_minor = 31;
  draft = fill(sale);
  assert_line(draft, 0, 390 - 16, 1000);
  assert_line(draft, 1, 390 - 15, 1000);
}

static void
discount_larger_than_the_parent_is_named(void **state)
{
  g_autoptr(ShopcaisseSale) sale = make_sale();
  g_autoptr(ShopcaisseOrderDraft) draft = g_new0(ShopcaisseOrderDraft, 1);
  g_autoptr(GError) error = NULL;

  (void)state;
  add_line(add_line(sale->lines, "a", 1000, 10)->children, "b", 1000, 500);
  sale->discount_minor = 100;
  assert_false(shopcaisse_draft_fill(draft, sale, lookup, NULL, &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  assert_non_null(strstr(error->message, "article a"));
}

static void
part_of_a_parent_is_named(void **state)
{
  g_autoptr(ShopcaisseSale) sale = make_sale();
  g_autoptr(ShopcaisseOrderDraft) draft = g_new0(ShopcaisseOrderDraft, 1);
  g_autoptr(GError) error = NULL;

  (void)state;
  add_line(add_line(sale->lines, "a", 1500, 1000)->children, "b", 1000, 500);
  assert_false(shopcaisse_draft_fill(draft, sale, lookup, NULL, &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
}

/* 10.02 is paid with 10.00 in Belgium; the goods cost 10.02 all the same. */
static void
cash_rounding_is_taken_out_of_the_cash(void **state)
{
  g_autoptr(ShopcaisseSale) sale = make_sale();
  g_autoptr(ShopcaisseOrderDraft) draft = NULL;

  (void)state;
  add_line(sale->lines, "a", 1000, 1502);
  sale->rounding_minor = -2;
  sale->total_minor = 1500;
  add_payment(sale, "cash", 1000);
  add_payment(sale, "card", 500);
  draft = fill(sale);
  assert_int_equal(g_array_index(draft->payments, ShopcaisseOrderPayment, 0).amount_minor, 1002);
  assert_int_equal(g_array_index(draft->payments, ShopcaisseOrderPayment, 1).amount_minor, 500);
}

static void
rounding_without_cash_is_taken_out_of_the_last_payment(void **state)
{
  g_autoptr(ShopcaisseSale) sale = make_sale();
  g_autoptr(ShopcaisseOrderDraft) draft = NULL;

  (void)state;
  add_line(sale->lines, "a", 1000, 1003);
  sale->rounding_minor = 2;
  sale->total_minor = 1005;
  add_payment(sale, "Espèces", 1005);
  draft = fill(sale);
  assert_int_equal(g_array_index(draft->payments, ShopcaisseOrderPayment, 0).amount_minor, 1003);
}

static void
online_payment_says_so(void **state)
{
  g_autoptr(ShopcaisseSale) sale = make_sale();
  g_autoptr(ShopcaisseOrderDraft) draft = NULL;

  (void)state;
  add_line(sale->lines, "a", 1000, 100);
  add_payment(sale, "Online", 60);
  add_payment(sale, "card", 40);
  draft = fill(sale);
  assert_true(g_array_index(draft->payments, ShopcaisseOrderPayment, 0).is_online);
  assert_false(g_array_index(draft->payments, ShopcaisseOrderPayment, 1).is_online);
}

/* What the lines, children once for each parent, cost before the discount. */
static gint64
sum_lines(const GPtrArray *lines)
{
  gint64 sum = 0;

  for (guint i = 0; i < lines->len; i++) {
    const ShopcaisseSaleLine *line = lines->pdata[i];

    sum += line->total_minor + sum_lines(line->children) * (line->quantity_milli / 1000);
  }
  return sum;
}

static void
add_random_line(ShopcaisseSale *sale, GRand *chance)
{
  gboolean is_weight = g_rand_int_range(chance, 0, 4) == 0;
  gint64 quantity =
      is_weight ? g_rand_int_range(chance, 1, 5000) : g_rand_int_range(chance, 1, 13) * 1000;
  ShopcaisseSaleLine *line =
      add_line(sale->lines, "a", quantity, 300 + g_rand_int_range(chance, 0, 20000));

  for (gint i = g_rand_int_range(chance, -6, 4); !is_weight && i > 0; i--)
    add_line(line->children, "b", g_rand_int_range(chance, 1, 4) * 1000,
             g_rand_int_range(chance, 0, 21));
}

static void
pay_randomly(ShopcaisseSale *sale, GRand *chance)
{
  gint64 rest = sale->total_minor;
  gint n_payments = g_rand_int_range(chance, 1, 4);

  for (gint i = 1; i < n_payments && rest > 100; i++) {
    gint64 part = g_rand_int_range(chance, 10, (gint32)MIN(rest - 50, G_MAXINT32));

    add_payment(sale, "card", part);
    rest -= part;
  }
  add_payment(sale, sale->rounding_minor != 0 ? "cash" : "online", rest);
}

static ShopcaisseSale *
make_random_sale(GRand *chance)
{
  ShopcaisseSale *sale = make_sale();
  gint64 goods = 0;

  for (gint i = g_rand_int_range(chance, 1, 7); i > 0; i--)
    add_random_line(sale, chance);
  goods = sum_lines(sale->lines);
  if (g_rand_boolean(chance))
    sale->discount_minor = goods * g_rand_int_range(chance, 0, 40) / 100;
  if (g_rand_boolean(chance))
    sale->delivery_cost_minor = g_rand_int_range(chance, 0, 900);
  if (g_rand_int_range(chance, 0, 3) == 0)
    sale->tip_minor = g_rand_int_range(chance, 0, 500);
  if (g_rand_int_range(chance, 0, 3) == 0)
    sale->rounding_minor = g_rand_int_range(chance, -2, 3);
  sale->total_minor = goods - sale->discount_minor + sale->delivery_cost_minor + sale->tip_minor +
                      sale->rounding_minor;
  pay_randomly(sale, chance);
  return sale;
}

static void
assert_none_negative(const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    const ShopcaisseOrderLine *line = lines->pdata[i];

    if (line->unit_minor < 0 || line->quantity_milli <= 0)
      fail_msg("seed %d: a line of %" G_GINT64_FORMAT, SEED, line->unit_minor);
    assert_none_negative(line->children);
  }
}

static void
hundred_thousand_random_sales_add_up(void **state)
{
  g_autoptr(GRand) chance = g_rand_new_with_seed(SEED);

  (void)state;
  for (guint i = 0; i < repeat(RANDOM_SALES); i++) {
    g_autoptr(ShopcaisseSale) sale = make_random_sale(chance);
    g_autoptr(ShopcaisseOrderDraft) draft = fill(sale);
    gint64 wanted = sale->total_minor - sale->rounding_minor;
    gint64 paid = 0;

    assert_none_negative(draft->lines);
    for (guint j = 0; j < draft->payments->len; j++)
      paid += g_array_index(draft->payments, ShopcaisseOrderPayment, j).amount_minor;
    if (shopcaisse_order_draft_get_total(draft) != wanted || paid != wanted)
      fail_msg("sale %u of seed %d: %" G_GINT64_FORMAT " ordered, %" G_GINT64_FORMAT
               " paid, %" G_GINT64_FORMAT " wanted",
               i, SEED, shopcaisse_order_draft_get_total(draft), paid, wanted);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(discount_is_shared_by_largest_remainder),
    cmocka_unit_test(discount_that_does_not_come_out_even_splits_the_pieces),
    cmocka_unit_test(weight_that_comes_out_even_stays_a_weight),
    cmocka_unit_test(weight_that_does_not_is_one_piece_with_a_remark),
    cmocka_unit_test(parent_is_repeated_for_each_piece),
    cmocka_unit_test(discount_of_a_family_is_on_the_parents),
    cmocka_unit_test(discount_larger_than_the_parent_is_named),
    cmocka_unit_test(part_of_a_parent_is_named),
    cmocka_unit_test(cash_rounding_is_taken_out_of_the_cash),
    cmocka_unit_test(rounding_without_cash_is_taken_out_of_the_last_payment),
    cmocka_unit_test(online_payment_says_so),
    cmocka_unit_test(hundred_thousand_random_sales_add_up),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
