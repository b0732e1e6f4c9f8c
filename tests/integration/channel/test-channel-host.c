/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the engine asks of a host through the bridge, and a host that stands still. */
#include "bench.h"
#include "channel/bridge.h"

#define HOST_WORK_US 3000
#define KNOCK_MS     50
#define N_WAITING    200

typedef struct {
  guint n_warnings; /* atomic */
} Log;

static void
host_is_asked_in_its_own_thread(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);

  bench_run(bench, "ask-articles", &outcome);

  assert_null(outcome.error);
  assert_int_equal(bench->host->n_calls, 1);
  assert_int_equal(bench->host->n_foreign_calls, 0);
  bench_close(bench);
}

static void
engine_hears_what_a_question_cost_the_host(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench->host->work_us = HOST_WORK_US;
  bench_open(bench);

  bench_run(bench, "ask-articles", &outcome);

  gint64 cost_us = 0;
  assert_true(g_variant_lookup(outcome.answer, "cost", "x", &cost_us));
  assert_true(cost_us >= HOST_WORK_US);
  bench_close(bench);
}

static void
rows_reach_the_host_as_rows(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);

  bench_run(bench, "ask-apply", &outcome);

  assert_null(outcome.error);
  assert_string_equal(bench->host->last_type, "aa{sv}");
  bench_close(bench);
}

static void
answer_from_another_thread_reaches_the_engine(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench->host->mood = FAKE_HOST_ANSWERS_FROM_A_THREAD;
  bench_open(bench);

  bench_run(bench, "ask-articles", &outcome);

  assert_null(outcome.error);
  bench_close(bench);
}

static void
dropped_question_fails(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench->host->mood = FAKE_HOST_DROPS;
  bench_open(bench);

  bench_run(bench, "ask-articles", &outcome);

  assert_failed(&outcome, COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE);
  bench_close(bench);
}

static void
what_the_host_has_not_got_is_not_supported(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);

  bench_run(bench, "ask-secret", &outcome);

  assert_failed(&outcome, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED);
  bench_close(bench);
}

static void
host_is_told_in_its_own_thread(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);

  bench_run(bench, "tell", &outcome);

  assert_null(outcome.error);
  assert_int_equal(bench->host->n_calls, 1);
  assert_int_equal(bench->host->n_foreign_calls, 0);
  bench_close(bench);
}

static gpointer
emit_changed(gpointer host)
{
  comptoir_host_emit_sales_changed(host);
  return NULL;
}

static void
signals_of_the_host_reach_the_engine(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);

  comptoir_host_emit_articles_changed(COMPTOIR_HOST(bench->host));
  g_thread_join(g_thread_new("other", emit_changed, bench->host));
  bench_run_ready(bench);
  bench_run(bench, "hints", &outcome);

  guint n_hints = 0;
  assert_true(g_variant_lookup(outcome.answer, "n", "u", &n_hints));
  assert_int_equal(n_hints, 2);
  bench_close(bench);
}

static void
wait_until_held(Bench *bench)
{
  while (bench->host->held == NULL && !bench->has_expired)
    g_main_context_iteration(bench->context, TRUE);
  assert_false(bench->has_expired);
}

