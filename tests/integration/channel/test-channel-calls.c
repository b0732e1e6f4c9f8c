/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a host and a page ask of an open channel. */
#include "bench.h"

#define LIST_TOTAL 1234 /* the double's */
#define N_AT_ONCE  1000

typedef struct {
  Bench *bench; /* not owned */
  Outcome outcome;
} ForeignCall;

typedef struct {
  guint n_heard;
  guint n_foreign; /* in another thread than the test's */
  GThread *thread;
} Ear;

static void
hear_cb(Ear *ear)
{
  ear->n_heard++;
  if (g_thread_self() != ear->thread)
    ear->n_foreign++;
}

static GVariant *
build_sale(void)
{
  return g_variant_new_parsed("{'id': <'s1'>}");
}

static void
sale_is_answered_in_the_hosts_thread(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);

  comptoir_channel_submit_sale_async(COMPTOIR_CHANNEL(bench->channel), build_sale(), NULL,
                                     bench_performed_cb, &outcome);
  bench_run_until(bench, &outcome.is_done);

  const char *id = NULL;
  assert_null(outcome.error);
  assert_true(g_variant_lookup(outcome.answer, "id", "&s", &id));
  assert_string_equal(id, "s1");
  assert_ptr_equal(outcome.thread, g_thread_self());
  bench_close(bench);
}

static void
thousand_sales_at_once_are_each_answered(void **state)
{
  Bench *bench = *state;
  g_autofree Outcome *outcomes = g_new0(Outcome, N_AT_ONCE);
  bench_open(bench);

  for (guint i = 0; i < N_AT_ONCE; i++)
    comptoir_channel_submit_sale_async(COMPTOIR_CHANNEL(bench->channel), build_sale(), NULL,
                                       bench_performed_cb, &outcomes[i]);
  for (guint i = 0; i < N_AT_ONCE; i++) {
    bench_run_until(bench, &outcomes[i].is_done);
    assert_null(outcomes[i].error);
    outcome_clear(&outcomes[i]);
  }
  bench_close(bench);
}

static void
call_before_open_is_invalid(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };

  bench_run(bench, "early", &outcome);

  assert_failed(&outcome, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID);
}

static void
call_after_close_is_invalid(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);
  bench_close(bench);

  bench_run(bench, "late", &outcome);

  assert_failed(&outcome, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID);
}

static void
unknown_operation_is_not_supported(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);

  comptoir_channel_perform_async(COMPTOIR_CHANNEL(bench->channel), (ComptoirOperation)4711,
                                 build_sale(), NULL, bench_performed_cb, &outcome);
  bench_run_until(bench, &outcome.is_done);

  assert_failed(&outcome, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED);
  bench_close(bench);
}

static gpointer
call_from_here(gpointer data)
{
  ForeignCall *call = data;
  g_autoptr(GMainContext) context = g_main_context_new();
  g_main_context_push_thread_default(context);
  bench_start_run(call->bench, "foreign", NULL, &call->outcome);
  while (!call->outcome.is_done)
    g_main_context_iteration(context, TRUE);
  g_main_context_pop_thread_default(context);
  return NULL;
}

static void
call_from_another_thread_is_invalid_and_answered_there(void **state)
{
  Bench *bench = *state;
  ForeignCall call = { .bench = bench };
  bench_open(bench);

  GThread *thread = g_thread_new("other", call_from_here, &call);
  g_thread_join(thread);

  assert_failed(&call.outcome, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID);
  assert_ptr_not_equal(call.outcome.thread, g_thread_self());
  outcome_clear(&call.outcome);
  bench_close(bench);
}

