/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Time and chance. Engine code asks nobody else, so that a test, or a seed, decides both. */
typedef struct ShopcaisseClock ShopcaisseClock;
typedef struct ShopcaisseTimer ShopcaisseTimer;

typedef void (*ShopcaisseTimerFunc)(gpointer user_data);

struct ShopcaisseClock {
  /* UTC, microseconds since 1970. */
  gint64 (*get_now)(ShopcaisseClock *self);
  /* Microseconds that never go back. */
  gint64 (*get_monotonic)(ShopcaisseClock *self);
  /* 0 to bound - 1. */
  guint32 (*get_random)(ShopcaisseClock *self, guint32 bound);
  /* Calls once, in the engine's context, unless cancelled; the timer is gone then. */
  ShopcaisseTimer *(*call_after)(ShopcaisseClock *self,
                                 gint64 delay_us,
                                 ShopcaisseTimerFunc function,
                                 gpointer user_data);
  void (*cancel)(ShopcaisseClock *self, ShopcaisseTimer *timer);
  void (*free)(ShopcaisseClock *self);
};

#define SHOPCAISSE_SECOND (G_GINT64_CONSTANT(1000000))
#define SHOPCAISSE_MINUTE (60 * SHOPCAISSE_SECOND)
#define SHOPCAISSE_HOUR   (60 * SHOPCAISSE_MINUTE)
#define SHOPCAISSE_DAY    (24 * SHOPCAISSE_HOUR)

/* The real one; @context is the engine's. */
ShopcaisseClock *shopcaisse_system_clock_new(GMainContext *context);

G_END_DECLS
