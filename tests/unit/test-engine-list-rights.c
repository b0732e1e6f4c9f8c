/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rights in words: granted, missing with what they are for, and more than is needed. */
#include "engine-lists.h"

#include <string.h>

static void
open_with(Bench *bench, const char *permissions)
{
  g_free(bench->secrets.secret);
  bench->secrets.secret = bench_make_token_with("prod", "app", permissions);
  bench_open(bench);
}

static void
granted_right_says_what_it_serves(void **state)
{
  open_with(*state, "\"company.*.items.read\":true");
  assert_row_text(*state, "rights", "company.*.items.read", "name", "Read articles");
  assert_row_text(*state, "rights", "company.*.items.read", "state", "granted");
  assert_row_text(*state, "rights", "company.*.items.read", "text", "");
}

static void
each_missing_right_is_a_sentence_with_its_name(void **state)
{
  static const char *const needed[][2] = {
    { "company.*.items.read",
      "Reading articles needs company.*.items.read, which this token lacks." },
    { "company.*.prices.read",
      "Reading price lists needs company.*.prices.read, which this token lacks." },
    { "store.*.stocks.read", "Reading stock needs store.*.stocks.read, which this token lacks." },
    { "store.*.orders.write",
      "Sending orders needs store.*.orders.write, which this token lacks." },
    { "store.*.orders.read",
      "Following orders needs store.*.orders.read, which this token lacks." },
    { "store.*.orders.cancel",
      "Cancelling orders needs store.*.orders.cancel, which this token lacks." },
    { "store.*.sales.read",
      "Reading the till's sales needs store.*.sales.read, which this token lacks." },
  };

  open_with(*state, "");
  for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
    assert_row_text(*state, "rights", needed[i][0], "state", "missing");
    assert_row_text(*state, "rights", needed[i][0], "text", needed[i][1]);
  }
}

static void
right_above_it_grants_it(void **state)
{
  open_with(*state, "\"store.*.orders\":true");
  assert_row_text(*state, "rights", "store.*.orders.cancel", "state", "granted");
}

static void
right_to_delete_is_a_warning(void **state)
{
  open_with(*state, "\"company.*.items.delete\":true,\"company.*.items.write\":true");
  assert_row_text(*state, "rights", "company.*.items.delete", "state", "unused");
  assert_row_text(*state, "rights", "company.*.items.delete", "level", "warning");
  assert_row_text(*state, "rights", "company.*.items.write", "state", "unused");
  assert_row_text(*state, "rights", "company.*.items.write", "level", "ok");
}

static void
right_that_nobody_described_is_listed(void **state)
{
  open_with(*state, "\"store.*.robots.use\":true");
  assert_row_text(*state, "rights", "store.*.robots.use", "state", "unused");
}

static void
rights_for_events_are_missed_while_they_are_listened_for(void **state)
{
  Bench *bench = *state;

  open_with(bench, "");
  assert_row_text(bench, "rights", "store.*.webhooks.use", "state", "none");
  bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'webhooks': <true>}"));
  assert_row_text(bench, "rights", "store.*.webhooks.use", "state", "missing");
}

static void
right_to_customers_is_missed_while_they_are_sent(void **state)
{
  Bench *bench = *state;

  open_with(bench, "");
  assert_row_text(bench, "rights", "store.*.customers.read", "state", "none");
  bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'send-customer': <true>}"));
  assert_row_text(bench, "rights", "store.*.customers.read", "state", "missing");
}

static void
without_a_token_there_are_none(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) rows = NULL;

  bench_start(bench);
  rows = bench_list(bench, "rights");
  assert_int_equal(g_variant_n_children(rows), 0);
}

/* Two that a refusal may have: the token itself, or one right. */
static void
refused_order_names_the_right_and_the_answer(void **state)
{
  Bench *bench = *state;

  open_with(bench, "\"store.*.orders.read\":true");
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_FORBIDDEN, "{'message':'Forbidden resource'}");
  assert_string_equal(bench->last_error,
                      "Sending orders needs store.*.orders.write, which this token lacks. "
                      "Shopcaisse answers: Forbidden resource");
}

static void
refused_order_of_a_token_that_has_the_right_names_none(void **state)
{
  Bench *bench = *state;

  open_with(bench, "\"store.*.orders.write\":true");
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_FORBIDDEN, "{'message':'Forbidden resource'}");
  assert_null(strstr(bench->last_error, "lacks"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(granted_right_says_what_it_serves),
    bench_test(each_missing_right_is_a_sentence_with_its_name),
    bench_test(right_above_it_grants_it),
    bench_test(right_to_delete_is_a_warning),
    bench_test(right_that_nobody_described_is_listed),
    bench_test(rights_for_events_are_missed_while_they_are_listened_for),
    bench_test(right_to_customers_is_missed_while_they_are_sent),
    bench_empty_test(without_a_token_there_are_none),
    bench_test(refused_order_names_the_right_and_the_answer),
    bench_test(refused_order_of_a_token_that_has_the_right_names_none),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
