/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What each way of paying is at Shopcaisse: said by the contract, by the host or by a person. */
#include "engine-words.h"

#include <string.h>

#define VOUCHER "{'payments': <[{'method': <'voucher'>, 'amount': <'12.50'>}]>}"

#define assert_progress(bench, key, expected)                                                      \
  assert_string_equal(bench_progress(bench, "sale-1", key), expected)

/* Takes the order that must leave, whose one payment must be of this kind. */
static void
assert_paid(Bench *bench, const char *kind)
{
  FakeExchange *order = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  g_autofree char *wanted = g_strdup_printf("\"paymentType\":\"%s\"", kind);
  g_autofree char *body = engine_words_dup_body(order);

  assert_non_null(strstr(body, wanted));
  bench_reply(bench, order, SHOPCAISSE_REPLY_UNKNOWN, NULL);
}

static void
unmapped_method_holds_the_order_and_is_named(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_words_submit(bench, "sale-1", VOUCHER);
  assert_progress(bench, "state", "held");
  assert_progress(bench, "reason", "payment");
  assert_non_null(strstr(bench_progress(bench, "sale-1", "message"), "voucher"));
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

static void
mapping_releases_the_order(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_words_submit(bench, "sale-1", VOUCHER);
  engine_words_change(bench, "{'payment:voucher': <'other'>}");
  assert_paid(bench, "OTHER");
}

static void
method_is_sent_as_the_merchant_said(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_words_submit(bench, "sale-1", VOUCHER);
  engine_words_change(bench, "{'payment:voucher': <'online'>}");
  assert_paid(bench, "ONLINE");
}

static void
words_of_the_contract_need_no_choice(void **state)
{
  static const char *const pairs[][2] = {
    { "cash", "OTHER" }, { "card", "OTHER" }, { "other", "OTHER" }, { "Online", "ONLINE" }
  };
  Bench *bench = *state;

  bench_open(bench);
  for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
    g_autofree char *sale_id = g_strdup_printf("sale-%zu", i);
    g_autofree char *more =
        g_strdup_printf("{'payments': <[{'method': <'%s'>, 'amount': <'12.50'>}]>}", pairs[i][0]);
    FakeExchange *order = NULL;
    g_autofree char *wanted = g_strdup_printf("\"paymentType\":\"%s\"", pairs[i][1]);
    ShopEcho echo = { .sale_id = sale_id, .total = "12.50" };
    g_autofree char *json = engine_shop_echo(&echo);
    g_autofree char *body = NULL;

    engine_words_submit(bench, sale_id, more);
    order = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
    body = engine_words_dup_body(order);
    assert_non_null(strstr(body, wanted));
    bench_reply(bench, order, SHOPCAISSE_REPLY_OK, json);
  }
}

static void
host_says_what_its_method_is(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, NULL, "[{'id': <'voucher'>, 'kind': <'online'>}]");
  engine_words_submit(bench, "sale-1", VOUCHER);
  assert_paid(bench, "ONLINE");
}

static void
merchant_has_the_last_word(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, NULL, "[{'id': <'voucher'>, 'kind': <'online'>}]");
  engine_words_change(bench, "{'payment:voucher': <'other'>}");
  engine_words_submit(bench, "sale-1", VOUCHER);
  assert_paid(bench, "OTHER");
}

static void
method_is_named_as_the_host_does(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) row = NULL;

  engine_words_open(bench, NULL, "[{'id': <'voucher'>, 'name': <'Chèque-repas'>}]");
  engine_words_submit(bench, "sale-1", VOUCHER);
  assert_non_null(strstr(bench_progress(bench, "sale-1", "message"), "Chèque-repas"));
  row = engine_words_dup_setting(bench, "payment:voucher");
  assert_string_equal(bench_text(row, "label"), "Chèque-repas");
  assert_string_equal(bench_text(row, "kind"), "choice");
  assert_string_equal(bench_text(row, "value"), "");
}

/* As of a host that lists ids alone. */
static void
method_of_the_contract_without_a_name_has_ours(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) cash = NULL;
  g_autoptr(GVariant) voucher = NULL;

  engine_words_open(bench, NULL, "[{'id': <'cash'>}, {'id': <'voucher'>}]");
  cash = engine_words_dup_setting(bench, "payment:cash");
  voucher = engine_words_dup_setting(bench, "payment:voucher");
  assert_string_equal(bench_text(cash, "label"), "Cash");
  assert_string_equal(bench_text(voucher, "label"), "voucher");
}

static void
method_that_only_a_sale_says_is_a_setting(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) row = NULL;

  bench_open(bench);
  assert_null(engine_words_dup_setting(bench, "payment:voucher"));
  engine_words_submit(bench, "sale-1", VOUCHER);
  row = engine_words_dup_setting(bench, "payment:voucher");
  assert_non_null(row);
}

static void
method_stays_known_when_the_host_lists_others(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) row = NULL;

  bench_open(bench);
  engine_words_submit(bench, "sale-1", VOUCHER);
  bench_close(bench);
  engine_words_open(bench, NULL, "[{'id': <'cash'>, 'name': <'Espèces'>}]");
  row = engine_words_dup_setting(bench, "payment:voucher");
  assert_non_null(row);
}

static void
kind_that_shopcaisse_has_not_is_refused(void **state)
{
  Bench *bench = *state;

  engine_words_open(bench, NULL, "[{'id': <'voucher'>}]");
  bench_assert_error(
      bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'payment:voucher': <'barter'>}"),
      COMPTOIR_ERROR_INVALID, "barter");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(unmapped_method_holds_the_order_and_is_named),
    bench_test(mapping_releases_the_order),
    bench_test(method_is_sent_as_the_merchant_said),
    bench_test(words_of_the_contract_need_no_choice),
    bench_test(host_says_what_its_method_is),
    bench_test(merchant_has_the_last_word),
    bench_test(method_is_named_as_the_host_does),
    bench_test(method_of_the_contract_without_a_name_has_ours),
    bench_test(method_that_only_a_sale_says_is_a_setting),
    bench_test(method_stays_known_when_the_host_lists_others),
    bench_test(kind_that_shopcaisse_has_not_is_refused),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
