/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The token and the transport that carries it. The token's text lives here and in the transport,
 * and nowhere else in memory. */
#include "engine/connection.h"

#include "config.h"
#include "engine/block.h"
#include "engine/context.h"
#include "engine/disconnect.h"
#include "engine/flow.h"
#include "engine/progress.h"
#include "engine/reach.h"
#include "engine/run.h"
#include "engine/schedule.h"
#include "engine/trace.h"
#include "engine/webhook.h"
#include "store/journal.h"
#include "store/settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HINT_LENGTH 4 /* of the token's end; its beginning is the same in all of them */

/**
 * shopcaisse_connection_end:
 * @context: the engine's parts
 *
 * Wipes the token from memory, and what was read out of it.
 */
void
shopcaisse_connection_end(ShopcaisseContext *context)
{
  ShopcaisseConfiguration *configuration = context->configuration;

  if (context->token != NULL)
    explicit_bzero(context->token, strlen(context->token));
  g_clear_pointer(&context->token, g_free);
  if (configuration == NULL)
    return;
  g_clear_pointer(&configuration->token_hint, g_free);
  g_clear_pointer(&configuration->grant, shopcaisse_grant_free);
}

/* Lets a person tell one token from another, and nobody use it. */
static void
keep_token(ShopcaisseContext *context, const char *token, ShopcaisseGrant *grant)
{
  gsize length = strlen(token);

  shopcaisse_connection_end(context);
  context->token = g_strdup(token);
  context->configuration->grant = grant;
  context->configuration->token_hint =
      g_strconcat("\342\200\246", token + length - MIN(length, HINT_LENGTH), NULL);
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
  if (g_str_equal(wanted, "prod"))
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("This is a staging token, and the address that is set belongs to the "
                          "production environment."));
  else
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        _("This is a production token, and the address that is set belongs to the "
                          "staging environment."));
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
    g_set_error_literal(
        error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED,
        _("the token does not say its environment: set the address of the service"));
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
  keep_token(context, token, g_steal_pointer(&grant));
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
  if (secret == NULL)
    return shopcaisse_disconnect_tell(context);
  if (!connect_with(context, secret, &error))
    suffer(context, error);
  else
    shopcaisse_schedule_restart(context->schedule);
  shopcaisse_context_tell_settings(context);
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

  if (*place == '\0')
    return shopcaisse_disconnect_tell(context);
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

/**
 * shopcaisse_connection_replace:
 * @context: the engine's parts
 * @place: where the token lies now
 * @token: a token that has been kept there
 * @error: return location for an error
 *
 * Uses another token from now on. Nothing that waits is lost, nothing linked is unlinked.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for a token of the other environment, with
 * %COMPTOIR_ERROR_STORAGE, and with what the transport says.
 *
 * Returns: %TRUE once the service is being asked about it
 */
gboolean
shopcaisse_connection_replace(ShopcaisseContext *context,
                              const char *place,
                              const char *token,
                              GError **error)
{
  if (!shopcaisse_settings_set(context->database, SHOPCAISSE_TOKEN_PLACE, place, error) ||
      !shopcaisse_disconnect_forget(context, error) ||
      !shopcaisse_configuration_reload(context->configuration, context->database, error) ||
      !connect_with(context, token, error))
    return FALSE;
  shopcaisse_schedule_restart(context->schedule);
  return TRUE;
}

/**
 * shopcaisse_connection_check:
 * @context: the engine's parts
 * @grant: what a new token says of itself
 * @error: return location for an error
 *
 * Looks whether a token can be used, before anything is asked of the service.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for one of the other environment.
 *
 * Returns: %TRUE if it can
 */
gboolean
shopcaisse_connection_check(ShopcaisseContext *context,
                            const ShopcaisseGrant *grant,
                            GError **error)
{
  return check_environment(context, grant, error);
}
