/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The control interface: HTTP and JSON on a port of its own, for tests and for people. */

#include "control.h"

#include "wire.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

struct _SimControl {
  SoupServer *soup;        /* (owned) */
  GSocketService *service; /* (owned) */
  guint port;
};

static const SimControlRoute *const tables[] = {
  sim_control_views,
  sim_control_till,
  sim_control_faults,
  sim_control_books,
};

/**
 * sim_control_answer:
 * @call: the call
 * @answer: (transfer full): the body
 *
 * Settles a call.
 */
void
sim_control_answer(SimControlCall *call, json_t *answer)
{
  call->status = 200;
  json_decref(call->answer);
  call->answer = answer;
}

/**
 * sim_control_fail:
 * @call: the call
 * @status: an HTTP status
 * @message: what is wrong
 *
 * Settles a call with an error.
 */
void
sim_control_fail(SimControlCall *call, guint status, const char *message)
{
  sim_control_answer(call, json_pack("{s:s}", "error", message));
  call->status = status;
}

/**
 * sim_control_query:
 * @call: the call
 * @name: a query parameter
 * @fallback: the result when it is absent
 *
 * Reads a number from the query.
 *
 * Returns: the number
 */
guint
sim_control_query(const SimControlCall *call, const char *name, guint fallback)
{
  const char *text = call->query != NULL ? g_hash_table_lookup(call->query, name) : NULL;
  guint64 number = fallback;
  if (text != NULL && !g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT, &number, NULL))
    return fallback;
  return (guint)number;
}

static const SimControlRoute *
find_route(const char *method, const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
    for (const SimControlRoute *route = tables[i]; route->method != NULL; route++) {
      if (g_str_equal(route->method, method) && g_str_equal(route->path, path))
        return route;
    }
  }
  return NULL;
}

static gboolean
read_body(SimControlCall *call)
{
  SoupMessageBody *body = soup_server_message_get_request_body(call->message);
  g_autoptr(GError) error = NULL;

  if (body->length == 0) {
    call->body = json_object();
    return TRUE;
  }
  call->body = sim_wire_parse(body->data, (gsize)body->length, &error);
  if (call->body == NULL) {
    sim_control_fail(call, 400, error->message);
    return FALSE;
  }
  return TRUE;
}

static void
request_cb(SoupServer *soup,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer data)
{
  SimControlCall call = { .sim = data, .message = message, .query = query };
  const SimControlRoute *route = find_route(soup_server_message_get_method(message), path);

  (void)soup;
  if (route == NULL)
    sim_control_fail(&call, 404, "no such call; README.md lists them");
  else if (read_body(&call))
    route->handle(&call);
  if (call.status != 0) {
    char *text = sim_wire_dump(call.answer, SIM_KEYS_FIXED, 0);
    soup_server_message_set_status(message, call.status, NULL);
    soup_server_message_set_response(message, "application/json", SOUP_MEMORY_TAKE, text,
                                     strlen(text));
  }
  json_decref(call.body);
  json_decref(call.answer);
}

/* Not soup_server_listen(): before 3.4.3 libsoup leaks its address and each socket it accepts. */
static gboolean
incoming_cb(GSocketService *service, GSocketConnection *client, GObject *source, gpointer data)
{
  SimControl *self = data;
  g_autoptr(GSocketAddress) near = g_socket_connection_get_local_address(client, NULL);
  g_autoptr(GSocketAddress) far = g_socket_connection_get_remote_address(client, NULL);
  g_autoptr(GError) error = NULL;

  (void)service;
  (void)source;
  if (near == NULL || far == NULL)
    return TRUE; /* It has gone already. */
  /* Without it each answer waits for a delayed acknowledgement. */
  (void)g_socket_set_option(g_socket_connection_get_socket(client), IPPROTO_TCP, TCP_NODELAY, 1,
                            NULL);
  if (!soup_server_accept_iostream(self->soup, G_IO_STREAM(client), near, far, &error))
    g_warning("%s, closing the control connection", error->message);
  return TRUE;
}

static gboolean
listen_on(SimControl *self, guint port, GError **error)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) wished = g_inet_socket_address_new(loopback, (guint16)port);
  g_autoptr(GSocketAddress) found = NULL;

  self->service = g_socket_service_new();
  if (!g_socket_listener_add_address(G_SOCKET_LISTENER(self->service), wished, G_SOCKET_TYPE_STREAM,
                                     G_SOCKET_PROTOCOL_TCP, NULL, &found, error))
    return FALSE;
  self->port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(found));
  g_signal_connect(self->service, "incoming", G_CALLBACK(incoming_cb), self);
  return TRUE;
}

/**
 * sim_control_new:
 * @sim: the simulator
 * @port: the port, 0 = any
 * @error: return location for an error
 *
 * Listens for control calls on the loopback address.
 *
 * Fails with a code of %G_IO_ERROR when the port is taken.
 *
 * Returns: (transfer full) (nullable): the interface
 */
SimControl *
sim_control_new(Simulator *sim, guint port, GError **error)
{
  SimControl *self = g_new0(SimControl, 1);

  self->soup = soup_server_new(NULL, NULL);
  soup_server_add_handler(self->soup, NULL, request_cb, sim, NULL);
  if (!listen_on(self, port, error)) {
    sim_control_free(self);
    return NULL;
  }
  return self;
}

/**
 * sim_control_get_port:
 * @self: the interface
 *
 * Tells the port.
 *
 * Returns: the port
 */
guint
sim_control_get_port(const SimControl *self)
{
  return self->port;
}

/**
 * sim_control_free:
 * @self: (nullable) (transfer full): the interface
 *
 * Stops listening and releases the interface.
 */
void
sim_control_free(SimControl *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data(self->service, self);
  g_socket_service_stop(self->service);
  g_socket_listener_close(G_SOCKET_LISTENER(self->service));
  g_object_unref(self->service);
  soup_server_disconnect(self->soup);
  g_object_unref(self->soup);
  g_free(self);
}
