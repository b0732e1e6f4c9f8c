/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Puts the parts together, takes them apart again. What they do is theirs. */
#include "engine/engine.h"

#include "api/tally.h"
#include "config.h"
#include "engine/binding.h"
#include "engine/catch-up.h"
#include "engine/close-day.h"
#include "engine/connection.h"
#include "engine/context.h"
#include "engine/drain.h"
#include "engine/erase.h"
#include "engine/first-connection.h"
#include "engine/learn.h"
#include "engine/list.h"
#include "engine/listing.h"
#include "engine/notice.h"
#include "engine/operation.h"
#include "engine/page-writer.h"
#include "engine/progress.h"
#include "engine/restored.h"
#include "engine/slices.h"
#include "engine/submit.h"
#include "engine/unseen.h"
#include "engine/webhook.h"
#include "store/outbox-many.h"

#include <glib/gi18n-lib.h>

struct ShopcaisseEngine {
  ShopcaisseEngineConfig config;
  ShopcaisseContext context;
  ShopcaisseSubmissions *submissions; /* (owned) */
  GSource *start;                     /* (owned) (nullable): loads the token, in the loop */
  ShopcaisseOpenDone closed;
  gpointer closed_data;
};

static gboolean start_cb(gpointer user_data);

static gboolean
open_store(ShopcaisseEngine *self, GError **error)
{
  ShopcaisseContext *context = &self->context;
  ShopcaisseDatabaseConfig config = {
    .folder = self->config.folder,
    .owner = self->config.host->name,
  };

  context->database = shopcaisse_database_open(&config, error);
  if (context->database == NULL)
    return FALSE;
  context->configuration = shopcaisse_configuration_load(context->database, error);
  if (context->configuration == NULL)
    return FALSE;
  if (shopcaisse_database_was_replaced(context->database) &&
      !shopcaisse_first_connection_recover(context, error))
    return FALSE;
  return shopcaisse_outbox_recover(context->database, 0, context->clock->get_now(context->clock),
                                   error);
}

static void
queue_start(ShopcaisseEngine *self)
{
  self->start = g_idle_source_new();
  g_source_set_priority(self->start, G_PRIORITY_DEFAULT);
  g_source_set_callback(self->start, start_cb, self, NULL);
  g_source_attach(self->start, self->config.context);
}

/**
 * shopcaisse_engine_open:
 * @config: where it lives and whom it talks to; copied, what it points to is not
 * @error: return location for an error
 *
 * Opens the store of a profile and makes the engine. Sales can be submitted at once; the token is
 * loaded when the context runs.
 *
 * Fails with %COMPTOIR_ERROR_BUSY naming the process that has the profile, %COMPTOIR_ERROR_VERSION
 * for a profile of a newer version, %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full): the engine
 */
ShopcaisseEngine *
shopcaisse_engine_open(const ShopcaisseEngineConfig *config, GError **error)
{
  ShopcaisseEngine *self = g_new0(ShopcaisseEngine, 1);
  ShopcaisseContext *context = &self->context;

  self->config = *config;
  context->config = &self->config;
  context->clock = config->clock;
  context->host = config->host;
  if (!open_store(self, error)) {
    shopcaisse_engine_free(self);
    return NULL;
  }
  context->status = shopcaisse_status_new(context);
  context->tasks = shopcaisse_tasks_new(context);
  context->worker = shopcaisse_worker_new(context);
  context->schedule = shopcaisse_schedule_new(context);
  context->webhook = shopcaisse_webhook_new(context);
  context->listings = shopcaisse_listings_new(context);
  self->submissions = shopcaisse_submissions_new(context);
  queue_start(self);
  return self;
}

static void
clear_start(ShopcaisseEngine *self)
{
  if (self->start != NULL)
    g_source_destroy(self->start);
  g_clear_pointer(&self->start, g_source_unref);
}

/* What was not sent yet is in the host still; what was chosen has to be chosen again. */
static void
tell_replaced(ShopcaisseContext *context)
{
  const char *text =
      _("the channel's database was damaged and set aside: enter the settings and the token again, "
        "then look for missed sales");
  g_autoptr(GError) error = NULL;

  if (!shopcaisse_database_was_replaced(context->database))
    return;
  shopcaisse_notice(context, "database", "error", text);
  if (!shopcaisse_context_journal(context, SHOPCAISSE_JOURNAL_ERROR, "database", "", text, &error))
    g_warning("journal: %s", error->message);
}

static gboolean
start_cb(gpointer user_data)
{
  ShopcaisseEngine *self = user_data;
  ShopcaisseContext *context = &self->context;

  clear_start(self);
  shopcaisse_binding_start(context);
  shopcaisse_unseen_start(context);
  shopcaisse_erase_resume(context);
  shopcaisse_context_tell_settings(context);
  tell_replaced(context);
  shopcaisse_restored_start(context);
  shopcaisse_progress_tell(context);
  shopcaisse_learn_host(context);
  shopcaisse_connection_start(context);
  return G_SOURCE_REMOVE;
}

