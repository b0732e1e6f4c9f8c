/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An order that may have arrived a day ago: it is looked for before its bytes go again. */
#include "engine-shop.h"

#define assert_progress(bench, key, expected)                                                      \
  assert_string_equal(bench_progress(bench, "sale-1", key), expected)

/* What the bench's sale is listed by: picked up at BENCH_NOW, a minute before and after. */
static FakeExchange *
take_question(Bench *bench)
{
  g_autofree char *path = g_strdup_printf(
      "/v1/stores/store-1/orders?page=0&pageSize=100&status=all&from=%" G_GINT64_FORMAT
      "&to=%" G_GINT64_FORMAT "&pos=pos-1",
      (BENCH_NOW - SHOPCAISSE_MINUTE) / 1000, (BENCH_NOW + SHOPCAISSE_MINUTE) / 1000);

  return bench_take(bench, SHOPCAISSE_METHOD_GET, path);
}

/* An order without an answer, then a day without the service. */
static FakeExchange *
lose_for_a_day(Bench *bench)
{
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_UNKNOWN, NULL);
  bench_close(bench);
  bench->clock.now += SHOPCAISSE_DAY;
  bench_open(bench);
  return take_question(bench);
}

static void
reply_list(Bench *bench, FakeExchange *question, const ShopEcho *echo, gboolean has_next)
{
  g_autofree char *order = echo != NULL ? engine_shop_echo(echo) : g_strdup("");
  g_autofree char *json = g_strdup_printf("{'items':[%s],'hasNextPage':%s,'skipped':0}", order,
                                          has_next ? "true" : "false");

  bench_reply(bench, question, SHOPCAISSE_REPLY_OK, json);
}

