/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each typed function packs its arguments into what `perform` gets. */
#include "test-contract-fake-channel.h"

typedef void (*AskText)(ComptoirChannel *self,
                        const char *text,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
typedef void (*AskVariant)(ComptoirChannel *self,
                           GVariant *argument,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
typedef GVariant *(*Finish)(ComptoirChannel *self, GAsyncResult *result, GError **error);

typedef struct {
  ComptoirOperation operation;
  AskText ask;
  Finish finish;
  const char *packed;
} TextCase;

typedef struct {
  ComptoirOperation operation;
  AskVariant ask;
  Finish finish;
  const char *given;
  const char *packed;
} VariantCase;

static const TextCase text_cases[] = {
  { COMPTOIR_OPERATION_CANCEL_SALE, comptoir_channel_cancel_sale_async,
    comptoir_channel_cancel_sale_finish, "{'id': <'x'>}" },
  { COMPTOIR_OPERATION_APPLY_PLAN, comptoir_channel_apply_plan_async,
    comptoir_channel_apply_plan_finish, "{'plan': <'x'>}" },
  { COMPTOIR_OPERATION_UNDO, comptoir_channel_undo_async, comptoir_channel_undo_finish,
    "{'plan': <'x'>}" },
  { COMPTOIR_OPERATION_CLOSE_DAY, comptoir_channel_close_day_async,
    comptoir_channel_close_day_finish, "{'day': <'x'>}" },
  { COMPTOIR_OPERATION_SET_TOKEN, comptoir_channel_set_token_async,
    comptoir_channel_set_token_finish, "{'token': <'x'>}" },
};

static const VariantCase variant_cases[] = {
  { COMPTOIR_OPERATION_SUBMIT_SALE, comptoir_channel_submit_sale_async,
    comptoir_channel_submit_sale_finish, "{'id': <'1'>}", "{'id': <'1'>}" },
  { COMPTOIR_OPERATION_PLAN, comptoir_channel_plan_async, comptoir_channel_plan_finish,
    "{'store': <'1'>}", "{'store': <'1'>}" },
  { COMPTOIR_OPERATION_SUGGEST, comptoir_channel_suggest_async, comptoir_channel_suggest_finish,
    "{'search': <'tarte'>}", "{'search': <'tarte'>}" },
  { COMPTOIR_OPERATION_LINK, comptoir_channel_link_async, comptoir_channel_link_finish,
    "[{'id': <'1'>}]", "{'rows': <[{'id': <'1'>}]>}" },
  { COMPTOIR_OPERATION_UNLINK, comptoir_channel_unlink_async, comptoir_channel_unlink_finish,
    "[{'id': <'1'>}]", "{'rows': <[{'id': <'1'>}]>}" },
  { COMPTOIR_OPERATION_CHANGE_SETTINGS, comptoir_channel_change_settings_async,
    comptoir_channel_change_settings_finish, "{'transport': <'auto'>}", "{'transport': <'auto'>}" },
};

static void
assert_performed(FakeChannel *channel,
                 Outcome *outcome,
                 Finish finish,
                 ComptoirOperation operation,
                 const char *packed)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = finish(COMPTOIR_CHANNEL(channel), outcome->result, &error);
  assert_null(error);
  assert_non_null(answer);
  assert_int_equal(channel->operation, operation);
  assert_string_equal(channel->argument, packed);
}

static void
assert_invalid(FakeChannel *channel, Outcome *outcome, Finish finish)
{
  g_autoptr(GError) error = NULL;
  assert_null(finish(COMPTOIR_CHANNEL(channel), outcome->result, &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  assert_null(channel->argument);
}

static void
texts_are_packed_under_their_key(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(text_cases); i++) {
    const TextCase *row = &text_cases[i];
    g_auto(Outcome) outcome = { 0 };
    g_autoptr(FakeChannel) channel = new_channel();
    row->ask(COMPTOIR_CHANNEL(channel), "x", NULL, keep_cb, &outcome);
    assert_int_equal(outcome.n_calls, 0);
    run_until(*state, &outcome.n_calls);
    assert_performed(channel, &outcome, row->finish, row->operation, row->packed);
  }
}

static void
texts_that_are_not_utf8_are_invalid(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(text_cases); i++) {
    g_auto(Outcome) outcome = { 0 };
    g_autoptr(FakeChannel) channel = new_channel();
    text_cases[i].ask(COMPTOIR_CHANNEL(channel), "caf\xe9", NULL, keep_cb, &outcome);
    assert_int_equal(outcome.n_calls, 0);
    run_until(*state, &outcome.n_calls);
    assert_invalid(channel, &outcome, text_cases[i].finish);
  }
}

static void
missing_texts_are_invalid_except_the_day(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(text_cases); i++) {
    const TextCase *row = &text_cases[i];
    g_auto(Outcome) outcome = { 0 };
    g_autoptr(FakeChannel) channel = new_channel();
    row->ask(COMPTOIR_CHANNEL(channel), NULL, NULL, keep_cb, &outcome);
    run_until(*state, &outcome.n_calls);
    if (row->operation == COMPTOIR_OPERATION_CLOSE_DAY)
      assert_performed(channel, &outcome, row->finish, row->operation, "{}");
    else
      assert_invalid(channel, &outcome, row->finish);
  }
}

