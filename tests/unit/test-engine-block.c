/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What stops a store or everything, who hears of it, and how it ends without a restart. */
#include "engine-shop.h"

#include <string.h>

#define LICENCE                                                                                    \
  "{'statusCode':401,'message':'Pos pos-1 does not have an Order Management Module license!'}"
#define REVOKED "{'statusCode':401,'message':'token revoked'}"

static FakeExchange *
send_sale(Bench *bench)
{
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  return bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
}

static FakeExchange *
take_probe(Bench *bench)
{
  return bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication");
}

#define assert_progress(bench, key, expected)                                                      \
  assert_string_equal(bench_progress(bench, "sale-1", key), expected)

/* The last notice of an id: its text. */
static const char *
find_notice(Bench *bench, const char *id)
{
  GPtrArray *notices = bench->host.notices;

  for (guint i = notices->len; i > 0; i--) {
    if (g_str_equal(bench_text(notices->pdata[i - 1], "id"), id))
      return bench_text(notices->pdata[i - 1], "text");
  }
  return "";
}

static void
missing_licence_names_the_register(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_UNAUTHORIZED, LICENCE);
  assert_progress(bench, "state", "waiting");
  assert_progress(bench, "reason", "licence");
  assert_int_equal(bench->status, COMPTOIR_STATUS_BLOCKED);
  assert_non_null(strstr(bench->last_error, "register pos-1: "));
  assert_non_null(strstr(find_notice(bench, "licence"), "Order Management Module"));
}

static void
missing_licence_stops_the_store_and_keeps_the_token(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_UNAUTHORIZED, LICENCE);
  engine_shop_submit(bench, "sale-2", "12.50");
  bench_pass(bench, 5 * SHOPCAISSE_MINUTE - 1);
  bench_assert_quiet(bench);
  assert_non_null(bench->secrets.secret);
}

static void
store_without_licence_tries_again_by_itself(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_UNAUTHORIZED, LICENCE);
  bench_pass(bench, 5 * SHOPCAISSE_MINUTE + SHOPCAISSE_SECOND);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

static void
licence_that_works_again_is_shown(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_UNAUTHORIZED, LICENCE);
  bench_pass(bench, 5 * SHOPCAISSE_MINUTE + SHOPCAISSE_SECOND);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_int_equal(bench->status, COMPTOIR_STATUS_READY);
  assert_string_equal(find_notice(bench, "licence"), "");
}

static void
refused_order_asks_for_the_token(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_UNAUTHORIZED, REVOKED);
  bench_reply(bench, take_probe(bench), SHOPCAISSE_REPLY_UNAUTHORIZED, REVOKED);
  assert_int_equal(bench->status, COMPTOIR_STATUS_BLOCKED);
  assert_non_null(strstr(find_notice(bench, "token"), "token revoked"));
}

static void
revoked_token_stops_everything_but_the_probe(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_UNAUTHORIZED, REVOKED);
  bench_reply(bench, take_probe(bench), SHOPCAISSE_REPLY_UNAUTHORIZED, REVOKED);
  engine_shop_submit(bench, "sale-2", "12.50");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-stock'>}");
  bench_pass(bench, 5 * SHOPCAISSE_MINUTE - 1);
  bench_assert_quiet(bench);
  bench_pass(bench, SHOPCAISSE_SECOND);
  bench_reply(bench, take_probe(bench), SHOPCAISSE_REPLY_UNAUTHORIZED, REVOKED);
  bench_assert_quiet(bench);
}

static void
token_that_works_again_goes_on_without_a_restart(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_UNAUTHORIZED, REVOKED);
  bench_reply(bench, take_probe(bench), SHOPCAISSE_REPLY_UNAUTHORIZED, REVOKED);
  bench_pass(bench, 5 * SHOPCAISSE_MINUTE + SHOPCAISSE_SECOND);
  bench_reply(bench, take_probe(bench), SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  bench_pass(bench, 5 * SHOPCAISSE_MINUTE + SHOPCAISSE_SECOND);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
  assert_int_equal(bench->status, COMPTOIR_STATUS_READY);
  assert_string_equal(find_notice(bench, "token"), "");
}

