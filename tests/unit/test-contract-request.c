/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A request gets one answer, in the context where it was made, whatever the host does. */
#include "test-contract-loop.h"

#include <comptoir/comptoir.h>

#define LONG_MS  60000
#define SHORT_MS 1

typedef struct {
  guint n_calls;
  GVariant *answer; /* (owned) (nullable) */
  GError *error;    /* (owned) (nullable) */
  GThread *thread;  /* where it was called */
} Heard;

static void
heard_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  Heard *heard = user_data;
  heard->n_calls++;
  g_clear_pointer(&heard->answer, g_variant_unref);
  g_clear_error(&heard->error);
  heard->answer = answer != NULL ? g_variant_ref(answer) : NULL;
  heard->error = error != NULL ? g_error_copy(error) : NULL;
  heard->thread = g_thread_self();
}

static void
clear_heard(Heard *heard)
{
  g_clear_pointer(&heard->answer, g_variant_unref);
  g_clear_error(&heard->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Heard, clear_heard)

static GVariant *
new_answer(void)
{
  return g_variant_new_parsed("{'secret': <'x'>}");
}

static gboolean
is_failure(const Heard *heard, ComptoirError code, const char *message)
{
  return heard->n_calls == 1 && heard->answer == NULL &&
         g_error_matches(heard->error, COMPTOIR_ERROR, (gint)code) &&
         g_strcmp0(heard->error->message, message) == 0;
}

static void
answer_comes_after_the_call_not_inside_it(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);

  comptoir_request_answer(request, new_answer());

  assert_int_equal(heard.n_calls, 0);
  run_until(*state, &heard.n_calls);
  assert_null(heard.error);
  const char *secret = NULL;
  assert_true(g_variant_lookup(heard.answer, "secret", "&s", &secret));
  assert_string_equal(secret, "x");
}

static void
request_tells_whether_it_is_answered(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);
  assert_false(comptoir_request_is_answered(request));

  comptoir_request_answer(request, new_answer());

  assert_true(comptoir_request_is_answered(request));
  run_until(*state, &heard.n_calls);
}

static void
second_answer_is_ignored(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);

  comptoir_request_answer(request, new_answer());
  comptoir_request_answer(request, g_variant_new("a{sv}", NULL));
  comptoir_request_fail(request, COMPTOIR_ERROR_BUSY, "late");

  run_until(*state, &heard.n_calls);
  run_ready(*state);
  assert_int_equal(heard.n_calls, 1);
  assert_int_equal(g_variant_n_children(heard.answer), 1);
}

static void
answer_after_delivery_is_ignored(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);
  comptoir_request_fail(request, COMPTOIR_ERROR_REJECTED, "no");
  run_until(*state, &heard.n_calls);

  comptoir_request_answer(request, new_answer());

  run_ready(*state);
  assert_true(is_failure(&heard, COMPTOIR_ERROR_REJECTED, "no"));
}

static void
each_answer_is_counted_the_ignored_ones_too(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);
  assert_int_equal(comptoir_request_get_n_answers(request), 0);

  comptoir_request_answer(request, new_answer());
  comptoir_request_answer(request, new_answer());
  run_until(*state, &heard.n_calls);
  comptoir_request_fail(request, COMPTOIR_ERROR_BUSY, "late");

  assert_int_equal(comptoir_request_get_n_answers(request), 3);
}

static void
deadline_is_no_answer_of_the_host(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(SHORT_MS, heard_cb, &heard);

  run_until(*state, &heard.n_calls);

  assert_int_equal(comptoir_request_get_n_answers(request), 0);
}

static void
failure_carries_code_and_message(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);

  comptoir_request_fail(request, COMPTOIR_ERROR_CONFLICT, "the article is gone");

  assert_int_equal(heard.n_calls, 0);
  run_until(*state, &heard.n_calls);
  assert_true(is_failure(&heard, COMPTOIR_ERROR_CONFLICT, "the article is gone"));
}

static void
failure_with_a_code_of_the_future_arrives_as_protocol(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);

  comptoir_request_fail(request, (ComptoirError)4711, "new");

  run_until(*state, &heard.n_calls);
  assert_true(is_failure(&heard, COMPTOIR_ERROR_PROTOCOL, "new"));
}

static void
failure_without_a_message_gets_one(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);

  comptoir_request_fail(request, COMPTOIR_ERROR_BUSY, NULL);

  run_until(*state, &heard.n_calls);
  assert_true(is_failure(&heard, COMPTOIR_ERROR_BUSY, "the host gave no reason"));
}

static void
failure_message_that_is_not_utf8_is_made_valid(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);

  comptoir_request_fail(request, COMPTOIR_ERROR_BUSY, "occup\xe9");

  run_until(*state, &heard.n_calls);
  assert_true(is_failure(&heard, COMPTOIR_ERROR_BUSY, "occup\xef\xbf\xbd"));
}

