/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page without its widgets, against a channel that does what the test says. */
#include "../desktop/scripted-channel.h"
#include "ui/model/list-state.h"
#include "ui/model/page-model.h"

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define SETTINGS                                                                                   \
  "[{'key': <'token'>, 'kind': <'secret'>, 'group': <'C'>, 'value': <true>},"                      \
  " {'key': <'store'>, 'kind': <'choice'>, 'group': <'C'>, 'value': <'s1'>},"                      \
  " {'key': <'till-of-record'>, 'kind': <'choice'>, 'group': <'C'>, 'value': <'shopcaisse'>},"     \
  " {'key': <'minutes'>, 'kind': <'number'>, 'group': <'C'>, 'value': <uint32 2>}]"

typedef struct {
  ScriptedChannel *channel;
  ShopcaissePageModel *model;
  guint n_told;
  ShopcaissePageTopics topics; /* told last */
} Bench;

static void
changed_cb(ShopcaissePageTopics topics, gpointer user_data)
{
  Bench *bench = user_data;
  bench->n_told++;
  bench->topics = topics;
}

static void
settle(void)
{
  while (g_main_context_iteration(NULL, FALSE))
    continue;
}

static int
open_bench(void **state)
{
  Bench *bench = g_new0(Bench, 1);
  bench->channel = scripted_channel_new();
  scripted_channel_set_settings(bench->channel, SETTINGS);
  scripted_channel_set_status(bench->channel, COMPTOIR_STATUS_READY, NULL);
  bench->model = shopcaisse_page_model_new(COMPTOIR_CHANNEL(bench->channel));
  shopcaisse_page_model_watch(bench->model, changed_cb, bench);
  settle();
  bench->n_told = 0;
  *state = bench;
  return 0;
}

static int
close_bench(void **state)
{
  Bench *bench = *state;
  if (bench->model != NULL)
    shopcaisse_page_model_close(bench->model);
  shopcaisse_page_model_unref(bench->model);
  scripted_channel_fail_all(bench->channel);
  settle();
  g_assert_finalize_object(bench->channel);
  g_free(bench);
  return 0;
}

static const ShopcaissePageWorkStatus *
get_work(Bench *bench, ShopcaissePageWork work, const char *subject)
{
  return shopcaisse_page_model_get_work(bench->model, work, subject);
}

static void
what_changes_in_one_turn_is_told_once(void **state)
{
  Bench *bench = *state;
  scripted_channel_set_status(bench->channel, COMPTOIR_STATUS_OFFLINE, "No network.");
  scripted_channel_set_setting(bench->channel, "minutes", "uint32 3");
  settle();
  assert_in_range(bench->n_told, 1, 2); /* the doctor's answer comes a turn later */
}

static void
last_error_is_given_as_it_came(void **state)
{
  Bench *bench = *state;
  scripted_channel_set_status(bench->channel, COMPTOIR_STATUS_BLOCKED, "<b>Revoked.</b>");
  g_autofree char *text = shopcaisse_page_model_dup_last_error(bench->model);
  assert_string_equal(text, "<b>Revoked.</b>");
}

static void
change_is_saved_at_once(void **state)
{
  Bench *bench = *state;
  shopcaisse_page_model_change(bench->model, "minutes", "5");
  assert_string_equal(scripted_channel_get_asked(bench->channel),
                      "CHANGE_SETTINGS {'minutes': <uint32 5>}");
}

static void
many_changes_make_two_savings_and_the_last_wins(void **state)
{
  Bench *bench = *state;
  shopcaisse_page_model_change(bench->model, "minutes", "5");
  shopcaisse_page_model_change(bench->model, "minutes", "6");
  shopcaisse_page_model_change(bench->model, "minutes", "7");
  scripted_channel_answer(bench->channel, "{}");
  settle();
  assert_string_equal(scripted_channel_get_asked(bench->channel),
                      "CHANGE_SETTINGS {'minutes': <uint32 7>}");
  assert_int_equal(scripted_channel_count_asked(bench->channel, COMPTOIR_OPERATION_CHANGE_SETTINGS),
                   2);
}

static void
work_runs_once_at_a_time(void **state)
{
  Bench *bench = *state;
  assert_true(shopcaisse_page_model_send(bench->model, "S1"));
  assert_false(shopcaisse_page_model_send(bench->model, "S1"));
  assert_int_equal(scripted_channel_count_asked(bench->channel, COMPTOIR_OPERATION_RUN), 1);
}

