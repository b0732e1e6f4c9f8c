/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scripted-channel.h"

#include "scripted-list.h"

struct ScriptedChannel {
  GSimpleActionGroup parent_instance;

  ComptoirStatus status;
  char *last_error;    /* (owned) (nullable) */
  GVariant *settings;  /* (owned): aa{sv} */
  GVariant *findings;  /* (owned): aa{sv} */
  GHashTable *lists;   /* (owned) (element-type utf8 ScriptedList) */
  GHashTable *queries; /* (owned) (element-type utf8 utf8) */
  GQueue waiting;      /* (owned) (element-type GTask) */
  guint n_asked[COMPTOIR_OPERATION_ERASE_CUSTOMER + 1];
  char *asked; /* (owned) */
};
typedef GSimpleActionGroupClass ScriptedChannelClass;

enum {
  PROP_STATUS = 1,
  PROP_LAST_ERROR,
  PROP_BUSY,
  PROP_PROGRESS,
  PROP_SETTINGS
};

static void channel_iface_init(ComptoirChannelInterface *iface);

G_DEFINE_TYPE_WITH_CODE(ScriptedChannel,
                        scripted_channel,
                        G_TYPE_SIMPLE_ACTION_GROUP,
                        G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_CHANNEL, channel_iface_init))

ScriptedChannel *
scripted_channel_new(void)
{
  return g_object_new(scripted_channel_get_type(), NULL);
}

static GVariant *
parse(const char *type, const char *text)
{
  g_autoptr(GError) error = NULL;
  GVariant *value = g_variant_parse(G_VARIANT_TYPE(type), text, NULL, NULL, &error);
  if (value == NULL)
    g_critical("%s: %s", error->message, text);
  return value;
}

void
scripted_channel_set_status(ScriptedChannel *self, ComptoirStatus status, const char *error)
{
  g_free(self->last_error);
  self->last_error = g_strdup(error);
  self->status = status;
  g_object_notify(G_OBJECT(self), "last-error");
  g_object_notify(G_OBJECT(self), "status");
}

static void
take_settings(ScriptedChannel *self, GVariant *settings)
{
  g_variant_unref(self->settings);
  self->settings = g_variant_ref_sink(settings);
  g_object_notify(G_OBJECT(self), "settings");
}

void
scripted_channel_set_settings(ScriptedChannel *self, const char *rows)
{
  g_autoptr(GVariant) settings = parse("aa{sv}", rows);
  take_settings(self, settings);
}

void
scripted_channel_set_setting(ScriptedChannel *self, const char *key, const char *value)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < g_variant_n_children(self->settings); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(self->settings, i);
    g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(row);
    const char *found = "";
    g_variant_lookup(row, "key", "&s", &found);
    if (g_str_equal(found, key)) {
      g_autoptr(GVariant) parsed = g_variant_parse(NULL, value, NULL, NULL, NULL);
      g_variant_dict_insert_value(&dict, "value", parsed);
    }
    g_variant_builder_add_value(&rows, g_variant_dict_end(&dict));
  }
  take_settings(self, g_variant_builder_end(&rows));
}

static ScriptedList *
get_list(ScriptedChannel *self, const char *kind)
{
  ScriptedList *list = g_hash_table_lookup(self->lists, kind);
  if (list == NULL) {
    list = scripted_list_new();
    g_hash_table_insert(self->lists, g_strdup(kind), list);
  }
  return list;
}

void
scripted_channel_set_list(ScriptedChannel *self, const char *kind, const char *rows)
{
  g_autoptr(GVariant) parsed = parse("aa{sv}", rows);
  scripted_list_set_rows(get_list(self, kind), parsed);
}

void
scripted_channel_set_counts(ScriptedChannel *self, const char *kind, const char *counts)
{
  g_autoptr(GVariant) parsed = parse("a{su}", counts);
  scripted_list_set_counts(get_list(self, kind), parsed);
}

void
scripted_channel_set_loading(ScriptedChannel *self, const char *kind)
{
  scripted_list_set_loading(get_list(self, kind));
}

void
scripted_channel_fail_list(ScriptedChannel *self, const char *kind, GError *error)
{
  scripted_list_fail(get_list(self, kind), error);
}

void
scripted_channel_set_long_list(ScriptedChannel *self, const char *kind, guint n_rows)
{
  scripted_list_set_length(get_list(self, kind), n_rows);
}

/* Who asks from now on gets another list. */
void
scripted_channel_renew_long_list(ScriptedChannel *self, const char *kind, guint n_rows)
{
  g_hash_table_remove(self->lists, kind);
  scripted_channel_set_long_list(self, kind, n_rows);
}

guint
scripted_channel_count_windows(ScriptedChannel *self, const char *kind)
{
  return scripted_list_count_windows(get_list(self, kind));
}

guint
scripted_channel_count_windows_again(ScriptedChannel *self, const char *kind)
{
  return scripted_list_count_windows_again(get_list(self, kind));
}

const char *
scripted_channel_get_query(ScriptedChannel *self, const char *kind)
{
  return g_hash_table_lookup(self->queries, kind);
}

void
scripted_channel_set_findings(ScriptedChannel *self, const char *rows)
{
  g_variant_unref(self->findings);
  self->findings = parse("aa{sv}", rows);
}

guint
scripted_channel_count_waiting(ScriptedChannel *self)
{
  return self->waiting.length;
}

