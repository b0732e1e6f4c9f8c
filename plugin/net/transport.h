/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/message.h"
#include "net/receiver.h"

G_BEGIN_DECLS

#define SHOPCAISSE_TRANSPORT_ABI    2
#define SHOPCAISSE_TRANSPORT_SYMBOL "shopcaisse_net_open"

typedef struct ShopcaisseTransport ShopcaisseTransport;

/* Called once, in the transport's context, never from inside `send`. @reply is the callee's. */
typedef void (*ShopcaisseReplyFunc)(ShopcaisseReply *reply, gpointer user_data);

typedef struct {
  GMainContext *context; /* (not owned): where everything happens and every answer comes */
  const char *base_url;  /* scheme, host and port; https, or http on loopback */
  const char *user_agent;
  const char *proxy;          /* (nullable): "" none, NULL the system's, else a proxy URL */
  GTlsDatabase *tls_database; /* (nullable): NULL the system's; tests bring their own */
} ShopcaisseTransportConfig;

/* One connection policy towards one origin. A plain table: code in two modules registers no type.
 */
struct ShopcaisseTransport {
  guint abi;

  /* (nullable) @token goes out as a bearer token, to base_url's origin alone; it is copied. */
  void (*set_token)(ShopcaisseTransport *self, const char *token);

  /* @request is copied as needed. A cancelled exchange answers too: NOT_SENT or UNKNOWN, with
   * G_IO_ERROR_CANCELLED. */
  void (*send)(ShopcaisseTransport *self,
               const ShopcaisseRequest *request,
               GCancellable *cancellable,
               ShopcaisseReplyFunc callback,
               gpointer user_data);

  /* Cancels what is in flight; the answers still come, then nothing. */
  void (*stop)(ShopcaisseTransport *self);

  guint (*count_in_flight)(ShopcaisseTransport *self);

  void (*free)(ShopcaisseTransport *self);

  /* (nullable): NULL where the library cannot listen. Needs no transport, outlives any. */
  ShopcaisseReceiverOpenFunc open_receiver;
};

typedef ShopcaisseTransport *(*ShopcaisseTransportOpenFunc)(const ShopcaisseTransportConfig *config,
                                                            GError **error);

/* Finds the module of a transport by its name; `auto`, or NULL, is the first that fits the process.
 */
typedef ShopcaisseTransportOpenFunc (*ShopcaisseTransportLoadFunc)(const char *choice,
                                                                   GError **error);

G_END_DECLS