static void
two_sales_are_sent_side_by_side(void **state)
{
  Bench *bench = *state;
  assert_true(shopcaisse_page_model_send(bench->model, "S1"));
  assert_true(shopcaisse_page_model_send(bench->model, "S2"));
}

static void
done_work_says_so(void **state)
{
  Bench *bench = *state;
  shopcaisse_page_model_run(bench->model, "test-connection");
  assert_int_equal(get_work(bench, SHOPCAISSE_PAGE_WORK_TASK, "test-connection")->state,
                   SHOPCAISSE_PAGE_RUNNING);
  scripted_channel_answer(bench->channel, "{}");
  settle();
  const ShopcaissePageWorkStatus *status =
      get_work(bench, SHOPCAISSE_PAGE_WORK_TASK, "test-connection");
  assert_int_equal(status->state, SHOPCAISSE_PAGE_DONE);
  assert_string_equal(status->text, "The connection works.");
}

static void
failed_work_says_why_and_with_which_code(void **state)
{
  Bench *bench = *state;
  shopcaisse_page_model_set_token(bench->model, "a.b.c");
  scripted_channel_fail(bench->channel, g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
                                                            "It is of another company."));
  settle();
  const ShopcaissePageWorkStatus *status = get_work(bench, SHOPCAISSE_PAGE_WORK_TOKEN, NULL);
  assert_int_equal(status->state, SHOPCAISSE_PAGE_FAILED);
  assert_int_equal(status->code, COMPTOIR_ERROR_CONFLICT);
  assert_string_equal(status->text, "It is of another company.");
}

static void
cut_token_is_not_sent(void **state)
{
  Bench *bench = *state;
  assert_false(shopcaisse_page_model_set_token(bench->model, "a.b"));
  assert_int_equal(scripted_channel_count_asked(bench->channel, COMPTOIR_OPERATION_SET_TOKEN), 0);
  assert_int_equal(get_work(bench, SHOPCAISSE_PAGE_WORK_TOKEN, NULL)->state,
                   SHOPCAISSE_PAGE_FAILED);
}

static void
number_of_stores_is_said_in_the_right_number(void **state)
{
  Bench *bench = *state;
  shopcaisse_page_model_set_token(bench->model, "a.b.c");
  scripted_channel_answer(bench->channel, "{'stores': <uint32 60>}");
  settle();
  assert_string_equal(get_work(bench, SHOPCAISSE_PAGE_WORK_TOKEN, NULL)->text,
                      "The token works: it opens 60 stores.");
}

static void
closed_channel_is_not_asked(void **state)
{
  Bench *bench = *state;
  scripted_channel_set_status(bench->channel, COMPTOIR_STATUS_CLOSED, NULL);
  assert_false(shopcaisse_page_model_run(bench->model, "discover"));
  assert_int_equal(scripted_channel_count_waiting(bench->channel), 0);
  assert_int_equal(get_work(bench, SHOPCAISSE_PAGE_WORK_TASK, "discover")->state,
                   SHOPCAISSE_PAGE_FAILED);
}

static void
channel_that_opens_again_has_its_lists_asked_anew(void **state)
{
  Bench *bench = *state;
  scripted_channel_set_status(bench->channel, COMPTOIR_STATUS_CLOSED, NULL);
  settle();
  scripted_channel_set_status(bench->channel, COMPTOIR_STATUS_READY, NULL);
  settle();
  assert_true((bench->topics & SHOPCAISSE_PAGE_TOPIC_FINDINGS) != 0 || bench->n_told > 1);
}

static void
closing_in_the_middle_of_an_operation_tells_nobody(void **state)
{
  Bench *bench = *state;
  shopcaisse_page_model_run(bench->model, "discover");
  settle();
  bench->n_told = 0;
  shopcaisse_page_model_close(bench->model);
  scripted_channel_answer(bench->channel, "{}");
  settle();
  assert_int_equal(bench->n_told, 0);
}

static void
model_that_goes_away_in_the_middle_lets_the_answer_come(void **state)
{
  Bench *bench = *state;
  shopcaisse_page_model_run(bench->model, "discover");
  shopcaisse_page_model_close(bench->model);
  g_clear_pointer(&bench->model, shopcaisse_page_model_unref);
  scripted_channel_answer(bench->channel, "{}");
  settle();
  assert_int_equal(scripted_channel_count_waiting(bench->channel), 0);
}

