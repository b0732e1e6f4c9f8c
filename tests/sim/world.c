/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Time and chance of a simulated shop. Nothing runs but what this file calls, in an order that the
 * seed decides. */
#include "world.h"

#include "books.h"
#include "model/timestamp.h"
#include "simulator/clock.h"
#include "simulator/options.h"
#include "till.h"

#define TURNS_MAX 1000000 /* without time passing: something turns in a circle */

typedef struct {
  World *world;
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
open_service(World *self)
{
  g_autoptr(GError) error = NULL;

  self->options = g_new0(SimOptions, 1);
  self->options->shop = g_strdup("gift");
  self->options->seed = self->seed;
  self->service = sim_new_unplugged(self->options, WORLD_START / 1000, &error);
  if (self->service == NULL)
    g_error("the service: %s", error->message);
}

World *
world_new(guint32 seed)
{
  World *self = g_new0(World, 1);

  self->seed = seed;
  self->chance = g_rand_new_with_seed(seed);
  self->context = g_main_context_new();
  g_main_context_push_thread_default(self->context);
  fake_clock_init(&self->clock, WORLD_START);
  self->events = g_hash_table_new_full(NULL, NULL, free_event, NULL);
  open_service(self);
  self->books = books_new();
  self->tills = g_ptr_array_new_with_free_func((GDestroyNotify)till_free);
  return self;
}

void
world_free(World *self)
{
  g_ptr_array_unref(self->tills);
  books_free(self->books);
  sim_free(self->service);
  sim_options_free(self->options);
  g_hash_table_unref(self->events);
  fake_clock_clear(&self->clock);
  g_main_context_pop_thread_default(self->context);
  g_main_context_unref(self->context);
  g_rand_free(self->chance);
  g_free(self);
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

static void
event_cb(gpointer user_data)
{
  Event *event = user_data;

  event->function(event->data);
  g_hash_table_remove(event->world->events, event);
}

void
world_later(World *self,
            gint64 delay_us,
            ShopcaisseTimerFunc function,
            gpointer data,
            GDestroyNotify free_data)
{
  Event *event = g_new0(Event, 1);

  *event = (Event){ self, function, data, free_data };
  g_hash_table_add(self->events, event);
  self->clock.clock.call_after(&self->clock.clock, delay_us, event_cb, event);
}

/* Everything that can happen without time. */
static void
settle(World *self)
{
  for (guint i = 0; i < TURNS_MAX; i++) {
    gboolean is_moved = g_main_context_iteration(self->context, FALSE);

    for (guint k = 0; k < self->tills->len; k++)
      is_moved = till_step(self->tills->pdata[k]) || is_moved;
    if (!is_moved && !fake_clock_fire(&self->clock))
      return;
  }
  g_error("seed %u: it does not come to rest", self->seed);
}

static gint64
find_next(World *self, gint64 end)
{
  gint64 next = fake_clock_next(&self->clock);

  next = next >= 0 ? MIN(next, end) : end;
  for (guint i = 0; i < self->tills->len; i++) {
    gint64 delay = till_get_delay(self->tills->pdata[i]);

    if (delay >= 0)
      next = MIN(next, self->clock.monotonic + delay);
  }
  return MAX(next, self->clock.monotonic);
}

void
world_pass(World *self, gint64 duration_us)
{
  gint64 end = self->clock.monotonic + duration_us;

  settle(self);
  while (self->clock.monotonic < end) {
    gint64 step = find_next(self, end) - self->clock.monotonic;

    self->clock.monotonic += step;
    self->clock.now += step;
    for (guint i = 0; i < self->tills->len; i++)
      till_age(self->tills->pdata[i], step);
    sim_clock_advance(self->service,
                      (self->clock.now - WORLD_START) / 1000 - self->service->clock_offset_ms);
    settle(self);
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
  time = shopcaisse_timestamp_to_text(self->clock.now);
  g_print("# %s %s\n", time, text);
}
