/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Orders: posting, listing, cancelling, and the calls meant for the till's side
 * (PROTOCOL 3.12, 5.1). */

#include "orders.h"
#include "route.h"
#include "switches.h"
#include "taps.h"
#include "wire.h"

static SimStore *
get_call_store(const SimCall *call)
{
  return sim_stores_get_store(call->sim->stores, sim_call_get(call, "store"));
}

static void
fail_field(SimCall *call, const char *message)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new();
  g_ptr_array_add(messages, (gpointer)message);
  sim_call_fail_fields(call, messages);
}

static SimPos *
find_named_pos(SimCall *call, const SimStore *store, const char *id)
{
  SimPos *pos = sim_stores_get_pos(call->sim->stores, id);
  if (pos != NULL && g_str_equal(pos->store, store->id))
    return pos;
  sim_call_fail(call, 404, "Pos %s not found", id);
  return NULL;
}

/* Without pos an order goes to the store's only register (PROTOCOL 3.12, seed). */
static SimPos *
choose_pos(SimCall *call, const SimStore *store)
{
  const char *id = sim_call_query(call, "pos");
  SimPos *only = NULL;
  guint n_active = 0;

  if (id != NULL)
    return find_named_pos(call, store, id);
  for (guint i = 0; i < store->poss->len; i++) {
    SimPos *pos = g_ptr_array_index(store->poss, i);
    if (!pos->active)
      continue;
    n_active++;
    if (only == NULL)
      only = pos;
  }
  if (only != NULL && (n_active == 1 || sim_switch_is(call->sim, "post_pos", "first")))
    return only;
  fail_field(call, "pos should not be empty");
  return NULL;
}

static gboolean
guard_licence(SimCall *call, const SimPos *pos)
{
  if (pos->licensed)
    return TRUE;
  /* The sentence is the service's own, and 401 is not about the token (PROTOCOL 2.3, seed). */
  sim_call_fail(
      call, 401,
      "Pos %s does not have an Order Management Module license! Please activate the module "
      "in the POS/Cash register in order to receive orders",
      pos->id);
  return FALSE;
}

static json_t *
copy_document(const SimOrder *order)
{
  return json_deep_copy(order->document);
}

static gboolean
prepare_order(SimCall *call, SimStore **store, SimPos **pos)
{
  *store = get_call_store(call);
  if (call->request != NULL && call->request->order_id == NULL)
    call->request->order_id = g_strdup(sim_wire_get_text(call->body, "orderId", NULL));
  *pos = choose_pos(call, *store);
  return *pos != NULL && guard_licence(call, *pos) && sim_order_check(call, *store);
}

static void
post_order(SimCall *call)
{
  SimStore *store = NULL;
  SimPos *pos = NULL;
  if (!prepare_order(call, &store, &pos))
    return;

  SimOrder *known = sim_orders_find_known(call->sim, store, call->body);
  if (known != NULL) {
    known->posts++;
    sim_call_answer(call, sim_switch_is(call->sim, "duplicate_status", "200") ? 200 : 201,
                    copy_document(known));
    return;
  }
  SimOrder *order = sim_orders_build(call, store, pos);
  if (order == NULL)
    return;
  sim_orders_add(call->sim, order);
  sim_taps_order_created(call->sim, order);
  sim_call_answer(call, 201, copy_document(order));
}

static void
verify_order(SimCall *call)
{
  SimStore *store = NULL;
  SimPos *pos = NULL;
  if (!prepare_order(call, &store, &pos))
    return;

  /* A dry run: nothing is stored (PROTOCOL 2.1, guess). */
  SimOrder *order = sim_orders_build(call, store, pos);
  if (order == NULL)
    return;
  if (sim_switch_is(call->sim, "verify_answer", "order")) {
    json_t *document = copy_document(order);
    json_object_del(document, "id");
    sim_call_answer(call, 200, document);
  } else {
    sim_call_answer(call, 200, json_object());
  }
  sim_order_free(order);
}

