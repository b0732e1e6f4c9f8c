/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What keeps an order back, and what lets it go: nothing real leaves before everything that decides
 * its bytes is known. */
#include "engine-shop.h"

#include <string.h>

#define assert_progress(bench, key, expected)                                                      \
  assert_string_equal(bench_progress(bench, "sale-1", key), expected)

/* Submits sale-1, which must be held. */
static void
assert_held(Bench *bench, const char *reason)
{
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "held");
  assert_progress(bench, "reason", reason);
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

/* Changes a setting; the answer to the probe that follows is given. */
static void
change(Bench *bench, const char *argument)
{
  bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, argument));
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
}

static void
order_waits_for_the_till_of_record(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "till-of-record", "");
  assert_held(bench, "till-of-record");
  change(bench, "{'till-of-record': <'shopcaisse'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

static void
host_that_is_the_till_sends_nothing(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "till-of-record", "host");
  assert_held(bench, "host-is-till");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  bench_assert_quiet(bench);
  assert_progress(bench, "state", "held");
}

static void
waiting_orders_stop_when_the_host_becomes_the_till(void **state)
{
  Bench *bench = *state;

  bench_start(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_close(bench);
  bench_set(bench, "till-of-record", "host");
  bench_open(bench);
  bench_assert_quiet(bench);
  assert_progress(bench, "reason", "host-is-till");
}

static void
sales_of_the_hosts_own_till_are_asked_about(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "till-of-record", "host");
  assert_held(bench, "host-is-till");
  change(bench, "{'till-of-record': <'shopcaisse'>}");
  bench_assert_quiet(bench);
  assert_progress(bench, "reason", "late");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

/* Other obstacles end by themselves, and then it would go without a question. */
static void
sales_of_the_hosts_own_till_are_asked_about_whatever_else_is_in_the_way(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "till-of-record", "host");
  assert_held(bench, "host-is-till");
  change(bench, "{'till-of-record': <''>}");
  assert_progress(bench, "reason", "late");
  change(bench, "{'till-of-record': <'shopcaisse'>}");
  bench_assert_quiet(bench);
  assert_progress(bench, "reason", "late");
}

/* A second store, whose unit of money is known. */
static void
add_store(Bench *bench)
{
  ShopcaisseDatabase *database = bench_open_store(bench);

  engine_shop_put_place(database, SHOPCAISSE_PLACE_STORE, "store-2", "company-1");
  engine_shop_put_place(database, SHOPCAISSE_PLACE_POS, "pos-2", "store-2");
  shopcaisse_database_close(database);
  bench_set(bench, "unit:store-2", "decimal:decimal");
}

static void
orders_for_the_store_before_stop_with_its_unit(void **state)
{
  Bench *bench = *state;
  ShopEcho echo = { .sale_id = "sale-1", .total = "1250" };
  g_autofree char *json = engine_shop_echo(&echo);

  add_store(bench);
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_submit(bench, "sale-2", "12.50");
  change(bench, "{'store': <'store-2'>}");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS), SHOPCAISSE_REPLY_OK,
              json);
  assert_string_equal(bench_progress(bench, "sale-2", "state"), "held");
  assert_string_equal(bench_progress(bench, "sale-2", "reason"), "calibration");
}

static void
order_under_a_new_id_goes_where_orders_go_now(void **state)
{
  Bench *bench = *state;
  ShopEcho echo = { .sale_id = "sale-1", .total = "12.50", .discriminator = "another" };
  g_autofree char *json = engine_shop_echo(&echo);

  add_store(bench);
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS), SHOPCAISSE_REPLY_OK,
              json);
  change(bench, "{'store': <'store-2'>}");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  bench_reply(bench,
              bench_take(bench, SHOPCAISSE_METHOD_POST, "/v1/stores/store-2/orders?pos=pos-2"),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
}

/* Frozen in one form, never arrived, and the store takes another by now. */
static void
order_in_a_form_of_before_is_parked(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
  bench_close(bench);
  bench_set(bench, "unit:store-1", "minor:minor");
  bench->clock.now += SHOPCAISSE_HOUR;
  bench_open(bench);
  bench_assert_quiet(bench);
  assert_progress(bench, "state", "parked");
  assert_progress(bench, "reason", "form");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
}

