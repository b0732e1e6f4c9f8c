/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Stores, registers, hours and slots (PROTOCOL 3.3, 3.4, 3.16). */

#include "clock.h"
#include "route.h"
#include "stores.h"
#include "switches.h"
#include "token.h"
#include "wire.h"

#define SLOT_MS   (G_GINT64_CONSTANT(15) * 60 * 1000)
#define MAX_SLOTS 200

static json_t *
build_store(SimCall *call, gpointer row)
{
  return sim_stores_build_store(call->sim, row);
}

static void
list_stores(SimCall *call)
{
  const SimStores *stores = call->sim->stores;
  g_autoptr(GPtrArray) rows = g_ptr_array_new();

  for (guint i = 0; i < stores->stores->len; i++) {
    SimStore *store = g_ptr_array_index(stores->stores, i);
    if (sim_token_covers(call->sim, "store", store->id))
      g_ptr_array_add(rows, store);
  }
  sim_call_answer_page(call, rows, build_store);
}

static SimStore *
get_call_store(const SimCall *call)
{
  return sim_stores_get_store(call->sim->stores, sim_call_get(call, "store"));
}

static void
get_store(SimCall *call)
{
  sim_call_answer(call, 200, sim_stores_build_store(call->sim, get_call_store(call)));
}

static json_t *
build_default_hours(void)
{
  static const char *const days[] = { "monday", "tuesday",  "wednesday", "thursday",
                                      "friday", "saturday", "sunday" };
  json_t *hours = json_object();

  for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
    json_t *spans = json_array();
    if (i < 6)
      json_array_append_new(spans, json_pack("{s:i, s:i, s:i, s:i}", "fromHour", 9, "fromMinute", 0,
                                             "toHour", 19, "toMinute", 30));
    json_object_set_new(hours, days[i], spans);
  }
  json_object_set_new(hours, "holidays", json_array());
  json_object_set_new(hours, "orderIntervalMinutes", json_integer(15));
  json_object_set_new(hours, "orderMinimalMinutes", json_integer(30));
  json_object_set_new(hours, "timezone", json_string("Europe/Paris"));
  return hours;
}

static void
get_hours(SimCall *call)
{
  const SimStore *store = get_call_store(call);
  sim_call_answer(call, 200,
                  store->hours != NULL ? json_deep_copy(store->hours) : build_default_hours());
}

static json_t *
build_slots(const SimStore *store, gint64 from_ms, gint64 to_ms)
{
  json_t *slots = json_array();
  gint64 at_ms = from_ms - from_ms % SLOT_MS + SLOT_MS;

  while (at_ms < to_ms && json_array_size(slots) < MAX_SLOTS) {
    g_autofree char *start = sim_clock_format(at_ms);
    json_array_append_new(slots,
                          json_pack("{s:s, s:s, s:i, s:i, s:b}", "storeId", store->id, "startTime",
                                    start, "maxWeight", 20, "totalWeight", 0, "isAvailable", 1));
    at_ms += SLOT_MS;
  }
  return slots;
}

/* An array in the spec's example, an object in its schema, 404 for one client (PROTOCOL 2.1, 2.2).
 */
static void
get_slots(SimCall *call)
{
  const char *text = sim_call_query(call, "endDate");
  g_autoptr(GDateTime) end = text != NULL ? g_date_time_new_from_iso8601(text, NULL) : NULL;

  if (sim_switch_is(call->sim, "order_slots", "missing")) {
    sim_call_fail(call, 404, "Cannot GET order-slots");
    return;
  }
  if (end == NULL) {
    g_autoptr(GPtrArray) messages = g_ptr_array_new();
    g_ptr_array_add(messages, (gpointer) "endDate must be a valid ISO 8601 date string");
    sim_call_fail_fields(call, messages);
    return;
  }
  json_t *slots = build_slots(get_call_store(call), sim_clock_now_ms(call->sim),
                              g_date_time_to_unix(end) * 1000);
  if (sim_switch_is(call->sim, "order_slots", "object"))
    slots = json_pack("{s:o}", "slots", slots);
  sim_call_answer(call, 200, slots);
}

static json_t *
build_pos(SimCall *call, gpointer row)
{
  (void)call;
  return sim_stores_build_pos(row);
}

static void
list_pos(SimCall *call)
{
  const SimStores *stores = call->sim->stores;
  g_autoptr(GPtrArray) rows = g_ptr_array_new();

  for (guint i = 0; i < stores->stores->len; i++) {
    const SimStore *store = g_ptr_array_index(stores->stores, i);
    for (guint j = 0; j < store->poss->len; j++) {
      SimPos *pos = g_ptr_array_index(store->poss, j);
      if (sim_token_covers(call->sim, "pos", pos->id))
        g_ptr_array_add(rows, pos);
    }
  }
  sim_call_answer_page(call, rows, build_pos);
}

static void
get_pos(SimCall *call)
{
  sim_call_answer(
      call, 200,
      sim_stores_build_pos(sim_stores_get_pos(call->sim->stores, sim_call_get(call, "pos"))));
}

const SimRoute sim_routes_stores[] = {
  { "GET", "/v1/stores", NULL, 25, SIM_ROUTE_CACHED, list_stores },
  { "GET", "/v1/stores/{store}", "store.info", 0, SIM_ROUTE_CACHED, get_store },
  { "GET", "/v1/stores/{store}/hours", "store.info", 0, SIM_ROUTE_CACHED, get_hours },
  { "GET", "/v1/stores/{store}/order-slots/future", "store.info", 0, SIM_ROUTE_PLAIN, get_slots },
  { "GET", "/v1/pos", NULL, 25, SIM_ROUTE_CACHED, list_pos },
  { "GET", "/v1/pos/{pos}", "pos.info", 0, SIM_ROUTE_CACHED, get_pos },
  { 0 },
};
