/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing prices: the texts byte for byte, the calls, the answers. */
#include "answer.h"
#include "api/price-write.h"
#include "model/money.h"

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
assert_request(ShopcaisseRequest *request, ShopcaisseMethod method, const char *path)
{
  assert_non_null(request);
  assert_int_equal(request->method, method);
  assert_string_equal(request->path, path);
  shopcaisse_request_free(request);
}

static char *
get_text(GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data(bytes, &size);

  return g_strndup(data, size);
}

static void
assert_body(GBytes *body, const char *text)
{
  g_autofree char *found = get_text(body);

  assert_string_equal(found, text);
  g_bytes_unref(body);
}

static GPtrArray *
make_prices(void)
{
  GPtrArray *prices = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_price_free);
  static const struct {
    const char *item_id;
    gint64 minor;
  } rows[] = { { "item-1", 420 }, { "item-2", 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    ShopcaissePrice *price = g_new0(ShopcaissePrice, 1);

    price->item_id = g_strdup(rows[i].item_id);
    price->has_price = TRUE;
    price->price_minor = rows[i].minor;
    g_ptr_array_add(prices, price);
  }
  return prices;
}

static void
requests_name_company_list_and_item(void **state)
{
  g_autoptr(GBytes) body = answer_quoted("{}");

  assert_request(shopcaisse_price_put_request("c", "l/1", "3d0fS", body), SHOPCAISSE_METHOD_PUT,
                 "/v1/companies/c/prices/l%2F1/items/3d0fS");
  assert_request(shopcaisse_prices_put_request("c", "l", body), SHOPCAISSE_METHOD_PUT,
                 "/v1/companies/c/prices/l");
}

static void
price_is_printed_from_cents(void **state)
{
  assert_body(shopcaisse_price_build(390, SHOPCAISSE_FORM_DECIMAL), "{\"price\":3.90}");
  assert_body(shopcaisse_price_build(1, SHOPCAISSE_FORM_DECIMAL), "{\"price\":0.01}");
  assert_body(shopcaisse_price_build(SHOPCAISSE_MONEY_MAX_MINOR, SHOPCAISSE_FORM_DECIMAL),
              "{\"price\":999999999.99}");
}

static void
unit_of_a_price_is_the_callers_to_say(void **state)
{
  assert_body(shopcaisse_price_build(390, SHOPCAISSE_FORM_DECIMAL_DIGITS), "{\"price\":3.90}");
  assert_body(shopcaisse_price_build(390, SHOPCAISSE_FORM_MINOR), "{\"price\":390}");
}

static void
many_prices_are_a_bare_array(void **state)
{
  g_autoptr(GPtrArray) prices = make_prices();

  assert_body(shopcaisse_prices_build(prices, SHOPCAISSE_FORM_DECIMAL),
              "[{\"price\":4.20,\"itemId\":\"item-1\"},{\"price\":0.00,\"itemId\":\"item-2\"}]");
  assert_body(shopcaisse_prices_build(prices, SHOPCAISSE_FORM_MINOR),
              "[{\"price\":420,\"itemId\":\"item-1\"},{\"price\":0,\"itemId\":\"item-2\"}]");
}

static void
new_list_is_the_file(void **state)
{
  g_autoptr(GPtrArray) prices = make_prices();
  g_autoptr(GBytes) file = answer_load("price-list-request.json");
  g_autofree char *text = get_text(file);
  ShopcaissePriceListDraft draft = {
    .store_id = "store-1", .name = "Terrasse", .description = "en terrasse", .prices = prices
  };
  g_autoptr(ShopcaisseRequest) request =
      shopcaisse_price_list_create_request("c", &draft, SHOPCAISSE_FORM_DECIMAL);

  assert_int_equal(request->method, SHOPCAISSE_METHOD_POST);
  assert_string_equal(request->path, "/v1/companies/c/prices");
  assert_body(g_bytes_ref(request->body), g_strchomp(text));
}

static void
answer_to_many_prices_is_a_bare_list(void **state)
{
  g_autoptr(GBytes) body = answer_load("written-prices.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_written_prices_parse(body, NULL);

  assert_non_null(page);
  assert_int_equal(page->rows->len, 2);
  assert_int_equal(((ShopcaissePrice *)g_ptr_array_index(page->rows, 0))->price_minor, 390);
  assert_false(((ShopcaissePrice *)g_ptr_array_index(page->rows, 1))->has_price);
}

static void
answers_to_one_price_and_one_list_are_read(void **state)
{
  g_autoptr(GBytes) price_body = answer_quoted("{'priceList':'l','item':'i','price':0.3}");
  g_autoptr(GBytes) list_body = answer_quoted("{'id':'l','name':' Terrasse','ownerStoreId':'s'}");
  g_autoptr(ShopcaissePrice) price = shopcaisse_price_parse(price_body, NULL);
  g_autoptr(ShopcaissePriceList) list = shopcaisse_price_list_parse(list_body, NULL);

  assert_int_equal(price->price_minor, 30);
  assert_string_equal(list->name, "Terrasse");
  assert_string_equal(list->store_id, "s");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(requests_name_company_list_and_item),
    cmocka_unit_test(price_is_printed_from_cents),
    cmocka_unit_test(unit_of_a_price_is_the_callers_to_say),
    cmocka_unit_test(many_prices_are_a_bare_array),
    cmocka_unit_test(new_list_is_the_file),
    cmocka_unit_test(answer_to_many_prices_is_a_bare_list),
    cmocka_unit_test(answers_to_one_price_and_one_list_are_read),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