/* Answers every probe well until the order is on the wire; at most five minutes pass. */
static FakeExchange *
find_order(Bench *bench)
{
  for (guint i = 0; i < 10; i++) {
    bench_run(bench);
    if (bench->network.requests->len == 0)
      bench_pass(bench, SHOPCAISSE_MINUTE);
    else if (strstr(((FakeExchange *)bench->network.requests->pdata[0])->path, "/orders") != NULL)
      return bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
    else
      bench_reply(bench, take_probe(bench), SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  }
  fail_msg("the order was not sent again");
  return NULL;
}

static void
new_token_goes_on_without_a_restart(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");
  g_autofree char *argument = g_strdup_printf("{'token': <'%s'>}", token);
  FakeExchange *order = NULL;
  g_autoptr(GBytes) first = NULL;

  order = send_sale(bench);
  first = g_bytes_ref(order->body);
  bench_reply(bench, order, SHOPCAISSE_REPLY_UNAUTHORIZED, REVOKED);
  bench_reply(bench, take_probe(bench), SHOPCAISSE_REPLY_UNAUTHORIZED, REVOKED);
  bench_perform(bench, COMPTOIR_OPERATION_SET_TOKEN, argument);
  order = find_order(bench);
  assert_true(g_bytes_equal(order->body, first));
  assert_int_equal(bench->status, COMPTOIR_STATUS_READY);
  bench_reply(bench, order, SHOPCAISSE_REPLY_UNKNOWN, NULL);
}

static void
missing_right_stops_the_store_alone(void **state)
{
  Bench *bench = *state;
  BenchAnswer *stock = NULL;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_FORBIDDEN, "{'message':'orders.write'}");
  bench_reply(bench, take_probe(bench), SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  assert_progress(bench, "reason", "refused");
  stock = bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-stock'>}");
  bench_reply(
      bench,
      bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/stores/store-1/stocks?page=0&pageSize=1000"),
      SHOPCAISSE_REPLY_OK, "{'items':[],'hasNextPage':false,'skipped':0}");
  bench_assert_done(stock);
}

static void
missing_right_is_tried_again_by_itself(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_FORBIDDEN, "{'message':'orders.write'}");
  bench_reply(bench, take_probe(bench), SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  bench_pass(bench, 5 * SHOPCAISSE_MINUTE + SHOPCAISSE_SECOND);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

static void
untrusted_server_stops_everything_until_a_probe_succeeds(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_UNTRUSTED, NULL);
  assert_int_equal(bench->status, COMPTOIR_STATUS_BLOCKED);
  bench_pass(bench, 5 * SHOPCAISSE_MINUTE - 1);
  bench_assert_quiet(bench);
  bench_pass(bench, SHOPCAISSE_SECOND);
  bench_reply(bench, take_probe(bench), SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_int_equal(bench->status, COMPTOIR_STATUS_READY);
}

static void
probe_survives_an_address_that_is_not_the_service(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_UNTRUSTED, NULL);
  for (guint i = 0; i < 3; i++) {
    bench_pass(bench, 5 * SHOPCAISSE_MINUTE + SHOPCAISSE_SECOND);
    bench_reply(bench, take_probe(bench), SHOPCAISSE_REPLY_NOT_FOUND, "<html>login</html>");
  }
  bench_pass(bench, 5 * SHOPCAISSE_MINUTE + SHOPCAISSE_SECOND);
  bench_reply(bench, take_probe(bench), SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  engine_shop_accept(bench, "sale-1", "12.50");
}

static void
start_tries_a_blocked_store_at_once(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_UNAUTHORIZED, LICENCE);
  bench_close(bench);
  bench_open(bench);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(missing_licence_names_the_register),
    bench_test(missing_licence_stops_the_store_and_keeps_the_token),
    bench_test(store_without_licence_tries_again_by_itself),
    bench_test(licence_that_works_again_is_shown),
    bench_test(refused_order_asks_for_the_token),
    bench_test(revoked_token_stops_everything_but_the_probe),
    bench_test(token_that_works_again_goes_on_without_a_restart),
    bench_test(new_token_goes_on_without_a_restart),
    bench_test(missing_right_stops_the_store_alone),
    bench_test(missing_right_is_tried_again_by_itself),
    bench_test(untrusted_server_stops_everything_until_a_probe_succeeds),
    bench_test(probe_survives_an_address_that_is_not_the_service),
    bench_test(start_tries_a_blocked_store_at_once),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
