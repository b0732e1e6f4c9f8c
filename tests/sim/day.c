/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What happens in a shop on one day. All of it is drawn at midnight, and falls out of the world's
 * clock at its time. */
#include "day.h"

#include "simulator/catalogue.h"
#include "simulator/orders.h"
#include "simulator/sales.h"
#include "simulator/stores.h"
#include "simulator/taps.h"
#include "simulator/wire.h"

#include <string.h>

#define OPENS_AT    (8 * SHOPCAISSE_HOUR)
#define CLOSES_AT   (20 * SHOPCAISSE_HOUR)
#define SALES_MIN   5
#define SALES_MAX   35
#define DEATHS_MAX  6
#define MEND_ROUNDS 8
#define MEND_TIME   (3 * SHOPCAISSE_HOUR)

static const Weather moods[] = {
  { .unsent = 2, .lost = 2, .lost_back = 2, .late = 1, .broken = 1, .throttled = 1, .foreign = 1 },
  { .unsent = 15,
    .lost = 15,
    .lost_back = 30,
    .late = 15,
    .broken = 10,
    .throttled = 10,
    .foreign = 5 },
  { .unsent = 50,
    .lost = 50,
    .lost_back = 100,
    .late = 60,
    .broken = 40,
    .throttled = 30,
    .foreign = 15 },
};

/* What is to happen to one till. */
typedef struct {
  World *world;
  Till *till;
  guint number; /* as the event understands it */
  gint64 span;  /* likewise */
} Fact;

static void
plan(World *world, gint64 at, ShopcaisseTimerFunc function, const Fact *fact)
{
  world_later(world, at, function, g_memdup2(fact, sizeof *fact), g_free);
}

static Till *
draw_till(World *world)
{
  return world->tills->pdata[world_draw(world, world->tills->len)];
}

static void
sell_cb(gpointer user_data)
{
  const Fact *fact = user_data;
  World *world = fact->world;
  Till *till = fact->till;

  /* A computer that is off sells nothing; its clock is the one on the receipt. */
  if (till_is_on(till))
    till_submit(till, books_sell(world, till->number, till->clock.now));
}

static void
work_cb(gpointer user_data)
{
  static const char *const taps[] = { "ingest", "accept", "prepare", "prepared",
                                      "ready",  "done",   "process" };
  const Fact *fact = user_data;
  SimOrders *orders = fact->world->service->orders;
  guint first = orders->rows->len > 60 ? orders->rows->len - 60 : 0;

  for (guint i = first; i < orders->rows->len; i++) {
    SimOrder *order = orders->rows->pdata[i];

    if (!order->test && world_happens(fact->world, 600))
      (void)sim_taps_apply(fact->world->service, order,
                           taps[world_draw(fact->world, G_N_ELEMENTS(taps))], NULL);
  }
}

static void
ring_up_cb(gpointer user_data)
{
  const Fact *fact = user_data;
  GPtrArray *articles = fact->world->books->articles;
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) wish =
      json_pack("{s:[{s:s, s:i}]}", "items", "item",
                (const char *)articles->pdata[world_draw(fact->world, articles->len)], "quantity",
                (int)(1 + world_draw(fact->world, 3)));

  if (sim_sales_ring_up(fact->world->service, wish, &error) == NULL)
    g_error("the iPad: %s", error->message);
}

static void
cut_off_cb(gpointer user_data)
{
  const Fact *fact = user_data;

  fact->world->is_cut_off = fact->number > 0;
  world_tell(fact->world, "network: %s", fact->number > 0 ? "gone" : "back");
}

static void
turn_on_cb(gpointer user_data)
{
  till_switch_on(((const Fact *)user_data)->till);
}

static void
turn_off_cb(gpointer user_data)
{
  till_switch_off(((const Fact *)user_data)->till);
}

static void
die_cb(gpointer user_data)
{
  Fact *fact = user_data;

  switch (fact->number) {
  case 0:
    till_die(fact->till, TILL_DEATH_KILL);
    break;
  case 1:
    till_die(fact->till, TILL_DEATH_POWER);
    break;
  default:
    till_die_in(fact->till, 1 + world_draw(fact->world, 6));
    break;
  }
  plan(fact->world, fact->span, turn_on_cb, fact);
}

static void
jump_cb(gpointer user_data)
{
  const Fact *fact = user_data;

  world_tell(fact->world, "till %u: the clock jumps", fact->till->number);
  fact->till->clock.now += fact->span;
}

/* The time is right again, as after a question to a time server. */
static void
right_clock_cb(gpointer user_data)
{
  const Fact *fact = user_data;

  fact->till->clock.now = fact->world->clock.now;
}

static void
fill_disk_cb(gpointer user_data)
{
  const Fact *fact = user_data;

  world_tell(fact->world, "till %u: the disk is %s", fact->till->number,
             fact->number > 0 ? "full" : "free again");
  simulated_disk_set_capacity(fact->till->disk,
                              fact->number > 0 ? simulated_disk_get_size(fact->till->disk) : -1);
}