static void
sales_of_before_the_choice_wait_in_line_with_the_others(void **state)
{
  Bench *bench = *state;
  FakeExchange *exchange = NULL;

  bench_set(bench, "store", "");
  assert_held(bench, "store");
  change(bench, "{'store': <'store-1'>}");
  engine_shop_submit(bench, "sale-2", "12.50");
  exchange = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  bench_assert_quiet(bench);
  bench_reply(bench, exchange, SHOPCAISSE_REPLY_UNKNOWN, NULL);
}

static void
order_waits_for_a_store(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "store", "");
  assert_held(bench, "store");
  change(bench, "{'store': <'store-1'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

static void
add_register(Bench *bench)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);

  engine_shop_put_place(database, SHOPCAISSE_PLACE_POS, "pos-2", "store-1");
}

static void
order_waits_for_the_choice_of_a_register(void **state)
{
  Bench *bench = *state;
  ShopEcho echo = { .sale_id = "sale-1", .total = "12.50" };
  g_autofree char *json = engine_shop_echo(&echo);

  add_register(bench);
  assert_held(bench, "register");
  change(bench, "{'pos': <'pos-2'>}");
  bench_reply(bench,
              bench_take(bench, SHOPCAISSE_METHOD_POST, "/v1/stores/store-1/orders?pos=pos-2"),
              SHOPCAISSE_REPLY_OK, json);
  assert_progress(bench, "state", "sent");
}

static void
order_waits_for_a_calibration(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "unit:store-1", "");
  assert_held(bench, "calibration");
}

static void
another_store_is_another_calibration(void **state)
{
  Bench *bench = *state;
  ShopcaisseDatabase *database = bench_open_store(bench);

  engine_shop_put_place(database, SHOPCAISSE_PLACE_STORE, "store-2", "company-1");
  shopcaisse_database_close(database);
  bench_set(bench, "store", "store-2");
  assert_held(bench, "calibration");
}

static BenchAnswer *
submit_nougat(Bench *bench)
{
  return bench_perform(bench, COMPTOIR_OPERATION_SUBMIT_SALE,
                       "{'id': <'sale-1'>, 'till': <'till-1'>,"
                       " 'sold_at': <'2026-03-02T10:00:00Z'>, 'total': <'7.00'>,"
                       " 'lines': <[{'article_id': <'a-9'>, 'name': <'Nougat'>,"
                       " 'quantity': <'2'>, 'unit_price': <'3.50'>}]>,"
                       " 'payments': <[{'method': <'cash'>, 'amount': <'7.00'>}]>}");
}

static void
unlinked_article_is_named(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_assert_done(submit_nougat(bench));
  assert_progress(bench, "state", "held");
  assert_progress(bench, "reason", "unlinked");
  assert_non_null(strstr(bench_progress(bench, "sale-1", "message"), "Nougat (a-9)"));
  bench_assert_quiet(bench);
}

static void
link_releases_the_order(void **state)
{
  Bench *bench = *state;
  FakeExchange *order = NULL;

  bench_start(bench);
  submit_nougat(bench);
  bench_close(bench);
  {
    g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);

    engine_shop_put_item(database, "item-9", SHOPCAISSE_ITEM_SIMPLE, 350);
  }
  bench_open(bench);
  bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_LINK,
                                  "{'rows': <[{'id': <'a-9'>, 'external_id': <'item-9'>}]>}"));
  order = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  assert_non_null(strstr(g_bytes_get_data(order->body, NULL), "\"itemId\":\"item-9\""));
  bench_reply(bench, order, SHOPCAISSE_REPLY_UNKNOWN, NULL);
}

static void
article_linked_to_an_item_that_is_gone_is_unlinked(void **state)
{
  Bench *bench = *state;
  ShopcaisseDatabase *database = bench_open_store(bench);

  engine_shop_link(database, "a-9", "item-9");
  shopcaisse_database_close(database);
  bench_open(bench);
  submit_nougat(bench);
  assert_progress(bench, "reason", "unlinked");
}

