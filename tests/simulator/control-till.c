/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Control calls that do what merchant and staff do: taps, sales, items, stock, licence, token. */

#include "catalogue-rows.h"
#include "catalogue.h"
#include "control.h"
#include "identity.h"
#include "orders.h"
#include "sales.h"
#include "shifts.h"
#include "stores.h"
#include "switches.h"
#include "taps.h"
#include "token.h"
#include "wait.h"
#include "webhook.h"
#include "wire.h"

static gboolean
tap_order(SimControlCall *call, SimOrder *order, json_t *refused)
{
  const char *reason = sim_taps_apply(call->sim, order, sim_wire_get_text(call->body, "tap", ""),
                                      sim_wire_get_text(call->body, "status", NULL));
  if (reason == NULL)
    return TRUE;
  json_array_append_new(refused, json_pack("{s:s, s:o, s:s}", "order", order->id, "orderId",
                                           sim_wire_text(order->order_id), "reason", reason));
  return FALSE;
}

static void
tap(SimControlCall *call)
{
  const char *name = sim_wire_get_text(call->body, "order", "all");
  SimOrder *named = sim_orders_find(call->sim, name);
  json_t *refused = json_array();
  int n_tapped = 0;

  if (named == NULL && !g_str_equal(name, "all")) {
    json_decref(refused);
    sim_control_fail(call, 404, "no such order");
    return;
  }
  if (named != NULL)
    n_tapped += tap_order(call, named, refused) ? 1 : 0;
  for (guint i = 0; named == NULL && i < call->sim->orders->rows->len; i++)
    n_tapped += tap_order(call, g_ptr_array_index(call->sim->orders->rows, i), refused) ? 1 : 0;
  sim_waits_check(call->sim);
  sim_control_answer(call, json_pack("{s:i, s:o}", "tapped", n_tapped, "refused", refused));
}

static SimPos *
find_pos(SimControlCall *call)
{
  const SimStores *stores = call->sim->stores;
  const char *store_id = sim_wire_get_text(call->body, "store", NULL);
  const char *name = sim_wire_get_text(call->body, "pos", NULL);
  const SimStore *store = store_id != NULL ? sim_stores_get_store(stores, store_id) : NULL;
  SimPos *pos = NULL;

  if (name != NULL || store == NULL)
    pos = sim_stores_find_pos(stores, name);
  else if (store->poss->len > 0)
    pos = g_ptr_array_index(store->poss, 0);
  if (pos == NULL)
    sim_control_fail(call, 404, "no such register");
  return pos;
}

static void
move_shift(SimControlCall *call)
{
  const char *action = sim_wire_get_text(call->body, "action", "");
  const SimPos *pos = find_pos(call);
  const char *reason = NULL;

  if (pos == NULL)
    return;
  if (g_str_equal(action, "open"))
    sim_shifts_open(call->sim, pos);
  else if (g_str_equal(action, "close"))
    reason = sim_shifts_close(call->sim, pos);
  else if (g_str_equal(action, "complete"))
    reason = sim_shifts_complete(call->sim, pos);
  else
    reason = "action is open, close or complete";
  if (reason != NULL) {
    sim_control_fail(call, 409, reason);
    return;
  }
  sim_control_answer(call, sim_shift_build(g_ptr_array_index(call->sim->shifts->rows,
                                                             call->sim->shifts->rows->len - 1)));
}

static void
ring_up(SimControlCall *call)
{
  g_autoptr(GError) error = NULL;
  const SimSale *sale = sim_sales_ring_up(call->sim, call->body, &error);
  if (sale == NULL)
    sim_control_fail(call, 400, error->message);
  else
    sim_control_answer(call, json_deep_copy(sale->document));
}

static char *
print_value(const json_t *value)
{
  if (json_is_string(value))
    return g_strdup(json_string_value(value));
  return sim_wire_dump(value, SIM_KEYS_FIXED, 0);
}

static void
set_switches(SimControlCall *call)
{
  const char *name = NULL;
  json_t *value = NULL;
  gboolean about_token = FALSE;

  json_object_foreach(call->body, name, value)
  {
    g_autoptr(GError) error = NULL;
    g_autofree char *text = print_value(value);
    if (!sim_switches_set(call->sim->switches, name, text, &error)) {
      sim_control_fail(call, 400, error->message);
      return;
    }
    about_token |= g_str_equal(name, "permissions") || g_str_equal(name, "namespace");
  }
  if (about_token)
    sim_token_issue(call->sim, NULL, NULL);
  sim_touch(call->sim);
  sim_taps_ingest_all(call->sim);
  sim_control_answer(call, json_pack("{s:s}", "token", call->sim->token->text));
}

