/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The orders that the service keeps, and the sums it makes of them. */

#include "orders.h"

#include "catalogue.h"
#include "clock.h"
#include "identity.h"
#include "options.h"
#include "switches.h"
#include "wait.h"
#include "webhook.h"
#include "wire.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void
clear_line(gpointer data)
{
  SimOrderLine *line = data;
  g_free(line->item);
  g_free(line->name);
}

/**
 * sim_order_lines_copy:
 * @lines: (element-type SimOrderLine): lines of an order
 *
 * Copies lines and what they own.
 *
 * Returns: (transfer full) (element-type SimOrderLine): the copy
 */
GArray *
sim_order_lines_copy(const GArray *lines)
{
  GArray *copy = g_array_copy((GArray *)lines);

  for (guint i = 0; i < copy->len; i++) {
    SimOrderLine *line = &g_array_index(copy, SimOrderLine, i);
    line->item = g_strdup(line->item);
    line->name = g_strdup(line->name);
  }
  g_array_set_clear_func(copy, clear_line); /* it is not copied */
  return copy;
}

/**
 * sim_orders_new:
 *
 * Makes an empty store of orders.
 *
 * Returns: (transfer full): the store
 */
SimOrders *
sim_orders_new(void)
{
  SimOrders *self = g_new0(SimOrders, 1);
  self->rows = g_ptr_array_new_with_free_func((GDestroyNotify)sim_order_free);
  self->by_id = g_hash_table_new(g_str_hash, g_str_equal);
  self->by_key = g_hash_table_new(g_str_hash, g_str_equal);
  self->by_order_id = g_hash_table_new(g_str_hash, g_str_equal);
  return self;
}

static char *
build_key(const SimStore *store, const json_t *body)
{
  const char *order_id = sim_wire_get_text(body, "orderId", NULL);
  if (order_id == NULL || *order_id == '\0')
    return NULL;
  return g_strdup_printf("%s\n%s\n%s", store->id, sim_wire_get_text(body, "channel", ""), order_id);
}

/**
 * sim_orders_find_known:
 * @sim: the simulator
 * @store: where an order is for
 * @body: the order
 *
 * Finds the order that store, channel and orderId already name (PROTOCOL 3.12, spec and seed).
 *
 * Returns: (transfer none) (nullable): the order
 */
SimOrder *
sim_orders_find_known(const Simulator *sim, const SimStore *store, const json_t *body)
{
  g_autofree char *key = build_key(store, body);
  return key != NULL ? g_hash_table_lookup(sim->orders->by_key, key) : NULL;
}

static gint64
add_lines(
    const Simulator *sim, SimOrder *order, const SimMoney *money, const json_t *rows, double times)
{
  gboolean multiply = sim_switch_is_on(sim, "child_times_parent");
  gint64 sum = 0;

  for (gsize i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    double quantity = sim_wire_get_number(row, "quantity", 0) * times;
    SimOrderLine line = {
      .item = g_strdup(sim_wire_get_text(row, "itemId", "")),
      .name = g_strdup(sim_wire_get_text(row, "name", "")),
      .quantity = quantity,
      .unit_price = sim_money_read(money, json_object_get(row, "price")),
    };
    line.total = (gint64)llround((double)line.unit_price * quantity);
    sum += line.total;
    g_array_append_val(order->lines, line);
    sum += add_lines(sim, order, money, json_object_get(row, "children"), multiply ? quantity : 1);
  }
  return sum;
}

static gint64
sum_fees(const Simulator *sim, const SimMoney *money, const json_t *body)
{
  static const char *const fees[] = { "serviceCharge", "deliveryCost", "bagFee", "tip",
                                      "driverTip" };
  gint64 discount = sim_money_read(money, json_object_get(body, "discountTotal"));
  gint64 sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS(fees); i++)
    sum += sim_money_read(money, json_object_get(body, fees[i]));
  if (sim_switch_is(sim, "discount_sign", "positive"))
    discount = -discount;
  else if (sim_switch_is(sim, "discount_sign", "either"))
    discount = -ABS(discount);
  return sum + discount;
}

/**
 * sim_orders_build:
 * @call: a call whose body is a checked order
 * @store: where it is for
 * @pos: the register
 *
 * Makes an order without keeping it, and fails the call when it is paid below its total.
 *
 * Returns: (transfer full) (nullable): the order
 */
SimOrder *
sim_orders_build(SimCall *call, const SimStore *store, const SimPos *pos)
{
  const SimMoney money = sim_money_choose(call->sim, call->body);
  const json_t *payments = json_object_get(call->body, "payments");
  SimOrder *order = g_new0(SimOrder, 1);

  order->lines = g_array_new(FALSE, FALSE, sizeof(SimOrderLine));
  g_array_set_clear_func(order->lines, clear_line);
  order->fees = sum_fees(call->sim, &money, call->body);
  order->total = order->fees;
  order->total += add_lines(call->sim, order, &money, json_object_get(call->body, "items"), 1);
  order->payments = g_array_new(FALSE, FALSE, sizeof(gint64));
  for (gsize i = 0; i < json_array_size(payments); i++) {
    gint64 cents = sim_money_read(&money, json_object_get(json_array_get(payments, i), "amount"));
    g_array_append_val(order->payments, cents);
    order->paid += cents;
  }
  if (order->paid < order->total) {
    sim_call_fail(call, 400, "Payment amount < total price");
    sim_order_free(order);
    return NULL;
  }

  order->id = sim_identity_next(call->sim, "order");
  order->order_id = g_strdup(sim_wire_get_text(call->body, "orderId", NULL));
  order->key = build_key(store, call->body);
  order->raw = g_strndup(call->text, call->text_length);
  order->sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, order->raw, -1);
  order->store = store;
  order->pos = pos;
  order->pickup_ms = (gint64)sim_wire_get_number(call->body, "pickupTime", (double)G_MININT64);
  order->test = sim_wire_get_flag(call->body, "testOrder", FALSE);
  order->posts = 1;
  order->document = sim_order_build_document(call, order);
  return order;
}

