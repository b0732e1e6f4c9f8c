/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All that goes wrong in a shop on one day: with the network, its computers, their clocks and
 * disks, the token, the register, and the host's database. */
#include "troubles.h"

#include "simulator/stores.h"
#include "simulator/token.h"
#include "verdict.h"

#define DEATHS_MAX 6
#define YEARS      (10 * 365 * SHOPCAISSE_DAY)

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

/* What is to happen, and to whom. */
typedef struct {
  World *world;
  Till *till;   /* (nullable): to all */
  Books *books; /* (nullable) */
  guint number; /* as the event understands it */
  gint64 span;  /* likewise */
} Fact;

static void
plan(World *world, gint64 at, ShopcaisseTimerFunc function, const Fact *fact)
{
  world_later(world, at, function, g_memdup2(fact, sizeof *fact), g_free);
}

/* Begins with 1 and ends with 0, so much later. */
static void
plan_span(const Fact *fact, gint64 at, gint64 longest, ShopcaisseTimerFunc function)
{
  Fact copy = *fact;

  copy.number = 1;
  plan(fact->world, at, function, &copy);
  copy.number = 0;
  plan(fact->world, at + world_draw_time(fact->world, SHOPCAISSE_MINUTE, longest), function, &copy);
}

static void
cut_off_cb(gpointer user_data)
{
  const Fact *fact = user_data;
  World *world = fact->world;

  world->is_cut_off = fact->number > 0;
  world->counts[COUNT_CUT_OFF] += fact->number;
  world_tell(world, "network: %s", fact->number > 0 ? "gone" : "back");
}

static void
turn_cb(gpointer user_data)
{
  const Fact *fact = user_data;

  if (fact->number > 0)
    till_switch_off(fact->till);
  else
    till_switch_on(fact->till);
}

static void
die_cb(gpointer user_data)
{
  Fact *fact = user_data;
  World *world = fact->world;

  switch (fact->number) {
  case 0:
    till_die(fact->till, TILL_DEATH_KILL);
    break;
  case 1:
    till_die(fact->till, TILL_DEATH_POWER);
    break;
  case 2:
  case 3:
    till_lose_power_in(fact->till, 1 + world_draw(world, 40));
    break;
  default:
    till_die_in(fact->till, 1 + world_draw(world, 6));
    break;
  }
  fact->number = 0;
  plan(world, fact->span, turn_cb, fact);
}

static void
jump_cb(gpointer user_data)
{
  const Fact *fact = user_data;
  World *world = fact->world;
  Till *till = fact->till;

  world_tell(world, "till %u: the clock jumps", till->number);
  till->clock.now += fact->span;
  if (ABS(fact->span) > SHOPCAISSE_DAY)
    world->counts[COUNT_CLOCK_YEARS]++;
  else
    world->counts[fact->span > 0 ? COUNT_CLOCK_AHEAD : COUNT_CLOCK_BACK]++;
}

/* The time is right again, as after a question to a time server. */
static void
right_clock_cb(gpointer user_data)
{
  const Fact *fact = user_data;

  fact->till->clock.now = fact->world->now;
}

static void
fill_disk_cb(gpointer user_data)
{
  const Fact *fact = user_data;
  World *world = fact->world;

  till_set_disk(fact->till, fact->number == 0           ? TILL_DISK_WELL
                            : world_happens(world, 500) ? TILL_DISK_FULL
                                                        : TILL_DISK_REFUSES);
  world->counts[COUNT_DISK_FULL] += fact->number;
  world_tell(world, "till %u: the disk is %s", fact->till->number,
             fact->number > 0 ? "full" : "free again");
}

static void
revoke_cb(gpointer user_data)
{
  const Fact *fact = user_data;
  World *world = fact->world;

  world->service->token->revoked = fact->number > 0;
  world->counts[COUNT_TOKEN_REVOKED] += fact->number;
  world_tell(world, "the token is %s", fact->number > 0 ? "revoked" : "good again");
}

static SimPos *
get_register(const Books *books)
{
  const SimStore *store = sim_stores_get_store(books->world->service->stores, books->store_id);

  return store->poss->pdata[0];
}

static void
switch_module_cb(gpointer user_data)
{
  const Fact *fact = user_data;
  World *world = fact->world;

  get_register(fact->books)->licensed = fact->number == 0;
  world->counts[COUNT_STORE_BLOCKED] += fact->number;
  world_tell(world, "the module is %s", fact->number > 0 ? "off" : "on");
}

static void
discover_cb(gpointer user_data)
{
  const Fact *fact = user_data;
  World *world = fact->world;

  get_register(fact->books)->discovery = fact->number > 0;
  world->counts[COUNT_DISCOVERY] += fact->number;
  world_tell(world, "discovery mode is %s", fact->number > 0 ? "on" : "off");
}

static void
back_up_cb(gpointer user_data)
{
  books_back_up(((const Fact *)user_data)->books);
}

/* Sales that would be forgotten and are on their way still could come twice, from a computer that
 * never heard of them: decision 0022 says so, and nobody restores a backup then. */
static gboolean
is_all_delivered(const Books *books)
{
  g_autoptr(GHashTable) orders = verdict_find_orders(books->world);

  for (guint i = books->backup.n_sales; i < books->sales->len; i++) {
    if (!g_hash_table_contains(orders, ((const BooksSale *)books->sales->pdata[i])->content))
      return FALSE;
  }
  return TRUE;
}

static void
confirm_cb(gpointer user_data)
{
  till_run(((const Fact *)user_data)->till, "{'task': <'host-restored'>}");
}