static void
frozen_order_carries_id_total_and_no_test_flag(void **state)
{
  Bench *bench = *state;
  FakeExchange *order = NULL;
  const char *body = NULL;

  bench_set(bench, "order-prefix", "WEB-");
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  order = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  body = g_bytes_get_data(order->body, NULL);
  assert_non_null(strstr(body, bench_progress(bench, "sale-1", "order_id")));
  assert_non_null(strstr(body, "\"subChannelOrderId\":\"till-1 2026-03-02T10:00:00Z\""));
  assert_non_null(strstr(body, "\"subChannelOrderDisplayId\":\"WEB-sale-1\""));
  assert_non_null(strstr(body, "\"amount\":12.50,\"paymentType\":\"OTHER\""));
  assert_non_null(strstr(body, "\"testOrder\":false"));
  bench_reply(bench, order, SHOPCAISSE_REPLY_UNKNOWN, NULL);
}

/* The body of the order of a sale with a customer. */
static char *
dup_customer_body(Bench *bench)
{
  FakeExchange *order = NULL;
  char *body = NULL;
  g_auto(GVariantDict) sale = G_VARIANT_DICT_INIT(NULL);
  g_autoptr(GVariant) plain = g_variant_ref_sink(engine_shop_sale("sale-1", "12.50"));

  g_variant_dict_clear(&sale);
  g_variant_dict_init(&sale, plain);
  g_variant_dict_insert_value(&sale, "customer",
                              g_variant_new_parsed("{'name': <'Ana Roux'>, 'phone': <'06'>}"));
  bench_open(bench);
  bench_perform_row(bench, COMPTOIR_OPERATION_SUBMIT_SALE, g_variant_dict_end(&sale));
  order = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  body = g_strndup(g_bytes_get_data(order->body, NULL), g_bytes_get_size(order->body));
  bench_reply(bench, order, SHOPCAISSE_REPLY_UNKNOWN, NULL);
  return body;
}

static void
customer_stays_here_unless_wanted(void **state)
{
  g_autofree char *body = dup_customer_body(*state);

  assert_null(strstr(body, "Ana"));
}

static void
customer_goes_when_wanted(void **state)
{
  g_autofree char *body = NULL;

  bench_set(*state, "send-customer", "true");
  body = dup_customer_body(*state);
  assert_non_null(strstr(body, "Ana Roux"));
}

static void
line_that_cannot_be_written_is_held(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_perform(bench, COMPTOIR_OPERATION_SUBMIT_SALE,
                "{'id': <'sale-1'>, 'sold_at': <'2026-03-02T10:00:00Z'>, 'total': <'1.00'>,"
                " 'discount': <'0.25'>, 'lines': <[{'article_id': <'a-1'>, 'quantity': <'1'>,"
                " 'unit_price': <'0.00'>, 'children': <[{'article_id': <'a-3'>,"
                " 'quantity': <'5'>, 'unit_price': <'0.25'>}]>}]>,"
                " 'payments': <[{'method': <'card'>, 'amount': <'1.00'>}]>}");
  assert_progress(bench, "state", "held");
  assert_progress(bench, "reason", "lines");
  assert_non_null(strstr(bench_progress(bench, "sale-1", "message"), "a-1"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(order_waits_for_the_till_of_record),
    bench_test(host_that_is_the_till_sends_nothing),
    bench_test(waiting_orders_stop_when_the_host_becomes_the_till),
    bench_test(sales_of_the_hosts_own_till_are_asked_about),
    bench_test(sales_of_the_hosts_own_till_are_asked_about_whatever_else_is_in_the_way),
    bench_test(orders_for_the_store_before_stop_with_its_unit),
    bench_test(order_under_a_new_id_goes_where_orders_go_now),
    bench_test(order_in_a_form_of_before_is_parked),
    bench_test(sales_of_before_the_choice_wait_in_line_with_the_others),
    bench_test(order_waits_for_a_store),
    bench_test(order_waits_for_the_choice_of_a_register),
    bench_test(order_waits_for_a_calibration),
    bench_test(another_store_is_another_calibration),
    bench_test(unlinked_article_is_named),
    bench_test(link_releases_the_order),
    bench_test(article_linked_to_an_item_that_is_gone_is_unlinked),
    bench_test(frozen_order_carries_id_total_and_no_test_flag),
    bench_test(customer_stays_here_unless_wanted),
    bench_test(customer_goes_when_wanted),
    bench_test(line_that_cannot_be_written_is_held),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
