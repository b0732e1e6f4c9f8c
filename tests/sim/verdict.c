/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "verdict.h"

#include "simulator/sales.h"
#include "simulator/wire.h"

/* The sale that an order is about, from what was posted. */
static const char *
read_content(World *world, const SimOrder *order)
{
  const char *known = g_hash_table_lookup(world->contents, order->id);
  g_autoptr(json_t) raw = known == NULL ? json_loads(order->raw, 0, NULL) : NULL;
  char *content = NULL;

  if (known != NULL)
    return known;
  content = g_strdup(sim_wire_get_text(raw, "note", ""));
  g_hash_table_insert(world->contents, g_strdup(order->id), content);
  return content;
}

/* Where a sale belongs. */
typedef struct {
  const Books *books;
  const BooksSale *sale;
  const SimOrder *order; /* (nullable): the last that was found */
} Entry;

static GHashTable *
index_sales(World *world)
{
  GHashTable *index = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < world->books->len; i++) {
    const Books *books = world->books->pdata[i];

    for (guint k = 0; k < books->made->len; k++) {
      Entry entry = { books, books->made->pdata[k], NULL };

      g_hash_table_insert(index, entry.sale->content, g_memdup2(&entry, sizeof entry));
    }
  }
  return index;
}

static void
judge_order(World *world, const SimOrder *order, GHashTable *sales, Verdict *verdict)
{
  const char *content = read_content(world, order);
  Entry *entry = g_hash_table_lookup(sales, content);

  if (entry == NULL || !g_str_equal(entry->books->store_id, order->store->id)) {
    verdict->n_foreign++;
    world_tell(world, "foreign: %s", order->id);
    return;
  }
  if (entry->order != NULL)
    world_tell(world, "doubled: %s of %s, with %s and %s", content, entry->sale->id,
               entry->order->id, order->id);
  entry->order = order;
  verdict->cents += ABS(order->total - entry->sale->total);
  verdict->n_foreign += entry->sale->is_unwanted && !sim_order_is_cancelled(order) ? 1 : 0;
}

const BooksSale *
verdict_find_sale(World *world, const SimOrder *order)
{
  const char *content = read_content(world, order);

  for (guint i = 0; i < world->books->len; i++) {
    const Books *books = world->books->pdata[i];
    const BooksSale *sale = g_hash_table_lookup(books->by_content, content);

    if (sale != NULL)
      return sale;
  }
  return NULL;
}

GHashTable *
verdict_find_orders(World *world)
{
  GHashTable *found = g_hash_table_new(g_str_hash, g_str_equal);
  GPtrArray *orders = world->service->orders->rows;

  for (guint i = 0; i < orders->len; i++) {
    if (!((const SimOrder *)orders->pdata[i])->test)
      g_hash_table_add(found, (gpointer)read_content(world, orders->pdata[i]));
  }
  return found;
}

static void
compare_orders(World *world, Verdict *verdict)
{
  g_autoptr(GHashTable) sales = index_sales(world);
  g_autoptr(GHashTable) found = verdict_find_orders(world);
  GPtrArray *orders = world->service->orders->rows;
  guint n_orders = 0;
  GHashTableIter iter;
  gpointer content = NULL;
  gpointer entry = NULL;

  for (guint i = 0; i < orders->len; i++) {
    const SimOrder *order = orders->pdata[i];

    if (order->test)
      continue;
    n_orders++;
    judge_order(world, order, sales, verdict);
  }
  verdict->n_doubled = n_orders - g_hash_table_size(found);
  verdict->n_sales = g_hash_table_size(sales);
  g_hash_table_iter_init(&iter, sales);
  while (g_hash_table_iter_next(&iter, &content, &entry)) {
    if (!g_hash_table_contains(found, content) && !((const Entry *)entry)->sale->is_unwanted) {
      verdict->n_lost++;
      world_tell(world, "lost: %s", (const char *)content);
    }
  }
}

/* Tickets that came of an order are known to the host as its own sale. */
static GHashTable *
index_receipts(World *world)
{
  GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);
  GPtrArray *orders = world->service->orders->rows;

  for (guint i = 0; i < orders->len; i++) {
    const SimOrder *order = orders->pdata[i];

    if (order->sale != NULL)
      g_hash_table_insert(index, order->sale, (gpointer)order);
  }
  return index;
}

static void
compare_tickets(World *world, const Books *books, Verdict *verdict)
{
  g_autoptr(GHashTable) receipts = index_receipts(world);
  GPtrArray *tickets = world->service->sales->rows;
  guint n_recorded = 0;
  GHashTableIter iter;
  gpointer id = NULL;

  for (guint i = 0; i < tickets->len; i++) {
    const SimSale *ticket = tickets->pdata[i];

    if (!g_str_equal(ticket->store->id, books->store_id) ||
        g_hash_table_contains(receipts, ticket->id))
      continue;
    verdict->n_tickets++;
    if (g_hash_table_contains(books->recorded, ticket->id))
      n_recorded++;
    else
      verdict->n_unrecorded++;
  }
  verdict->n_invented += g_hash_table_size(books->recorded) - n_recorded;
  g_hash_table_iter_init(&iter, books->recorded);
  while (g_hash_table_iter_next(&iter, &id, NULL)) {
    const SimOrder *order = g_hash_table_lookup(receipts, id);

    if (order != NULL)
      world_tell(world, "invented: %s of %s", (const char *)id,
                 verdict_find_sale(world, order)->id);
  }
}

Verdict
verdict_reach(World *world)
{
  Verdict verdict = { 0 };

  compare_orders(world, &verdict);
  for (guint i = 0; i < world->books->len; i++)
    compare_tickets(world, world->books->pdata[i], &verdict);
  verdict.n_believed = world->n_believed;
  verdict.n_false_alarms = world->n_false_alarms;
  return verdict;
}

gboolean
verdict_is_clean(const Verdict *self)
{
  return self->n_lost == 0 && self->n_doubled == 0 && self->cents == 0 && self->n_foreign == 0 &&
         self->n_unrecorded == 0 && self->n_invented == 0 && self->n_believed == 0 &&
         self->n_false_alarms == 0;
}
