/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A connection that ends: what is told of it, then and later. */
#include "engine-shop.h"

#include <string.h>

static GVariant *
disconnect(Bench *bench, const char *policy)
{
  bench_open(bench);
  bench_pass(bench, SHOPCAISSE_SECOND);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
  return bench_assert_done(bench_perform_row(bench, COMPTOIR_OPERATION_DISCONNECT,
                                             g_variant_new_parsed("{'policy': <%s>}", policy)));
}

static void
assert_counts(GVariant *answer, guint n_waiting, guint n_parked)
{
  guint32 waiting = G_MAXUINT32;
  guint32 parked = G_MAXUINT32;

  g_variant_lookup(answer, "waiting", "u", &waiting);
  g_variant_lookup(answer, "parked", "u", &parked);
  assert_int_equal(waiting, n_waiting);
  assert_int_equal(parked, n_parked);
}

static void
kept_orders_are_counted(void **state)
{
  assert_counts(disconnect(*state, "keep-queue"), 1, 0);
}

static void
parked_orders_are_counted(void **state)
{
  assert_counts(disconnect(*state, "park-queue"), 0, 1);
}

static void
status_says_since_when(void **state)
{
  Bench *bench = *state;

  disconnect(bench, "keep-queue");
  /* 10:00 UTC, in the zone of the tests. */
  assert_non_null(strstr(bench->last_error, "no longer updated since 2026-03-02 11:00"));
}

static void
status_says_so_after_a_start(void **state)
{
  Bench *bench = *state;

  disconnect(bench, "keep-queue");
  bench_close(bench);
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_start(bench);
  bench_run(bench);
  assert_non_null(strstr(bench->last_error, "no longer updated since 2026-03-02 11:00"));
}

static void
next_token_ends_it(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");

  disconnect(bench, "park-queue");
  bench_perform_row(bench, COMPTOIR_OPERATION_SET_TOKEN,
                    g_variant_new_parsed("{'token': <%s>}", token));
  bench_answer_discovery(bench);
  assert_string_equal(bench->last_error, "");
  assert_int_equal(bench->status, COMPTOIR_STATUS_READY);
}

static void
links_and_stores_are_listed_still(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) links = NULL;
  g_autoptr(GVariant) stores = NULL;

  disconnect(bench, "keep-queue");
  links = bench_list(bench, "links");
  stores = bench_list(bench, "stores");
  assert_int_equal(g_variant_n_children(links), 3);
  assert_int_equal(g_variant_n_children(stores), 1);
}

static void
no_flow_of_the_service_is_planned(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) flows = NULL;

  bench_set(bench, "stock-interval", "60");
  disconnect(bench, "keep-queue");
  flows = bench_list(bench, "flows");
  for (gsize i = 0; i < g_variant_n_children(flows); i++) {
    g_autoptr(GVariant) flow = g_variant_get_child_value(flows, i);

    assert_string_equal(bench_text(flow, "next_run"), "");
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(kept_orders_are_counted),
    bench_test(parked_orders_are_counted),
    bench_test(status_says_since_when),
    bench_test(status_says_so_after_a_start),
    bench_test(next_token_ends_it),
    bench_test(links_and_stores_are_listed_still),
    bench_test(no_flow_of_the_service_is_planned),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
