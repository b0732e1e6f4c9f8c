/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What follows from an event, and from none. */
#include "engine-shop.h"
#include "store/outbox.h"
#include "store/settings.h"

#include <string.h>

#define EMPTY  "{'items':[],'hasNextPage':false,'skipped':0}"
#define STOCK  "/v1/stores/store-1/stocks?page=0&pageSize=1000"
#define RIGHTS "\"store.*.webhooks.use\":true,\"company.*.webhooks.use\":true"

#define assert_knock(bench, event, id, expected)                                                   \
  assert_int_equal(fake_door_knock(&(bench)->network.door, "app", event, id),                      \
                   SHOPCAISSE_RECEIVED_##expected)

static void
prepare(Bench *bench)
{
  g_free(bench->secrets.secret);
  bench->secrets.secret = bench_make_token_with("prod", "app", RIGHTS);
  bench_set(bench, "webhooks", "true");
}

static void
open_listening(Bench *bench)
{
  prepare(bench);
  bench_open(bench);
  assert_int_equal(bench->network.door.n_open, 1);
}

/* Requests that ever left and begin so. */
static guint
count_sent(Bench *bench, const char *start)
{
  guint n_sent = 0;

  for (guint i = 0; i < bench->network.sent->len; i++)
    n_sent += g_str_has_prefix(bench->network.sent->pdata[i], start) ? 1 : 0;
  return n_sent;
}

static void
answer_stock(Bench *bench)
{
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, STOCK), SHOPCAISSE_REPLY_OK, EMPTY);
}

/* Everything that is asked for, until nothing is. */
static void
answer_all(Bench *bench)
{
  while (bench->network.requests->len > 0) {
    const FakeExchange *next = bench->network.requests->pdata[0];
    g_autofree char *path = g_strdup(next->path);
    const char *json =
        g_str_has_suffix(path, "/currency") ? "[{'setting':'CURRENCY_CODE','value':'EUR'}]" : EMPTY;

    bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, path), SHOPCAISSE_REPLY_OK, json);
  }
}

static void
each_known_event_reads_its_own(void **state)
{
  static const struct {
    const char *event;
    const char *id;
    const char *request;
  } cases[] = {
    { "store.orders", "store-1", "GET /v1/stores/store-1/orders?" },
    { "store.stocks", "store-1", "GET /v1/stores/store-1/stocks?" },
    { "store.sales", "store-1", "GET /v1/stores/store-1/sales?" },
    { "company.items", "company-1", "GET /v1/companies/company-1/items?" },
  };
  Bench *bench = *state;

  open_listening(bench);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    assert_int_equal(count_sent(bench, cases[i].request), 0);
    assert_knock(bench, cases[i].event, cases[i].id, ACCEPTED);
    bench_pass(bench, SHOPCAISSE_SECOND);
    answer_all(bench);
    assert_int_equal(count_sent(bench, cases[i].request), 1);
  }
}

static void
prices_and_families_read_the_catalogue(void **state)
{
  static const char *const events[][2] = { { "company.prices", "company-1" },
                                           { "company.families", "company-1" },
                                           { "store.prices", "store-1" } };
  Bench *bench = *state;

  open_listening(bench);
  for (guint i = 0; i < G_N_ELEMENTS(events); i++) {
    assert_knock(bench, events[i][0], events[i][1], ACCEPTED);
    bench_pass(bench, 2 * SHOPCAISSE_MINUTE);
    answer_all(bench);
    assert_int_equal(count_sent(bench, "GET /v1/companies/company-1/items?"), i + 1);
  }
}

static void
wrong_key_changes_nothing(void **state)
{
  Bench *bench = *state;
  guint n_sent = 0;

  open_listening(bench);
  n_sent = bench->network.sent->len;
  assert_int_equal(fake_door_knock(&bench->network.door, "App", "store.orders", "store-1"),
                   SHOPCAISSE_RECEIVED_FORGED);
  assert_int_equal(fake_door_knock_with(&bench->network.door, NULL, "{}"),
                   SHOPCAISSE_RECEIVED_FORGED);
  bench_pass(bench, SHOPCAISSE_HOUR);
  assert_int_equal(bench->network.sent->len, n_sent);
}

