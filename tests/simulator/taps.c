/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What staff do to orders on the iPad (PROTOCOL 5.1, 5.2). Kitchen and fiscal state are
 * independent. */

#include "taps.h"

#include "catalogue.h"
#include "sales.h"
#include "switches.h"
#include "wait.h"
#include "wire.h"

#include <string.h>

static const char *const statuses[] = {
  "not_acked",
  "auto_accepted_waiting",
  "accepted",
  "preparing",
  "prepared",
  "ready_for_pickup",
  "done",
  "cancelled_by_channel",
  "cancelled_by_pos",
  "cancelled",
  "merged",
  "requires_attention",
  "requires_payment",
  "waiting",
  "being_processed",
  NULL,
};

/* The places on the way from the service to the customer's hands; steps may be skipped. */
static const char *const way[] = { "not_acked", "auto_accepted_waiting", "accepted", "preparing",
                                   "prepared",  "ready_for_pickup",      "done" };

static const struct {
  const char *tap;
  const char *status;
} moves[] = {
  { "accept", "accepted" },   { "prepare", "preparing" },      { "preparing", "preparing" },
  { "prepared", "prepared" }, { "ready", "ready_for_pickup" }, { "done", "done" },
};

/**
 * sim_taps_is_status:
 * @status: a text
 *
 * Asks whether a text is one of the known order statuses.
 *
 * Returns: %TRUE when it is
 */
gboolean
sim_taps_is_status(const char *status)
{
  return g_strv_contains(statuses, status);
}

static int
find_place(const char *status)
{
  for (gsize i = 0; i < G_N_ELEMENTS(way); i++) {
    if (g_str_equal(way[i], status))
      return (int)i;
  }
  return -1;
}

/* Why orders get stuck in not_acked (PROTOCOL 5.1, seed). */
static const char *
find_obstacle(const Simulator *sim, const SimOrder *order)
{
  if (sim_switch_is(sim, "namespace", "staging"))
    return "the iPad refuses staging credentials";
  if (!order->pos->online)
    return "the iPad is offline";
  if (order->pos->discovery)
    return "the register is in Discovery Mode";
  if (!order->pos->licensed)
    return "the register has no Order Management Module";
  return NULL;
}

static const char *
ingest(Simulator *sim, SimOrder *order)
{
  if (!g_str_equal(sim_order_get_status(order), "not_acked"))
    return "the order is not waiting for the iPad";
  sim_order_set_status(sim, order, sim_switches_get(sim->switches, "ingest_status"), NULL);
  return NULL;
}

static const char *
move(Simulator *sim, SimOrder *order, const char *status)
{
  int from = find_place(sim_order_get_status(order));
  int to = find_place(status);

  if (from < 0)
    return "the order is not on its way";
  if (from >= to)
    return "the order is already there or further";
  sim_order_set_status(sim, order, status, to == 2 ? "Accepted by the PoS" : NULL);
  return NULL;
}

typedef enum {
  FIGURE_STOCK,
  FIGURE_RESERVED
} Figure;

static void
move_stock(Simulator *sim, const SimOrder *order, double sign, Figure figure)
{
  for (guint i = 0; i < order->lines->len; i++) {
    const SimOrderLine *line = &g_array_index(order->lines, SimOrderLine, i);
    SimItem *item = sim_catalogue_get_item(sim->catalogue, line->item);
    if (item == NULL || !item->manage_stock)
      continue;
    SimStock *stock = sim_item_get_stock(sim, item, order->store->index);
    if (figure == FIGURE_RESERVED)
      stock->reserved_customers += sign * line->quantity;
    else
      stock->stock += sign * line->quantity;
  }
  sim_touch(sim);
}

static gboolean
reserves(const Simulator *sim)
{
  return sim_switch_is(sim, "order_stock", "reserve");
}

