/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A page of a thousand rows: written some at a time, asked for again when that was cut short. */
#include "answer.h"
#include "engine-shop.h"
#include "store/mirror.h"

#define ITEMS     "/v1/companies/company-1/items?page=0&pageSize=1000"
#define EMPTY     "{'items':[],'hasNextPage':false,'skipped':0}"
#define CURRENCY  "[{'setting':'CURRENCY_CODE','value':'EUR'}]"
#define FURNISHED 3 /* items that are there before */

static char *
build_page(void)
{
  GString *json = g_string_new("{'items':[");

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf(json, "%s{'id':'n%03u','name':'n','type':'SIMPLE','defaultPrice':5}",
                           i > 0 ? "," : "", i);
  g_string_append(json, "],'hasNextPage':false,'skipped':0}");
  return g_string_free(json, FALSE);
}

static void
reply(Bench *bench, const char *path, const char *json)
{
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, path), SHOPCAISSE_REPLY_OK, json);
}

static void
reply_lists(Bench *bench)
{
  reply(bench, "/v1/companies/company-1/families?page=0&pageSize=25", EMPTY);
  reply(bench, "/v1/companies/company-1/prices?page=0&pageSize=25", EMPTY);
}

/* The page has come, and some turns later some of it is written. */
static BenchAnswer *
begin_writing(Bench *bench)
{
  BenchAnswer *answer = NULL;
  FakeExchange *exchange = NULL;
  g_autofree char *page = build_page();
  ShopcaisseReply *sent = shopcaisse_reply_new(SHOPCAISSE_REPLY_OK);

  bench_open(bench);
  answer = bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-catalogue'>}");
  reply_lists(bench);
  exchange = bench_take(bench, SHOPCAISSE_METHOD_GET, ITEMS);
  sent->body = answer_quoted(page);
  sent->is_json = TRUE;
  fake_network_answer(&bench->network, exchange, sent);
  for (guint i = 0; i < 6; i++)
    g_main_context_iteration(bench->context, FALSE);
  return answer;
}

static guint
count_items(Bench *bench)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);
  guint n_items = 0;

  assert_true(shopcaisse_mirror_count_items(database, &n_items, NULL));
  return n_items;
}

static void
assert_asked_again(Bench *bench)
{
  g_autofree char *page = build_page();

  bench_open(bench);
  reply(bench, ITEMS, page);
  reply(bench, "/v1/companies/company-1/currency", CURRENCY);
  bench_assert_quiet(bench);
  bench_close(bench);
  assert_int_equal(count_items(bench), 1000 + FURNISHED);
}

static void
page_that_a_crash_cut_is_asked_for_again(void **state)
{
  Bench *bench = *state;

  begin_writing(bench);
  bench_crash(bench);
  assert_in_range(count_items(bench), FURNISHED + 1, FURNISHED + 999);
  assert_asked_again(bench);
}

static void
page_that_closing_cut_is_asked_for_again(void **state)
{
  Bench *bench = *state;

  begin_writing(bench);
  bench_close(bench);
  assert_in_range(count_items(bench), FURNISHED + 1, FURNISHED + 999);
  assert_asked_again(bench);
}

/* The list ends with its last row on disk, not with its last answer. */
static void
task_ends_after_the_last_row(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = begin_writing(bench);

  reply(bench, "/v1/companies/company-1/currency", CURRENCY);
  bench_assert_done(answer);
  bench_close(bench);
  assert_int_equal(count_items(bench), 1000 + FURNISHED);
}

static void
page_of_a_task_that_failed_is_dropped(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = begin_writing(bench);
  FakeExchange *exchange =
      bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/companies/company-1/currency");

  bench_reply(bench, exchange, SHOPCAISSE_REPLY_OK, "[{'setting':'CURRENCY_CODE','value':'USD'}]");
  bench_assert_error(answer, COMPTOIR_ERROR_CONFLICT, "USD");
  bench_assert_quiet(bench);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(page_that_a_crash_cut_is_asked_for_again),
    bench_test(page_that_closing_cut_is_asked_for_again),
    bench_test(task_ends_after_the_last_row),
    bench_test(page_of_a_task_that_failed_is_dropped),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