static void
signed_nonsense_changes_nothing(void **state)
{
  g_autofree char *signature =
      g_compute_hmac_for_string(G_CHECKSUM_SHA256, (const guchar *)"app", 3, "{\"event\":7}", -1);
  Bench *bench = *state;
  guint n_sent = 0;

  open_listening(bench);
  n_sent = bench->network.sent->len;
  assert_int_equal(fake_door_knock_with(&bench->network.door, signature, "{\"event\":7}"),
                   SHOPCAISSE_RECEIVED_MALFORMED);
  bench_pass(bench, SHOPCAISSE_HOUR);
  assert_int_equal(bench->network.sent->len, n_sent);
}

static void
unknown_events_and_resources_change_nothing(void **state)
{
  static const char *const events[][2] = { { "store.seats", "store-1" },
                                           { "store.orders", "store-9" },
                                           { "company.items", "store-1" },
                                           { "store.orders", "company-1" },
                                           { "company.items", "company-9" } };
  Bench *bench = *state;
  guint n_sent = 0;

  open_listening(bench);
  n_sent = bench->network.sent->len;
  for (gsize i = 0; i < G_N_ELEMENTS(events); i++)
    assert_knock(bench, events[i][0], events[i][1], IGNORED);
  bench_pass(bench, SHOPCAISSE_HOUR);
  assert_int_equal(bench->network.sent->len, n_sent);
}

static void
of_three_stores_only_ours_is_read(void **state)
{
  Bench *bench = *state;
  ShopcaisseDatabase *database = bench_open_store(bench);

  engine_shop_put_place(database, SHOPCAISSE_PLACE_STORE, "store-2", "company-1");
  engine_shop_put_place(database, SHOPCAISSE_PLACE_STORE, "store-3", "company-1");
  shopcaisse_database_close(database);
  open_listening(bench);
  assert_knock(bench, "store.stocks", "store-2", IGNORED);
  assert_knock(bench, "store.stocks", "store-3", IGNORED);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  bench_assert_quiet(bench);
  assert_knock(bench, "store.stocks", "store-1", ACCEPTED);
  bench_pass(bench, SHOPCAISSE_SECOND);
  answer_stock(bench);
}

/* On disk, on their way or not. */
static guint
count_rows(Bench *bench, const char *kind)
{
  static const ShopcaisseJobState states[] = { SHOPCAISSE_JOB_WAITING, SHOPCAISSE_JOB_SENDING };
  g_autoptr(ShopcaisseDatabase) database = NULL;
  guint n_rows = 0;

  bench_crash(bench);
  database = bench_open_store(bench);
  for (gsize i = 0; i < G_N_ELEMENTS(states); i++) {
    guint n_more = 0;

    assert_true(shopcaisse_outbox_count(database, kind, states[i], &n_more, NULL));
    n_rows += n_more;
  }
  return n_rows;
}

static void
ten_thousand_events_are_one_pull(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  for (guint i = 0; i < 10000; i++)
    assert_knock(bench, "store.stocks", "store-1", ACCEPTED);
  bench_pass(bench, SHOPCAISSE_SECOND);
  answer_stock(bench);
  bench_pass(bench, SHOPCAISSE_HOUR);
  assert_int_equal(count_sent(bench, "GET /v1/stores/store-1/stocks?"), 1);
}

static void
many_events_leave_one_row_of_each_kind(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  for (guint i = 0; i < 100; i++) {
    assert_knock(bench, "store.stocks", "store-1", ACCEPTED);
    bench_pass(bench, SHOPCAISSE_SECOND);
  }
  assert_int_equal(count_rows(bench, "stocks"), 1);
}