static void
cancelled_call_ends_at_once(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  bench_open(bench);
  bench_start_run(bench, "never", cancellable, &outcome);
  bench_run_ready(bench);

  g_cancellable_cancel(cancellable);
  bench_run_ready(bench);

  assert_true(outcome.is_done);
  assert_failed(&outcome, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  bench_close(bench);
}

static void
answer_to_a_cancelled_call_is_dropped(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) cancelled = { 0 };
  g_auto(Outcome) later = { 0 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  bench_open(bench);
  bench_start_run(bench, "first", cancellable, &cancelled);

  g_cancellable_cancel(cancellable);
  bench_run(bench, "second", &later);

  assert_failed(&cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_null(later.error);
  bench_close(bench);
}

static gpointer
cancel(gpointer cancellable)
{
  g_cancellable_cancel(cancellable);
  return NULL;
}

static void
call_cancelled_from_another_thread_ends_in_its_own(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  bench_open(bench);
  bench_start_run(bench, "never", cancellable, &outcome);

  g_thread_join(g_thread_new("other", cancel, cancellable));
  bench_run_until(bench, &outcome.is_done);

  assert_failed(&outcome, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_ptr_equal(outcome.thread, g_thread_self());
  bench_close(bench);
}

static void
actions_are_enabled_while_open(void **state)
{
  Bench *bench = *state;
  GActionGroup *group = G_ACTION_GROUP(bench->channel);
  Ear ear = { .thread = g_thread_self() };
  gulong handler = g_signal_connect_swapped(bench->channel, "action-enabled-changed::pull-stock",
                                            G_CALLBACK(hear_cb), &ear);

  assert_true(g_action_group_has_action(group, "sync-articles"));
  assert_false(g_action_group_get_action_enabled(group, "sync-articles"));
  bench_open(bench);
  assert_true(g_action_group_get_action_enabled(group, "sync-articles"));
  bench_close(bench);

  assert_false(g_action_group_get_action_enabled(group, "sync-articles"));
  assert_int_equal(ear.n_heard, 2);
  g_signal_handler_disconnect(bench->channel, handler);
}

static void
action_runs_its_task(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);

  g_action_group_activate_action(G_ACTION_GROUP(bench->channel), "discover", NULL);
  bench_run(bench, "after", &outcome);

  assert_null(outcome.error);
  bench_close(bench);
}

static void
each_action_is_listed(void **state)
{
  Bench *bench = *state;
  g_auto(GStrv) names = g_action_group_list_actions(G_ACTION_GROUP(bench->channel));

  assert_int_equal(g_strv_length(names), 11);
  assert_true(g_strv_contains((const char *const *)names, "test-connection"));
}

static void
storm_of_news_is_heard_as_a_few_words(void **state)
{
  Bench *bench = *state;
  ComptoirChannel *channel = COMPTOIR_CHANNEL(bench->channel);
  g_auto(Outcome) outcome = { 0 };
  Ear ear = { .thread = g_thread_self() };
  bench_open(bench);
  gulong handler = g_signal_connect_swapped(channel, "notify::progress", G_CALLBACK(hear_cb), &ear);

  bench_run(bench, "storm", &outcome);
  while (comptoir_channel_get_status(channel) != COMPTOIR_STATUS_OFFLINE && !bench->has_expired)
    g_main_context_iteration(bench->context, TRUE);

  g_autofree char *last_error = comptoir_channel_dup_last_error(channel);
  assert_string_equal(last_error, "no network");
  assert_false(comptoir_channel_is_busy(channel));
  assert_in_range(ear.n_heard, 1, 100);
  assert_int_equal(ear.n_foreign, 0);
  g_signal_handler_disconnect(channel, handler);
  bench_close(bench);
}

static void
settings_are_there_when_open_and_labelled(void **state)
{
  Bench *bench = *state;
  ComptoirChannel *channel = COMPTOIR_CHANNEL(bench->channel);
  g_autoptr(GVariant) before = comptoir_channel_describe_settings(channel);
  bench_open(bench);

  g_autoptr(GVariant) settings = comptoir_channel_describe_settings(channel);

  assert_int_equal(g_variant_n_children(before), 0);
  g_autoptr(GVariant) row = g_variant_get_child_value(settings, 0);
  const char *label = NULL;
  assert_true(g_variant_lookup(row, "label", "&s", &label));
  assert_string_equal(label, "Service address");
  bench_close(bench);
}

static void
count_cb(GObject *channel, GParamSpec *pspec, gpointer n_heard)
{
  (*(guint *)n_heard)++;
}

static void
settings_are_told_when_they_are_others_and_not_again(void **state)
{
  Bench *bench = *state;
  guint n_heard = 0;
  gulong handler =
      g_signal_connect(bench->channel, "notify::settings", G_CALLBACK(count_cb), &n_heard);
  bench_open(bench);
  bench_close(bench);
  assert_int_equal(n_heard, 1);

  bench_open(bench);

  g_autoptr(GVariant) settings = NULL;
  g_autoptr(GVariant) described =
      comptoir_channel_describe_settings(COMPTOIR_CHANNEL(bench->channel));
  g_object_get(bench->channel, "settings", &settings, NULL);
  assert_true(g_variant_equal(settings, described));
  assert_int_equal(n_heard, 1);
  g_signal_handler_disconnect(bench->channel, handler);
  bench_close(bench);
}

static void
changed_settings_come_back_labelled(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);

  comptoir_channel_change_settings_async(COMPTOIR_CHANNEL(bench->channel),
                                         g_variant_new_parsed("{'api-url': <''>}"), NULL,
                                         bench_performed_cb, &outcome);
  bench_run_until(bench, &outcome.is_done);

  assert_null(outcome.error);
  g_autoptr(GVariant) rows =
      g_variant_lookup_value(outcome.answer, "rows", G_VARIANT_TYPE("aa{sv}"));
  g_autoptr(GVariant) row = g_variant_get_child_value(rows, 0);
  assert_true(g_variant_lookup(row, "label", "&s", NULL));
  bench_close(bench);
}

static void
wait_for_total(Bench *bench, GListModel *list)
{
  while (g_list_model_get_n_items(list) == 0 && !bench->has_expired)
    g_main_context_iteration(bench->context, TRUE);
  assert_false(bench->has_expired);
}

static void
list_made_before_open_fills_itself(void **state)
{
  Bench *bench = *state;
  g_autoptr(GListModel) list =
      comptoir_channel_list(COMPTOIR_CHANNEL(bench->channel), "journal", NULL);
  assert_int_equal(g_list_model_get_n_items(list), 0);

  bench_open(bench);
  wait_for_total(bench, list);

  assert_int_equal(g_list_model_get_n_items(list), LIST_TOTAL);
  g_autoptr(ComptoirRow) row = g_list_model_get_item(list, 99);
  g_autofree char *number = comptoir_row_dup_text(row, "number");
  assert_string_equal(number, "99");
  bench_close(bench);
}

static void
list_that_the_engine_has_not_got_stays_empty(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);
  g_autoptr(GListModel) list =
      comptoir_channel_list(COMPTOIR_CHANNEL(bench->channel), "nonsense", NULL);

  bench_run(bench, "after", &outcome);

  assert_int_equal(g_list_model_get_n_items(list), 0);
  bench_close(bench);
}

