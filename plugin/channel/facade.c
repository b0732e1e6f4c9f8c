/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The channel as hosts see it: its properties, actions, settings and lists, which are the last word
 * of the engine. Opening and closing is in facade-session.c. */
#include "channel/actions.h"
#include "channel/facade-private.h"
#include "channel/list-model.h"
#include "channel/settings.h"

#include <comptoir/comptoir-version.h>

typedef enum {
  PROP_STATUS = 1,
  PROP_LAST_ERROR,
  PROP_BUSY,
  PROP_PROGRESS,
  PROP_SETTINGS
} Property;

static void channel_iface_init(ComptoirChannelInterface *iface);
static void action_group_iface_init(GActionGroupInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE(ShopcaisseChannel,
                              shopcaisse_channel,
                              G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(G_TYPE_ACTION_GROUP, action_group_iface_init)
                                  G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_CHANNEL, channel_iface_init))

static guint
get_api_version(ComptoirChannel *channel)
{
  return COMPTOIR_API_VERSION;
}

static GVariant *
describe_settings(ComptoirChannel *channel)
{
  ShopcaisseChannel *self = SHOPCAISSE_CHANNEL(channel);
  g_return_val_if_fail(!shopcaisse_channel_is_foreign_thread(self), NULL);

  return g_variant_ref(self->settings);
}

/**
 * shopcaisse_channel_set_settings: (skip)
 * @settings: the engine's setting rows
 * @owner: the channel
 *
 * Keeps the settings, in the words of people, and says so if they are others.
 */
void
shopcaisse_channel_set_settings(GVariant *settings, gpointer owner)
{
  ShopcaisseChannel *self = owner;
  g_autoptr(GVariant) former = g_steal_pointer(&self->settings);
  self->settings = shopcaisse_settings_label(settings);
  if (!g_variant_equal(former, self->settings))
    g_object_notify(owner, "settings");
}

/**
 * shopcaisse_channel_set_status: (skip)
 * @status: how the channel is
 * @last_error: (nullable): what a person must know
 * @busy: whether something is under way
 * @progress: 0 to 1, or -1 if it is not known
 * @owner: the channel
 *
 * Changes the properties and says which of them changed.
 */
void
shopcaisse_channel_set_status(
    ComptoirStatus status, const char *last_error, gboolean busy, double progress, gpointer owner)
{
  GObject *object = owner;
  ShopcaisseChannel *self = owner;
  double clamped = progress >= 0 ? MIN(progress, 1) : -1;
  g_object_freeze_notify(object);
  if (self->status != status)
    g_object_notify(object, "status");
  if (g_strcmp0(self->last_error, last_error) != 0)
    g_object_notify(object, "last-error");
  if (self->is_busy != busy)
    g_object_notify(object, "busy");
  if (self->progress < clamped || self->progress > clamped)
    g_object_notify(object, "progress");
  self->status = status;
  g_free(self->last_error);
  self->last_error = g_strdup(last_error);
  self->is_busy = busy;
  self->progress = clamped;
  g_object_thaw_notify(object);
}

static gboolean
fetch_window(GObject *owner,
             const ShopcaisseWindow *window,
             ShopcaisseAnswerFunc answer,
             gpointer user_data)
{
  ShopcaisseChannel *self = SHOPCAISSE_CHANNEL(owner);
  g_return_val_if_fail(!shopcaisse_channel_is_foreign_thread(self), FALSE);

  if (self->state != SHOPCAISSE_CHANNEL_OPEN)
    return FALSE;
  (void)shopcaisse_bridge_fetch(self->bridge, window, answer, user_data);
  return TRUE;
}

static void
forget_list(gpointer lists, GObject *list)
{
  g_ptr_array_remove_fast(lists, list);
}

static GListModel *
list(ComptoirChannel *channel, const char *kind, GVariant *query)
{
  ShopcaisseChannel *self = SHOPCAISSE_CHANNEL(channel);
  g_return_val_if_fail(!shopcaisse_channel_is_foreign_thread(self), NULL);

  ShopcaisseListModel *model = shopcaisse_list_model_new(G_OBJECT(self), fetch_window, kind, query);
  g_ptr_array_add(self->lists, model);
  g_object_weak_ref(G_OBJECT(model), forget_list, self->lists);
  return G_LIST_MODEL(model);
}

/**
 * shopcaisse_channel_refresh_lists: (skip)
 * @kind: (nullable): which lists; %NULL for all
 * @owner: the channel
 *
 * Has lists read again that somebody holds.
 */
