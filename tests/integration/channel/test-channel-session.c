/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From open to close, and every other way in which it can end. */
#include "bench.h"

#include <glib/gstdio.h>

#define CLOSE_MS       2000
#define CLOSE_GRACE_MS 700
#define SLOW_CLOSE_MS  4000 /* the double's */
#define N_ROUNDS       100

static void
open_answers_in_the_hosts_thread(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };

  bench_start_open(bench, NULL, &outcome);
  assert_false(outcome.is_done);
  bench_run_until(bench, &outcome.is_done);

  assert_null(outcome.error);
  assert_ptr_equal(outcome.thread, g_thread_self());
  assert_int_equal(comptoir_channel_get_status(COMPTOIR_CHANNEL(bench->channel)),
                   COMPTOIR_STATUS_READY);
  bench_close(bench);
}

static void
host_that_speaks_a_newer_version_is_refused_untouched(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench->host->version = COMPTOIR_API_VERSION + 1;

  bench_start_open(bench, NULL, &outcome);
  bench_run_until(bench, &outcome.is_done);

  assert_failed(&outcome, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION);
  assert_string_equal(outcome.error->message, "host speaks API 2, channel 1");
  assert_int_equal(bench->host->n_names, 0);
  assert_int_equal(bench_count_threads(), bench->n_threads);
}

static void
host_that_speaks_no_version_is_refused(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench->host->version = 0;

  bench_start_open(bench, NULL, &outcome);
  bench_run_until(bench, &outcome.is_done);

  assert_failed(&outcome, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION);
}

static void
channel_says_the_version_it_was_written_for(void **state)
{
  Bench *bench = *state;
  assert_int_equal(comptoir_channel_get_api_version(COMPTOIR_CHANNEL(bench->channel)),
                   COMPTOIR_API_VERSION);
}

static void
host_without_a_database_name_is_invalid(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench->host->instance_id = "";

  bench_start_open(bench, NULL, &outcome);
  bench_run_until(bench, &outcome.is_done);

  assert_failed(&outcome, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID);
}

static void
second_open_is_busy_and_harms_nothing(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  g_auto(Outcome) sold = { 0 };
  bench_open(bench);

  bench_start_open(bench, NULL, &outcome);
  bench_run_until(bench, &outcome.is_done);

  assert_failed(&outcome, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY);
  bench_run(bench, "still there", &sold);
  assert_null(sold.error);
  bench_close(bench);
}

static void
engine_that_does_not_open_leaves_the_channel_closed(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench->host->instance_id = "broken";

  bench_start_open(bench, NULL, &outcome);
  bench_run_until(bench, &outcome.is_done);

  assert_failed(&outcome, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE);
  bench->host->instance_id = "till-1";
  bench_open(bench);
  bench_close(bench);
}

static void
folder_that_cannot_be_made_is_an_error_of_storage(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  g_free(bench->host->folder);
  bench->host->folder = g_strdup("/proc/no-such-folder/profile");

  bench_start_open(bench, NULL, &outcome);
  bench_run_until(bench, &outcome.is_done);

  assert_failed(&outcome, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE);
}

static void
cancelled_open_ends_at_once(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  bench->host->instance_id = "slow";

  bench_start_open(bench, cancellable, &outcome);
  g_cancellable_cancel(cancellable);
  bench_run_ready(bench);

  assert_true(outcome.is_done);
  assert_failed(&outcome, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  bench_close(bench);
}

static void
close_while_opening_ends_both(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) opened = { 0 };
  g_auto(Outcome) closed = { 0 };
  bench->host->instance_id = "slow";

  bench_start_open(bench, NULL, &opened);
  bench_start_close(bench, &closed);
  bench_run_until(bench, &closed.is_done);

  assert_failed(&opened, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_null(closed.error);
}

static void
close_of_a_closed_channel_succeeds(void **state)
{
  Bench *bench = *state;
  bench_close(bench);
}

static void
close_answers_all_that_is_in_flight(void **state)
{
  Bench *bench = *state;
  Outcome outcomes[10] = { 0 };
  bench_open(bench);
  for (gsize i = 0; i < G_N_ELEMENTS(outcomes); i++)
    bench_start_run(bench, "never", NULL, &outcomes[i]);

  bench_close(bench);

  for (gsize i = 0; i < G_N_ELEMENTS(outcomes); i++) {
    assert_true(outcomes[i].is_done);
    assert_failed(&outcomes[i], G_IO_ERROR, G_IO_ERROR_CANCELLED);
    outcome_clear(&outcomes[i]);
  }
}

static void
two_closes_are_both_answered(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) first = { 0 };
  g_auto(Outcome) second = { 0 };
  bench_open(bench);

  bench_start_close(bench, &first);
  bench_start_close(bench, &second);
  bench_run_until(bench, &second.is_done);

  assert_true(first.is_done);
  assert_null(first.error);
  assert_null(second.error);
}

