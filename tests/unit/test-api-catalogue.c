/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Items, families, prices, stocks, currency: requests, odd answers, and rows that are left out. */
#include "answer.h"
#include "api/catalogue.h"

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
assert_path(ShopcaisseRequest *request, const char *path)
{
  assert_int_equal(request->method, SHOPCAISSE_METHOD_GET);
  assert_string_equal(request->path, path);
  shopcaisse_request_free(request);
}

static void
requests_send_page_and_size(void **state)
{
  assert_path(shopcaisse_items_request("c/1", 0, 1000),
              "/v1/companies/c%2F1/items?page=0&pageSize=1000");
  assert_path(shopcaisse_item_request("c", "3d0fS"), "/v1/companies/c/items/3d0fS");
  assert_path(shopcaisse_families_request("c", 3), "/v1/companies/c/families?page=3&pageSize=25");
  assert_path(shopcaisse_price_lists_request("c", 0), "/v1/companies/c/prices?page=0&pageSize=25");
  assert_path(shopcaisse_prices_request("c", "l", 1, 500),
              "/v1/companies/c/prices/l?page=1&pageSize=500");
  assert_path(shopcaisse_currency_request("a/b?c=d&e \xc3\xa9%"),
              "/v1/companies/a%2Fb%3Fc%3Dd%26e%20%C3%A9%25/currency");
  assert_path(shopcaisse_stocks_request("s", NULL, 0, 1000),
              "/v1/stores/s/stocks?page=0&pageSize=1000");
  assert_path(shopcaisse_stocks_request("s", "POS", 0, 1000),
              "/v1/stores/s/stocks?page=0&pageSize=1000&type=POS");
}

static void
ordinary_item_is_read(void **state)
{
  g_autoptr(GBytes) body = answer_load("items.json");
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaissePage) page = shopcaisse_items_parse(body, &error);

  assert_null(error);

  const ShopcaisseItem *item = g_ptr_array_index(page->rows, 0);

  assert_string_equal(item->id, "3d0f6a3e-5c1b-4f55-9a53-1f0000000010");
  assert_string_equal(item->company_id, "company-1");
  assert_string_equal(item->name, "Tarte citron");
  assert_int_equal(item->type, SHOPCAISSE_ITEM_SIMPLE);
  assert_string_equal(item->unit, "UNIT");
  assert_true(item->has_price);
  assert_int_equal(item->price_minor, 390);
  assert_true(item->manage_stock);
  assert_false(item->deleted);
  assert_string_equal(item->reference, "TC-01");
  assert_int_equal(g_strv_length(item->barcodes), 1);
  assert_string_equal(item->barcodes[0], "3770000000017");
  assert_string_equal(item->family_name, "Desserts");
  assert_int_equal(item->vat_on_site_bp, 1000);
  assert_int_equal(item->vat_take_away_bp, 550);
  assert_int_equal(item->flags, 0);
}

