/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Items, families, modifier groups, menus, boards and stocks (PROTOCOL 3.5 to 3.9, 3.11). */

#include "catalogue-rows.h"
#include "catalogue.h"
#include "identity.h"
#include "route.h"
#include "stores.h"
#include "switches.h"
#include "webhook.h"
#include "wire.h"

#include <math.h>
#include <string.h>

#define BASIS_POINTS 10000.0

static gboolean
is_listed(const Simulator *sim, const SimItem *item)
{
  return !item->deleted || sim_switch_is(sim, "deleted_items", "listed");
}

static json_t *
build_listed_item(SimCall *call, gpointer row)
{
  return sim_catalogue_build_item(call->sim, row, SIM_ROW_LISTED);
}

static void
list_items(SimCall *call)
{
  const GPtrArray *items = call->sim->catalogue->items;
  g_autoptr(GPtrArray) rows = g_ptr_array_sized_new(items->len);

  for (guint i = 0; i < items->len; i++) {
    SimItem *item = g_ptr_array_index(items, i);
    if (is_listed(call->sim, item))
      g_ptr_array_add(rows, item);
  }
  sim_call_answer_page(call, rows, build_listed_item);
}

static SimItem *
get_call_item(SimCall *call)
{
  SimItem *item = sim_catalogue_get_item(call->sim->catalogue, sim_call_get(call, "item"));
  if (item == NULL)
    sim_call_fail(call, 404, "Item %s not found", sim_call_get(call, "item"));
  return item;
}

static void
get_item(SimCall *call)
{
  const SimItem *item = get_call_item(call);
  if (item != NULL)
    sim_call_answer(call, 200, sim_catalogue_build_item(call->sim, item, SIM_ROW_ALONE));
}

static void
announce_item(SimCall *call, const SimItem *item)
{
  const SimCompany *company = g_ptr_array_index(call->sim->stores->companies, 0);
  sim_touch(call->sim);
  sim_webhooks_emit(call->sim, "company.items", "company", company->id,
                    sim_catalogue_build_item(call->sim, item, SIM_ROW_ALONE));
}

static GPtrArray *
check_creation(const SimCall *call)
{
  GPtrArray *messages = g_ptr_array_new();
  const json_t *body = call->body;

  if (sim_wire_get_text(body, "name", NULL) == NULL)
    g_ptr_array_add(messages, (gpointer) "name must be a string");
  if (!json_is_number(json_object_get(body, "price")))
    g_ptr_array_add(messages,
                    (gpointer) "price must be a number conforming to the specified constraints");
  if (json_object_get(body, "barcode") != NULL && sim_wire_get_text(body, "barcode", NULL) == NULL)
    g_ptr_array_add(messages, (gpointer) "barcode must be a string");
  if (sim_switch_is_on(call->sim, "create_vat_required") &&
      !json_is_number(json_object_get(body, "vatOnSite")) &&
      !json_is_number(json_object_get(body, "vatTakeAway")))
    g_ptr_array_add(messages, (gpointer) "vatOnSite or vatTakeAway must be given");
  return messages;
}

static const SimVat *
read_rate(SimCall *call, const char *key, const char *other)
{
  const json_t *value = json_object_get(call->body, key);
  if (!json_is_number(value))
    value = json_object_get(call->body, other);
  if (!json_is_number(value))
    return NULL;
  return sim_catalogue_get_rate(call->sim, (guint)lround(json_number_value(value) * BASIS_POINTS));
}

