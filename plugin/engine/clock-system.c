/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The real clock: the system's time, timers as sources of the engine's context. */
#include "engine/clock.h"

typedef struct {
  ShopcaisseClock clock;
  GMainContext *context; /* (owned) */
} SystemClock;

struct ShopcaisseTimer {
  GSource *source; /* (owned) */
  ShopcaisseTimerFunc function;
  gpointer user_data;
};

static gint64
get_now(ShopcaisseClock *clock)
{
  (void)clock;
  return g_get_real_time();
}

static gint64
get_monotonic(ShopcaisseClock *clock)
{
  (void)clock;
  return g_get_monotonic_time();
}

static guint32
get_random(ShopcaisseClock *clock, guint32 bound)
{
  (void)clock;
  return bound <= 1 ? 0 : (guint32)g_random_int_range(0, (gint32)MIN(bound, G_MAXINT32));
}

static gboolean
timer_cb(gpointer user_data)
{
  ShopcaisseTimer *timer = user_data;

  timer->function(timer->user_data);
  return G_SOURCE_REMOVE;
}

static void
free_timer(gpointer user_data)
{
  ShopcaisseTimer *timer = user_data;

  g_source_unref(timer->source);
  g_free(timer);
}

static ShopcaisseTimer *
call_after(ShopcaisseClock *clock,
           gint64 delay_us,
           ShopcaisseTimerFunc function,
           gpointer user_data)
{
  SystemClock *self = (SystemClock *)clock;
  gint64 delay_ms = CLAMP((delay_us + 999) / 1000, 0, G_MAXINT);
  ShopcaisseTimer *timer = g_new0(ShopcaisseTimer, 1);

  timer->function = function;
  timer->user_data = user_data;
  /* Whole seconds share a wake-up with other timers of the machine. */
  if (delay_ms >= 10000)
    timer->source = g_timeout_source_new_seconds((guint)(delay_ms / 1000));
  else
    timer->source = g_timeout_source_new((guint)delay_ms);
  g_source_set_callback(timer->source, timer_cb, timer, free_timer);
  g_source_attach(timer->source, self->context);
  return timer;
}

static void
cancel(ShopcaisseClock *clock, ShopcaisseTimer *timer)
{
  (void)clock;
  g_source_destroy(timer->source);
}

static void
free_clock(ShopcaisseClock *clock)
{
  SystemClock *self = (SystemClock *)clock;

  g_main_context_unref(self->context);
  g_free(self);
}

/**
 * shopcaisse_system_clock_new:
 * @context: the engine's context
 *
 * Makes the clock that a running channel uses.
 *
 * Returns: (transfer full): the clock; free it with its own `free`
 */
ShopcaisseClock *
shopcaisse_system_clock_new(GMainContext *context)
{
  SystemClock *self = g_new0(SystemClock, 1);

  self->clock = (ShopcaisseClock){
    .get_now = get_now,
    .get_monotonic = get_monotonic,
    .get_random = get_random,
    .call_after = call_after,
    .cancel = cancel,
    .free = free_clock,
  };
  self->context = g_main_context_ref(context);
  return &self->clock;
}
