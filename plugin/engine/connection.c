/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The token and the transport that carries it. The token's text lives here and in the transport,
 * and nowhere else in memory. */
#include "engine/connection.h"

#include "config.h"
#include "engine/block.h"
#include "engine/context.h"
#include "engine/flow.h"
#include "engine/prepare.h"
#include "engine/progress.h"
#include "engine/resend.h"
#include "engine/run.h"
#include "engine/schedule.h"
#include "engine/trace.h"
#include "engine/webhook.h"
#include "store/journal.h"
#include "store/outbox.h"
#include "store/settings.h"

#include <string.h>

#define TOKEN_PLACE "token-place"

static void
wipe_token(ShopcaisseContext *context)
{
  if (context->token != NULL)
    explicit_bzero(context->token, strlen(context->token));
  g_clear_pointer(&context->token, g_free);
}

/**
 * shopcaisse_connection_end:
 * @context: the engine's parts
 *
 * Wipes the token from memory.
 */
void
shopcaisse_connection_end(ShopcaisseContext *context)
{
  wipe_token(context);
}

/* Said before any request: the two environments sign with different keys; docs/PROTOCOL.md 1. */
static gboolean
check_environment(ShopcaisseContext *context, const ShopcaisseGrant *grant, GError **error)
{
  static const char *const production = "https://api.shop-caisse.com";
  static const char *const staging = "https://api-staging.shop-caisse.com";
  const char *url = context->configuration->api_url;
  const char *wanted = NULL;

  if (grant == NULL || grant->environment == NULL)
    return TRUE;
  if (g_str_has_prefix(url, staging))
    wanted = "staging";
  else if (g_str_has_prefix(url, production))
    wanted = "prod";
  if (wanted == NULL || g_str_equal(wanted, grant->environment))
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
              "the token is for the environment \"%s\", the address set is that of \"%s\"",
              grant->environment, wanted);
  return FALSE;
}

static ShopcaisseTransport *
try_transport(ShopcaisseContext *context, GError **error)
{
  const char *base_url = shopcaisse_configuration_get_base_url(context->configuration);
  ShopcaisseTransportConfig config = {
    .context = context->config->context,
    .base_url = base_url,
    .user_agent = "Comptoir-Shopcaisse/" PACKAGE_VERSION,
    .proxy = context->configuration->proxy,
  };
  ShopcaisseTransportOpenFunc open = NULL;

  if (!check_environment(context, context->configuration->grant, error))
    return NULL;
  if (base_url == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED,
                        "the token does not say its environment: set the address of the service");
    return NULL;
  }
  open = context->config->load_transport(context->configuration->transport, error);
  return open != NULL ? open(&config, error) : NULL;
}

static gboolean
open_transport(ShopcaisseContext *context, GError **error)
{
  ShopcaisseTransport *transport = try_transport(context, error);

  if (transport == NULL) {
    shopcaisse_worker_take_transport(context->worker, NULL);
    shopcaisse_webhook_restart(context->webhook, NULL);
    return FALSE;
  }
  shopcaisse_webhook_restart(context->webhook, transport);
  transport = shopcaisse_trace_transport(context, transport);
  transport->set_token(transport, context->token);
  shopcaisse_worker_take_transport(context->worker, transport);
  return TRUE;
}

static gboolean
append_probe(ShopcaisseContext *context, GError **error)
{
  if (!shopcaisse_database_begin(context->database, error))
    return FALSE;
  /* What stopped orders before says nothing under another token, other rights or another register.
   */
  if (shopcaisse_block_lift(context, SHOPCAISSE_LIFT_ALL, error) &&
      shopcaisse_flow_append_probe(context, 0, error) &&
      shopcaisse_database_commit(context->database, error))
    return TRUE;
  shopcaisse_database_rollback(context->database);
  return FALSE;
}

static gboolean
connect_with(ShopcaisseContext *context, const char *token, GError **error)
{
  g_autoptr(ShopcaisseGrant) grant = shopcaisse_token_decode(token, error);

  if (grant == NULL)
    return FALSE;
  wipe_token(context);
  context->token = g_strdup(token);
  shopcaisse_grant_free(context->configuration->grant);
  context->configuration->grant = g_steal_pointer(&grant);
  return open_transport(context, error) && append_probe(context, error);
}

