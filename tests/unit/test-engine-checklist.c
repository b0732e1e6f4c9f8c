/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Before the first order: what is found out, what a person confirms, and of which register. */
#include "engine-lists.h"
#include "store/settings.h"

#include <string.h>

static void
change(Bench *bench, const char *settings)
{
  bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS, settings));
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
}

static char *
find_level(Bench *bench, const char *id, const char *key)
{
  BenchAnswer *answer = bench_perform(bench, COMPTOIR_OPERATION_DIAGNOSE, NULL);
  g_autoptr(GVariant) rows =
      g_variant_lookup_value(bench_assert_done(answer), "rows", G_VARIANT_TYPE("aa{sv}"));

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    if (g_str_equal(bench_text(row, "id"), id))
      return g_strdup(bench_text(row, key));
  }
  return g_strdup("none");
}

#define assert_finding(bench, id, key, expected)                                                   \
  do {                                                                                             \
    g_autofree char *text = find_level(bench, id, key);                                            \
    assert_string_equal(text, expected);                                                           \
  } while (FALSE)

/* A second register and a second store. */
static void
furnish(Bench *bench)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);

  engine_shop_put_place(database, SHOPCAISSE_PLACE_POS, "pos-2", "store-1");
  engine_shop_put_place(database, SHOPCAISSE_PLACE_STORE, "store-2", "company-1");
  engine_shop_put_place(database, SHOPCAISSE_PLACE_POS, "pos-9", "store-2");
  assert_true(shopcaisse_settings_set(database, "pos", "pos-1", NULL));
}

static void
what_cannot_be_seen_is_unknown_and_names_its_setting(void **state)
{
  static const char *const lines[][2] = {
    { "module", "confirmed-module" },
    { "discovery", "confirmed-selling" },
    { "ipad", "confirmed-ipad" },
    { "menu", "confirmed-menu" },
  };

  bench_open(*state);
  for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
    assert_row_text(*state, "checklist", lines[i][0], "state", "unknown");
    assert_row_text(*state, "checklist", lines[i][0], "setting", lines[i][1]);
  }
}

static void
what_was_found_out_has_no_setting(void **state)
{
  bench_open(*state);
  assert_row_text(*state, "checklist", "token", "state", "ok");
  assert_row_text(*state, "checklist", "token", "setting", "");
  assert_row_text(*state, "checklist", "calibration", "state", "ok");
}

static void
menu_path_is_told_where_the_token_is_missing(void **state)
{
  Bench *bench = *state;
  g_autofree char *text = NULL;

  bench_start(bench);
  bench_run(bench);
  assert_row_text(bench, "checklist", "token", "state", "error");
  text = engine_lists_text(bench, "checklist", "token", "text");
  assert_non_null(strstr(text, "Features > Integrations > Connectors & API > Public API > "
                               "Configure > Your External Applications"));
  assert_null(strstr(text, "Settings >"));
}

static void
accepted_token_proves_the_subscription(void **state)
{
  bench_open(*state);
  assert_row_text(*state, "checklist", "subscription", "state", "ok");
  assert_finding(*state, "subscription", "level", "none");
}

static void
needed_plan_is_named(void **state)
{
  g_autofree char *text = NULL;

  bench_open(*state);
  text = engine_lists_text(*state, "checklist", "subscription", "text");
  assert_non_null(strstr(text, "Premium"));
}

static void
confirmed_line_is_ok(void **state)
{
  bench_open(*state);
  change(*state, "{'confirmed-module': <true>}");
  assert_row_text(*state, "checklist", "module", "state", "ok");
  assert_row_text(*state, "checklist", "ipad", "state", "unknown");
}

static void
doctor_says_that_a_person_has_confirmed(void **state)
{
  bench_open(*state);
  assert_finding(*state, "module", "level", "unknown");
  assert_finding(*state, "module", "setting", "confirmed-module");
  change(*state, "{'confirmed-module': <true>}");
  assert_finding(*state, "module", "level", "ok");
  assert_finding(*state, "module", "title",
                 "The Order Management module was confirmed by a person.");
}