static void
post_order_with_payment(SimCall *call)
{
  SimStore *store = NULL;
  SimPos *pos = NULL;
  if (!prepare_order(call, &store, &pos))
    return;

  SimOrder *order = sim_orders_find_known(call->sim, store, call->body);
  if (order == NULL) {
    order = sim_orders_build(call, store, pos);
    if (order == NULL)
      return;
    json_object_set_new(order->document, "status", json_string("requires_payment"));
    json_object_set_new(order->document, "configuration",
                        json_pack("{s:o, s:o, s:n}", "paymentGateway",
                                  sim_wire_text(sim_wire_get_text(call->body, "gateway", NULL)),
                                  "paymentGatewayCallback",
                                  sim_wire_text(sim_wire_get_text(call->body, "callback", NULL)),
                                  "paymentGatewayIntent"));
    sim_orders_add(call->sim, order);
  }
  sim_call_answer(call, 201, copy_document(order));
}

static gboolean
is_in_progress(const char *status)
{
  static const char *const statuses[] = {
    "auto_accepted_waiting", "accepted", "preparing", "prepared", "ready_for_pickup", NULL
  };
  return g_strv_contains(statuses, status);
}

static gboolean
matches_status(const SimOrder *order, const char *filter)
{
  const char *status = sim_order_get_status(order);
  gboolean done = g_str_equal(status, "done");

  if (g_str_equal(filter, "all"))
    return TRUE;
  if (g_str_equal(filter, "cancelled"))
    return sim_order_is_cancelled(order);
  if (g_str_equal(filter, "in_progress"))
    return is_in_progress(status);
  if (g_str_equal(filter, "all_but_cancelled_and_done"))
    return !sim_order_is_cancelled(order) && !done;
  if (g_str_equal(filter, "all_but_done"))
    return !done;
  return g_str_equal(status, filter);
}

/* The times are those of pickup; an order without one is in no interval (PROTOCOL 6.2.5, seed). */
static gboolean
matches_times(const SimCall *call, const SimOrder *order)
{
  gint64 from_ms = 0;
  gint64 to_ms = 0;

  if (sim_call_query_ms(call, "from", &from_ms) && order->pickup_ms < from_ms)
    return FALSE;
  if (sim_call_query_ms(call, "to", &to_ms) &&
      (order->pickup_ms >= to_ms || order->pickup_ms == G_MININT64))
    return FALSE;
  return TRUE;
}

static json_t *
build_order(SimCall *call, gpointer row)
{
  (void)call;
  return json_incref(((const SimOrder *)row)->document); /* printed, and nothing else */
}

static void
list_orders(SimCall *call)
{
  static const char *const filters[] = { "not_acked", "in_progress", "cancelled",
                                         "done",      "all",         "all_but_cancelled_and_done",
                                         NULL };
  const SimStore *store = get_call_store(call);
  const char *pos = sim_call_query(call, "pos");
  const char *status = sim_call_query(call, "status");
  g_autoptr(GPtrArray) rows = g_ptr_array_new();

  if (pos == NULL && sim_switch_is_on(call->sim, "orders_pos_required")) {
    fail_field(call, "pos should not be empty");
    return;
  }
  if (pos != NULL && find_named_pos(call, store, pos) == NULL)
    return;
  if (status != NULL && !g_strv_contains(filters, status)) {
    fail_field(call, "status must be one of the following values: not_acked, in_progress, "
                     "cancelled, done, all_but_cancelled_and_done, all");
    return;
  }
  if (status == NULL)
    status =
        sim_switch_is(call->sim, "order_list_default", "not_acked") ? "not_acked" : "all_but_done";
  for (guint i = 0; i < call->sim->orders->rows->len; i++) {
    SimOrder *order = g_ptr_array_index(call->sim->orders->rows, i);
    if (order->store == store && (pos == NULL || g_str_equal(order->pos->id, pos)) &&
        matches_status(order, status) && matches_times(call, order))
      g_ptr_array_add(rows, order);
  }
  sim_call_answer_page(call, rows, build_order);
}

static SimOrder *
get_call_order(SimCall *call)
{
  const char *id = sim_call_get(call, "order");
  SimOrder *order = sim_orders_get(call->sim, id);

  if (order != NULL && g_str_equal(order->store->id, sim_call_get(call, "store")))
    return order;
  sim_call_fail(call, 404, "Order %s not found", id);
  return NULL;
}

