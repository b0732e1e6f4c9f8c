/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a host asks about articles: plans and links. Each function packs its arguments and calls
 * `perform`. */
#include "contract/argument.h"

#include <comptoir/comptoir-channel.h>

/**
 * comptoir_channel_plan_async:
 * @self: the channel
 * @options: (nullable): what to compare, a dictionary `a{sv}`; a floating reference is consumed
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Compares both sides and writes down what would change. Nothing is changed.
 *
 * Options: `refresh` (b, default %TRUE) reads both sides again first; `items` (as, at most 1000)
 * are the channel's ids of what alone is planned, each with its variants. Another key is ignored.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @options is not a dictionary, or `items` no list of
 * texts.
 *
 * Since: 1.0
 */
void
comptoir_channel_plan_async(ComptoirChannel *self,
                            GVariant *options,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_PLAN,
                                 comptoir_argument_new_options(options), cancellable, callback,
                                 user_data);
}

/**
 * comptoir_channel_plan_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.plan_async].
 *
 * Returns: (transfer full): the plan, a dictionary with its `id`
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_plan_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}

/**
 * comptoir_channel_apply_plan_async:
 * @self: the channel
 * @plan_id: (nullable): the id of a plan
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Does exactly what a plan says.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @plan_id is %NULL or not UTF-8.
 *
 * Since: 1.0
 */
void
comptoir_channel_apply_plan_async(ComptoirChannel *self,
                                  const char *plan_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_APPLY_PLAN,
                                 comptoir_argument_new_text("plan", plan_id), cancellable, callback,
                                 user_data);
}

/**
 * comptoir_channel_apply_plan_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.apply_plan_async].
 *
 * Returns: (transfer full): the outcome, a dictionary
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_apply_plan_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}

/**
 * comptoir_channel_undo_async:
 * @self: the channel
 * @plan_id: (nullable): the id of a plan that was applied
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Does the inverse of a plan, where nobody changed the same since.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @plan_id is %NULL or not UTF-8.
 *
 * Since: 1.0
 */
void
comptoir_channel_undo_async(ComptoirChannel *self,
                            const char *plan_id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_UNDO,
                                 comptoir_argument_new_text("plan", plan_id), cancellable, callback,
                                 user_data);
}

/**
 * comptoir_channel_undo_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.undo_async].
 *
 * Returns: (transfer full): the outcome, a dictionary
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_undo_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}

/**
 * comptoir_channel_suggest_async:
 * @self: the channel
 * @query: (nullable): which articles, a dictionary `a{sv}`; a floating reference is consumed
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Asks which articles of both sides could be the same.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @query is not a dictionary.
 *
 * Since: 1.0
 */
void
comptoir_channel_suggest_async(ComptoirChannel *self,
                               GVariant *query,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_SUGGEST,
                                 comptoir_argument_new_options(query), cancellable, callback,
                                 user_data);
}

/**
 * comptoir_channel_suggest_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.suggest_async].
 *
 * Returns: (transfer full): a page of suggestions
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_suggest_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}

/**
 * comptoir_channel_link_async:
 * @self: the channel
 * @links: (nullable): link rows `aa{sv}`; a floating reference is consumed
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Says that articles of both sides are the same.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @links are not rows.
 *
 * Since: 1.0
 */
void
comptoir_channel_link_async(ComptoirChannel *self,
                            GVariant *links,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_LINK, comptoir_argument_new_rows(links),
                                 cancellable, callback, user_data);
}

/**
 * comptoir_channel_link_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.link_async].
 *
 * Returns: (transfer full): a page of change answers
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_link_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}

/**
 * comptoir_channel_unlink_async:
 * @self: the channel
 * @links: (nullable): link rows `aa{sv}`; a floating reference is consumed
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Says that articles of both sides are not the same.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @links are not rows.
 *
 * Since: 1.0
 */
void
comptoir_channel_unlink_async(ComptoirChannel *self,
                              GVariant *links,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_UNLINK, comptoir_argument_new_rows(links),
                                 cancellable, callback, user_data);
}

/**
 * comptoir_channel_unlink_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.unlink_async].
 *
 * Returns: (transfer full): a page of change answers
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_unlink_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}
