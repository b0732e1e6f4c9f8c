/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir-host.h>

G_BEGIN_DECLS

/**
 * ComptoirChannel:
 *
 * A sales channel: what it offers to any host and to any settings page.
 *
 * A channel is also a [iface@Gio.ActionGroup]: each task of [method@Comptoir.Channel.run_async] is
 * an action, so a host can put "Synchronise now" into its menus without further code.
 */
#define COMPTOIR_TYPE_CHANNEL (comptoir_channel_get_type())
G_DECLARE_INTERFACE(ComptoirChannel, comptoir_channel, COMPTOIR, CHANNEL, GObject)

/**
 * ComptoirStatus:
 * @COMPTOIR_STATUS_CLOSED: not opened
 * @COMPTOIR_STATUS_NOT_CONFIGURED: a token or a choice is missing
 * @COMPTOIR_STATUS_READY: connected when last asked
 * @COMPTOIR_STATUS_OFFLINE: the service cannot be reached; sales are kept and sent later
 * @COMPTOIR_STATUS_BLOCKED: the service refuses; `last-error` says what a person must do
 *
 * How a channel is.
 */
typedef enum {
  COMPTOIR_STATUS_CLOSED,
  COMPTOIR_STATUS_NOT_CONFIGURED,
  COMPTOIR_STATUS_READY,
  COMPTOIR_STATUS_OFFLINE,
  COMPTOIR_STATUS_BLOCKED
} ComptoirStatus;

#define COMPTOIR_TYPE_STATUS (comptoir_status_get_type())

GType comptoir_status_get_type(void);

/**
 * ComptoirOperation:
 * @COMPTOIR_OPERATION_SUBMIT_SALE: argument: a sale row
 * @COMPTOIR_OPERATION_CANCEL_SALE: argument: `{id}`
 * @COMPTOIR_OPERATION_PLAN: argument: plan options
 * @COMPTOIR_OPERATION_APPLY_PLAN: argument: `{plan}`
 * @COMPTOIR_OPERATION_UNDO: argument: `{plan}`
 * @COMPTOIR_OPERATION_DIAGNOSE: argument: empty
 * @COMPTOIR_OPERATION_CLOSE_DAY: argument: `{day}`
 * @COMPTOIR_OPERATION_SUGGEST: argument: a query
 * @COMPTOIR_OPERATION_LINK: argument: `{rows}`
 * @COMPTOIR_OPERATION_UNLINK: argument: `{rows}`
 * @COMPTOIR_OPERATION_EXPORT: argument: `{kind, format}`, and what the kind wants
 * @COMPTOIR_OPERATION_SET_TOKEN: argument: `{token, other_company}`
 * @COMPTOIR_OPERATION_DISCONNECT: argument: `{policy}`
 * @COMPTOIR_OPERATION_CHANGE_SETTINGS: argument: the changed settings
 * @COMPTOIR_OPERATION_RUN: argument: `{task}` and its options
 * @COMPTOIR_OPERATION_PLAN_ERASURE: argument: a customer
 * @COMPTOIR_OPERATION_ERASE_CUSTOMER: argument: a customer
 *
 * What can be asked of a channel through `perform`. Values are only ever appended.
 */
typedef enum {
  COMPTOIR_OPERATION_SUBMIT_SALE,
  COMPTOIR_OPERATION_CANCEL_SALE,
  COMPTOIR_OPERATION_PLAN,
  COMPTOIR_OPERATION_APPLY_PLAN,
  COMPTOIR_OPERATION_UNDO,
  COMPTOIR_OPERATION_DIAGNOSE,
  COMPTOIR_OPERATION_CLOSE_DAY,
  COMPTOIR_OPERATION_SUGGEST,
  COMPTOIR_OPERATION_LINK,
  COMPTOIR_OPERATION_UNLINK,
  COMPTOIR_OPERATION_EXPORT,
  COMPTOIR_OPERATION_SET_TOKEN,
  COMPTOIR_OPERATION_DISCONNECT,
  COMPTOIR_OPERATION_CHANGE_SETTINGS,
  COMPTOIR_OPERATION_RUN,
  COMPTOIR_OPERATION_PLAN_ERASURE,
  COMPTOIR_OPERATION_ERASE_CUSTOMER
} ComptoirOperation;

#define COMPTOIR_TYPE_OPERATION (comptoir_operation_get_type())

GType comptoir_operation_get_type(void);

/**
 * ComptoirDisconnectPolicy:
 * @COMPTOIR_DISCONNECT_KEEP_QUEUE: waiting sales wait for the next connection
 * @COMPTOIR_DISCONNECT_PARK_QUEUE: waiting sales are set aside, to be sent by hand
 *
 * What becomes of sales that wait when a channel is disconnected. Links and articles stay.
 */
typedef enum {
  COMPTOIR_DISCONNECT_KEEP_QUEUE,
  COMPTOIR_DISCONNECT_PARK_QUEUE
} ComptoirDisconnectPolicy;