/* Some say so at once, others when they are asked. */
static void
restore_cb(gpointer user_data)
{
  Fact *fact = user_data;
  World *world = fact->world;

  if (!is_all_delivered(fact->books) || !books_restore(fact->books))
    return;
  world->counts[COUNT_RESTORED]++;
  world_tell(world, "a backup is restored: %u sales", fact->books->sales->len);
  for (guint i = 0; i < world->tills->len; i++) {
    fact->till = world->tills->pdata[i];
    if (world_happens(world, 500))
      plan(world, world_draw_time(world, SHOPCAISSE_MINUTE, SHOPCAISSE_HOUR), confirm_cb, fact);
  }
}

static void
plan_network(World *world)
{
  const Fact fact = { .world = world };
  guint mood = world_draw(world, G_N_ELEMENTS(moods));

  world->weather = moods[world->is_storm ? G_N_ELEMENTS(moods) - 1 : mood];
  for (guint i = world_draw(world, 4); i > 0; i--)
    plan_span(&fact, world_draw_time(world, 0, DAY_CLOSES_AT), SHOPCAISSE_HOUR, cut_off_cb);
  if (world_happens(world, 150))
    plan_span(&fact, world_draw_time(world, 0, DAY_CLOSES_AT), 2 * SHOPCAISSE_HOUR, revoke_cb);
}

static void
plan_deaths(World *world, Till *till)
{
  Fact fact = { .world = world, .till = till };

  for (guint i = world_draw(world, DEATHS_MAX); i > 0; i--) {
    fact.number = world_draw(world, 6);
    fact.span = world_draw_time(world, SHOPCAISSE_SECOND, SHOPCAISSE_HOUR);
    plan(world, world_draw_time(world, DAY_OPENS_AT, DAY_CLOSES_AT), die_cb, &fact);
  }
  if (world_happens(world, 300))
    plan_span(&fact, world_draw_time(world, DAY_OPENS_AT, DAY_CLOSES_AT), 2 * SHOPCAISSE_HOUR,
              turn_cb);
}

static void
plan_jump(World *world, Till *till, gint64 at, gint64 span)
{
  const Fact fact = { .world = world, .till = till, .span = span };

  plan(world, at, jump_cb, &fact);
  plan(world, at + world_draw_time(world, SHOPCAISSE_MINUTE, 2 * SHOPCAISSE_HOUR), right_clock_cb,
       &fact);
}

/* Up to a day while people sell; an hour, as of a computer that does not know which half of the
 * year it is; at night years, as of one whose battery is empty. */
static void
plan_clock(World *world, Till *till)
{
  gint64 at = world_draw_time(world, DAY_OPENS_AT, DAY_CLOSES_AT);

  if (world_happens(world, 150))
    plan_jump(world, till, at, world_draw_time(world, -SHOPCAISSE_DAY, SHOPCAISSE_DAY));
  else if (world_happens(world, 80))
    plan_jump(world, till, at, world_happens(world, 500) ? SHOPCAISSE_HOUR : -SHOPCAISSE_HOUR);
  if (world_happens(world, 80) && !world_changes_hour(world))
    plan_jump(world, till, DAY_CLOSES_AT + SHOPCAISSE_HOUR,
              world_happens(world, 500) ? YEARS : -till->clock.now);
}

static void
plan_disk(World *world, Till *till)
{
  const Fact fact = { .world = world, .till = till };

  if (world_happens(world, 200))
    plan_span(&fact, world_draw_time(world, DAY_OPENS_AT, DAY_CLOSES_AT), SHOPCAISSE_HOUR,
              fill_disk_cb);
}

static void
plan_shop(World *world, Books *books)
{
  const Fact fact = { .world = world, .books = books };

  if (world_happens(world, 150))
    plan_span(&fact, world_draw_time(world, DAY_OPENS_AT, DAY_CLOSES_AT), 2 * SHOPCAISSE_HOUR,
              switch_module_cb);
  if (world_happens(world, 150))
    plan_span(&fact, world_draw_time(world, DAY_OPENS_AT, DAY_CLOSES_AT), 2 * SHOPCAISSE_HOUR,
              discover_cb);
  if (world_happens(world, 250)) {
    plan(world, world_draw_time(world, 0, DAY_CLOSES_AT), back_up_cb, &fact);
    plan(world, DAY_CLOSES_AT + world_draw_time(world, SHOPCAISSE_HOUR, 3 * SHOPCAISSE_HOUR),
         restore_cb, &fact);
  }
}

void
troubles_plan(World *world)
{
  plan_network(world);
  for (guint i = 0; i < world->books->len; i++)
    plan_shop(world, world->books->pdata[i]);
  for (guint i = 0; i < world->tills->len; i++) {
    plan_deaths(world, world->tills->pdata[i]);
    plan_clock(world, world->tills->pdata[i]);
    plan_disk(world, world->tills->pdata[i]);
  }
}

void
troubles_end(World *world)
{
  static const Weather fair = { 0 };

  world->weather = fair;
  world->is_cut_off = FALSE;
  world->service->token->revoked = FALSE;
  for (guint i = 0; i < world->books->len; i++) {
    get_register(world->books->pdata[i])->licensed = TRUE;
    get_register(world->books->pdata[i])->discovery = FALSE;
  }
  for (guint i = 0; i < world->tills->len; i++) {
    Till *till = world->tills->pdata[i];

    till_set_disk(till, TILL_DISK_WELL);
    till->clock.now = world->now;
    till->steps_to_live = 0;
    simulated_disk_watch(till->disk, 0, NULL, NULL);
    till_switch_on(till);
    if (world->counts[COUNT_RESTORED] > 0)
      till_run(till, "{'task': <'host-restored'>}");
  }
}
