/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A new token: read before any request, kept where secrets are, tried, and looked through: after
 * one paste everything that can be chosen is there. */
#include "engine/set-token.h"

#include "engine/connection.h"
#include "engine/context.h"
#include "engine/reach.h"
#include "engine/run.h"

#include <string.h>

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
  char *token;                /* (owned): wiped */
  GVariant *tested;           /* (owned) (nullable): what the service said of it */
} TokenChange;

static void saved_cb(const char *place, const GError *save_error, gpointer user_data);
static void tested_cb(ShopcaisseTask *task, const GError *error, gpointer user_data);
static void discovered_cb(ShopcaisseTask *task, const GError *error, gpointer user_data);

static void
free_change(TokenChange *change)
{
  if (change->token != NULL)
    explicit_bzero(change->token, strlen(change->token));
  g_free(change->token);
  g_clear_pointer(&change->tested, g_variant_unref);
  g_free(change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TokenChange, free_change)

static gboolean
check(ShopcaisseContext *context, GVariant *argument, const char *token, GError **error)
{
  g_autoptr(ShopcaisseGrant) grant = shopcaisse_token_decode(token, error);
  gboolean other_company = FALSE;

  if (grant == NULL || !shopcaisse_connection_check(context, grant, error))
    return FALSE;
  g_variant_lookup(argument, "other_company", "b", &other_company);
  return other_company || shopcaisse_reach_check_token(context, grant, error);
}

/* People paste the whole header. */
static char *
strip(const char *token)
{
  char *stripped = g_strstrip(g_strdup(token));

  if (g_ascii_strncasecmp(stripped, "Bearer ", 7) == 0)
    memmove(stripped, stripped + 7, strlen(stripped + 7) + 1);
  return g_strstrip(stripped);
}

/**
 * shopcaisse_set_token:
 * @context: the engine's parts
 * @argument: a{sv}: the token as it was pasted; other_company: that of another one is meant
 * @answer: (transfer full): for whoever asked
 *
 * Keeps a token that can be read, then asks the service about it. Nothing that waits is lost,
 * nothing linked is unlinked.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for a text that is no whole token or of the other environment,
 * %COMPTOIR_ERROR_CONFLICT for one of another company than the one whose articles are linked, all
 * three before any request; with what the secret store says, and with what the service answers:
 * %COMPTOIR_ERROR_UNAUTHORIZED for one that was revoked.
 */
void
shopcaisse_set_token(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  ShopcaisseSecretStore *secrets = context->config->secrets;
  g_autoptr(GError) error = NULL;
  const char *token = "";
  TokenChange *change = NULL;

  g_variant_lookup(argument, "token", "&s", &token);
  if (!check(context, argument, token, &error)) {
    shopcaisse_answer_fail(answer, g_steal_pointer(&error));
    return;
  }
  change = g_new0(TokenChange, 1);
  change->context = context;
  change->answer = answer;
  change->token = strip(token);
  secrets->save(secrets, context->configuration->token_place, change->token, saved_cb, change);
}

static void
saved_cb(const char *place, const GError *save_error, gpointer user_data)
{
  g_autoptr(TokenChange) change = user_data;
  ShopcaisseContext *context = change->context;
  g_autoptr(GError) error = NULL;

  if (save_error != NULL)
    return shopcaisse_answer_fail_copy(change->answer, save_error);
  if (!shopcaisse_connection_replace(context, place, change->token, &error))
    return shopcaisse_answer_fail(change->answer, g_steal_pointer(&error));
  shopcaisse_context_tell_settings(context);
  shopcaisse_run(context, "test-connection", NULL, tested_cb, g_steal_pointer(&change));
}

static void
tested_cb(ShopcaisseTask *task, const GError *error, gpointer user_data)
{
  g_autoptr(TokenChange) change = user_data;
  ShopcaisseContext *context = change->context;

  if (error != NULL)
    return shopcaisse_answer_fail_copy(change->answer, error);
  change->tested = g_variant_ref_sink(shopcaisse_task_get_results(task));
  shopcaisse_run(context, "discover", NULL, discovered_cb, g_steal_pointer(&change));
}

static guint
count_rights(const ShopcaisseContext *context)
{
  const ShopcaisseGrant *grant = context->configuration->grant;

  return grant != NULL && grant->permissions != NULL ? g_strv_length(grant->permissions) : 0;
}

static void
insert_found(GVariantDict *answer, GVariant *found)
{
  static const char *const keys[] = { "companies", "stores", "registers" };

  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    guint32 count = 0;

    if (found != NULL)
      g_variant_lookup(found, keys[i], "u", &count);
    g_variant_dict_insert(answer, keys[i], "u", count);
  }
}

/* The token is good whether or not its stores could be read; the journal says why not. */
static void
discovered_cb(ShopcaisseTask *task, const GError *error, gpointer user_data)
{
  g_autoptr(TokenChange) change = user_data;
  g_autoptr(GVariant) found =
      error == NULL ? g_variant_ref_sink(shopcaisse_task_get_results(task)) : NULL;
  g_auto(GVariantDict) answer = G_VARIANT_DICT_INIT(change->tested);
  const char *application = "";

  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return shopcaisse_answer_fail_copy(change->answer, error);
  g_variant_lookup(change->tested, "application_id", "&s", &application);
  g_variant_dict_insert(&answer, "application", "s", application);
  if (!g_variant_dict_contains(&answer, "environment"))
    g_variant_dict_insert(&answer, "environment", "s", "");
  g_variant_dict_insert(&answer, "rights", "u", (guint32)count_rights(change->context));
  insert_found(&answer, found);
  shopcaisse_answer_take(change->answer, g_variant_dict_end(&answer));
}
