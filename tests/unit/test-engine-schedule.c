/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Flows that run by themselves: on their interval, with jitter, and never in a spin. */
#include "engine-shop.h"

#include <comptoir/comptoir-rows.h>
#include <string.h>

#define EMPTY "{'items':[],'hasNextPage':false,'skipped':0}"
#define STOCK "/v1/stores/store-1/stocks?page=0&pageSize=1000"

/* How often the stock is read while this much time passes; each is answered. */
static guint
count_pulls(Bench *bench, gint64 duration_us)
{
  guint n_pulls = 0;

  for (gint64 passed = 0; passed < duration_us; passed += SHOPCAISSE_MINUTE) {
    bench_pass(bench, SHOPCAISSE_MINUTE);
    if (bench->network.requests->len == 0)
      continue;
    bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, STOCK), SHOPCAISSE_REPLY_OK, EMPTY);
    n_pulls++;
  }
  return n_pulls;
}

static void
flow_runs_soon_after_the_start(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "stock-interval", "60");
  bench_open(bench);
  assert_int_equal(count_pulls(bench, SHOPCAISSE_MINUTE), 1);
}

static void
flow_runs_on_its_interval(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "stock-interval", "60");
  bench_open(bench);
  assert_in_range(count_pulls(bench, SHOPCAISSE_DAY), 22, 26);
}

/* Chance decides where within a fifth of the interval. */
static gint64
measure_interval(Bench *bench, guint chance)
{
  gint64 start = 0;

  bench->clock.chance = chance;
  bench_set(bench, "stock-interval", "60");
  bench_open(bench);
  count_pulls(bench, SHOPCAISSE_MINUTE);
  start = bench->clock.monotonic;
  count_pulls(bench, 30 * SHOPCAISSE_MINUTE);
  while (bench->network.requests->len == 0)
    bench_pass(bench, SHOPCAISSE_SECOND);
  return bench->clock.monotonic - start;
}

static void
jitter_may_be_early(void **state)
{
  assert_in_range(measure_interval(*state, 0), 52 * SHOPCAISSE_MINUTE, 55 * SHOPCAISSE_MINUTE);
}

static void
jitter_may_be_late(void **state)
{
  assert_in_range(measure_interval(*state, 1000), 64 * SHOPCAISSE_MINUTE, 67 * SHOPCAISSE_MINUTE);
}

static void
interval_of_zero_is_never(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  assert_int_equal(count_pulls(bench, 7 * SHOPCAISSE_DAY), 0);
}

static void
restart_does_not_hurry_what_was_done_just_now(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "stock-interval", "60");
  bench_open(bench);
  assert_int_equal(count_pulls(bench, SHOPCAISSE_MINUTE), 1);
  bench_close(bench);
  bench_open(bench);
  assert_int_equal(count_pulls(bench, 30 * SHOPCAISSE_MINUTE), 0);
}

static void
flow_without_a_store_does_not_spin(void **state)
{
  Bench *bench = *state;
  guint n_sent = 0;

  bench_set(bench, "stock-interval", "1");
  bench_set(bench, "store", "");
  bench_open(bench);
  n_sent = bench->network.sent->len;
  bench_pass(bench, SHOPCAISSE_DAY);
  assert_int_equal(bench->network.sent->len, n_sent);
  assert_int_equal(bench->clock.timers->len, 0);
}

static void
flow_starts_when_the_store_is_chosen(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "stock-interval", "60");
  bench_set(bench, "store", "");
  bench_open(bench);
  bench_pass(bench, SHOPCAISSE_HOUR);
  bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'store': <'store-1'>}");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  assert_int_equal(count_pulls(bench, SHOPCAISSE_MINUTE), 1);
}

static void
failed_flow_is_tried_again_after_a_minute(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "stock-interval", "60");
  bench_open(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, STOCK), SHOPCAISSE_REPLY_FORBIDDEN,
              "{'message':'no'}");
  bench_pass(bench, 40 * SHOPCAISSE_SECOND);
  bench_assert_quiet(bench);
  bench_pass(bench, 40 * SHOPCAISSE_SECOND);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, STOCK), SHOPCAISSE_REPLY_OK, EMPTY);
}

static void
clock_set_back_does_not_stop_a_flow(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "stock-interval", "60");
  bench_open(bench);
  count_pulls(bench, SHOPCAISSE_MINUTE);
  bench->clock.now -= 10 * 365 * SHOPCAISSE_DAY;
  assert_in_range(count_pulls(bench, 6 * SHOPCAISSE_HOUR), 5, 8);
}

static void
clock_set_forward_is_no_burst(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "stock-interval", "60");
  bench_open(bench);
  count_pulls(bench, SHOPCAISSE_MINUTE);
  bench->clock.now += 10 * 365 * SHOPCAISSE_DAY;
  assert_in_range(count_pulls(bench, 6 * SHOPCAISSE_HOUR), 5, 8);
}

static void
sales_of_the_host_are_asked_for_at_every_start(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "catch-up-interval", "15");
  for (guint i = 0; i < 2; i++) {
    bench_open(bench);
    bench_pass(bench, 5 * SHOPCAISSE_SECOND);
    bench_answer(bench, bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES),
                 comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
    bench_close(bench);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(flow_runs_soon_after_the_start),
    bench_test(flow_runs_on_its_interval),
    bench_test(jitter_may_be_early),
    bench_test(jitter_may_be_late),
    bench_test(interval_of_zero_is_never),
    bench_test(restart_does_not_hurry_what_was_done_just_now),
    bench_test(flow_without_a_store_does_not_spin),
    bench_test(flow_starts_when_the_store_is_chosen),
    bench_test(failed_flow_is_tried_again_after_a_minute),
    bench_test(clock_set_back_does_not_stop_a_flow),
    bench_test(clock_set_forward_is_no_burst),
    bench_test(sales_of_the_host_are_asked_for_at_every_start),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
