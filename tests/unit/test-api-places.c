/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tree of places. */
#include "answer.h"
#include "api/places.h"

#include <locale.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
requests_name_kind_page_and_size(void **state)
{
  static const struct {
    ShopcaissePlaceKind kind;
    const char *path;
  } cases[] = {
    { SHOPCAISSE_PLACE_ORGANISATION, "/v1/organisations?page=2&pageSize=25" },
    { SHOPCAISSE_PLACE_COMPANY, "/v1/companies?page=2&pageSize=25" },
    { SHOPCAISSE_PLACE_STORE, "/v1/stores?page=2&pageSize=25" },
    { SHOPCAISSE_PLACE_POS, "/v1/pos?page=2&pageSize=25" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(ShopcaisseRequest) request = shopcaisse_places_request(cases[i].kind, 2);

    assert_string_equal(request->path, cases[i].path);
  }
}

static void
ids_are_escaped_in_paths(void **state)
{
  g_autoptr(ShopcaisseRequest) request =
      shopcaisse_place_request(SHOPCAISSE_PLACE_STORE, "a/b?c=d&e \xc3\xa9%");

  assert_string_equal(request->path, "/v1/stores/a%2Fb%3Fc%3Dd%26e%20%C3%A9%25");
}

static void
company_brings_stores_and_registers(void **state)
{
  g_autoptr(GBytes) body = answer_load("companies.json");
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaissePage) page = shopcaisse_places_parse(SHOPCAISSE_PLACE_COMPANY, body, &error);

  assert_null(error);
  assert_int_equal(page->n_seen, 1);
  assert_int_equal(page->rows->len, 3);
  assert_int_equal(page->rejected->len, 0);

  const ShopcaissePlace *company = g_ptr_array_index(page->rows, 0);
  const ShopcaissePlace *store = g_ptr_array_index(page->rows, 1);
  const ShopcaissePlace *pos = g_ptr_array_index(page->rows, 2);

  assert_string_equal(company->name, "Exemple SARL");
  assert_string_equal(company->country, "FR");
  assert_string_equal(company->parent_id, "organisation-1");
  assert_int_equal(store->kind, SHOPCAISSE_PLACE_STORE);
  assert_string_equal(store->city, "Lille");
  assert_int_equal(pos->kind, SHOPCAISSE_PLACE_POS);
  assert_string_equal(pos->parent_id, "store-1");
  assert_true(pos->configuration_mode);
}

static void
odd_stores_are_read_and_bad_ones_named(void **state)
{
  g_autoptr(GBytes) body = answer_load("stores.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_places_parse(SHOPCAISSE_PLACE_STORE, body, NULL);

  assert_non_null(page);
  assert_true(page->has_next);
  assert_int_equal(page->skipped, 3);
  assert_int_equal(page->n_seen, 4);
  assert_int_equal(page->rows->len, 4);

  const ShopcaissePlace *bare = g_ptr_array_index(page->rows, 2);
  const ShopcaissePlace *empty = g_ptr_array_index(page->rows, 3);

  assert_string_equal(bare->id, "pos-2");
  assert_string_equal(bare->parent_id, "store-1");
  assert_string_equal(bare->name, "");
  assert_string_equal(empty->name, "");
  assert_null(empty->parent_id);
  assert_true(empty->active);
  assert_int_equal(page->rejected->len, 3);
  assert_string_equal(g_ptr_array_index(page->rejected, 0),
                      "items[0].poss[2].id: a string is wanted, found nothing");
  assert_string_equal(g_ptr_array_index(page->rejected, 1),
                      "items[2].id: a string is wanted, found nothing");
  assert_string_equal(g_ptr_array_index(page->rejected, 2),
                      "items[3]: an object is wanted, found a number");
}

static void
one_place_comes_with_what_is_below(void **state)
{
  g_autoptr(GBytes) body =
      answer_quoted("{'id':'o1','companies':[{'id':'c1','stores':[{'id':'s1','poss':['p1']}]}]}");
  g_autoptr(GPtrArray) places = shopcaisse_place_parse(SHOPCAISSE_PLACE_ORGANISATION, body, NULL);

  assert_non_null(places);
  assert_int_equal(places->len, 4);
  assert_string_equal(((ShopcaissePlace *)g_ptr_array_index(places, 1))->parent_id, "o1");
  assert_string_equal(((ShopcaissePlace *)g_ptr_array_index(places, 3))->parent_id, "s1");
}

static void
place_without_id_is_an_error(void **state)
{
  g_autoptr(GBytes) body = answer_quoted("{'name':'Centre'}");
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_place_parse(SHOPCAISSE_PLACE_STORE, body, &error));
  assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
}

static void
other_answers_are_no_page(void **state)
{
  static const char *const texts[] = {
    "[]",
    "{}",
    "{'items':{},'hasNextPage':false}",
    "{'items':[]}",
    "{'items':[],'hasNextPage':null}",
    "{'items':[],'hasNextPage':'false'}",
    "{'items':[],'hasNextPage':false,'skipped':-1}",
    "{'items':[],'hasNextPage':false,'skipped':'0'}",
    "{'items':null,'hasNextPage':false}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GBytes) body = answer_quoted(texts[i]);
    g_autoptr(GError) error = NULL;

    assert_null(shopcaisse_places_parse(SHOPCAISSE_PLACE_STORE, body, &error));
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(requests_name_kind_page_and_size),
    cmocka_unit_test(ids_are_escaped_in_paths),
    cmocka_unit_test(company_brings_stores_and_registers),
    cmocka_unit_test(odd_stores_are_read_and_bad_ones_named),
    cmocka_unit_test(one_place_comes_with_what_is_below),
    cmocka_unit_test(place_without_id_is_an_error),
    cmocka_unit_test(other_answers_are_no_page),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
