/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One order on the wire: what counts as sent, what is asked again, what a person must see. */
#include "engine-shop.h"

#include <string.h>

#define CANCEL_PATH "/v1/stores/store-1/orders/server-sale-1?pos=pos-1"

/* Submits sale-1 and takes its order from the wire. */
static FakeExchange *
send_sale(Bench *bench)
{
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  return bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
}

static void
reply_echo(Bench *bench, FakeExchange *exchange, const ShopEcho *echo)
{
  g_autofree char *json = engine_shop_echo(echo);

  bench_reply(bench, exchange, SHOPCAISSE_REPLY_OK, json);
}

#define assert_progress(bench, key, expected)                                                      \
  assert_string_equal(bench_progress(bench, "sale-1", key), expected)

/* Whatever this answer is, it is no success: the same bytes go again and then succeed. */
static void
assert_sent_again(Bench *bench, FakeExchange *exchange, ShopcaisseReplyKind kind, const char *json)
{
  g_autoptr(GBytes) first = g_bytes_ref(exchange->body);
  FakeExchange *again = NULL;

  bench_reply(bench, exchange, kind, json);
  assert_progress(bench, "state", "waiting");
  assert_progress(bench, "reason", "unknown");
  bench_assert_quiet(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  again = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  assert_true(g_bytes_equal(again->body, first));
  reply_echo(bench, again, &(ShopEcho){ .sale_id = "sale-1", .total = "12.50" });
  assert_progress(bench, "state", "sent");
  assert_progress(bench, "reason", "");
}

static void
exact_echo_is_sent(void **state)
{
  Bench *bench = *state;
  FakeExchange *exchange = send_sale(bench);

  assert_progress(bench, "state", "sending");
  reply_echo(bench, exchange, &(ShopEcho){ .sale_id = "sale-1", .total = "12.50" });
  assert_progress(bench, "state", "sent");
  assert_progress(bench, "kitchen", "not_acked");
  assert_progress(bench, "fiscal", "open");
  assert_progress(bench, "external_id", "server-sale-1");
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

static void
token_travels_with_the_order(void **state)
{
  Bench *bench = *state;
  FakeExchange *exchange = send_sale(bench);

  assert_string_equal(exchange->token, bench->secrets.secret);
  assert_string_equal(bench->network.base_url, "https://api.shop-caisse.com");
  bench_reply(bench, exchange, SHOPCAISSE_REPLY_UNKNOWN, NULL);
}

static void
orders_leave_one_by_one(void **state)
{
  Bench *bench = *state;
  FakeExchange *exchange = send_sale(bench);

  engine_shop_submit(bench, "sale-2", "12.50");
  bench_assert_quiet(bench);
  reply_echo(bench, exchange, &(ShopEcho){ .sale_id = "sale-1", .total = "12.50" });
  engine_shop_accept(bench, "sale-2", "12.50");
  assert_string_equal(bench_progress(bench, "sale-2", "state"), "sent");
}

static void
echo_of_another_id_is_unknown(void **state)
{
  ShopEcho echo = { .sale_id = "sale-1", .total = "12.50", .order_id = "another" };
  g_autofree char *json = engine_shop_echo(&echo);

  assert_sent_again(*state, send_sale(*state), SHOPCAISSE_REPLY_OK, json);
}

static void
echo_without_discriminator_is_unknown(void **state)
{
  ShopEcho echo = { .sale_id = "sale-1", .total = "12.50" };
  g_autofree char *json = engine_shop_echo(&echo);
  g_auto(GStrv) parts = g_strsplit(json, "'subChannelOrderId'", 2);
  g_autofree char *without = g_strjoinv("'other'", parts);

  assert_sent_again(*state, send_sale(*state), SHOPCAISSE_REPLY_OK, without);
}

static void
echo_without_amounts_is_unknown(void **state)
{
  ShopEcho echo = { .sale_id = "sale-1", .total = "null" };
  g_autofree char *json = engine_shop_echo(&echo);

  assert_sent_again(*state, send_sale(*state), SHOPCAISSE_REPLY_OK, json);
}

static void
web_page_with_status_200_is_unknown(void **state)
{
  assert_sent_again(*state, send_sale(*state), SHOPCAISSE_REPLY_OK, "<html>Wi-Fi</html>");
}

static void
truncated_json_is_unknown(void **state)
{
  assert_sent_again(*state, send_sale(*state), SHOPCAISSE_REPLY_OK, "{'id':'server-1','ord");
}

static void
empty_answer_is_unknown(void **state)
{
  assert_sent_again(*state, send_sale(*state), SHOPCAISSE_REPLY_OK, NULL);
}

static void
server_error_is_unknown(void **state)
{
  assert_sent_again(*state, send_sale(*state), SHOPCAISSE_REPLY_UNKNOWN, "<html>502</html>");
}

static void
oversized_answer_is_unknown(void **state)
{
  assert_sent_again(*state, send_sale(*state), SHOPCAISSE_REPLY_OVERSIZED, NULL);
}

static void
assert_parked(Bench *bench, const ShopEcho *echo, const char *reason)
{
  reply_echo(bench, send_sale(bench), echo);
  assert_progress(bench, "state", "parked");
  assert_progress(bench, "reason", reason);
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

static void
echo_of_another_discriminator_parks(void **state)
{
  assert_parked(*state,
                &(ShopEcho){ .sale_id = "sale-1",
                             .total = "12.50",
                             .discriminator = "till-2 2026-03-01T09:00:00Z" },
                "id-taken");
}

static void
echo_of_another_total_parks(void **state)
{
  assert_parked(*state, &(ShopEcho){ .sale_id = "sale-1", .total = "12.51" }, "total");
}

static void
orders_behind_a_parked_one_go_on(void **state)
{
  Bench *bench = *state;

  assert_parked(bench, &(ShopEcho){ .sale_id = "sale-1", .total = "9.00" }, "total");
  engine_shop_submit(bench, "sale-2", "12.50");
  engine_shop_accept(bench, "sale-2", "12.50");
  assert_string_equal(bench_progress(bench, "sale-2", "state"), "sent");
}

/* Answers sale-1 a hundred times too much while sale-2 waits; takes the cancellation. */
static FakeExchange *
send_wrong_unit(Bench *bench)
{
  FakeExchange *exchange = send_sale(bench);

  engine_shop_submit(bench, "sale-2", "12.50");
  reply_echo(bench, exchange, &(ShopEcho){ .sale_id = "sale-1", .total = "1250" });
  return bench_take(bench, SHOPCAISSE_METHOD_DELETE, CANCEL_PATH);
}

static void
wrong_unit_takes_the_order_back(void **state)
{
  Bench *bench = *state;
  FakeExchange *cancel = send_wrong_unit(bench);
  ShopEcho echo = { .sale_id = "sale-1", .total = "1250", .status = "cancelled_by_channel" };

  assert_progress(bench, "state", "parked");
  assert_progress(bench, "reason", "unit");
  reply_echo(bench, cancel, &echo);
  assert_progress(bench, "state", "parked");
  assert_progress(bench, "reason", "taken-back");
}

static BenchAnswer *
send_now(Bench *bench)
{
  return bench_perform(bench, COMPTOIR_OPERATION_RUN,
                       "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
}

static void
wrong_unit_still_on_the_till_is_not_sent_anew(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_wrong_unit(bench), SHOPCAISSE_REPLY_REFUSED, "{'message':'too late'}");
  assert_progress(bench, "reason", "unit");
  assert_non_null(strstr(bench_progress(bench, "sale-1", "message"), "too late"));
  bench_assert_error(send_now(bench), COMPTOIR_ERROR_REJECTED, "cancel it there first");
  bench_assert_quiet(bench);
}

/* Days later a person cancels it on the till, as the message says: the poll has to see it. */
static void
wrong_unit_on_the_till_is_followed_until_it_is_gone(void **state)
{
  Bench *bench = *state;
  FakeExchange *poll = NULL;
  gint64 from = 0;

  bench_reply(bench, send_wrong_unit(bench), SHOPCAISSE_REPLY_REFUSED, "{'message':'too late'}");
  bench->clock.now += 3 * SHOPCAISSE_DAY;
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'poll-orders'>}");
  bench_run(bench);
  poll = bench->network.requests->pdata[0];
  from = g_ascii_strtoll(strstr(poll->path, "from=") + strlen("from="), NULL, 10);
  assert_true(from * 1000 <= BENCH_NOW);
  poll = bench_take(bench, SHOPCAISSE_METHOD_GET, poll->path);
  bench_reply(bench, poll, SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'server-sale-1','status':'cancelled_by_pos'}],'hasNextPage':false,"
              "'skipped':0}");
  assert_progress(bench, "reason", "taken-back");
}

