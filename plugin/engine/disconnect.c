/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The end of a connection: the token goes, articles, links, cursors and orders stay. */
#include "engine/disconnect.h"

#include "config.h"
#include "engine/connection.h"
#include "engine/context.h"
#include "engine/moment.h"
#include "engine/progress.h"
#include "engine/resend.h"
#include "engine/webhook.h"
#include "store/outbox.h"
#include "store/settings.h"

#include <glib/gi18n-lib.h>

#define DISCONNECTED_AT "disconnected-at"

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
  gboolean is_parking;
  guint n_waiting;
  guint n_parked;
} Disconnection;

static void forgotten_cb(const char *place, const GError *save_error, gpointer user_data);

static gboolean
park_jobs(Disconnection *self, GPtrArray *jobs, GError **error)
{
  for (guint i = 0; i < jobs->len; i++) {
    if (!shopcaisse_resend_park(self->context, jobs->pdata[i], "disconnected",
                                _("the channel was disconnected"), error))
      return FALSE;
  }
  self->n_parked += jobs->len;
  return TRUE;
}

/* What is on the wire is not parked: it may arrive. */
static gboolean
settle_queue(Disconnection *self, GError **error)
{
  static const ShopcaisseJobState states[] = { SHOPCAISSE_JOB_HELD, SHOPCAISSE_JOB_WAITING,
                                               SHOPCAISSE_JOB_SENDING };

  for (gsize i = 0; i < G_N_ELEMENTS(states); i++) {
    g_autoptr(GPtrArray) jobs =
        shopcaisse_outbox_list(self->context->database, "order", states[i], G_MAXINT32, error);

    if (jobs == NULL)
      return FALSE;
    if (!self->is_parking || states[i] == SHOPCAISSE_JOB_SENDING)
      self->n_waiting += jobs->len;
    else if (!park_jobs(self, jobs, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
forget(Disconnection *self, GError **error)
{
  ShopcaisseContext *context = self->context;
  ShopcaisseDatabase *database = context->database;
  gint64 now = shopcaisse_context_get_now(context);

  if (!shopcaisse_database_begin(database, error))
    return FALSE;
  if (settle_queue(self, error) &&
      shopcaisse_settings_set(database, SHOPCAISSE_TOKEN_PLACE, "", error) &&
      shopcaisse_cursors_set_time(database, DISCONNECTED_AT, now, error) &&
      shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_INFO, "connection", "",
                                 _("disconnected"), error) &&
      shopcaisse_database_commit(database, error))
    return shopcaisse_configuration_reload(context->configuration, database, error);
  shopcaisse_database_rollback(database);
  return FALSE;
}

/**
 * shopcaisse_disconnect:
 * @context: the engine's parts
 * @policy: "keep-queue" or "park-queue"
 * @answer: (transfer full): for whoever asked
 *
 * Forgets the token, wherever it is. Articles, links and cursors stay.
 *
 * Fails with what the secret store says, or %COMPTOIR_ERROR_STORAGE.
 */
void
shopcaisse_disconnect(ShopcaisseContext *context, const char *policy, ShopcaisseAnswer *answer)
{
  ShopcaisseSecretStore *secrets = context->config->secrets;
  Disconnection *self = g_new0(Disconnection, 1);

  self->context = context;
  self->answer = answer;
  self->is_parking = g_str_equal(policy, "park-queue");
  secrets->save(secrets, context->configuration->token_place, NULL, forgotten_cb, self);
}

static void
forgotten_cb(const char *place, const GError *save_error, gpointer user_data)
{
  g_autofree Disconnection *self = user_data;
  ShopcaisseContext *context = self->context;
  g_autoptr(GError) error = NULL;

  (void)place;
  if (save_error != NULL)
    return shopcaisse_answer_fail_copy(self->answer, save_error);
  if (!forget(self, &error))
    return shopcaisse_answer_fail(self->answer, g_steal_pointer(&error));
  shopcaisse_connection_end(context);
  shopcaisse_worker_take_transport(context->worker, NULL);
  shopcaisse_webhook_restart(context->webhook, NULL);
  shopcaisse_schedule_restart(context->schedule);
  shopcaisse_disconnect_tell(context);
  shopcaisse_context_tell_settings(context);
  shopcaisse_progress_tell(context);
  shopcaisse_answer_take(self->answer,
                         g_variant_new_parsed("{'waiting': <%u>, 'parked': <%u>}",
                                              (guint32)self->n_waiting, (guint32)self->n_parked));
}

/**
 * shopcaisse_disconnect_tell:
 * @context: the engine's parts, without a token
 *
 * Says that there is no token, and since when nothing is updated if there was one.
 */
void
shopcaisse_disconnect_tell(ShopcaisseContext *context)
{
  gint64 since = shopcaisse_cursors_get_time(context->database, DISCONNECTED_AT, 0);
  g_autofree char *moment = since != 0 ? shopcaisse_moment_to_text(since) : NULL;
  g_autofree char *text = NULL;

  if (moment == NULL) {
    shopcaisse_status_set(context->status, COMPTOIR_STATUS_NOT_CONFIGURED,
                          _("no token has been set"));
    return;
  }
  /* Translators: %s is a date with the time of day. */
  text =
      g_strdup_printf(_("Disconnected: no token has been set, and articles, stock and orders are "
                        "no longer updated since %s."),
                      moment);
  shopcaisse_status_set(context->status, COMPTOIR_STATUS_NOT_CONFIGURED, text);
}

/**
 * shopcaisse_disconnect_forget:
 * @context: the engine's parts
 * @error: return location for an error
 *
 * Forgets since when there was no token. Writes nothing when there always was.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_disconnect_forget(ShopcaisseContext *context, GError **error)
{
  return shopcaisse_cursors_get_time(context->database, DISCONNECTED_AT, 0) == 0 ||
         shopcaisse_cursors_set(context->database, DISCONNECTED_AT, NULL, error);
}
