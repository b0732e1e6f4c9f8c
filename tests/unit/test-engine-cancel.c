/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Taking a sale back, wherever its order is. */
#include "engine-shop.h"
#include "engine/identity.h"

#include <string.h>

#define BY_SERVER_ID "/v1/stores/store-1/orders/server-sale-1?pos=pos-1"

#define assert_progress(bench, key, expected)                                                      \
  assert_string_equal(bench_progress(bench, "sale-1", key), expected)

static BenchAnswer *
cancel(Bench *bench)
{
  return bench_perform(bench, COMPTOIR_OPERATION_CANCEL_SALE, "{'id': <'sale-1'>}");
}

static void
reply_cancelled(Bench *bench, FakeExchange *exchange)
{
  ShopEcho echo = { .sale_id = "sale-1", .total = "12.50", .status = "cancelled_by_channel" };
  g_autofree char *json = engine_shop_echo(&echo);

  bench_reply(bench, exchange, SHOPCAISSE_REPLY_OK, json);
}

static void
send_sale(Bench *bench)
{
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
}

static void
order_that_never_left_stays_here(void **state)
{
  Bench *bench = *state;

  bench_start(bench);
  engine_shop_submit(bench, "sale-0", "12.50");
  engine_shop_submit(bench, "sale-1", "12.50");
  assert_string_equal(bench_text(bench_assert_done(cancel(bench)), "state"), "cancelled");
  engine_shop_accept(bench, "sale-0", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  bench_assert_quiet(bench);
  assert_progress(bench, "state", "cancelled");
}

static void
held_order_is_withdrawn(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "unit:store-1", "");
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_assert_done(cancel(bench));
  assert_progress(bench, "state", "cancelled");
}

static void
sent_order_is_taken_back_by_the_services_id(void **state)
{
  Bench *bench = *state;

  send_sale(bench);
  assert_string_equal(bench_text(bench_assert_done(cancel(bench)), "state"), "cancelling");
  reply_cancelled(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID));
  assert_progress(bench, "state", "cancelled");
  assert_progress(bench, "kitchen", "cancelled_by_channel");
}

static void
unknown_service_id_is_tried_with_ours(void **state)
{
  Bench *bench = *state;
  g_autofree char *order_id = shopcaisse_identity_order_id("instance-1", "sale-1", 0);
  g_autofree char *path = g_strdup_printf("/v1/stores/store-1/orders/%s?pos=pos-1", order_id);

  send_sale(bench);
  cancel(bench);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID),
              SHOPCAISSE_REPLY_NOT_FOUND, "{'message':'no such order'}");
  reply_cancelled(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, path));
  assert_progress(bench, "state", "cancelled");
}

static void
refused_cancellation_leaves_the_order_and_says_why(void **state)
{
  Bench *bench = *state;

  send_sale(bench);
  cancel(bench);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID),
              SHOPCAISSE_REPLY_REFUSED, "{'message':'order is in preparation'}");
  bench_assert_quiet(bench);
  assert_progress(bench, "state", "sent");
  assert_progress(bench, "reason", "not-cancelled");
  assert_progress(bench, "message", "Shopcaisse answers: order is in preparation");
}

static void
refusal_that_may_be_a_proxys_is_confirmed(void **state)
{
  Bench *bench = *state;

  send_sale(bench);
  cancel(bench);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID),
              SHOPCAISSE_REPLY_REFUSED, "<html>proxy</html>");
  assert_progress(bench, "state", "cancelling");
  bench_pass(bench, SHOPCAISSE_MINUTE);
  reply_cancelled(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID));
  assert_progress(bench, "state", "cancelled");
}

static void
cancellation_survives_a_crash(void **state)
{
  Bench *bench = *state;

  send_sale(bench);
  cancel(bench);
  bench_crash(bench);
  bench_open(bench);
  reply_cancelled(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID));
  assert_progress(bench, "state", "cancelled");
}

static void
cancelling_twice_is_once(void **state)
{
  Bench *bench = *state;

  send_sale(bench);
  cancel(bench);
  bench_assert_done(cancel(bench));
  reply_cancelled(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID));
  assert_string_equal(bench_text(bench_assert_done(cancel(bench)), "state"), "cancelled");
  bench_assert_quiet(bench);
}

