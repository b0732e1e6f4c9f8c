/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opening checks versions both ways, and what a channel answers reaches the caller checked. */
#include "test-contract-fake-channel.h"

/* A channel that has got a version and nothing else. */
typedef GSimpleActionGroup BareChannel;
typedef GSimpleActionGroupClass BareChannelClass;
GType bare_channel_get_type(void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BareChannel, g_object_unref)
static void bare_channel_fill(ComptoirChannelInterface *iface);
G_DEFINE_TYPE_WITH_CODE(BareChannel,
                        bare_channel,
                        G_TYPE_SIMPLE_ACTION_GROUP,
                        G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_CHANNEL, bare_channel_fill))

typedef struct {
  GObject parent_instance;

  guint version;
} FakeHost;
typedef GObjectClass FakeHostClass;
GType fake_host_get_type(void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeHost, g_object_unref)
static void fake_host_fill(ComptoirHostInterface *iface);
G_DEFINE_TYPE_WITH_CODE(FakeHost,
                        fake_host,
                        G_TYPE_OBJECT,
                        G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_HOST, fake_host_fill))

/* A host that does not say which database it is. */
typedef FakeHost NamelessHost;
typedef FakeHostClass NamelessHostClass;
GType nameless_host_get_type(void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NamelessHost, g_object_unref)
static void nameless_host_fill(ComptoirHostInterface *iface);
G_DEFINE_TYPE_WITH_CODE(NamelessHost,
                        nameless_host,
                        G_TYPE_OBJECT,
                        G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_HOST, nameless_host_fill))

static guint
speak_current_version(ComptoirChannel *channel)
{
  return COMPTOIR_API_VERSION;
}

static void
bare_channel_fill(ComptoirChannelInterface *iface)
{
  iface->get_api_version = speak_current_version;
}

static void
bare_channel_init(BareChannel *self)
{
}

static void
bare_channel_class_init(BareChannelClass *class)
{
  override_properties(G_OBJECT_CLASS(class));
}

static guint
get_host_version(ComptoirHost *host)
{
  return ((FakeHost *)host)->version;
}

static char *
dup_till(ComptoirHost *host)
{
  return g_strdup("till");
}

static void
fake_host_fill(ComptoirHostInterface *iface)
{
  iface->get_api_version = get_host_version;
  iface->dup_name = dup_till;
  iface->dup_instance_id = dup_till;
}

static void
fake_host_init(FakeHost *self)
{
  self->version = COMPTOIR_API_VERSION;
}

static void
fake_host_class_init(FakeHostClass *class)
{
}

static void
nameless_host_fill(ComptoirHostInterface *iface)
{
  iface->get_api_version = get_host_version;
  iface->dup_name = dup_till;
}

static void
nameless_host_init(NamelessHost *self)
{
  self->version = COMPTOIR_API_VERSION;
}

static void
nameless_host_class_init(NamelessHostClass *class)
{
}

/* (nullable): %NULL if the channel opened. */
static GError *
open_and_wait(TestLoop *loop, gpointer channel, gpointer host)
{
  g_auto(Outcome) outcome = { 0 };
  GError *error = NULL;
  comptoir_channel_open_async(channel, host, NULL, keep_cb, &outcome);
  assert_int_equal(outcome.n_calls, 0);
  run_until(loop, &outcome.n_calls);
  gboolean is_open = comptoir_channel_open_finish(channel, outcome.result, &error);
  assert_int_equal(is_open, error == NULL);
  return error;
}

static void
fitting_host_and_channel_open_and_close(void **state)
{
  g_auto(Outcome) outcome = { 0 };
  g_autoptr(FakeChannel) channel = new_channel();
  g_autoptr(FakeHost) host = g_object_new(fake_host_get_type(), NULL);

  assert_null(open_and_wait(*state, channel, host));
  comptoir_channel_close_async(COMPTOIR_CHANNEL(channel), keep_cb, &outcome);
  run_until(*state, &outcome.n_calls);

  assert_true(comptoir_channel_close_finish(COMPTOIR_CHANNEL(channel), outcome.result, NULL));
  assert_int_equal(channel->n_opened, 1);
}

static void
host_of_another_version_is_refused_and_the_channel_untouched(void **state)
{
  static const guint versions[] = { 0, COMPTOIR_API_VERSION + 1 };
  g_autoptr(FakeChannel) channel = new_channel();
  g_autoptr(FakeHost) host = g_object_new(fake_host_get_type(), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(versions); i++) {
    host->version = versions[i];
    g_autoptr(GError) error = open_and_wait(*state, channel, host);
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION));
  }
  assert_int_equal(channel->n_opened, 0);
}

static void
channel_of_another_version_is_refused_and_untouched(void **state)
{
  static const guint versions[] = { 0, COMPTOIR_API_VERSION + 1 };
  g_autoptr(FakeChannel) channel = new_channel();
  g_autoptr(FakeHost) host = g_object_new(fake_host_get_type(), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(versions); i++) {
    channel->version = versions[i];
    g_autoptr(GError) error = open_and_wait(*state, channel, host);
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION));
  }
  assert_int_equal(channel->n_opened, 0);
}

static void
host_without_an_instance_id_is_refused(void **state)
{
  g_autoptr(FakeChannel) channel = new_channel();
  g_autoptr(NamelessHost) host = g_object_new(nameless_host_get_type(), NULL);

  g_autoptr(GError) error = open_and_wait(*state, channel, host);

  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  assert_string_equal(error->message, "host NamelessHost has not got dup_instance_id");
  assert_int_equal(channel->n_opened, 0);
}

