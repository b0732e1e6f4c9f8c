/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A story of calls, one after another: a table of steps instead of a callback for each. */

#include "steps.h"

typedef struct {
  TrytonRpc *rpc;         /* (unowned): the story keeps it */
  const TrytonStep *step; /* the one that is asked; one without "ask" is the end */
  TrytonStepsDone done;
  gpointer story;
} Steps;

static void answered_cb(json_t *result, const GError *error, gpointer user_data);

static void
end(Steps *self, const GError *error)
{
  TrytonStepsDone done = self->done;
  gpointer story = self->story;

  g_free(self);
  done(story, error);
}

static void
ask_next(Steps *self)
{
  for (; self->step->ask != NULL; self->step++) {
    TrytonCall call = { .method = NULL };

    if (self->step->ask(self->story, &call)) {
      tryton_rpc_call(self->rpc, &call, answered_cb, self);
      return;
    }
  }
  end(self, NULL);
}

static void
answered_cb(json_t *result, const GError *error, gpointer user_data)
{
  Steps *self = user_data;
  g_autoptr(GError) take_error = NULL;

  if (error != NULL) {
    end(self, error);
    return;
  }
  if (!self->step->take(self->story, result, &take_error)) {
    end(self, take_error);
    return;
  }
  if (!self->step->repeats)
    self->step++;
  ask_next(self);
}

/**
 * tryton_steps_run:
 * @rpc: the connection; it lives until @done is called
 * @steps: the steps in order; one without `ask` ends them
 * @done: called once, at once when there is nothing to ask
 * @story: handed to each step and to @done
 *
 * Takes the steps one after another until one fails.
 */
void
tryton_steps_run(TrytonRpc *rpc, const TrytonStep *steps, TrytonStepsDone done, gpointer story)
{
  Steps *self = g_new0(Steps, 1);

  self->rpc = rpc;
  self->step = steps;
  self->done = done;
  self->story = story;
  ask_next(self);
}
