/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The question whether the host was restored from a backup, and what follows from a yes. How far it
 * reaches is counted in rows of the outbox: clocks may be wrong on such a day. */
#include "engine/restored.h"

#include "config.h"
#include "engine/catch-up.h"
#include "engine/context.h"
#include "engine/notice.h"
#include "engine/record.h"
#include "engine/slices.h"
#include "store/outbox-many.h"
#include "store/outbox.h"
#include "store/sales-aside.h"
#include "store/settings.h"

#include <glib/gi18n-lib.h>

#define NOTICE "host-restored"
#define ASKED  "host-restored:question" /* the cursor: its text, while it is open */
#define AGREED "host-restored:last-row" /* the cursor: of the outbox, when a person said yes */

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
  char *ticket_id;            /* (owned) (nullable): the last one that was forgotten */
} Confirmation;

static gboolean forget_tickets(guint limit, gboolean *is_done, gpointer user_data, GError **error);
static void forgotten_cb(const GError *error, gpointer user_data);

/**
 * shopcaisse_restored_ask:
 * @context: the engine's parts
 * @text: what was seen
 * @error: return location for an error
 *
 * Asks the host's user, unless that is being asked already. Inside the caller's transaction.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_restored_ask(ShopcaisseContext *context, const char *text, GError **error)
{
  g_autofree char *asked = shopcaisse_cursors_get(context->database, ASKED, NULL);

  if (g_strcmp0(asked, text) == 0)
    return TRUE;
  shopcaisse_context_list_changed(context, "flows");
  shopcaisse_notice(context, NOTICE, "error", text);
  return shopcaisse_cursors_set(context->database, ASKED, text, error) &&
         shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_ERROR, "catch-up", "", text, error);
}

/**
 * shopcaisse_restored_withdraw:
 * @context: the engine's parts
 *
 * Ends the question: the host has every sale that it should have.
 */
void
shopcaisse_restored_withdraw(ShopcaisseContext *context)
{
  g_autofree char *asked = shopcaisse_cursors_get(context->database, ASKED, NULL);
  g_autoptr(GError) error = NULL;

  if (asked == NULL)
    return;
  shopcaisse_context_list_changed(context, "flows");
  if (shopcaisse_cursors_set(context->database, ASKED, NULL, &error))
    shopcaisse_notice(context, NOTICE, "info", "");
  else
    g_warning("restored host: %s, the question stays open", error->message);
}

/**
 * shopcaisse_restored_start:
 * @context: the engine's parts, just opened
 *
 * Tells the host's user again what is asked: notices do not last.
 */
void
shopcaisse_restored_start(ShopcaisseContext *context)
{
  g_autofree char *asked = shopcaisse_cursors_get(context->database, ASKED, NULL);

  if (asked != NULL)
    shopcaisse_notice(context, NOTICE, "error", asked);
}

/**
 * shopcaisse_restored_dup_question:
 * @context: the engine's parts
 *
 * Returns: (transfer full) (nullable): what is being asked
 */
char *
shopcaisse_restored_dup_question(ShopcaisseContext *context)
{
  return shopcaisse_cursors_get(context->database, ASKED, NULL);
}

/**
 * shopcaisse_restored_covers:
 * @context: the engine's parts
 * @record: a sale that was taken over
 * @is_covered: (out): whether that was before a person said that a backup was restored
 * @error: return location for an error
 *
 * Tells whether the id of a sale may be another's by now.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_restored_covers(ShopcaisseContext *context,
                           const ShopcaisseSaleRecord *record,
                           gboolean *is_covered,
                           GError **error)
{
  g_autofree char *agreed = shopcaisse_cursors_get(context->database, AGREED, NULL);
  g_autofree char *key = g_strconcat("order:", record->order_id, NULL);
  g_autoptr(GError) find_error = NULL;
  g_autoptr(ShopcaisseJob) job = NULL;

  *is_covered = FALSE;
  if (agreed == NULL)
    return TRUE;
  job = shopcaisse_outbox_find(context->database, key, &find_error);
  if (find_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&find_error));
    return FALSE;
  }
  *is_covered = job == NULL || job->id <= g_ascii_strtoll(agreed, NULL, 10);
  return TRUE;
}

static gboolean
forget_tickets(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  Confirmation *self = user_data;

  if (!shopcaisse_tickets_forget_recorded(self->context->database, limit, &self->ticket_id, error))
    return FALSE;
  *is_done = self->ticket_id == NULL;
  return TRUE;
}

static gboolean
write_agreement(ShopcaisseContext *context, GError **error)
{
  gint64 last_id = 0;
  g_autofree char *text = NULL;

  if (!shopcaisse_database_begin(context->database, error))
    return FALSE;
  if (shopcaisse_outbox_get_last_id(context->database, &last_id, error)) {
    text = g_strdup_printf("%" G_GINT64_FORMAT, last_id);
    if (shopcaisse_cursors_set(context->database, AGREED, text, error) &&
        shopcaisse_cursors_set(context->database, ASKED, NULL, error) &&
        shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_INFO, "catch-up", "",
                                   _("a backup of the sales was restored: ids that are given out "
                                     "again are those of new sales, and what the till sold is "
                                     "given once more"),
                                   error) &&
        shopcaisse_database_commit(context->database, error))
      return TRUE;
  }
  shopcaisse_database_rollback(context->database);
  return FALSE;
}

static void
recorded_cb(const GError *error, gpointer user_data)
{
  (void)user_data;
  if (error != NULL)
    g_info("record-sales: %s, with the next sales of the till", error->message);
}

/* The yes is written when nothing is left to do for it: a crash before asks again. */
static void
forgotten_cb(const GError *error, gpointer user_data)
{
  g_autofree Confirmation *self = user_data;
  ShopcaisseContext *context = self->context;
  g_autoptr(GError) write_error = NULL;

  g_free(self->ticket_id);
  if (error != NULL)
    return shopcaisse_answer_fail_copy(self->answer, error);
  if (!write_agreement(context, &write_error))
    return shopcaisse_answer_fail(self->answer, g_steal_pointer(&write_error));
  shopcaisse_notice(context, NOTICE, "info", "");
  shopcaisse_context_list_changed(context, "flows");
  shopcaisse_answer_take(self->answer, g_variant_new("a{sv}", NULL));
  shopcaisse_catch_up_soon(context);
  shopcaisse_record_tickets(context, recorded_cb, NULL);
}

/**
 * shopcaisse_restored_confirm:
 * @context: the engine's parts
 * @answer: (transfer full): for whoever asked
 *
 * Takes it that the host was restored: an id that was given to a sale before now may be another
 * sale's, and the host is given once more what the till sold.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE; the question is open still.
 */
void
shopcaisse_restored_confirm(ShopcaisseContext *context, ShopcaisseAnswer *answer)
{
  Confirmation *self = g_new0(Confirmation, 1);

  self->context = context;
  self->answer = answer;
  shopcaisse_slices_run(context, forget_tickets, forgotten_cb, self);
}
