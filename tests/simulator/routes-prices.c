/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Price lists, prices and the currency (PROTOCOL 3.10). */

#include "catalogue-rows.h"
#include "catalogue.h"
#include "identity.h"
#include "route.h"
#include "stores.h"
#include "switches.h"
#include "wire.h"

static json_t *
build_list(SimCall *call, gpointer row)
{
  (void)call;
  return sim_catalogue_build_list(row);
}

static void
list_price_lists(SimCall *call)
{
  sim_call_answer_page(call, call->sim->catalogue->lists, build_list);
}

static const SimPriceList *
get_call_list(SimCall *call, guint *place)
{
  const char *id = sim_call_get(call, "priceList");
  const SimPriceList *list = sim_catalogue_find_list(call->sim->catalogue, id, place);

  if (list == NULL || !g_str_equal(list->id, id)) {
    sim_call_fail(call, 404, "Price list %s not found", id);
    return NULL;
  }
  return list;
}

static json_t *
build_entry(SimCall *call, gpointer row)
{
  guint place = 0;
  const SimPriceList *list =
      sim_catalogue_find_list(call->sim->catalogue, sim_call_get(call, "priceList"), &place);
  return sim_catalogue_build_entry(list, place, row);
}

static void
list_prices(SimCall *call)
{
  const GPtrArray *items = call->sim->catalogue->items;
  g_autoptr(GPtrArray) rows = g_ptr_array_new();
  guint place = 0;

  if (get_call_list(call, &place) == NULL)
    return;
  for (guint i = 0; i < items->len; i++) {
    SimItem *item = g_ptr_array_index(items, i);
    if (sim_item_get_price(item, place) != SIM_PRICE_UNLISTED)
      g_ptr_array_add(rows, item);
  }
  sim_call_answer_page(call, rows, build_entry);
}

static GPtrArray *
check_prices(const SimCall *call, const json_t *prices)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func(g_free);

  for (gsize i = 0; i < json_array_size(prices); i++) {
    const json_t *entry = json_array_get(prices, i);
    const char *id = sim_wire_get_text(entry, "itemId", NULL);
    if (!json_is_number(json_object_get(entry, "price")) ||
        sim_wire_get_number(entry, "price", -1) < 0)
      g_ptr_array_add(messages,
                      g_strdup_printf("prices.%u.price must not be less than 0", (guint)i));
    if (id == NULL || sim_catalogue_get_item(call->sim->catalogue, id) == NULL)
      g_ptr_array_add(messages, g_strdup_printf("prices.%u.itemId must be an item", (guint)i));
  }
  return messages;
}

static json_t *
apply_prices(SimCall *call, const SimPriceList *list, guint place, const json_t *prices)
{
  json_t *entries = json_array();

  for (gsize i = 0; i < json_array_size(prices); i++) {
    const json_t *entry = json_array_get(prices, i);
    SimItem *item =
        sim_catalogue_get_item(call->sim->catalogue, sim_wire_get_text(entry, "itemId", ""));
    sim_item_set_price(item, place, sim_wire_to_minor(sim_wire_get_number(entry, "price", 0)));
    json_array_append_new(entries, sim_catalogue_build_entry(list, place, item));
  }
  sim_touch(call->sim);
  return entries;
}

static void
clear_list(SimCall *call, guint place)
{
  const GPtrArray *items = call->sim->catalogue->items;

  for (guint i = 0; i < items->len; i++)
    sim_item_set_price(g_ptr_array_index(items, i), place, SIM_PRICE_UNLISTED);
}

