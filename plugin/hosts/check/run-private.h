/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the checks share. */
#pragma once

#include "run.h"
#include "walk.h"

struct _Run {
  Asker *asker;       /* (owned) */
  Report *report;     /* (unowned) */
  RunOptions options; /* its names are owned */

  guint offered;                 /* a bit for each question that the host has got */
  guint silent;                  /* a bit for each that gave no answer */
  Reply survey[N_QUESTIONS];     /* the first answer to each */
  GHashTable *seeded;            /* (owned): key to article id: what was made for the check */
  gboolean is_seeded;            /* all that was wanted is there */
  Walk *walks[N_QUESTIONS];      /* (owned) (nullable): the first whole walk */
  GPtrArray *again[N_QUESTIONS]; /* (owned) (nullable): walks in other steps */
  GAsyncQueue *submitted;        /* (owned): sales, from the host's thread */
  GPtrArray *sales;              /* (owned): those that were taken out of it */
  gboolean has_told_standstill;
};

/**
 * Check:
 * @name: what it is called
 * @needs: a bit for each question that it asks
 * @writes: whether it writes into the host
 * @phase: when
 * @look: does it: appends what was seen
 */
typedef struct {
  const char *name;
  guint needs;
  gboolean writes;
  RunPhase phase;
  Verdict (*look)(Run *run, GString *seen);
} Check;

#define NEEDS(question) (1u << (question))

/* A function that holds up the host's main loop for longer fails. */
#define RUN_HOLD_UP_MS 100

/* Each table ends with a check without a name. */
extern const Check host_checks[];
extern const Check answer_checks[];
extern const Check list_checks[];
extern const Check page_checks[];
extern const Check change_checks[];
extern const Check sale_checks[];

gboolean run_can_ask(Run *self, Question question);
gboolean run_ask(Run *self, Question question, GVariant *argument, Reply *reply);

void run_survey(Run *self);
void run_seed(Run *self);
void run_walk(Run *self);