static void
close_is_answered_in_time_by_a_slow_engine(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) slowed = { 0 };
  g_auto(Outcome) waiting = { 0 };
  bench_open(bench);
  bench_run(bench, "slow-close", &slowed);
  bench_start_run(bench, "never", NULL, &waiting);

  gint64 started_at = g_get_monotonic_time();
  bench_close(bench);
  gint64 took_ms = (g_get_monotonic_time() - started_at) / 1000;

  assert_in_range(took_ms, CLOSE_MS - 1, CLOSE_MS + CLOSE_GRACE_MS);
  assert_failed(&waiting, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  bench_run_for(bench, SLOW_CLOSE_MS - CLOSE_MS + CLOSE_GRACE_MS);
  assert_int_equal(bench_count_threads(), bench->n_threads);
}

static void
closing_signal_closes(void **state)
{
  Bench *bench = *state;
  bench_open(bench);

  comptoir_host_emit_closing(COMPTOIR_HOST(bench->host));
  bench_close(bench);

  assert_int_equal(G_OBJECT(bench->host)->ref_count, 1);
}

static gpointer
emit_closing(gpointer host)
{
  comptoir_host_emit_closing(host);
  return NULL;
}

static void
closing_signal_from_another_thread_closes(void **state)
{
  Bench *bench = *state;
  bench_open(bench);

  g_thread_join(g_thread_new("other", emit_closing, bench->host));
  while (comptoir_channel_get_status(COMPTOIR_CHANNEL(bench->channel)) != COMPTOIR_STATUS_CLOSED &&
         !bench->has_expired)
    g_main_context_iteration(bench->context, TRUE);

  assert_false(bench->has_expired);
}

static void
channel_opens_again_after_close(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);
  bench_close(bench);

  bench_open(bench);
  bench_run(bench, "again", &outcome);

  assert_null(outcome.error);
  bench_close(bench);
}

static void
hundred_rounds_leave_no_thread_and_no_descriptor(void **state)
{
  Bench *bench = *state;
  bench_open(bench);
  bench_close(bench);
  guint n_threads = bench_count_threads();
  guint n_descriptors = bench_count_descriptors();

  for (guint i = 0; i < N_ROUNDS; i++) {
    bench_open(bench);
    bench_close(bench);
  }

  assert_int_equal(bench_count_threads(), n_threads);
  assert_int_equal(bench_count_descriptors(), n_descriptors);
}

static void
wait_for_threads(Bench *bench)
{
  while (bench_count_threads() > bench->n_threads && !bench->has_expired)
    g_main_context_iteration(bench->context, FALSE);
  bench_run_ready(bench);
  assert_false(bench->has_expired);
}

static void
channel_dropped_without_close_ends_quietly(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);
  bench_run(bench, "once", &outcome);

  g_clear_object(&bench->channel);
  wait_for_threads(bench);

  assert_int_equal(G_OBJECT(bench->host)->ref_count, 1);
}

static gpointer
drop(gpointer channel)
{
  g_object_unref(channel);
  return NULL;
}

static void
channel_dropped_in_another_thread_ends_quietly(void **state)
{
  Bench *bench = *state;
  bench_open(bench);

  g_thread_join(g_thread_new("other", drop, g_steal_pointer(&bench->channel)));
  wait_for_threads(bench);

  assert_int_equal(G_OBJECT(bench->host)->ref_count, 1);
}

static void
host_without_a_folder_gets_one_of_its_own(void **state)
{
  Bench *bench = *state;
  g_clear_pointer(&bench->host->folder, g_free);
  bench_open(bench);
  bench_close(bench);

  g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "till-1", -1);
  digest[32] = '\0';
  g_autofree char *folder =
      g_build_filename(g_get_user_data_dir(), "shopcaisse-channel", digest, NULL);
  GStatBuf status;
  assert_int_equal(g_stat(folder, &status), 0);
  assert_int_equal(status.st_mode & 0777, 0700);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(open_answers_in_the_hosts_thread),
    bench_test(host_that_speaks_a_newer_version_is_refused_untouched),
    bench_test(host_that_speaks_no_version_is_refused),
    bench_test(channel_says_the_version_it_was_written_for),
    bench_test(host_without_a_database_name_is_invalid),
    bench_test(second_open_is_busy_and_harms_nothing),
    bench_test(engine_that_does_not_open_leaves_the_channel_closed),
    bench_test(folder_that_cannot_be_made_is_an_error_of_storage),
    bench_test(cancelled_open_ends_at_once),
    bench_test(close_while_opening_ends_both),
    bench_test(close_of_a_closed_channel_succeeds),
    bench_test(close_answers_all_that_is_in_flight),
    bench_test(two_closes_are_both_answered),
    bench_test(close_is_answered_in_time_by_a_slow_engine),
    bench_test(closing_signal_closes),
    bench_test(closing_signal_from_another_thread_closes),
    bench_test(channel_opens_again_after_close),
    bench_test(hundred_rounds_leave_no_thread_and_no_descriptor),
    bench_test(channel_dropped_without_close_ends_quietly),
    bench_test(channel_dropped_in_another_thread_ends_quietly),
    bench_test(host_without_a_folder_gets_one_of_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
