/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the page asks of the channel: one operation for each work, and what follows its answer. */
#include "config.h"
#include "ui/model/page-model-private.h"
#include "ui/model/token.h"

#include <comptoir/comptoir-error.h>
#include <glib/gi18n-lib.h>

static const ComptoirOperation operations[] = {
  [SHOPCAISSE_PAGE_WORK_TOKEN] = COMPTOIR_OPERATION_SET_TOKEN,
  [SHOPCAISSE_PAGE_WORK_SETTINGS] = COMPTOIR_OPERATION_CHANGE_SETTINGS,
  [SHOPCAISSE_PAGE_WORK_DISCONNECT] = COMPTOIR_OPERATION_DISCONNECT,
  [SHOPCAISSE_PAGE_WORK_TASK] = COMPTOIR_OPERATION_RUN,
  [SHOPCAISSE_PAGE_WORK_PLAN] = COMPTOIR_OPERATION_PLAN,
  [SHOPCAISSE_PAGE_WORK_APPLY] = COMPTOIR_OPERATION_APPLY_PLAN,
  [SHOPCAISSE_PAGE_WORK_UNDO] = COMPTOIR_OPERATION_UNDO,
  [SHOPCAISSE_PAGE_WORK_LINK] = COMPTOIR_OPERATION_LINK,
  [SHOPCAISSE_PAGE_WORK_UNLINK] = COMPTOIR_OPERATION_UNLINK,
  [SHOPCAISSE_PAGE_WORK_SEND] = COMPTOIR_OPERATION_RUN,
  [SHOPCAISSE_PAGE_WORK_CANCEL] = COMPTOIR_OPERATION_CANCEL_SALE,
  [SHOPCAISSE_PAGE_WORK_DAY] = COMPTOIR_OPERATION_CLOSE_DAY,
  [SHOPCAISSE_PAGE_WORK_DAY_FILE] = COMPTOIR_OPERATION_EXPORT,
  [SHOPCAISSE_PAGE_WORK_DIAGNOSE] = COMPTOIR_OPERATION_DIAGNOSE,
  [SHOPCAISSE_PAGE_WORK_SUPPORT] = COMPTOIR_OPERATION_EXPORT,
};
G_STATIC_ASSERT(G_N_ELEMENTS(operations) == SHOPCAISSE_PAGE_N_WORKS);

/* One operation underway. */
typedef struct {
  ShopcaissePageModel *model; /* (owned) */
  ShopcaissePageWork work;
  char *subject; /* (owned) (nullable) */
} Errand;

static void performed_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static void
free_errand(Errand *errand)
{
  shopcaisse_page_model_unref(errand->model);
  g_free(errand->subject);
  g_free(errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Errand, free_errand)

static void
refuse_closed(ShopcaissePageModel *self, ShopcaissePageWork work, const char *subject)
{
  g_autoptr(GError) error =
      g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED,
                          _("The connection to Shopcaisse is not running in this program."));
  shopcaisse_page_works_end(self->works, work, subject, NULL, error);
}

/**
 * shopcaisse_page_model_perform:
 * @self: the model
 * @work: what to do
 * @subject: (nullable): of what
 * @argument: (nullable): the argument of the operation, `a{sv}`; a floating reference is consumed
 *
 * Starts something, unless it runs already.
 *
 * Returns: %TRUE if it has started
 */
gboolean
shopcaisse_page_model_perform(ShopcaissePageModel *self,
                              ShopcaissePageWork work,
                              const char *subject,
                              GVariant *argument)
{
  g_autoptr(GVariant) owned =
      g_variant_ref_sink(argument != NULL ? argument : g_variant_new("a{sv}", NULL));
  if (!shopcaisse_page_works_begin(self->works, work, subject))
    return FALSE;
  shopcaisse_page_model_tell(self, SHOPCAISSE_PAGE_TOPIC_WORK);
  if (!shopcaisse_page_model_is_open(self)) {
    refuse_closed(self, work, subject);
    return FALSE;
  }
  Errand *errand = g_new0(Errand, 1);
  errand->model = shopcaisse_page_model_ref(self);
  errand->work = work;
  errand->subject = g_strdup(subject);
  comptoir_channel_perform_async(self->channel, operations[work], owned, self->cancellable,
                                 performed_cb, errand);
  return TRUE;
}

static void
save_next(ShopcaissePageModel *self)
{
  GVariant *change = shopcaisse_page_settings_begin(self->settings);
  if (change != NULL)
    shopcaisse_page_model_perform(self, SHOPCAISSE_PAGE_WORK_SETTINGS, NULL, change);
}

/* A channel that is older does not tell of its settings: they are read when they may be others. */
static void
follow(ShopcaissePageModel *self, const Errand *errand, GVariant *answer, const GError *error)
{
  switch (errand->work) {
  case SHOPCAISSE_PAGE_WORK_SETTINGS:
    shopcaisse_page_settings_end(self->settings, error);
    shopcaisse_page_model_tell(self, SHOPCAISSE_PAGE_TOPIC_SETTINGS);
    shopcaisse_page_model_read_settings(self);
    shopcaisse_page_model_examine(self);
    save_next(self);
    break;
  case SHOPCAISSE_PAGE_WORK_TOKEN:
  case SHOPCAISSE_PAGE_WORK_DISCONNECT:
  case SHOPCAISSE_PAGE_WORK_TASK:
  case SHOPCAISSE_PAGE_WORK_APPLY:
  case SHOPCAISSE_PAGE_WORK_LINK:
    shopcaisse_page_model_read_settings(self);
    shopcaisse_page_model_examine(self);
    break;
  case SHOPCAISSE_PAGE_WORK_DIAGNOSE:
    shopcaisse_page_model_take_findings(self, answer);
    break;
  default:
    break;
  }
}

