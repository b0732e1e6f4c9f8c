/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asks the service what it thinks of the token; docs/PROTOCOL.md 1.2. */
#include "api/authentication.h"
#include "config.h"
#include "engine/block.h"
#include "engine/first-connection.h"
#include "engine/flow.h"
#include "engine/job.h"
#include "engine/webhook.h"
#include "model/text.h"

#include <glib/gi18n-lib.h>

#define PROBE_DELAY (5 * SHOPCAISSE_MINUTE)

static gboolean
build(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      ShopcaisseRequest **request,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  (void)context;
  (void)job;
  (void)verdict;
  (void)error;
  *request = shopcaisse_authentication_request();
  return TRUE;
}

static void
set_results(ShopcaisseContext *context, const ShopcaisseJob *job, const ShopcaisseGrant *grant)
{
  ShopcaisseTask *task = shopcaisse_tasks_find(context->tasks, job->run);
  const ShopcaisseGrant *token = context->configuration->grant;

  if (task == NULL)
    return;
  shopcaisse_task_set_result(task, "ok", g_variant_new_boolean(TRUE));
  if (grant->application_id != NULL)
    shopcaisse_task_set_result(task, "application_id", g_variant_new_string(grant->application_id));
  if (token != NULL && token->environment != NULL)
    shopcaisse_task_set_result(task, "environment", g_variant_new_string(token->environment));
  shopcaisse_task_set_result(task, "resources",
                             g_variant_new_strv((const char *const *)grant->resources, -1));
  shopcaisse_task_set_result(task, "permissions",
                             g_variant_new_strv((const char *const *)grant->permissions, -1));
}

static gboolean
apply(ShopcaisseContext *context,
      const ShopcaisseJob *job,
      GBytes *body,
      ShopcaisseVerdict *verdict,
      GError **error)
{
  g_autoptr(ShopcaisseGrant) grant = shopcaisse_authentication_parse(body, error);

  (void)verdict;
  if (grant == NULL)
    return FALSE;
  set_results(context, job, grant);
  shopcaisse_webhook_learn_key(context->webhook, grant->application_id);
  return shopcaisse_block_clear_all(context, error) &&
         shopcaisse_first_connection_note(context, error) &&
         shopcaisse_block_tell_status(context, error);
}

static gboolean
refuse(ShopcaisseContext *context,
       const ShopcaisseJob *job,
       const ShopcaisseReply *reply,
       ShopcaisseVerdict *verdict,
       GError **error)
{
  g_autofree char *message = NULL;

  /* One probe waits at most: a parked one would be the last. */
  if (verdict->action == SHOPCAISSE_VERDICT_PARK) {
    verdict->action = SHOPCAISSE_VERDICT_POSTPONE;
    verdict->delay_us = PROBE_DELAY;
  }
  if (reply->kind != SHOPCAISSE_REPLY_UNAUTHORIZED && reply->kind != SHOPCAISSE_REPLY_FORBIDDEN)
    return TRUE;
  verdict->block = NULL;
  message = g_strdup_printf(_("the service refuses the token. %s"), verdict->message);
  shopcaisse_text_replace(&verdict->message, message);
  if (job->run != 0 && !shopcaisse_flow_append_probe(context, PROBE_DELAY, error))
    return FALSE;
  return shopcaisse_block_token(context, message, error);
}

const ShopcaisseJobKind shopcaisse_job_authentication = {
  .name = "authentication",
  .version = 1,
  .build = build,
  .apply = apply,
  .refuse = refuse,
};
