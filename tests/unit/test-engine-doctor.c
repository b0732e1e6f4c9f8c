/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is missing before orders flow: found, named, with a next step. */
#include "engine-shop.h"
#include "store/places.h"

#include <string.h>

/* The level of a finding, "" when there is none; all of them have a title, faults a next step. */
static char *
find_level(Bench *bench, const char *id)
{
  BenchAnswer *answer = bench_perform(bench, COMPTOIR_OPERATION_DIAGNOSE, NULL);
  g_autoptr(GVariant) rows =
      g_variant_lookup_value(bench_assert_done(answer), "rows", G_VARIANT_TYPE("aa{sv}"));
  char *level = g_strdup("");

  assert_non_null(rows);
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    assert_string_not_equal(bench_text(row, "title"), "");
    if (!g_str_equal(bench_text(row, "level"), "ok"))
      assert_string_not_equal(bench_text(row, "next_step"), "");
    if (!g_str_equal(bench_text(row, "id"), id))
      continue;
    g_free(level);
    level = g_strdup(bench_text(row, "level"));
  }
  return level;
}

#define assert_finding(bench, id, expected)                                                        \
  do {                                                                                             \
    g_autofree char *level = find_level(bench, id);                                                \
    assert_string_equal(level, expected);                                                          \
  } while (FALSE)

static void
shop_that_is_set_up_is_fine(void **state)
{
  bench_open(*state);
  assert_finding(*state, "token", "ok");
  assert_finding(*state, "set-up", "ok");
}

static void
missing_token_is_an_error(void **state)
{
  bench_start(*state);
  bench_run(*state);
  assert_finding(*state, "token", "error");
}

static void
missing_rights_are_warnings(void **state)
{
  bench_open(*state);
  assert_finding(*state, "store.*.orders.write", "warning");
  assert_finding(*state, "store.*.orders.cancel", "warning");
}

static void
host_that_is_the_till_is_no_error(void **state)
{
  bench_set(*state, "till-of-record", "host");
  bench_open(*state);
  assert_finding(*state, "host-is-till", "ok");
  assert_finding(*state, "set-up", "");
}

static void
right_to_delete_that_nothing_needs_is_a_warning(void **state)
{
  Bench *bench = *state;

  g_free(bench->secrets.secret);
  bench->secrets.secret = bench_make_token_with("prod", "app", "\"store.*.customers.delete\":true");
  bench_open(bench);
  assert_finding(bench, "store.*.customers.delete", "warning");
}

/* What the doctor says, all of it. */
static char *
print_findings(Bench *bench)
{
  return g_variant_print(bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_DIAGNOSE, NULL)),
                         FALSE);
}

static void
set_country(Bench *bench, const char *country)
{
  ShopcaissePlace company = { .kind = SHOPCAISSE_PLACE_COMPANY,
                              .id = (char *)"company-1",
                              .name = (char *)"Exemple",
                              .country = (char *)country,
                              .active = TRUE };
  ShopcaisseDatabase *database = bench_open_store(bench);

  assert_true(shopcaisse_mirror_put_place(database, &company, 1, NULL));
  shopcaisse_database_close(database);
}

static void
duties_of_the_country_are_told_with_their_day_and_source(void **state)
{
  static const char *const wanted[][3] = { { "FR", "France, as known on 2026-02-02", "legifrance" },
                                           { "BE", "Belgium, as known on 2026-02-13",
                                             "geregistreerdkassasysteem.be" } };

  for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
    g_autofree char *text = NULL;

    set_country(*state, wanted[i][0]);
    bench_open(*state);
    text = print_findings(*state);
    assert_non_null(strstr(text, wanted[i][1]));
    assert_non_null(strstr(text, wanted[i][2]));
    assert_finding(*state, "country", "ok");
    bench_close(*state);
  }
}

static void
other_countries_have_no_block(void **state)
{
  set_country(*state, "CH");
  bench_open(*state);
  assert_finding(*state, "country", "");
}

static void
missing_token_names_the_menu_path(void **state)
{
  g_autofree char *text = NULL;

  bench_start(*state);
  bench_run(*state);
  text = print_findings(*state);
  assert_non_null(strstr(text, "Features > Integrations > Connectors & API > Public API > "
                               "Configure > Your External Applications"));
  assert_null(strstr(text, "Settings > External Applications"));
}

static void
several_stores_of_one_token_are_noted(void **state)
{
  Bench *bench = *state;

  g_free(bench->secrets.secret);
  bench->secrets.secret = bench_make_token_of("'store.store-1','store.store-2'");
  bench_open(bench);
  assert_finding(bench, "token-stores", "ok");
}

static void
finding_names_the_setting_that_mends_it(void **state)
{
  g_autofree char *text = NULL;

  bench_set(*state, "till-of-record", "");
  bench_open(*state);
  text = print_findings(*state);
  assert_non_null(strstr(text, "'setting': <'till-of-record'>"));
}

static void
missing_right_is_mended_by_another_token(void **state)
{
  Bench *bench = *state;
  GVariant *answer = NULL;
  g_autoptr(GVariant) rows = NULL;

  bench_open(bench);
  answer = bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_DIAGNOSE, NULL));
  rows = g_variant_lookup_value(answer, "rows", G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    if (!g_str_equal(bench_text(row, "id"), "store.*.orders.write"))
      continue;
    assert_string_equal(bench_text(row, "setting"), "token");
    return;
  }
  fail_msg("the right is not missing");
}