static void
answer_that_is_no_dictionary_arrives_as_protocol(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);

  comptoir_request_answer(request, g_variant_new_strv(NULL, 0));

  run_until(*state, &heard.n_calls);
  assert_true(is_failure(&heard, COMPTOIR_ERROR_PROTOCOL,
                         "the host answered with type \"as\" where \"a{sv}\" is expected"));
}

static void
answer_that_is_nothing_arrives_as_protocol(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);

  comptoir_request_answer(request, NULL);

  run_until(*state, &heard.n_calls);
  assert_true(is_failure(&heard, COMPTOIR_ERROR_PROTOCOL,
                         "the host answered with type \"none\" where \"a{sv}\" is expected"));
}

static void
malformed_answer_arrives_in_normal_form(void **state)
{
  static const guint8 garbage[] = { 'k', 'e', 'y', 0xff, 0x00, 0x07, 0x40, 0x09 };
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);

  comptoir_request_answer(request, g_variant_new_from_data(G_VARIANT_TYPE_VARDICT, garbage,
                                                           sizeof(garbage), FALSE, NULL, NULL));

  run_until(*state, &heard.n_calls);
  assert_non_null(heard.answer);
  assert_true(g_variant_is_normal_form(heard.answer));
}

static void
silent_host_is_answered_for_at_the_deadline(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(SHORT_MS, heard_cb, &heard);

  run_until(*state, &heard.n_calls);

  assert_true(
      is_failure(&heard, COMPTOIR_ERROR_UNREACHABLE, "the host did not answer within 1 ms"));
  assert_true(comptoir_request_is_answered(request));
}

static void
answer_after_the_deadline_is_ignored(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(SHORT_MS, heard_cb, &heard);
  run_until(*state, &heard.n_calls);

  comptoir_request_answer(request, new_answer());

  run_ready(*state);
  assert_int_equal(heard.n_calls, 1);
  assert_null(heard.answer);
}

static void
dropped_request_is_answered_for(void **state)
{
  g_auto(Heard) heard = { 0 };
  ComptoirRequest *request = comptoir_request_new(LONG_MS, heard_cb, &heard);

  g_object_unref(request);

  assert_int_equal(heard.n_calls, 0);
  run_until(*state, &heard.n_calls);
  assert_true(is_failure(&heard, COMPTOIR_ERROR_UNREACHABLE, "the host dropped the request"));
}

static void
answered_request_may_be_dropped_before_the_answer_is_heard(void **state)
{
  g_auto(Heard) heard = { 0 };
  ComptoirRequest *request = comptoir_request_new(LONG_MS, heard_cb, &heard);

  comptoir_request_answer(request, new_answer());
  g_object_unref(request);

  run_until(*state, &heard.n_calls);
  run_ready(*state);
  assert_int_equal(heard.n_calls, 1);
  assert_non_null(heard.answer);
}

static void
deadline_does_not_keep_a_dropped_request_alive(void **state)
{
  g_auto(Heard) heard = { 0 };
  ComptoirRequest *request = comptoir_request_new(LONG_MS, heard_cb, &heard);
  gpointer alive = request;
  g_object_add_weak_pointer(G_OBJECT(request), &alive);

  g_object_unref(request);

  assert_null(alive);
  run_until(*state, &heard.n_calls);
}

static gpointer
answer_in_thread(gpointer user_data)
{
  comptoir_request_answer(user_data, new_answer());
  return NULL;
}

static gpointer
drop_in_thread(gpointer user_data)
{
  g_object_unref(user_data);
  return NULL;
}

static void
answer_from_another_thread_is_heard_where_the_request_was_made(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);

  g_thread_join(g_thread_new("host", answer_in_thread, request));

  assert_int_equal(heard.n_calls, 0);
  run_until(*state, &heard.n_calls);
  assert_ptr_equal(heard.thread, g_thread_self());
  assert_non_null(heard.answer);
}

static void
answer_from_another_thread_wakes_a_waiting_loop(void **state)
{
  g_auto(Heard) heard = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, heard_cb, &heard);
  GThread *thread = g_thread_new("host", answer_in_thread, request);

  run_until(*state, &heard.n_calls);

  assert_non_null(heard.answer);
  g_thread_join(thread);
}

static void
request_dropped_in_another_thread_is_heard_where_it_was_made(void **state)
{
  g_auto(Heard) heard = { 0 };
  ComptoirRequest *request = comptoir_request_new(LONG_MS, heard_cb, &heard);

  g_thread_join(g_thread_new("host", drop_in_thread, request));

  assert_int_equal(heard.n_calls, 0);
  run_until(*state, &heard.n_calls);
  assert_ptr_equal(heard.thread, g_thread_self());
  assert_true(is_failure(&heard, COMPTOIR_ERROR_UNREACHABLE, "the host dropped the request"));
}

