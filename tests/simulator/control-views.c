/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Control calls that look: state, orders, sales, request log, waiting, clock. */

#include "catalogue.h"
#include "clock.h"
#include "control.h"
#include "options.h"
#include "orders.h"
#include "relay.h"
#include "requests.h"
#include "sales.h"
#include "shifts.h"
#include "stores.h"
#include "switches.h"
#include "token.h"
#include "wait.h"
#include "webhook.h"
#include "wire.h"

static json_t *
describe_pos(const SimPos *pos)
{
  return json_pack("{s:s, s:s, s:b, s:b, s:b, s:b}", "id", pos->id, "name", pos->name, "active",
                   pos->active, "licence", pos->licensed, "discovery", pos->discovery, "online",
                   pos->online);
}

static json_t *
describe_stores(const Simulator *sim)
{
  json_t *rows = json_array();
  for (guint i = 0; i < sim->stores->stores->len; i++) {
    const SimStore *store = g_ptr_array_index(sim->stores->stores, i);
    json_t *poss = json_array();
    for (guint j = 0; j < store->poss->len; j++)
      json_array_append_new(poss, describe_pos(g_ptr_array_index(store->poss, j)));
    json_array_append_new(rows, json_pack("{s:s, s:s, s:s, s:b, s:o}", "id", store->id, "name",
                                          store->name, "company", store->company, "inToken",
                                          store->in_token, "pos", poss));
  }
  return rows;
}

static json_t *
describe_lists(const Simulator *sim)
{
  json_t *rows = json_array();
  for (guint i = 0; i < sim->catalogue->lists->len; i++) {
    const SimPriceList *list = g_ptr_array_index(sim->catalogue->lists, i);
    json_array_append_new(
        rows, json_pack("{s:s, s:s, s:s}", "id", list->id, "key", list->key, "name", list->name));
  }
  return rows;
}

static json_t *
count_statuses(const Simulator *sim)
{
  json_t *counts = json_object();
  for (guint i = 0; i < sim->orders->rows->len; i++) {
    const char *status = sim_order_get_status(g_ptr_array_index(sim->orders->rows, i));
    json_int_t count = json_integer_value(json_object_get(counts, status));
    json_object_set_new(counts, status, json_integer(count + 1));
  }
  return counts;
}

static json_t *
list_switch_values(const Simulator *sim)
{
  g_autoptr(json_t) switches = sim_switches_to_json(sim->switches);
  json_t *values = json_object();
  const char *name = NULL;
  json_t *entry = NULL;

  json_object_foreach(switches, name, entry)
  {
    json_object_set(values, name, json_object_get(entry, "value"));
  }
  return values;
}

static void
get_state(SimControlCall *call)
{
  const Simulator *sim = call->sim;
  const SimCompany *company = g_ptr_array_index(sim->stores->companies, 0);
  sim_control_answer(
      call,
      json_pack("{s:s, s:i, s:I, s:I, s:s, s:s, s:o, s:o, s:s, s:b, s:i, s:i, s:i, s:i, s:i, "
                "s:i, s:o, s:o}",
                "shop", sim->shop_name, "seed", (int)sim->options->seed, "now",
                (json_int_t)sim_clock_now_ms(sim), "clockOffset", (json_int_t)sim->clock_offset_ms,
                "organisation", sim->stores->organisation, "company", company->id, "stores",
                describe_stores(sim), "priceLists", describe_lists(sim), "applicationId",
                sim->token->application, "tokenRevoked", sim->token->revoked, "items",
                (int)sim->catalogue->items->len, "orders", (int)sim->orders->rows->len, "sales",
                (int)sim->sales->rows->len, "shifts", (int)sim->shifts->rows->len, "requests",
                (int)sim->requests->last, "held", (int)sim_relay_count_held(sim->relay),
                "orderStatuses", count_statuses(sim), "switches", list_switch_values(sim)));
}

static json_t *
describe_order(const SimOrder *order, gboolean summary)
{
  json_t *row = json_pack(
      "{s:s, s:o, s:s, s:s, s:o, s:s, s:b, s:I, s:I, s:I, s:i, s:s, s:o, s:i}", "id", order->id,
      "orderId", sim_wire_text(order->order_id), "store", order->store->id, "pos", order->pos->id,
      "channel", json_incref(json_object_get(order->document, "channel")), "status",
      sim_order_get_status(order), "testOrder", order->test, "totalMinor", (json_int_t)order->total,
      "paidMinor", (json_int_t)order->paid, "feesMinor", (json_int_t)order->fees, "lines",
      (int)order->lines->len, "sha256", order->sha256, "sale", sim_wire_text(order->sale), "posts",
      (int)order->posts);

  json_object_set(row, "receiptId", json_object_get(order->document, "receiptId"));
  if (summary)
    return row;
  json_object_set_new(row, "raw", json_string(order->raw));
  json_object_set_new(row, "content", json_deep_copy(order->document));
  return row;
}