static void
announce(SimControlCall *call, const SimItem *item)
{
  const SimCompany *company = g_ptr_array_index(call->sim->stores->companies, 0);
  sim_touch(call->sim);
  sim_webhooks_emit(call->sim, "company.items", "company", company->id,
                    sim_catalogue_build_item(call->sim, item, SIM_ROW_ALONE));
}

static void
replace_text(const json_t *set, const char *key, char **field)
{
  const char *text = sim_wire_get_text(set, key, NULL);
  if (text == NULL)
    return;
  g_free(*field);
  *field = g_strdup(text);
}

static void
edit_prices(SimControlCall *call, SimItem *item, const json_t *set)
{
  const json_t *price = json_object_get(set, "price");
  json_t *prices = json_object_get(set, "prices");
  const char *name = NULL;
  json_t *value = NULL;

  if (json_is_number(price)) {
    item->price = sim_wire_to_minor(json_number_value(price));
    for (guint i = 0; i < call->sim->catalogue->lists->len; i++) {
      if (sim_item_get_price(item, i) != SIM_PRICE_UNLISTED)
        sim_item_set_price(item, i, item->price);
    }
  }
  json_object_foreach(prices, name, value)
  {
    guint place = 0;
    if (sim_catalogue_find_list(call->sim->catalogue, name, &place) != NULL)
      sim_item_set_price(item, place,
                         json_is_number(value) ? sim_wire_to_minor(json_number_value(value))
                                               : SIM_PRICE_MISSING);
  }
}

static void
edit_links(SimControlCall *call, SimItem *item, const json_t *set)
{
  const json_t *family = json_object_get(set, "family");
  const json_t *on_site = json_object_get(set, "vatOnSite");
  const json_t *take_away = json_object_get(set, "vatTakeAway");

  if (family != NULL)
    item->family = sim_catalogue_find_family(call->sim->catalogue, json_string_value(family));
  if (on_site != NULL)
    item->on_site = sim_catalogue_find_vat(call->sim->catalogue, json_string_value(on_site));
  if (take_away != NULL)
    item->take_away = sim_catalogue_find_vat(call->sim->catalogue, json_string_value(take_away));
}

static void
edit_fields(SimItem *item, const json_t *set)
{
  const json_t *barcodes = json_object_get(set, "barcodes");
  const char *type = sim_item_intern_type(sim_wire_get_text(set, "type", NULL));
  const char *unit = sim_item_intern_unit(sim_wire_get_text(set, "unit", NULL));

  replace_text(set, "name", &item->name);
  replace_text(set, "reference", &item->reference);
  replace_text(set, "description", &item->description);
  if (json_is_array(barcodes)) {
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    for (gsize i = 0; i < json_array_size(barcodes); i++) {
      const char *code = json_string_value(json_array_get(barcodes, i));
      g_strv_builder_add(builder, code != NULL ? code : "");
    }
    g_strfreev(item->barcodes);
    item->barcodes = g_strv_builder_end(builder);
  }
  if (type != NULL)
    item->type = type;
  if (unit != NULL)
    item->unit = unit;
  item->manage_stock = sim_wire_get_flag(set, "manageStock", item->manage_stock);
  item->deleted = sim_wire_get_flag(set, "deleted", item->deleted);
  if (json_object_get(set, "extra") != NULL) {
    json_decref(item->extra);
    item->extra = json_incref(json_object_get(set, "extra"));
  }
}

static void
edit_item(SimControlCall *call)
{
  const char *name = sim_wire_get_text(call->body, "id", "");
  const json_t *set = json_object_get(call->body, "set");
  SimItem *item = sim_catalogue_find_item(call->sim->catalogue, name);

  if (item == NULL && sim_wire_get_flag(call->body, "create", FALSE)) {
    g_autofree char *id = sim_identity_next(call->sim, "item");
    item = sim_catalogue_add_item(call->sim->catalogue, id, *name != '\0' ? name : id);
    for (guint i = 0; i < call->sim->catalogue->lists->len; i++)
      sim_item_set_price(item, i, 0);
  }
  if (item == NULL) {
    sim_control_fail(call, 404, "no such item; \"create\": true makes one");
    return;
  }
  edit_fields(item, set);
  edit_prices(call, item, set);
  edit_links(call, item, set);
  announce(call, item);
  sim_control_answer(call, sim_catalogue_build_item(call->sim, item, SIM_ROW_ALONE));
  if (sim_wire_get_flag(call->body, "remove", FALSE))
    sim_catalogue_remove_item(call->sim->catalogue, item);
}

