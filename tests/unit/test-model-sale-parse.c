/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What has to be in the row of a sale, and what of it is kept besides the amounts. */
#include "model-sale.h"

/* What a program has to say of a sale, each left out in turn. */
static void
each_missing_key_is_named(void **state)
{
  static const SaleChange missing[] = {
    { "id", NULL }, { "sold_at", NULL }, { "total", NULL }, { "lines", NULL }, { "payments", NULL }
  };
  static const struct {
    const char *key;
    const char *rows;
    const char *message;
  } below[] = {
    { "lines", "[{'quantity': <'2'>, 'unit_price': <'12.10'>}]", "line 1: article_id is missing" },
    { "lines", "[{'article_id': <'a'>, 'unit_price': <'12.10'>}]", "line 1: quantity is missing" },
    { "lines", "[{'article_id': <'a'>, 'quantity': <'2'>}]", "line 1: unit_price is missing" },
    { "payments", "[{'amount': <'24.20'>}]", "payment 1: method is missing" },
    { "payments", "[{'method': <'card'>}]", "payment 1: amount is missing" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(missing); i++) {
    g_autofree char *message =
        g_strdup_printf("sale%s: %s is missing", i == 0 ? "" : " 1042", missing[i].key);

    model_sale_assert_refused(&missing[i], 1, message);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(below); i++) {
    const SaleChange change = { below[i].key, below[i].rows };
    g_autofree char *message = g_strconcat("sale 1042: ", below[i].message, NULL);

    model_sale_assert_refused(&change, 1, message);
  }
}

static void
word_of_the_host_is_kept_beside_the_type(void **state)
{
  const SaleChange changes[] = { { "order_type", "'sales-invoice'" } };
  g_autoptr(ShopcaisseSale) sale = model_sale_parse(changes, G_N_ELEMENTS(changes), NULL);

  assert_string_equal(sale->order_word, "sales-invoice");
  assert_int_equal(sale->order_type, SHOPCAISSE_ORDER_TYPE_UNKNOWN);
}

static void
table_guests_and_addresses_are_read(void **state)
{
  const SaleChange changes[] = {
    { "order_type", "'EAT_IN'" },
    { "table", "'Terrasse 4'" },
    { "guests", "uint32 3" },
    { "customer", "{'billing_address': <{'street': <'rue A'>, 'number': <'1'>}>,"
                  " 'delivery_address': <{'city': <'Lille'>, 'extra': <'3e'>}>}" },
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseSale) sale = model_sale_parse(changes, G_N_ELEMENTS(changes), &error);

  assert_null(error);
  assert_string_equal(sale->table, "Terrasse 4");
  assert_int_equal(sale->n_guests, 3);
  assert_string_equal(sale->customer.billing.street, "rue A");
  assert_string_equal(sale->customer.delivery.city, "Lille");
  assert_false(shopcaisse_customer_is_empty(&sale->customer));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_missing_key_is_named),
    cmocka_unit_test(word_of_the_host_is_kept_beside_the_type),
    cmocka_unit_test(table_guests_and_addresses_are_read),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
