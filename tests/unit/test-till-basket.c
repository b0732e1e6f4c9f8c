/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a customer buys, and the sale that comes of it. */
#include "basket.h"

#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static GVariant *
create_article(const char *id, const char *price)
{
  return g_variant_ref_sink(g_variant_new_parsed(
      "{'id': <%s>, 'name': <'Moutarde'>, 'price': <%s>, 'vat_rate': <'5.5'>}", id, price));
}

static gboolean
add(Basket *basket, const char *id, const char *price)
{
  g_autoptr(GVariant) article = create_article(id, price);

  return basket_add(basket, article, NULL);
}

static BasketLine *
dup_line(Basket *basket, guint position)
{
  return g_list_model_get_item(basket_get_lines(basket), position);
}

static guint
count_lines(Basket *basket)
{
  return g_list_model_get_n_items(basket_get_lines(basket));
}

static void
the_same_article_again_is_one_line_of_two(void **state)
{
  g_autoptr(Basket) basket = basket_new();
  (void)state;

  assert_true(add(basket, "A1", "3.95"));
  assert_true(add(basket, "A1", "3.95"));

  g_autoptr(BasketLine) line = dup_line(basket, 0);

  assert_int_equal(count_lines(basket), 1);
  assert_int_equal(basket_line_get_quantity(line), 2);
  assert_int_equal(basket_line_get_total(line), 790);
}

static void
the_total_follows_what_is_put_in_and_taken_out(void **state)
{
  g_autoptr(Basket) basket = basket_new();
  (void)state;

  assert_true(add(basket, "A1", "3.95"));
  assert_true(add(basket, "A2", "0.1"));
  assert_int_equal(basket_get_total(basket), 405);

  g_autoptr(BasketLine) line = dup_line(basket, 0);

  basket_set_quantity(basket, line, 3);
  assert_int_equal(basket_get_total(basket), 1195);
  basket_set_quantity(basket, line, 0);
  assert_int_equal(basket_get_total(basket), 10);
}

static void
a_quantity_of_nothing_takes_the_line_away(void **state)
{
  g_autoptr(Basket) basket = basket_new();
  (void)state;

  assert_true(add(basket, "A1", "3.95"));

  g_autoptr(BasketLine) line = dup_line(basket, 0);

  basket_set_quantity(basket, line, 0);
  assert_int_equal(count_lines(basket), 0);
}

static void
a_quantity_has_a_limit(void **state)
{
  g_autoptr(Basket) basket = basket_new();
  (void)state;

  assert_true(add(basket, "A1", "3.95"));

  g_autoptr(BasketLine) line = dup_line(basket, 0);

  basket_set_quantity(basket, line, BASKET_QUANTITY_MAX);
  assert_true(add(basket, "A1", "3.95"));
  assert_int_equal(basket_line_get_quantity(line), BASKET_QUANTITY_MAX);
}

static void
an_article_without_a_price_is_refused_by_its_name(void **state)
{
  g_autoptr(Basket) basket = basket_new();
  g_autoptr(GVariant) article = create_article("A1", "much");
  g_autoptr(GError) error = NULL;
  (void)state;

  assert_false(basket_add(basket, article, &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  assert_non_null(strstr(error->message, "Moutarde"));
  assert_int_equal(count_lines(basket), 0);
}

static void
a_sale_has_the_lines_the_sum_and_one_payment_of_all(void **state)
{
  g_autoptr(Basket) basket = basket_new();
  g_autoptr(GVariant) sale = NULL;
  g_autoptr(GVariant) lines = NULL;
  g_autoptr(GVariant) payments = NULL;
  g_autoptr(GVariant) payment = NULL;
  const char *total = NULL;
  const char *method = NULL;
  const char *amount = NULL;
  (void)state;

  assert_true(add(basket, "A1", "3.95"));
  assert_true(add(basket, "A1", "3.95"));
  assert_true(add(basket, "A2", "0.1"));
  sale = basket_build_sale(basket, "cash", NULL);
  assert_non_null(sale);
  lines = g_variant_lookup_value(sale, COMPTOIR_KEY_LINES, NULL);
  assert_int_equal(g_variant_n_children(lines), 2);
  assert_true(g_variant_lookup(sale, COMPTOIR_KEY_TOTAL, "&s", &total));
  assert_string_equal(total, "8.00");
  payments = g_variant_lookup_value(sale, COMPTOIR_KEY_PAYMENTS, NULL);
  payment = g_variant_get_child_value(payments, 0);
  assert_true(g_variant_lookup(payment, "method", "&s", &method));
  assert_true(g_variant_lookup(payment, "amount", "&s", &amount));
  assert_string_equal(method, "cash");
  assert_string_equal(amount, "8.00");
}

static void
an_emptied_basket_costs_nothing(void **state)
{
  g_autoptr(Basket) basket = basket_new();
  (void)state;

  assert_true(add(basket, "A1", "3.95"));
  basket_clear(basket);
  assert_int_equal(count_lines(basket), 0);
  assert_int_equal(basket_get_total(basket), 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_same_article_again_is_one_line_of_two),
    cmocka_unit_test(the_total_follows_what_is_put_in_and_taken_out),
    cmocka_unit_test(a_quantity_of_nothing_takes_the_line_away),
    cmocka_unit_test(a_quantity_has_a_limit),
    cmocka_unit_test(an_article_without_a_price_is_refused_by_its_name),
    cmocka_unit_test(a_sale_has_the_lines_the_sum_and_one_payment_of_all),
    cmocka_unit_test(an_emptied_basket_costs_nothing),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
