/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"
#include "simulated-disk.h"
#include "world.h"

G_BEGIN_DECLS

/* One computer: a profile on a disk of its own, and the engine while the host runs there. */
struct Till {
  World *world; /* (not owned) */
  Books *books; /* (not owned): of its host */
  guint number;
  char *host_name;       /* (owned) */
  GMainContext *context; /* (owned) */
  char *folder;          /* (owned): where its database has its name */
  SimulatedDisk *disk;   /* (owned): where it has its bytes */
  FakeClock clock;       /* what the engine takes for the time */
  FakeNetwork network;
  FakeHost host;
  FakeSecrets secrets;
  ShopcaisseEngine *engine; /* (owned) (nullable): off */
  GPtrArray *flights;       /* (owned) (element-type Flight): whose answers are waited for */
  SimulatedDisk *left;      /* (owned) (nullable): what a death, decided inside a step, has left */
  guint steps_to_live;      /* steps of orders until it dies, 0: it does not */
  gboolean is_awake;        /* something may happen without time */
  gboolean is_ill;          /* its disk refuses writes: it may not even open */
  gboolean is_asked;        /* its user is asked about a backup, and answers some time */
  guint n_lives;
  struct {
    gint64 second; /* the one they are counted of, true time */
    guint n_now;   /* orders posted in it */
    guint n_flying;
    guint most_a_second;
    guint most_at_once;
  } posts;
};

typedef enum {
  TILL_DEATH_KILL, /* -9: what was written is there */
  TILL_DEATH_POWER /* what was not synced may not be */
} TillDeath;

Till *till_new(Books *books, guint number);
void till_free(Till *self);

/* A token, a store, a register, the articles and the unit of money, as a merchant does it. */
void till_set_up(Till *self);

void till_switch_on(Till *self);
void till_switch_off(Till *self);
gboolean till_is_on(const Till *self);
void till_die(Till *self, TillDeath death);
/* It has died inside a step, which is over now; FALSE: it has not. */
gboolean till_bury(Till *self);
/* It dies so many steps of orders later, inside the step. */
void till_die_in(Till *self, guint n_steps);
/* It loses power inside the n-th write or flush from now on. */
void till_lose_power_in(Till *self, guint n_events);

/* Its disk is as full as it is; a part of all writes fails; nothing is wrong. */
typedef enum {
  TILL_DISK_WELL,
  TILL_DISK_FULL,
  TILL_DISK_REFUSES
} TillDisk;
void till_set_disk(Till *self, TillDisk disk);

/* As the host does; nothing when it is off. The answer is nobody's. */
void till_submit(Till *self, const BooksSale *sale);
void till_run(Till *self, const char *argument);
/* A person says that it is to go. */
void till_send(Till *self, const char *sale_id);
void till_cancel(Till *self, const char *sale_id);
/* Rows of a list; (transfer full). */
GVariant *till_list(Till *self, const char *kind);

/* What can happen now without time; whether anything did. */
gboolean till_move(Till *self);
/* Something from outside is about to happen to it. */
void till_wake(Till *self);
/* Until something can happen again, -1: nothing will by itself. */
gint64 till_get_delay(Till *self);
void till_age(Till *self, gint64 duration_us);

G_END_DECLS
