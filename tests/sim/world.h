/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine-fakes.h"
#include "simulator/simulator.h"

G_BEGIN_DECLS

typedef struct Books Books;
typedef struct Till Till;

#define WORLD_START G_GINT64_CONSTANT(1772409600000000) /* 2026-03-02T00:00:00Z */

/* What goes wrong on a day, in thousandths of all exchanges. */
typedef struct {
  guint unsent;    /* no way to the service */
  guint lost;      /* the request never arrives */
  guint lost_back; /* the answer never does */
  guint late;      /* it arrives long after the till has given up */
  guint broken;    /* 5xx, stored or not */
  guint throttled; /* 429, 503 with Retry-After */
  guint foreign;   /* a page of somebody else, with 200 */
} Weather;

/* Everything there is: one shop, its computers, the service, and the time. One seed decides all. */
typedef struct {
  guint32 seed;
  GRand *chance;
  GMainContext *context;
  FakeClock clock;     /* the true time; its timers are what is going to happen */
  GHashTable *events;  /* (owned): that wait for their time */
  Weather weather;     /* of today */
  gboolean is_storm;   /* all days are as bad as the worst */
  gboolean is_cut_off; /* no network at all */
  SimOptions *options; /* (owned): of the service */
  Simulator *service;  /* (owned) */
  Books *books;        /* (owned) */
  GPtrArray *tills;    /* (owned) (element-type Till) */
  guint n_kills;
  guint n_power_cuts;
  guint n_faults; /* exchanges that something happened to */
  guint n_exchanges;
  gboolean is_verbose;
} World;

World *world_new(guint32 seed);
void world_free(World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(World, world_free)

/* 0 to bound - 1. */
guint world_draw(World *self, guint bound);
/* Whether something happens that happens so often in a thousand times. */
gboolean world_happens(World *self, guint thousandths);
gint64 world_draw_time(World *self, gint64 from_us, gint64 to_us);

/* Calls once, so much later; @free_data also when the world ends before. */
void world_later(World *self,
                 gint64 delay_us,
                 ShopcaisseTimerFunc function,
                 gpointer data,
                 GDestroyNotify free_data);
/* Lets time pass, and everything happen that is due in it. */
void world_pass(World *self, gint64 duration_us);
/* What happened, with the time, when somebody wants to read it. */
void world_tell(World *self, const char *format, ...) G_GNUC_PRINTF(2, 3);

G_END_DECLS
