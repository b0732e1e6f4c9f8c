/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Three days without network: fifteen stores in one process, each with its own profile, sell on;
 * then the network is back, and everything comes out in the order that people need. Speaks TAP. */
#include "day.h"
#include "simulator/orders.h"
#include "simulator/stores.h"
#include "verdict.h"

#include <stdio.h>
#include <stdlib.h>

#define N_STORES     15
#define OUTAGE       (72 * SHOPCAISSE_HOUR)
#define NEWS_EVERY   (12 * SHOPCAISSE_HOUR)
#define N_BEFORE     10 /* sales of each store that the till has when the network goes */
#define N_CANCELLED  5  /* of these, and as many of those that could not be sent */
#define GRACE        (15 * SHOPCAISSE_MINUTE)
#define TURN         (5 * SHOPCAISSE_MINUTE)
#define TURNS_MAX    288
#define POSTS_SECOND 8
#define SEED         7 /* without webhooks */

typedef struct {
  World *world;
  guint n_stores;
  guint n_sales;   /* of each store while there is no network */
  guint n_before;  /* orders that the service had when it went */
  gint64 back_at;  /* true time */
  gint64 empty_at; /* when everything was sent that needed no answer */
  guint n_tests;
  guint n_failed;
} Scene;

static void
tell_test(Scene *self, gboolean is_good, const char *name)
{
  self->n_failed += is_good ? 0 : 1;
  g_print("%s %u - %s\n", is_good ? "ok" : "not ok", ++self->n_tests, name);
}

static void
sell_cb(gpointer user_data)
{
  Till *till = user_data;

  till_submit(till, books_sell(till->books, till->number, till->clock.now));
}

static void
cancel(Till *till, guint index)
{
  BooksSale *sale = till->books->made->pdata[index];

  sale->is_unwanted = TRUE;
  till_cancel(till, sale->id);
}

/* Some of what the till has, some of what it never heard of. */
static void
cancel_cb(gpointer user_data)
{
  for (guint i = 0; i < N_CANCELLED; i++) {
    cancel(user_data, i);
    cancel(user_data, N_BEFORE + i);
  }
}

static void
open_stores(Scene *self)
{
  World *world = self->world;
  GPtrArray *stores = world->service->stores->stores;

  for (guint i = 0; i < self->n_stores; i++) {
    const SimStore *store = stores->pdata[stores->len - self->n_stores + i];
    Till *till = till_new(books_new(world, store->id), i + 1);

    till_set_up(till);
    for (guint k = 0; k < N_BEFORE; k++)
      sell_cb(till);
  }
  world_pass(world, SHOPCAISSE_HOUR);
}

static void
lose_network(Scene *self)
{
  World *world = self->world;

  self->n_before = world->service->orders->rows->len;
  world->is_cut_off = TRUE;
  world->is_dark = TRUE;
  for (guint i = 0; i < world->tills->len; i++) {
    for (guint k = 0; k < self->n_sales; k++)
      world_later(world, world_draw_time(world, 0, OUTAGE), sell_cb, world->tills->pdata[i], NULL);
    world_later(world, OUTAGE - SHOPCAISSE_HOUR, cancel_cb, world->tills->pdata[i], NULL);
  }
  for (gint64 passed = 0; passed < OUTAGE; passed += NEWS_EVERY) {
    world_pass(world, NEWS_EVERY);
    g_print("# %" G_GINT64_FORMAT " hours without network: %u sales, %u tries\n",
            (passed + NEWS_EVERY) / SHOPCAISSE_HOUR, world->n_sales,
            world->counts[COUNT_DISTURBED]);
    (void)fflush(stdout); /* it is for somebody who waits */
  }
}

static gboolean
is_missed(const BooksSale *sale, gint64 now)
{
  return sale->pick_up_at != 0 && sale->pick_up_at + GRACE < now;
}

/* Whether the service has everything that nobody has to be asked about. */
static gboolean
is_drained(Scene *self)
{
  World *world = self->world;
  g_autoptr(GHashTable) found = verdict_find_orders(world);

  for (guint i = 0; i < world->books->len; i++) {
    const Books *books = world->books->pdata[i];

    for (guint k = 0; k < books->made->len; k++) {
      const BooksSale *sale = books->made->pdata[k];

      if (!sale->is_unwanted && !is_missed(sale, world->now) &&
          !g_hash_table_contains(found, sale->content)) {
        world_tell(world, "%s waits: %s", sale->content, books->store_id);
        return FALSE;
      }
    }
  }
  return TRUE;
}

static void
find_network(Scene *self)
{
  World *world = self->world;

  world->is_cut_off = FALSE;
  self->back_at = world->now;
  for (guint i = 0; i < world->tills->len; i++)
    g_ptr_array_set_size(((Till *)world->tills->pdata[i])->network.sent, 0);
  for (guint i = 0; i < TURNS_MAX && !is_drained(self); i++)
    world_pass(world, TURN);
  self->empty_at = world->now;
}

/* Every sale whose time has passed waits for a person, and no other. */
static gboolean
are_missed_held(Scene *self)
{
  World *world = self->world;
  g_autoptr(GHashTable) found = verdict_find_orders(world);
  guint n_missed = 0;

  for (guint i = 0; i < world->books->len; i++) {
    const Books *books = world->books->pdata[i];

    for (guint k = N_BEFORE; k < books->made->len; k++) {
      const BooksSale *sale = books->made->pdata[k];
      gboolean is_sent = g_hash_table_contains(found, sale->content);

      if (sale->is_unwanted)
        continue;
      if (is_missed(sale, self->back_at) ? is_sent : !is_sent && !is_missed(sale, world->now))
        return FALSE;
      n_missed += is_sent ? 0 : 1;
    }
  }
  g_print("# %u pick-up times had passed and are a question\n", n_missed);
  return n_missed > 0;
}

