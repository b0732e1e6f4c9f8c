/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facade from open to close: starts the bridge, hands operations over, ends it. Everything
 * happens in the thread of open; nothing here waits. */
#include "channel/actions.h"
#include "channel/facade-private.h"
#include "channel/operation.h"
#include "channel/transport-loader.h"
#include "config.h"

#include <comptoir/comptoir-error.h>
#include <glib/gi18n-lib.h>

static gboolean open_cancelled_cb(GCancellable *cancellable, gpointer user_data);
static void opened(const GError *error, gpointer owner);
static void begin_close(gpointer owner);
static void closed(gpointer owner);
static void ran_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static const ShopcaisseBridgeEvents events = {
  .changed = { shopcaisse_channel_set_status, shopcaisse_channel_set_settings,
               shopcaisse_channel_refresh_lists },
  .opened = opened,
  .closing = begin_close,
  .closed = closed,
};

/**
 * shopcaisse_channel_is_foreign_thread: (skip)
 * @self: the channel, in whatever thread
 *
 * Looks whether the caller is where it may not be.
 *
 * Returns: %TRUE if the channel was opened in another thread
 */
gboolean
shopcaisse_channel_is_foreign_thread(ShopcaisseChannel *self)
{
  GThread *thread = g_atomic_pointer_get(&self->thread);
  return thread != NULL && thread != g_thread_self();
}

static void
forget_opening(ShopcaisseChannel *self)
{
  if (self->cancelled != NULL)
    g_source_destroy(self->cancelled);
  g_clear_pointer(&self->cancelled, g_source_unref);
  g_clear_object(&self->opening);
}

static gboolean
start_bridge(ShopcaisseChannel *self, ComptoirHost *host, GError **error)
{
  g_autoptr(ShopcaisseProfile) profile = shopcaisse_profile_new(host, error);
  if (profile == NULL)
    return FALSE;
  if (!shopcaisse_transport_prepare(error))
    return FALSE;
  const ShopcaisseBridgeConfig config = {
    .host = host,
    .profile = g_steal_pointer(&profile),
    .load_transport = shopcaisse_transport_load,
    .events = &events,
    .owner = G_OBJECT(self),
    .close_ms = SHOPCAISSE_BRIDGE_CLOSE_MS,
    .knock_ms = SHOPCAISSE_BRIDGE_KNOCK_MS,
  };
  self->bridge = shopcaisse_bridge_open(&config, error);
  return self->bridge != NULL;
}

static void
watch_opening(ShopcaisseChannel *self)
{
  GCancellable *cancellable = g_task_get_cancellable(self->opening);
  if (cancellable == NULL)
    return;
  self->cancelled = g_cancellable_source_new(cancellable);
  g_source_set_static_name(self->cancelled, "shopcaisse open cancelled");
  g_source_set_callback(self->cancelled, G_SOURCE_FUNC(open_cancelled_cb), self, NULL);
  g_source_attach(self->cancelled, g_task_get_context(self->opening));
}

static void
open_async(ComptoirChannel *channel,
           ComptoirHost *host,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  ShopcaisseChannel *self = SHOPCAISSE_CHANNEL(channel);
  g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
  g_task_set_source_tag(task, open_async);
  if (g_task_return_error_if_cancelled(task))
    return;
  if (!g_atomic_pointer_compare_and_exchange(&self->thread, NULL, g_thread_self())) {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY, "the channel is open");
    return;
  }

  GError *error = NULL;
  if (!start_bridge(self, host, &error)) {
    g_atomic_pointer_set(&self->thread, NULL);
    g_task_return_error(task, error);
    return;
  }
  self->state = SHOPCAISSE_CHANNEL_OPENING;
  self->opening = g_steal_pointer(&task);
  watch_opening(self);
}