static void
events_during_a_pull_make_one_more(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  assert_knock(bench, "store.stocks", "store-1", ACCEPTED);
  bench_pass(bench, SHOPCAISSE_SECOND);
  for (guint i = 0; i < 100; i++)
    assert_knock(bench, "store.stocks", "store-1", ACCEPTED);
  answer_stock(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  answer_stock(bench);
  bench_pass(bench, SHOPCAISSE_HOUR);
  assert_int_equal(count_sent(bench, "GET /v1/stores/store-1/stocks?"), 2);
}

static void
pull_that_somebody_asked_for_earlier_is_not_enough(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-stock'>}");
  assert_int_equal(count_sent(bench, "GET /v1/stores/store-1/stocks?"), 1);
  assert_knock(bench, "store.stocks", "store-1", ACCEPTED);
  bench_pass(bench, SHOPCAISSE_SECOND);
  answer_stock(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  answer_stock(bench);
}

static void
steady_events_are_read_at_a_pace(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  for (guint i = 0; i < 600; i++) {
    assert_knock(bench, "store.stocks", "store-1", ACCEPTED);
    bench_pass(bench, SHOPCAISSE_SECOND);
    if (bench->network.requests->len > 0)
      answer_stock(bench);
  }
  assert_in_range(count_sent(bench, "GET /v1/stores/store-1/stocks?"), 15, 21);
}

static void
replayed_event_reads_and_nothing_else(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  for (guint i = 0; i < 3; i++) {
    assert_knock(bench, "store.stocks", "store-1", ACCEPTED);
    bench_pass(bench, SHOPCAISSE_MINUTE);
    answer_stock(bench);
  }
  bench_pass(bench, SHOPCAISSE_HOUR);
  assert_int_equal(count_sent(bench, "POST"), 0);
  assert_int_equal(count_sent(bench, "PUT"), 0);
  assert_int_equal(count_sent(bench, "GET /v1/stores/store-1/stocks?"), 3);
}

static void
event_survives_a_kill(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  assert_knock(bench, "store.stocks", "store-1", ACCEPTED);
  bench_crash(bench);
  bench_open(bench);
  bench_pass(bench, 5 * SHOPCAISSE_SECOND);
  answer_stock(bench);
  bench_close(bench);
  bench_open(bench);
  bench_pass(bench, SHOPCAISSE_HOUR);
  bench_assert_quiet(bench);
}

static void
event_survives_a_kill_during_its_pull(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  assert_knock(bench, "store.stocks", "store-1", ACCEPTED);
  bench_pass(bench, SHOPCAISSE_SECOND);
  bench_crash(bench);
  bench_open(bench);
  bench_pass(bench, 5 * SHOPCAISSE_SECOND);
  assert_true(count_sent(bench, "GET /v1/stores/store-1/stocks?") >= 2);
}

static void
pull_that_fails_is_repeated_after_a_minute(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  assert_knock(bench, "store.stocks", "store-1", ACCEPTED);
  bench_pass(bench, SHOPCAISSE_SECOND);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, STOCK), SHOPCAISSE_REPLY_FORBIDDEN,
              "{'message':'no'}");
  bench_pass(bench, 50 * SHOPCAISSE_SECOND);
  bench_assert_quiet(bench);
  bench_pass(bench, 20 * SHOPCAISSE_SECOND);
  answer_stock(bench);
}

/* The first request of each flow. */
static gboolean
was_all_read(Bench *bench)
{
  return count_sent(bench, "GET /v1/stores/store-1/orders?") > 0 &&
         count_sent(bench, "GET /v1/stores/store-1/stocks?") > 0 &&
         count_sent(bench, "GET /v1/stores/store-1/sales?") > 0 &&
         count_sent(bench, "GET /v1/companies/company-1/items?") > 0;
}