/**
 * shopcaisse_engine_free:
 * @self: (nullable): closed
 *
 * Releases it.
 */
void
shopcaisse_engine_free(ShopcaisseEngine *self)
{
  ShopcaisseContext *context = NULL;

  if (self == NULL)
    return;
  context = &self->context;
  clear_start(self);
  shopcaisse_submissions_free(self->submissions);
  shopcaisse_webhook_free(context->webhook);
  shopcaisse_schedule_free(context->schedule);
  shopcaisse_worker_free(context->worker);
  shopcaisse_tasks_free(context->tasks);
  shopcaisse_status_free(context->status);
  shopcaisse_connection_end(context);
  shopcaisse_binding_end(context);
  shopcaisse_listings_free(context->listings);
  g_clear_pointer(&context->slices, g_ptr_array_unref);
  g_clear_pointer(&context->plan_counts, g_variant_unref);
  shopcaisse_close_day_forget(context);
  shopcaisse_progress_free(context);
  g_clear_pointer(&context->unknown, shopcaisse_tally_free);
  shopcaisse_configuration_free(context->configuration);
  shopcaisse_database_close(context->database);
  g_free(self);
}

static gboolean
closed_cb(gpointer user_data)
{
  ShopcaisseEngine *self = user_data;

  self->closed(NULL, self->closed_data);
  return G_SOURCE_REMOVE;
}

static void
stopped_cb(gpointer user_data)
{
  ShopcaisseEngine *self = user_data;
  g_autoptr(GSource) source = g_idle_source_new();

  (void)shopcaisse_progress_flush(&self->context); /* it has said why; the host hears it again */
  /* After every answer that has been given and not heard yet. */
  g_source_set_priority(source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback(source, closed_cb, self, NULL);
  g_source_attach(source, self->config.context);
}

/**
 * shopcaisse_engine_close:
 * @self: the engine
 * @done: called when nothing is in flight
 * @user_data: for @done
 *
 * Commits what was submitted, cancels what is on the wire, lets everybody who waits hear it.
 */
void
shopcaisse_engine_close(ShopcaisseEngine *self, ShopcaisseOpenDone done, gpointer user_data)
{
  ShopcaisseContext *context = &self->context;

  g_return_if_fail(!context->is_closing);
  clear_start(self);
  self->closed = done;
  self->closed_data = user_data;
  shopcaisse_submissions_flush(self->submissions);
  context->is_closing = TRUE;
  shopcaisse_webhook_stop(context->webhook);
  shopcaisse_drain_cancel(context);
  shopcaisse_slices_cancel_all(context);
  shopcaisse_page_writer_cancel(context);
  shopcaisse_list_news_end(context);
  shopcaisse_tasks_cancel_all(context->tasks);
  shopcaisse_worker_stop(context->worker, stopped_cb, self);
}

static GError *
make_closing_error(void)
{
  return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, _("the channel closes"));
}

/**
 * shopcaisse_engine_perform:
 * @self: the engine
 * @operation: what is wanted
 * @argument: a{sv}
 * @callback: called once, later
 * @user_data: for @callback
 *
 * Does one operation of the contract.
 */
void
shopcaisse_engine_perform(ShopcaisseEngine *self,
                          ComptoirOperation operation,
                          GVariant *argument,
                          ShopcaisseAnswerFunc callback,
                          gpointer user_data)
{
  ShopcaisseAnswer *answer = NULL;

  if (operation == COMPTOIR_OPERATION_SUBMIT_SALE && !self->context.is_closing) {
    shopcaisse_submissions_add(self->submissions, argument, callback, user_data);
    return;
  }
  answer = shopcaisse_answer_new(self->config.context, callback, user_data);
  if (self->context.is_closing)
    shopcaisse_answer_fail(answer, make_closing_error());
  else
    shopcaisse_operation_perform(&self->context, operation, argument, answer);
}

/**
 * shopcaisse_engine_list:
 * @self: the engine
 * @window: which list, and what of it
 * @callback: called once, later
 * @user_data: for @callback
 *
 * Reads a window of a list.
 */
void
shopcaisse_engine_list(ShopcaisseEngine *self,
                       const ShopcaisseWindow *window,
                       ShopcaisseAnswerFunc callback,
                       gpointer user_data)
{
  ShopcaisseAnswer *answer = shopcaisse_answer_new(self->config.context, callback, user_data);

  if (self->context.is_closing)
    shopcaisse_answer_fail(answer, make_closing_error());
  else
    shopcaisse_list_answer(&self->context, window, answer);
}

/**
 * shopcaisse_engine_host_changed:
 * @self: the engine
 * @question: what the host would answer anew
 *
 * The host said that its sales changed: they are looked at soon, not at the next interval.
 */
void
shopcaisse_engine_host_changed(ShopcaisseEngine *self, ShopcaisseQuestion question)
{
  if (question == SHOPCAISSE_ASK_LIST_SALES && !self->context.is_closing)
    shopcaisse_catch_up_soon(&self->context);
}
