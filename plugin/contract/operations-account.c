/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a host asks about the connection: settings, credentials, checks and tasks. Each function
 * packs its arguments and calls `perform`. */
#include "contract/argument.h"

#include <comptoir/comptoir-channel.h>

/* (nullable): %NULL for a value that is none */
static const char *
name_policy(ComptoirDisconnectPolicy policy)
{
  g_autoptr(GEnumClass) policies = g_type_class_ref(COMPTOIR_TYPE_DISCONNECT_POLICY);
  const GEnumValue *value = g_enum_get_value(policies, (gint)policy);
  return value != NULL ? value->value_nick : NULL;
}

/**
 * comptoir_channel_diagnose_async:
 * @self: the channel
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Looks at everything that must be right and says what is not.
 *
 * Since: 1.0
 */
void
comptoir_channel_diagnose_async(ComptoirChannel *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_DIAGNOSE,
                                 comptoir_argument_new_options(NULL), cancellable, callback,
                                 user_data);
}

/**
 * comptoir_channel_diagnose_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.diagnose_async].
 *
 * Returns: (transfer full): a page of finding rows
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_diagnose_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}

/**
 * comptoir_channel_set_token_async:
 * @self: the channel
 * @token: (nullable): the token; empty to forget it
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Keeps the token of the service where secrets are kept, tries it, and reads what it sees.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @token is %NULL, not UTF-8, no whole token or one of
 * another environment, with %COMPTOIR_ERROR_CONFLICT when it belongs to another company than the
 * one whose articles are linked (`perform` with `other_company` sets it all the same), both before
 * any request, and with %COMPTOIR_ERROR_UNAUTHORIZED when the service refuses it.
 *
 * Since: 1.0
 */
void
comptoir_channel_set_token_async(ComptoirChannel *self,
                                 const char *token,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_SET_TOKEN,
                                 comptoir_argument_new_text("token", token), cancellable, callback,
                                 user_data);
}

/**
 * comptoir_channel_set_token_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.set_token_async].
 *
 * Returns: (transfer full): the outcome, a dictionary
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_set_token_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}

/**
 * comptoir_channel_disconnect_async:
 * @self: the channel
 * @policy: what becomes of sales that wait
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Ends the connection to the service. Links and articles stay.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @policy is none of the enumeration.
 *
 * Since: 1.0
 */
void
comptoir_channel_disconnect_async(ComptoirChannel *self,
                                  ComptoirDisconnectPolicy policy,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_DISCONNECT,
                                 comptoir_argument_new_text("policy", name_policy(policy)),
                                 cancellable, callback, user_data);
}

/**
 * comptoir_channel_disconnect_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.disconnect_async].
 *
 * Returns: (transfer full): the outcome, a dictionary
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_disconnect_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}

/**
 * comptoir_channel_change_settings_async:
 * @self: the channel
 * @settings: (nullable): the settings to change by their keys, a dictionary `a{sv}`; a floating
 *   reference is consumed
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Changes settings, all or none.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when a value cannot be used; the message says which.
 *
 * Since: 1.0
 */
void
comptoir_channel_change_settings_async(ComptoirChannel *self,
                                       GVariant *settings,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_CHANGE_SETTINGS, settings, cancellable,
                                 callback, user_data);
}

/**
 * comptoir_channel_change_settings_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.change_settings_async].
 *
 * Returns: (transfer full): the settings as they are now, a page of setting rows
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_change_settings_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}

/**
 * comptoir_channel_run_async:
 * @self: the channel
 * @task: (nullable): the task
 * @options: (nullable): options of the task, a dictionary `a{sv}`; a floating reference is consumed
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Starts a task by its name. Each is also an action of the channel.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @task is %NULL or not UTF-8, or @options is not a
 * dictionary, and with %COMPTOIR_ERROR_NOT_SUPPORTED when the channel has no such task.
 *
 * Since: 1.0
 */
void
comptoir_channel_run_async(ComptoirChannel *self,
                           const char *task,
                           GVariant *options,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_RUN,
                                 comptoir_argument_new_task(task, options), cancellable, callback,
                                 user_data);
}

/**
 * comptoir_channel_run_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.run_async].
 *
 * Returns: (transfer full): the outcome, a dictionary
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_run_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}
