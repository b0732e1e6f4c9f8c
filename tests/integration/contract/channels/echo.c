/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The channel "echo": a GIO module that answers what it was asked, and on the tasks "ask" and
 * "describe-host" passes questions on to the host. It stores nothing and knows no service. */
#include <comptoir/comptoir.h>
#include <gio/gio.h>

typedef struct {
  GSimpleActionGroup parent_instance;

  ComptoirHost *host; /* (owned) (nullable): while open */
  ComptoirStatus status;
} EchoChannel;
typedef GSimpleActionGroupClass EchoChannelClass;

GType echo_channel_get_type(void);
void g_io_echo_load(GIOModule *module);
void g_io_echo_unload(GIOModule *module);
char **g_io_echo_query(void);

typedef enum {
  PROP_STATUS = 1,
  PROP_LAST_ERROR,
  PROP_BUSY,
  PROP_PROGRESS,
  PROP_SETTINGS
} EchoChannelProperty;

typedef void (*Question)(ComptoirHost *host, GVariant *argument, ComptoirRequest *request);

static void answer_cb(GVariant *answer, const GError *error, gpointer user_data);
static void echo_channel_fill(ComptoirChannelInterface *iface);

G_DEFINE_TYPE_WITH_CODE(EchoChannel,
                        echo_channel,
                        G_TYPE_SIMPLE_ACTION_GROUP,
                        G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_CHANNEL, echo_channel_fill))

static const struct {
  const char *name;
  Question ask;
} questions[] = {
  { "list_articles", comptoir_host_list_articles },
  { "list_sales", comptoir_host_list_sales },
  { "apply_articles", comptoir_host_apply_articles },
  { "record_sales", comptoir_host_record_sales },
  { "list_customers", comptoir_host_list_customers },
  { "list_payment_methods", comptoir_host_list_payment_methods },
  { "list_taxes", comptoir_host_list_taxes },
  { "list_shipments", comptoir_host_list_shipments },
  { "list_sale_statuses", comptoir_host_list_sale_statuses },
};

static guint
echo_channel_get_api_version(ComptoirChannel *channel)
{
  return COMPTOIR_API_VERSION;
}

static void
set_status(EchoChannel *self, ComptoirStatus status)
{
  self->status = status;
  g_object_notify(G_OBJECT(self), "status");
}

static void
echo_channel_open_async(ComptoirChannel *channel,
                        ComptoirHost *host,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  EchoChannel *self = (EchoChannel *)channel;
  g_autoptr(GTask) task = g_task_new(channel, cancellable, callback, user_data);
  g_set_object(&self->host, host);
  set_status(self, COMPTOIR_STATUS_READY);
  g_task_return_boolean(task, TRUE);
}

static void
echo_channel_close_async(ComptoirChannel *channel, GAsyncReadyCallback callback, gpointer user_data)
{
  EchoChannel *self = (EchoChannel *)channel;
  g_autoptr(GTask) task = g_task_new(channel, NULL, callback, user_data);
  g_clear_object(&self->host);
  set_status(self, COMPTOIR_STATUS_CLOSED);
  g_task_return_boolean(task, TRUE);
}

static gboolean
echo_channel_finish(ComptoirChannel *channel, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean(G_TASK(result), error);
}

static void
return_dictionary(GTask *task, GVariant *dictionary)
{
  g_task_return_pointer(task, g_variant_ref_sink(dictionary), (GDestroyNotify)g_variant_unref);
}

static void
submit(EchoChannel *self, GTask *task, GVariant *sale)
{
  const char *id = "";
  g_variant_lookup(sale, COMPTOIR_KEY_ID, "&s", &id);
  comptoir_host_sale_progressed(self->host,
                                g_variant_new_parsed("{'id': <%s>, 'state': <'sent'>}", id));
  return_dictionary(task, g_variant_new_parsed("{'id': <%s>, 'state': <'waiting'>}", id));
}

static void
ask_for_secret(EchoChannel *self, GVariant *options, ComptoirRequest *request)
{
  const char *name = "";
  const char *secret = NULL;
  g_variant_lookup(options, "name", "&s", &name);
  if (g_variant_lookup(options, "secret", "&s", &secret))
    comptoir_host_store_secret(self->host, name, secret, request);
  else
    comptoir_host_lookup_secret(self->host, name, request);
}

static void
ask(EchoChannel *self, GTask *task, GVariant *options)
{
  const char *name = "";
  guint timeout_ms = 20000;
  g_variant_lookup(options, "question", "&s", &name);
  g_variant_lookup(options, "timeout_ms", "u", &timeout_ms);
  g_autoptr(GVariant) argument = g_variant_lookup_value(options, "argument", NULL);
  g_autoptr(ComptoirRequest) request =
      comptoir_request_new(timeout_ms, answer_cb, g_object_ref(task));
  for (gsize i = 0; i < G_N_ELEMENTS(questions); i++)
    if (g_str_equal(name, questions[i].name))
      questions[i].ask(self->host, argument, request);
  if (g_str_equal(name, "secret"))
    ask_for_secret(self, options, request);
}

static void
answer_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  if (error != NULL)
    g_task_return_error(task, g_error_copy(error));
  else
    return_dictionary(task, answer);
}

static void
add_text(GVariantDict *dictionary, const char *key, char *text)
{
  g_autofree char *owned = text;
  if (owned != NULL)
    g_variant_dict_insert(dictionary, key, "s", owned);
}

