/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The flows: how often, when last, when next, how the last one ended. */
#include "engine-lists.h"

#include <string.h>

#define STOCK "/v1/stores/store-1/stocks?page=0&pageSize=1000"
#define EMPTY "{'items':[],'hasNextPage':false,'skipped':0}"

static void
run_stock(Bench *bench)
{
  (void)bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-stock'>}"); /* not awaited */
}

static void
pull_stock(Bench *bench, ShopcaisseReplyKind kind, const char *json)
{
  run_stock(bench);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, STOCK), kind, json);
}

static void
flow_names_its_task_and_its_setting(void **state)
{
  bench_open(*state);
  assert_row_text(*state, "flows", "pull-stock", "setting", "stock-interval");
  assert_row_text(*state, "flows", "pull-stock", "name", "Fetch stock");
}

static void
flow_without_an_interval_is_off(void **state)
{
  bench_open(*state);
  assert_row_text(*state, "flows", "pull-stock", "state", "off");
  assert_row_text(*state, "flows", "pull-stock", "next_run", "");
  assert_row_text(*state, "flows", "pull-stock", "last_run", "");
}

static void
flow_that_runs_says_so(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  run_stock(bench);
  assert_row_text(bench, "flows", "pull-stock", "state", "running");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, STOCK), SHOPCAISSE_REPLY_OK, EMPTY);
  assert_row_text(bench, "flows", "pull-stock", "state", "off");
}

static void
last_run_is_when_it_ended(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  pull_stock(bench, SHOPCAISSE_REPLY_OK, EMPTY);
  assert_row_text(bench, "flows", "pull-stock", "last_run", "2026-03-02T10:00:00Z");
}

static void
next_run_is_an_interval_later(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) row = NULL;

  bench_set(bench, "stock-interval", "60");
  bench_open(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, STOCK), SHOPCAISSE_REPLY_OK, EMPTY);
  row = engine_lists_find(bench, "flows", NULL, "pull-stock");
  assert_string_equal(bench_text(row, "state"), "idle");
  /* With a fifth of it by chance. */
  assert_true(strcmp(bench_text(row, "next_run"), "2026-03-02T10:54") > 0);
  assert_true(strcmp(bench_text(row, "next_run"), "2026-03-02T11:08") < 0);
}

static void
flow_that_failed_says_why_also_after_a_start(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "stock-interval", "600");
  bench_open(bench);
  pull_stock(bench, SHOPCAISSE_REPLY_UNAUTHORIZED, "{'message':'no stock today'}");
  assert_row_text(bench, "flows", "pull-stock", "state", "failed");
  assert_row_text(bench, "flows", "pull-stock", "message",
                  "Reading stock needs store.*.stocks.read, which this token lacks. Shopcaisse "
                  "answers: no stock today");
  bench_close(bench);
  bench_open(bench);
  assert_row_text(bench, "flows", "pull-stock", "state", "failed");
}

static void
flow_that_ends_well_forgets_that_it_failed(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "stock-interval", "600");
  bench_open(bench);
  pull_stock(bench, SHOPCAISSE_REPLY_UNAUTHORIZED, "{'message':'no stock today'}");
  pull_stock(bench, SHOPCAISSE_REPLY_OK, EMPTY);
  assert_row_text(bench, "flows", "pull-stock", "state", "idle");
  assert_row_text(bench, "flows", "pull-stock", "message", "");
}

static void
assert_told(Bench *bench, const char *kind)
{
  g_autofree char *word = g_strconcat(kind, " ", NULL);

  bench_pass(bench, SHOPCAISSE_SECOND);
  assert_non_null(strstr(bench->changed->str, word));
  g_string_truncate(bench->changed, 0);
}

static void
flows_are_told_as_changed_when_one_begins_and_ends(void **state)
{
  Bench *bench = *state;

  bench->hears_lists = TRUE;
  bench_open(bench);
  bench_pass(bench, SHOPCAISSE_SECOND);
  g_string_truncate(bench->changed, 0);
  run_stock(bench);
  assert_told(bench, "flows");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, STOCK), SHOPCAISSE_REPLY_OK, EMPTY);
  assert_told(bench, "flows");
}

static void
flows_are_told_as_changed_with_an_interval(void **state)
{
  Bench *bench = *state;

  bench->hears_lists = TRUE;
  bench_open(bench);
  bench_pass(bench, SHOPCAISSE_SECOND);
  g_string_truncate(bench->changed, 0);
  bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'stock-interval': <uint32 600>}"));
  assert_told(bench, "flows");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(flow_names_its_task_and_its_setting),
    bench_test(flow_without_an_interval_is_off),
    bench_test(flow_that_runs_says_so),
    bench_test(last_run_is_when_it_ended),
    bench_test(next_run_is_an_interval_later),
    bench_test(flow_that_failed_says_why_also_after_a_start),
    bench_test(flow_that_ends_well_forgets_that_it_failed),
    bench_test(flows_are_told_as_changed_when_one_begins_and_ends),
    bench_test(flows_are_told_as_changed_with_an_interval),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
