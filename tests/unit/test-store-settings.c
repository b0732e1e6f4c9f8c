/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "store-fixture.h"
#include "store/settings.h"

static void
a_setting_that_is_not_set_is_null(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_settings_get(self->database, "key", &error));
  assert_no_error(error);
}

static void
a_setting_comes_back_after_reopening(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_settings_set(self->database, "key", "caf\xc3\xa9", NULL));
  store_fixture_reopen(self);

  g_autofree char *value = shopcaisse_settings_get(self->database, "key", NULL);

  assert_string_equal(value, "caf\xc3\xa9");
}

static void
the_last_value_counts(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_settings_set(self->database, "key", "one", NULL));
  assert_true(shopcaisse_settings_set(self->database, "key", "two", NULL));

  g_autofree char *value = shopcaisse_settings_get(self->database, "key", NULL);

  assert_string_equal(value, "two");
}

static void
null_takes_a_setting_away(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_settings_set(self->database, "key", "one", NULL));
  assert_true(shopcaisse_settings_set(self->database, "key", NULL, NULL));
  assert_null(shopcaisse_settings_get(self->database, "key", NULL));
}

static void
an_empty_setting_is_set(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_settings_set(self->database, "key", "", NULL));

  g_autofree char *value = shopcaisse_settings_get(self->database, "key", NULL);

  assert_string_equal(value, "");
}

static void
all_settings_come_by_name(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_settings_set(self->database, "b", "2", NULL));
  assert_true(shopcaisse_settings_set(self->database, "a", "1", NULL));

  g_autoptr(GVariant) settings = shopcaisse_settings_get_all(self->database, NULL);
  g_autoptr(GVariant) expected = g_variant_ref_sink(g_variant_new_parsed("{'a': '1', 'b': '2'}"));

  assert_true(g_variant_equal(settings, expected));
}

static void
no_settings_are_an_empty_dictionary(void **state)
{
  StoreFixture *self = *state;
  g_autoptr(GVariant) settings = shopcaisse_settings_get_all(self->database, NULL);

  assert_int_equal(g_variant_n_children(settings), 0);
}

static void
settings_and_cursors_do_not_meet(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_settings_set(self->database, "key", "setting", NULL));
  assert_null(shopcaisse_cursors_get(self->database, "key", NULL));
}

static void
a_time_comes_back(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_cursors_set_time(self->database, "flow",
                                          G_GINT64_CONSTANT(1699999999123456), NULL));
  assert_int_equal(shopcaisse_cursors_get_time(self->database, "flow", 0),
                   G_GINT64_CONSTANT(1699999999123456));
}

static void
a_flow_that_never_ran_has_the_fallback(void **state)
{
  StoreFixture *self = *state;

  assert_int_equal(shopcaisse_cursors_get_time(self->database, "flow", 77), 77);
}

static void
a_cursor_that_is_no_time_has_the_fallback(void **state)
{
  StoreFixture *self = *state;

  assert_true(shopcaisse_cursors_set(self->database, "flow", "page 2", NULL));
  assert_int_equal(shopcaisse_cursors_get_time(self->database, "flow", 77), 77);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    store_test(a_setting_that_is_not_set_is_null),
    store_test(a_setting_comes_back_after_reopening),
    store_test(the_last_value_counts),
    store_test(null_takes_a_setting_away),
    store_test(an_empty_setting_is_set),
    store_test(all_settings_come_by_name),
    store_test(no_settings_are_an_empty_dictionary),
    store_test(settings_and_cursors_do_not_meet),
    store_test(a_time_comes_back),
    store_test(a_flow_that_never_ran_has_the_fallback),
    store_test(a_cursor_that_is_no_time_has_the_fallback),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