static const char *
process(Simulator *sim, SimOrder *order)
{
  if (order->test)
    return "Unable to modify a test order";
  if (order->sale != NULL)
    return "the order is processed already";
  if (sim_order_is_cancelled(order) || find_place(sim_order_get_status(order)) < 1)
    return "the iPad does not show the order";

  sim_sales_process(sim, order);
  if (reserves(sim))
    move_stock(sim, order, -1, FIGURE_RESERVED);
  move_stock(sim, order, -1, FIGURE_STOCK);
  return NULL;
}

static const char *
cancel(Simulator *sim, SimOrder *order, const char *status)
{
  if (find_place(sim_order_get_status(order)) < 1)
    return "the iPad does not show the order";
  if (order->sale != NULL)
    return "the order is processed already";
  sim_taps_order_cancelled(sim, order, status, "Cancelled by the PoS");
  return NULL;
}

static const char *
put_aside(Simulator *sim, SimOrder *order, const char *status)
{
  if (find_place(sim_order_get_status(order)) < 1)
    return "the iPad does not show the order";
  sim_order_set_status(sim, order, status, NULL);
  return NULL;
}

/**
 * sim_taps_apply:
 * @sim: the simulator
 * @order: an order
 * @tap: what staff do
 * @status: (nullable): the raw status of the tap `status`
 *
 * Taps on the iPad.
 *
 * Returns: (transfer none) (nullable): why the iPad refuses, %NULL when done
 */
const char *
sim_taps_apply(Simulator *sim, SimOrder *order, const char *tap, const char *status)
{
  if (g_str_equal(tap, "status")) {
    if (status == NULL)
      return "no status given";
    sim_order_set_status(sim, order, status, NULL);
    return NULL;
  }

  const char *obstacle = find_obstacle(sim, order);
  if (obstacle != NULL)
    return obstacle;
  if (g_str_equal(tap, "ingest"))
    return ingest(sim, order);
  if (g_str_equal(tap, "process"))
    return process(sim, order);
  if (g_str_equal(tap, "cancel"))
    return cancel(sim, order, "cancelled_by_pos");
  if (g_str_equal(tap, "merge"))
    return put_aside(sim, order, "merged");
  if (g_str_equal(tap, "attention"))
    return put_aside(sim, order, "requires_attention");
  for (gsize i = 0; i < G_N_ELEMENTS(moves); i++) {
    if (g_str_equal(moves[i].tap, tap))
      return move(sim, order, moves[i].status);
  }
  return "no such tap";
}

/**
 * sim_taps_order_created:
 * @sim: the simulator
 * @order: an order that was just kept
 *
 * Does what the till's side does by itself when an order comes.
 */
void
sim_taps_order_created(Simulator *sim, SimOrder *order)
{
  if (reserves(sim) && !order->test)
    move_stock(sim, order, 1, FIGURE_RESERVED);
  if (sim_switch_is_on(sim, "auto_ingest") && find_obstacle(sim, order) == NULL)
    (void)ingest(sim, order); /* A refusal leaves the order where it is. */
}

/**
 * sim_taps_order_cancelled:
 * @sim: the simulator
 * @order: an order
 * @status: the status that says who
 * @reason: why
 *
 * Cancels an order and gives back what it reserved.
 */
void
sim_taps_order_cancelled(Simulator *sim, SimOrder *order, const char *status, const char *reason)
{
  if (reserves(sim) && !order->test)
    move_stock(sim, order, -1, FIGURE_RESERVED);
  sim_order_set_status(sim, order, status, reason);
}

/**
 * sim_taps_ingest_all:
 * @sim: the simulator
 *
 * Lets every iPad that can take the orders that wait for it, if it does so by itself.
 *
 * Returns: how many it took
 */
guint
sim_taps_ingest_all(Simulator *sim)
{
  guint n_taken = 0;

  for (guint i = 0; sim_switch_is_on(sim, "auto_ingest") && i < sim->orders->rows->len; i++) {
    SimOrder *order = g_ptr_array_index(sim->orders->rows, i);
    if (find_obstacle(sim, order) == NULL && ingest(sim, order) == NULL)
      n_taken++;
  }
  return n_taken;
}