static void
get_orders(SimControlCall *call)
{
  guint since = sim_control_query(call, "since", 0);
  guint limit = sim_control_query(call, "limit", G_MAXUINT);
  gboolean summary = sim_control_query(call, "summary", 0) != 0;
  json_t *rows = json_array();

  for (guint i = since; i < call->sim->orders->rows->len && json_array_size(rows) < limit; i++)
    json_array_append_new(rows,
                          describe_order(g_ptr_array_index(call->sim->orders->rows, i), summary));
  sim_control_answer(
      call, json_pack("{s:o, s:i}", "orders", rows, "total", (int)call->sim->orders->rows->len));
}

static void
get_sales(SimControlCall *call)
{
  json_t *sales = json_array();
  json_t *shifts = json_array();

  for (guint i = 0; i < call->sim->sales->rows->len; i++) {
    const SimSale *sale = g_ptr_array_index(call->sim->sales->rows, i);
    json_array_append_new(sales, json_deep_copy(sale->document));
  }
  for (guint i = 0; i < call->sim->shifts->rows->len; i++)
    json_array_append_new(shifts, sim_shift_build(g_ptr_array_index(call->sim->shifts->rows, i)));
  sim_control_answer(call, json_pack("{s:o, s:o}", "sales", sales, "shifts", shifts));
}

static void
get_items(SimControlCall *call)
{
  guint since = sim_control_query(call, "since", 0);
  guint limit = sim_control_query(call, "limit", G_MAXUINT);
  const GPtrArray *items = call->sim->catalogue->items;
  json_t *rows = json_array();

  for (guint i = since; i < items->len && json_array_size(rows) < limit; i++) {
    const SimItem *item = g_ptr_array_index(items, i);
    json_array_append_new(rows,
                          json_pack("{s:s, s:s, s:s, s:s, s:I, s:b}", "id", item->id, "key",
                                    item->key, "name", item->name, "type", item->type, "priceMinor",
                                    (json_int_t)item->price, "deleted", item->deleted));
  }
  sim_control_answer(call, json_pack("{s:o, s:i}", "items", rows, "total", (int)items->len));
}

static void
get_requests(SimControlCall *call)
{
  sim_control_answer(
      call, json_pack("{s:o, s:i}", "requests",
                      sim_requests_to_json(call->sim->requests, sim_control_query(call, "since", 0),
                                           sim_control_query(call, "limit", G_MAXUINT)),
                      "last", (int)call->sim->requests->last));
}

static void
delete_requests(SimControlCall *call)
{
  sim_requests_clear(call->sim->requests);
  sim_control_answer(call, json_object());
}

static void
get_switches(SimControlCall *call)
{
  sim_control_answer(call, sim_switches_to_json(call->sim->switches));
}

static void
get_clock(SimControlCall *call)
{
  sim_control_answer(call, json_pack("{s:I, s:I}", "now", (json_int_t)sim_clock_now_ms(call->sim),
                                     "offset", (json_int_t)call->sim->clock_offset_ms));
}

static void
move_clock(SimControlCall *call)
{
  sim_clock_advance(call->sim, (gint64)sim_wire_get_number(call->body, "advance_ms", 0));
  get_clock(call);
}

static void
get_wait(SimControlCall *call)
{
  sim_waits_add(call->sim, call->message, call->query);
}

static void
get_webhooks(SimControlCall *call)
{
  sim_control_answer(call,
                     json_pack("{s:o, s:o}", "settings", sim_webhooks_describe(call->sim->webhooks),
                               "deliveries", sim_webhooks_to_json(call->sim->webhooks)));
}

const SimControlRoute sim_control_views[] = {
  { "GET", "/state", get_state },       { "GET", "/orders", get_orders },
  { "GET", "/sales", get_sales },       { "GET", "/items", get_items },
  { "GET", "/requests", get_requests }, { "DELETE", "/requests", delete_requests },
  { "GET", "/switches", get_switches }, { "GET", "/clock", get_clock },
  { "POST", "/clock", move_clock },     { "GET", "/wait", get_wait },
  { "GET", "/webhooks", get_webhooks }, { 0 },
};