static void
suffer(ShopcaisseContext *context, const GError *error)
{
  g_warning("connection: %s", error->message);
  shopcaisse_status_set(context->status, COMPTOIR_STATUS_NOT_CONFIGURED, error->message);
}

static void
loaded_cb(const char *secret, const GError *load_error, gpointer user_data)
{
  ShopcaisseContext *context = user_data;
  g_autoptr(GError) error = NULL;

  context->is_loading_token = FALSE;
  if (context->is_closing)
    return;
  if (load_error != NULL)
    return suffer(context, load_error);
  if (secret == NULL) {
    shopcaisse_status_set(context->status, COMPTOIR_STATUS_NOT_CONFIGURED, "no token has been set");
    return;
  }
  if (!connect_with(context, secret, &error))
    return suffer(context, error);
  shopcaisse_schedule_restart(context->schedule);
}

/**
 * shopcaisse_connection_start:
 * @context: the engine's parts
 *
 * Loads the token from the place that was recorded when it was stored, never from another.
 */
void
shopcaisse_connection_start(ShopcaisseContext *context)
{
  ShopcaisseSecretStore *secrets = context->config->secrets;
  const char *place = context->configuration->token_place;
  g_autoptr(GError) error = NULL;

  if (*place == '\0') {
    shopcaisse_status_set(context->status, COMPTOIR_STATUS_NOT_CONFIGURED, "no token has been set");
    return;
  }
  if (!shopcaisse_block_tell_status(context, &error))
    g_warning("connection: %s, its status is not known", error->message);
  context->is_loading_token = TRUE;
  secrets->load(secrets, place, loaded_cb, context);
}

/**
 * shopcaisse_connection_restart:
 * @context: the engine's parts
 *
 * Opens the transport anew, by the settings as they are now.
 */
void
shopcaisse_connection_restart(ShopcaisseContext *context)
{
  g_autoptr(GError) error = NULL;

  if (context->token == NULL)
    return;
  if (!open_transport(context, &error) || !append_probe(context, &error))
    return suffer(context, error);
  shopcaisse_schedule_restart(context->schedule);
}

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
  char *token;                /* (owned) */
} TokenChange;

static void
free_change(TokenChange *change)
{
  if (change->token != NULL)
    explicit_bzero(change->token, strlen(change->token));
  g_free(change->token);
  g_free(change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TokenChange, free_change)

static void
tested_cb(ShopcaisseTask *task, const GError *error, gpointer user_data)
{
  ShopcaisseAnswer *answer = user_data;

  if (error != NULL)
    shopcaisse_answer_fail_copy(answer, error);
  else
    shopcaisse_answer_take(answer, shopcaisse_task_get_results(task));
}

static void
saved_cb(const char *place, const GError *save_error, gpointer user_data)
{
  g_autoptr(TokenChange) change = user_data;
  ShopcaisseContext *context = change->context;
  g_autoptr(GError) error = NULL;

  if (save_error != NULL)
    return shopcaisse_answer_fail_copy(change->answer, save_error);
  if (context->is_closing)
    return shopcaisse_answer_fail(
        change->answer,
        g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "the channel closes"));
  if (!shopcaisse_settings_set(context->database, TOKEN_PLACE, place, &error) ||
      !shopcaisse_configuration_reload(context->configuration, context->database, &error) ||
      !connect_with(context, change->token, &error))
    return shopcaisse_answer_fail(change->answer, g_steal_pointer(&error));
  shopcaisse_schedule_restart(context->schedule);
  shopcaisse_run(context, "test-connection", NULL, tested_cb, change->answer);
}

/**
 * shopcaisse_connection_set_token:
 * @context: the engine's parts
 * @token: as it was pasted
 * @answer: (transfer full): for whoever asked
 *
 * Keeps a token that can be read, then asks the service about it. Nothing that waits is lost,
 * nothing linked is unlinked.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for a text that is no whole token or of the other environment,
 * with what the secret store says, and with what the service answers.
 */
