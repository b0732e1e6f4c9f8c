/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A token comes, is replaced, goes; what waits and what is linked stays. */
#include "engine-shop.h"
#include "store/settings.h"

#include <glib/gstdio.h>

static BenchAnswer *
set_token(Bench *bench, const char *token)
{
  return bench_perform_row(bench, COMPTOIR_OPERATION_SET_TOKEN,
                           g_variant_new_parsed("{'token': <%s>}", token));
}

static void
first_token_is_kept_and_tested(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");
  BenchAnswer *answer = NULL;
  GVariant *value = NULL;

  bench_start(bench);
  bench_run(bench);
  assert_int_equal(bench->status, COMPTOIR_STATUS_NOT_CONFIGURED);
  answer = set_token(bench, token);
  bench_answer_discovery(bench);
  value = bench_assert_done(answer);
  assert_string_equal(bench->secrets.secret, token);
  assert_string_equal(bench_text(value, "environment"), "prod");
  assert_string_equal(bench_text(value, "application_id"), "app");
}

static void
pasted_header_is_understood(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");
  g_autofree char *pasted = g_strconcat("  Bearer ", token, "\n", NULL);

  bench_start(bench);
  set_token(bench, pasted);
  bench_answer_discovery(bench);
  assert_string_equal(bench->secrets.secret, token);
}

static void
stored_token_is_used_after_a_start(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");
  FakeExchange *probe = NULL;

  bench_start(bench);
  set_token(bench, token);
  bench_answer_discovery(bench);
  bench_close(bench);
  bench_start(bench);
  probe = bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication");
  assert_string_equal(probe->token, token);
  bench_reply(bench, probe, SHOPCAISSE_REPLY_OK, BENCH_GRANT);
}

/* What a host shows that asks as soon as the channel is open. */
static void
status_is_known_before_the_service_answers(void **state)
{
  Bench *bench = *state;

  bench_start(bench);
  bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication");
  assert_int_equal(bench->status, COMPTOIR_STATUS_READY);
}

static void
token_that_was_never_accepted_is_no_connection(void **state)
{
  Bench *bench = *state;

  bench_set(bench, "connected-at", "0");
  bench_start(bench);
  bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication");
  assert_int_equal(bench->status, COMPTOIR_STATUS_NOT_CONFIGURED);
  assert_string_equal(bench->last_error, "the token has not been accepted yet");
}

static void
staging_token_goes_to_the_staging_service(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("staging");

  bench_start(bench);
  set_token(bench, token);
  bench_run(bench);
  assert_string_equal(bench->network.base_url, "https://api-staging.shop-caisse.com");
  bench_answer_discovery(bench);
}

static void
token_of_the_other_environment_is_refused_before_any_request(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("staging");
  guint n_sent = 0;

  bench_set(bench, "api-url", "https://api.shop-caisse.com");
  bench_open(bench);
  n_sent = bench->network.sent->len;
  bench_assert_error(set_token(bench, token), COMPTOIR_ERROR_INVALID, "environment");
  bench_pass(bench, SHOPCAISSE_HOUR);
  assert_int_equal(bench->network.sent->len, n_sent);
  assert_int_equal(bench->secrets.n_saved, 0);
}

static void
truncated_token_is_refused_without_showing_it(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");
  BenchAnswer *answer = NULL;

  bench_start(bench);
  *strrchr(token, '.') = '\0';
  answer = set_token(bench, token);
  bench_assert_error(answer, COMPTOIR_ERROR_INVALID, "not copied whole");
  assert_null(strstr(answer->error->message, "eyJ"));
  assert_int_equal(bench->secrets.n_saved, 0);
}

static void
locked_secret_store_is_said(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");

  bench_start(bench);
  bench_run(bench);
  bench->secrets.is_locked = TRUE;
  bench_assert_error(set_token(bench, token), COMPTOIR_ERROR_STORAGE, "locked");
  bench_assert_quiet(bench);
}

static void
refused_token_is_said_with_the_services_words(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");
  BenchAnswer *answer = NULL;

  bench_start(bench);
  answer = set_token(bench, token);
  bench_run(bench);
  while (bench->network.requests->len > 0)
    bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
                SHOPCAISSE_REPLY_FORBIDDEN, "{'message':'revoked'}");
  bench_assert_error(answer, COMPTOIR_ERROR_UNAUTHORIZED, "revoked");
  assert_int_equal(bench->status, COMPTOIR_STATUS_BLOCKED);
}

static void
new_token_keeps_queue_and_links(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");
  FakeExchange *order = NULL;
  g_autoptr(GBytes) first = NULL;
  g_autoptr(GVariant) links = NULL;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  order = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  first = g_bytes_ref(order->body);
  bench_reply(bench, order, SHOPCAISSE_REPLY_UNKNOWN, NULL);
  set_token(bench, token);
  bench_answer_discovery(bench);
  bench_pass(bench, SHOPCAISSE_MINUTE);
  order = bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS);
  assert_true(g_bytes_equal(order->body, first));
  assert_string_equal(order->token, token);
  bench_reply(bench, order, SHOPCAISSE_REPLY_UNKNOWN, NULL);
  links = bench_list(bench, "links");
  assert_int_equal(g_variant_n_children(links), 3);
}

