/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Control calls that falsify what the service keeps: a ticket that was changed, an order that is
 * gone or there twice. Nobody can do that through the API; what has been seen in the field has no
 * other way in here. Strict: what is not there cannot be changed, and a number stays a number. */

#include "control.h"
#include "identity.h"
#include "orders.h"
#include "sales.h"
#include "stores.h"
#include "wait.h"
#include "wire.h"

/* (nullable): why not. */
static const char *
set_member(json_t *document, const char *path, json_t *value)
{
  g_auto(GStrv) names = g_strsplit(path, ".", -1);
  json_t *at = document;
  json_t *old = NULL;

  for (gsize i = 0; names[i] != NULL; i++) {
    gsize place = (gsize)g_ascii_strtoull(names[i], NULL, 10);
    old = json_is_array(at) ? json_array_get(at, place) : json_object_get(at, names[i]);
    if (old == NULL)
      return "there is no such member";
    if (names[i + 1] != NULL) {
      at = old;
      continue;
    }
    if (!json_is_null(old) && !json_is_null(value) && json_typeof(old) != json_typeof(value) &&
        !(json_is_number(old) && json_is_number(value)) &&
        !(json_is_boolean(old) && json_is_boolean(value)))
      return "the member is of another type";
    if (json_is_array(at))
      json_array_set(at, place, value);
    else
      json_object_set(at, names[i], value);
  }
  return NULL;
}

static const char *
set_members(json_t *document, json_t *set)
{
  const char *path = NULL;
  json_t *value = NULL;

  json_object_foreach(set, path, value)
  {
    const char *reason = set_member(document, path, value);
    if (reason != NULL)
      return reason;
  }
  return NULL;
}

static const char *
find_unknown(const json_t *body, const char *const *known)
{
  const char *key = NULL;
  json_t *value = NULL;

  json_object_foreach((json_t *)body, key, value)
  {
    if (!g_strv_contains(known, key))
      return key;
  }
  return NULL;
}

static gboolean
check_keys(SimControlCall *call, const char *const *known)
{
  const char *unknown = find_unknown(call->body, known);
  g_autofree char *message = NULL;

  if (unknown == NULL)
    return TRUE;
  message = g_strdup_printf("there is no \"%s\" here", unknown);
  sim_control_fail(call, 400, message);
  return FALSE;
}

/* What the document says counts elsewhere too. */
static const char *
follow_sale(SimControlCall *call, SimSale *sale)
{
  const json_t *at = json_object_get(sale->document, "timestamp");
  const char *pos_id = sim_wire_get_text(sale->document, "pos", NULL);
  const SimPos *pos = pos_id != NULL ? sim_stores_get_pos(call->sim->stores, pos_id) : NULL;

  if (json_is_number(at))
    sale->at_ms = (gint64)json_number_value(at);
  if (pos_id != NULL && pos == NULL)
    return "there is no such register";
  if (pos != NULL)
    sale->pos = pos;
  g_free(sale->shift);
  sale->shift = g_strdup(sim_wire_get_text(sale->document, "registerShift", ""));
  return NULL;
}

static void
edit_sale(SimControlCall *call)
{
  static const char *const known[] = { "sale", "set", "remove", NULL };
  SimSale *sale = sim_sales_get(call->sim, sim_wire_get_text(call->body, "sale", ""));
  const char *reason = NULL;

  if (!check_keys(call, known))
    return;
  if (sale == NULL) {
    sim_control_fail(call, 404, "no such sale");
    return;
  }
  reason = set_members(sale->document, json_object_get(call->body, "set"));
  if (reason == NULL)
    reason = follow_sale(call, sale);
  if (reason != NULL) {
    sim_control_fail(call, 409, reason);
    return;
  }
  sim_control_answer(call, json_deep_copy(sale->document));
  if (sim_wire_get_flag(call->body, "remove", FALSE))
    g_ptr_array_remove(call->sim->sales->rows, sale);
  sim_waits_check(call->sim);
}

/* As if the key of orders had failed: no later post finds this one. */
static SimOrder *
copy_order(SimControlCall *call, const SimOrder *order)
{
  SimOrder *copy = g_new0(SimOrder, 1);

  *copy = *order;
  copy->id = sim_identity_next(call->sim, "order");
  copy->order_id = NULL;
  copy->key = NULL;
  copy->raw = g_strdup(order->raw);
  copy->sha256 = g_strdup(order->sha256);
  copy->sale = NULL;
  copy->document = json_deep_copy(order->document);
  copy->lines = sim_order_lines_copy(order->lines);
  copy->payments = g_array_copy(order->payments);
  json_object_set_new(copy->document, "id", json_string(copy->id));
  g_ptr_array_add(call->sim->orders->rows, copy);
  g_hash_table_insert(call->sim->orders->by_id, copy->id, copy);
  return copy;
}

static void
remove_order(SimControlCall *call, SimOrder *order)
{
  SimOrders *orders = call->sim->orders;

  g_hash_table_remove(orders->by_id, order->id);
  if (order->key != NULL) {
    g_hash_table_remove(orders->by_key, order->key);
    g_hash_table_remove(orders->by_order_id, order->order_id);
  }
  g_ptr_array_remove(orders->rows, order);
}

static const char *
move_order(SimControlCall *call, SimOrder *order)
{
  const char *name = sim_wire_get_text(call->body, "pos", NULL);
  const SimPos *pos = name != NULL ? sim_stores_find_pos(call->sim->stores, name) : NULL;

  if (name != NULL && pos == NULL)
    return "there is no such register";
  if (pos != NULL)
    order->pos = pos;
  return NULL;
}

static void
edit_order(SimControlCall *call)
{
  static const char *const known[] = { "order", "set", "pos", "copy", "remove", NULL };
  SimOrder *order = sim_orders_find(call->sim, sim_wire_get_text(call->body, "order", ""));
  const char *reason = NULL;

  if (!check_keys(call, known))
    return;
  if (order == NULL) {
    sim_control_fail(call, 404, "no such order");
    return;
  }
  if (sim_wire_get_flag(call->body, "copy", FALSE))
    order = copy_order(call, order);
  reason = set_members(order->document, json_object_get(call->body, "set"));
  if (reason == NULL)
    reason = move_order(call, order);
  if (reason != NULL) {
    sim_control_fail(call, 409, reason);
    return;
  }
  sim_control_answer(call, json_deep_copy(order->document));
  if (sim_wire_get_flag(call->body, "remove", FALSE))
    remove_order(call, order);
  sim_waits_check(call->sim);
}

const SimControlRoute sim_control_books[] = {
  { "POST", "/edit-sale", edit_sale },
  { "POST", "/edit-order", edit_order },
  { 0 },
};