/* The first thing that each store does is to cancel. */
static gboolean
are_cancellations_first(Scene *self)
{
  World *world = self->world;

  for (guint i = 0; i < world->tills->len; i++) {
    GPtrArray *sent = ((Till *)world->tills->pdata[i])->network.sent;

    for (guint k = 0; k < sent->len; k++) {
      if (g_str_has_prefix(sent->pdata[k], "POST "))
        return FALSE;
      if (g_str_has_prefix(sent->pdata[k], "DELETE "))
        break;
    }
  }
  return TRUE;
}

/* What the service had when the network went, and is not wanted any more. */
static gboolean
are_cancellations_done(Scene *self)
{
  GPtrArray *orders = self->world->service->orders->rows;
  guint n_cancelled = 0;

  for (guint i = 0; i < self->n_before; i++) {
    const SimOrder *order = orders->pdata[i];
    const BooksSale *sale = order->test ? NULL : verdict_find_sale(self->world, order);

    if (sale == NULL || !sale->is_unwanted)
      continue;
    if (!sim_order_is_cancelled(order))
      return FALSE;
    n_cancelled++;
  }
  g_print("# %u orders that the till had are cancelled\n", n_cancelled);
  return n_cancelled == self->n_stores * N_CANCELLED;
}

/* In each store what somebody fetches comes before what nobody does. */
static gboolean
are_due_first(Scene *self)
{
  GPtrArray *orders = self->world->service->orders->rows;
  g_autoptr(GHashTable) others = g_hash_table_new(g_str_hash, g_str_equal);

  for (guint i = self->n_before; i < orders->len; i++) {
    const SimOrder *order = orders->pdata[i];
    const BooksSale *sale = verdict_find_sale(self->world, order);

    if (sale == NULL)
      return FALSE;
    if (sale->pick_up_at == 0)
      g_hash_table_add(others, order->store->id);
    else if (g_hash_table_contains(others, order->store->id))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_polite(Scene *self)
{
  World *world = self->world;
  guint most = 0;
  guint most_at_once = 0;

  for (guint i = 0; i < world->tills->len; i++) {
    const Till *till = world->tills->pdata[i];

    most = MAX(most, till->posts.most_a_second);
    most_at_once = MAX(most_at_once, till->posts.most_at_once);
  }
  g_print("# at most %u orders of a store in a second, %u at once; all sent after %" G_GINT64_FORMAT
          " minutes\n",
          most, most_at_once, (self->empty_at - self->back_at) / SHOPCAISSE_MINUTE);
  return most <= POSTS_SECOND && most_at_once == 1;
}

static void
play(Scene *self)
{
  World *world = self->world;
  Verdict verdict = { 0 };

  open_stores(self);
  lose_network(self);
  tell_test(self, world->service->orders->rows->len == self->n_before,
            "without_network_nothing_arrives");
  find_network(self);
  self->world->is_verbose = TRUE;
  tell_test(self, is_drained(self), "all_that_waits_is_sent_by_itself");
  self->world->is_verbose = FALSE;
  tell_test(self, are_cancellations_first(self), "each_store_cancels_first");
  tell_test(self, are_cancellations_done(self), "what_was_cancelled_meanwhile_is_cancelled");
  tell_test(self, are_due_first(self), "orders_that_somebody_fetches_come_before_the_others");
  tell_test(self, are_missed_held(self), "pick_up_times_that_have_passed_are_a_question");
  tell_test(self, is_polite(self), "stores_send_one_order_at_a_time_and_few_a_second");
  day_mend(world);
  verdict = verdict_reach(world);
  g_print("# %u sales of %u stores: lost %u, doubled %u, cents %" G_GINT64_FORMAT
          ", foreign %u; %u exchanges\n",
          verdict.n_sales, self->n_stores, verdict.n_lost, verdict.n_doubled, verdict.cents,
          verdict.n_foreign, world->counts[COUNT_EXCHANGE]);
  tell_test(self, verdict_is_clean(&verdict), "no_sale_is_lost_doubled_or_changed");
}

static GLogWriterOutput
write_nothing(GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  return (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0
             ? g_log_writer_default(level, fields, n_fields, data)
             : G_LOG_WRITER_HANDLED;
}

int
main(int argc, char **argv)
{
  Scene scene = { 0 };
  gint n_orders = 400;
  gint n_stores = N_STORES;
  const GOptionEntry entries[] = {
    { "orders", 0, 0, G_OPTION_ARG_INT, &n_orders, "of a store on a day", "N" },
    { "stores", 0, 0, G_OPTION_ARG_INT, &n_stores, "how many there are", "N" },
    { NULL },
  };
  g_autoptr(GOptionContext) options = g_option_context_new("- sells without network");
  g_autoptr(World) world = NULL;
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries(options, entries, NULL);
  if (!g_option_context_parse(options, &argc, &argv, &error) || n_orders < 1 || n_stores < 1) {
    g_printerr("shop-offline: %s\n",
               error != NULL ? error->message : "there is at least 1 of each");
    return 2;
  }
  g_log_set_writer_func(write_nothing, NULL, NULL);
  /* The full size is for a soak. */
  if (g_getenv("SHOPCAISSE_SOAK") != NULL)
    n_orders = MAX(n_orders, 400);
  world = world_new(SEED, (guint)n_stores);
  world->has_steady_power = TRUE;
  scene.world = world;
  scene.n_stores = (guint)n_stores;
  scene.n_sales = (guint)n_orders * 3;
  play(&scene);
  g_print("1..%u\n", scene.n_tests);
  return scene.n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
