/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A channel that remembers, for the tests of the contract. */
#pragma once

#include "test-contract-loop.h"

#include <comptoir/comptoir.h>

/* A channel that remembers what it was asked and answers what the test says. */
typedef struct {
  GSimpleActionGroup parent_instance;

  guint version;
  guint n_opened;
  ComptoirOperation operation; /* asked last */
  char *argument;              /* (owned) (nullable): asked last, as text */
  GVariant *answer;            /* (owned) (nullable): for the next perform, may float */
  GError *error;               /* (owned) (nullable): for the next perform */
} FakeChannel;
typedef GSimpleActionGroupClass FakeChannelClass;
GType fake_channel_get_type(void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeChannel, g_object_unref)
static void fake_channel_fill(ComptoirChannelInterface *iface);
G_DEFINE_TYPE_WITH_CODE(FakeChannel,
                        fake_channel,
                        G_TYPE_SIMPLE_ACTION_GROUP,
                        G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_CHANNEL, fake_channel_fill))

typedef enum {
  PROP_STATUS = 1,
  PROP_LAST_ERROR,
  PROP_BUSY,
  PROP_PROGRESS,
  PROP_SETTINGS
} Property;

static guint
get_channel_version(ComptoirChannel *channel)
{
  return ((FakeChannel *)channel)->version;
}

static void
open_fake(ComptoirChannel *channel,
          ComptoirHost *host,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  ((FakeChannel *)channel)->n_opened++;
  g_autoptr(GTask) task = g_task_new(channel, cancellable, callback, user_data);
  g_task_return_boolean(task, TRUE);
}

static void
close_fake(ComptoirChannel *channel, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new(channel, NULL, callback, user_data);
  g_task_return_boolean(task, TRUE);
}

static gboolean
finish_fake(ComptoirChannel *channel, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean(G_TASK(result), error);
}

static void
perform_fake(ComptoirChannel *channel,
             ComptoirOperation operation,
             GVariant *argument,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  FakeChannel *self = (FakeChannel *)channel;
  self->operation = operation;
  g_free(self->argument);
  self->argument = g_variant_print(argument, FALSE);
  g_autoptr(GTask) task = g_task_new(channel, cancellable, callback, user_data);
  if (self->error != NULL)
    g_task_return_error(task, g_steal_pointer(&self->error));
  else
    g_task_return_pointer(task, g_steal_pointer(&self->answer), NULL);
}

static GVariant *
finish_perform_fake(ComptoirChannel *channel, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer(G_TASK(result), error);
}

static void
fake_channel_fill(ComptoirChannelInterface *iface)
{
  iface->get_api_version = get_channel_version;
  iface->open_async = open_fake;
  iface->open_finish = finish_fake;
  iface->close_async = close_fake;
  iface->close_finish = finish_fake;
  iface->perform_async = perform_fake;
  iface->perform_finish = finish_perform_fake;
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((Property)id) {
  case PROP_STATUS:
    g_value_set_enum(value, COMPTOIR_STATUS_BLOCKED);
    break;
  case PROP_LAST_ERROR:
    g_value_set_string(value, "a right is missing");
    break;
  case PROP_BUSY:
    g_value_set_boolean(value, TRUE);
    break;
  case PROP_PROGRESS:
    g_value_set_double(value, 0.25);
    break;
  case PROP_SETTINGS:
    g_value_take_variant(value, comptoir_channel_describe_settings(COMPTOIR_CHANNEL(object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
override_properties(GObjectClass *class)
{
  class->get_property = get_property;
  g_object_class_override_property(class, PROP_STATUS, "status");
  g_object_class_override_property(class, PROP_LAST_ERROR, "last-error");
  g_object_class_override_property(class, PROP_BUSY, "busy");
  g_object_class_override_property(class, PROP_PROGRESS, "progress");
  g_object_class_override_property(class, PROP_SETTINGS, "settings");
}

static void
fake_channel_finalize(GObject *object)
{
  FakeChannel *self = (FakeChannel *)object;
  g_free(self->argument);
  g_clear_error(&self->error);
  g_clear_pointer(&self->answer, g_variant_unref);
  G_OBJECT_CLASS(fake_channel_parent_class)->finalize(object);
}

static void
fake_channel_init(FakeChannel *self)
{
  self->version = COMPTOIR_API_VERSION;
}

static void
fake_channel_class_init(FakeChannelClass *class)
{
  override_properties(G_OBJECT_CLASS(class));
  G_OBJECT_CLASS(class)->finalize = fake_channel_finalize;
}

typedef struct {
  guint n_calls;
  GAsyncResult *result; /* (owned) (nullable) */
} Outcome;

static void
keep_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;
  outcome->n_calls++;
  g_set_object(&outcome->result, result);
}

static void
clear_outcome(Outcome *outcome)
{
  g_clear_object(&outcome->result);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Outcome, clear_outcome)

static FakeChannel *
new_channel(void)
{
  FakeChannel *channel = g_object_new(fake_channel_get_type(), NULL);
  channel->answer = g_variant_ref_sink(g_variant_new("a{sv}", NULL));
  return channel;
}