static void
plan_business(World *world)
{
  guint n_sales = SALES_MIN + world_draw(world, SALES_MAX - SALES_MIN);
  Fact fact = { .world = world };

  for (guint i = 0; i < n_sales; i++) {
    fact.till = draw_till(world);
    plan(world, world_draw_time(world, OPENS_AT, CLOSES_AT), sell_cb, &fact);
  }
  /* On some days nobody looks at the iPad. */
  for (guint i = world_happens(world, 900) ? 20 : 0; i > 0; i--)
    plan(world, world_draw_time(world, OPENS_AT, CLOSES_AT), work_cb, &fact);
  for (guint i = world_draw(world, 15); i > 0; i--)
    plan(world, world_draw_time(world, OPENS_AT, CLOSES_AT), ring_up_cb, &fact);
}

static void
plan_network(World *world)
{
  Fact fact = { .world = world };
  guint mood = world_draw(world, G_N_ELEMENTS(moods));

  world->weather = moods[world->is_storm ? G_N_ELEMENTS(moods) - 1 : mood];
  for (guint i = world_draw(world, 4); i > 0; i--) {
    gint64 start = world_draw_time(world, 0, CLOSES_AT);

    fact.number = 1;
    plan(world, start, cut_off_cb, &fact);
    fact.number = 0;
    plan(world, start + world_draw_time(world, SHOPCAISSE_MINUTE, 3 * SHOPCAISSE_HOUR), cut_off_cb,
         &fact);
  }
}

static void
plan_deaths(World *world, Till *till)
{
  Fact fact = { .world = world, .till = till };

  for (guint i = world_draw(world, DEATHS_MAX); i > 0; i--) {
    fact.number = world_draw(world, 5);
    fact.span = world_draw_time(world, SHOPCAISSE_SECOND, SHOPCAISSE_HOUR);
    plan(world, world_draw_time(world, OPENS_AT, CLOSES_AT), die_cb, &fact);
  }
  if (world_happens(world, 300)) {
    gint64 start = world_draw_time(world, OPENS_AT, CLOSES_AT);

    plan(world, start, turn_off_cb, &fact);
    plan(world, start + world_draw_time(world, SHOPCAISSE_MINUTE, 2 * SHOPCAISSE_HOUR), turn_on_cb,
         &fact);
  }
}

static void
plan_troubles(World *world, Till *till)
{
  Fact fact = { .world = world, .till = till };
  gint64 start = world_draw_time(world, OPENS_AT, CLOSES_AT);

  if (world_happens(world, 200)) {
    fact.span = world_draw_time(world, -SHOPCAISSE_DAY, SHOPCAISSE_DAY);
    plan(world, start, jump_cb, &fact);
    plan(world, start + world_draw_time(world, SHOPCAISSE_MINUTE, 2 * SHOPCAISSE_HOUR),
         right_clock_cb, &fact);
  }
  if (world_happens(world, 200)) {
    fact.number = 1;
    plan(world, start, fill_disk_cb, &fact);
    fact.number = 0;
    plan(world, start + world_draw_time(world, SHOPCAISSE_MINUTE, SHOPCAISSE_HOUR), fill_disk_cb,
         &fact);
  }
}

void
day_play(World *world)
{
  plan_business(world);
  plan_network(world);
  for (guint i = 0; i < world->tills->len; i++) {
    plan_deaths(world, world->tills->pdata[i]);
    plan_troubles(world, world->tills->pdata[i]);
  }
  world_pass(world, SHOPCAISSE_DAY);
}

static gboolean
send_held(Till *till)
{
  g_autoptr(GVariant) rows = till_list(till, "orders");
  gboolean is_any = FALSE;

  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);
    const char *state = "";
    const char *id = "";

    g_variant_lookup(row, "state", "&s", &state);
    g_variant_lookup(row, "id", "&s", &id);
    if (!g_str_equal(state, "held"))
      continue;
    is_any = TRUE;
    till_send(till, id);
  }
  return is_any;
}

void
day_mend(World *world)
{
  static const Weather fair = { 0 };
  gboolean is_any = TRUE;

  world->weather = fair;
  world->is_cut_off = FALSE;
  for (guint i = 0; i < world->tills->len; i++) {
    Till *till = world->tills->pdata[i];

    simulated_disk_set_capacity(till->disk, -1);
    till->clock.now = world->clock.now;
    till->steps_to_live = 0;
    till_switch_on(till);
  }
  for (guint round = 0; round < MEND_ROUNDS && is_any; round++) {
    is_any = FALSE;
    for (guint i = 0; i < world->tills->len; i++)
      till_run(world->tills->pdata[i], "{'task': <'catch-up'>}");
    world_pass(world, MEND_TIME);
    for (guint i = 0; i < world->tills->len; i++)
      is_any = send_held(world->tills->pdata[i]) || is_any;
  }
  for (guint i = 0; i < world->tills->len; i++)
    till_run(world->tills->pdata[i], "{'task': <'pull-sales'>}");
  world_pass(world, MEND_TIME);
}
