/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Orders that no till sees: told once, taken back with the first that is seen. */
#include "engine-lists.h"

#include <string.h>

/* Takes the next look at the orders; the one there is has this state. */
static void
poll(Bench *bench, const char *status)
{
  ShopEcho echo = { .sale_id = "sale-1", .total = "12.50", .status = status };
  g_autofree char *order = engine_shop_echo(&echo);
  g_autofree char *page = g_strdup_printf("{'items':[%s],'hasNextPage':false,'skipped':0}", order);
  FakeExchange *exchange = NULL;

  (void)bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'poll-orders'>}"); /* not awaited */
  bench_run(bench);
  assert_int_equal(bench->network.requests->len, 1);
  exchange = bench->network.requests->pdata[0];
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, exchange->path), SHOPCAISSE_REPLY_OK,
              page);
}

static void
sell(Bench *bench)
{
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
}

/* How often such a notice was told, and in *text the last one. */
static guint
count_notices(Bench *bench, const char **text)
{
  guint n_told = 0;

  for (guint i = 0; i < bench->host.notices->len; i++) {
    GVariant *notice = bench->host.notices->pdata[i];

    if (!g_str_equal(bench_text(notice, "id"), "not-acked"))
      continue;
    n_told++;
    *text = bench_text(notice, "text");
  }
  return n_told;
}

/* The level of the last one. */
static const char *
get_level(Bench *bench)
{
  const char *level = "";

  for (guint i = 0; i < bench->host.notices->len; i++) {
    GVariant *notice = bench->host.notices->pdata[i];

    if (g_str_equal(bench_text(notice, "id"), "not-acked"))
      level = bench_text(notice, "level");
  }
  return level;
}

static void
nothing_is_told_within_three_minutes(void **state)
{
  Bench *bench = *state;
  const char *text = NULL;

  sell(bench);
  bench_pass(bench, 3 * SHOPCAISSE_MINUTE);
  poll(bench, "not_acked");
  assert_int_equal(count_notices(bench, &text), 0);
}

static void
after_three_minutes_the_three_gates_are_asked_about(void **state)
{
  Bench *bench = *state;
  const char *text = NULL;

  sell(bench);
  bench_pass(bench, 4 * SHOPCAISSE_MINUTE);
  poll(bench, "not_acked");
  assert_int_equal(count_notices(bench, &text), 1);
  assert_string_equal(get_level(bench), "warning");
  assert_non_null(strstr(text, "Order Management module"));
  assert_non_null(strstr(text, "Discovery mode"));
  assert_non_null(strstr(text, "iPad"));
}

static void
after_ten_minutes_it_is_said_louder(void **state)
{
  Bench *bench = *state;
  const char *text = NULL;

  sell(bench);
  bench_pass(bench, 4 * SHOPCAISSE_MINUTE);
  poll(bench, "not_acked");
  bench_pass(bench, 7 * SHOPCAISSE_MINUTE);
  poll(bench, "not_acked");
  assert_int_equal(count_notices(bench, &text), 2);
  assert_string_equal(get_level(bench), "error");
  assert_non_null(strstr(text, "10 minutes"));
}

static void
several_orders_are_one_alarm(void **state)
{
  Bench *bench = *state;
  const char *text = NULL;

  sell(bench);
  engine_shop_submit(bench, "sale-2", "12.50");
  engine_shop_accept(bench, "sale-2", "12.50");
  bench_pass(bench, 4 * SHOPCAISSE_MINUTE);
  poll(bench, "not_acked");
  assert_int_equal(count_notices(bench, &text), 1);
  assert_non_null(strstr(text, "2 orders"));
}

/* Whoever looks sees what it waits for, and since when. */
static void
waiting_order_has_a_name_and_the_time_since_when(void **state)
{
  Bench *bench = *state;

  sell(bench);
  bench_pass(bench, 4 * SHOPCAISSE_MINUTE);
  poll(bench, "not_acked");
  assert_row_text(bench, "orders", "sale-1", "kitchen_name", "Not seen by the till yet");
  assert_row_text(bench, "orders", "sale-1", "at", "2026-03-02T10:00:00Z");
}

static void
waiting_order_is_told_once(void **state)
{
  Bench *bench = *state;
  const char *text = NULL;

  sell(bench);
  for (guint i = 0; i < 3; i++) {
    bench_pass(bench, 11 * SHOPCAISSE_MINUTE);
    poll(bench, "not_acked");
  }
  assert_int_equal(count_notices(bench, &text), 1);
  assert_non_null(strstr(text, "1 order has been waiting"));
  assert_non_null(strstr(text, "Discovery mode"));
}

static void
order_that_is_seen_takes_it_back(void **state)
{
  Bench *bench = *state;
  const char *text = NULL;

  sell(bench);
  bench_pass(bench, 11 * SHOPCAISSE_MINUTE);
  poll(bench, "not_acked");
  poll(bench, "accepted");
  assert_int_equal(count_notices(bench, &text), 2);
  assert_string_equal(text, "");
}

static void
it_is_told_again_after_a_start(void **state)
{
  Bench *bench = *state;
  const char *text = NULL;

  sell(bench);
  bench_pass(bench, 11 * SHOPCAISSE_MINUTE);
  poll(bench, "not_acked");
  bench_close(bench);
  bench_open(bench);
  poll(bench, "not_acked");
  assert_int_equal(count_notices(bench, &text), 2);
  assert_string_not_equal(text, "");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(nothing_is_told_within_three_minutes),
    bench_test(after_three_minutes_the_three_gates_are_asked_about),
    bench_test(after_ten_minutes_it_is_said_louder),
    bench_test(several_orders_are_one_alarm),
    bench_test(waiting_order_has_a_name_and_the_time_since_when),
    bench_test(waiting_order_is_told_once),
    bench_test(order_that_is_seen_takes_it_back),
    bench_test(it_is_told_again_after_a_start),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
