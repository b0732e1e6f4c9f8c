/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The module as it is installed, found and opened as a host does, without network. */
#include "fake-host.h"

#include <glib/gstdio.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define WATCHDOG_S 90
#define TOKEN      "not-a-token"

typedef struct {
  char *folder; /* (owned) */
  FakeHost *host;
  ComptoirChannel *channel;
  GAsyncResult *result; /* (owned) (nullable): of the last call */
  gboolean has_expired;
  GSource *watchdog;
} World;

static gboolean
expire_cb(gpointer user_data)
{
  ((World *)user_data)->has_expired = TRUE;
  return G_SOURCE_REMOVE;
}

static void
remove_folder(const char *path)
{
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  const char *name = NULL;
  while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
    g_autofree char *file = g_build_filename(path, name, NULL);
    (void)g_remove(file);
  }
  (void)g_rmdir(path);
}

static int
set_up(void **state)
{
  World *world = g_new0(World, 1);
  world->folder = g_dir_make_tmp("module-XXXXXX", NULL);
  world->host = fake_host_new("till-1", world->folder);
  world->channel = comptoir_channel_new("shopcaisse", NULL);
  world->watchdog = g_timeout_source_new_seconds(WATCHDOG_S);
  g_source_set_callback(world->watchdog, expire_cb, world, NULL);
  g_source_attach(world->watchdog, NULL);
  *state = world;
  return world->channel != NULL ? 0 : -1;
}

static int
tear_down(void **state)
{
  World *world = *state;
  gboolean is_kept = G_OBJECT(world->host)->ref_count != 1;
  g_clear_object(&world->channel);
  g_clear_object(&world->host);
  g_source_destroy(world->watchdog);
  g_source_unref(world->watchdog);
  remove_folder(world->folder);
  g_free(world->folder);
  g_free(world);
  return is_kept ? -1 : 0;
}

static void
heard_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  World *world = user_data;
  g_set_object(&world->result, result);
}

/* (transfer full): what the last call came to. */
static GAsyncResult *
wait_result(World *world)
{
  while (world->result == NULL && !world->has_expired)
    g_main_context_iteration(NULL, TRUE);
  assert_false(world->has_expired);
  return g_steal_pointer(&world->result);
}

static void
open_channel(World *world)
{
  g_autoptr(GError) error = NULL;
  comptoir_channel_open_async(world->channel, COMPTOIR_HOST(world->host), NULL, heard_cb, world);
  g_autoptr(GAsyncResult) result = wait_result(world);
  assert_true(comptoir_channel_open_finish(world->channel, result, &error));
}

static void
close_channel(World *world)
{
  g_autoptr(GError) error = NULL;
  comptoir_channel_close_async(world->channel, heard_cb, world);
  g_autoptr(GAsyncResult) result = wait_result(world);
  assert_true(comptoir_channel_close_finish(world->channel, result, &error));
}

/* (transfer full) (nullable) */
static GVariant *
sell(World *world, const char *payment, GError **error)
{
  g_autoptr(GVariant) sale = g_variant_ref_sink(g_variant_new_parsed(
      "{'id': <'s1'>, 'sold_at': <'2026-03-01T11:02:00Z'>, 'total': <'12.50'>,"
      " 'lines': <[{'article_id': <'a1'>, 'name': <'Tarte'>, 'quantity': <'1'>,"
      " 'unit_price': <'12.50'>, 'vat_rate': <'10'>}]>,"
      " 'payments': <[{'method': <'cash'>, 'amount': <%s>}]>}",
      payment));
  comptoir_channel_submit_sale_async(world->channel, sale, NULL, heard_cb, world);
  g_autoptr(GAsyncResult) result = wait_result(world);
  return comptoir_channel_submit_sale_finish(world->channel, result, error);
}

/* (transfer full) (nullable) */
static GVariant *
find_setting(World *world, const char *key)
{
  g_autoptr(GVariant) settings = comptoir_channel_describe_settings(world->channel);
  for (gsize i = 0; i < g_variant_n_children(settings); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(settings, i);
    const char *found = NULL;
    if (g_variant_lookup(row, "key", "&s", &found) && g_str_equal(found, key))
      return g_steal_pointer(&row);
  }
  return NULL;
}

static void
module_is_listed(void **state)
{
  g_auto(GStrv) names = comptoir_list_channels();
  assert_int_equal(g_strv_length(names), 1);
  assert_string_equal(names[0], "shopcaisse");
}