static void
rows_and_dictionaries_are_passed(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(variant_cases); i++) {
    const VariantCase *row = &variant_cases[i];
    g_auto(Outcome) outcome = { 0 };
    g_autoptr(FakeChannel) channel = new_channel();
    row->ask(COMPTOIR_CHANNEL(channel), g_variant_new_parsed(row->given), NULL, keep_cb, &outcome);
    run_until(*state, &outcome.n_calls);
    assert_performed(channel, &outcome, row->finish, row->operation, row->packed);
  }
}

static void
variants_of_the_wrong_type_are_invalid(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(variant_cases); i++) {
    g_auto(Outcome) outcome = { 0 };
    g_autoptr(FakeChannel) channel = new_channel();
    variant_cases[i].ask(COMPTOIR_CHANNEL(channel), g_variant_new("(s)", "x"), NULL, keep_cb,
                         &outcome);
    assert_int_equal(outcome.n_calls, 0);
    run_until(*state, &outcome.n_calls);
    assert_invalid(channel, &outcome, variant_cases[i].finish);
  }
}

static void
missing_variants_are_invalid_except_options(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(variant_cases); i++) {
    const VariantCase *row = &variant_cases[i];
    g_auto(Outcome) outcome = { 0 };
    g_autoptr(FakeChannel) channel = new_channel();
    row->ask(COMPTOIR_CHANNEL(channel), NULL, NULL, keep_cb, &outcome);
    run_until(*state, &outcome.n_calls);
    if (row->operation == COMPTOIR_OPERATION_PLAN || row->operation == COMPTOIR_OPERATION_SUGGEST)
      assert_performed(channel, &outcome, row->finish, row->operation, "{}");
    else
      assert_invalid(channel, &outcome, row->finish);
  }
}

static void
diagnose_has_an_empty_argument(void **state)
{
  g_auto(Outcome) outcome = { 0 };
  g_autoptr(FakeChannel) channel = new_channel();

  comptoir_channel_diagnose_async(COMPTOIR_CHANNEL(channel), NULL, keep_cb, &outcome);

  run_until(*state, &outcome.n_calls);
  assert_performed(channel, &outcome, comptoir_channel_diagnose_finish, COMPTOIR_OPERATION_DIAGNOSE,
                   "{}");
}

static void
export_packs_kind_and_format(void **state)
{
  g_auto(Outcome) outcome = { 0 };
  g_autoptr(FakeChannel) channel = new_channel();

  comptoir_channel_export_async(COMPTOIR_CHANNEL(channel), "journal", "csv", NULL, keep_cb,
                                &outcome);

  run_until(*state, &outcome.n_calls);
  assert_performed(channel, &outcome, comptoir_channel_export_finish, COMPTOIR_OPERATION_EXPORT,
                   "{'kind': <'journal'>, 'format': <'csv'>}");
}

