/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host's words for its sales, and the four types that an order can have. */
#include "engine-lists.h"
#include "engine-words.h"

#include <string.h>

/* Lets the only order there is arrive; (transfer full): its text. */
static char *
take_body(Bench *bench, const char *sale_id)
{
  FakeExchange *order = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  char *body = engine_words_dup_body(order);
  ShopEcho echo = { .sale_id = sale_id, .total = "12.50" };
  g_autofree char *json = engine_shop_echo(&echo);

  bench_reply(bench, order, SHOPCAISSE_REPLY_OK, json);
  return body;
}

static void
word_that_nobody_explained_holds_the_order_and_is_named(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_words_submit(bench, "sale-1", "{'order_type': <'sales-invoice'>}");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "held");
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "order-type");
  assert_non_null(strstr(bench_progress(bench, "sale-1", "message"), "sales-invoice"));
  bench_assert_quiet(bench);
}

static void
each_word_becomes_the_type_that_was_chosen(void **state)
{
  static const char *const table[][2] = { { "sales-invoice", "EAT_IN" },
                                          { "invoice", "PICKUP" },
                                          { "order", "DELIVERY" },
                                          { "counter", "UNKNOWN" } };
  Bench *bench = *state;

  bench_open(bench);
  for (gsize i = 0; i < G_N_ELEMENTS(table); i++) {
    g_autofree char *sale_id = g_strdup_printf("sale-%zu", i);
    g_autofree char *more = g_strdup_printf("{'order_type': <'%s'>}", table[i][0]);
    g_autofree char *change =
        g_strdup_printf("{'order-type:%s': <'%s'>}", table[i][0], table[i][1]);
    g_autofree char *wanted = g_strdup_printf("\"orderType\":\"%s\"", table[i][1]);
    g_autofree char *body = NULL;

    engine_words_submit(bench, sale_id, more);
    engine_words_change(bench, change);
    body = take_body(bench, sale_id);
    assert_non_null(strstr(body, wanted));
    assert_row_text(bench, "orders", sale_id, "order_type", table[i][0]);
  }
}

static void
type_that_shopcaisse_has_not_is_refused_in_the_settings(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_words_submit(bench, "sale-1", "{'order_type': <'invoice'>}");
  bench_assert_error(bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS,
                                   "{'order-type:invoice': <'TELEPATHY'>}"),
                     COMPTOIR_ERROR_INVALID, "TELEPATHY");
  bench_assert_error(bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS,
                                   "{'order-type:unheard': <'EAT_IN'>}"),
                     COMPTOIR_ERROR_INVALID, "order-type:unheard");
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "order-type");
}

static void
words_of_the_contract_need_no_choice(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) row = NULL;
  g_autofree char *body = NULL;

  bench_open(bench);
  engine_words_submit(bench, "sale-1", "{'order_type': <'PICKUP'>}");
  body = take_body(bench, "sale-1");
  assert_non_null(strstr(body, "\"orderType\":\"PICKUP\""));
  row = engine_words_dup_setting(bench, "order-type:PICKUP");
  assert_null(row);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(word_that_nobody_explained_holds_the_order_and_is_named),
    bench_test(each_word_becomes_the_type_that_was_chosen),
    bench_test(type_that_shopcaisse_has_not_is_refused_in_the_settings),
    bench_test(words_of_the_contract_need_no_choice),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