guint
scripted_channel_count_asked(ScriptedChannel *self, ComptoirOperation operation)
{
  return self->n_asked[operation];
}

const char *
scripted_channel_get_asked(ScriptedChannel *self)
{
  return self->asked;
}

void
scripted_channel_answer(ScriptedChannel *self, const char *answer)
{
  g_autoptr(GTask) task = g_queue_pop_head(&self->waiting);
  g_task_return_pointer(task, parse("a{sv}", answer), (GDestroyNotify)g_variant_unref);
}

void
scripted_channel_fail(ScriptedChannel *self, GError *error)
{
  g_autoptr(GTask) task = g_queue_pop_head(&self->waiting);
  g_task_return_error(task, error);
}

void
scripted_channel_fail_all(ScriptedChannel *self)
{
  while (self->waiting.length > 0)
    scripted_channel_fail(self,
                          g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "it ends here"));
}

static guint
get_api_version(ComptoirChannel *channel)
{
  return COMPTOIR_API_VERSION;
}

static void
perform_async(ComptoirChannel *channel,
              ComptoirOperation operation,
              GVariant *argument,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  ScriptedChannel *self = (ScriptedChannel *)channel;
  g_autoptr(GTask) task = g_task_new(channel, cancellable, callback, user_data);
  self->n_asked[operation]++;
  if (operation == COMPTOIR_OPERATION_DIAGNOSE) {
    GVariant *answer = g_variant_ref_sink(g_variant_new_parsed("{'rows': <%*>}", self->findings));
    g_task_return_pointer(task, answer, (GDestroyNotify)g_variant_unref);
    return;
  }
  g_autofree char *name = g_enum_to_string(COMPTOIR_TYPE_OPERATION, (int)operation);
  g_autofree char *text = g_variant_print(argument, FALSE);
  g_free(self->asked);
  self->asked = g_strdup_printf("%s %s", name + strlen("COMPTOIR_OPERATION_"), text);
  g_queue_push_tail(&self->waiting, g_steal_pointer(&task));
}

static GVariant *
perform_finish(ComptoirChannel *channel, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer(G_TASK(result), error);
}

static GVariant *
describe_settings(ComptoirChannel *channel)
{
  return g_variant_ref(((ScriptedChannel *)channel)->settings);
}

static GListModel *
list(ComptoirChannel *channel, const char *kind, GVariant *query)
{
  ScriptedChannel *self = (ScriptedChannel *)channel;
  g_hash_table_insert(self->queries, g_strdup(kind), g_variant_print(query, FALSE));
  return G_LIST_MODEL(g_object_ref(get_list(self, kind)));
}

static void
get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ScriptedChannel *self = (ScriptedChannel *)object;
  switch (id) {
  case PROP_STATUS:
    g_value_set_enum(value, self->status);
    break;
  case PROP_LAST_ERROR:
    g_value_set_string(value, self->last_error);
    break;
  case PROP_BUSY:
    g_value_set_boolean(value, self->waiting.length > 0);
    break;
  case PROP_PROGRESS:
    g_value_set_double(value, -1);
    break;
  case PROP_SETTINGS:
    g_value_set_variant(value, self->settings);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

static void
finalize(GObject *object)
{
  ScriptedChannel *self = (ScriptedChannel *)object;
  g_assert(self->waiting.length == 0);
  g_hash_table_unref(self->lists);
  g_hash_table_unref(self->queries);
  g_variant_unref(self->settings);
  g_variant_unref(self->findings);
  g_free(self->last_error);
  g_free(self->asked);
  G_OBJECT_CLASS(scripted_channel_parent_class)->finalize(object);
}

static void
scripted_channel_init(ScriptedChannel *self)
{
  self->status = COMPTOIR_STATUS_NOT_CONFIGURED;
  self->settings = g_variant_ref_sink(g_variant_new("aa{sv}", NULL));
  self->findings = g_variant_ref_sink(g_variant_new("aa{sv}", NULL));
  self->lists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_object_unref);
  self->queries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  self->asked = g_strdup("");
  g_queue_init(&self->waiting);
}

static void
channel_iface_init(ComptoirChannelInterface *iface)
{
  iface->get_api_version = get_api_version;
  iface->perform_async = perform_async;
  iface->perform_finish = perform_finish;
  iface->describe_settings = describe_settings;
  iface->list = list;
}

/* The contract has the property, or a channel brings it. */
static void
install_settings(GObjectClass *class)
{
  gpointer iface = g_type_default_interface_ref(COMPTOIR_TYPE_CHANNEL);
  if (g_object_interface_find_property(iface, "settings") != NULL)
    g_object_class_override_property(class, PROP_SETTINGS, "settings");
  else
    g_object_class_install_property(class, PROP_SETTINGS,
                                    g_param_spec_variant("settings", NULL, NULL,
                                                         G_VARIANT_TYPE("aa{sv}"), NULL,
                                                         G_PARAM_READABLE));
  g_type_default_interface_unref(iface);
}

static void
scripted_channel_class_init(ScriptedChannelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);
  object_class->get_property = get_property;
  object_class->finalize = finalize;
  g_object_class_override_property(object_class, PROP_STATUS, "status");
  g_object_class_override_property(object_class, PROP_LAST_ERROR, "last-error");
  g_object_class_override_property(object_class, PROP_BUSY, "busy");
  g_object_class_override_property(object_class, PROP_PROGRESS, "progress");
  install_settings(object_class);
}
