/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page without its widgets: follows the channel, starts operations, keeps how they are. It is
 * no GObject, because it is linked into two modules; a reference is held by whoever shows it and by
 * each operation underway. */
#include "ui/model/page-model.h"

#include "config.h"
#include "ui/model/page-model-private.h"
#include "ui/model/sentence.h"

#include <comptoir/comptoir-row.h>
#include <glib/gi18n-lib.h>

static void notify_cb(ShopcaissePageModel *self, GParamSpec *pspec, GObject *channel);
static gboolean tell_cb(gpointer user_data);

/**
 * shopcaisse_page_model_new:
 * @channel: the channel
 *
 * Makes the model of a page.
 *
 * Returns: (transfer full): the model
 */
ShopcaissePageModel *
shopcaisse_page_model_new(ComptoirChannel *channel)
{
  ShopcaissePageModel *self = g_rc_box_new0(ShopcaissePageModel);
  self->channel = g_object_ref(channel);
  self->settings = shopcaisse_page_settings_new();
  self->works = shopcaisse_page_works_new();
  self->cancellable = g_cancellable_new();
  self->is_open = comptoir_channel_get_status(channel) != COMPTOIR_STATUS_CLOSED;
  self->handler = g_signal_connect_swapped(channel, "notify", G_CALLBACK(notify_cb), self);
  shopcaisse_page_model_read_settings(self);
  shopcaisse_page_model_open_lists(self);
  shopcaisse_page_model_examine(self);
  return self;
}

/**
 * shopcaisse_page_model_ref:
 * @self: the model
 *
 * Returns: (transfer full): @self
 */
ShopcaissePageModel *
shopcaisse_page_model_ref(ShopcaissePageModel *self)
{
  return g_rc_box_acquire(self);
}

static void
clear_model(gpointer data)
{
  ShopcaissePageModel *self = data;
  shopcaisse_page_model_close(self);
  g_clear_object(&self->cancellable);
  shopcaisse_page_settings_free(self->settings);
  shopcaisse_page_works_free(self->works);
  g_clear_pointer(&self->findings, g_variant_unref);
}

/**
 * shopcaisse_page_model_unref:
 * @self: (nullable): the model
 *
 * Gives a reference back.
 */
void
shopcaisse_page_model_unref(ShopcaissePageModel *self)
{
  if (self != NULL)
    g_rc_box_release_full(self, clear_model);
}

/**
 * shopcaisse_page_model_watch:
 * @self: the model
 * @changed: called with what has changed
 * @user_data: for @changed
 *
 * Says who shows the model; there is one. He is told of everything at once.
 */
void
shopcaisse_page_model_watch(ShopcaissePageModel *self,
                            ShopcaissePageChanged changed,
                            gpointer user_data)
{
  self->changed = changed;
  self->user_data = user_data;
  shopcaisse_page_model_tell(self, SHOPCAISSE_PAGE_TOPIC_ALL);
}

/**
 * shopcaisse_page_model_close:
 * @self: the model
 *
 * Lets go of the channel: nobody is told anything any more, and nobody waits for an answer.
 */
void
shopcaisse_page_model_close(ShopcaissePageModel *self)
{
  self->changed = NULL;
  if (self->source != NULL) {
    g_source_destroy(self->source);
    g_clear_pointer(&self->source, g_source_unref);
  }
  if (self->channel == NULL)
    return;
  g_cancellable_cancel(self->cancellable);
  shopcaisse_page_model_close_lists(self);
  g_signal_handler_disconnect(self->channel, self->handler);
  g_clear_object(&self->channel);
}

/**
 * shopcaisse_page_model_tell:
 * @self: the model
 * @topics: what has changed
 *
 * Has it told in the next turn of the main loop, together with what else changes until then.
 */