static void
set_stock(SimControlCall *call)
{
  SimItem *item =
      sim_catalogue_find_item(call->sim->catalogue, sim_wire_get_text(call->body, "item", ""));
  const char *store_id = sim_wire_get_text(call->body, "store", NULL);
  const SimStore *store = store_id != NULL ? sim_stores_get_store(call->sim->stores, store_id)
                                           : g_ptr_array_index(call->sim->stores->stores, 0);
  if (item == NULL || store == NULL) {
    sim_control_fail(call, 404, "no such item or store");
    return;
  }

  SimStock *stock = sim_item_get_stock(call->sim, item, store->index);
  item->manage_stock = TRUE;
  stock->stock = sim_wire_get_number(call->body, "stock", stock->stock);
  stock->reserved_customers =
      sim_wire_get_number(call->body, "reservedForCustomers", stock->reserved_customers);
  stock->reserved_suppliers =
      sim_wire_get_number(call->body, "reservedForSuppliers", stock->reserved_suppliers);
  json_t *row = sim_catalogue_build_stock(call->sim, item, store->index);
  sim_touch(call->sim);
  sim_webhooks_emit(call->sim, "store.stocks", "store", store->id, json_incref(row));
  sim_control_answer(call, row);
}

typedef enum {
  REGISTER_LICENCE,
  REGISTER_DISCOVERY,
  REGISTER_ONLINE
} RegisterSetting;

static gboolean
is_meant(const SimControlCall *call, const SimPos *pos)
{
  const char *name = sim_wire_get_text(call->body, "pos", NULL);
  const char *store = sim_wire_get_text(call->body, "store", NULL);

  if (name != NULL)
    return g_str_equal(pos->id, name) || g_str_equal(pos->name, name);
  return store != NULL ? g_str_equal(pos->store, store) : pos->active;
}

static void
set_register(SimPos *pos, RegisterSetting setting, gboolean on)
{
  switch (setting) {
  case REGISTER_LICENCE:
    pos->licensed = on;
    break;
  case REGISTER_DISCOVERY:
    pos->discovery = on;
    break;
  case REGISTER_ONLINE:
  default:
    pos->online = on;
    break;
  }
}

/* One register, those of a store, or without a name all that are active. */
static void
set_registers(SimControlCall *call, RegisterSetting setting, const char *flag)
{
  const GPtrArray *stores = call->sim->stores->stores;
  gboolean on = sim_wire_get_flag(call->body, flag, TRUE);
  guint n_changed = 0;

  for (guint i = 0; i < stores->len; i++) {
    const SimStore *store = g_ptr_array_index(stores, i);
    for (guint j = 0; j < store->poss->len; j++) {
      SimPos *pos = g_ptr_array_index(store->poss, j);
      if (!is_meant(call, pos))
        continue;
      set_register(pos, setting, on);
      n_changed++;
    }
  }
  if (n_changed == 0) {
    sim_control_fail(call, 404, "no such register");
    return;
  }
  sim_touch(call->sim);
  guint n_ingested = sim_taps_ingest_all(call->sim);
  sim_control_answer(
      call, json_pack("{s:i, s:i}", "changed", (int)n_changed, "ingested", (int)n_ingested));
}

static void
set_licence(SimControlCall *call)
{
  set_registers(call, REGISTER_LICENCE, "active");
}

static void
set_discovery(SimControlCall *call)
{
  set_registers(call, REGISTER_DISCOVERY, "on");
}

static void
set_ipad(SimControlCall *call)
{
  set_registers(call, REGISTER_ONLINE, "online");
}

static void
set_token(SimControlCall *call)
{
  const char *action = sim_wire_get_text(call->body, "action", "");
  const json_t *permissions = json_object_get(call->body, "permissions");
  g_autoptr(json_t) chosen = NULL;
  SimToken *token = call->sim->token;

  if (g_str_equal(action, "revoke")) {
    token->revoked = TRUE;
    sim_touch(call->sim);
  } else if (g_str_equal(action, "restore")) {
    token->revoked = FALSE;
  } else if (g_str_equal(action, "renew") || g_str_equal(action, "narrow")) {
    chosen = json_is_string(permissions)   ? sim_permissions_choose(json_string_value(permissions))
             : json_is_object(permissions) ? json_incref((json_t *)permissions)
                                           : NULL;
    sim_token_issue(call->sim, chosen, json_object_get(call->body, "resources"));
  } else {
    sim_control_fail(call, 400, "action is revoke, restore, renew or narrow");
    return;
  }
  sim_control_answer(call, json_pack("{s:s, s:b, s:s}", "token", token->text, "revoked",
                                     token->revoked, "applicationId", token->application));
}

const SimControlRoute sim_control_till[] = {
  { "POST", "/tap", tap },
  { "POST", "/shift", move_shift },
  { "POST", "/sale", ring_up },
  { "POST", "/set", set_switches },
  { "POST", "/item", edit_item },
  { "POST", "/stock", set_stock },
  { "POST", "/licence", set_licence },
  { "POST", "/discovery", set_discovery },
  { "POST", "/ipad", set_ipad },
  { "POST", "/token", set_token },
  { 0 },
};
