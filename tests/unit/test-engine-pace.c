/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Catalogue pages after the service was in trouble: one at a time and slower, until it is calm. */
#include "engine-shop.h"

#include <string.h>

static FakeExchange *
take_stock(Bench *bench, guint page)
{
  g_autofree char *path = g_strdup_printf("/v1/stores/store-1/stocks?page=%u&pageSize=1000", page);

  return bench_take(bench, SHOPCAISSE_METHOD_GET, path);
}

static void
reply_full(Bench *bench, guint page)
{
  g_autoptr(GString) json = g_string_new("{'items':[");

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf(json, "%s{'item':'p%u-%03u','stock':1}", i > 0 ? "," : "", page, i);
  g_string_append(json, "],'hasNextPage':true,'skipped':0}");
  bench_reply(bench, take_stock(bench, page), SHOPCAISSE_REPLY_OK, json->str);
}

/* Four pages travel, from page 3 on; all of them fail in this way. */
static void
get_into_trouble(Bench *bench, ShopcaisseReplyKind kind)
{
  bench_open(bench);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-stock'>}");
  for (guint page = 0; page < 3; page++)
    reply_full(bench, page);
  assert_int_equal(bench->network.requests->len, 4);
  for (guint page = 3; page < 7; page++)
    bench_reply(bench, take_stock(bench, page), kind, NULL);
  assert_int_equal(bench->network.requests->len, 0);
}

static guint
get_page(Bench *bench)
{
  FakeExchange *exchange = bench->network.requests->pdata[0];
  const char *number = strstr(exchange->path, "page=") + strlen("page=");

  return (guint)g_ascii_strtoull(number, NULL, 10);
}

/* How long it takes until something is asked for. */
static gint64
wait_for_page(Bench *bench)
{
  gint64 began_at = bench->clock.monotonic;

  while (bench->network.requests->len == 0 && bench->clock.monotonic - began_at < SHOPCAISSE_HOUR)
    bench_pass(bench, SHOPCAISSE_SECOND / 10);
  assert_int_equal(bench->network.requests->len, 1);
  return bench->clock.monotonic - began_at;
}

static void
assert_one_at_a_time(Bench *bench)
{
  wait_for_page(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  assert_int_equal(bench->network.requests->len, 1);
}

static void
after_429_pages_go_one_by_one(void **state)
{
  get_into_trouble(*state, SHOPCAISSE_REPLY_THROTTLED);
  assert_one_at_a_time(*state);
}

static void
after_an_error_pages_go_one_by_one(void **state)
{
  get_into_trouble(*state, SHOPCAISSE_REPLY_UNKNOWN);
  assert_one_at_a_time(*state);
}

/* A good page in between does not end the pauses. */
static void
pages_pause_between_them(void **state)
{
  Bench *bench = *state;

  get_into_trouble(bench, SHOPCAISSE_REPLY_UNKNOWN);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  reply_full(bench, get_page(bench));
  assert_int_equal(bench->network.requests->len, 0);
  assert_true(wait_for_page(bench) >= SHOPCAISSE_SECOND);
}

static void
each_trouble_makes_the_pause_longer(void **state)
{
  Bench *bench = *state;
  gint64 first = 0;

  get_into_trouble(bench, SHOPCAISSE_REPLY_UNKNOWN);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  reply_full(bench, get_page(bench));
  first = wait_for_page(bench);
  bench_reply(bench, take_stock(bench, get_page(bench)), SHOPCAISSE_REPLY_UNKNOWN, NULL);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  reply_full(bench, get_page(bench));
  assert_true(wait_for_page(bench) > first);
}

static void
after_some_good_pages_four_travel_again(void **state)
{
  Bench *bench = *state;

  get_into_trouble(bench, SHOPCAISSE_REPLY_THROTTLED);
  for (guint i = 0; i < 4; i++) {
    bench_pass(bench, SHOPCAISSE_MINUTE);
    assert_int_equal(bench->network.requests->len, 1);
    reply_full(bench, get_page(bench));
  }
  bench_pass(bench, SHOPCAISSE_MINUTE);
  assert_int_equal(bench->network.requests->len, 4);
}

static void
refused_page_is_no_trouble(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-stock'>}");
  bench_reply(bench, take_stock(bench, 0), SHOPCAISSE_REPLY_REFUSED, NULL);
  assert_int_equal(bench->network.requests->len, 1); /* once more, with a board type */
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(after_429_pages_go_one_by_one),
    bench_test(after_an_error_pages_go_one_by_one),
    bench_test(pages_pause_between_them),
    bench_test(each_trouble_makes_the_pause_longer),
    bench_test(after_some_good_pages_four_travel_again),
    bench_test(refused_page_is_no_trouble),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
