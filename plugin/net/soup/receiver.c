/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The receiver of webhooks: libsoup's server behind a guard of ours. It never listens itself and
 * sees whole, small, plain requests only; docs/decisions/0010-webhooks.md. */
#include "net/soup/receiver.h"

#include "net/guard.h"

#include <libsoup/soup.h>

typedef struct {
  ShopcaisseReceiver table; /* first */
  SoupServer *server;       /* (owned) */
  GSocketAddress *nowhere;  /* (owned): libsoup wants to know both ends, nothing else does */
  ShopcaisseGuard *guard;   /* (owned) */
  char *header;             /* (owned) */
  ShopcaisseReceiverFunc received;
  gpointer user_data;
} SoupReceiver;

static const guint statuses[] = {
  [SHOPCAISSE_RECEIVED_ACCEPTED] = SOUP_STATUS_OK,
  [SHOPCAISSE_RECEIVED_IGNORED] = SOUP_STATUS_ACCEPTED,
  [SHOPCAISSE_RECEIVED_MALFORMED] = SOUP_STATUS_BAD_REQUEST,
  [SHOPCAISSE_RECEIVED_FORGED] = SOUP_STATUS_UNAUTHORIZED,
  [SHOPCAISSE_RECEIVED_BUSY] = SOUP_STATUS_SERVICE_UNAVAILABLE,
};

static void
visited_cb(GIOStream *stream, gpointer user_data)
{
  SoupReceiver *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!soup_server_accept_iostream(self->server, stream, self->nowhere, self->nowhere, &error))
    g_debug("webhooks: %s, ignoring", error->message);
}

static void
request_cb(SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  SoupReceiver *self = user_data;
  SoupMessageBody *body = soup_server_message_get_request_body(message);
  g_autoptr(GBytes) bytes = soup_message_body_flatten(body);
  const char *signature =
      soup_message_headers_get_one(soup_server_message_get_request_headers(message), self->header);

  (void)server;
  (void)path;
  (void)query;
  soup_message_headers_replace(soup_server_message_get_response_headers(message), "Connection",
                               "close");
  soup_server_message_set_status(message,
                                 statuses[self->received(bytes, signature, self->user_data)], NULL);
}

static guint16
get_port(ShopcaisseReceiver *receiver)
{
  return shopcaisse_guard_get_port(((SoupReceiver *)receiver)->guard);
}

static guint
count_open(ShopcaisseReceiver *receiver)
{
  return shopcaisse_guard_count_open(((SoupReceiver *)receiver)->guard);
}

static guint64
count_refused(ShopcaisseReceiver *receiver)
{
  return shopcaisse_guard_count_refused(((SoupReceiver *)receiver)->guard);
}

static void
free_receiver(ShopcaisseReceiver *receiver)
{
  SoupReceiver *self = (SoupReceiver *)receiver;

  shopcaisse_guard_free(self->guard);
  soup_server_remove_handler(self->server, NULL); /* what is underway keeps the server alive */
  soup_server_disconnect(self->server);
  g_object_unref(self->server);
  g_object_unref(self->nowhere);
  g_free(self->header);
  g_free(self);
}

/**
 * shopcaisse_soup_receiver_open:
 * @config: (transfer none): copied or referenced as needed
 * @error: return location for an error
 *
 * Listens for webhooks. The thread that runs the context must have it as its default.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for an address that is none, and with %G_IO_ERROR when it
 * cannot be listened at.
 *
 * Returns: (transfer full): free with its own `free`
 */
ShopcaisseReceiver *
shopcaisse_soup_receiver_open(const ShopcaisseReceiverConfig *config, GError **error)
{
  g_autofree SoupReceiver *self = g_new0(SoupReceiver, 1);

  self->guard = shopcaisse_guard_open(config, visited_cb, self, error);
  if (self->guard == NULL)
    return NULL;
  self->table = (ShopcaisseReceiver){
    .get_port = get_port,
    .count_open = count_open,
    .count_refused = count_refused,
    .free = free_receiver,
  };
  self->header = g_strdup(config->header);
  self->received = config->received;
  self->user_data = config->user_data;
  self->nowhere = g_inet_socket_address_new_from_string("127.0.0.1", 0);
  self->server = g_object_new(SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler(self->server, NULL, request_cb, self, NULL);
  return &g_steal_pointer(&self)->table;
}