static void
everything_is_read_after_two_hours_of_silence(void **state)
{
  Bench *bench = *state;
  guint n_sent = 0;

  open_listening(bench);
  n_sent = bench->network.sent->len;
  bench_pass(bench, 2 * SHOPCAISSE_HOUR - SHOPCAISSE_SECOND);
  assert_int_equal(bench->network.sent->len, n_sent);
  bench_pass(bench, 10 * SHOPCAISSE_SECOND);
  answer_all(bench);
  assert_true(was_all_read(bench));
}

static void
event_begins_the_two_hours_anew(void **state)
{
  Bench *bench = *state;
  guint n_sent = 0;

  open_listening(bench);
  bench_pass(bench, SHOPCAISSE_HOUR);
  assert_knock(bench, "store.seats", "store-1", IGNORED);
  n_sent = bench->network.sent->len;
  bench_pass(bench, 2 * SHOPCAISSE_HOUR - SHOPCAISSE_SECOND);
  assert_int_equal(bench->network.sent->len, n_sent);
  bench_pass(bench, 10 * SHOPCAISSE_SECOND);
  answer_all(bench);
  assert_true(was_all_read(bench));
}

static void
everything_is_read_when_it_was_down_for_three_hours(void **state)
{
  Bench *bench = *state;

  open_listening(bench);
  assert_knock(bench, "store.seats", "store-1", IGNORED);
  bench_close(bench);
  bench_pass(bench, 3 * SHOPCAISSE_HOUR);
  assert_false(was_all_read(bench));
  bench_open(bench);
  bench_pass(bench, 10 * SHOPCAISSE_SECOND);
  answer_all(bench);
  assert_true(was_all_read(bench));
}

static void
nothing_is_read_when_it_was_down_for_one_hour(void **state)
{
  Bench *bench = *state;
  guint n_sent = 0;

  open_listening(bench);
  bench_close(bench);
  bench_pass(bench, SHOPCAISSE_HOUR);
  bench_open(bench);
  n_sent = bench->network.sent->len;
  bench_pass(bench, 10 * SHOPCAISSE_SECOND);
  assert_int_equal(bench->network.sent->len, n_sent);
}

static void
silence_means_nothing_while_nobody_listens(void **state)
{
  Bench *bench = *state;
  guint n_sent = 0;

  bench_open(bench);
  n_sent = bench->network.sent->len;
  bench_pass(bench, 24 * SHOPCAISSE_HOUR);
  assert_int_equal(bench->network.sent->len, n_sent);
}

static void
polling_goes_on_while_it_listens(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "stock-interval", "60");
  open_listening(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  answer_stock(bench);
  bench_pass(bench, 70 * SHOPCAISSE_MINUTE);
  answer_stock(bench);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(each_known_event_reads_its_own),
    bench_test(prices_and_families_read_the_catalogue),
    bench_test(wrong_key_changes_nothing),
    bench_test(signed_nonsense_changes_nothing),
    bench_test(unknown_events_and_resources_change_nothing),
    bench_test(of_three_stores_only_ours_is_read),
    bench_test(ten_thousand_events_are_one_pull),
    bench_test(many_events_leave_one_row_of_each_kind),
    bench_test(events_during_a_pull_make_one_more),
    bench_test(pull_that_somebody_asked_for_earlier_is_not_enough),
    bench_test(steady_events_are_read_at_a_pace),
    bench_test(replayed_event_reads_and_nothing_else),
    bench_test(event_survives_a_kill),
    bench_test(event_survives_a_kill_during_its_pull),
    bench_test(pull_that_fails_is_repeated_after_a_minute),
    bench_test(everything_is_read_after_two_hours_of_silence),
    bench_test(event_begins_the_two_hours_anew),
    bench_test(everything_is_read_when_it_was_down_for_three_hours),
    bench_test(nothing_is_read_when_it_was_down_for_one_hour),
    bench_test(silence_means_nothing_while_nobody_listens),
    bench_test(polling_goes_on_while_it_listens),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