/* The type is SIMPLE whatever was sent, and a repeated call makes a twin (PROTOCOL 3.5). */
static void
create_item(SimCall *call)
{
  g_autoptr(GPtrArray) messages = check_creation(call);
  if (messages->len > 0) {
    sim_call_fail_fields(call, messages);
    return;
  }

  g_autofree char *id = sim_identity_next(call->sim, "item");
  SimItem *item = sim_catalogue_add_item(call->sim->catalogue, id, id);
  const char *barcode = sim_wire_get_text(call->body, "barcode", "");
  g_free(item->name);
  item->name = g_strdup(sim_wire_get_text(call->body, "name", ""));
  g_free(item->reference);
  item->reference = g_strdup(sim_wire_get_text(call->body, "reference", ""));
  item->description = g_strdup(sim_wire_get_text(call->body, "description", ""));
  item->price = sim_wire_to_minor(sim_wire_get_number(call->body, "price", 0));
  item->on_site = read_rate(call, "vatOnSite", "vatTakeAway");
  item->take_away = read_rate(call, "vatTakeAway", "vatOnSite");
  if (sim_switch_is(call->sim, "create_family", "keep"))
    item->family = sim_catalogue_find_family(call->sim->catalogue,
                                             sim_wire_get_text(call->body, "familyId", NULL));
  if (*barcode != '\0') {
    g_strfreev(item->barcodes);
    item->barcodes = g_strsplit(barcode, "\n", 1);
  }
  for (guint i = 0; i < call->sim->catalogue->lists->len; i++)
    sim_item_set_price(item, i, item->price);
  announce_item(call, item);
  sim_call_answer(call, 201, sim_catalogue_build_item(call->sim, item, SIM_ROW_ALONE));
}

static gboolean
erases(const SimCall *call)
{
  return sim_switch_is(call->sim, "put_omitted", "erase");
}

static void
replace_text(const SimCall *call, const char *key, char **field)
{
  const char *text = sim_wire_get_text(call->body, key, erases(call) ? "" : NULL);
  if (text == NULL)
    return;
  g_free(*field);
  *field = g_strdup(text);
}

static void
replace_lines(const SimCall *call, SimItem *item)
{
  const json_t *lines = json_object_get(call->body, "textLines");
  if (!json_is_array(lines) && !erases(call))
    return;
  if (item->extra == NULL)
    item->extra = json_object();
  json_object_set_new(item->extra, "textLines",
                      json_is_array(lines) ? json_deep_copy(lines) : json_pack("[s, s]", "", ""));
}

/* Answers 200 to anything and drops what it does not know (PROTOCOL 6.2.1, seed). An item without a
 * name is nowhere seen, so the name alone stays when it is left out. */
static void
edit_item(SimCall *call)
{
  SimItem *item = get_call_item(call);
  if (item == NULL)
    return;

  if (sim_wire_get_text(call->body, "name", NULL) != NULL)
    replace_text(call, "name", &item->name);
  replace_text(call, "description", &item->description);
  replace_text(call, "longDescription", &item->long_description);
  replace_text(call, "reference", &item->reference);
  replace_lines(call, item);
  announce_item(call, item);
  sim_call_answer(call, 200, sim_catalogue_build_item(call->sim, item, SIM_ROW_ALONE));
}

static void
delete_item(SimCall *call)
{
  SimItem *item = get_call_item(call);
  if (item == NULL)
    return;

  item->deleted = TRUE;
  sim_call_answer(call, 200, sim_catalogue_build_item(call->sim, item, SIM_ROW_ALONE));
  announce_item(call, item);
  if (sim_switch_is(call->sim, "item_delete", "gone"))
    sim_catalogue_remove_item(call->sim->catalogue, item);
}

static json_t *
build_family(SimCall *call, gpointer row)
{
  return sim_catalogue_build_family(call->sim, row);
}

static void
list_families(SimCall *call)
{
  sim_call_answer_page(call, call->sim->catalogue->families, build_family);
}

static json_t *
build_group(SimCall *call, gpointer row)
{
  (void)call;
  return json_deep_copy(row);
}

static void
list_groups(SimCall *call)
{
  const json_t *groups = call->sim->catalogue->groups;
  g_autoptr(GPtrArray) rows = g_ptr_array_new();

  for (gsize i = 0; i < json_array_size(groups); i++)
    g_ptr_array_add(rows, json_array_get(groups, i));
  sim_call_answer_page(call, rows, build_group);
}