void
shopcaisse_channel_refresh_lists(const char *kind, gpointer owner)
{
  ShopcaisseChannel *self = owner;
  for (guint i = 0; i < self->lists->len; i++) {
    ShopcaisseListModel *model = self->lists->pdata[i];
    if (kind == NULL || g_str_equal(shopcaisse_list_model_get_kind(model), kind))
      shopcaisse_list_model_refresh(model);
  }
}

static char **
list_actions(GActionGroup *group)
{
  return g_action_group_list_actions(G_ACTION_GROUP(SHOPCAISSE_CHANNEL(group)->actions));
}

static gboolean
query_action(GActionGroup *group,
             const char *name,
             gboolean *enabled,
             const GVariantType **parameter_type,
             const GVariantType **state_type,
             GVariant **state_hint,
             GVariant **state)
{
  return g_action_group_query_action(G_ACTION_GROUP(SHOPCAISSE_CHANNEL(group)->actions), name,
                                     enabled, parameter_type, state_type, state_hint, state);
}

static void
change_action_state(GActionGroup *group, const char *name, GVariant *value)
{
  g_action_group_change_action_state(G_ACTION_GROUP(SHOPCAISSE_CHANNEL(group)->actions), name,
                                     value);
}

static void
activate_action(GActionGroup *group, const char *name, GVariant *parameter)
{
  g_action_group_activate_action(G_ACTION_GROUP(SHOPCAISSE_CHANNEL(group)->actions), name,
                                 parameter);
}

static void
shopcaisse_channel_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ShopcaisseChannel *self = SHOPCAISSE_CHANNEL(object);
  g_return_if_fail(!shopcaisse_channel_is_foreign_thread(self));

  switch ((Property)id) {
  case PROP_STATUS:
    g_value_set_enum(value, self->status);
    break;
  case PROP_LAST_ERROR:
    g_value_set_string(value, self->last_error);
    break;
  case PROP_BUSY:
    g_value_set_boolean(value, self->is_busy);
    break;
  case PROP_PROGRESS:
    g_value_set_double(value, self->progress);
    break;
  case PROP_SETTINGS:
    g_value_set_variant(value, self->settings);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
shopcaisse_channel_dispose(GObject *object)
{
  ShopcaisseChannel *self = SHOPCAISSE_CHANNEL(object);
  shopcaisse_channel_end_session(self);
  for (guint i = 0; i < self->lists->len; i++)
    g_object_weak_unref(self->lists->pdata[i], forget_list, self->lists);
  g_ptr_array_set_size(self->lists, 0);
  G_OBJECT_CLASS(shopcaisse_channel_parent_class)->dispose(object);
}

static void
shopcaisse_channel_finalize(GObject *object)
{
  ShopcaisseChannel *self = SHOPCAISSE_CHANNEL(object);
  g_clear_object(&self->actions);
  g_clear_pointer(&self->closing, g_ptr_array_unref);
  g_clear_pointer(&self->lists, g_ptr_array_unref);
  g_clear_pointer(&self->settings, g_variant_unref);
  g_free(self->last_error);
  G_OBJECT_CLASS(shopcaisse_channel_parent_class)->finalize(object);
}

static void
shopcaisse_channel_init(ShopcaisseChannel *self)
{
  self->closing = g_ptr_array_new_with_free_func(g_object_unref);
  self->lists = g_ptr_array_new();
  self->settings = g_variant_ref_sink(g_variant_new("aa{sv}", NULL));
  self->progress = -1;
  self->actions = shopcaisse_actions_new(shopcaisse_channel_run_task, self);
  /* The only signal of a group whose actions neither come, go nor have a state. */
  g_signal_connect_object(self->actions, "action-enabled-changed",
                          G_CALLBACK(g_action_group_action_enabled_changed), self,
                          G_CONNECT_SWAPPED);
}

static void
action_group_iface_init(GActionGroupInterface *iface)
{
  iface->list_actions = list_actions;
  iface->query_action = query_action;
  iface->change_action_state = change_action_state;
  iface->activate_action = activate_action;
}

static void
channel_iface_init(ComptoirChannelInterface *iface)
{
  iface->get_api_version = get_api_version;
  shopcaisse_channel_init_session(iface);
  iface->describe_settings = describe_settings;
  iface->list = list;
}

static void
shopcaisse_channel_class_init(ShopcaisseChannelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);
  object_class->get_property = shopcaisse_channel_get_property;
  object_class->dispose = shopcaisse_channel_dispose;
  object_class->finalize = shopcaisse_channel_finalize;
  g_object_class_override_property(object_class, PROP_STATUS, "status");
  g_object_class_override_property(object_class, PROP_LAST_ERROR, "last-error");
  g_object_class_override_property(object_class, PROP_BUSY, "busy");
  g_object_class_override_property(object_class, PROP_PROGRESS, "progress");
  g_object_class_override_property(object_class, PROP_SETTINGS, "settings");
}
