/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A channel for tests of hosts: opens, closes, and answers from a table. It keeps nothing, knows no
 * service and no rule; what each operation answers is in fake-answers.c. */

#include "fake-channel.h"

/* More than a reader takes at once. */
#define LONG_LIST 1200

struct _FakeChannel {
  GSimpleActionGroup parent_instance;

  ComptoirHost *host; /* (owned) (nullable): set while open */
  ComptoirStatus status;
  double progress;
};

typedef enum {
  PROP_STATUS = 1,
  PROP_LAST_ERROR,
  PROP_BUSY,
  PROP_PROGRESS,
  PROP_SETTINGS
} FakeChannelProperty;

static void fake_channel_iface_init(ComptoirChannelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE(FakeChannel,
                              fake_channel,
                              G_TYPE_SIMPLE_ACTION_GROUP,
                              G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_CHANNEL, fake_channel_iface_init))

/**
 * fake_channel_get_host:
 * @self: the channel
 *
 * Gets the host.
 *
 * Returns: (transfer none) (nullable): the host, while open
 */
ComptoirHost *
fake_channel_get_host(FakeChannel *self)
{
  return self->host;
}

/**
 * fake_channel_set_progress:
 * @self: the channel
 * @progress: 0 to 1, or -1 for not busy
 *
 * Tells how far work has come.
 */
void
fake_channel_set_progress(FakeChannel *self, double progress)
{
  self->progress = progress;
  g_object_notify(G_OBJECT(self), "busy");
  g_object_notify(G_OBJECT(self), "progress");
}

static guint
get_api_version(ComptoirChannel *channel)
{
  return COMPTOIR_API_VERSION;
}

static void
open_async(ComptoirChannel *channel,
           ComptoirHost *host,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  FakeChannel *self = FAKE_CHANNEL(channel);
  g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
  g_autofree char *folder = comptoir_host_dup_state_dir(host);

  if (folder != NULL && g_str_has_suffix(folder, "-taken")) {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY, "process 1 has the profile");
    return;
  }
  self->host = g_object_ref(host);
  self->status = COMPTOIR_STATUS_READY;
  g_object_notify(G_OBJECT(self), "status");
  g_task_return_boolean(task, TRUE);
}

static gboolean
open_finish(ComptoirChannel *channel, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean(G_TASK(result), error);
}

static void
close_async(ComptoirChannel *channel, GAsyncReadyCallback callback, gpointer user_data)
{
  FakeChannel *self = FAKE_CHANNEL(channel);
  g_autoptr(GTask) task = g_task_new(self, NULL, callback, user_data);

  g_clear_object(&self->host);
  self->status = COMPTOIR_STATUS_CLOSED;
  g_object_notify(G_OBJECT(self), "status");
  g_task_return_boolean(task, TRUE);
}

static void
perform_async(ComptoirChannel *channel,
              ComptoirOperation operation,
              GVariant *argument,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GTask *task = g_task_new(channel, cancellable, callback, user_data);

  fake_answers_perform(FAKE_CHANNEL(channel), operation, argument, task);
}

static GVariant *
perform_finish(ComptoirChannel *channel, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer(G_TASK(result), error);
}

static GVariant *
describe_settings(ComptoirChannel *channel)
{
  return g_variant_new_parsed(
      "[{'key': <'store'>, 'kind': <'choice'>, 'label': <'Store'>, 'group': <'g'>, 'value': "
      "<<'s1'>>},"
      " {'key': <'stores'>, 'kind': <'choices'>, 'label': <'Stores'>, 'group': <'g'>,"
      "  'value': <<['s1', 's2']>>},"
      " {'key': <'interval'>, 'kind': <'number'>, 'label': <'Interval'>, 'group': <'g'>,"
      "  'value': <<uint32 60>>},"
      " {'key': <'webhooks'>, 'kind': <'boolean'>, 'label': <'Webhooks'>, 'group': <'g'>,"
      "  'value': <<false>>},"
      " {'key': <'token'>, 'kind': <'secret'>, 'label': <'Token'>, 'group': <'g'>}]");
}

static gboolean
fill_cb(gpointer user_data)
{
  comptoir_row_set_values(COMPTOIR_ROW(user_data),
                          g_variant_new_parsed("{'id': <'1'>, 'text': <'filled late'>}"));
  return G_SOURCE_REMOVE;
}

static void
append_row(GListStore *store, GVariant *values)
{
  g_autoptr(ComptoirRow) row = comptoir_row_new(values);

  g_list_store_append(store, row);
}

/* Rows that are filled from the main loop, as those of a real channel are. */
static GListModel *
list(ComptoirChannel *channel, const char *kind, GVariant *query)
{
  GListStore *store = g_list_store_new(COMPTOIR_TYPE_ROW);
  guint n_rows = 0;

  /* Its row says what was asked for. */
  if (g_str_equal(kind, "articles"))
    append_row(store, query);
  else if (g_str_equal(kind, "timed"))
    append_row(store, g_variant_new_parsed("{'at': <int64 1772362920000000>, 'text': <'Opened'>}"));
  else if (g_str_equal(kind, "wide"))
    append_row(store, g_variant_new_parsed("{'id': <'a title that is far wider than a column may "
                                           "be'>, 'text': <'next'>}"));
  else if (g_str_equal(kind, "journal"))
    n_rows = 1;
  else if (g_str_equal(kind, "long"))
    n_rows = LONG_LIST;
  for (guint i = 0; i < n_rows; i++) {
    g_autoptr(ComptoirRow) row = comptoir_row_new(NULL);

    g_list_store_append(store, row);
    (void)g_idle_add_full(G_PRIORITY_DEFAULT_IDLE, fill_cb, g_object_ref(row), g_object_unref);
  }
  return G_LIST_MODEL(store);
}

static void
fake_channel_iface_init(ComptoirChannelInterface *iface)
{
  iface->get_api_version = get_api_version;
  iface->open_async = open_async;
  iface->open_finish = open_finish;
  iface->close_async = close_async;
  iface->close_finish = open_finish;
  iface->perform_async = perform_async;
  iface->perform_finish = perform_finish;
  iface->describe_settings = describe_settings;
  iface->list = list;
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FakeChannel *self = FAKE_CHANNEL(object);

  switch ((FakeChannelProperty)id) {
  case PROP_STATUS:
    g_value_set_enum(value, (int)self->status);
    break;
  case PROP_LAST_ERROR:
    g_value_set_string(value, NULL);
    break;
  case PROP_BUSY:
    g_value_set_boolean(value, self->progress >= 0);
    break;
  case PROP_PROGRESS:
    g_value_set_double(value, self->progress);
    break;
  case PROP_SETTINGS:
    g_value_take_variant(value, comptoir_channel_describe_settings(COMPTOIR_CHANNEL(object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
fake_channel_class_init(FakeChannelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);

  object_class->get_property = get_property;
  g_object_class_override_property(object_class, PROP_STATUS, "status");
  g_object_class_override_property(object_class, PROP_LAST_ERROR, "last-error");
  g_object_class_override_property(object_class, PROP_BUSY, "busy");
  g_object_class_override_property(object_class, PROP_PROGRESS, "progress");
  g_object_class_override_property(object_class, PROP_SETTINGS, "settings");
}

static void
fake_channel_init(FakeChannel *self)
{
  self->progress = -1;
}
