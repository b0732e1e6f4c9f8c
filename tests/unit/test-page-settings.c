/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings as fields show and change them. */
#include "ui/model/settings.h"

#include <comptoir/comptoir-error.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static const char rows[] =
    "[{'key': <'token'>, 'kind': <'secret'>, 'group': <'Connection'>, 'value': <true>},"
    " {'key': <'store'>, 'kind': <'choice'>, 'group': <'Shop'>, 'value': <'s1'>,"
    "  'choices': <[{'value': <''>, 'label': <'Not chosen yet'>},"
    "              {'value': <'s1'>, 'label': <'Lille'>}]>},"
    " {'key': <'minutes'>, 'kind': <'number'>, 'group': <'Schedule'>, 'value': <uint32 2>},"
    " {'key': <'debug'>, 'kind': <'boolean'>, 'group': <'Shop'>, 'value': <false>,"
    "  'error': <'It cannot be.'>}]";

static ShopcaissePageSettings *
make_settings(void)
{
  ShopcaissePageSettings *settings = shopcaisse_page_settings_new();
  g_autoptr(GVariant) parsed = g_variant_parse(G_VARIANT_TYPE("aa{sv}"), rows, NULL, NULL, NULL);
  assert_true(shopcaisse_page_settings_set_rows(settings, parsed));
  return settings;
}

static void
assert_value(ShopcaissePageSettings *settings, const char *key, const char *expected)
{
  g_autofree char *value = shopcaisse_page_settings_dup_value(settings, key);
  assert_string_equal(value, expected);
}

static void
assert_sends(ShopcaissePageSettings *settings, const char *expected)
{
  GVariant *change = shopcaisse_page_settings_begin(settings);
  assert_non_null(change);
  g_autoptr(GVariant) owned = g_variant_ref_sink(change);
  g_autofree char *text = g_variant_print(owned, FALSE);
  assert_string_equal(text, expected);
}

static void
secrets_are_in_no_group(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  g_auto(GStrv) groups = shopcaisse_page_settings_list_groups(settings);
  assert_int_equal(g_strv_length(groups), 2);
  assert_string_equal(groups[0], "Shop");
}

static void
group_has_its_keys_in_their_order(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  g_auto(GStrv) keys = shopcaisse_page_settings_list_keys(settings, "Shop");
  assert_int_equal(g_strv_length(keys), 2);
  assert_string_equal(keys[1], "debug");
}

static void
same_rows_are_no_change(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  g_autoptr(GVariant) parsed = g_variant_parse(G_VARIANT_TYPE("aa{sv}"), rows, NULL, NULL, NULL);
  assert_false(shopcaisse_page_settings_set_rows(settings, parsed));
}

static void
values_of_every_kind_are_text(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  assert_value(settings, "store", "s1");
  assert_value(settings, "minutes", "2");
  assert_value(settings, "debug", "false");
  assert_value(settings, "unheard-of", "");
}

static void
choice_is_told_by_its_label(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  g_autofree char *label = shopcaisse_page_settings_dup_choice(settings, "store");
  assert_string_equal(label, "Lille");
}

static void
not_chosen_is_no_choice(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  assert_int_equal(shopcaisse_page_settings_count_choices(settings, "store"), 1);
}

static void
what_the_channel_says_of_a_value_is_its_error(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  g_autofree char *error = shopcaisse_page_settings_dup_error(settings, "debug");
  assert_string_equal(error, "It cannot be.");
}

static void
same_value_is_not_sent(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  shopcaisse_page_settings_edit(settings, "minutes", "2");
  assert_false(shopcaisse_page_settings_is_dirty(settings));
}

static void
values_are_sent_as_what_they_are(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  shopcaisse_page_settings_edit(settings, "minutes", "5");
  shopcaisse_page_settings_edit(settings, "debug", "true");
  assert_sends(settings, "{'debug': <true>, 'minutes': <uint32 5>}");
}

static void
no_number_is_not_sent_and_stays_with_its_error(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  shopcaisse_page_settings_edit(settings, "minutes", "often");
  g_autofree char *error = shopcaisse_page_settings_dup_error(settings, "minutes");
  assert_false(shopcaisse_page_settings_is_dirty(settings));
  assert_value(settings, "minutes", "often");
  assert_string_equal(error, "This is not a number.");
}

static void
number_after_no_number_is_sent(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  shopcaisse_page_settings_edit(settings, "minutes", "often");
  shopcaisse_page_settings_edit(settings, "minutes", "7");
  assert_sends(settings, "{'minutes': <uint32 7>}");
  assert_null(shopcaisse_page_settings_dup_error(settings, "minutes"));
}

static void
second_saving_waits_for_the_first(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  shopcaisse_page_settings_edit(settings, "minutes", "5");
  assert_sends(settings, "{'minutes': <uint32 5>}");
  shopcaisse_page_settings_edit(settings, "minutes", "6");
  assert_null(shopcaisse_page_settings_begin(settings));
}

static void
latest_value_goes_with_the_next_saving(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  shopcaisse_page_settings_edit(settings, "minutes", "5");
  assert_sends(settings, "{'minutes': <uint32 5>}");
  shopcaisse_page_settings_edit(settings, "minutes", "6");
  shopcaisse_page_settings_edit(settings, "minutes", "7");
  shopcaisse_page_settings_end(settings, NULL);
  assert_sends(settings, "{'minutes': <uint32 7>}");
}

static void
value_on_its_way_is_shown(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  shopcaisse_page_settings_edit(settings, "minutes", "5");
  assert_sends(settings, "{'minutes': <uint32 5>}");
  assert_value(settings, "minutes", "5");
}

static void
refused_value_stays_with_the_sentence_of_the_channel(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  g_autoptr(GError) error =
      g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "Too often.");
  shopcaisse_page_settings_edit(settings, "minutes", "5");
  assert_sends(settings, "{'minutes': <uint32 5>}");
  shopcaisse_page_settings_end(settings, error);
  g_autofree char *text = shopcaisse_page_settings_dup_error(settings, "minutes");
  assert_value(settings, "minutes", "5");
  assert_string_equal(text, "Too often.");
}

static void
saved_value_is_the_channels_again(void **state)
{
  g_autoptr(ShopcaissePageSettings) settings = make_settings();
  shopcaisse_page_settings_edit(settings, "minutes", "5");
  assert_sends(settings, "{'minutes': <uint32 5>}");
  shopcaisse_page_settings_end(settings, NULL);
  assert_value(settings, "minutes", "2");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(secrets_are_in_no_group),
    cmocka_unit_test(group_has_its_keys_in_their_order),
    cmocka_unit_test(same_rows_are_no_change),
    cmocka_unit_test(values_of_every_kind_are_text),
    cmocka_unit_test(choice_is_told_by_its_label),
    cmocka_unit_test(not_chosen_is_no_choice),
    cmocka_unit_test(what_the_channel_says_of_a_value_is_its_error),
    cmocka_unit_test(same_value_is_not_sent),
    cmocka_unit_test(values_are_sent_as_what_they_are),
    cmocka_unit_test(no_number_is_not_sent_and_stays_with_its_error),
    cmocka_unit_test(number_after_no_number_is_sent),
    cmocka_unit_test(second_saving_waits_for_the_first),
    cmocka_unit_test(latest_value_goes_with_the_next_saving),
    cmocka_unit_test(value_on_its_way_is_shown),
    cmocka_unit_test(refused_value_stays_with_the_sentence_of_the_channel),
    cmocka_unit_test(saved_value_is_the_channels_again),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