static void
wrong_unit_that_was_taken_back_gets_a_new_id(void **state)
{
  Bench *bench = *state;
  ShopEcho echo = { .sale_id = "sale-1", .total = "1250", .status = "cancelled_by_channel" };
  g_autofree char *first = NULL;

  reply_echo(bench, send_wrong_unit(bench), &echo);
  first = g_strdup(bench_progress(bench, "sale-1", "order_id"));
  send_now(bench);
  assert_string_not_equal(bench_progress(bench, "sale-1", "order_id"), first);
  assert_progress(bench, "state", "held");
  assert_progress(bench, "reason", "calibration");
}

static void
cancelled_wrong_unit_is_called_back_once(void **state)
{
  Bench *bench = *state;
  FakeExchange *exchange = send_sale(bench);
  ShopEcho echo = { .sale_id = "sale-1", .total = "1250" };

  bench_perform(bench, COMPTOIR_OPERATION_CANCEL_SALE, "{'id': <'sale-1'>}");
  reply_echo(bench, exchange, &echo);
  echo.status = "cancelled_by_channel";
  reply_echo(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, CANCEL_PATH), &echo);
  assert_progress(bench, "state", "cancelled");
  bench_assert_error(send_now(bench), COMPTOIR_ERROR_REJECTED, "it was cancelled");
}