static void
log_order(const Simulator *sim, const SimOrder *order)
{
  g_autoptr(json_t) row = json_pack(
      "{s:s, s:o, s:s, s:s, s:I, s:s}", "id", order->id, "orderId", sim_wire_text(order->order_id),
      "store", order->store->id, "channel", sim_wire_get_text(order->document, "channel", ""),
      "totalMinor", (json_int_t)order->total, "sha256", order->sha256);
  g_autofree char *line = sim_wire_dump(row, SIM_KEYS_FIXED, 0);
  FILE *file = fopen(sim->options->orders_log, "a");

  if (file == NULL) {
    g_warning("%s: cannot be opened, ignoring", sim->options->orders_log);
    return;
  }
  fprintf(file, "%s\n", line);
  fclose(file);
}

static json_t *
build_content(const SimOrder *order)
{
  return json_deep_copy(order->document);
}

/**
 * sim_orders_add:
 * @sim: the simulator
 * @order: (transfer full): a new order
 *
 * Keeps an order.
 */
void
sim_orders_add(Simulator *sim, SimOrder *order)
{
  g_ptr_array_add(sim->orders->rows, order);
  g_hash_table_insert(sim->orders->by_id, order->id, order);
  if (order->key != NULL) {
    g_hash_table_insert(sim->orders->by_key, order->key, order);
    g_hash_table_insert(sim->orders->by_order_id, order->order_id, order);
  }
  if (sim->options->orders_log != NULL)
    log_order(sim, order);
  sim_webhooks_emit(sim, "store.orders", "store", order->store->id, build_content(order));
  sim_waits_check(sim);
}

/**
 * sim_orders_get:
 * @sim: the simulator
 * @id: an id in a path
 *
 * Finds an order as the API does; whose id paths carry is a switch (PROTOCOL 8.4).
 *
 * Returns: (transfer none) (nullable): the order
 */
SimOrder *
sim_orders_get(const Simulator *sim, const char *id)
{
  SimOrder *order = NULL;
  if (!sim_switch_is(sim, "order_path_id", "channel"))
    order = g_hash_table_lookup(sim->orders->by_id, id);
  if (order == NULL && !sim_switch_is(sim, "order_path_id", "server"))
    order = g_hash_table_lookup(sim->orders->by_order_id, id);
  return order;
}

/**
 * sim_orders_find:
 * @sim: the simulator
 * @id_or_order_id: either id
 *
 * Finds an order as the control port does.
 *
 * Returns: (transfer none) (nullable): the order
 */
SimOrder *
sim_orders_find(const Simulator *sim, const char *id_or_order_id)
{
  SimOrder *order = g_hash_table_lookup(sim->orders->by_id, id_or_order_id);
  return order != NULL ? order : g_hash_table_lookup(sim->orders->by_order_id, id_or_order_id);
}

/**
 * sim_order_get_status:
 * @order: an order
 *
 * Tells where an order stands in the kitchen.
 *
 * Returns: (transfer none): the status
 */
const char *
sim_order_get_status(const SimOrder *order)
{
  return sim_wire_get_text(order->document, "status", "");
}

/**
 * sim_order_set_status:
 * @sim: the simulator
 * @order: an order
 * @status: the new status
 * @reason: (nullable): why
 *
 * Moves an order and tells the webhook.
 */
void
sim_order_set_status(Simulator *sim, SimOrder *order, const char *status, const char *reason)
{
  gint64 now_ms = sim_clock_now_ms(sim);
  json_t *timestamp = json_object_get(order->document, "timestamp");

  json_object_set_new(order->document, "status", json_string(status));
  if (reason != NULL)
    json_object_set_new(order->document, "reason", json_string(reason));
  if (json_object_get(order->document, "editedOn") != NULL)
    json_object_set_new(order->document, "editedOn", json_integer(now_ms));
  if (timestamp != NULL) {
    g_autofree char *now = sim_clock_format(now_ms);
    json_object_set_new(timestamp, "updatedAt", json_string(now));
  }
  sim_webhooks_emit(sim, "store.orders", "store", order->store->id, build_content(order));
}

/**
 * sim_order_is_cancelled:
 * @order: an order
 *
 * Asks whether an order was cancelled by anyone.
 *
 * Returns: %TRUE when it was
 */
gboolean
sim_order_is_cancelled(const SimOrder *order)
{
  return g_str_has_prefix(sim_order_get_status(order), "cancelled");
}

/**
 * sim_order_free:
 * @order: (nullable) (transfer full): an order
 *
 * Releases an order.
 */
void
sim_order_free(SimOrder *order)
{
  if (order == NULL)
    return;
  g_free(order->id);
  g_free(order->order_id);
  g_free(order->key);
  g_free(order->raw);
  g_free(order->sha256);
  g_free(order->sale);
  json_decref(order->document);
  g_array_unref(order->lines);
  g_array_unref(order->payments);
  g_free(order);
}

/**
 * sim_orders_free:
 * @self: (nullable) (transfer full): the store
 *
 * Releases the store.
 */
void
sim_orders_free(SimOrders *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref(self->by_id);
  g_hash_table_unref(self->by_key);
  g_hash_table_unref(self->by_order_id);
  g_ptr_array_unref(self->rows);
  g_free(self);
}
