/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir.h>

G_BEGIN_DECLS

/**
 * ComptoirTrytonHost:
 *
 * A company in a Tryton database as a host: its articles, its sales, and the till's sales written
 * into it. It speaks JSON-RPC and needs no Tryton in its own process.
 */
#define COMPTOIR_TRYTON_TYPE_HOST (comptoir_tryton_host_get_type())
G_DECLARE_FINAL_TYPE(ComptoirTrytonHost, comptoir_tryton_host, COMPTOIR_TRYTON, HOST, GObject)

ComptoirTrytonHost *comptoir_tryton_host_new(const char *url);

void comptoir_tryton_host_set_session(ComptoirTrytonHost *self, const char *session);
void comptoir_tryton_host_set_credentials(ComptoirTrytonHost *self,
                                          const char *login,
                                          const char *password);

void comptoir_tryton_host_start_async(ComptoirTrytonHost *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
comptoir_tryton_host_start_finish(ComptoirTrytonHost *self, GAsyncResult *result, GError **error);
void comptoir_tryton_host_stop(ComptoirTrytonHost *self);

void comptoir_tryton_host_send_sale_async(ComptoirTrytonHost *self,
                                          ComptoirChannel *channel,
                                          gint64 sale_id,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
GVariant *comptoir_tryton_host_send_sale_finish(ComptoirTrytonHost *self,
                                                GAsyncResult *result,
                                                GError **error);

G_END_DECLS