static void
threads_that_answer_at_once_give_one_answer(void **state)
{
  for (guint round = 0; round < 50; round++) {
    g_auto(Heard) heard = { 0 };
    ComptoirRequest *request = comptoir_request_new(SHORT_MS, heard_cb, &heard);
    GThread *threads[4];
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
      threads[i] = g_thread_new("host", answer_in_thread, request);
    run_until(*state, &heard.n_calls);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
      g_thread_join(threads[i]);
    g_object_unref(request);
    run_ready(*state);
    assert_int_equal(heard.n_calls, 1);
  }
}

typedef struct {
  guint n_calls;
  ComptoirRequest *next; /* (owned) (nullable) */
  Heard heard;
} Chain;

static void
ask_again_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  Chain *chain = user_data;
  chain->n_calls++;
  chain->next = comptoir_request_new(LONG_MS, heard_cb, &chain->heard);
  comptoir_request_answer(chain->next, answer);
}

static void
answer_may_be_followed_by_the_next_request(void **state)
{
  Chain chain = { 0 };
  g_autoptr(ComptoirRequest) request = comptoir_request_new(LONG_MS, ask_again_cb, &chain);
  comptoir_request_answer(request, new_answer());

  run_until(*state, &chain.heard.n_calls);

  assert_int_equal(chain.n_calls, 1);
  assert_non_null(chain.heard.answer);
  g_object_unref(chain.next);
  clear_heard(&chain.heard);
}

static void
request_outlives_its_context(void **state)
{
  g_auto(Heard) heard = { 0 };
  GMainContext *context = g_main_context_new();
  g_main_context_push_thread_default(context);
  ComptoirRequest *request = comptoir_request_new(LONG_MS, heard_cb, &heard);
  g_main_context_pop_thread_default(context);
  g_main_context_unref(context);

  comptoir_request_answer(request, new_answer());
  g_object_unref(request);

  run_ready(*state);
  assert_int_equal(heard.n_calls, 0);
}

static void
request_made_by_a_binding_without_an_asker_may_be_answered(void **state)
{
  g_autoptr(ComptoirRequest) request = g_object_new(COMPTOIR_TYPE_REQUEST, NULL);

  comptoir_request_answer(request, new_answer());

  run_ready(*state);
  assert_true(comptoir_request_is_answered(request));
}

static void
only_unreachable_and_busy_are_worth_a_retry(void **state)
{
  for (gint code = COMPTOIR_ERROR_INVALID; code <= COMPTOIR_ERROR_NOT_SUPPORTED; code++) {
    g_autoptr(GError) error = g_error_new_literal(COMPTOIR_ERROR, code, "x");
    gboolean expected = code == COMPTOIR_ERROR_UNREACHABLE || code == COMPTOIR_ERROR_BUSY;
    assert_int_equal(comptoir_error_is_retryable(error), expected);
  }
  g_autoptr(GError) foreign = g_error_new_literal(G_IO_ERROR, COMPTOIR_ERROR_BUSY, "x");
  assert_false(comptoir_error_is_retryable(foreign));
  assert_false(comptoir_error_is_retryable(NULL));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_loop, tear_down_loop)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(answer_comes_after_the_call_not_inside_it),
    TEST(request_tells_whether_it_is_answered),
    TEST(second_answer_is_ignored),
    TEST(answer_after_delivery_is_ignored),
    TEST(each_answer_is_counted_the_ignored_ones_too),
    TEST(deadline_is_no_answer_of_the_host),
    TEST(failure_carries_code_and_message),
    TEST(failure_with_a_code_of_the_future_arrives_as_protocol),
    TEST(failure_without_a_message_gets_one),
    TEST(failure_message_that_is_not_utf8_is_made_valid),
    TEST(answer_that_is_no_dictionary_arrives_as_protocol),
    TEST(answer_that_is_nothing_arrives_as_protocol),
    TEST(malformed_answer_arrives_in_normal_form),
    TEST(silent_host_is_answered_for_at_the_deadline),
    TEST(answer_after_the_deadline_is_ignored),
    TEST(dropped_request_is_answered_for),
    TEST(answered_request_may_be_dropped_before_the_answer_is_heard),
    TEST(deadline_does_not_keep_a_dropped_request_alive),
    TEST(answer_from_another_thread_is_heard_where_the_request_was_made),
    TEST(answer_from_another_thread_wakes_a_waiting_loop),
    TEST(request_dropped_in_another_thread_is_heard_where_it_was_made),
    TEST(threads_that_answer_at_once_give_one_answer),
    TEST(answer_may_be_followed_by_the_next_request),
    TEST(request_outlives_its_context),
    TEST(request_made_by_a_binding_without_an_asker_may_be_answered),
    TEST(only_unreachable_and_busy_are_worth_a_retry),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