static void
order_that_had_arrived_is_not_posted_again(void **state)
{
  Bench *bench = *state;

  reply_list(bench, lose_for_a_day(bench), &(ShopEcho){ .sale_id = "sale-1", .total = "12.50" },
             FALSE);
  assert_progress(bench, "state", "sent");
  assert_progress(bench, "external_id", "server-sale-1");
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

static void
order_that_had_not_arrived_goes_with_the_same_bytes(void **state)
{
  Bench *bench = *state;
  g_autoptr(GBytes) first = NULL;
  FakeExchange *exchange = NULL;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  exchange = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  first = g_bytes_ref(exchange->body);
  bench_reply(bench, exchange, SHOPCAISSE_REPLY_UNKNOWN, NULL);
  bench_close(bench);
  bench->clock.now += SHOPCAISSE_DAY;
  bench_open(bench);
  reply_list(bench, take_question(bench), NULL, FALSE);
  exchange = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  assert_true(g_bytes_equal(exchange->body, first));
  bench_reply(bench, exchange, SHOPCAISSE_REPLY_UNKNOWN, NULL);
  /* The day begins anew. */
  bench_pass(bench, SHOPCAISSE_HOUR);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

static void
being_offline_does_not_end_the_doubt(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_UNKNOWN, NULL);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
  bench_close(bench);
  bench->clock.now += SHOPCAISSE_DAY;
  bench_open(bench);
  reply_list(bench, take_question(bench), NULL, FALSE);
  engine_shop_accept(bench, "sale-1", "12.50");
}

static void
another_sale_under_the_id_parks(void **state)
{
  ShopEcho echo = { .sale_id = "sale-1",
                    .total = "12.50",
                    .discriminator = "till-2 2026-03-01T09:00:00Z" };

  reply_list(*state, lose_for_a_day(*state), &echo, FALSE);
  assert_progress(*state, "state", "parked");
  assert_progress(*state, "reason", "id-taken");
}

static void
order_listed_without_amounts_is_posted_to_be_answered_whole(void **state)
{
  Bench *bench = *state;

  reply_list(bench, lose_for_a_day(bench), &(ShopEcho){ .sale_id = "sale-1", .total = "null" },
             FALSE);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

static void
list_that_does_not_tell_asks_a_person(void **state)
{
  Bench *bench = *state;

  reply_list(bench, lose_for_a_day(bench), NULL, TRUE);
  assert_progress(bench, "state", "parked");
  assert_progress(bench, "reason", "unknown");
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

static void
refused_question_refuses_no_order(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, lose_for_a_day(bench), SHOPCAISSE_REPLY_REFUSED, "{'message':'no list'}");
  assert_progress(bench, "state", "parked");
  assert_progress(bench, "reason", "unknown");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

static void
unwanted_order_that_never_arrived_is_not_posted(void **state)
{
  Bench *bench = *state;
  FakeExchange *question = lose_for_a_day(bench);

  bench_perform(bench, COMPTOIR_OPERATION_CANCEL_SALE, "{'id': <'sale-1'>}");
  reply_list(bench, question, NULL, FALSE);
  assert_progress(bench, "state", "cancelled");
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

static void
unwanted_order_that_had_arrived_is_cancelled_there(void **state)
{
  Bench *bench = *state;
  FakeExchange *question = lose_for_a_day(bench);

  bench_perform(bench, COMPTOIR_OPERATION_CANCEL_SALE, "{'id': <'sale-1'>}");
  reply_list(bench, question, &(ShopEcho){ .sale_id = "sale-1", .total = "12.50" }, FALSE);
  bench_reply(bench,
              bench_take(bench, SHOPCAISSE_METHOD_DELETE,
                         "/v1/stores/store-1/orders/server-sale-1?pos=pos-1"),
              SHOPCAISSE_REPLY_UNKNOWN, NULL);
  assert_progress(bench, "state", "cancelling");
}

#define BY_SERVER_ID "/v1/stores/store-1/orders/server-sale-1?pos=pos-1"

static BenchAnswer *
cancel(Bench *bench)
{
  return bench_perform(bench, COMPTOIR_OPERATION_CANCEL_SALE, "{'id': <'sale-1'>}");
}

static void
unwanted_order_listed_without_amounts_is_cancelled_there(void **state)
{
  Bench *bench = *state;
  FakeExchange *question = lose_for_a_day(bench);

  cancel(bench);
  reply_list(bench, question, &(ShopEcho){ .sale_id = "sale-1", .total = "null" }, FALSE);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID), SHOPCAISSE_REPLY_OK,
              "{'id':'x','status':'cancelled_by_channel'}");
  assert_progress(bench, "state", "cancelled");
}

/* One refusal, perhaps of a proxy, does not say that the attempt before it got lost. */
static void
refusal_after_a_lost_answer_is_looked_into(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_UNKNOWN, NULL);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_REFUSED, "{'message':'no'}");
  cancel(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  reply_list(bench, take_question(bench), &(ShopEcho){ .sale_id = "sale-1", .total = "12.50" },
             FALSE);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, BY_SERVER_ID),
              SHOPCAISSE_REPLY_UNKNOWN, NULL);
  assert_progress(bench, "state", "cancelling");
}

static void
forbidden_question_stops_nobody_else(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, lose_for_a_day(bench), SHOPCAISSE_REPLY_FORBIDDEN,
              "{'message':'store.orders.read is missing'}");
  assert_progress(bench, "state", "parked");
  assert_progress(bench, "reason", "unknown");
  engine_shop_submit(bench, "sale-2", "12.50");
  engine_shop_accept(bench, "sale-2", "12.50");
}

static void
doubt_about_an_unwanted_order_is_cancelled_by_our_id(void **state)
{
  Bench *bench = *state;
  FakeExchange *question = lose_for_a_day(bench);
  g_autofree char *path = NULL;

  cancel(bench);
  reply_list(bench, question, NULL, TRUE);
  path = g_strdup_printf("/v1/stores/store-1/orders/%s?pos=pos-1",
                         bench_progress(bench, "sale-1", "order_id"));
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_DELETE, path), SHOPCAISSE_REPLY_NOT_FOUND,
              "{'message':'no such order'}");
  assert_progress(bench, "state", "cancelled");
  assert_progress(bench, "reason", "unknown");
}

