/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "count.h"
#include "engine-fakes.h"
#include "simulator/simulator.h"

G_BEGIN_DECLS

typedef struct Books Books;
typedef struct Till Till;

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

/* Everything there is: shops, their computers, the service, and the time. One seed decides all. */
typedef struct {
  guint32 seed;
  GRand *chance;
  const char *zone;     /* that of the shops */
  gint64 start;         /* when it began */
  gint64 now;           /* the true time */
  gint64 monotonic;     /* likewise */
  GSequence *events;    /* (owned): that wait for their time, soonest first */
  guint n_events;       /* that ever were */
  Weather weather;      /* of today */
  gboolean is_storm;    /* all days are as bad as the worst */
  gboolean is_cut_off;  /* no network at all */
  gboolean is_dark;     /* and all know it: not a byte leaves */
  SimOptions *options;  /* (owned): of the service */
  Simulator *service;   /* (owned) */
  GHashTable *contents; /* (owned): what each order is about, by the service's id */
  GPtrArray *books;     /* (owned) (element-type Books): of each host database */
  GPtrArray *tills;     /* (owned) (element-type Till) */
  guint n_sales;        /* that ever were, of all */
  guint counts[N_COUNTS];
  guint n_believed;          /* forged events that were */
  guint n_false_alarms;      /* questions about a backup that nobody restored */
  gboolean has_steady_power; /* no disk remembers what was not synced */
  gboolean is_verbose;
} World;

/* @n_stores stores besides those of the shop. */
World *world_new(guint32 seed, guint n_stores);
void world_free(World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(World, world_free)

/* Whether the shops' clocks on the wall change within a day. */
gboolean world_changes_hour(World *self);

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
/* Everything that can happen without time. */
void world_settle(World *self);
/* What happened, with the time, when somebody wants to read it. */
void world_tell(World *self, const char *format, ...) G_GNUC_PRINTF(2, 3);

G_END_DECLS
