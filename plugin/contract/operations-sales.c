/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a host asks about sales. Each function packs its arguments and calls `perform`. */
#include "contract/argument.h"

#include <comptoir/comptoir-channel.h>

/**
 * comptoir_channel_submit_sale_async:
 * @self: the channel
 * @sale: (nullable): a sale row, see [func@Comptoir.sale_new]; a floating reference is consumed
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Hands over a sale. The callback comes when the sale is on disk, never when it is on the network:
 * from then on it is delivered once, whatever happens to the process. A sale that the channel knows
 * by its id, till and time is a success with the state it has.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when the sale cannot be right, with %COMPTOIR_ERROR_CONFLICT
 * when its id is that of a sale of another till or time, as after a restored backup, and with
 * %COMPTOIR_ERROR_STORAGE when it could not be kept; nothing is stored then.
 *
 * Since: 1.0
 */
void
comptoir_channel_submit_sale_async(ComptoirChannel *self,
                                   GVariant *sale,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_SUBMIT_SALE, sale, cancellable, callback,
                                 user_data);
}

/**
 * comptoir_channel_submit_sale_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.submit_sale_async].
 *
 * Returns: (transfer full): a submitted row
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_submit_sale_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}

/**
 * comptoir_channel_cancel_sale_async:
 * @self: the channel
 * @sale_id: (nullable): the id of a sale that was submitted
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Takes a sale back: it is not sent if it was not yet, and cancelled at the service if it was.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @sale_id is %NULL or not UTF-8.
 *
 * Since: 1.0
 */
void
comptoir_channel_cancel_sale_async(ComptoirChannel *self,
                                   const char *sale_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_CANCEL_SALE,
                                 comptoir_argument_new_text("id", sale_id), cancellable, callback,
                                 user_data);
}

/**
 * comptoir_channel_cancel_sale_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.cancel_sale_async].
 *
 * Returns: (transfer full): a submitted row
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_cancel_sale_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}

/**
 * comptoir_channel_close_day_async:
 * @self: the channel
 * @day: (nullable): the day as in `2026-03-01`, or %NULL for today
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Compares the sales of a day with what the till says of them.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @day is not UTF-8.
 *
 * Since: 1.0
 */
void
comptoir_channel_close_day_async(ComptoirChannel *self,
                                 const char *day,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_CLOSE_DAY,
                                 comptoir_argument_new_optional_text("day", day), cancellable,
                                 callback, user_data);
}

/**
 * comptoir_channel_close_day_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.close_day_async].
 *
 * Returns: (transfer full): the report, a dictionary
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_close_day_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}

/**
 * comptoir_channel_export_async:
 * @self: the channel
 * @kind: (nullable): what to export
 * @format: (nullable): in which format
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Writes out what the channel knows. Of the kind "day" this is today; another day, or a report that
 * has been shown, is named in the argument of [method@Comptoir.Channel.perform_async].
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @kind or @format is %NULL or not UTF-8.
 *
 * Since: 1.0
 */
void
comptoir_channel_export_async(ComptoirChannel *self,
                              const char *kind,
                              const char *format,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_EXPORT,
                                 comptoir_argument_new_texts("kind", kind, "format", format),
                                 cancellable, callback, user_data);
}

/**
 * comptoir_channel_export_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.export_async].
 *
 * Returns: (transfer full): a dictionary that says where the export is
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_export_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}
