/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The service behind the relay: a SoupServer that listens nowhere and gets its streams from there.
 */

#include "server.h"

#include "call.h"
#include "service.h"

#include <libsoup/soup.h>
#include <sys/socket.h>

#define JSON_TYPE "application/json; charset=utf-8"

struct _SimServer {
  Simulator *sim;   /* (unowned) */
  SoupServer *soup; /* (owned) */
};

static SimRequest *
find_request(SimServer *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
  const char *number = soup_message_headers_get_one(headers, "X-Simulator-Request");
  return number != NULL
             ? sim_requests_get(self->sim->requests, (guint)g_ascii_strtoull(number, NULL, 10))
             : NULL;
}

static void
request_cb(SoupServer *soup,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer data)
{
  SimServer *self = data;
  GUri *uri = soup_server_message_get_uri(message);
  SoupMessageBody *body = soup_server_message_get_request_body(message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
  const SimServiceCall call = {
    .method = soup_server_message_get_method(message),
    .path = g_uri_get_path(uri),
    .query = g_uri_get_query(uri),
    .authorization = soup_message_headers_get_one(headers, "Authorization"),
    .text = body->data,
    .text_length = (gsize)body->length,
    .request = find_request(self, message),
  };
  guint status = 0;
  g_autoptr(GBytes) answer = sim_service_handle(self->sim->service, &call, &status);

  (void)soup;
  (void)path;
  (void)query;
  soup_server_message_set_status(message, status, sim_status_phrase(status));
  soup_message_headers_replace(soup_server_message_get_response_headers(message), "Content-Type",
                               JSON_TYPE);
  soup_message_body_append_bytes(soup_server_message_get_response_body(message), answer);
}

/**
 * sim_server_new:
 * @sim: the simulator
 *
 * Makes the service.
 *
 * Returns: (transfer full): the service
 */
SimServer *
sim_server_new(Simulator *sim)
{
  SimServer *self = g_new0(SimServer, 1);
  self->sim = sim;
  self->soup = soup_server_new(NULL, NULL);
  soup_server_add_handler(self->soup, NULL, request_cb, self, NULL);
  return self;
}

static GSocketConnection *
wrap_descriptor(int fd)
{
  g_autoptr(GSocket) socket = g_socket_new_from_fd(fd, NULL);
  return socket != NULL ? g_socket_connection_factory_create_connection(socket) : NULL;
}

/**
 * sim_server_connect:
 * @self: the service
 *
 * Makes a connection to the service that no other process can use.
 *
 * Returns: (transfer full) (nullable): its near end
 */
GIOStream *
sim_server_connect(SimServer *self)
{
  /* libsoup 3.2 insists on addresses, though it documents them as nullable. */
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new(loopback, 0);
  g_autoptr(GError) error = NULL;
  int fds[2] = { -1, -1 };

  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) {
    g_warning("no pair of sockets left, closing the connection");
    return NULL;
  }
  g_autoptr(GSocketConnection) near = wrap_descriptor(fds[0]);
  g_autoptr(GSocketConnection) far = wrap_descriptor(fds[1]);
  if (!soup_server_accept_iostream(self->soup, G_IO_STREAM(far), address, address, &error)) {
    g_warning("%s, closing the connection", error->message);
    return NULL;
  }
  return G_IO_STREAM(g_steal_pointer(&near));
}

/**
 * sim_server_free:
 * @self: (nullable) (transfer full): the service
 *
 * Releases the service.
 */
void
sim_server_free(SimServer *self)
{
  if (self == NULL)
    return;
  soup_server_disconnect(self->soup);
  g_object_unref(self->soup);
  g_free(self);
}