static void
disconnect(Bench *bench, const char *policy)
{
  bench_open(bench);
  bench_pass(bench, SHOPCAISSE_SECOND);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_NOT_SENT, NULL);
  bench_assert_done(bench_perform_row(bench, COMPTOIR_OPERATION_DISCONNECT,
                                      g_variant_new_parsed("{'policy': <%s>}", policy)));
}

static void
disconnecting_forgets_the_token_and_sends_nothing(void **state)
{
  Bench *bench = *state;

  disconnect(bench, "keep-queue");
  assert_null(bench->secrets.secret);
  assert_int_equal(bench->status, COMPTOIR_STATUS_NOT_CONFIGURED);
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
}

static void
kept_queue_waits_for_the_next_token(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");

  disconnect(bench, "keep-queue");
  bench_pass(bench, SHOPCAISSE_DAY);
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "waiting");
  set_token(bench, token);
  bench_answer_discovery(bench);
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
}

static void
parked_queue_waits_for_a_person(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");

  disconnect(bench, "park-queue");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "parked");
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "disconnected");
  set_token(bench, token);
  bench_answer_discovery(bench);
  bench_pass(bench, SHOPCAISSE_DAY);
  bench_assert_quiet(bench);
  bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'send-orders'>, 'sale': <'sale-1'>}");
  engine_shop_accept(bench, "sale-1", "12.50");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "sent");
}

static void
disconnected_channel_stays_so_after_a_start(void **state)
{
  Bench *bench = *state;

  disconnect(bench, "keep-queue");
  bench_close(bench);
  bench_start(bench);
  bench_assert_quiet(bench);
  assert_int_equal(bench->status, COMPTOIR_STATUS_NOT_CONFIGURED);
}

/* What was lost with the database is found again at the host, back to the first connection. */
static void
first_connection_outlives_the_database(void **state)
{
  Bench *bench = *state;
  g_autofree char *path = g_build_filename(bench->folder, "shopcaisse.db", NULL);
  g_autofree char *log = g_strconcat(path, "-wal", NULL);
  ShopcaisseDatabase *database = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  bench_set(bench, "connected-at", "");
  bench_open(bench);
  bench_close(bench);
  database = bench_open_store(bench);
  before = shopcaisse_settings_get(database, "connected-at", NULL);
  shopcaisse_database_close(database);
  (void)g_unlink(log);
  assert_true(
      g_file_set_contents(path, "not a database, and long enough to be looked at", -1, NULL));
  bench_start(bench);
  bench_run(bench);
  bench_close(bench);
  database = bench_open_store(bench);
  after = shopcaisse_settings_get(database, "connected-at", NULL);
  shopcaisse_database_close(database);
  assert_non_null(before);
  assert_string_equal(after, before);
}

static void
sales_are_taken_without_a_token(void **state)
{
  Bench *bench = *state;

  disconnect(bench, "keep-queue");
  engine_shop_submit(bench, "sale-2", "12.50");
  assert_string_equal(bench_progress(bench, "sale-2", "state"), "waiting");
}

static void
setting_changes_the_address(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS,
                                  "{'api-url': <'http://127.0.0.1:8080'>}"));
  bench_answer_discovery(bench);
  assert_string_equal(bench->network.base_url, "http://127.0.0.1:8080");
  assert_int_equal(bench->network.n_open, 1);
}

static void
setting_changes_the_transport(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  assert_string_equal(bench->network.choice, "auto");
  bench_assert_done(
      bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'transport': <'curl'>}"));
  bench_answer_discovery(bench);
  assert_string_equal(bench->network.choice, "curl");
  assert_int_equal(bench->network.n_open, 1);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_empty_test(first_token_is_kept_and_tested),
    bench_empty_test(pasted_header_is_understood),
    bench_empty_test(stored_token_is_used_after_a_start),
    bench_test(status_is_known_before_the_service_answers),
    bench_test(token_that_was_never_accepted_is_no_connection),
    bench_empty_test(staging_token_goes_to_the_staging_service),
    bench_test(token_of_the_other_environment_is_refused_before_any_request),
    bench_empty_test(truncated_token_is_refused_without_showing_it),
    bench_empty_test(locked_secret_store_is_said),
    bench_empty_test(refused_token_is_said_with_the_services_words),
    bench_test(new_token_keeps_queue_and_links),
    bench_test(disconnecting_forgets_the_token_and_sends_nothing),
    bench_test(kept_queue_waits_for_the_next_token),
    bench_test(parked_queue_waits_for_a_person),
    bench_test(disconnected_channel_stays_so_after_a_start),
    bench_test(first_connection_outlives_the_database),
    bench_test(sales_are_taken_without_a_token),
    bench_test(setting_changes_the_address),
    bench_test(setting_changes_the_transport),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