static void
close_does_not_wait_for_the_host(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench->host->mood = FAKE_HOST_HOLDS;
  bench_open(bench);
  bench_start_run(bench, "ask-articles", NULL, &outcome);
  wait_until_held(bench);

  bench_close(bench);

  assert_true(outcome.is_done);
  assert_failed(&outcome, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
answer_after_close_is_dropped(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench->host->mood = FAKE_HOST_HOLDS;
  bench_open(bench);
  bench_start_run(bench, "ask-articles", NULL, &outcome);
  wait_until_held(bench);
  bench_close(bench);

  assert_true(comptoir_request_is_answered(bench->host->held));
  comptoir_request_answer(bench->host->held, g_variant_new("a{sv}", NULL));
  bench_run_ready(bench);

  assert_failed(&outcome, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
host_is_not_called_after_close(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);
  bench_start_run(bench, "ask-articles", NULL, &outcome);
  g_usleep(KNOCK_MS * 1000); /* the question lies in the host's context by now */

  bench_close(bench);

  assert_int_equal(bench->host->n_calls, 0);
  assert_failed(&outcome, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
host_that_stands_still_loses_nothing(void **state)
{
  Bench *bench = *state;
  g_autofree Outcome *outcomes = g_new0(Outcome, N_WAITING);
  bench_open(bench);
  for (guint i = 0; i < N_WAITING; i++)
    bench_start_run(bench, i % 2 == 0 ? "tell" : "ask-articles", NULL, &outcomes[i]);

  g_usleep(10 * KNOCK_MS * 1000);
  for (guint i = 0; i < N_WAITING; i++) {
    bench_run_until(bench, &outcomes[i].is_done);
    assert_null(outcomes[i].error);
    outcome_clear(&outcomes[i]);
  }

  assert_int_equal(bench->host->n_calls, N_WAITING);
  bench_close(bench);
}

static GLogWriterOutput
write_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  Log *log = user_data;
  if ((level & G_LOG_LEVEL_WARNING) != 0)
    g_atomic_int_inc(&log->n_warnings);
  return G_LOG_WRITER_HANDLED;
}

static void
bridge_opened(const GError *error, gpointer owner)
{
}

static void
bridge_closed(gpointer owner)
{
  g_object_set_data(owner, "closed", owner);
}

static void
ignore_status(
    ComptoirStatus status, const char *last_error, gboolean busy, double progress, gpointer owner)
{
}

static void
ignore_settings(GVariant *settings, gpointer owner)
{
}

static void
ignore_list(const char *kind, gpointer owner)
{
}

static void
main_context_that_is_not_iterated_is_mentioned(void **state)
{
  static const ShopcaisseBridgeEvents events = {
    .changed = { ignore_status, ignore_settings, ignore_list },
    .opened = bridge_opened,
    .closing = bridge_closed,
    .closed = bridge_closed,
  };
  Bench *bench = *state;
  static Log log;
  g_log_set_writer_func(write_log, &log, NULL);
  g_autoptr(GObject) owner = g_object_new(G_TYPE_OBJECT, NULL);
  const ShopcaisseBridgeConfig config = {
    .host = COMPTOIR_HOST(bench->host),
    .profile = shopcaisse_profile_new(COMPTOIR_HOST(bench->host), NULL),
    .events = &events,
    .owner = owner,
    .close_ms = SHOPCAISSE_BRIDGE_CLOSE_MS,
    .knock_ms = KNOCK_MS,
  };
  g_autoptr(ShopcaisseBridge) bridge = shopcaisse_bridge_open(&config, NULL);

  g_usleep(10 * KNOCK_MS * 1000);
  shopcaisse_bridge_close(bridge);
  while (g_object_get_data(owner, "closed") == NULL && !bench->has_expired)
    g_main_context_iteration(bench->context, TRUE);

  assert_int_equal(g_atomic_int_get(&log.n_warnings), 1);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(host_is_asked_in_its_own_thread),
    bench_test(engine_hears_what_a_question_cost_the_host),
    bench_test(rows_reach_the_host_as_rows),
    bench_test(answer_from_another_thread_reaches_the_engine),
    bench_test(dropped_question_fails),
    bench_test(what_the_host_has_not_got_is_not_supported),
    bench_test(host_is_told_in_its_own_thread),
    bench_test(signals_of_the_host_reach_the_engine),
    bench_test(close_does_not_wait_for_the_host),
    bench_test(answer_after_close_is_dropped),
    bench_test(host_is_not_called_after_close),
    bench_test(host_that_stands_still_loses_nothing),
    /* The last: GLib takes a log writer once. */
    bench_test(main_context_that_is_not_iterated_is_mentioned),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
