/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a host is asked reaches the right function, and an absent function answers by itself. */
#include "test-contract-fake-host.h"

#define LONG_MS 60000

typedef void (*Ask)(ComptoirHost *self, GVariant *argument, ComptoirRequest *request);

static void
ask_for_secret(ComptoirHost *self, GVariant *argument, ComptoirRequest *request)
{
  g_variant_unref(g_variant_ref_sink(argument));
  comptoir_host_lookup_secret(self, "token", request);
}

static void
ask_to_keep_secret(ComptoirHost *self, GVariant *argument, ComptoirRequest *request)
{
  g_variant_unref(g_variant_ref_sink(argument));
  comptoir_host_store_secret(self, "token", "s3cret", request);
}

static const struct {
  const char *slot;
  Ask ask;
  const char *argument;
  const char *given;
} questions[] = {
  { "list_articles", comptoir_host_list_articles, "{'limit': <uint32 9>}",
    "{'limit': <uint32 9>}" },
  { "list_sales", comptoir_host_list_sales, "{'since': <'x'>}", "{'since': <'x'>}" },
  { "apply_articles", comptoir_host_apply_articles, "[{'key': <'k'>}]", "[{'key': <'k'>}]" },
  { "record_sales", comptoir_host_record_sales, "[{'key': <'k'>}]", "[{'key': <'k'>}]" },
  { "list_customers", comptoir_host_list_customers, "{'a': <'b'>}", "{'a': <'b'>}" },
  { "list_payment_methods", comptoir_host_list_payment_methods, "{'a': <1>}", "{'a': <1>}" },
  { "list_taxes", comptoir_host_list_taxes, "{'a': <2>}", "{'a': <2>}" },
  { "list_shipments", comptoir_host_list_shipments, "{'a': <3>}", "{'a': <3>}" },
  { "list_sale_statuses", comptoir_host_list_sale_statuses, "{'a': <6>}", "{'a': <6>}" },
  { "lookup_secret", ask_for_secret, "{'a': <4>}", "'token'" },
  { "store_secret", ask_to_keep_secret, "{'a': <5>}", "('token', 's3cret')" },
};

typedef struct {
  guint n_calls;
  GError *error; /* (owned) (nullable) */
} Heard;

static void
heard_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  Heard *heard = user_data;
  heard->n_calls++;
  g_clear_error(&heard->error);
  heard->error = error != NULL ? g_error_copy(error) : NULL;
}

static void
clear_heard(Heard *heard)
{
  g_clear_error(&heard->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Heard, clear_heard)

static void
ask_and_wait(TestLoop *loop, ComptoirHost *host, Ask ask, GVariant *argument, Heard *heard)
{
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, heard);
  ask(host, argument, request);
  run_until(loop, &heard->n_calls);
}

static void
each_question_reaches_its_own_function(void **state)
{
  g_autoptr(FullHost) host = g_object_new(full_host_get_type(), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(questions); i++) {
    g_auto(Heard) heard = { 0 };
    ask_and_wait(*state, COMPTOIR_HOST(host), questions[i].ask,
                 g_variant_new_parsed(questions[i].argument), &heard);
    assert_null(heard.error);
    assert_string_equal(host->called, questions[i].slot);
    assert_string_equal(host->given, questions[i].given);
  }
}

static void
absent_function_fails_its_request_as_not_supported(void **state)
{
  g_autoptr(BareHost) host = g_object_new(bare_host_get_type(), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(questions); i++) {
    g_auto(Heard) heard = { 0 };
    ask_and_wait(*state, COMPTOIR_HOST(host), questions[i].ask,
                 g_variant_new_parsed(questions[i].argument), &heard);
    assert_true(g_error_matches(heard.error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED));
    g_autofree char *message = g_strdup_printf("this host has not got %s", questions[i].slot);
    assert_string_equal(heard.error->message, message);
  }
}

