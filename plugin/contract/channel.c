/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The channel's side: its properties, opening and closing with the version check, and `perform`,
 * which the typed functions in operations-*.c call. */
#include <comptoir/comptoir-channel.h>
#include <comptoir/comptoir-error.h>
#include <comptoir/comptoir-row.h>
#include <comptoir/comptoir-version.h>

G_DEFINE_INTERFACE_WITH_CODE(ComptoirChannel,
                             comptoir_channel,
                             G_TYPE_OBJECT,
                             g_type_interface_add_prerequisite(g_define_type_id,
                                                               G_TYPE_ACTION_GROUP))

/* Reports what this file itself refuses; its address is the tag by which `finish` knows it again.
 */
static void
refuse(ComptoirChannel *self, GAsyncReadyCallback callback, gpointer user_data, GError *error)
{
  g_task_report_error(self, callback, user_data, refuse, error);
}

static gboolean
is_refused(GAsyncResult *result)
{
  return g_async_result_is_tagged(result, refuse);
}

static GError *
new_absent_error(ComptoirChannel *self, const char *name)
{
  return g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED, "channel %s has not got %s",
                     G_OBJECT_TYPE_NAME(self), name);
}

/* (nullable): %NULL if host and channel fit each other and this library. */
static GError *
check_versions(ComptoirChannel *self, ComptoirHost *host)
{
  guint library = comptoir_get_api_version();
  guint spoken_by_host = comptoir_host_get_api_version(host);
  if (spoken_by_host < 1 || spoken_by_host > library)
    return g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION,
                       "the host speaks version %u of the contract, the library %u", spoken_by_host,
                       library);
  guint spoken_by_channel = comptoir_channel_get_api_version(self);
  if (spoken_by_channel < 1 || spoken_by_channel > library)
    return g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION,
                       "the channel speaks version %u of the contract, the library %u",
                       spoken_by_channel, library);
  return NULL;
}

/* (nullable): %NULL if the host has got what every channel needs. */
static GError *
check_host(ComptoirHost *host)
{
  ComptoirHostInterface *iface = COMPTOIR_HOST_GET_IFACE(host);
  if (iface->dup_name != NULL && iface->dup_instance_id != NULL)
    return NULL;
  return g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "host %s has not got %s",
                     G_OBJECT_TYPE_NAME(host),
                     iface->dup_name == NULL ? "dup_name" : "dup_instance_id");
}

/**
 * comptoir_channel_get_api_version:
 * @self: the channel
 *
 * Asks for the %COMPTOIR_API_VERSION the channel was written for. Operations that are younger fail
 * with %COMPTOIR_ERROR_NOT_SUPPORTED.
 *
 * Returns: the version, or 0 if the channel does not say
 *
 * Since: 1.0
 */
guint
comptoir_channel_get_api_version(ComptoirChannel *self)
{
  g_return_val_if_fail(COMPTOIR_IS_CHANNEL(self), 0);

  ComptoirChannelInterface *iface = COMPTOIR_CHANNEL_GET_IFACE(self);
  return iface->get_api_version != NULL ? iface->get_api_version(self) : 0;
}

/**
 * comptoir_channel_open_async:
 * @self: the channel
 * @host: the host; the channel keeps a reference until it is closed
 * @cancellable: (nullable): stops opening
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Starts the channel in a host. From now on the channel calls the host in the main context that is
 * this thread's default now.
 *
 * Fails with %COMPTOIR_ERROR_VERSION when host, channel and library do not fit, and with
 * %COMPTOIR_ERROR_INVALID when the host has not got a name or an instance id; nothing was touched
 * then.
 *
 * Since: 1.0
 */
