/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sales that the host recorded and never submitted: found, taken over, never thrown at a kitchen
 * long after. */
#include "engine-shop.h"
#include "model/timestamp.h"

#include <comptoir/comptoir-rows.h>
#include <string.h>

static BenchAnswer *
catch_up(Bench *bench)
{
  return bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'catch-up'>}");
}

/* A sale of a-1 at 12.50, so long before now; floating. */
static GVariant *
make_sale(const char *sale_id, gint64 age_us)
{
  g_autofree char *sold_at = shopcaisse_timestamp_to_text(BENCH_NOW - age_us);

  return g_variant_new_parsed(
      "{'id': <%s>, 'till': <'till-1'>, 'sold_at': <%s>, 'total': <'12.50'>,"
      " 'lines': <[{'article_id': <'a-1'>, 'name': <'Tarte'>, 'quantity': <'1'>,"
      " 'unit_price': <'12.50'>}]>, 'payments': <[{'method': <'card'>, 'amount': <'12.50'>}]>}",
      sale_id, sold_at);
}

static void
answer_sales(Bench *bench, GVariant **sales, guint n_sales, const char *cursor)
{
  bench_answer(bench, bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES),
               comptoir_page_new(comptoir_rows_new(sales, n_sales), cursor));
}

static void
answer_sale(Bench *bench, const char *sale_id, gint64 age_us)
{
  GVariant *sale = make_sale(sale_id, age_us);

  answer_sales(bench, &sale, 1, NULL);
}

static guint
get_found(BenchAnswer *answer)
{
  guint32 n_found = 0;

  g_variant_lookup(bench_assert_done(answer), "found", "u", &n_found);
  return n_found;
}

static void
missing_sale_is_found_and_sent(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = catch_up(bench);
  answer_sale(bench, "sale-1", 0);
  assert_int_equal(get_found(answer), 1);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
}

static void
known_sale_is_not_taken_twice(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  answer = catch_up(bench);
  answer_sale(bench, "sale-1", 0);
  assert_int_equal(get_found(answer), 0);
  bench_assert_quiet(bench);
}

static void
all_pages_are_read(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;
  GVariant *sale = make_sale("sale-1", 0);
  FakeQuestion *question = NULL;

  bench_open(bench);
  answer = catch_up(bench);
  answer_sales(bench, &sale, 1, "next");
  question = bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES);
  assert_string_equal(bench_text(question->argument, "cursor"), "next");
  sale = make_sale("sale-2", 0);
  bench_answer(bench, question, comptoir_page_new(comptoir_rows_new(&sale, 1), NULL));
  assert_int_equal(get_found(answer), 2);
}

static void
sale_of_a_quarter_of_an_hour_ago_is_sent(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  catch_up(bench);
  answer_sale(bench, "sale-1", 15 * SHOPCAISSE_MINUTE);
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sending");
}

static void
find_late_sale(Bench *bench)
{
  bench_open(bench);
  catch_up(bench);
  answer_sale(bench, "sale-1", 15 * SHOPCAISSE_MINUTE + SHOPCAISSE_SECOND);
}

static void
late_sale_is_a_question(void **state)
{
  Bench *bench = *state;

  find_late_sale(bench);
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "held");
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "late");
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

static void
late_sale_goes_when_a_person_says_so(void **state)
{
  Bench *bench = *state;

  find_late_sale(bench);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_UNKNOWN, NULL);
}

/* Three days without a network: the order is for the day on which it was sold. */
static void
sale_of_days_ago_keeps_its_own_date(void **state)
{
  Bench *bench = *state;
  FakeExchange *order = NULL;
  g_autofree char *wanted = g_strdup_printf("\"pickupTime\":%" G_GINT64_FORMAT ",",
                                            (BENCH_NOW - 3 * SHOPCAISSE_DAY) / 1000);
  g_autofree char *body = NULL;

  bench_open(bench);
  catch_up(bench);
  answer_sale(bench, "sale-1", 3 * SHOPCAISSE_DAY);
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "late");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  bench_run(bench);
  /* It may have been sent before the database was lost: that is found out first. */
  order = bench->network.requests->pdata[0];
  order = bench_take(bench, order->method, order->path);
  assert_int_equal(order->method, SHOPCAISSE_METHOD_GET);
  bench_reply(bench, order, SHOPCAISSE_REPLY_OK, "{'items':[],'hasNextPage':false,'skipped':0}");
  order = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  body = g_strndup(g_bytes_get_data(order->body, NULL), g_bytes_get_size(order->body));
  bench_reply(bench, order, SHOPCAISSE_REPLY_UNKNOWN, NULL);
  assert_non_null(strstr(body, wanted));
}

static void
settings_do_not_answer_the_question(void **state)
{
  Bench *bench = *state;

  find_late_sale(bench);
  bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'order-prefix': <'W'>}");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  bench_assert_quiet(bench);
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "late");
}

/* What was in its way as well must not let it slip through. */
static void
late_sale_is_a_question_after_other_obstacles_too(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "till-of-record", "");
  find_late_sale(bench);
  bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'till-of-record': <'shopcaisse'>}");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
  bench_assert_quiet(bench);
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "late");
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_UNKNOWN, NULL);
}

static void
late_sale_with_an_obstacle_names_it_when_sent(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "unit:store-1", "");
  find_late_sale(bench);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  bench_assert_quiet(bench);
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "calibration");
}