static void
new_profile_is_not_configured(void **state)
{
  World *world = *state;
  open_channel(world);
  assert_int_equal(comptoir_channel_get_status(world->channel), COMPTOIR_STATUS_NOT_CONFIGURED);
  close_channel(world);
  assert_int_equal(comptoir_channel_get_status(world->channel), COMPTOIR_STATUS_CLOSED);
}

static void
settings_are_described_as_soon_as_it_is_open(void **state)
{
  World *world = *state;
  open_channel(world);

  g_autoptr(GVariant) token = find_setting(world, "token");
  g_autoptr(GVariant) till = find_setting(world, "till-of-record");

  gboolean is_set = TRUE;
  assert_non_null(token);
  assert_true(g_variant_lookup(token, "value", "b", &is_set));
  assert_false(is_set);
  assert_true(g_variant_lookup(till, "label", "&s", NULL));
  close_channel(world);
}

static void
each_setting_has_words_for_people(void **state)
{
  World *world = *state;
  open_channel(world);
  g_autoptr(GVariant) settings = comptoir_channel_describe_settings(world->channel);
  for (gsize i = 0; i < g_variant_n_children(settings); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(settings, i);
    const char *key = NULL;
    const char *label = NULL;
    assert_true(g_variant_lookup(row, "key", "&s", &key));
    assert_true(g_variant_lookup(row, "label", "&s", &label));
    assert_string_not_equal(label, key);
  }
  close_channel(world);
}

static void
sale_is_kept_across_openings(void **state)
{
  World *world = *state;
  g_autoptr(GError) error = NULL;
  open_channel(world);
  g_autoptr(GVariant) first = sell(world, "12.50", &error);
  assert_null(error);
  close_channel(world);

  open_channel(world);
  g_autoptr(GVariant) second = sell(world, "12.50", &error);

  assert_null(error);
  const char *first_order = NULL;
  const char *second_order = NULL;
  assert_true(g_variant_lookup(first, "order_id", "&s", &first_order));
  assert_true(g_variant_lookup(second, "order_id", "&s", &second_order));
  assert_string_equal(first_order, second_order);
  close_channel(world);
}

static void
sale_that_does_not_add_up_is_invalid(void **state)
{
  World *world = *state;
  g_autoptr(GError) error = NULL;
  open_channel(world);

  g_autoptr(GVariant) answer = sell(world, "12.00", &error);

  assert_null(answer);
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
  close_channel(world);
}

static void
token_that_is_none_is_refused_and_not_told(void **state)
{
  World *world = *state;
  g_autoptr(GError) error = NULL;
  open_channel(world);

  comptoir_channel_set_token_async(world->channel, TOKEN, NULL, heard_cb, world);
  g_autoptr(GAsyncResult) result = wait_result(world);
  g_autoptr(GVariant) answer = comptoir_channel_set_token_finish(world->channel, result, &error);

  assert_null(answer);
  assert_non_null(error);
  assert_null(strstr(error->message, TOKEN));
  close_channel(world);
}

static void
second_channel_on_one_profile_is_busy(void **state)
{
  World *world = *state;
  g_autoptr(GError) error = NULL;
  g_autoptr(ComptoirChannel) second = comptoir_channel_new("shopcaisse", NULL);
  open_channel(world);

  comptoir_channel_open_async(second, COMPTOIR_HOST(world->host), NULL, heard_cb, world);
  g_autoptr(GAsyncResult) result = wait_result(world);

  assert_false(comptoir_channel_open_finish(second, result, &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY));
  close_channel(world);
}

static void
close_in_the_middle_of_sales_loses_none(void **state)
{
  World *world = *state;
  g_autoptr(GError) error = NULL;
  open_channel(world);
  g_autoptr(GVariant) answer = sell(world, "12.50", &error);
  comptoir_channel_run_async(world->channel, "test-connection", NULL, NULL, NULL, NULL);
  close_channel(world);

  open_channel(world);
  g_autoptr(GListModel) journal = comptoir_channel_list(world->channel, "orders", NULL);
  while (g_list_model_get_n_items(journal) == 0 && !world->has_expired)
    g_main_context_iteration(NULL, TRUE);

  assert_false(world->has_expired);
  assert_int_equal(g_list_model_get_n_items(journal), 1);
  close_channel(world);
}

#define module_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(module_is_listed),
    module_test(new_profile_is_not_configured),
    module_test(settings_are_described_as_soon_as_it_is_open),
    module_test(each_setting_has_words_for_people),
    module_test(sale_is_kept_across_openings),
    module_test(sale_that_does_not_add_up_is_invalid),
    module_test(token_that_is_none_is_refused_and_not_told),
    module_test(second_channel_on_one_profile_is_busy),
    module_test(close_in_the_middle_of_sales_loses_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
