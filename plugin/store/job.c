/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One exchange with the service, as a value. store/outbox.c keeps it. */
#include "store/job.h"

static const char *const state_names[] = {
  [SHOPCAISSE_JOB_WAITING] = "waiting", [SHOPCAISSE_JOB_SENDING] = "sending",
  [SHOPCAISSE_JOB_HELD] = "held",       [SHOPCAISSE_JOB_PARKED] = "parked",
  [SHOPCAISSE_JOB_SETTLED] = "settled",
};

/**
 * shopcaisse_job_new:
 * @kind: names the functions that build and apply it
 * @key: the same key is the same job
 *
 * Makes a job that waits: in the lane of its kind, one at a time, about no store, due at once.
 *
 * Returns: (transfer full): the job
 */
ShopcaisseJob *
shopcaisse_job_new(const char *kind, const char *key)
{
  ShopcaisseJob *self = g_new0(ShopcaisseJob, 1);

  self->kind = g_strdup(kind);
  self->version = 1;
  self->key = g_strdup(key);
  self->lane = g_strdup(kind);
  self->lane_width = 1;
  self->priority = SHOPCAISSE_PRIORITY_POLL;
  self->store_id = g_strdup("");
  self->subject = g_strdup("");
  self->state = SHOPCAISSE_JOB_WAITING;
  self->reason = g_strdup("");
  self->message = g_strdup("");
  return self;
}

/**
 * shopcaisse_job_free:
 * @self: (transfer full) (nullable): the job
 *
 * Frees a job.
 */
void
shopcaisse_job_free(ShopcaisseJob *self)
{
  if (self == NULL)
    return;
  g_free(self->kind);
  g_free(self->key);
  g_free(self->lane);
  g_free(self->store_id);
  g_free(self->subject);
  g_clear_pointer(&self->args, g_variant_unref);
  g_free(self->path);
  g_clear_pointer(&self->body, g_bytes_unref);
  g_free(self->reason);
  g_free(self->message);
  g_free(self);
}

/**
 * shopcaisse_job_state_to_text:
 * @state: a state
 *
 * Names a state as the outbox writes it.
 *
 * Returns: (transfer none): the word
 */
const char *
shopcaisse_job_state_to_text(ShopcaisseJobState state)
{
  g_return_val_if_fail((gsize)state < G_N_ELEMENTS(state_names), "");

  return state_names[state];
}

/**
 * shopcaisse_job_state_parse:
 * @text: (nullable): the word
 * @state: (out): the state
 *
 * Reads a state.
 *
 * Returns: %FALSE when there is no such state
 */
gboolean
shopcaisse_job_state_parse(const char *text, ShopcaisseJobState *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(state_names); i++) {
    if (g_strcmp0(text, state_names[i]) == 0) {
      *state = (ShopcaisseJobState)i;
      return TRUE;
    }
  }
  return FALSE;
}
