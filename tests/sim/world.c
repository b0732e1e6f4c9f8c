/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Time and chance of simulated shops. Nothing runs but what this file calls, in an order that the
 * seed decides. */
#include "world.h"

#include "books.h"
#include "model/timestamp.h"
#include "simulator/clock.h"
#include "simulator/options.h"
#include "till.h"

#define TURNS_MAX 1000000 /* without time passing: something turns in a circle */

/* Two of the three begin shortly before a day of 23 or of 25 hours. */
static const gint64 starts[] = {
  G_GINT64_CONSTANT(1772409600000000), /* 2026-03-02T00:00:00Z */
  G_GINT64_CONSTANT(1774656000000000), /* 2026-03-28T00:00:00Z */
  G_GINT64_CONSTANT(1792800000000000), /* 2026-10-24T00:00:00Z */
};
static const char *const zones[] = { "Europe/Paris", "Europe/Brussels" };

typedef struct {
  gint64 at;    /* monotonic */
  guint number; /* of those of the same time the first goes first */
  ShopcaisseTimerFunc function;
  gpointer data;
  GDestroyNotify free_data; /* (nullable) */
} Event;

static void
free_event(gpointer data)
{
  Event *event = data;

  if (event->free_data != NULL)
    event->free_data(event->data);
  g_free(event);
}

static void
open_service(World *self, guint n_stores)
{
  g_autoptr(GError) error = NULL;

  self->options = g_new0(SimOptions, 1);
  self->options->shop = g_strdup("gift");
  self->options->seed = self->seed;
  self->options->n_stores = (int)n_stores;
  self->service = sim_new_unplugged(self->options, self->start / 1000, &error);
  if (self->service == NULL)
    g_error("the service: %s", error->message);
}

World *
world_new(guint32 seed, guint n_stores)
{
  World *self = g_new0(World, 1);

  self->seed = seed;
  self->chance = g_rand_new_with_seed(seed);
  self->start = starts[seed % G_N_ELEMENTS(starts)];
  self->zone = zones[seed / G_N_ELEMENTS(starts) % G_N_ELEMENTS(zones)];
  self->now = self->start;
  self->monotonic = SHOPCAISSE_DAY;
  self->events = g_sequence_new(free_event);
  open_service(self, n_stores);
  self->contents = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  self->books = g_ptr_array_new_with_free_func((GDestroyNotify)books_free);
  self->tills = g_ptr_array_new_with_free_func((GDestroyNotify)till_free);
  return self;
}

void
world_free(World *self)
{
  g_ptr_array_unref(self->tills);
  g_ptr_array_unref(self->books);
  g_hash_table_unref(self->contents);
  sim_free(self->service);
  sim_options_free(self->options);
  g_sequence_free(self->events);
  g_rand_free(self->chance);
  g_free(self);
}

static gint32
get_offset(GTimeZone *zone, gint64 at)
{
  gint interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, at / SHOPCAISSE_SECOND);

  return g_time_zone_get_offset(zone, interval);
}

gboolean
world_changes_hour(World *self)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(self->zone);

  return zone != NULL &&
         get_offset(zone, self->now) != get_offset(zone, self->now + SHOPCAISSE_DAY);
}

guint
world_draw(World *self, guint bound)
{
  return bound <= 1 ? 0 : (guint)g_rand_int_range(self->chance, 0, (gint32)bound);
}

gboolean
world_happens(World *self, guint thousandths)
{
  return world_draw(self, 1000) < thousandths;
}

gint64
world_draw_time(World *self, gint64 from_us, gint64 to_us)
{
  return from_us + (gint64)(g_rand_double(self->chance) * (double)(to_us - from_us));
}

static int
compare_events(gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Event *one = a;
  const Event *other = b;

  (void)user_data;
  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;
  return one->number < other->number ? -1 : 1;
}

void
world_later(World *self,
            gint64 delay_us,
            ShopcaisseTimerFunc function,
            gpointer data,
            GDestroyNotify free_data)
{
  Event *event = g_new0(Event, 1);

  *event = (Event){
    self->monotonic + MAX(0, delay_us), self->n_events++, function, data, free_data,
  };
  g_sequence_insert_sorted(self->events, event, compare_events, NULL);
}

/* -1: nothing waits. */
static gint64
find_first(World *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter(self->events);

  return g_sequence_iter_is_end(first) ? -1 : ((const Event *)g_sequence_get(first))->at;
}

static gboolean
fire(World *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter(self->events);
  Event copy = { 0 };
  Event *event = NULL;

  if (g_sequence_iter_is_end(first))
    return FALSE;
  event = g_sequence_get(first);
  if (event->at > self->monotonic)
    return FALSE;
  /* It may let time pass itself. */
  copy = *event;
  event->free_data = NULL;
  g_sequence_remove(first);
  copy.function(copy.data);
  if (copy.free_data != NULL)
    copy.free_data(copy.data);
  return TRUE;
}

void
world_settle(World *self)
{
  for (guint i = 0; i < TURNS_MAX; i++) {
    gboolean is_moved = FALSE;

    for (guint k = 0; k < self->tills->len; k++)
      is_moved = till_move(self->tills->pdata[k]) || is_moved;
    if (!is_moved && !fire(self))
      return;
  }
  g_error("seed %u: it does not come to rest", self->seed);
}

static gint64
find_next(World *self, gint64 end)
{
  gint64 next = find_first(self);

  next = next >= 0 ? MIN(next, end) : end;
  for (guint i = 0; i < self->tills->len; i++) {
    gint64 delay = till_get_delay(self->tills->pdata[i]);

    if (delay >= 0)
      next = MIN(next, self->monotonic + delay);
  }
  return MAX(next, self->monotonic);
}

void
world_pass(World *self, gint64 duration_us)
{
  gint64 end = self->monotonic + duration_us;

  world_settle(self);
  while (self->monotonic < end) {
    gint64 step = find_next(self, end) - self->monotonic;

    self->monotonic += step;
    self->now += step;
    for (guint i = 0; i < self->tills->len; i++)
      till_age(self->tills->pdata[i], step);
    sim_clock_advance(self->service,
                      (self->now - self->start) / 1000 - self->service->clock_offset_ms);
    world_settle(self);
  }
}

void
world_tell(World *self, const char *format, ...)
{
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;
  va_list arguments;

  if (!self->is_verbose)
    return;
  va_start(arguments, format);
  text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  time = shopcaisse_timestamp_to_text(self->now);
  g_print("# %s %s\n", time, text);
}
