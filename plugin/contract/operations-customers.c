/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a host asks about the people a channel knows. Each function packs its arguments and calls
 * `perform`. */
#include "contract/argument.h"

#include <comptoir/comptoir-channel.h>

/**
 * comptoir_channel_plan_erasure_async:
 * @self: the channel
 * @customer: (nullable): who is meant, a dictionary `a{sv}` with the keys of a customer; a floating
 *   reference is consumed
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Looks what the channel keeps of a customer, and what erasing it would change. Nothing is changed.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @customer has no id, e-mail address or telephone number.
 *
 * Since: 1.0
 */
void
comptoir_channel_plan_erasure_async(ComptoirChannel *self,
                                    GVariant *customer,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_PLAN_ERASURE,
                                 comptoir_argument_new_options(customer), cancellable, callback,
                                 user_data);
}

/**
 * comptoir_channel_plan_erasure_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.plan_erasure_async].
 *
 * Returns: (transfer full): an erasure, a dictionary
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_plan_erasure_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}

/**
 * comptoir_channel_erase_customer_async:
 * @self: the channel
 * @customer: (nullable): who is meant, a dictionary `a{sv}` with the keys of a customer; a floating
 *   reference is consumed
 * @cancellable: (nullable): stops the wait, not what is already stored
 * @callback: (scope async) (nullable): called with the outcome
 * @user_data: the data for @callback
 *
 * Erases a customer from everything that the channel keeps; the callback comes when its files are
 * clean. No sale is lost: an order that is still to be sent goes without the customer. One that the
 * service may have is erased by itself once that is known; the answer counts them. What the service
 * has, and what the host has, stays.
 *
 * Once the erasure is noted it is finished, after a crash at the next start.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @customer has no id, e-mail address or telephone number,
 * and with %COMPTOIR_ERROR_STORAGE when the disk refuses.
 *
 * Since: 1.0
 */
void
comptoir_channel_erase_customer_async(ComptoirChannel *self,
                                      GVariant *customer,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  comptoir_channel_perform_async(self, COMPTOIR_OPERATION_ERASE_CUSTOMER,
                                 comptoir_argument_new_options(customer), cancellable, callback,
                                 user_data);
}

/**
 * comptoir_channel_erase_customer_finish:
 * @self: the channel
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Comptoir.Channel.erase_customer_async].
 *
 * Returns: (transfer full): an erasure, a dictionary
 *
 * Since: 1.0
 */
GVariant *
comptoir_channel_erase_customer_finish(ComptoirChannel *self, GAsyncResult *result, GError **error)
{
  return comptoir_channel_perform_finish(self, result, error);
}