static gboolean
open_cancelled_cb(GCancellable *cancellable, gpointer user_data)
{
  begin_close(user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
open_finish(ComptoirChannel *channel, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail(g_task_is_valid(result, channel), FALSE);

  return g_task_propagate_boolean(G_TASK(result), error);
}

static void
opened(const GError *error, gpointer owner)
{
  ShopcaisseChannel *self = owner;
  g_autoptr(GTask) task = g_object_ref(self->opening);
  forget_opening(self);
  if (error != NULL) {
    closed(self);
    g_task_return_error(task, g_error_copy(error));
    return;
  }
  self->state = SHOPCAISSE_CHANNEL_OPEN;
  shopcaisse_actions_set_state(self->actions, SHOPCAISSE_ACTIONS_ENABLED);
  shopcaisse_channel_refresh_lists(NULL, self);
  g_task_return_boolean(task, TRUE);
}

static void
close_async(ComptoirChannel *channel, GAsyncReadyCallback callback, gpointer user_data)
{
  ShopcaisseChannel *self = SHOPCAISSE_CHANNEL(channel);
  g_autoptr(GTask) task = g_task_new(self, NULL, callback, user_data);
  g_task_set_source_tag(task, close_async);
  if (shopcaisse_channel_is_foreign_thread(self)) {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                            "the channel was called from another thread than it was opened in");
    return;
  }
  if (self->state == SHOPCAISSE_CHANNEL_CLOSED) {
    g_task_return_boolean(task, TRUE);
    return;
  }
  g_ptr_array_add(self->closing, g_steal_pointer(&task));
  begin_close(self);
}

static void
begin_close(gpointer owner)
{
  ShopcaisseChannel *self = owner;
  if (self->state == SHOPCAISSE_CHANNEL_CLOSING)
    return;
  self->state = SHOPCAISSE_CHANNEL_CLOSING;
  shopcaisse_actions_set_state(self->actions, SHOPCAISSE_ACTIONS_DISABLED);
  shopcaisse_bridge_close(self->bridge);
  g_autoptr(GTask) opening = self->opening != NULL ? g_object_ref(self->opening) : NULL;
  forget_opening(self);
  if (opening != NULL)
    g_task_return_new_error(opening, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("the channel was closed"));
}

static void
closed(gpointer owner)
{
  ShopcaisseChannel *self = owner;
  g_autoptr(GPtrArray) tasks = g_steal_pointer(&self->closing);
  self->closing = g_ptr_array_new_with_free_func(g_object_unref);
  g_clear_pointer(&self->bridge, shopcaisse_bridge_unref);
  self->state = SHOPCAISSE_CHANNEL_CLOSED;
  shopcaisse_channel_set_status(COMPTOIR_STATUS_CLOSED, NULL, FALSE, -1, self);
  g_atomic_pointer_set(&self->thread, NULL);
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_boolean(tasks->pdata[i], TRUE);
}

static gboolean
close_finish(ComptoirChannel *channel, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail(g_task_is_valid(result, channel), FALSE);

  return g_task_propagate_boolean(G_TASK(result), error);
}

/* (nullable): why this cannot be done. */
static GError *
check_call(ShopcaisseChannel *self, ComptoirOperation operation)
{
  if (shopcaisse_channel_is_foreign_thread(self))
    return g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                               "the channel was called from another thread than it was opened in");
  if (g_atomic_pointer_get(&self->thread) == NULL || self->state != SHOPCAISSE_CHANNEL_OPEN)
    return g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                               _("the channel is not open"));
  g_autoptr(GEnumClass) operations = g_type_class_ref(COMPTOIR_TYPE_OPERATION);
  if (g_enum_get_value(operations, (gint)operation) == NULL)
    return g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
                       "the channel has no operation %d", (gint)operation);
  return NULL;
}

static void
perform_async(ComptoirChannel *channel,
              ComptoirOperation operation,
              GVariant *argument,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  ShopcaisseChannel *self = SHOPCAISSE_CHANNEL(channel);
  g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
  g_task_set_source_tag(task, perform_async);
  GError *error = check_call(self, operation);
  if (error != NULL)
    g_task_return_error(task, error);
  else if (!g_task_return_error_if_cancelled(task))
    shopcaisse_operation_start(self->bridge, task, operation, argument);
}

static GVariant *
perform_finish(ComptoirChannel *channel, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail(g_task_is_valid(result, channel), NULL);

  return g_task_propagate_pointer(G_TASK(result), error);
}

/**
 * shopcaisse_channel_run_task: (skip)
 * @task: its name
 * @user_data: the channel
 *
 * Runs a task for nobody; what became of it is in the status.
 */
void
shopcaisse_channel_run_task(const char *task, gpointer user_data)
{
  g_auto(GVariantDict) argument = G_VARIANT_DICT_INIT(NULL);
  g_variant_dict_insert(&argument, "task", "s", task);
  comptoir_channel_perform_async(user_data, COMPTOIR_OPERATION_RUN, g_variant_dict_end(&argument),
                                 NULL, ran_cb, g_strdup(task));
}

static void
ran_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = perform_finish(COMPTOIR_CHANNEL(source), result, &error);
  if (answer == NULL && !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message("action %s: %s", task, error->message);
}

/**
 * shopcaisse_channel_end_session: (skip)
 * @self: the channel, going away
 *
 * Ends like a program that was killed if the channel was not closed: nothing is lost.
 */
void
shopcaisse_channel_end_session(ShopcaisseChannel *self)
{
  forget_opening(self);
  if (self->bridge != NULL)
    shopcaisse_bridge_abandon(self->bridge);
  g_clear_pointer(&self->bridge, shopcaisse_bridge_unref);
  self->state = SHOPCAISSE_CHANNEL_CLOSED;
}

/**
 * shopcaisse_channel_init_session: (skip)
 * @iface: the channel's interface
 *
 * Fills the functions of this file in.
 */
void
shopcaisse_channel_init_session(ComptoirChannelInterface *iface)
{
  iface->open_async = open_async;
  iface->open_finish = open_finish;
  iface->close_async = close_async;
  iface->close_finish = close_finish;
  iface->perform_async = perform_async;
  iface->perform_finish = perform_finish;
}
