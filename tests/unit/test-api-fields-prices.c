/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each type of JSON in each field of price lists, prices, stocks and the currency. */
#include "api-fields.h"
#include "api/catalogue.h"
#include "api/price-write.h"

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
show_list(ApiShown *shown, gconstpointer row)
{
  const ShopcaissePriceList *self = row;

  api_show_text(shown, "id", self->id);
  api_show_text(shown, "name", self->name);
  api_show_text(shown, "store", self->store_id);
}

static gboolean
show_lists(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_price_lists_parse(body, error);

  return api_show_page(shown, page, show_list, error);
}

static gboolean
show_one_list(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePriceList) value = shopcaisse_price_list_parse(body, error);

  if (value == NULL)
    return FALSE;
  show_list(shown, value);
  return TRUE;
}

#define LIST_ROW "{'id':'l','name':'L','ownerStoreId':'s','description':'d'}"

static const ApiField list_fields[] = {
  API_TEXT("id", "id", "!"),
  API_TEXT("name", "name", "name="),
  API_TEXT("ownerStoreId", "store", "store=none"),
  { "description", { API_UNTOUCHED } },
};

static const ApiResource price_list = {
  .name = "price list",
  .before = "{'items':[",
  .row = LIST_ROW,
  .behind = "],'hasNextPage':false}",
  .show = show_lists,
  .fields = list_fields,
  .n_fields = G_N_ELEMENTS(list_fields),
};

static const ApiResource price_list_alone = {
  .name = "price list alone",
  .before = "",
  .row = LIST_ROW,
  .behind = "",
  .show = show_one_list,
  .fields = list_fields,
  .n_fields = G_N_ELEMENTS(list_fields),
};

static void
show_price(ApiShown *shown, gconstpointer row)
{
  const ShopcaissePrice *self = row;

  api_show_text(shown, "item", self->item_id);
  api_show_number(shown, "has_price", self->has_price);
  api_show_number(shown, "price", self->price_minor);
}

static gboolean
show_prices(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_prices_parse(body, error);

  return api_show_page(shown, page, show_price, error);
}

static gboolean
show_written_prices(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_written_prices_parse(body, error);

  return api_show_page(shown, page, show_price, error);
}

static gboolean
show_one_price(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePrice) value = shopcaisse_price_parse(body, error);

  if (value == NULL)
    return FALSE;
  show_price(shown, value);
  return TRUE;
}

#define PRICE_ROW "{'priceList':'l','item':'i','price':3.9}"

static const ApiField price_fields[] = {
  { "priceList", { API_UNTOUCHED } },
  API_TEXT("item", "item", "!"),
  API_NUMBER("price", "price=700", "price=50", "has_price=0 price=0"),
};

static const ApiResource price = {
  .name = "price",
  .before = "{'items':[",
  .row = PRICE_ROW,
  .behind = "],'hasNextPage':false}",
  .show = show_prices,
  .fields = price_fields,
  .n_fields = G_N_ELEMENTS(price_fields),
};

static const ApiResource written_price = {
  .name = "written price",
  .before = "[",
  .row = PRICE_ROW,
  .behind = "]",
  .show = show_written_prices,
  .fields = price_fields,
  .n_fields = G_N_ELEMENTS(price_fields),
};

static const ApiResource price_alone = {
  .name = "price alone",
  .before = "",
  .row = PRICE_ROW,
  .behind = "",
  .show = show_one_price,
  .fields = price_fields,
  .n_fields = G_N_ELEMENTS(price_fields),
};

static void
show_stock(ApiShown *shown, gconstpointer row)
{
  const ShopcaisseStock *self = row;

  api_show_text(shown, "item", self->item_id);
  api_show_number(shown, "stock", self->stock_milli);
  api_show_number(shown, "reserved", self->reserved_milli);
}

static gboolean
show_stocks(GBytes *body, ApiShown *shown, GError **error)
{
  g_autoptr(ShopcaissePage) page = shopcaisse_stocks_parse(body, error);

  return api_show_page(shown, page, show_stock, error);
}

static const ApiField stock_fields[] = {
  API_TEXT("item", "item", "!"),
  API_NUMBER("stock", "stock=7000", "stock=500", "!"),
  API_NUMBER("reservedForCustomers", "reserved=9000", "reserved=2500", "reserved=2000"),
  API_NUMBER("reservedForSuppliers", "reserved=8000", "reserved=1500", "reserved=1000"),
};

static const ApiResource stock = {
  .name = "stock",
  .before = "{'items':[",
  .row = "{'item':'i','stock':5,'reservedForCustomers':1,'reservedForSuppliers':2}",
  .behind = "],'hasNextPage':false}",
  .show = show_stocks,
  .fields = stock_fields,
  .n_fields = G_N_ELEMENTS(stock_fields),
};

static gboolean
show_currency(GBytes *body, ApiShown *shown, GError **error)
{
  g_autofree char *code = shopcaisse_currency_parse(body, error);

  api_show_text(shown, "code", code);
  return code != NULL;
}

static const ApiField currency_fields[] = {
  { "setting", { API_REFUSED } },
  { "company", { API_UNTOUCHED } },
  { "value", { API_REFUSED } },
};

static const ApiResource currency = {
  .name = "currency",
  .before = "[",
  .row = "{'setting':'CURRENCY_CODE','company':'c','value':'EUR'}",
  .behind = "]",
  .show = show_currency,
  .fields = currency_fields,
  .n_fields = G_N_ELEMENTS(currency_fields),
  .is_reticent = TRUE,
};

static void
price_list_field_by_field(void **state)
{
  api_fields_check(&price_list);
}

static void
hostile_price_list(void **state)
{
  api_hostile_check(&price_list);
}

static void
price_list_alone_field_by_field(void **state)
{
  api_fields_check(&price_list_alone);
}

static void
hostile_price_list_alone(void **state)
{
  api_hostile_check(&price_list_alone);
}

static void
price_field_by_field(void **state)
{
  api_fields_check(&price);
}

static void
hostile_price(void **state)
{
  api_hostile_check(&price);
}

static void
written_price_field_by_field(void **state)
{
  api_fields_check(&written_price);
}

static void
hostile_written_price(void **state)
{
  api_hostile_check(&written_price);
}

static void
price_alone_field_by_field(void **state)
{
  api_fields_check(&price_alone);
}

static void
hostile_price_alone(void **state)
{
  api_hostile_check(&price_alone);
}

static void
stock_field_by_field(void **state)
{
  api_fields_check(&stock);
}

static void
hostile_stock(void **state)
{
  api_hostile_check(&stock);
}

static void
currency_field_by_field(void **state)
{
  api_fields_check(&currency);
}

static void
hostile_currency(void **state)
{
  api_hostile_check(&currency);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(price_list_field_by_field),
    cmocka_unit_test(hostile_price_list),
    cmocka_unit_test(price_list_alone_field_by_field),
    cmocka_unit_test(hostile_price_list_alone),
    cmocka_unit_test(price_field_by_field),
    cmocka_unit_test(hostile_price),
    cmocka_unit_test(written_price_field_by_field),
    cmocka_unit_test(hostile_written_price),
    cmocka_unit_test(price_alone_field_by_field),
    cmocka_unit_test(hostile_price_alone),
    cmocka_unit_test(stock_field_by_field),
    cmocka_unit_test(hostile_stock),
    cmocka_unit_test(currency_field_by_field),
    cmocka_unit_test(hostile_currency),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
