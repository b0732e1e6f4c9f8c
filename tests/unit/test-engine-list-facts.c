/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is known of the connection, fact by fact. */
#include "engine-lists.h"

#include <string.h>

static void
open_of(Bench *bench, const char *environment)
{
  g_free(bench->secrets.secret);
  bench->secrets.secret = bench_make_token(environment);
  bench_open(bench);
}

static void
facts_come_in_their_order(void **state)
{
  Bench *bench = *state;
  g_autoptr(GVariant) rows = NULL;
  g_autoptr(GString) ids = g_string_new(NULL);

  bench_open(bench);
  rows = bench_list(bench, "facts");
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    assert_string_not_equal(bench_text(row, "name"), "");
    assert_string_not_equal(bench_text(row, "text"), "");
    assert_string_not_equal(bench_text(row, "level"), "");
    g_string_append_printf(ids, "%s ", bench_text(row, "id"));
  }
  assert_string_equal(ids->str, "application environment address issued token rights company store "
                                "register price-list currency last-exchange ");
}

static void
shop_that_is_connected_is_known(void **state)
{
  open_of(*state, "prod");
  assert_row_text(*state, "facts", "application", "text", "app");
  assert_row_text(*state, "facts", "environment", "text", "Production");
  assert_row_text(*state, "facts", "address", "text", "https://api.shop-caisse.com");
  assert_row_text(*state, "facts", "token", "level", "ok");
  assert_row_text(*state, "facts", "company", "text", "company-1");
  assert_row_text(*state, "facts", "store", "text", "store-1");
  assert_row_text(*state, "facts", "register", "text", "pos-1");
}

static void
production_token_has_no_note_about_staging(void **state)
{
  open_of(*state, "prod");
  assert_row_text(*state, "facts", "staging", "text", "none");
}

static void
staging_token_has_one(void **state)
{
  open_of(*state, "staging");
  assert_row_text(*state, "facts", "staging", "level", "warning");
  assert_row_text(*state, "facts", "staging", "text",
                  "staging has no register: orders will never be acknowledged");
}

static void
age_of_the_token_is_told_and_no_end(void **state)
{
  bench_open(*state);
  assert_row_text(*state, "facts", "issued", "text", "2026-02-25, 5 days ago");
}

static void
missing_rights_are_counted(void **state)
{
  bench_open(*state);
  assert_row_text(*state, "facts", "rights", "level", "warning");
  assert_row_text(*state, "facts", "rights", "text", "7 rights that are needed are missing");
}

static void
last_exchange_is_the_last_answer(void **state)
{
  Bench *bench = *state;

  bench_open(bench);
  assert_row_text(bench, "facts", "last-exchange", "text", "2026-03-02 11:00");
}

static void
without_a_token_nothing_is_green(void **state)
{
  Bench *bench = *state;

  bench_start(bench);
  bench_run(bench);
  assert_row_text(bench, "facts", "application", "level", "unknown");
  assert_row_text(bench, "facts", "environment", "level", "unknown");
  assert_row_text(bench, "facts", "token", "level", "error");
  assert_row_text(bench, "facts", "rights", "level", "unknown");
  assert_row_text(bench, "facts", "store", "level", "unknown");
  assert_row_text(bench, "facts", "last-exchange", "text", "Never");
}

static void
refused_token_is_an_error(void **state)
{
  Bench *bench = *state;

  bench_start(bench);
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_FORBIDDEN, "{'message':'revoked'}");
  assert_row_text(bench, "facts", "token", "text", "Refused by Shopcaisse.");
}

static void
facts_are_told_as_changed_with_the_token(void **state)
{
  Bench *bench = *state;
  g_autofree char *token = bench_make_token("prod");

  bench->hears_lists = TRUE;
  bench_open(bench);
  bench_pass(bench, SHOPCAISSE_SECOND);
  g_string_truncate(bench->changed, 0);
  bench_perform_row(bench, COMPTOIR_OPERATION_SET_TOKEN,
                    g_variant_new_parsed("{'token': <%s>}", token));
  bench_answer_discovery(bench);
  bench_pass(bench, SHOPCAISSE_SECOND);
  assert_non_null(strstr(bench->changed->str, "facts "));
  assert_non_null(strstr(bench->changed->str, "rights "));
  assert_non_null(strstr(bench->changed->str, "stores "));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(facts_come_in_their_order),
    bench_test(shop_that_is_connected_is_known),
    bench_test(production_token_has_no_note_about_staging),
    bench_test(staging_token_has_one),
    bench_test(age_of_the_token_is_told_and_no_end),
    bench_test(missing_rights_are_counted),
    bench_test(last_exchange_is_the_last_answer),
    bench_empty_test(without_a_token_nothing_is_green),
    bench_test(refused_token_is_an_error),
    bench_test(facts_are_told_as_changed_with_the_token),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