static void
performed_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Errand) errand = user_data;
  ShopcaissePageModel *self = errand->model;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer =
      comptoir_channel_perform_finish(COMPTOIR_CHANNEL(source), result, &error);

  if (self->channel == NULL)
    return;
  shopcaisse_page_works_end(self->works, errand->work, errand->subject, answer, error);
  shopcaisse_page_model_tell(self, SHOPCAISSE_PAGE_TOPIC_WORK);
  follow(self, errand, answer, error);
}

/**
 * shopcaisse_page_model_change:
 * @self: the model
 * @key: a setting
 * @value: its new value, as text
 *
 * Changes a setting and saves it. One saving runs at a time; of what is entered meanwhile the last
 * value goes with the next.
 */
void
shopcaisse_page_model_change(ShopcaissePageModel *self, const char *key, const char *value)
{
  shopcaisse_page_settings_edit(self->settings, key, value);
  shopcaisse_page_model_tell(self, SHOPCAISSE_PAGE_TOPIC_SETTINGS);
  if (shopcaisse_page_model_is_open(self))
    save_next(self);
}

/**
 * shopcaisse_page_model_run:
 * @self: the model
 * @task: a task of the channel
 *
 * Runs a task now.
 *
 * Returns: %TRUE if it has started
 */
gboolean
shopcaisse_page_model_run(ShopcaissePageModel *self, const char *task)
{
  return shopcaisse_page_model_perform(self, SHOPCAISSE_PAGE_WORK_TASK, task,
                                       g_variant_new_parsed("{'task': <%s>}", task));
}

/**
 * shopcaisse_page_model_send:
 * @self: the model
 * @sale_id: (nullable): one sale; %NULL for all that wait
 *
 * Sends now what waits.
 *
 * Returns: %TRUE if it has started
 */
gboolean
shopcaisse_page_model_send(ShopcaissePageModel *self, const char *sale_id)
{
  GVariant *argument =
      sale_id != NULL ? g_variant_new_parsed("{'task': <'send-orders'>, 'sale': <%s>}", sale_id)
                      : g_variant_new_parsed("{'task': <'send-orders'>}");
  return shopcaisse_page_model_perform(self, SHOPCAISSE_PAGE_WORK_SEND, sale_id, argument);
}

static gboolean
set_token(ShopcaissePageModel *self, const char *token, const char *format)
{
  g_autofree char *problem = shopcaisse_page_token_dup_problem(token);
  if (problem == NULL)
    return shopcaisse_page_model_perform(self, SHOPCAISSE_PAGE_WORK_TOKEN, NULL,
                                         g_variant_new_parsed(format, token));
  if (!shopcaisse_page_works_begin(self->works, SHOPCAISSE_PAGE_WORK_TOKEN, NULL))
    return FALSE;
  g_autoptr(GError) error = g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, problem);
  shopcaisse_page_works_end(self->works, SHOPCAISSE_PAGE_WORK_TOKEN, NULL, NULL, error);
  shopcaisse_page_model_tell(self, SHOPCAISSE_PAGE_TOPIC_WORK);
  return FALSE;
}

/**
 * shopcaisse_page_model_set_token:
 * @self: the model
 * @pasted: what was pasted
 *
 * Has a token tried, and kept if it works. One that is cut is refused without asking anybody.
 *
 * Returns: %TRUE if it is being tried
 */
gboolean
shopcaisse_page_model_set_token(ShopcaissePageModel *self, const char *pasted)
{
  g_autofree char *token = shopcaisse_page_token_clean(pasted);
  return set_token(self, token, "{'token': <%s>}");
}

/**
 * shopcaisse_page_model_set_other_token:
 * @self: the model
 * @pasted: what was pasted
 *
 * The same for the token of another company, after a person has agreed.
 *
 * Returns: %TRUE if it is being tried
 */
gboolean
shopcaisse_page_model_set_other_token(ShopcaissePageModel *self, const char *pasted)
{
  g_autofree char *token = shopcaisse_page_token_clean(pasted);
  return set_token(self, token, "{'token': <%s>, 'other_company': <true>}");
}

/**
 * shopcaisse_page_model_disconnect:
 * @self: the model
 * @policy: what becomes of orders that wait
 *
 * Forgets the token.
 *
 * Returns: %TRUE if it has started
 */
gboolean
shopcaisse_page_model_disconnect(ShopcaissePageModel *self, ComptoirDisconnectPolicy policy)
{
  const char *word = policy == COMPTOIR_DISCONNECT_PARK_QUEUE ? "park-queue" : "keep-queue";
  shopcaisse_page_works_forget(self->works, SHOPCAISSE_PAGE_WORK_TOKEN, NULL);
  return shopcaisse_page_model_perform(self, SHOPCAISSE_PAGE_WORK_DISCONNECT, NULL,
                                       g_variant_new_parsed("{'policy': <%s>}", word));
}
