/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What has to be in the row of a sale, and what of it is kept besides the amounts. */
#include "model/sale.h"

#include <comptoir/comptoir-rows.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define TWO_TARTS                                                                                  \
  "[{'article_id': <'a1'>, 'name': <'Tarte citron'>, 'quantity': <'2'>, "                          \
  "'unit_price': <'12.10'>, 'vat_rate': <'5.5'>}]"
#define PAID "[{'method': <'card'>, 'amount': <'24.20'>}]"

/* A valid sale of 24.20, with some keys replaced or added; each text is a GVariant. */
typedef struct {
  const char *key;
  const char *value; /* NULL: the key is taken away */
} Change;

static GVariant *
make_sale(const Change *changes, gsize n_changes)
{
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&dict, COMPTOIR_KEY_ID, "s", "1042");
  g_variant_dict_insert(&dict, COMPTOIR_KEY_SOLD_AT, "s", "2026-03-01T11:02:00Z");
  g_variant_dict_insert(&dict, COMPTOIR_KEY_TOTAL, "s", "24.20");
  g_variant_dict_insert_value(&dict, COMPTOIR_KEY_LINES, g_variant_new_parsed(TWO_TARTS));
  g_variant_dict_insert_value(&dict, COMPTOIR_KEY_PAYMENTS, g_variant_new_parsed(PAID));
  for (gsize i = 0; i < n_changes; i++) {
    g_autoptr(GVariant) value = NULL;

    g_variant_dict_remove(&dict, changes[i].key);
    if (changes[i].value == NULL)
      continue;
    value = g_variant_parse(NULL, changes[i].value, NULL, NULL, NULL);
    g_variant_dict_insert_value(&dict, changes[i].key, value);
  }
  return g_variant_ref_sink(g_variant_dict_end(&dict));
}

static ShopcaisseSale *
parse(const Change *changes, gsize n_changes, GError **error)
{
  g_autoptr(GVariant) row = make_sale(changes, n_changes);

  return shopcaisse_sale_parse(row, error);
}

static void
assert_refused(const Change *changes, gsize n_changes, const char *message)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseSale) sale = parse(changes, n_changes, &error);

  assert_null(sale);
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  assert_string_equal(error->message, message);
}

/* What a program has to say of a sale, each left out in turn. */
static void
each_missing_key_is_named(void **state)
{
  static const Change missing[] = {
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

    assert_refused(&missing[i], 1, message);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(below); i++) {
    const Change change = { below[i].key, below[i].rows };
    g_autofree char *message = g_strconcat("sale 1042: ", below[i].message, NULL);

    assert_refused(&change, 1, message);
  }
}

static void
word_of_the_host_is_kept_beside_the_type(void **state)
{
  const Change changes[] = { { "order_type", "'sales-invoice'" } };
  g_autoptr(ShopcaisseSale) sale = parse(changes, G_N_ELEMENTS(changes), NULL);

  assert_string_equal(sale->order_word, "sales-invoice");
  assert_int_equal(sale->order_type, SHOPCAISSE_ORDER_TYPE_UNKNOWN);
}

static void
table_guests_and_addresses_are_read(void **state)
{
  const Change changes[] = {
    { "order_type", "'EAT_IN'" },
    { "table", "'Terrasse 4'" },
    { "guests", "uint32 3" },
    { "customer", "{'billing_address': <{'street': <'rue A'>, 'number': <'1'>}>,"
                  " 'delivery_address': <{'city': <'Lille'>, 'extra': <'3e'>}>}" },
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseSale) sale = parse(changes, G_N_ELEMENTS(changes), &error);

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
