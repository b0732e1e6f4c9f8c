/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rows of the outbox on their way: without a network, through a crash, under a wrong clock. */
#include "engine-shop.h"
#include "store/outbox.h"

#include <sqlite3.h>
#include <string.h>

static FakeExchange *
take_order(Bench *bench)
{
  return bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
}

static FakeExchange *
send_sale(Bench *bench)
{
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  return take_order(bench);
}

#define assert_progress(bench, key, expected)                                                      \
  assert_string_equal(bench_progress(bench, "sale-1", key), expected)

static void
offline_order_waits(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_NOT_SENT, NULL);
  assert_progress(bench, "state", "waiting");
  assert_progress(bench, "reason", "offline");
  assert_int_equal(bench->status, COMPTOIR_STATUS_READY);
}

/* Three failures in a row are more than a hiccup. */
static void
go_offline(Bench *bench)
{
  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_NOT_SENT, NULL);
  for (guint i = 0; i < 2; i++) {
    bench_pass(bench, SHOPCAISSE_MINUTE);
    bench_reply(bench, take_order(bench), SHOPCAISSE_REPLY_NOT_SENT, NULL);
  }
}

static void
three_failures_are_offline(void **state)
{
  Bench *bench = *state;

  go_offline(bench);
  assert_int_equal(bench->status, COMPTOIR_STATUS_OFFLINE);
}