static void
create_list(SimCall *call)
{
  const char *store_id = sim_wire_get_text(call->body, "store", "");
  const SimStore *store = sim_stores_get_store(call->sim->stores, store_id);
  const json_t *prices = json_object_get(call->body, "prices");
  g_autoptr(GPtrArray) messages = check_prices(call, prices);

  if (store == NULL)
    g_ptr_array_add(messages, g_strdup("store must be a store"));
  if (sim_wire_get_text(call->body, "name", NULL) == NULL)
    g_ptr_array_add(messages, g_strdup("name must be a string"));
  if (!json_is_array(prices))
    g_ptr_array_add(messages, g_strdup("prices must be an array"));
  if (messages->len > 0) {
    sim_call_fail_fields(call, messages);
    return;
  }

  SimPriceList *list = g_new0(SimPriceList, 1);
  list->id = sim_identity_next(call->sim, "price-list");
  list->key = g_strdup(list->id);
  list->name = g_strdup(sim_wire_get_text(call->body, "name", ""));
  list->description = g_strdup(sim_wire_get_text(call->body, "description", NULL));
  list->store = g_strdup(store->id);
  g_ptr_array_add(call->sim->catalogue->lists, list);
  json_decref(apply_prices(call, list, call->sim->catalogue->lists->len - 1, prices));
  sim_call_answer(call, 201, sim_catalogue_build_list(list));
}

static void
set_prices(SimCall *call)
{
  guint place = 0;
  const SimPriceList *list = get_call_list(call, &place);
  if (list == NULL)
    return;

  g_autoptr(GPtrArray) messages = check_prices(call, call->body);
  if (messages->len > 0) {
    sim_call_fail_fields(call, messages);
    return;
  }
  if (sim_switch_is(call->sim, "put_omitted", "erase"))
    clear_list(call, place);
  sim_call_answer(call, 200, apply_prices(call, list, place, call->body));
}

static void
set_price(SimCall *call)
{
  guint place = 0;
  const SimPriceList *list = get_call_list(call, &place);
  if (list == NULL)
    return;

  SimItem *item = sim_catalogue_get_item(call->sim->catalogue, sim_call_get(call, "item"));
  if (item == NULL) {
    sim_call_fail(call, 404, "Item %s not found", sim_call_get(call, "item"));
    return;
  }
  double price = sim_wire_get_number(call->body, "price", -1);
  if (price < 0) {
    g_autoptr(GPtrArray) messages = g_ptr_array_new();
    g_ptr_array_add(messages, (gpointer) "price must not be less than 0");
    sim_call_fail_fields(call, messages);
    return;
  }
  sim_item_set_price(item, place, sim_wire_to_minor(price));
  sim_touch(call->sim);
  sim_call_answer(call, 200, sim_catalogue_build_entry(list, place, item));
}

/* A bare array, and values that are strings (PROTOCOL 3.10, spec). */
static void
get_currency(SimCall *call)
{
  const char *company = sim_call_get(call, "company");
  sim_call_answer(call, 200,
                  json_pack("[{s:s, s:s, s:s}, {s:s, s:s, s:s}, {s:s, s:s, s:s}]", "setting",
                            "CURRENCY_CODE", "company", company, "value", "EUR", "setting",
                            "CURRENCY_DECIMAL_NUMBER", "company", company, "value", "2", "setting",
                            "CURRENCY_SYMBOL", "company", company, "value", "€"));
}

#define PRICES "/v1/companies/{company}/prices"

const SimRoute sim_routes_prices[] = {
  { "GET", PRICES, "company.prices.read", 25, SIM_ROUTE_CACHED, list_price_lists },
  { "POST", PRICES, "company.prices.write", 0, SIM_ROUTE_BODY, create_list },
  { "GET", PRICES "/{priceList}", "company.prices.read", 1000, SIM_ROUTE_CACHED, list_prices },
  { "PUT", PRICES "/{priceList}", "company.prices.write", 0, SIM_ROUTE_ROWS, set_prices },
  { "PUT", PRICES "/{priceList}/items/{item}", "company.prices.write", 0, SIM_ROUTE_BODY,
    set_price },
  { "GET", "/v1/companies/{company}/currency", "company.prices.read", 0, SIM_ROUTE_CACHED,
    get_currency },
  { 0 },
};
