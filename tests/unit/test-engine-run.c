/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tasks that somebody waits for: joined, failed, ended by a close. */
#include "engine-shop.h"
#include "store/outbox.h"

#include <string.h>

#define EMPTY "{'items':[],'hasNextPage':false,'skipped':0}"
#define STOCK "/v1/stores/store-1/stocks?page=0&pageSize=1000"

static BenchAnswer *
run(Bench *bench, const char *task)
{
  g_autofree char *argument = g_strdup_printf("{'task': <'%s'>}", task);

  return bench_perform(bench, COMPTOIR_OPERATION_RUN, argument);
}

static FakeExchange *
take(Bench *bench, const char *path)
{
  return bench_take(bench, SHOPCAISSE_METHOD_GET, path);
}

static void
second_wish_joins_the_first(void **state)
{
  Bench *bench = *state;
  BenchAnswer *first = NULL;
  BenchAnswer *second = NULL;

  bench_open(bench);
  first = run(bench, "pull-stock");
  second = run(bench, "pull-stock");
  bench_reply(bench, take(bench, STOCK), SHOPCAISSE_REPLY_OK, EMPTY);
  bench_assert_quiet(bench);
  bench_assert_done(first);
  bench_assert_done(second);
}

static void
task_shows_that_it_is_busy(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  assert_false(bench->is_busy);
  run(bench, "pull-stock");
  assert_true(bench->is_busy);
  bench_reply(bench, take(bench, STOCK), SHOPCAISSE_REPLY_OK, EMPTY);
  assert_false(bench->is_busy);
}

static void
unknown_task_is_invalid(void **state)
{
  bench_open(*state);
  bench_assert_error(run(*state, "dance"), COMPTOIR_ERROR_INVALID, "dance");
}

static void
task_without_a_token_is_not_configured(void **state)
{
  bench_start(*state);
  bench_assert_error(run(*state, "discover"), COMPTOIR_ERROR_NOT_CONFIGURED, "token");
}

static void
task_without_a_store_is_not_configured(void **state)
{
  bench_set(*state, "store", "");
  bench_open(*state);
  bench_assert_error(run(*state, "pull-stock"), COMPTOIR_ERROR_NOT_CONFIGURED, "store");
}

static void
reply_full(Bench *bench, const char *path, const char *id)
{
  g_autoptr(GString) json = g_string_new("{'items':[");

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf(json, "%s{'item':'%s-%u','stock':1}", i > 0 ? "," : "", id, i);
  g_string_append(json, "],'hasNextPage':true,'skipped':0}");
  bench_reply(bench, take(bench, path), SHOPCAISSE_REPLY_OK, json->str);
}

/* Pages 2 and 3 are on the wire, page 2 is refused. */
static BenchAnswer *
fail_in_the_middle(Bench *bench)
{
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = run(bench, "pull-stock");
  reply_full(bench, STOCK, "a");
  reply_full(bench, "/v1/stores/store-1/stocks?page=1&pageSize=1000", "b");
  bench_reply(bench, take(bench, "/v1/stores/store-1/stocks?page=2&pageSize=1000"),
              SHOPCAISSE_REPLY_FORBIDDEN, "{'message':'no right to stocks'}");
  return answer;
}

static void
failure_ends_the_task_with_the_services_words(void **state)
{
  Bench *bench = *state;

  bench_assert_error(fail_in_the_middle(bench), COMPTOIR_ERROR_UNAUTHORIZED, "no right to stocks");
  assert_false(bench->is_busy);
}

static void
late_answers_of_a_failed_run_are_ignored(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = fail_in_the_middle(bench);

  bench_reply(bench, take(bench, "/v1/stores/store-1/stocks?page=3&pageSize=1000"),
              SHOPCAISSE_REPLY_OK,
              "{'items':[{'item':'item-3','stock':1}],'hasNextPage':true,'skipped':0}");
  bench_pass(bench, SHOPCAISSE_HOUR);
  bench_assert_quiet(bench);
  assert_int_equal(answer->n_given, 1);
}

static void
failed_run_leaves_no_rows(void **state)
{
  Bench *bench = *state;
  ShopcaisseDatabase *database = NULL;
  g_autoptr(GPtrArray) waiting = NULL;

  fail_in_the_middle(bench);
  bench_close(bench);
  database = bench_open_store(bench);
  waiting = shopcaisse_outbox_list(database, "stocks", SHOPCAISSE_JOB_WAITING, 100, NULL);
  shopcaisse_database_close(database);
  assert_int_equal(waiting->len, 0);
}

static void
task_can_be_run_again_after_a_failure(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  fail_in_the_middle(bench);
  answer = run(bench, "pull-stock");
  bench_reply(bench, take(bench, STOCK), SHOPCAISSE_REPLY_OK, EMPTY);
  bench_assert_done(answer);
}