static void
question_is_about_the_register_it_was_sent_to(void **state)
{
  Bench *bench = *state;
  ShopcaisseDatabase *database = NULL;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_UNKNOWN, NULL);
  bench_close(bench);
  database = bench_open_store(bench);
  engine_shop_put_place(database, SHOPCAISSE_PLACE_POS, "pos-2", "store-1");
  shopcaisse_database_close(database);
  bench_set(bench, "pos", "pos-2");
  bench->clock.now += SHOPCAISSE_DAY;
  bench_open(bench);
  reply_list(bench, take_question(bench), NULL, FALSE);
}

static void
throttled_question_leaves_the_others_their_turn(void **state)
{
  Bench *bench = *state;
  FakeExchange *question = lose_for_a_day(bench);
  ShopcaisseReply *reply = shopcaisse_reply_new(SHOPCAISSE_REPLY_THROTTLED);

  engine_shop_submit(bench, "sale-2", "12.50");
  reply->retry_after = g_strdup("600");
  fake_network_answer(&bench->network, question, reply);
  engine_shop_accept(bench, "sale-2", "12.50");
  assert_string_equal(bench_progress(bench, "sale-2", "state"), "sent");
}

/* The list names it without its amounts, and a repetition is refused: no circle. */
static void
listed_order_that_is_refused_asks_a_person(void **state)
{
  Bench *bench = *state;

  reply_list(bench, lose_for_a_day(bench), &(ShopEcho){ .sale_id = "sale-1", .total = "null" },
             FALSE);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_CONFLICT, "{'message':'it exists'}");
  assert_progress(bench, "state", "parked");
  assert_progress(bench, "reason", "unknown");
}

static void
sending_in_doubt_keeps_the_doubt(void **state)
{
  Bench *bench = *state;

  reply_list(bench, lose_for_a_day(bench), NULL, TRUE);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
  assert_string_equal(bench_text(bench_assert_done(cancel(bench)), "state"), "cancelling");
}

static void
order_of_another_sale_under_our_id_is_not_cancelled(void **state)
{
  Bench *bench = *state;
  FakeExchange *question = lose_for_a_day(bench);
  ShopEcho echo = { .sale_id = "sale-1", .total = "null", .discriminator = "till-9 of another" };

  cancel(bench);
  reply_list(bench, question, &echo, FALSE);
  assert_progress(bench, "state", "cancelled");
  bench_assert_quiet(bench);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(order_that_had_arrived_is_not_posted_again),
    bench_test(order_that_had_not_arrived_goes_with_the_same_bytes),
    bench_test(being_offline_does_not_end_the_doubt),
    bench_test(another_sale_under_the_id_parks),
    bench_test(order_listed_without_amounts_is_posted_to_be_answered_whole),
    bench_test(list_that_does_not_tell_asks_a_person),
    bench_test(refused_question_refuses_no_order),
    bench_test(unwanted_order_that_never_arrived_is_not_posted),
    bench_test(unwanted_order_that_had_arrived_is_cancelled_there),
    bench_test(unwanted_order_listed_without_amounts_is_cancelled_there),
    bench_test(refusal_after_a_lost_answer_is_looked_into),
    bench_test(forbidden_question_stops_nobody_else),
    bench_test(doubt_about_an_unwanted_order_is_cancelled_by_our_id),
    bench_test(question_is_about_the_register_it_was_sent_to),
    bench_test(throttled_question_leaves_the_others_their_turn),
    bench_test(listed_order_that_is_refused_asks_a_person),
    bench_test(sending_in_doubt_keeps_the_doubt),
    bench_test(order_of_another_sale_under_our_id_is_not_cancelled),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
