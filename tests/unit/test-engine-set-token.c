/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One paste: the token is read, kept, tried, and what it sees is there to choose from. */
#include "engine-shop.h"

static BenchAnswer *
set_token(Bench *bench, const char *token)
{
  return bench_perform_row(bench, COMPTOIR_OPERATION_SET_TOKEN,
                           g_variant_new_parsed("{'token': <%s>}", token));
}

static guint
get_number(GVariant *row, const char *key)
{
  guint32 number = G_MAXUINT32;

  g_variant_lookup(row, key, "u", &number);
  return number;
}

static void
answer_tells_what_the_token_sees(void **state)
{
  Bench *bench = *state;
  g_autofree char *token =
      bench_make_token_with("prod", "app", "\"store.*.orders.write\":true,\"store.*.info\":true");
  BenchAnswer *answer = NULL;
  GVariant *value = NULL;

  bench_start(bench);
  answer = set_token(bench, token);
  bench_answer_discovery(bench);
  value = bench_assert_done(answer);
  assert_string_equal(bench_text(value, "application"), "app");
  assert_string_equal(bench_text(value, "environment"), "prod");
  assert_int_equal(get_number(value, "rights"), 2);
  assert_int_equal(get_number(value, "companies"), 1);
  assert_int_equal(get_number(value, "stores"), 1);
  assert_int_equal(get_number(value, "registers"), 1);
}

static void
lists_fill_without_another_wish(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");
  g_autoptr(GVariant) stores = NULL;

  bench_start(bench);
  set_token(bench, token);
  bench_answer_discovery(bench);
  stores = bench_list(bench, "stores");
  assert_int_equal(g_variant_n_children(stores), 1);
}

static void
token_is_good_when_its_stores_cannot_be_read(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");
  BenchAnswer *answer = NULL;

  bench_start(bench);
  answer = set_token(bench, token);
  bench_run(bench);
  while (bench->network.requests->len > 0) {
    FakeExchange *exchange = bench->network.requests->pdata[0];
    gboolean is_probe = g_str_equal(exchange->path, "/v1/authentication");

    bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, exchange->path),
                is_probe ? SHOPCAISSE_REPLY_OK : SHOPCAISSE_REPLY_FORBIDDEN,
                is_probe ? BENCH_GRANT : "{'message':'no'}");
  }
  assert_int_equal(get_number(bench_assert_done(answer), "stores"), 0);
}

static void
token_of_another_company_changes_nothing(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token_of("'company.company-2','store.store-9'");
  guint n_sent = 0;

  bench_open(bench);
  n_sent = bench->network.sent->len;
  bench_assert_error(set_token(bench, token), COMPTOIR_ERROR_CONFLICT, "company-1");
  bench_pass(bench, SHOPCAISSE_MINUTE);
  assert_int_equal(bench->network.sent->len, n_sent);
  assert_int_equal(bench->secrets.n_saved, 0);
}

static void
token_of_another_company_is_taken_when_it_is_meant(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token_of("'company.company-2'");
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer =
      bench_perform_row(bench, COMPTOIR_OPERATION_SET_TOKEN,
                        g_variant_new_parsed("{'token': <%s>, 'other_company': <true>}", token));
  bench_answer_discovery(bench);
  bench_assert_done(answer);
  assert_string_equal(bench->secrets.secret, token);
}

static void
token_of_the_linked_company_is_taken(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token_of("'company.company-2','company.company-1'");
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = set_token(bench, token);
  bench_answer_discovery(bench);
  bench_assert_done(answer);
}

static void
token_of_a_store_of_the_linked_company_is_taken(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token_of("'store.store-1'");
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = set_token(bench, token);
  bench_answer_discovery(bench);
  bench_assert_done(answer);
}

static const char *
get_hint(Bench *bench)
{
  for (gsize i = 0; bench->settings != NULL && i < g_variant_n_children(bench->settings); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(bench->settings, i);

    if (g_str_equal(bench_text(row, "key"), "token"))
      return bench_text(row, "hint");
  }
  return NULL;
}

static void
last_four_characters_are_shown(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  assert_string_equal(get_hint(bench), "…dXJl");
}

static void
nothing_is_shown_of_no_token(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_DISCONNECT, "{'policy': <'keep-queue'>}"));
  assert_string_equal(get_hint(bench), "");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_empty_test(answer_tells_what_the_token_sees),
    bench_empty_test(lists_fill_without_another_wish),
    bench_empty_test(token_is_good_when_its_stores_cannot_be_read),
    bench_test(token_of_another_company_changes_nothing),
    bench_test(token_of_another_company_is_taken_when_it_is_meant),
    bench_test(token_of_the_linked_company_is_taken),
    bench_test(token_of_a_store_of_the_linked_company_is_taken),
    bench_test(last_four_characters_are_shown),
    bench_test(nothing_is_shown_of_no_token),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