static void
staging_token_is_a_warning(void **state)
{
  Bench *bench = *state;

  g_free(bench->secrets.secret);
  bench->secrets.secret = bench_make_token("staging");
  bench_open(bench);
  assert_finding(bench, "staging", "warning");
}

static void
production_token_is_none(void **state)
{
  bench_open(*state);
  assert_finding(*state, "staging", "");
}

static void
missing_till_of_record_is_an_error(void **state)
{
  bench_set(*state, "till-of-record", "");
  bench_open(*state);
  assert_finding(*state, "till-of-record", "error");
  assert_finding(*state, "set-up", "");
}

static void
missing_store_is_an_error(void **state)
{
  bench_set(*state, "store", "");
  bench_open(*state);
  assert_finding(*state, "store", "error");
}

static void
missing_calibration_is_an_error(void **state)
{
  g_autofree char *text = NULL;

  bench_set(*state, "unit:store-1", "");
  bench_open(*state);
  assert_finding(*state, "calibration", "error");
  text = g_variant_print(
      bench_assert_done(bench_perform(*state, COMPTOIR_OPERATION_DIAGNOSE, NULL)), FALSE);
  assert_non_null(strstr(text, "one test order"));
}

static void
blocked_store_is_an_error(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_POST, SHOP_ORDERS),
              SHOPCAISSE_REPLY_UNAUTHORIZED,
              "{'message':'Pos pos-1 does not have an Order Management Module license!'}");
  assert_finding(bench, "licence", "error");
}

static void
empty_catalogue_is_a_warning(void **state)
{
  bench_start(*state);
  bench_run(*state);
  assert_finding(*state, "catalogue", "warning");
}

static void
what_cannot_be_seen_is_unknown(void **state)
{
  bench_open(*state);
  assert_finding(*state, "module", "unknown");
  assert_finding(*state, "discovery", "unknown");
  assert_finding(*state, "ipad", "unknown");
}

static void
order_that_nobody_takes_is_an_error_after_ten_minutes(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  engine_shop_submit(bench, "sale-1", "12.50");
  engine_shop_accept(bench, "sale-1", "12.50");
  bench_pass(bench, 10 * SHOPCAISSE_MINUTE);
  assert_finding(bench, "not-acked", "");
  bench_pass(bench, SHOPCAISSE_SECOND);
  assert_finding(bench, "not-acked", "error");
}

static void
pull_stock(Bench *bench, const char *rows)
{
  g_autofree char *page = g_strdup_printf("{'items':[%s],'hasNextPage':false,'skipped':0}", rows);

  (void)bench_perform(bench, COMPTOIR_OPERATION_RUN, "{'task': <'pull-stock'>}"); /* not awaited */
  bench_reply(
      bench,
      bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/stores/store-1/stocks?page=0&pageSize=1000"),
      SHOPCAISSE_REPLY_OK, page);
}

static void
fields_that_nobody_described_are_told(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  assert_finding(bench, "unknown-fields", "");
  pull_stock(bench, "{'item':'item-1','stock':1}");
  assert_finding(bench, "unknown-fields", "");
  pull_stock(bench, "{'item':'item-1','stock':1,'shelf':'A3'}");
  assert_finding(bench, "unknown-fields", "ok");
}

static void
fields_that_nobody_described_are_counted_by_name(void **state)
{
  Bench *bench = *state;
  g_autofree char *text = NULL;

  bench_open(bench);
  pull_stock(bench, "{'item':'item-1','stock':1,'shelf':'A3'},{'item':'i','stock':1,'shelf':1}");
  text = g_variant_print(bench_assert_done(bench_perform(bench, COMPTOIR_OPERATION_DIAGNOSE, NULL)),
                         FALSE);
  assert_non_null(strstr(text, "stock.shelf (2)"));
  assert_null(strstr(text, "A3"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(shop_that_is_set_up_is_fine),
    bench_empty_test(missing_token_is_an_error),
    bench_test(missing_rights_are_warnings),
    bench_test(host_that_is_the_till_is_no_error),
    bench_test(right_to_delete_that_nothing_needs_is_a_warning),
    bench_empty_test(missing_token_names_the_menu_path),
    bench_test(duties_of_the_country_are_told_with_their_day_and_source),
    bench_test(other_countries_have_no_block),
    bench_test(several_stores_of_one_token_are_noted),
    bench_test(finding_names_the_setting_that_mends_it),
    bench_test(missing_right_is_mended_by_another_token),
    bench_test(staging_token_is_a_warning),
    bench_test(production_token_is_none),
    bench_test(missing_till_of_record_is_an_error),
    bench_test(missing_store_is_an_error),
    bench_test(missing_calibration_is_an_error),
    bench_test(blocked_store_is_an_error),
    bench_empty_test(empty_catalogue_is_a_warning),
    bench_test(what_cannot_be_seen_is_unknown),
    bench_test(order_that_nobody_takes_is_an_error_after_ten_minutes),
    bench_test(fields_that_nobody_described_are_told),
    bench_test(fields_that_nobody_described_are_counted_by_name),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