static void
confirmation_can_be_taken_back(void **state)
{
  bench_open(*state);
  change(*state, "{'confirmed-module': <true>}");
  change(*state, "{'confirmed-module': <false>}");
  assert_row_text(*state, "checklist", "module", "state", "unknown");
}

static void
another_register_was_not_confirmed(void **state)
{
  furnish(*state);
  bench_open(*state);
  change(*state, "{'confirmed-module': <true>, 'confirmed-menu': <true>}");
  change(*state, "{'pos': <'pos-2'>}");
  assert_row_text(*state, "checklist", "module", "state", "unknown");
  assert_row_text(*state, "checklist", "menu", "state", "ok");
  change(*state, "{'pos': <'pos-1'>}");
  assert_row_text(*state, "checklist", "module", "state", "ok");
}

static void
another_store_was_not_confirmed(void **state)
{
  furnish(*state);
  bench_open(*state);
  change(*state, "{'confirmed-module': <true>, 'confirmed-menu': <true>}");
  change(*state, "{'store': <'store-2'>}");
  assert_row_text(*state, "checklist", "module", "state", "unknown");
  assert_row_text(*state, "checklist", "menu", "state", "unknown");
}

static void
store_and_confirmation_can_come_together(void **state)
{
  furnish(*state);
  bench_open(*state);
  change(*state, "{'confirmed-menu': <true>, 'store': <'store-2'>}");
  assert_row_text(*state, "checklist", "menu", "state", "ok");
  change(*state, "{'store': <'store-1'>}");
  assert_row_text(*state, "checklist", "menu", "state", "unknown");
}

static void
register_that_is_not_chosen_cannot_be_confirmed(void **state)
{
  furnish(*state);
  bench_set(*state, "pos", "");
  bench_open(*state);
  bench_assert_error(
      bench_perform(*state, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'confirmed-ipad': <true>}"),
      COMPTOIR_ERROR_INVALID, "register");
  assert_row_text(*state, "checklist", "register", "state", "error");
}

static gboolean
is_sensitive(Bench *bench, const char *key)
{
  for (gsize i = 0; i < g_variant_n_children(bench->settings); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(bench->settings, i);
    gboolean sensitive = TRUE;

    if (!g_str_equal(bench_text(row, "key"), key))
      continue;
    g_variant_lookup(row, "sensitive", "b", &sensitive);
    return sensitive;
  }
  fail_msg("there is no setting %s", key);
  return FALSE;
}

static void
what_has_no_choices_yet_cannot_be_changed(void **state)
{
  Bench *bench = *state;

  bench_start(bench);
  bench_run(bench);
  assert_false(is_sensitive(bench, "store"));
  assert_false(is_sensitive(bench, "pos"));
  assert_false(is_sensitive(bench, "price-list"));
  assert_false(is_sensitive(bench, "confirmed-module"));
  assert_true(is_sensitive(bench, "till-of-record"));
  assert_true(is_sensitive(bench, "confirmed-subscription"));
}

static void
what_has_choices_can_be_changed(void **state)
{
  bench_open(*state);
  assert_true(is_sensitive(*state, "store"));
  assert_true(is_sensitive(*state, "pos"));
  assert_true(is_sensitive(*state, "confirmed-module"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(what_cannot_be_seen_is_unknown_and_names_its_setting),
    bench_test(what_was_found_out_has_no_setting),
    bench_empty_test(menu_path_is_told_where_the_token_is_missing),
    bench_test(accepted_token_proves_the_subscription),
    bench_test(needed_plan_is_named),
    bench_test(confirmed_line_is_ok),
    bench_test(doctor_says_that_a_person_has_confirmed),
    bench_test(confirmation_can_be_taken_back),
    bench_test(another_register_was_not_confirmed),
    bench_test(another_store_was_not_confirmed),
    bench_test(store_and_confirmation_can_come_together),
    bench_test(register_that_is_not_chosen_cannot_be_confirmed),
    bench_empty_test(what_has_no_choices_yet_cannot_be_changed),
    bench_test(what_has_choices_can_be_changed),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