static void
list_outlives_its_channel(void **state)
{
  Bench *bench = *state;
  bench_open(bench);
  g_autoptr(GListModel) list =
      comptoir_channel_list(COMPTOIR_CHANNEL(bench->channel), "journal", NULL);
  wait_for_total(bench, list);
  bench_close(bench);
  g_clear_object(&bench->channel);

  g_autoptr(ComptoirRow) row = g_list_model_get_item(list, LIST_TOTAL - 1);

  assert_non_null(row);
  assert_null(comptoir_row_get_values(row));
}

static void
list_dropped_while_it_is_read_is_forgotten(void **state)
{
  Bench *bench = *state;
  g_auto(Outcome) outcome = { 0 };
  bench_open(bench);
  g_autoptr(GListModel) list =
      comptoir_channel_list(COMPTOIR_CHANNEL(bench->channel), "journal", NULL);

  g_clear_object(&list);
  bench_run(bench, "after", &outcome);

  assert_null(outcome.error);
  bench_close(bench);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(sale_is_answered_in_the_hosts_thread),
    bench_test(thousand_sales_at_once_are_each_answered),
    bench_test(call_before_open_is_invalid),
    bench_test(call_after_close_is_invalid),
    bench_test(unknown_operation_is_not_supported),
    bench_test(call_from_another_thread_is_invalid_and_answered_there),
    bench_test(cancelled_call_ends_at_once),
    bench_test(answer_to_a_cancelled_call_is_dropped),
    bench_test(call_cancelled_from_another_thread_ends_in_its_own),
    bench_test(actions_are_enabled_while_open),
    bench_test(action_runs_its_task),
    bench_test(each_action_is_listed),
    bench_test(storm_of_news_is_heard_as_a_few_words),
    bench_test(settings_are_there_when_open_and_labelled),
    bench_test(settings_are_told_when_they_are_others_and_not_again),
    bench_test(changed_settings_come_back_labelled),
    bench_test(list_made_before_open_fills_itself),
    bench_test(list_that_the_engine_has_not_got_stays_empty),
    bench_test(list_outlives_its_channel),
    bench_test(list_dropped_while_it_is_read_is_forgotten),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