void
shopcaisse_page_model_tell(ShopcaissePageModel *self, ShopcaissePageTopics topics)
{
  self->topics |= topics;
  if (self->changed == NULL || self->source != NULL)
    return;
  self->source = g_idle_source_new();
  g_source_set_priority(self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback(self->source, tell_cb, self, NULL);
  g_source_attach(self->source, g_main_context_get_thread_default());
}

static gboolean
tell_cb(gpointer user_data)
{
  g_autoptr(ShopcaissePageModel) self = shopcaisse_page_model_ref(user_data);
  ShopcaissePageTopics topics = self->topics;
  self->topics = 0;
  g_clear_pointer(&self->source, g_source_unref);
  self->changed(topics, self->user_data);
  return G_SOURCE_REMOVE;
}

/**
 * shopcaisse_page_model_flush:
 * @self: the model
 *
 * Tells now what would be told in the next turn of the main loop.
 */
void
shopcaisse_page_model_flush(ShopcaissePageModel *self)
{
  if (self->source == NULL)
    return;
  g_source_destroy(self->source);
  (void)tell_cb(self);
}

/**
 * shopcaisse_page_model_read_settings:
 * @self: the model
 *
 * Takes the settings as they are now.
 */
void
shopcaisse_page_model_read_settings(ShopcaissePageModel *self)
{
  g_autoptr(GVariant) rows = comptoir_channel_describe_settings(self->channel);
  if (shopcaisse_page_settings_set_rows(self->settings, rows))
    shopcaisse_page_model_tell(self, SHOPCAISSE_PAGE_TOPIC_SETTINGS);
}

static void
follow_status(ShopcaissePageModel *self)
{
  gboolean is_open = comptoir_channel_get_status(self->channel) != COMPTOIR_STATUS_CLOSED;
  shopcaisse_page_model_tell(self, SHOPCAISSE_PAGE_TOPIC_STATUS);
  if (is_open == self->is_open)
    return;
  self->is_open = is_open;
  if (!is_open)
    return;
  shopcaisse_page_model_read_settings(self);
  shopcaisse_page_model_open_lists(self);
  shopcaisse_page_model_examine(self);
  shopcaisse_page_model_tell(self, SHOPCAISSE_PAGE_TOPIC_ALL);
}

/* Of any property: a channel that is older has no settings to follow, and that is no error. */
static void
notify_cb(ShopcaissePageModel *self, GParamSpec *pspec, GObject *channel)
{
  if (g_str_equal(pspec->name, "settings")) {
    shopcaisse_page_model_read_settings(self);
    shopcaisse_page_model_examine(self);
  } else if (g_str_equal(pspec->name, "status")) {
    follow_status(self);
  } else {
    shopcaisse_page_model_tell(self, SHOPCAISSE_PAGE_TOPIC_STATUS);
  }
}

/**
 * shopcaisse_page_model_is_closed:
 * @self: the model
 *
 * Returns: %TRUE if it has let go of its channel, because the page goes away
 */
gboolean
shopcaisse_page_model_is_closed(ShopcaissePageModel *self)
{
  return self->channel == NULL;
}

/**
 * shopcaisse_page_model_is_open:
 * @self: the model
 *
 * Returns: %TRUE if the channel is open, so that something can be asked of it
 */
gboolean
shopcaisse_page_model_is_open(ShopcaissePageModel *self)
{
  return self->channel != NULL && self->is_open;
}

/**
 * shopcaisse_page_model_get_status:
 * @self: the model
 *
 * Returns: how the channel is
 */
ComptoirStatus
shopcaisse_page_model_get_status(ShopcaissePageModel *self)
{
  return self->channel != NULL ? comptoir_channel_get_status(self->channel)
                               : COMPTOIR_STATUS_CLOSED;
}

/**
 * shopcaisse_page_model_dup_status:
 * @self: the model
 *
 * Returns: (transfer full): how the channel is, in words
 */
char *
shopcaisse_page_model_dup_status(ShopcaissePageModel *self)
{
  switch (shopcaisse_page_model_get_status(self)) {
  case COMPTOIR_STATUS_NOT_CONFIGURED:
    return g_strdup(_("– Not set up"));
  case COMPTOIR_STATUS_READY:
    return g_strdup(_("✓ Connected to Shopcaisse"));
  case COMPTOIR_STATUS_OFFLINE:
    return g_strdup(_("! Shopcaisse cannot be reached; sales are kept and sent later"));
  case COMPTOIR_STATUS_BLOCKED:
    return g_strdup(_("✗ Shopcaisse refuses; something must be done"));
  case COMPTOIR_STATUS_CLOSED:
  default:
    return g_strdup(_("– Not running"));
  }
}

/**
 * shopcaisse_page_model_dup_last_error:
 * @self: the model
 *
 * Returns: (transfer full): what a person must know or do, "" while all is well
 */
char *
shopcaisse_page_model_dup_last_error(ShopcaissePageModel *self)
{
  g_autofree char *text =
      self->channel != NULL ? comptoir_channel_dup_last_error(self->channel) : NULL;
  return shopcaisse_page_sentence_dup(text != NULL ? text : "");
}

/**
 * shopcaisse_page_model_get_progress:
 * @self: the model
 *
 * Returns: 0 to 1; -1 while something is underway and it is not known how far, -2 if nothing is
 */
double
shopcaisse_page_model_get_progress(ShopcaissePageModel *self)
{
  if (self->channel == NULL || !comptoir_channel_is_busy(self->channel))
    return SHOPCAISSE_PAGE_NOT_BUSY;
  return comptoir_channel_get_progress(self->channel);
}

/**
 * shopcaisse_page_model_get_settings:
 * @self: the model
 *
 * Returns: (transfer none): the settings
 */
ShopcaissePageSettings *
shopcaisse_page_model_get_settings(ShopcaissePageModel *self)
{
  return self->settings;
}

/**
 * shopcaisse_page_model_list:
 * @self: the model
 * @kind: which list
 * @query: (nullable): a query; a floating reference is consumed
 *
 * Asks the channel for a list; an empty one when it has let go of the channel.
 *
 * Returns: (transfer full): a list of [class@Comptoir.Row]
 */
GListModel *
shopcaisse_page_model_list(ShopcaissePageModel *self, const char *kind, GVariant *query)
{
  g_autoptr(GVariant) owned = query != NULL ? g_variant_ref_sink(query) : NULL;
  if (self->channel == NULL)
    return G_LIST_MODEL(g_list_store_new(COMPTOIR_TYPE_ROW));
  return comptoir_channel_list(self->channel, kind, owned);
}

/**
 * shopcaisse_page_model_get_work:
 * @self: the model
 * @work: which
 * @subject: (nullable): of what
 *
 * Returns: (transfer none): how it is
 */
const ShopcaissePageWorkStatus *
shopcaisse_page_model_get_work(ShopcaissePageModel *self,
                               ShopcaissePageWork work,
                               const char *subject)
{
  return shopcaisse_page_works_get(self->works, work, subject);
}

/**
 * shopcaisse_page_model_forget:
 * @self: the model
 * @work: which
 *
 * Takes away what was said of a work.
 */
void
shopcaisse_page_model_forget(ShopcaissePageModel *self, ShopcaissePageWork work)
{
  shopcaisse_page_works_forget(self->works, work, NULL);
  shopcaisse_page_model_tell(self, SHOPCAISSE_PAGE_TOPIC_WORK);
}
