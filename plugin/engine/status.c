/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the channel is: one place that says it, so that the host hears each change once. */
#include "engine/status.h"

#include "config.h"
#include "engine/context.h"
#include "model/text.h"

#include <glib/gi18n-lib.h>

struct ShopcaisseStatus {
  ShopcaisseContext *context; /* (not owned) */
  ComptoirStatus status;
  char *message; /* (owned): "" when all is well */
  guint n_running;
  double progress;
};

static void
publish(ShopcaisseStatus *self)
{
  const ShopcaisseEngineConfig *config = self->context->config;

  if (config->listener == NULL || config->listener->status_changed == NULL)
    return;
  config->listener->status_changed(self->status, self->message, self->n_running > 0, self->progress,
                                   config->listener_data);
}

/**
 * shopcaisse_status_new:
 * @context: the engine's parts
 *
 * Makes a status that says "not configured".
 *
 * Returns: (transfer full): the status
 */
ShopcaisseStatus *
shopcaisse_status_new(ShopcaisseContext *context)
{
  ShopcaisseStatus *self = g_new0(ShopcaisseStatus, 1);

  self->context = context;
  self->status = COMPTOIR_STATUS_NOT_CONFIGURED;
  self->message = g_strdup("");
  self->progress = -1;
  return self;
}

/**
 * shopcaisse_status_free:
 * @self: (nullable): the status
 *
 * Releases it.
 */
void
shopcaisse_status_free(ShopcaisseStatus *self)
{
  if (self == NULL)
    return;
  g_free(self->message);
  g_free(self);
}

static const char *
describe(ComptoirStatus status)
{
  switch (status) {
  case COMPTOIR_STATUS_OFFLINE:
    return _("the service cannot be reached");
  case COMPTOIR_STATUS_BLOCKED:
    return _("the database cannot be used");
  default:
    return "";
  }
}

/**
 * shopcaisse_status_set:
 * @self: the status
 * @status: how the channel is
 * @message: (nullable): why, and what a person can do; %NULL: what @status alone says
 *
 * Says it, when it is news.
 */
void
shopcaisse_status_set(ShopcaisseStatus *self, ComptoirStatus status, const char *message)
{
  if (message == NULL)
    message = describe(status);
  if (self->status == status && g_str_equal(self->message, message))
    return;
  self->status = status;
  shopcaisse_text_replace(&self->message, message);
  publish(self);
}

/**
 * shopcaisse_status_get:
 * @self: the status
 *
 * Returns: what was said last
 */
ComptoirStatus
shopcaisse_status_get(ShopcaisseStatus *self)
{
  return self->status;
}

/**
 * shopcaisse_status_begin:
 * @self: the status
 *
 * A task starts.
 */
void
shopcaisse_status_begin(ShopcaisseStatus *self)
{
  self->n_running++;
  self->progress = -1;
  publish(self);
}

/**
 * shopcaisse_status_end:
 * @self: the status
 *
 * A task has ended.
 */
void
shopcaisse_status_end(ShopcaisseStatus *self)
{
  g_return_if_fail(self->n_running > 0);
  self->n_running--;
  self->progress = -1;
  publish(self);
}

/**
 * shopcaisse_status_set_progress:
 * @self: the status
 * @progress: 0 to 1
 *
 * Moves the progress, in steps that an eye can see.
 */
void
shopcaisse_status_set_progress(ShopcaisseStatus *self, double progress)
{
  if (progress - self->progress < 0.01 && progress >= self->progress)
    return;
  self->progress = CLAMP(progress, 0, 1);
  publish(self);
}