static void
order_on_the_wire_is_known_first_then_taken_back(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_run(bench);
  cancel(bench);
  assert_progress(bench, "state", "cancelling");
  engine_shop_accept(bench, "sale-1", "12.50");
  reply_cancelled(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID));
  assert_progress(bench, "state", "cancelled");
}

static void
unknown_outcome_is_cleared_up_then_taken_back(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_UNKNOWN, NULL);
  cancel(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  engine_shop_accept(bench, "sale-1", "12.50");
  reply_cancelled(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID));
  assert_progress(bench, "state", "cancelled");
}

/* Sale-1 is parked by this answer, given twice. */
static void
park(Bench *bench, ShopcaisseReplyKind kind, const char *json)
{
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS), kind, json);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  if (bench->network.requests->len > 0)
    bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS), kind, json);
  assert_progress(bench, "state", "parked");
}

static void
rejected_order_is_cancelled_without_a_word_to_the_service(void **state)
{
  Bench *bench = *state;

  park(bench, SHOPCAISSE_REPLY_REFUSED, "{'message':'no'}");
  bench_assert_done(cancel(bench));
  bench_assert_quiet(bench);
  assert_progress(bench, "state", "cancelled");
}

static void
order_of_another_sale_is_left_alone(void **state)
{
  Bench *bench = *state;
  ShopEcho echo = { .sale_id = "sale-1", .total = "12.50", .discriminator = "till-2 yesterday" };
  g_autofree char *json = engine_shop_echo(&echo);

  park(bench, SHOPCAISSE_REPLY_OK, json);
  bench_assert_done(cancel(bench));
  bench_assert_quiet(bench);
  assert_progress(bench, "state", "cancelled");
}

static void
cancellation_goes_to_the_store_of_the_order(void **state)
{
  Bench *bench = *state;
  ShopcaisseDatabase *database = NULL;

  send_sale(bench);
  bench_close(bench);
  database = bench_open_store(bench);
  engine_shop_put_place(database, SHOPCAISSE_PLACE_STORE, "store-2", "company-1");
  shopcaisse_database_close(database);
  bench_set(bench, "store", "store-2");
  bench_open(bench);
  cancel(bench);
  bench_run(bench);
  assert_int_equal(bench->network.requests->len, 1);
  assert_true(g_str_has_prefix(((FakeExchange *)bench->network.requests->pdata[0])->path,
                               "/v1/stores/store-1/orders/server-sale-1"));
}

static void
sale_that_was_never_submitted_is_invalid(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_assert_error(cancel(bench), COMPTOIR_ERROR_INVALID, "sale-1");
}

static void
order_that_never_left_the_machine_stays_here(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
  assert_string_equal(bench_text(bench_assert_done(cancel(bench)), "state"), "cancelled");
  bench_pass(bench, SHOPCAISSE_HOUR);
  bench_assert_quiet(bench);
}

static void
lose_and_cancel(Bench *bench)
{
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_UNKNOWN, NULL);
  assert_string_equal(bench_text(bench_assert_done(cancel(bench)), "state"), "cancelling");
}

static void
assert_called_back(Bench *bench)
{
  engine_shop_accept(bench, "sale-1", "12.50");
  reply_cancelled(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID));
  assert_progress(bench, "state", "cancelled");
}

static void
answer_probe(Bench *bench)
{
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
}

static void
obstacle_in_between_does_not_forget_the_wish(void **state)
{
  Bench *bench = *state;

  lose_and_cancel(bench);
  bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'till-of-record': <'host'>}");
  answer_probe(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  assert_progress(bench, "state", "cancelling");
  bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'till-of-record': <'shopcaisse'>}");
  answer_probe(bench);
  assert_called_back(bench);
}

