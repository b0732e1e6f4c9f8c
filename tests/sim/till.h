/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"
#include "simulated-disk.h"
#include "world.h"

G_BEGIN_DECLS

/* One computer: a profile on a disk of its own, and the engine while the host runs there. */
struct Till {
  World *world; /* (not owned) */
  guint number;
  char *folder;        /* (owned): where its database has its name */
  SimulatedDisk *disk; /* (owned): where it has its bytes */
  FakeClock clock;     /* what the engine takes for the time */
  FakeNetwork network;
  FakeHost host;
  FakeSecrets secrets;
  ShopcaisseEngine *engine; /* (owned) (nullable): off */
  GPtrArray *flights;       /* (owned) (element-type Flight): whose answers are waited for */
  SimulatedDisk *left;      /* (owned) (nullable): what a death, decided inside a step, has left */
  guint steps_to_live;      /* steps of orders until it dies, 0: it does not */
  guint n_lives;
};

typedef enum {
  TILL_DEATH_KILL, /* -9: what was written is there */
  TILL_DEATH_POWER /* what was not synced may not be */
} TillDeath;

Till *till_new(World *world, guint number);
void till_free(Till *self);

/* A token, a store, a register, the articles and the unit of money, as a merchant does it. */
void till_set_up(Till *self);

void till_switch_on(Till *self);
void till_switch_off(Till *self);
gboolean till_is_on(const Till *self);
void till_die(Till *self, TillDeath death);
/* It dies so many steps of orders later, inside the step. */
void till_die_in(Till *self, guint n_steps);

/* As the host does; nothing when it is off. The answer is nobody's. */
void till_submit(Till *self, const BooksSale *sale);
void till_run(Till *self, const char *argument);
/* A person says that it is to go. */
void till_send(Till *self, const char *sale_id);
/* Rows of a list; (transfer full). */
GVariant *till_list(Till *self, const char *kind);

/* What can happen now without time; whether anything did. */
gboolean till_step(Till *self);
/* Until something can happen again, -1: nothing will by itself. */
gint64 till_get_delay(Till *self);
void till_age(Till *self, gint64 duration_us);

G_END_DECLS