static void
findings_decide_whether_the_unit_of_money_is_known(void **state)
{
  Bench *bench = *state;
  ShopcaissePageSetup setup;
  shopcaisse_page_model_get_setup(bench->model, &setup);
  assert_true(setup.is_calibrated);
  scripted_channel_set_findings(bench->channel,
                                "[{'id': <'calibration'>, 'level': <'error'>, 'title': <'x'>}]");
  scripted_channel_set_setting(bench->channel, "minutes", "uint32 9");
  settle();
  shopcaisse_page_model_get_setup(bench->model, &setup);
  assert_false(setup.is_calibrated);
}

static void
unit_of_money_is_not_known_before_the_till_of_record_is(void **state)
{
  Bench *bench = *state;
  ShopcaissePageSetup setup;
  scripted_channel_set_findings(bench->channel,
                                "[{'id': <'till-of-record'>, 'level': <'error'>, 'title': <'x'>}]");
  scripted_channel_set_setting(bench->channel, "minutes", "uint32 9");
  settle();
  shopcaisse_page_model_get_setup(bench->model, &setup);
  assert_false(setup.is_calibrated);
}

static void
checklist_counts_what_nobody_confirmed(void **state)
{
  Bench *bench = *state;
  ShopcaissePageSetup setup;
  scripted_channel_set_list(bench->channel, "checklist",
                            "[{'id': <'a'>, 'state': <'ok'>}, {'id': <'b'>, 'state': <'unknown'>},"
                            " {'id': <'c'>, 'state': <'error'>}]");
  shopcaisse_page_model_get_setup(bench->model, &setup);
  assert_int_equal(setup.n_unconfirmed, 2);
}

static void
list_says_loading_failed_and_empty_in_words(void **state)
{
  Bench *bench = *state;
  g_autoptr(GListModel) list = shopcaisse_page_model_list(bench->model, "journal", NULL);
  g_autofree char *empty = shopcaisse_page_list_dup_text(list, "Nothing.");
  scripted_channel_set_loading(bench->channel, "journal");
  g_autofree char *loading = shopcaisse_page_list_dup_text(list, "Nothing.");
  g_autoptr(GError) error = g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, "Full.");
  scripted_channel_fail_list(bench->channel, "journal", error);
  g_autofree char *failed = shopcaisse_page_list_dup_text(list, "Nothing.");
  assert_string_equal(empty, "Nothing.");
  assert_string_equal(loading, "Loading…");
  assert_non_null(strstr(failed, "Full."));
}

static void
counts_are_those_of_the_channel(void **state)
{
  Bench *bench = *state;
  scripted_channel_set_counts(bench->channel, "items", "{'linked': 7, 'unlinked': 3}");
  g_autoptr(GListModel) list = shopcaisse_page_model_list(bench->model, "items", NULL);
  assert_int_equal(shopcaisse_page_list_get_count(list, "linked"), 7);
  assert_int_equal(shopcaisse_page_list_get_count(list, "ambiguous"), 0);
  assert_int_equal(shopcaisse_page_list_sum_counts(list), 10);
}

#define BENCH(name) cmocka_unit_test_setup_teardown(name, open_bench, close_bench)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    BENCH(what_changes_in_one_turn_is_told_once),
    BENCH(last_error_is_given_as_it_came),
    BENCH(change_is_saved_at_once),
    BENCH(many_changes_make_two_savings_and_the_last_wins),
    BENCH(work_runs_once_at_a_time),
    BENCH(two_sales_are_sent_side_by_side),
    BENCH(done_work_says_so),
    BENCH(failed_work_says_why_and_with_which_code),
    BENCH(cut_token_is_not_sent),
    BENCH(number_of_stores_is_said_in_the_right_number),
    BENCH(closed_channel_is_not_asked),
    BENCH(channel_that_opens_again_has_its_lists_asked_anew),
    BENCH(closing_in_the_middle_of_an_operation_tells_nobody),
    BENCH(model_that_goes_away_in_the_middle_lets_the_answer_come),
    BENCH(findings_decide_whether_the_unit_of_money_is_known),
    BENCH(unit_of_money_is_not_known_before_the_till_of_record_is),
    BENCH(checklist_counts_what_nobody_confirmed),
    BENCH(list_says_loading_failed_and_empty_in_words),
    BENCH(counts_are_those_of_the_channel),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
