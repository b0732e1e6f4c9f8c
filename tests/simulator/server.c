/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The service behind the relay: a SoupServer that listens nowhere and gets its streams from there.
 */

#include "server.h"

#include "options.h"
#include "requests.h"
#include "route.h"
#include "switches.h"
#include "wire.h"

#include <libsoup/soup.h>
#include <string.h>
#include <sys/socket.h>

#define JSON_TYPE        "application/json; charset=utf-8"
#define MAX_CACHED_BYTES (256 * 1024 * 1024)

struct _SimServer {
  Simulator *sim;    /* (unowned) */
  SoupServer *soup;  /* (owned) */
  GHashTable *cache; /* (owned): path and query -> GBytes */
  gsize cached_bytes;
  guint generation; /* of the state that the cache shows */
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

static GBytes *
print_answer(const Simulator *sim, const json_t *answer, const char *address)
{
  SimKeyOrder order =
      sim_switch_is(sim, "key_order", "shuffled") ? SIM_KEYS_SHUFFLED : SIM_KEYS_FIXED;
  char *text = sim_wire_dump(answer, order, g_str_hash(address) ^ sim->options->seed);
  return g_bytes_new_take(text, strlen(text));
}

static GBytes *
look_up(SimServer *self, const SimCall *call, const char *address)
{
  if (self->generation != self->sim->generation) {
    sim_server_forget(self);
    self->generation = self->sim->generation;
  }
  if ((call->route->flags & SIM_ROUTE_CACHED) == 0)
    return NULL;
  GBytes *bytes = g_hash_table_lookup(self->cache, address);
  return bytes != NULL ? g_bytes_ref(bytes) : NULL;
}

static void
keep(SimServer *self, const SimCall *call, const char *address, GBytes *bytes)
{
  gsize length = g_bytes_get_size(bytes);
  if ((call->route->flags & SIM_ROUTE_CACHED) == 0 || call->status != 200 ||
      self->cached_bytes + length > MAX_CACHED_BYTES)
    return;
  self->cached_bytes += length;
  g_hash_table_insert(self->cache, g_strdup(address), g_bytes_ref(bytes));
}

static GBytes *
handle_call(SimServer *self, SimCall *call, const char *address, const char *authorization)
{
  GBytes *bytes = NULL;

  if (sim_route_guard(call, authorization)) {
    bytes = look_up(self, call, address);
    if (bytes != NULL) {
      call->status = 200;
      return bytes;
    }
    call->route->handle(call);
  }
  bytes = print_answer(self->sim, call->answer, address);
  keep(self, call, address, bytes);
  return bytes;
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
  const char *method = soup_server_message_get_method(message);
  const char *query_text = g_uri_get_query(uri);
  SoupMessageBody *body = soup_server_message_get_request_body(message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
  g_autofree char *address =
      g_strdup_printf("%s?%s", g_uri_get_path(uri), query_text != NULL ? query_text : "");
  g_autoptr(GBytes) answer = NULL;
  SimCall call = {
    .sim = self->sim,
    .request = find_request(self, message),
    .parameters = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
    .query = query != NULL ? g_hash_table_ref(query) : NULL,
    .text = body->data,
    .text_length = (gsize)body->length,
  };

  (void)soup;
  (void)path;
  call.route = sim_route_find(method, g_uri_get_path(uri), call.parameters);
  if (call.route == NULL) {
    sim_call_fail(&call, 404, "Cannot %s %s", method, g_uri_get_path(uri));
    answer = print_answer(self->sim, call.answer, address);
  } else {
    answer =
        handle_call(self, &call, address, soup_message_headers_get_one(headers, "Authorization"));
  }
  if (call.request != NULL) {
    call.request->reached = TRUE;
    call.request->status = call.status;
  }
  soup_server_message_set_status(message, call.status, sim_status_phrase(call.status));
  soup_message_headers_replace(soup_server_message_get_response_headers(message), "Content-Type",
                               JSON_TYPE);
  soup_message_body_append_bytes(soup_server_message_get_response_body(message), answer);
  sim_call_clear(&call);
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
  self->cache =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
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
 * sim_server_forget:
 * @self: the service
 *
 * Empties the cache of printed answers.
 */
void
sim_server_forget(SimServer *self)
{
  g_hash_table_remove_all(self->cache);
  self->cached_bytes = 0;
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
  g_hash_table_unref(self->cache);
  g_free(self);
}
