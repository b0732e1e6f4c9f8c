/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Channels are found in the folders of COMPTOIR_PATH; the module "echo" stands for one. */
#include <comptoir/comptoir.h>

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
installed_channel_is_listed(void **state)
{
  g_auto(GStrv) names = comptoir_list_channels();

  assert_int_equal(g_strv_length(names), 1);
  assert_string_equal(names[0], "echo");
}

static void
listing_twice_lists_the_same(void **state)
{
  g_auto(GStrv) first = comptoir_list_channels();
  g_auto(GStrv) second = comptoir_list_channels();

  assert_true(g_strv_equal((const char *const *)first, (const char *const *)second));
}

static void
channel_is_made_by_its_name(void **state)
{
  g_autoptr(GError) error = NULL;

  g_autoptr(ComptoirChannel) channel = comptoir_channel_new("echo", &error);

  assert_null(error);
  assert_string_equal(G_OBJECT_TYPE_NAME(channel), "EchoChannel");
  assert_int_equal(comptoir_channel_get_api_version(channel), COMPTOIR_API_VERSION);
  assert_int_equal(comptoir_channel_get_status(channel), COMPTOIR_STATUS_CLOSED);
}

static void
each_call_makes_another_channel(void **state)
{
  g_autoptr(ComptoirChannel) first = comptoir_channel_new("echo", NULL);
  g_autoptr(ComptoirChannel) second = comptoir_channel_new("echo", NULL);

  assert_ptr_not_equal(first, second);
}

static void
unknown_channel_is_not_supported_and_the_known_are_named(void **state)
{
  g_autoptr(GError) error = NULL;

  assert_null(comptoir_channel_new("nobody", &error));

  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED));
  assert_string_equal(error->message, "no channel is called \"nobody\"; installed: echo");
}

static void
process_without_gtk_has_no_settings_page(void **state)
{
  g_autoptr(GError) error = NULL;

  assert_true(comptoir_find_settings_page("echo", &error) == G_TYPE_INVALID);

  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED));
  assert_string_equal(error->message, "neither GTK 3 nor GTK 4 is in this process");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(installed_channel_is_listed),
    cmocka_unit_test(listing_twice_lists_the_same),
    cmocka_unit_test(channel_is_made_by_its_name),
    cmocka_unit_test(each_call_makes_another_channel),
    cmocka_unit_test(unknown_channel_is_not_supported_and_the_known_are_named),
    cmocka_unit_test(process_without_gtk_has_no_settings_page),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