void
comptoir_channel_open_async(ComptoirChannel *self,
                            ComptoirHost *host,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail(COMPTOIR_IS_CHANNEL(self));
  g_return_if_fail(COMPTOIR_IS_HOST(host));
  g_return_if_fail(cancellable == NULL || G_IS_CANCELLABLE(cancellable));

  ComptoirChannelInterface *iface = COMPTOIR_CHANNEL_GET_IFACE(self);
  GError *error = check_versions(self, host);
  if (error == NULL)
    error = check_host(host);
  if (error == NULL && (iface->open_async == NULL || iface->open_finish == NULL))
    error = new_absent_error(self, "open");
  if (error != NULL)
    refuse(self, callback, user_data, error);
  else
    iface->open_async(self, host, cancellable, callback, user_data);
}

/**
 * comptoir_channel_open_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.open_async].
 *
 * Returns: %TRUE if the channel is open
 *
 * Since: 1.0
 */
gboolean
comptoir_channel_open_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail(COMPTOIR_IS_CHANNEL(self), FALSE);
  g_return_val_if_fail(G_IS_ASYNC_RESULT(result), FALSE);
  g_return_val_if_fail(error == NULL || *error == NULL, FALSE);

  if (is_refused(result))
    return g_task_propagate_boolean(G_TASK(result), error);
  return COMPTOIR_CHANNEL_GET_IFACE(self)->open_finish(self, result, error);
}

/**
 * comptoir_channel_close_async:
 * @self: the channel
 * @callback: (scope async) (nullable): called when everything is committed, within 2 s
 * @user_data: the data for @callback
 *
 * Stops the channel. What was on the wire is cancelled and done again after the next opening. A
 * host that ends without closing loses nothing either.
 *
 * Since: 1.0
 */
void
comptoir_channel_close_async(ComptoirChannel *self,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail(COMPTOIR_IS_CHANNEL(self));

  ComptoirChannelInterface *iface = COMPTOIR_CHANNEL_GET_IFACE(self);
  if (iface->close_async == NULL || iface->close_finish == NULL)
    refuse(self, callback, user_data, new_absent_error(self, "close"));
  else
    iface->close_async(self, callback, user_data);
}

/**
 * comptoir_channel_close_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.close_async].
 *
 * Returns: %TRUE if the channel is closed
 *
 * Since: 1.0
 */
gboolean
comptoir_channel_close_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail(COMPTOIR_IS_CHANNEL(self), FALSE);
  g_return_val_if_fail(G_IS_ASYNC_RESULT(result), FALSE);
  g_return_val_if_fail(error == NULL || *error == NULL, FALSE);

  if (is_refused(result))
    return g_task_propagate_boolean(G_TASK(result), error);
  return COMPTOIR_CHANNEL_GET_IFACE(self)->close_finish(self, result, error);
}

/**
 * comptoir_channel_perform_async:
 * @self: the channel
 * @operation: what to do
 * @argument: (nullable): a dictionary `a{sv}`, as [enum@Comptoir.Operation] says; a floating
 *   reference is consumed
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Does one operation. The typed functions do the same and pack the argument.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @argument is not a dictionary, and with
 * %COMPTOIR_ERROR_NOT_SUPPORTED when the channel has not got the operation.
 *
 * Since: 1.0
 */
void
comptoir_channel_perform_async(ComptoirChannel *self,
                               ComptoirOperation operation,
                               GVariant *argument,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail(COMPTOIR_IS_CHANNEL(self));
  g_return_if_fail(cancellable == NULL || G_IS_CANCELLABLE(cancellable));

  g_autoptr(GVariant) given = argument != NULL ? g_variant_ref_sink(argument) : NULL;
  ComptoirChannelInterface *iface = COMPTOIR_CHANNEL_GET_IFACE(self);
  if (iface->perform_async == NULL || iface->perform_finish == NULL) {
    refuse(self, callback, user_data, new_absent_error(self, "perform"));
    return;
  }
  if (given == NULL || !g_variant_is_of_type(given, G_VARIANT_TYPE_VARDICT)) {
    g_autofree char *name = g_enum_to_string(COMPTOIR_TYPE_OPERATION, (gint)operation);
    refuse(self, callback, user_data,
           g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                       "%s: an argument is missing, has the wrong type or is not UTF-8", name));
    return;
  }
  g_autoptr(GVariant) normal = g_variant_get_normal_form(given);
  iface->perform_async(self, operation, normal, cancellable, callback, user_data);
}