static void
odd_items_are_read_and_flagged(void **state)
{
  g_autoptr(GBytes) body = answer_load("items.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_items_parse(body, NULL);

  assert_non_null(page);
  assert_int_equal(page->rows->len, 5);

  const ShopcaisseItem *by_weight = g_ptr_array_index(page->rows, 1);
  const ShopcaisseItem *free_price = g_ptr_array_index(page->rows, 2);
  const ShopcaisseItem *variation = g_ptr_array_index(page->rows, 3);
  const ShopcaisseItem *bundle = g_ptr_array_index(page->rows, 4);

  assert_string_equal(by_weight->barcodes[0], "3740000000001");
  assert_string_equal(by_weight->reference, "");
  assert_int_equal(by_weight->flags, SHOPCAISSE_ITEM_FLAG_TECHNICAL_FAMILY);
  assert_int_equal(by_weight->vat_on_site_bp, SHOPCAISSE_VAT_UNKNOWN);
  assert_int_equal(free_price->flags,
                   SHOPCAISSE_ITEM_FLAG_ZERO_PRICE | SHOPCAISSE_ITEM_FLAG_NO_VAT);
  assert_int_equal(g_strv_length(free_price->barcodes), 0);
  assert_true(variation->deleted);
  assert_string_equal(variation->parent_id, "item-parent");
  assert_int_equal(variation->flags, SHOPCAISSE_ITEM_FLAG_NO_PRICE);
  assert_int_equal(bundle->type, SHOPCAISSE_ITEM_OTHER);
  assert_string_equal(bundle->type_text, "BUNDLE");
}

static void
bad_items_are_named_and_the_page_lives(void **state)
{
  g_autoptr(GBytes) body = answer_load("items.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_items_parse(body, NULL);

  assert_non_null(page);
  assert_true(page->has_next);
  assert_int_equal(page->n_seen, 8);
  assert_int_equal(page->rejected->len, 3);
  assert_string_equal(g_ptr_array_index(page->rejected, 0),
                      "items[5].defaultPrice: a number is wanted, found a string");
  assert_string_equal(g_ptr_array_index(page->rejected, 1),
                      "items[6].defaultPrice: this number is not an amount in whole cents");
  assert_string_equal(g_ptr_array_index(page->rejected, 2),
                      "items[7].id: a string is wanted, found nothing");
}

static void
fields_below_are_named_by_their_path(void **state)
{
  static const struct {
    const char *field;
    const char *message;
  } cases[] = {
    { "'family':{'id':5}", "items[0].family.id: a string is wanted, found a number" },
    { "'family':{'name':[]}", "items[0].family.name: a string is wanted, found an array" },
    { "'vatOnSite':{'rate':'0.2'}", "items[0].vatOnSite.rate: a number is wanted, found a string" },
    { "'vatTakeAway':{'rate':20}",
      "items[0].vatTakeAway.rate: this number is not a rate between 0 and 1" },
    { "'barcodes':['1',2]", "items[0].barcodes[1]: a string is wanted, found a number" },
    { "'defaultPrice':-1", "items[0].defaultPrice: this number is negative" },
    { "'defaultPrice':1e12", "items[0].defaultPrice: this number is not an amount in whole cents" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *text =
        g_strdup_printf("{'items':[{'id':'item-1',%s}],'hasNextPage':false}", cases[i].field);
    g_autoptr(GBytes) body = answer_quoted(text);
    g_autoptr(ShopcaissePage) page = shopcaisse_items_parse(body, NULL);

    assert_int_equal(page->rejected->len, 1);
    assert_string_equal(g_ptr_array_index(page->rejected, 0), cases[i].message);
  }
}

static void
single_item_is_read(void **state)
{
  g_autoptr(GBytes) body = answer_load("item.json");
  g_autoptr(ShopcaisseItem) item = shopcaisse_item_parse(body, NULL);

  assert_non_null(item);
  assert_int_equal(item->type, SHOPCAISSE_ITEM_MENU);
  assert_int_equal(item->price_minor, 1450);
}

static void
families_are_read_and_the_tills_own_marked(void **state)
{
  g_autoptr(GBytes) body = answer_load("families.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_families_parse(body, NULL);

  assert_int_equal(page->rows->len, 3);
  assert_string_equal(((ShopcaisseFamily *)g_ptr_array_index(page->rows, 0))->name, "Desserts");
  assert_false(((ShopcaisseFamily *)g_ptr_array_index(page->rows, 0))->is_technical);
  assert_true(((ShopcaisseFamily *)g_ptr_array_index(page->rows, 1))->is_technical);
  assert_true(((ShopcaisseFamily *)g_ptr_array_index(page->rows, 2))->is_technical);
}

static void
price_lists_are_read(void **state)
{
  g_autoptr(GBytes) body = answer_load("price-lists.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_price_lists_parse(body, NULL);

  assert_int_equal(page->rows->len, 2);
  assert_string_equal(((ShopcaissePriceList *)g_ptr_array_index(page->rows, 0))->store_id,
                      "store-1");
  assert_string_equal(((ShopcaissePriceList *)g_ptr_array_index(page->rows, 1))->name, "");
}

static void
missing_price_is_no_price(void **state)
{
  g_autoptr(GBytes) body = answer_load("prices.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_prices_parse(body, NULL);

  assert_int_equal(page->n_seen, 6);
  assert_int_equal(page->rows->len, 4);
  assert_int_equal(page->rejected->len, 2);
  assert_int_equal(((ShopcaissePrice *)g_ptr_array_index(page->rows, 0))->price_minor, 390);
  assert_false(((ShopcaissePrice *)g_ptr_array_index(page->rows, 1))->has_price);
  assert_false(((ShopcaissePrice *)g_ptr_array_index(page->rows, 2))->has_price);
  assert_int_equal(((ShopcaissePrice *)g_ptr_array_index(page->rows, 3))->price_minor, 30);
}

static void
stocks_may_be_negative_and_have_fractions(void **state)
{
  g_autoptr(GBytes) body = answer_load("stocks.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_stocks_parse(body, NULL);

  assert_int_equal(page->rows->len, 3);
  assert_int_equal(page->rejected->len, 2);
  assert_int_equal(((ShopcaisseStock *)g_ptr_array_index(page->rows, 0))->reserved_milli, 3000);
  assert_int_equal(((ShopcaisseStock *)g_ptr_array_index(page->rows, 1))->stock_milli, -3250);
  assert_int_equal(((ShopcaisseStock *)g_ptr_array_index(page->rows, 2))->stock_milli, 123);
}

static void
currency_code_is_found(void **state)
{
  g_autoptr(GBytes) body = answer_load("currency.json");
  g_autofree char *code = shopcaisse_currency_parse(body, NULL);

  assert_string_equal(code, "EUR");
}

static void
answer_without_currency_is_an_error(void **state)
{
  static const char *const texts[] = { "[]", "{}", "[{'setting':'CURRENCY_CODE','value':'eur'}]",
                                       "[{'setting':'CURRENCY_CODE','value':978}]", "[1,null]" };

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GBytes) body = answer_quoted(texts[i]);
    g_autoptr(GError) error = NULL;

    assert_null(shopcaisse_currency_parse(body, &error));
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL));
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(requests_send_page_and_size),
    cmocka_unit_test(ordinary_item_is_read),
    cmocka_unit_test(odd_items_are_read_and_flagged),
    cmocka_unit_test(bad_items_are_named_and_the_page_lives),
    cmocka_unit_test(fields_below_are_named_by_their_path),
    cmocka_unit_test(single_item_is_read),
    cmocka_unit_test(families_are_read_and_the_tills_own_marked),
    cmocka_unit_test(price_lists_are_read),
    cmocka_unit_test(missing_price_is_no_price),
    cmocka_unit_test(stocks_may_be_negative_and_have_fractions),
    cmocka_unit_test(currency_code_is_found),
    cmocka_unit_test(answer_without_currency_is_an_error),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