#define COMPTOIR_TYPE_DISCONNECT_POLICY (comptoir_disconnect_policy_get_type())

GType comptoir_disconnect_policy_get_type(void);

/**
 * ComptoirChannelInterface:
 * @get_api_version: the %COMPTOIR_API_VERSION the channel was written for
 * @open_async: starts the channel in a host
 * @open_finish: ends `open_async`
 * @close_async: stops the channel; answers within 2 s, everything committed
 * @close_finish: ends `close_async`
 * @perform_async: does one [enum@Comptoir.Operation]
 * @perform_finish: (transfer full): ends `perform_async` with a dictionary
 * @describe_settings: (transfer full): the settings as rows
 * @list: (transfer full): a list of [class@Comptoir.Row]
 *
 * One function serves all operations, so a new operation needs no new slot. Functions are only ever
 * appended.
 */
struct _ComptoirChannelInterface {
  GTypeInterface parent_iface;

  guint (*get_api_version)(ComptoirChannel *self);
  void (*open_async)(ComptoirChannel *self,
                     ComptoirHost *host,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
  gboolean (*open_finish)(ComptoirChannel *self, GAsyncResult *result, GError **error);
  void (*close_async)(ComptoirChannel *self, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*close_finish)(ComptoirChannel *self, GAsyncResult *result, GError **error);
  void (*perform_async)(ComptoirChannel *self,
                        ComptoirOperation operation,
                        GVariant *argument,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  GVariant *(*perform_finish)(ComptoirChannel *self, GAsyncResult *result, GError **error);
  GVariant *(*describe_settings)(ComptoirChannel *self);
  GListModel *(*list)(ComptoirChannel *self, const char *kind, GVariant *query);
};

guint comptoir_channel_get_api_version(ComptoirChannel *self);

void comptoir_channel_open_async(ComptoirChannel *self,
                                 ComptoirHost *host,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean comptoir_channel_open_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_close_async(ComptoirChannel *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean comptoir_channel_close_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_perform_async(ComptoirChannel *self,
                                    ComptoirOperation operation,
                                    GVariant *argument,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GVariant *
comptoir_channel_perform_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_submit_sale_async(ComptoirChannel *self,
                                        GVariant *sale,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GVariant *
comptoir_channel_submit_sale_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_cancel_sale_async(ComptoirChannel *self,
                                        const char *sale_id,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GVariant *
comptoir_channel_cancel_sale_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_plan_async(ComptoirChannel *self,
                                 GVariant *options,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GVariant *comptoir_channel_plan_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_apply_plan_async(ComptoirChannel *self,
                                       const char *plan_id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GVariant *
comptoir_channel_apply_plan_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_undo_async(ComptoirChannel *self,
                                 const char *plan_id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GVariant *comptoir_channel_undo_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_diagnose_async(ComptoirChannel *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GVariant *
comptoir_channel_diagnose_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_close_day_async(ComptoirChannel *self,
                                      const char *day,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GVariant *
comptoir_channel_close_day_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_suggest_async(ComptoirChannel *self,
                                    GVariant *query,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GVariant *
comptoir_channel_suggest_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_link_async(ComptoirChannel *self,
                                 GVariant *links,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GVariant *comptoir_channel_link_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_unlink_async(ComptoirChannel *self,
                                   GVariant *links,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GVariant *
comptoir_channel_unlink_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_export_async(ComptoirChannel *self,
                                   const char *kind,
                                   const char *format,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GVariant *
comptoir_channel_export_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_set_token_async(ComptoirChannel *self,
                                      const char *token,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GVariant *
comptoir_channel_set_token_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_disconnect_async(ComptoirChannel *self,
                                       ComptoirDisconnectPolicy policy,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GVariant *
comptoir_channel_disconnect_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

GVariant *comptoir_channel_describe_settings(ComptoirChannel *self);

void comptoir_channel_change_settings_async(ComptoirChannel *self,
                                            GVariant *settings,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
GVariant *comptoir_channel_change_settings_finish(ComptoirChannel *self,
                                                  GAsyncResult *result,
                                                  GError **error);

void comptoir_channel_run_async(ComptoirChannel *self,
                                const char *task,
                                GVariant *options,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GVariant *comptoir_channel_run_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_plan_erasure_async(ComptoirChannel *self,
                                         GVariant *customer,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
GVariant *
comptoir_channel_plan_erasure_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

void comptoir_channel_erase_customer_async(ComptoirChannel *self,
                                           GVariant *customer,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
GVariant *
comptoir_channel_erase_customer_finish(ComptoirChannel *self, GAsyncResult *result, GError **error);

GListModel *comptoir_channel_list(ComptoirChannel *self, const char *kind, GVariant *query);

ComptoirStatus comptoir_channel_get_status(ComptoirChannel *self);
char *comptoir_channel_dup_last_error(ComptoirChannel *self);
gboolean comptoir_channel_is_busy(ComptoirChannel *self);
double comptoir_channel_get_progress(ComptoirChannel *self);

G_END_DECLS