/**
 * comptoir_channel_perform_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.perform_async].
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the channel gave no dictionary.
 *
 * Returns: (transfer full): a dictionary `a{sv}`
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_perform_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail(COMPTOIR_IS_CHANNEL(self), NULL);
  g_return_val_if_fail(G_IS_ASYNC_RESULT(result), NULL);
  g_return_val_if_fail(error == NULL || *error == NULL, NULL);

  if (is_refused(result))
    return g_task_propagate_pointer(G_TASK(result), error);

  g_autoptr(GError) reason = NULL;
  GVariant *answer = COMPTOIR_CHANNEL_GET_IFACE(self)->perform_finish(self, result, &reason);
  g_autoptr(GVariant) owned = answer != NULL ? g_variant_take_ref(answer) : NULL;
  if (reason != NULL) {
    g_propagate_error(error, g_steal_pointer(&reason));
    return NULL;
  }
  if (owned == NULL || !g_variant_is_of_type(owned, G_VARIANT_TYPE_VARDICT)) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, "channel %s answered no dictionary",
                G_OBJECT_TYPE_NAME(self));
    return NULL;
  }
  return g_steal_pointer(&owned);
}

/**
 * comptoir_channel_describe_settings:
 * @self: the channel
 *
 * Gives the settings as data, so that any host can draw them: `aa{sv}` of setting rows. Secrets are
 * described, never given.
 *
 * Returns: (transfer full): the settings, none if the channel has not got any
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_describe_settings(ComptoirChannel *self)
{
  g_return_val_if_fail(COMPTOIR_IS_CHANNEL(self), NULL);

  ComptoirChannelInterface *iface = COMPTOIR_CHANNEL_GET_IFACE(self);
  GVariant *settings = iface->describe_settings != NULL ? iface->describe_settings(self) : NULL;
  if (settings == NULL)
    settings = g_variant_new("aa{sv}", NULL);
  return g_variant_take_ref(settings);
}

/**
 * comptoir_channel_list:
 * @self: the channel
 * @kind: which list: `journal`, `orders`, `articles`, `items`, `links`, `plan`, `companies`,
 * `stores`, `registers`, `price-lists`, `facts`, `rights`, `flows`, `checklist`, `timeline`
 * @query: (nullable): a query; a floating reference is consumed
 *
 * Gives a list that fills itself as it is looked at, in the main context of
 * [method@Comptoir.Channel.open_async].
 *
 * It may have three properties more: `complete`, whether all rows are counted yet, `counts`, an
 * `a{su}` of how many rows are in each state, whichever state the query asks for, and `error`, a
 * #GError that says why rows are missing: %COMPTOIR_ERROR_INVALID names the word of the query that
 * is not known.
 *
 * Returns: (transfer full): a list of [class@Comptoir.Row], empty if the channel has not got @kind
 *
 * Since: 1.0
 */
GListModel *
comptoir_channel_list(ComptoirChannel *self, const char *kind, GVariant *query)
{
  g_return_val_if_fail(COMPTOIR_IS_CHANNEL(self), NULL);
  g_return_val_if_fail(kind != NULL, NULL);

  g_autoptr(GVariant) asked =
      g_variant_ref_sink(query != NULL ? query : g_variant_new("a{sv}", NULL));
  g_return_val_if_fail(g_variant_is_of_type(asked, G_VARIANT_TYPE_VARDICT), NULL);

  ComptoirChannelInterface *iface = COMPTOIR_CHANNEL_GET_IFACE(self);
  GListModel *list = iface->list != NULL ? iface->list(self, kind, asked) : NULL;
  return list != NULL ? list : G_LIST_MODEL(g_list_store_new(COMPTOIR_TYPE_ROW));
}