static void
disconnecting_in_between_does_not_forget_the_wish(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");
  g_autofree char *argument = g_strdup_printf("{'token': <'%s'>}", token);

  lose_and_cancel(bench);
  bench_perform(bench, COMPTOIR_OPERATION_DISCONNECT, "{'policy': <'park-queue'>}");
  assert_progress(bench, "state", "cancelling");
  bench_perform(bench, COMPTOIR_OPERATION_SET_TOKEN, argument);
  answer_probe(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  assert_called_back(bench);
}

/* The poll sees the cancellation before its own answer comes. */
static void
poll_may_know_of_the_cancellation_first(void **state)
{
  Bench *bench = *state;
  ShopEcho echo = { .sale_id = "sale-1", .total = "1250" };
  g_autofree char *wrong = engine_shop_echo(&echo);
  g_autofree char *gone = NULL;
  g_autofree char *list = NULL;
  FakeExchange *back = NULL;
  FakeExchange *poll = NULL;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS), SHOPCAISSE_REPLY_OK,
              wrong);
  back = bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID);
  cancel(bench);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'poll-orders'>}");
  bench_run(bench);
  poll = bench->network.requests->pdata[0];
  poll = bench_take(bench, SHOPCAISSE_METHOD_GET, poll->path);
  echo.status = "cancelled_by_channel";
  gone = engine_shop_echo(&echo);
  list = g_strdup_printf("{'items':[%s],'hasNextPage':false,'skipped':0}", gone);
  bench_reply(bench, poll, SHOPCAISSE_REPLY_OK, list);
  assert_progress(bench, "state", "cancelled");
  reply_cancelled(bench, back);
  assert_progress(bench, "state", "cancelled");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'poll-orders'>}");
  bench_run(bench);
  assert_int_equal(bench->network.requests->len, 1);
}

/* The order with the wrong amounts is gone, the sale has another; then the answer comes, again. */
static void
late_answer_about_an_order_of_before_changes_nothing(void **state)
{
  Bench *bench = *state;
  ShopEcho echo = { .sale_id = "sale-1", .total = "1250" };
  g_autofree char *wrong = engine_shop_echo(&echo);
  FakeExchange *poll = NULL;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS), SHOPCAISSE_REPLY_OK,
              wrong);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID),
              SHOPCAISSE_REPLY_UNKNOWN, NULL);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'poll-orders'>}");
  bench_run(bench);
  poll = bench->network.requests->pdata[0];
  poll = bench_take(bench, SHOPCAISSE_METHOD_GET, poll->path);
  bench_reply(bench, poll, SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'server-sale-1','status':'cancelled_by_channel'}],"
              "'hasNextPage':false,'skipped':0}");
  assert_progress(bench, "reason", "taken-back");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  assert_progress(bench, "reason", "calibration");
  bench_pass(bench, SHOPCAISSE_MINUTE);
  reply_cancelled(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID));
  assert_progress(bench, "state", "held");
  assert_progress(bench, "reason", "calibration");
}

/* The poll has seen it cancelled; then the service says that it was too late to ask. */
static void
late_refusal_does_not_bring_a_cancelled_order_back(void **state)
{
  Bench *bench = *state;
  FakeExchange *back = NULL;
  FakeExchange *poll = NULL;

  send_sale(bench);
  cancel(bench);
  back = bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'poll-orders'>}");
  bench_run(bench);
  poll = bench->network.requests->pdata[0];
  poll = bench_take(bench, SHOPCAISSE_METHOD_GET, poll->path);
  bench_reply(bench, poll, SHOPCAISSE_REPLY_OK,
              "{'items':[{'id':'server-sale-1','status':'cancelled_by_channel'}],"
              "'hasNextPage':false,'skipped':0}");
  assert_progress(bench, "state", "cancelled");
  bench_reply(bench, back, SHOPCAISSE_REPLY_CONFLICT, "{'message':'it is cancelled already'}");
  assert_progress(bench, "state", "cancelled");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(order_that_never_left_stays_here),
    bench_test(held_order_is_withdrawn),
    bench_test(sent_order_is_taken_back_by_the_services_id),
    bench_test(unknown_service_id_is_tried_with_ours),
    bench_test(refused_cancellation_leaves_the_order_and_says_why),
    bench_test(refusal_that_may_be_a_proxys_is_confirmed),
    bench_test(cancellation_survives_a_crash),
    bench_test(cancelling_twice_is_once),
    bench_test(order_on_the_wire_is_known_first_then_taken_back),
    bench_test(unknown_outcome_is_cleared_up_then_taken_back),
    bench_test(rejected_order_is_cancelled_without_a_word_to_the_service),
    bench_test(order_of_another_sale_is_left_alone),
    bench_test(cancellation_goes_to_the_store_of_the_order),
    bench_test(sale_that_was_never_submitted_is_invalid),
    bench_test(order_that_never_left_the_machine_stays_here),
    bench_test(obstacle_in_between_does_not_forget_the_wish),
    bench_test(disconnecting_in_between_does_not_forget_the_wish),
    bench_test(poll_may_know_of_the_cancellation_first),
    bench_test(late_answer_about_an_order_of_before_changes_nothing),
    bench_test(late_refusal_does_not_bring_a_cancelled_order_back),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
