/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A story of several waits without a callback for each. */
#include "engine/sequence.h"

typedef struct {
  ShopcaisseContext *context;          /* (not owned) */
  const ShopcaisseSequenceStep *steps; /* (not owned) */
  ShopcaisseSequenceDone done;
  gpointer user_data;
} Sequence;

static void
step_cb(const GError *error, gpointer user_data)
{
  Sequence *self = user_data;
  ShopcaisseSequenceStep step = NULL;

  if (error == NULL && *self->steps != NULL) {
    step = *self->steps++;
    step(self->context, step_cb, self);
    return;
  }
  self->done(error, self->user_data);
  g_free(self);
}

/**
 * shopcaisse_sequence_run:
 * @context: the engine's parts
 * @steps: what to do, ended by %NULL
 * @done: called once, with the first error
 * @user_data: for @done
 *
 * Does one step after the other.
 */
void
shopcaisse_sequence_run(ShopcaisseContext *context,
                        const ShopcaisseSequenceStep *steps,
                        ShopcaisseSequenceDone done,
                        gpointer user_data)
{
  Sequence *self = g_new0(Sequence, 1);

  self->context = context;
  self->steps = steps;
  self->done = done;
  self->user_data = user_data;
  step_cb(NULL, self);
}