static void
export_without_a_format_is_invalid(void **state)
{
  g_auto(Outcome) outcome = { 0 };
  g_autoptr(FakeChannel) channel = new_channel();

  comptoir_channel_export_async(COMPTOIR_CHANNEL(channel), "journal", NULL, NULL, keep_cb,
                                &outcome);

  run_until(*state, &outcome.n_calls);
  assert_invalid(channel, &outcome, comptoir_channel_export_finish);
}

static void
disconnect_names_its_policy(void **state)
{
  static const char *const packed[] = { "{'policy': <'keep-queue'>}",
                                        "{'policy': <'park-queue'>}" };
  for (gsize i = 0; i < G_N_ELEMENTS(packed); i++) {
    g_auto(Outcome) outcome = { 0 };
    g_autoptr(FakeChannel) channel = new_channel();
    comptoir_channel_disconnect_async(COMPTOIR_CHANNEL(channel), (ComptoirDisconnectPolicy)i, NULL,
                                      keep_cb, &outcome);
    run_until(*state, &outcome.n_calls);
    assert_performed(channel, &outcome, comptoir_channel_disconnect_finish,
                     COMPTOIR_OPERATION_DISCONNECT, packed[i]);
  }
}

static void
disconnect_with_an_unknown_policy_is_invalid(void **state)
{
  g_auto(Outcome) outcome = { 0 };
  g_autoptr(FakeChannel) channel = new_channel();

  comptoir_channel_disconnect_async(COMPTOIR_CHANNEL(channel), (ComptoirDisconnectPolicy)7, NULL,
                                    keep_cb, &outcome);

  run_until(*state, &outcome.n_calls);
  assert_invalid(channel, &outcome, comptoir_channel_disconnect_finish);
}

static void
run_adds_the_task_to_its_options(void **state)
{
  g_auto(Outcome) outcome = { 0 };
  g_autoptr(FakeChannel) channel = new_channel();

  comptoir_channel_run_async(COMPTOIR_CHANNEL(channel), "sync-stock",
                             g_variant_new_parsed("{'task': <'overwritten'>}"), NULL, keep_cb,
                             &outcome);

  run_until(*state, &outcome.n_calls);
  assert_performed(channel, &outcome, comptoir_channel_run_finish, COMPTOIR_OPERATION_RUN,
                   "{'task': <'sync-stock'>}");
}

static void
run_needs_no_options(void **state)
{
  g_auto(Outcome) outcome = { 0 };
  g_autoptr(FakeChannel) channel = new_channel();

  comptoir_channel_run_async(COMPTOIR_CHANNEL(channel), "sync-stock", NULL, NULL, keep_cb,
                             &outcome);

  run_until(*state, &outcome.n_calls);
  assert_performed(channel, &outcome, comptoir_channel_run_finish, COMPTOIR_OPERATION_RUN,
                   "{'task': <'sync-stock'>}");
}

static void
run_with_options_of_the_wrong_type_is_invalid(void **state)
{
  g_auto(Outcome) outcome = { 0 };
  g_autoptr(FakeChannel) channel = new_channel();

  comptoir_channel_run_async(COMPTOIR_CHANNEL(channel), "sync-stock", g_variant_new_string("x"),
                             NULL, keep_cb, &outcome);

  run_until(*state, &outcome.n_calls);
  assert_invalid(channel, &outcome, comptoir_channel_run_finish);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_loop, tear_down_loop)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(texts_are_packed_under_their_key),
    TEST(texts_that_are_not_utf8_are_invalid),
    TEST(missing_texts_are_invalid_except_the_day),
    TEST(rows_and_dictionaries_are_passed),
    TEST(variants_of_the_wrong_type_are_invalid),
    TEST(missing_variants_are_invalid_except_options),
    TEST(diagnose_has_an_empty_argument),
    TEST(export_packs_kind_and_format),
    TEST(export_without_a_format_is_invalid),
    TEST(disconnect_names_its_policy),
    TEST(disconnect_with_an_unknown_policy_is_invalid),
    TEST(run_adds_the_task_to_its_options),
    TEST(run_needs_no_options),
    TEST(run_with_options_of_the_wrong_type_is_invalid),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
