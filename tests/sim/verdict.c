/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "verdict.h"

#include "simulator/orders.h"
#include "simulator/sales.h"
#include "simulator/wire.h"

/* The sale that an order is about, from what was posted; (transfer full). */
static char *
read_content(const SimOrder *order)
{
  g_autoptr(json_t) raw = json_loads(order->raw, 0, NULL);

  return g_strdup(sim_wire_get_text(raw, "subChannelOrderDisplayId", ""));
}

static GHashTable *
index_sales(Books *books)
{
  GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);

  for (guint i = 0; i < books->made->len; i++) {
    BooksSale *sale = books->made->pdata[i];

    g_hash_table_insert(index, sale->id, sale);
  }
  return index;
}

static void
compare_orders(World *world, Verdict *verdict)
{
  g_autoptr(GHashTable) sales = index_sales(world->books);
  g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *orders = world->service->orders->rows;

  for (guint i = 0; i < orders->len; i++) {
    const SimOrder *order = orders->pdata[i];
    g_autofree char *id = read_content(order);
    const BooksSale *sale = g_hash_table_lookup(sales, id);

    if (order->test)
      continue;
    if (sale == NULL) {
      verdict->n_foreign++;
      continue;
    }
    verdict->cents += ABS(order->total - sale->total);
    if (!g_hash_table_add(found, g_steal_pointer(&id)))
      verdict->n_doubled++;
  }
  verdict->n_sales = world->books->made->len;
  for (guint i = 0; i < world->books->made->len; i++) {
    const BooksSale *sale = world->books->made->pdata[i];

    if (!g_hash_table_contains(found, sale->id)) {
      verdict->n_lost++;
      world_tell(world, "lost: %s", sale->id);
    }
  }
}

/* Tickets that came of an order are known to the host as its own sale. */
static gboolean
comes_of_an_order(World *world, const SimSale *ticket)
{
  GPtrArray *orders = world->service->orders->rows;

  for (guint i = 0; i < orders->len; i++) {
    if (g_strcmp0(((SimOrder *)orders->pdata[i])->sale, ticket->id) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
compare_tickets(World *world, Verdict *verdict)
{
  GPtrArray *tickets = world->service->sales->rows;
  guint n_recorded = 0;

  for (guint i = 0; i < tickets->len; i++) {
    const SimSale *ticket = tickets->pdata[i];

    if (comes_of_an_order(world, ticket))
      continue;
    verdict->n_tickets++;
    if (g_hash_table_contains(world->books->recorded, ticket->id))
      n_recorded++;
    else
      verdict->n_unrecorded++;
  }
  verdict->n_invented = g_hash_table_size(world->books->recorded) - n_recorded;
}

Verdict
verdict_reach(World *world)
{
  Verdict verdict = { 0 };

  compare_orders(world, &verdict);
  compare_tickets(world, &verdict);
  return verdict;
}

gboolean
verdict_is_clean(const Verdict *self)
{
  return self->n_lost == 0 && self->n_doubled == 0 && self->cents == 0 && self->n_foreign == 0 &&
         self->n_unrecorded == 0 && self->n_invented == 0;
}