void
shopcaisse_connection_set_token(ShopcaisseContext *context,
                                const char *token,
                                ShopcaisseAnswer *answer)
{
  ShopcaisseSecretStore *secrets = context->config->secrets;
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseGrant) grant = shopcaisse_token_decode(token, &error);
  TokenChange *change = NULL;

  if (grant == NULL || !check_environment(context, grant, &error)) {
    shopcaisse_answer_fail(answer, g_steal_pointer(&error));
    return;
  }
  change = g_new0(TokenChange, 1);
  change->context = context;
  change->answer = answer;
  change->token = g_strstrip(g_strdup(token));
  if (g_ascii_strncasecmp(change->token, "Bearer ", 7) == 0)
    memmove(change->token, change->token + 7, strlen(change->token + 7) + 1);
  secrets->save(secrets, context->configuration->token_place, change->token, saved_cb, change);
}

static gboolean
park_waiting(ShopcaisseContext *context, GError **error)
{
  static const ShopcaisseJobState states[] = { SHOPCAISSE_JOB_HELD, SHOPCAISSE_JOB_WAITING };

  for (gsize i = 0; i < G_N_ELEMENTS(states); i++) {
    g_autoptr(GPtrArray) jobs =
        shopcaisse_outbox_list(context->database, "order", states[i], G_MAXINT32, error);

    if (jobs == NULL)
      return FALSE;
    for (guint j = 0; j < jobs->len; j++) {
      if (!shopcaisse_resend_park(context, jobs->pdata[j], "disconnected",
                                  "the channel was disconnected", error))
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
forget(ShopcaisseContext *context, gboolean park, GError **error)
{
  ShopcaisseDatabase *database = context->database;

  if (!shopcaisse_database_begin(database, error))
    return FALSE;
  if ((!park || park_waiting(context, error)) &&
      shopcaisse_settings_set(database, TOKEN_PLACE, "", error) &&
      shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_INFO, "connection", "", "disconnected",
                                 error) &&
      shopcaisse_database_commit(database, error))
    return shopcaisse_configuration_reload(context->configuration, database, error);
  shopcaisse_database_rollback(database);
  return FALSE;
}

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
  gboolean park;
} Disconnection;

static void
forgotten_cb(const char *place, const GError *save_error, gpointer user_data)
{
  g_autofree Disconnection *self = user_data;
  ShopcaisseContext *context = self->context;
  g_autoptr(GError) error = NULL;

  (void)place;
  if (save_error != NULL)
    return shopcaisse_answer_fail_copy(self->answer, save_error);
  if (!forget(context, self->park, &error))
    return shopcaisse_answer_fail(self->answer, g_steal_pointer(&error));
  wipe_token(context);
  g_clear_pointer(&context->configuration->grant, shopcaisse_grant_free);
  shopcaisse_worker_take_transport(context->worker, NULL);
  shopcaisse_webhook_restart(context->webhook, NULL);
  shopcaisse_status_set(context->status, COMPTOIR_STATUS_NOT_CONFIGURED, "no token has been set");
  shopcaisse_context_tell_settings(context);
  shopcaisse_progress_tell(context);
  shopcaisse_answer_take(self->answer, g_variant_new("a{sv}", NULL));
}

/**
 * shopcaisse_connection_disconnect:
 * @context: the engine's parts
 * @policy: "keep-queue" or "park-queue"
 * @answer: (transfer full): for whoever asked
 *
 * Forgets the token, wherever it is. Articles, links and cursors stay.
 */
void
shopcaisse_connection_disconnect(ShopcaisseContext *context,
                                 const char *policy,
                                 ShopcaisseAnswer *answer)
{
  ShopcaisseSecretStore *secrets = context->config->secrets;
  Disconnection *self = g_new0(Disconnection, 1);

  self->context = context;
  self->answer = answer;
  self->park = g_str_equal(policy, "park-queue");
  secrets->save(secrets, context->configuration->token_place, NULL, forgotten_cb, self);
}