/**
 * comptoir_channel_get_status:
 * @self: the channel
 *
 * Gives [property@Comptoir.Channel:status].
 *
 * Returns: how the channel is
 *
 * Since: 1.0
 */
ComptoirStatus
comptoir_channel_get_status(ComptoirChannel *self)
{
  g_return_val_if_fail(COMPTOIR_IS_CHANNEL(self), COMPTOIR_STATUS_CLOSED);

  ComptoirStatus status = COMPTOIR_STATUS_CLOSED;
  g_object_get(self, "status", &status, NULL);
  return status;
}

/**
 * comptoir_channel_dup_last_error:
 * @self: the channel
 *
 * Gives [property@Comptoir.Channel:last-error].
 *
 * Returns: (transfer full) (nullable): a sentence, or %NULL
 *
 * Since: 1.0
 */
char *
comptoir_channel_dup_last_error(ComptoirChannel *self)
{
  g_return_val_if_fail(COMPTOIR_IS_CHANNEL(self), NULL);

  char *last_error = NULL;
  g_object_get(self, "last-error", &last_error, NULL);
  return last_error;
}

/**
 * comptoir_channel_is_busy:
 * @self: the channel
 *
 * Gives [property@Comptoir.Channel:busy].
 *
 * Returns: %TRUE while something is under way
 *
 * Since: 1.0
 */
gboolean
comptoir_channel_is_busy(ComptoirChannel *self)
{
  g_return_val_if_fail(COMPTOIR_IS_CHANNEL(self), FALSE);

  gboolean busy = FALSE;
  g_object_get(self, "busy", &busy, NULL);
  return busy;
}

/**
 * comptoir_channel_get_progress:
 * @self: the channel
 *
 * Gives [property@Comptoir.Channel:progress].
 *
 * Returns: 0 to 1, or -1 if it is not known
 *
 * Since: 1.0
 */
double
comptoir_channel_get_progress(ComptoirChannel *self)
{
  g_return_val_if_fail(COMPTOIR_IS_CHANNEL(self), -1);

  double progress = -1;
  g_object_get(self, "progress", &progress, NULL);
  return progress;
}

static void
comptoir_channel_default_init(ComptoirChannelInterface *iface)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  /**
   * ComptoirChannel:status:
   *
   * How the channel is.
   *
   * Since: 1.0
   */
  g_object_interface_install_property(
      iface,
      g_param_spec_enum("status", NULL, NULL, COMPTOIR_TYPE_STATUS, COMPTOIR_STATUS_CLOSED, flags));

  /**
   * ComptoirChannel:last-error:
   *
   * What a person must know or do, as a sentence, or %NULL while all is well.
   *
   * Since: 1.0
   */
  g_object_interface_install_property(iface,
                                      g_param_spec_string("last-error", NULL, NULL, NULL, flags));

  /**
   * ComptoirChannel:busy:
   *
   * Whether something is under way.
   *
   * Since: 1.0
   */
  g_object_interface_install_property(iface,
                                      g_param_spec_boolean("busy", NULL, NULL, FALSE, flags));

  /**
   * ComptoirChannel:progress:
   *
   * How far what is under way has come, 0 to 1, or -1 if it is not known.
   *
   * Since: 1.0
   */
  g_object_interface_install_property(
      iface, g_param_spec_double("progress", NULL, NULL, -1, 1, -1, flags));

  /**
   * ComptoirChannel:settings: (type GVariant)
   *
   * What [method@Comptoir.Channel.describe_settings] gives; told as changed when a value, its
   * choices or its error changed.
   *
   * Since: 1.0
   */
  g_object_interface_install_property(
      iface, g_param_spec_variant("settings", NULL, NULL, G_VARIANT_TYPE("aa{sv}"), NULL, flags));
}
