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
    cmocka_unit_test(company_brings_stores_and_registers),
    cmocka_unit_test(odd_stores_are_read_and_bad_ones_named),
    cmocka_unit_test(other_answers_are_no_page),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