static void
get_order(SimCall *call)
{
  const SimOrder *order = get_call_order(call);
  if (order != NULL)
    sim_call_answer(call, 200, copy_document(order));
}

static gboolean
guard_pos(SimCall *call)
{
  const char *pos = sim_call_query(call, "pos");
  if (pos != NULL)
    return find_named_pos(call, get_call_store(call), pos) != NULL;
  if (!sim_switch_is_on(call->sim, "cancel_pos_required"))
    return TRUE;
  fail_field(call, "pos should not be empty");
  return FALSE;
}

/* Works before the till took the order, and not later (PROTOCOL 5.1, seed). */
static void
cancel_order(SimCall *call)
{
  SimOrder *order = guard_pos(call) ? get_call_order(call) : NULL;
  if (order == NULL)
    return;
  if (!g_str_equal(sim_order_get_status(order), "not_acked")) {
    sim_call_fail(call, 400, "Unable to cancel an order with status %s",
                  sim_order_get_status(order));
    return;
  }
  sim_taps_order_cancelled(call->sim, order, "cancelled_by_channel", "Cancelled by the channel");
  sim_call_answer(call, 200, copy_document(order));
}

static void
accept_order(SimCall *call)
{
  SimOrder *order = guard_pos(call) ? get_call_order(call) : NULL;
  const char *receipt = sim_wire_get_text(call->body, "receiptId", NULL);
  if (order == NULL)
    return;
  if (receipt == NULL) {
    fail_field(call, "receiptId must be a string");
    return;
  }
  json_object_set_new(order->document, "receiptId", json_string(receipt));
  sim_order_set_status(call->sim, order, "accepted", "Accepted by the PoS");
  sim_call_answer(call, 200, copy_document(order));
}

static void
set_status(SimCall *call)
{
  SimOrder *order = guard_pos(call) ? get_call_order(call) : NULL;
  const char *status = sim_wire_get_text(call->body, "status", "");
  if (order == NULL)
    return;
  if (!sim_taps_is_status(status)) {
    fail_field(call, "status must be a valid enum value");
    return;
  }
  sim_order_set_status(call->sim, order, status, sim_wire_get_text(call->body, "reason", NULL));
  sim_call_answer(call, 200, copy_document(order));
}

/* Orders created on the register itself; the simulated staff makes none. */
static void
list_pos_orders(SimCall *call)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new();
  sim_call_answer_page(call, rows, build_order);
}

static void
get_pos_order(SimCall *call)
{
  sim_call_fail(call, 404, "Order %s not found", sim_call_get(call, "order"));
}

#define ORDERS  "/v1/stores/{store}/orders"
#define PAYMENT "/v1/stores/{store}/orders-with-payments/orders"

const SimRoute sim_routes_orders[] = {
  { "GET", ORDERS, "store.orders.read", 100, SIM_ROUTE_PLAIN, list_orders },
  { "POST", ORDERS, "store.orders.write", 0, SIM_ROUTE_BODY, post_order },
  { "GET", ORDERS "/{order}", "store.orders.read", 0, SIM_ROUTE_PLAIN, get_order },
  { "DELETE", ORDERS "/{order}", "store.orders.cancel", 0, SIM_ROUTE_PLAIN, cancel_order },
  { "PUT", ORDERS "/{order}/accept", "store.orders.write", 0, SIM_ROUTE_BODY, accept_order },
  { "PUT", ORDERS "/{order}/status", "store.orders.write", 0, SIM_ROUTE_BODY, set_status },
  { "POST", PAYMENT, "store.orders.write", 0, SIM_ROUTE_BODY, post_order_with_payment },
  { "POST", PAYMENT "/verify", "store.orders.write", 0, SIM_ROUTE_BODY, verify_order },
  { "GET", "/v1/pos/{pos}/orders", "pos.orders.read", 100, SIM_ROUTE_PLAIN, list_pos_orders },
  { "GET", "/v1/pos/{pos}/orders/{order}", "pos.orders.read", 0, SIM_ROUTE_PLAIN, get_pos_order },
  { 0 },
};