static void
refused_order_that_is_unwanted_is_cancelled(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_REFUSED, "{'message':'no'}");
  bench_perform(bench, COMPTOIR_OPERATION_CANCEL_SALE, "{'id': <'sale-1'>}");
  assert_progress(bench, "state", "cancelled");
  bench_pass(bench, SHOPCAISSE_HOUR);
  bench_assert_quiet(bench);
}

static void
wrong_unit_stops_the_queue(void **state)
{
  Bench *bench = *state;
  ShopEcho echo = { .sale_id = "sale-1", .total = "1250", .status = "cancelled_by_channel" };

  reply_echo(bench, send_wrong_unit(bench), &echo);
  assert_string_equal(bench_progress(bench, "sale-2", "state"), "held");
  assert_string_equal(bench_progress(bench, "sale-2", "reason"), "calibration");
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

static void
wrong_unit_is_shown_and_forgotten(void **state)
{
  Bench *bench = *state;
  GVariant *notice = NULL;

  bench_reply(bench, send_wrong_unit(bench), SHOPCAISSE_REPLY_UNKNOWN, NULL);
  assert_int_equal(bench->status, COMPTOIR_STATUS_BLOCKED);
  notice = g_ptr_array_index(bench->host.notices, bench->host.notices->len - 1);
  assert_string_equal(bench_text(notice, "id"), "unit");
  assert_string_equal(bench_text(notice, "level"), "error");
  bench_close(bench);
  bench_open(bench);
  engine_shop_submit(bench, "sale-3", "12.50");
  assert_string_equal(bench_progress(bench, "sale-3", "reason"), "calibration");
}

static void
answer_is_read_in_the_unit_of_its_own_store(void **state)
{
  Bench *bench = *state;
  ShopcaisseDatabase *database = bench_open_store(bench);
  FakeExchange *exchange = NULL;

  engine_shop_put_place(database, SHOPCAISSE_PLACE_STORE, "store-2", "company-1");
  shopcaisse_database_close(database);
  exchange = send_sale(bench);
  bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'store': <'store-2'>}"));
  reply_echo(bench, exchange, &(ShopEcho){ .sale_id = "sale-1", .total = "12.50" });
  assert_progress(bench, "state", "sent");
}