static void
describe_host(EchoChannel *self, GTask *task)
{
  g_auto(GVariantDict) words = G_VARIANT_DICT_INIT(NULL);
  add_text(&words, "name", comptoir_host_dup_name(self->host));
  add_text(&words, "instance_id", comptoir_host_dup_instance_id(self->host));
  add_text(&words, "location", comptoir_host_dup_location(self->host));
  add_text(&words, "state_dir", comptoir_host_dup_state_dir(self->host));
  add_text(&words, "document_locale", comptoir_host_dup_document_locale(self->host));
  g_variant_dict_insert(&words, "features", "u", (guint)comptoir_host_get_features(self->host));
  return_dictionary(task, g_variant_dict_end(&words));
}

static void
echo(GTask *task, ComptoirOperation operation, GVariant *argument)
{
  g_autoptr(GEnumClass) operations = g_type_class_ref(COMPTOIR_TYPE_OPERATION);
  const GEnumValue *value = g_enum_get_value(operations, (gint)operation);
  return_dictionary(task, g_variant_new_parsed("{'operation': <%s>, 'argument': %v}",
                                               value != NULL ? value->value_nick : "",
                                               g_variant_new_variant(argument)));
}

static void
echo_channel_perform_async(ComptoirChannel *channel,
                           ComptoirOperation operation,
                           GVariant *argument,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  EchoChannel *self = (EchoChannel *)channel;
  g_autoptr(GTask) task = g_task_new(channel, cancellable, callback, user_data);
  const char *name = "";
  g_variant_lookup(argument, "task", "&s", &name);
  if (self->host == NULL)
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED,
                            "the channel is not open");
  else if (operation == COMPTOIR_OPERATION_SUBMIT_SALE)
    submit(self, task, argument);
  else if (operation == COMPTOIR_OPERATION_RUN && g_str_equal(name, "ask"))
    ask(self, task, argument);
  else if (operation == COMPTOIR_OPERATION_RUN && g_str_equal(name, "describe-host"))
    describe_host(self, task);
  else
    echo(task, operation, argument);
}

static GVariant *
echo_channel_perform_finish(ComptoirChannel *channel, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer(G_TASK(result), error);
}

static GListModel *
echo_channel_list(ComptoirChannel *channel, const char *kind, GVariant *query)
{
  GListStore *store = g_list_store_new(COMPTOIR_TYPE_ROW);
  g_autoptr(ComptoirRow) row = comptoir_row_new(g_variant_new_parsed("{'kind': <%s>}", kind));
  g_list_store_append(store, row);
  return G_LIST_MODEL(store);
}

static void
echo_channel_fill(ComptoirChannelInterface *iface)
{
  iface->get_api_version = echo_channel_get_api_version;
  iface->open_async = echo_channel_open_async;
  iface->open_finish = echo_channel_finish;
  iface->close_async = echo_channel_close_async;
  iface->close_finish = echo_channel_finish;
  iface->perform_async = echo_channel_perform_async;
  iface->perform_finish = echo_channel_perform_finish;
  iface->list = echo_channel_list;
}

static void
echo_channel_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EchoChannel *self = (EchoChannel *)object;
  switch ((EchoChannelProperty)id) {
  case PROP_STATUS:
    g_value_set_enum(value, self->status);
    break;
  case PROP_LAST_ERROR:
    g_value_set_string(value, NULL);
    break;
  case PROP_BUSY:
    g_value_set_boolean(value, FALSE);
    break;
  case PROP_PROGRESS:
    g_value_set_double(value, -1);
    break;
  case PROP_SETTINGS:
    g_value_take_variant(value, comptoir_channel_describe_settings(COMPTOIR_CHANNEL(object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
echo_channel_dispose(GObject *object)
{
  g_clear_object(&((EchoChannel *)object)->host);
  G_OBJECT_CLASS(echo_channel_parent_class)->dispose(object);
}

static void
echo_channel_init(EchoChannel *self)
{
  g_autoptr(GSimpleAction) action = g_simple_action_new("sync-articles", NULL);
  g_action_map_add_action(G_ACTION_MAP(self), G_ACTION(action));
}

static void
echo_channel_class_init(EchoChannelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);
  object_class->get_property = echo_channel_get_property;
  object_class->dispose = echo_channel_dispose;
  g_object_class_override_property(object_class, PROP_STATUS, "status");
  g_object_class_override_property(object_class, PROP_LAST_ERROR, "last-error");
  g_object_class_override_property(object_class, PROP_BUSY, "busy");
  g_object_class_override_property(object_class, PROP_PROGRESS, "progress");
  g_object_class_override_property(object_class, PROP_SETTINGS, "settings");
}

/* The types are static, so the module stays: it takes a use of itself. */
G_MODULE_EXPORT void
g_io_echo_load(GIOModule *module)
{
  g_type_module_use(G_TYPE_MODULE(module));
  g_io_extension_point_implement(COMPTOIR_CHANNEL_EXTENSION_POINT, echo_channel_get_type(), "echo",
                                 0);
}

G_MODULE_EXPORT void
g_io_echo_unload(GIOModule *module)
{
}

G_MODULE_EXPORT char **
g_io_echo_query(void)
{
  char *points[] = { (char *)COMPTOIR_CHANNEL_EXTENSION_POINT, NULL };
  return g_strdupv(points);
}
