/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What people do in a shop on one day. All of it is drawn at midnight, and falls out of the world's
 * clock at its time. */
#include "day.h"

#include "events.h"
#include "simulator/orders.h"
#include "simulator/sales.h"
#include "simulator/stores.h"
#include "simulator/taps.h"
#include "simulator/wire.h"
#include "troubles.h"

#define SALES_MIN   5
#define SALES_MAX   35
#define MEND_ROUNDS 8
#define MEND_TIME   (3 * SHOPCAISSE_HOUR)
#define LOOKS       8 /* at the iPad */
#define TAPS        2 /* on each order, at each look */

typedef struct {
  World *world;
  Till *till;   /* (nullable) */
  Books *books; /* (nullable) */
} Fact;

static void
plan(const Fact *fact, gint64 at, ShopcaisseTimerFunc function)
{
  world_later(fact->world, at, function, g_memdup2(fact, sizeof *fact), g_free);
}

static void
sell_cb(gpointer user_data)
{
  const Fact *fact = user_data;
  Till *till = fact->till;

  /* A computer that is off sells nothing; its clock is the one on the receipt. */
  if (till_is_on(till))
    till_submit(till, books_sell(till->books, till->number, till->clock.now));
}

static void
work_cb(gpointer user_data)
{
  static const char *const taps[] = { "ingest", "accept", "prepare", "prepared",
                                      "ready",  "done",   "process" };
  World *world = ((const Fact *)user_data)->world;
  SimOrders *orders = world->service->orders;
  guint first = orders->rows->len > 60 ? orders->rows->len - 60 : 0;

  for (guint i = first; i < orders->rows->len; i++) {
    SimOrder *order = orders->rows->pdata[i];

    for (guint k = 0; k < TAPS && !order->test; k++)
      (void)sim_taps_apply(world->service, order, taps[world_draw(world, G_N_ELEMENTS(taps))],
                           NULL);
  }
  events_tell(world, "store.orders");
}

/* On most evenings everything that was ordered is made, handed over and paid. */
static void
finish_cb(gpointer user_data)
{
  static const char *const taps[] = { "ingest", "accept", "done", "process" };
  World *world = ((const Fact *)user_data)->world;
  GPtrArray *orders = world->service->orders->rows;

  for (guint i = 0; i < orders->len; i++) {
    SimOrder *order = orders->pdata[i];

    for (guint k = 0; k < G_N_ELEMENTS(taps) && !order->test && order->sale == NULL; k++)
      (void)sim_taps_apply(world->service, order, taps[k], NULL); /* some it cannot take */
  }
  world->counts[COUNT_FINISHED]++;
  events_tell(world, "store.orders");
}

static void
ring_up_cb(gpointer user_data)
{
  const Fact *fact = user_data;
  World *world = fact->world;
  GPtrArray *articles = fact->books->articles;
  g_autoptr(GError) error = NULL;
  const char *article = articles->pdata[world_draw(world, articles->len)];
  const SimStore *store = sim_stores_get_store(world->service->stores, fact->books->store_id);
  g_autoptr(json_t) wish =
      json_pack("{s:s, s:[{s:s, s:i}]}", "pos", ((const SimPos *)store->poss->pdata[0])->id,
                "items", "item", article, "quantity", (int)(1 + world_draw(world, 3)));

  if (sim_sales_ring_up(world->service, wish, &error) == NULL)
    g_error("the iPad: %s", error->message);
  events_tell(world, "store.sales");
}

static void
plan_business(World *world, gint64 opens_at, gint64 closes_at)
{
  guint n_sales = SALES_MIN + world_draw(world, SALES_MAX - SALES_MIN);
  Fact fact = { .world = world, .books = world->books->pdata[0] };

  for (guint i = 0; i < n_sales; i++) {
    fact.till = world->tills->pdata[world_draw(world, world->tills->len)];
    plan(&fact, world_draw_time(world, opens_at, closes_at), sell_cb);
  }
  /* On some days nobody looks at the iPad. */
  for (guint i = world_happens(world, 900) ? LOOKS : 0; i > 0; i--)
    plan(&fact, world_draw_time(world, opens_at, closes_at), work_cb);
  for (guint i = world_draw(world, 15); i > 0; i--)
    plan(&fact, world_draw_time(world, opens_at, closes_at), ring_up_cb);
  if (world_happens(world, 800))
    plan(&fact, DAY_CLOSES_AT, finish_cb);
}

void
day_play(World *world)
{
  gboolean is_changing = world_changes_hour(world);

  /* On the night that has an hour more or less people stay up. */
  if (is_changing) {
    world->counts[COUNT_HOUR_CHANGED]++;
    plan_business(world, 0, SHOPCAISSE_DAY);
  } else {
    plan_business(world, DAY_OPENS_AT, DAY_CLOSES_AT);
  }
  troubles_plan(world);
  world_pass(world, SHOPCAISSE_DAY);
}

/* What is held has a question, and so has what was parked; the answer is that it goes. */
static gboolean
answer_questions(Till *till)
{
  g_autoptr(GVariant) rows = till_list(till, "orders");
  gboolean is_any = FALSE;

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    const char *state = "";
    const char *id = "";

    g_variant_lookup(row, "state", "&s", &state);
    g_variant_lookup(row, "id", "&s", &id);
    if (!g_str_equal(state, "held") && !g_str_equal(state, "parked"))
      continue;
    is_any = TRUE;
    till_send(till, id);
  }
  return is_any;
}

void
day_mend(World *world)
{
  gboolean is_any = TRUE;

  troubles_end(world);
  world_settle(world);
  for (guint round = 0; round < MEND_ROUNDS && is_any; round++) {
    is_any = FALSE;
    for (guint i = 0; i < world->tills->len; i++)
      till_run(world->tills->pdata[i], "{'task': <'catch-up'>}");
    world_pass(world, MEND_TIME);
    for (guint i = 0; i < world->tills->len; i++)
      is_any = answer_questions(world->tills->pdata[i]) || is_any;
  }
  for (guint i = 0; i < world->tills->len; i++)
    till_run(world->tills->pdata[i], "{'task': <'pull-sales'>}");
  world_pass(world, MEND_TIME);
}