static void
absent_functions_of_a_channel_are_not_supported(void **state)
{
  g_autoptr(BareChannel) bare = g_object_new(bare_channel_get_type(), NULL);
  g_autoptr(FakeHost) host = g_object_new(fake_host_get_type(), NULL);
  ComptoirChannel *channel = COMPTOIR_CHANNEL(bare);

  g_autoptr(GError) not_opened = open_and_wait(*state, channel, host);
  assert_true(g_error_matches(not_opened, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED));

  g_auto(Outcome) closed = { 0 };
  g_autoptr(GError) not_closed = NULL;
  comptoir_channel_close_async(channel, keep_cb, &closed);
  run_until(*state, &closed.n_calls);
  assert_false(comptoir_channel_close_finish(channel, closed.result, &not_closed));
  assert_true(g_error_matches(not_closed, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED));

  g_auto(Outcome) done = { 0 };
  g_autoptr(GError) not_done = NULL;
  comptoir_channel_diagnose_async(channel, NULL, keep_cb, &done);
  run_until(*state, &done.n_calls);
  assert_null(comptoir_channel_diagnose_finish(channel, done.result, &not_done));
  assert_true(g_error_matches(not_done, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED));
}

static void
absent_lists_and_settings_are_empty(void **state)
{
  g_autoptr(BareChannel) channel = g_object_new(bare_channel_get_type(), NULL);
  g_autoptr(GVariant) settings = comptoir_channel_describe_settings(COMPTOIR_CHANNEL(channel));
  g_autoptr(GListModel) list = comptoir_channel_list(COMPTOIR_CHANNEL(channel), "journal", NULL);

  assert_string_equal(g_variant_get_type_string(settings), "aa{sv}");
  assert_false(g_variant_is_floating(settings));
  assert_int_equal(g_variant_n_children(settings), 0);
  assert_int_equal(g_list_model_get_n_items(list), 0);
  assert_true(g_list_model_get_item_type(list) == COMPTOIR_TYPE_ROW);
}

/* Takes what the channel answers; gives what the caller hears. */
static GVariant *
diagnose_and_wait(TestLoop *loop, GVariant *answer, GError *failure, GError **error)
{
  g_auto(Outcome) outcome = { 0 };
  g_autoptr(FakeChannel) channel = g_object_new(fake_channel_get_type(), NULL);
  channel->answer = answer;
  channel->error = failure;
  comptoir_channel_diagnose_async(COMPTOIR_CHANNEL(channel), NULL, keep_cb, &outcome);
  run_until(loop, &outcome.n_calls);
  return comptoir_channel_diagnose_finish(COMPTOIR_CHANNEL(channel), outcome.result, error);
}

static void
floating_answer_of_a_channel_becomes_the_callers(void **state)
{
  g_autoptr(GVariant) answer = diagnose_and_wait(*state, g_variant_new("a{sv}", NULL), NULL, NULL);

  assert_non_null(answer);
  assert_false(g_variant_is_floating(answer));
}

static void
answer_of_a_channel_that_is_no_dictionary_is_a_protocol_error(void **state)
{
  g_autoptr(GError) error = NULL;

  assert_null(diagnose_and_wait(*state, g_variant_new_string("x"), NULL, &error));

  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
}

static void
channel_that_answers_nothing_is_a_protocol_error(void **state)
{
  g_autoptr(GError) error = NULL;

  assert_null(diagnose_and_wait(*state, NULL, NULL, &error));

  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
}

static void
error_of_a_channel_passes_unchanged(void **state)
{
  g_autoptr(GError) error = NULL;

  assert_null(diagnose_and_wait(
      *state, NULL, g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY, "busy"), &error));

  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY));
  assert_string_equal(error->message, "busy");
}

static void
properties_are_read_by_functions(void **state)
{
  g_autoptr(FakeChannel) channel = new_channel();
  g_autofree char *last_error = comptoir_channel_dup_last_error(COMPTOIR_CHANNEL(channel));

  assert_int_equal(comptoir_channel_get_status(COMPTOIR_CHANNEL(channel)), COMPTOIR_STATUS_BLOCKED);
  assert_string_equal(last_error, "a right is missing");
  assert_true(comptoir_channel_is_busy(COMPTOIR_CHANNEL(channel)));
  assert_true(comptoir_channel_get_progress(COMPTOIR_CHANNEL(channel)) == 0.25);
}

static void
every_channel_is_an_action_group(void **state)
{
  guint n_types = 0;
  g_autofree GType *types = g_type_interface_prerequisites(COMPTOIR_TYPE_CHANNEL, &n_types);

  gboolean is_action_group = FALSE;
  for (guint i = 0; i < n_types; i++)
    is_action_group = is_action_group || types[i] == G_TYPE_ACTION_GROUP;
  assert_true(is_action_group);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_loop, tear_down_loop)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(fitting_host_and_channel_open_and_close),
    TEST(host_of_another_version_is_refused_and_the_channel_untouched),
    TEST(channel_of_another_version_is_refused_and_untouched),
    TEST(host_without_an_instance_id_is_refused),
    TEST(absent_functions_of_a_channel_are_not_supported),
    TEST(absent_lists_and_settings_are_empty),
    TEST(floating_answer_of_a_channel_becomes_the_callers),
    TEST(answer_of_a_channel_that_is_no_dictionary_is_a_protocol_error),
    TEST(channel_that_answers_nothing_is_a_protocol_error),
    TEST(error_of_a_channel_passes_unchanged),
    TEST(properties_are_read_by_functions),
    TEST(every_channel_is_an_action_group),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