/* The same bytes once more after a minute, then a person. */
static void
assert_confirmed_then_parked(Bench *bench, ShopcaisseReplyKind kind)
{
  FakeExchange *exchange = send_sale(bench);
  g_autoptr(GBytes) first = g_bytes_ref(exchange->body);

  bench_reply(bench, exchange, kind, "{'statusCode':400,'message':'item-1 <is> unknown'}");
  assert_progress(bench, "state", "waiting");
  bench_pass(bench, SHOPCAISSE_MINUTE - 1);
  bench_assert_quiet(bench);
  bench_pass(bench, 1);
  exchange = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  assert_true(g_bytes_equal(exchange->body, first));
  bench_reply(bench, exchange, kind, "{'statusCode':400,'message':'item-1 <is> unknown'}");
  assert_progress(bench, "state", "parked");
  assert_progress(bench, "reason", "rejected");
  assert_progress(bench, "message", "Shopcaisse answers: item-1 <is> unknown");
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

static void
bad_request_is_confirmed_then_parked(void **state)
{
  assert_confirmed_then_parked(*state, SHOPCAISSE_REPLY_REFUSED);
}

static void
not_found_is_confirmed_then_parked(void **state)
{
  assert_confirmed_then_parked(*state, SHOPCAISSE_REPLY_NOT_FOUND);
}

static void
conflict_is_confirmed_then_parked(void **state)
{
  assert_confirmed_then_parked(*state, SHOPCAISSE_REPLY_CONFLICT);
}

static void
others_go_on_while_a_refusal_is_confirmed(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_REFUSED, "{'message':'no'}");
  engine_shop_submit(bench, "sale-2", "12.50");
  engine_shop_accept(bench, "sale-2", "12.50");
  assert_string_equal(bench_progress(bench, "sale-2", "state"), "sent");
}

static void
parked_order_is_sent_again_when_a_person_says_so(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  assert_confirmed_then_parked(bench, SHOPCAISSE_REPLY_REFUSED);
  answer =
      bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
  bench_assert_done(answer);
}

static void
throttle(Bench *bench, FakeExchange *exchange)
{
  ShopcaisseReply *reply = shopcaisse_reply_new(SHOPCAISSE_REPLY_THROTTLED);

  reply->retry_after = g_strdup("120");
  fake_network_answer(&bench->network, exchange, reply);
}

static void
throttling_is_for_the_whole_store_and_for_whoever_asks(void **state)
{
  Bench *bench = *state;
  FakeExchange *exchange = send_sale(bench);

  engine_shop_submit(bench, "sale-2", "12.50");
  throttle(bench, exchange);
  send_now(bench);
  bench_pass(bench, 2 * SHOPCAISSE_MINUTE - SHOPCAISSE_SECOND);
  bench_assert_quiet(bench);
  bench_crash(bench);
  bench_open(bench);
  bench_assert_quiet(bench);
  bench_pass(bench, SHOPCAISSE_SECOND);
  engine_shop_accept(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-2", "12.50");
  assert_int_equal(bench->status, COMPTOIR_STATUS_READY);
}

static void
throttled_waits_as_long_as_it_is_told(void **state)
{
  Bench *bench = *state;
  FakeExchange *exchange = send_sale(bench);

  throttle(bench, exchange);
  assert_progress(bench, "reason", "throttled");
  bench_pass(bench, 2 * SHOPCAISSE_MINUTE - 1);
  bench_assert_quiet(bench);
  bench_pass(bench, 1);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(exact_echo_is_sent),
    bench_test(token_travels_with_the_order),
    bench_test(orders_leave_one_by_one),
    bench_test(echo_of_another_id_is_unknown),
    bench_test(echo_without_discriminator_is_unknown),
    bench_test(echo_without_amounts_is_unknown),
    bench_test(web_page_with_status_200_is_unknown),
    bench_test(truncated_json_is_unknown),
    bench_test(empty_answer_is_unknown),
    bench_test(server_error_is_unknown),
    bench_test(oversized_answer_is_unknown),
    bench_test(echo_of_another_discriminator_parks),
    bench_test(echo_of_another_total_parks),
    bench_test(orders_behind_a_parked_one_go_on),
    bench_test(wrong_unit_takes_the_order_back),
    bench_test(wrong_unit_still_on_the_till_is_not_sent_anew),
    bench_test(wrong_unit_on_the_till_is_followed_until_it_is_gone),
    bench_test(wrong_unit_that_was_taken_back_gets_a_new_id),
    bench_test(cancelled_wrong_unit_is_called_back_once),
    bench_test(refused_order_that_is_unwanted_is_cancelled),
    bench_test(wrong_unit_stops_the_queue),
    bench_test(wrong_unit_is_shown_and_forgotten),
    bench_test(answer_is_read_in_the_unit_of_its_own_store),
    bench_test(bad_request_is_confirmed_then_parked),
    bench_test(not_found_is_confirmed_then_parked),
    bench_test(conflict_is_confirmed_then_parked),
    bench_test(others_go_on_while_a_refusal_is_confirmed),
    bench_test(parked_order_is_sent_again_when_a_person_says_so),
    bench_test(throttled_waits_as_long_as_it_is_told),
    bench_test(throttling_is_for_the_whole_store_and_for_whoever_asks),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