static void
question_of_the_wrong_type_fails_and_never_reaches_the_host(void **state)
{
  g_autoptr(FullHost) host = g_object_new(full_host_get_type(), NULL);
  for (gsize i = 0; i < 8; i++) {
    g_auto(Heard) heard = { 0 };
    ask_and_wait(*state, COMPTOIR_HOST(host), questions[i].ask, g_variant_new_string("x"), &heard);
    assert_true(g_error_matches(heard.error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  }
  assert_null(host->called);
}

static void
no_query_arrives_as_an_empty_one(void **state)
{
  g_autoptr(FullHost) host = g_object_new(full_host_get_type(), NULL);
  g_auto(Heard) heard = { 0 };

  ask_and_wait(*state, COMPTOIR_HOST(host), comptoir_host_list_articles, NULL, &heard);

  assert_null(heard.error);
  assert_string_equal(host->given, "{}");
}

static void
no_changes_are_invalid(void **state)
{
  g_autoptr(FullHost) host = g_object_new(full_host_get_type(), NULL);
  g_auto(Heard) heard = { 0 };

  ask_and_wait(*state, COMPTOIR_HOST(host), comptoir_host_apply_articles, NULL, &heard);

  assert_true(g_error_matches(heard.error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  assert_null(host->called);
}

static void
features_are_what_the_table_holds(void **state)
{
  g_autoptr(BareHost) bare = g_object_new(bare_host_get_type(), NULL);
  g_autoptr(FullHost) full = g_object_new(full_host_get_type(), NULL);

  assert_int_equal(comptoir_host_get_features(COMPTOIR_HOST(bare)), 0);
  assert_int_equal(comptoir_host_get_features(COMPTOIR_HOST(full)), (1 << 10) - 1);
}

static void
secrets_need_both_functions(void **state)
{
  g_autoptr(HalfHost) host = g_object_new(half_host_get_type(), NULL);

  assert_int_equal(comptoir_host_get_features(COMPTOIR_HOST(host)), 0);
}

static void
texts_come_from_the_host(void **state)
{
  g_autoptr(FullHost) full = g_object_new(full_host_get_type(), NULL);
  ComptoirHost *host = COMPTOIR_HOST(full);
  g_autofree char *name = comptoir_host_dup_name(host);
  g_autofree char *instance_id = comptoir_host_dup_instance_id(host);
  g_autofree char *location = comptoir_host_dup_location(host);
  g_autofree char *state_dir = comptoir_host_dup_state_dir(host);
  g_autofree char *locale = comptoir_host_dup_document_locale(host);

  assert_string_equal(name, "text");
  assert_string_equal(instance_id, "text");
  assert_string_equal(location, "text");
  assert_string_equal(state_dir, "text");
  assert_string_equal(locale, "text");
}

static void
assert_says_nothing(ComptoirHost *host)
{
  g_autofree char *name = comptoir_host_dup_name(host);
  assert_string_equal(name, G_OBJECT_TYPE_NAME(host));
  assert_null(comptoir_host_dup_instance_id(host));
  assert_null(comptoir_host_dup_location(host));
  assert_null(comptoir_host_dup_state_dir(host));
  assert_null(comptoir_host_dup_document_locale(host));
}

static void
empty_and_missing_texts_mean_that_the_host_does_not_say(void **state)
{
  g_autoptr(FullHost) full = g_object_new(full_host_get_type(), NULL);
  g_autoptr(HalfHost) half = g_object_new(half_host_get_type(), NULL);

  assert_says_nothing(COMPTOIR_HOST(half));
  assert_int_equal(comptoir_host_get_api_version(COMPTOIR_HOST(half)), 0);
  full->text = "";
  assert_says_nothing(COMPTOIR_HOST(full));
  full->text = NULL;
  assert_says_nothing(COMPTOIR_HOST(full));
}

static void
text_that_is_not_utf8_is_not_passed_on(void **state)
{
  g_autoptr(FullHost) host = g_object_new(full_host_get_type(), NULL);
  host->text = "caf\xe9";

  assert_null(comptoir_host_dup_instance_id(COMPTOIR_HOST(host)));
}

static void
progress_and_notices_reach_the_host(void **state)
{
  g_autoptr(FullHost) host = g_object_new(full_host_get_type(), NULL);

  comptoir_host_sale_progressed(COMPTOIR_HOST(host), g_variant_new_parsed("{'id': <'1'>}"));
  assert_string_equal(host->called, "sale_progressed");
  assert_string_equal(host->given, "{'id': <'1'>}");

  comptoir_host_show_notice(COMPTOIR_HOST(host), g_variant_new_parsed("{'id': <'n'>}"));
  assert_string_equal(host->called, "show_notice");
  assert_string_equal(host->given, "{'id': <'n'>}");
}

static void
host_without_progress_and_notices_is_told_nothing(void **state)
{
  g_autoptr(BareHost) host = g_object_new(bare_host_get_type(), NULL);

  comptoir_host_sale_progressed(COMPTOIR_HOST(host), g_variant_new_parsed("{'id': <'1'>}"));
  comptoir_host_show_notice(COMPTOIR_HOST(host), g_variant_new_parsed("{'id': <'n'>}"));
}

static void
count_cb(ComptoirHost *host, gpointer n_calls)
{
  (*(guint *)n_calls)++;
}

static void
signals_reach_who_listens(void **state)
{
  guint n_articles = 0;
  guint n_sales = 0;
  guint n_closing = 0;
  g_autoptr(BareHost) host = g_object_new(bare_host_get_type(), NULL);
  g_signal_connect(host, "articles-changed", G_CALLBACK(count_cb), &n_articles);
  g_signal_connect(host, "sales-changed", G_CALLBACK(count_cb), &n_sales);
  g_signal_connect(host, "closing", G_CALLBACK(count_cb), &n_closing);

  comptoir_host_emit_articles_changed(COMPTOIR_HOST(host));
  assert_int_equal(n_articles, 1);
  comptoir_host_emit_sales_changed(COMPTOIR_HOST(host));
  assert_int_equal(n_sales, 1);
  comptoir_host_emit_closing(COMPTOIR_HOST(host));
  assert_int_equal(n_closing, 1);
  assert_int_equal(n_articles + n_sales, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_loop, tear_down_loop)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(each_question_reaches_its_own_function),
    TEST(absent_function_fails_its_request_as_not_supported),
    TEST(question_of_the_wrong_type_fails_and_never_reaches_the_host),
    TEST(no_query_arrives_as_an_empty_one),
    TEST(no_changes_are_invalid),
    TEST(features_are_what_the_table_holds),
    TEST(secrets_need_both_functions),
    TEST(texts_come_from_the_host),
    TEST(empty_and_missing_texts_mean_that_the_host_does_not_say),
    TEST(text_that_is_not_utf8_is_not_passed_on),
    TEST(progress_and_notices_reach_the_host),
    TEST(host_without_progress_and_notices_is_told_nothing),
    TEST(signals_reach_who_listens),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