static void
refused_task_stops_no_orders(void **state)
{
  Bench *bench = *state;

  fail_in_the_middle(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
}

static void
closing_tells_whoever_waits(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = run(bench, "pull-stock");
  bench_close(bench);
  assert_int_equal(answer->n_given, 1);
  assert_true(g_error_matches(answer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

static void
rows_of_a_closed_run_end_quietly(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  run(bench, "pull-stock");
  bench_close(bench);
  bench_open(bench);
  bench_reply(bench, take(bench, STOCK), SHOPCAISSE_REPLY_OK, EMPTY);
  bench_pass(bench, SHOPCAISSE_HOUR);
  bench_assert_quiet(bench);
}

#define COMPANIES                                                                                  \
  "{'items':[{'id':'company-1','name':'C','countryCode':'FR'}],'hasNextPage':false,'skipped':0}"
#define STORE_1 "{'id':'store-1','name':'Centre','companyId':'company-1'}"
#define STORE_2 "{'id':'store-2','name':'Gare','companyId':'company-1'}"

/* Answers a discovery of one company and these stores. */
static BenchAnswer *
discover(Bench *bench, const char *stores)
{
  g_autofree char *json = g_strdup_printf("{'items':[%s],'hasNextPage':false,'skipped':0}", stores);
  BenchAnswer *answer = NULL;

  answer = run(bench, "discover");
  bench_reply(bench, take(bench, "/v1/authentication"), SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  bench_reply(bench, take(bench, "/v1/companies?page=0&pageSize=25"), SHOPCAISSE_REPLY_OK,
              COMPANIES);
  bench_reply(bench, take(bench, "/v1/stores?page=0&pageSize=25"), SHOPCAISSE_REPLY_OK, json);
  bench_reply(bench, take(bench, "/v1/pos?page=0&pageSize=25"), SHOPCAISSE_REPLY_OK, EMPTY);
  bench_reply(bench, take(bench, "/v1/companies/company-1/prices?page=0&pageSize=25"),
              SHOPCAISSE_REPLY_OK, EMPTY);
  bench_reply(bench, take(bench, "/v1/companies/company-1/currency"), SHOPCAISSE_REPLY_OK,
              "[{'setting':'CURRENCY_CODE','value':'CHF'}]");
  return answer;
}

static void
connect_empty(Bench *bench)
{
  bench->secrets.secret = bench_make_token("prod");
  bench_set(bench, "token-place", "drawer");
  bench_open(bench);
}

static void
only_store_is_chosen(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;
  guint32 n_stores = 0;

  connect_empty(bench);
  answer = discover(bench, STORE_1);
  g_variant_lookup(bench_assert_done(answer), "stores", "u", &n_stores);
  assert_int_equal(n_stores, 1);
  run(bench, "pull-stock");
  bench_reply(bench, take(bench, STOCK), SHOPCAISSE_REPLY_OK, EMPTY);
}

static void
several_stores_are_a_question(void **state)
{
  Bench *bench = *state;

  connect_empty(bench);
  bench_assert_done(discover(bench, STORE_1 "," STORE_2));
  bench_assert_error(run(bench, "pull-stock"), COMPTOIR_ERROR_NOT_CONFIGURED, "store");
}

static void
chosen_store_stays_chosen(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_assert_done(discover(bench, STORE_2));
  run(bench, "pull-stock");
  bench_reply(bench, take(bench, STOCK), SHOPCAISSE_REPLY_OK, EMPTY);
}

static void
discovery_notes_the_currency_and_judges_none(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GVariant) store = NULL;

  connect_empty(bench);
  bench_assert_done(discover(bench, STORE_1));
  rows = bench_list(bench, "stores");
  store = g_variant_get_child_value(rows, 0);
  assert_string_equal(bench_text(store, "currency"), "CHF");
  assert_string_equal(bench_text(store, "company_name"), "C");
}

static void
store_that_the_token_only_sees_is_not_bound(void **state)
{
  Bench *bench = *state;

  bench->secrets.secret = bench_make_token_of("'store.store-9'");
  bench_set(bench, "token-place", "drawer");
  bench_open(bench);
  bench_assert_done(discover(bench, STORE_1));
  bench_assert_error(run(bench, "pull-stock"), COMPTOIR_ERROR_NOT_CONFIGURED, "store");
}

static void
currency_other_than_euro_is_said(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = run(bench, "pull-catalogue");
  bench_reply(bench, take(bench, "/v1/companies/company-1/currency"), SHOPCAISSE_REPLY_OK,
              "[{'setting':'CURRENCY_CODE','value':'CHF'}]");
  bench_assert_error(answer, COMPTOIR_ERROR_CONFLICT, "CHF");
}

/* As of a computer whose battery is empty. */
static void
orders_are_followed_in_1970(void **state)
{
  Bench *bench = *state;
  const FakeExchange *exchange = NULL;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  bench->clock.now = SHOPCAISSE_HOUR;
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'poll-orders'>}");
  bench_run(bench);
  assert_int_equal(bench->network.requests->len, 1);
  exchange = bench->network.requests->pdata[0];
  assert_true(g_str_has_prefix(exchange->path, "/v1/stores/store-1/orders?page=0"));
  assert_null(strstr(exchange->path, "&to="));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(second_wish_joins_the_first),
    bench_test(task_shows_that_it_is_busy),
    bench_test(unknown_task_is_invalid),
    bench_empty_test(task_without_a_token_is_not_configured),
    bench_test(task_without_a_store_is_not_configured),
    bench_test(failure_ends_the_task_with_the_services_words),
    bench_test(late_answers_of_a_failed_run_are_ignored),
    bench_test(failed_run_leaves_no_rows),
    bench_test(task_can_be_run_again_after_a_failure),
    bench_test(refused_task_stops_no_orders),
    bench_test(closing_tells_whoever_waits),
    bench_test(rows_of_a_closed_run_end_quietly),
    bench_empty_test(only_store_is_chosen),
    bench_empty_test(several_stores_are_a_question),
    bench_test(chosen_store_stays_chosen),
    bench_empty_test(discovery_notes_the_currency_and_judges_none),
    bench_empty_test(store_that_the_token_only_sees_is_not_bound),
    bench_test(currency_other_than_euro_is_said),
    bench_test(orders_are_followed_in_1970),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