static void
get_menus(SimCall *call)
{
  Simulator *sim = call->sim;
  json_t *items = json_array();

  for (guint i = 0; i < sim->catalogue->items->len; i++) {
    const SimItem *item = g_ptr_array_index(sim->catalogue->items, i);
    if (!item->deleted)
      json_array_append_new(items, sim_catalogue_build_item(sim, item, SIM_ROW_ALONE));
  }
  sim_call_answer(call, 200,
                  json_pack("{s:o, s:O, s:O}", "items", items, "modifierGroups",
                            sim->catalogue->groups, "unavailabilities",
                            sim->catalogue->unavailable));
}

static void
get_boards(SimCall *call)
{
  static const char *const types[] = { "POS",          "ORDER_TERMINAL", "CLICK_AND_COLLECT",
                                       "WEBSITE_MENU", "TABLE_ORDER",    NULL };
  const char *type = sim_call_get(call, "type");
  json_t *boards = json_array();

  if (!g_strv_contains(types, type)) {
    json_decref(boards);
    sim_call_fail(call, 400,
                  "type must be one of the following values: POS, ORDER_TERMINAL, "
                  "CLICK_AND_COLLECT, WEBSITE_MENU, TABLE_ORDER");
    return;
  }
  for (gsize i = 0; i < json_array_size(call->sim->boards); i++) {
    json_t *board = json_array_get(call->sim->boards, i);
    if (g_str_equal(sim_wire_get_text(board, "type", ""), type))
      json_array_append(boards, board);
  }
  sim_call_answer(call, 200, boards);
}

static json_t *
build_stock(SimCall *call, gpointer row)
{
  const SimStore *store = sim_stores_get_store(call->sim->stores, sim_call_get(call, "store"));
  return sim_catalogue_build_stock(call->sim, row, store->index);
}

static void
list_stocks(SimCall *call)
{
  const GPtrArray *items = call->sim->catalogue->items;
  gboolean all = sim_switch_is_on(call->sim, "unmanaged_stock_rows");
  g_autoptr(GPtrArray) rows = g_ptr_array_new();

  if (sim_switch_is_on(call->sim, "stocks_type_required") && sim_call_query(call, "type") == NULL) {
    g_ptr_array_add(rows, (gpointer) "type should not be empty");
    sim_call_fail_fields(call, rows);
    return;
  }
  for (guint i = 0; i < items->len; i++) {
    SimItem *item = g_ptr_array_index(items, i);
    if ((item->manage_stock || all) && is_listed(call->sim, item))
      g_ptr_array_add(rows, item);
  }
  sim_call_answer_page(call, rows, build_stock);
}

#define COMPANY "/v1/companies/{company}"

const SimRoute sim_routes_catalogue[] = {
  { "GET", COMPANY "/items", "company.items.read", 1000, SIM_ROUTE_ALL | SIM_ROUTE_CACHED,
    list_items },
  { "POST", COMPANY "/items", "company.items.write", 0, SIM_ROUTE_BODY, create_item },
  { "GET", COMPANY "/items/{item}", "company.items.read", 0, SIM_ROUTE_PLAIN, get_item },
  { "PUT", COMPANY "/items/{item}", "company.items.write", 0, SIM_ROUTE_BODY, edit_item },
  { "DELETE", COMPANY "/items/{item}", "company.items.delete", 0, SIM_ROUTE_PLAIN, delete_item },
  { "GET", COMPANY "/boards/{type}", "company.items.read", 0, SIM_ROUTE_PLAIN, get_boards },
  { "GET", COMPANY "/modifiergroups", "company.items.read", 1000, SIM_ROUTE_ALL | SIM_ROUTE_CACHED,
    list_groups },
  { "GET", COMPANY "/menus", "company.items.read", 0, SIM_ROUTE_CACHED, get_menus },
  { "GET", COMPANY "/families", "company.families.read", 25,
    SIM_ROUTE_ALL | SIM_ROUTE_CACHED | SIM_ROUTE_FAMILIES, list_families },
  { "GET", "/v1/organisations/{organisation}/families", "organisation.families.read", 25,
    SIM_ROUTE_ALL | SIM_ROUTE_CACHED | SIM_ROUTE_FAMILIES, list_families },
  { "GET", "/v1/stores/{store}/stocks", "store.stocks.read", 1000, SIM_ROUTE_CACHED, list_stocks },
  { 0 },
};