static void
answer_after_offline_is_ready(void **state)
{
  Bench *bench = *state;

  go_offline(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_int_equal(bench->status, COMPTOIR_STATUS_READY);
  assert_progress(bench, "state", "sent");
}

static void
offline_pauses_all_rows(void **state)
{
  Bench *bench = *state;

  go_offline(bench);
  bench_perform(bench, COMPTOIR_OPERATION_CANCEL_SALE, "{'id': <'sale-1'>}");
  bench_assert_quiet(bench);
}

/* The pause may be long: whoever sells shows that somebody is there. */
static void
new_sale_tries_once_in_a_pause(void **state)
{
  Bench *bench = *state;

  go_offline(bench);
  engine_shop_submit(bench, "sale-2", "12.50");
  bench_reply(bench, take_order(bench), SHOPCAISSE_REPLY_NOT_SENT, NULL);
  bench_assert_quiet(bench);
}

/* What waits longest is no reason to go first. */
static void
after_an_outage_the_first_order_goes_first(void **state)
{
  Bench *bench = *state;

  go_offline(bench);
  for (guint i = 0; i < 10; i++) {
    bench_pass(bench, 2 * SHOPCAISSE_MINUTE);
    bench_reply(bench, take_order(bench), SHOPCAISSE_REPLY_NOT_SENT, NULL);
  }
  engine_shop_submit(bench, "sale-2", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-2", "12.50");
}

/* A connection that breaks is no answer: it does not begin the pauses anew. */
static void
silence_does_not_end_being_offline(void **state)
{
  Bench *bench = *state;

  go_offline(bench);
  engine_shop_submit(bench, "sale-2", "12.50");
  bench_reply(bench, take_order(bench), SHOPCAISSE_REPLY_UNKNOWN, NULL);
  assert_int_equal(bench->status, COMPTOIR_STATUS_OFFLINE);
}

static void
person_does_not_wait_for_a_pause(void **state)
{
  Bench *bench = *state;

  go_offline(bench);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

static void
long_outage_is_asked_about_every_quarter_of_an_hour(void **state)
{
  Bench *bench = *state;
  guint n_asked = 0;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_NOT_SENT, NULL);
  for (guint i = 0; i < 24 * 60; i++) {
    bench_pass(bench, SHOPCAISSE_MINUTE);
    if (bench->network.requests->len == 0)
      continue;
    bench_reply(bench, take_order(bench), SHOPCAISSE_REPLY_NOT_SENT, NULL);
    n_asked++;
  }
  assert_in_range(n_asked, 24 * 4, 24 * 10);
  bench_pass(bench, 15 * SHOPCAISSE_MINUTE);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

static void
crash_on_the_wire_sends_the_same_bytes(void **state)
{
  Bench *bench = *state;
  FakeExchange *exchange = send_sale(bench);
  g_autoptr(GBytes) first = g_bytes_ref(exchange->body);

  bench_crash(bench);
  bench_open(bench);
  exchange = take_order(bench);
  assert_int_equal(g_bytes_get_size(exchange->body), g_bytes_get_size(first));
  assert_memory_equal(g_bytes_get_data(exchange->body, NULL), g_bytes_get_data(first, NULL),
                      g_bytes_get_size(first));
  bench_reply(bench, exchange, SHOPCAISSE_REPLY_UNKNOWN, NULL);
}

static void
settings_do_not_change_what_was_frozen(void **state)
{
  Bench *bench = *state;
  FakeExchange *exchange = send_sale(bench);
  g_autoptr(GBytes) first = g_bytes_ref(exchange->body);

  bench_crash(bench);
  bench_set(bench, "order-prefix", "WEB-");
  bench_open(bench);
  exchange = take_order(bench);
  assert_true(g_bytes_equal(exchange->body, first));
  bench_reply(bench, exchange, SHOPCAISSE_REPLY_UNKNOWN, NULL);
}

static void
crash_before_the_order_left_loses_nothing(void **state)
{
  Bench *bench = *state;

  bench_start(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_crash(bench);
  bench_open(bench);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

static void
crash_after_the_commit_sends_nothing_again(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  bench_crash(bench);
  bench_open(bench);
  bench_pass(bench, SHOPCAISSE_HOUR);
  bench_assert_quiet(bench);
}

static void
closing_on_the_wire_sends_the_same_bytes_later(void **state)
{
  Bench *bench = *state;
  FakeExchange *exchange = send_sale(bench);
  g_autoptr(GBytes) first = g_bytes_ref(exchange->body);

  bench_close(bench);
  bench_open(bench);
  exchange = take_order(bench);
  assert_true(g_bytes_equal(exchange->body, first));
  bench_reply(bench, exchange, SHOPCAISSE_REPLY_UNKNOWN, NULL);
}

static void
clock_set_back_does_not_keep_an_order(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_UNKNOWN, NULL);
  bench->clock.now -= 10 * 365 * SHOPCAISSE_DAY;
  bench_pass(bench, 16 * SHOPCAISSE_MINUTE);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_progress(bench, "state", "sent");
}

static void
clock_set_forward_does_not_hurry_a_flood(void **state)
{
  Bench *bench = *state;

  bench_reply(bench, send_sale(bench), SHOPCAISSE_REPLY_UNKNOWN, NULL);
  bench->clock.now += 12 * SHOPCAISSE_HOUR;
  bench_pass(bench, SHOPCAISSE_MINUTE);
  bench_reply(bench, take_order(bench), SHOPCAISSE_REPLY_UNKNOWN, NULL);
  bench_assert_quiet(bench);
}

static void
row_of_a_newer_version_is_parked(void **state)
{
  Bench *bench = *state;
  ShopcaisseDatabase *database = bench_open_store(bench);
  ShopcaisseJob *job = shopcaisse_job_new("invention", "key");
  guint n_parked = 0;

  assert_true(shopcaisse_outbox_append(database, job, BENCH_NOW, NULL, NULL));
  shopcaisse_job_free(job);
  shopcaisse_database_close(database);
  bench_open(bench);
  bench_assert_quiet(bench);
  bench_close(bench);
  database = bench_open_store(bench);
  assert_true(
      shopcaisse_outbox_count(database, "invention", SHOPCAISSE_JOB_PARKED, &n_parked, NULL));
  shopcaisse_database_close(database);
  assert_int_equal(n_parked, 1);
}

/* An order in doubt since long ago, whose sale is not there to be looked for. */
static void
row_that_cannot_be_built_is_parked_and_the_others_go_on(void **state)
{
  Bench *bench = *state;
  ShopcaisseDatabase *database = bench_open_store(bench);
  ShopcaisseJob *job = shopcaisse_job_new("order", "order:nobody");
  guint n_parked = 0;

  job->path = g_strdup(SHOP_ORDERS);
  job->body = g_bytes_new_static("{}", 2);
  job->unknown_at = BENCH_NOW - 2 * SHOPCAISSE_DAY;
  assert_true(shopcaisse_outbox_append(database, job, BENCH_NOW, NULL, NULL));
  shopcaisse_job_free(job);
  shopcaisse_database_close(database);
  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  bench_close(bench);
  database = bench_open_store(bench);
  assert_true(shopcaisse_outbox_count(database, "order", SHOPCAISSE_JOB_PARKED, &n_parked, NULL));
  shopcaisse_database_close(database);
  assert_int_equal(n_parked, 1);
}

/* Changes the profile behind the engine's back while it is closed, then lets another order go. */
static void
assert_others_go_on(Bench *bench, const char *sql)
{
  g_autofree char *path = g_build_filename(bench->folder, "shopcaisse.db", NULL);
  sqlite3 *connection = NULL;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
  bench_close(bench);
  assert_int_equal(sqlite3_open(path, &connection), SQLITE_OK);
  assert_int_equal(sqlite3_exec(connection, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(connection);
  bench->clock.now += SHOPCAISSE_HOUR;
  bench_open(bench);
  engine_shop_submit(bench, "sale-2", "12.50");
  engine_shop_accept(bench, "sale-2", "12.50");
  assert_string_equal(bench_progress(bench, "sale-2", "state"), "sent");
}

static void
row_with_other_bytes_than_were_frozen_stops_nobody(void **state)
{
  assert_others_go_on(*state, "UPDATE outbox SET body = x'7b7d' WHERE kind = 'order'");
  assert_string_equal(bench_progress(*state, "sale-1", "reason"), "damaged");
}

static void
sale_that_cannot_be_read_stops_nobody(void **state)
{
  assert_others_go_on(*state, "UPDATE sale SET payload = x'01'");
}

static void
broken_transport_is_said_and_keeps_the_orders(void **state)
{
  Bench *bench = *state;

  bench->network.is_broken = TRUE;
  bench_start(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_run(bench);
  assert_int_equal(bench->status, COMPTOIR_STATUS_NOT_CONFIGURED);
  assert_string_equal(bench->last_error, "no transport here");
  bench->network.is_broken = FALSE;
  bench_close(bench);
  bench_open(bench);
  engine_shop_accept(bench, "sale-1", "12.50");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(offline_order_waits),
    bench_test(three_failures_are_offline),
    bench_test(answer_after_offline_is_ready),
    bench_test(offline_pauses_all_rows),
    bench_test(new_sale_tries_once_in_a_pause),
    bench_test(after_an_outage_the_first_order_goes_first),
    bench_test(silence_does_not_end_being_offline),
    bench_test(person_does_not_wait_for_a_pause),
    bench_test(long_outage_is_asked_about_every_quarter_of_an_hour),
    bench_test(crash_on_the_wire_sends_the_same_bytes),
    bench_test(settings_do_not_change_what_was_frozen),
    bench_test(crash_before_the_order_left_loses_nothing),
    bench_test(crash_after_the_commit_sends_nothing_again),
    bench_test(closing_on_the_wire_sends_the_same_bytes_later),
    bench_test(clock_set_back_does_not_keep_an_order),
    bench_test(clock_set_forward_does_not_hurry_a_flood),
    bench_test(row_of_a_newer_version_is_parked),
    bench_test(row_that_cannot_be_built_is_parked_and_the_others_go_on),
    bench_test(row_with_other_bytes_than_were_frozen_stops_nobody),
    bench_test(sale_that_cannot_be_read_stops_nobody),
    bench_test(broken_transport_is_said_and_keeps_the_orders),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
