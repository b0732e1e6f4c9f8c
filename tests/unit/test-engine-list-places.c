/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Companies, stores, registers and price lists, and which of them a token may act on. */
#include "engine-lists.h"
#include "store/mirror.h"
#include "store/places.h"

#include <string.h>

static gboolean
is_usable(Bench *bench, const char *kind, const char *id)
{
  g_autoptr(GVariant) row = engine_lists_find(bench, kind, NULL, id);
  gboolean usable = FALSE;

  assert_non_null(row);
  assert_true(g_variant_lookup(row, "usable", "b", &usable));
  return usable;
}

/* A second company with a store, which the token sees. */
static void
furnish(Bench *bench)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);

  engine_shop_put_place(database, SHOPCAISSE_PLACE_COMPANY, "company-2", NULL);
  engine_shop_put_place(database, SHOPCAISSE_PLACE_STORE, "store-2", "company-2");
  engine_shop_put_place(database, SHOPCAISSE_PLACE_STORE, "store-3", "company-1");
}

static void
open_of(Bench *bench, const char *resources)
{
  furnish(bench);
  g_free(bench->secrets.secret);
  bench->secrets.secret = bench_make_token_of(resources);
  bench_open(bench);
}

static void
companies_are_listed(void **state)
{
  furnish(*state);
  bench_open(*state);
  assert_row_text(*state, "companies", "company-2", "name", "company-2");
}

static void
store_names_its_company(void **state)
{
  bench_open(*state);
  assert_row_text(*state, "stores", "store-1", "company_name", "company-1");
  assert_row_text(*state, "stores", "store-1", "parent_id", "company-1");
}

static void
store_is_searched_by_name_in_either_case(void **state)
{
  g_autoptr(GVariant) found = NULL;
  g_autoptr(GVariant) other = NULL;
  furnish(*state);
  bench_open(*state);
  found = engine_lists_find(*state, "stores", "{'search': <'STORE 3'>}", "store-3");
  other = engine_lists_find(*state, "stores", "{'search': <'STORE 3'>}", "store-2");
  assert_non_null(found);
  assert_null(other);
}

static void
store_outside_the_resources_is_seen_and_not_usable(void **state)
{
  open_of(*state, "'company.company-1','store.store-1'");
  assert_true(is_usable(*state, "stores", "store-1"));
  assert_false(is_usable(*state, "stores", "store-2"));
  assert_false(is_usable(*state, "stores", "store-3"));
  assert_false(is_usable(*state, "companies", "company-2"));
}

static void
company_brings_its_stores_when_no_store_is_named(void **state)
{
  open_of(*state, "'company.company-1'");
  assert_true(is_usable(*state, "stores", "store-3"));
  assert_false(is_usable(*state, "stores", "store-2"));
}

static void
token_that_names_nothing_may_act_on_all(void **state)
{
  furnish(*state);
  bench_open(*state);
  assert_true(is_usable(*state, "stores", "store-2"));
}

static void
store_that_is_only_seen_cannot_be_chosen(void **state)
{
  open_of(*state, "'store.store-1'");
  bench_assert_error(
      bench_perform(*state, COMPTOIR_OPERATION_CHANGE_SETTINGS, "{'store': <'store-2'>}"),
      COMPTOIR_ERROR_INVALID, "store-2");
}

static void
store_that_is_only_seen_is_no_choice(void **state)
{
  Bench *bench = *state;
  g_autofree char *text = NULL;

  open_of(bench, "'store.store-1'");
  text = g_variant_print(bench->settings, FALSE);
  assert_non_null(strstr(text, "store-1"));
  assert_null(strstr(text, "store-2"));
}

static void
register_that_is_switched_off_is_no_choice(void **state)
{
  Bench *bench = *state;
  const ShopcaissePlace off = {
    .kind = SHOPCAISSE_PLACE_POS,
    .id = (char *)"pos-off",
    .parent_id = (char *)"store-1",
    .name = (char *)"Off",
  };
  ShopcaisseDatabase *database = bench_open_store(bench);
  g_autofree char *text = NULL;

  assert_true(shopcaisse_mirror_put_place(database, &off, 1, NULL));
  shopcaisse_database_close(database);
  bench_open(bench);
  text = g_variant_print(bench->settings, FALSE);
  assert_non_null(strstr(text, "pos-1"));
  assert_null(strstr(text, "pos-off"));
}

static void
choose(Bench *bench, const char *store_id)
{
  bench_assert_done(bench_perform_row(bench, COMPTOIR_OPERATION_CHANGE_SETTINGS,
                                      g_variant_new_parsed("{'store': <%s>}", store_id)));
  bench_reply(bench, bench_take(bench, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
}

static void
articles_of_two_companies_do_not_mix(void **state)
{
  Bench *bench = *state;

  furnish(bench);
  bench_open(bench);
  assert_row_text(bench, "items", "item-1", "id", "item-1");
  choose(bench, "store-2");
  assert_row_text(bench, "items", "item-1", "id", "none");
  choose(bench, "store-1");
  assert_row_text(bench, "items", "item-1", "id", "item-1");
}

static void
order_never_carries_an_article_of_another_company(void **state)
{
  Bench *bench = *state;

  furnish(bench);
  bench_set(bench, "unit:store-2", "decimal:decimal");
  bench_open(bench);
  choose(bench, "store-2");
  engine_shop_submit(bench, "sale-1", "12.50");
  assert_string_equal(bench_progress(bench, "sale-1", "state"), "held");
  assert_string_equal(bench_progress(bench, "sale-1", "reason"), "unlinked");
  bench_assert_quiet(bench);
}

static void
price_lists_include_the_tax(void **state)
{
  Bench *bench = *state;
  const ShopcaissePriceList list = { (char *)"list-1", (char *)"Terrasse", NULL };
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(bench);
  g_autoptr(GVariant) row = NULL;
  gboolean tax_included = FALSE;

  assert_true(shopcaisse_mirror_put_price_list(database, "company-1", &list, 1, NULL));
  g_clear_pointer(&database, shopcaisse_database_close);
  bench_open(bench);
  row = engine_lists_find(bench, "price-lists", NULL, "list-1");
  assert_non_null(row);
  assert_string_equal(bench_text(row, "name"), "Terrasse");
  assert_string_equal(bench_text(row, "parent_id"), "company-1");
  assert_true(g_variant_lookup(row, "tax_included", "b", &tax_included) && tax_included);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(companies_are_listed),
    bench_test(store_names_its_company),
    bench_test(store_is_searched_by_name_in_either_case),
    bench_test(store_outside_the_resources_is_seen_and_not_usable),
    bench_test(company_brings_its_stores_when_no_store_is_named),
    bench_test(token_that_names_nothing_may_act_on_all),
    bench_test(store_that_is_only_seen_cannot_be_chosen),
    bench_test(store_that_is_only_seen_is_no_choice),
    bench_test(register_that_is_switched_off_is_no_choice),
    bench_test(articles_of_two_companies_do_not_mix),
    bench_test(order_never_carries_an_article_of_another_company),
    bench_test(price_lists_include_the_tax),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}