static void
nothing_before_the_connection_is_an_order(void **state)
{
  Bench *bench = *state;
  BenchAnswer *answer = NULL;

  bench_open(bench);
  answer = catch_up(bench);
  answer_sale(bench, "sale-1", 31 * SHOPCAISSE_DAY);
  assert_int_equal(get_found(answer), 0);
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "");
}

static void
first_question_reaches_back_to_the_first_connection(void **state)
{
  Bench *bench = *state;
  FakeQuestion *question = NULL;

  bench_open(bench);
  catch_up(bench);
  question = bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES);
  assert_string_equal(bench_text(question->argument, "since"), "2026-01-31T10:00:00Z");
  bench_answer(bench, question, comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
}

static void
watermark_moves_with_the_last_success(void **state)
{
  Bench *bench = *state;
  FakeQuestion *question = NULL;

  bench_open(bench);
  catch_up(bench);
  answer_sales(bench, NULL, 0, NULL);
  bench_pass(bench, SHOPCAISSE_DAY);
  catch_up(bench);
  question = bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES);
  assert_string_equal(bench_text(question->argument, "since"), "2026-02-28T10:00:00Z");
  bench_answer(bench, question, comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
}

static void
failure_does_not_move_the_watermark(void **state)
{
  Bench *bench = *state;
  g_autoptr(GError) error =
      g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE, "the host's server is down");
  BenchAnswer *answer = NULL;
  FakeQuestion *question = NULL;

  bench_open(bench);
  catch_up(bench);
  answer_sales(bench, NULL, 0, NULL);
  bench_pass(bench, SHOPCAISSE_DAY);
  answer = catch_up(bench);
  fake_host_fail(&bench->host, bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES), error);
  bench_run(bench);
  bench_assert_error(answer, COMPTOIR_ERROR_UNREACHABLE, "server is down");
  catch_up(bench);
  question = bench_take_question(bench, SHOPCAISSE_ASK_LIST_SALES);
  assert_string_equal(bench_text(question->argument, "since"), "2026-02-28T10:00:00Z");
  bench_answer(bench, question, comptoir_page_new(comptoir_rows_new(NULL, 0), NULL));
}

static void
bad_sale_is_named_and_the_others_go_on(void **state)
{
  Bench *bench = *state;
  GVariant *sales[2] = { g_variant_new_parsed("{'id': <'sale-0'>,"
                                              " 'sold_at': <'2026-03-02T10:00:00Z'>}"),
                         make_sale("sale-1", 0) };
  BenchAnswer *answer = NULL;
  g_autoptr(GVariant) journal = NULL;
  g_autofree char *text = NULL;

  bench_open(bench);
  answer = catch_up(bench);
  answer_sales(bench, sales, 2, NULL);
  assert_int_equal(get_found(answer), 1);
  journal = bench_list(bench, "journal");
  text = g_variant_print(journal, FALSE);
  assert_non_null(strstr(text, "sale-0"));
  engine_shop_accept(bench, "sale-1", "12.50");
}

static void
second_wish_is_busy(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  catch_up(bench);
  bench_assert_error(catch_up(bench), COMPTOIR_ERROR_BUSY, "already");
  answer_sales(bench, NULL, 0, NULL);
}

static void
change_of_the_hosts_sales_is_looked_at_soon(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  shopcaisse_engine_host_changed(bench->engine, SHOPCAISSE_ASK_LIST_SALES);
  answer_sale(bench, "sale-1", 0);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
}

static void
change_while_sales_are_read_is_looked_at_afterwards(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  catch_up(bench);
  shopcaisse_engine_host_changed(bench->engine, SHOPCAISSE_ASK_LIST_SALES);
  shopcaisse_engine_host_changed(bench->engine, SHOPCAISSE_ASK_LIST_SALES);
  answer_sales(bench, NULL, 0, NULL);
  answer_sale(bench, "sale-1", 0);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_int_equal(bench->host.questions->len, 0);
}

static void
never_connected_is_not_configured(void **state)
{
  bench_start(*state);
  bench_assert_error(catch_up(*state), COMPTOIR_ERROR_NOT_CONFIGURED, "never connected");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(missing_sale_is_found_and_sent),
    bench_test(known_sale_is_not_taken_twice),
    bench_test(all_pages_are_read),
    bench_test(sale_of_a_quarter_of_an_hour_ago_is_sent),
    bench_test(late_sale_is_a_question),
    bench_test(late_sale_goes_when_a_person_says_so),
    bench_test(sale_of_days_ago_keeps_its_own_date),
    bench_test(settings_do_not_answer_the_question),
    bench_test(late_sale_is_a_question_after_other_obstacles_too),
    bench_test(late_sale_with_an_obstacle_names_it_when_sent),
    bench_test(nothing_before_the_connection_is_an_order),
    bench_test(first_question_reaches_back_to_the_first_connection),
    bench_test(watermark_moves_with_the_last_success),
    bench_test(failure_does_not_move_the_watermark),
    bench_test(bad_sale_is_named_and_the_others_go_on),
    bench_test(second_wish_is_busy),
    bench_test(change_of_the_hosts_sales_is_looked_at_soon),
    bench_test(change_while_sales_are_read_is_looked_at_afterwards),
    bench_empty_test(never_connected_is_not_configured),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
