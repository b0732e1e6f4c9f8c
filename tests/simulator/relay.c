/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The public port: it stands before the service, so that connections can fail as real ones do. */

#include "relay.h"

#include "fault.h"
#include "requests.h"
#include "wire.h"

#define BACKLOG 512

struct _SimRelay {
  Simulator *sim;         /* (unowned) */
  GSocket *socket;        /* (owned) */
  GSource *accept;        /* (owned) (nullable): while listening */
  GPtrArray *connections; /* (owned): of SimConnection */
  guint16 port;
};

static GSocket *
bind_socket(guint16 port, GError **error)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new(loopback, port);
  g_autoptr(GSocket) socket =
      g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL || !g_socket_bind(socket, address, TRUE, error))
    return NULL;
  return g_steal_pointer(&socket);
}

static guint16
read_port(GSocket *socket, GError **error)
{
  g_autoptr(GSocketAddress) address = g_socket_get_local_address(socket, error);
  return address != NULL ? g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(address)) : 0;
}

static gboolean
accept_cb(GSocket *socket, GIOCondition condition, gpointer data)
{
  SimRelay *self = data;
  g_autoptr(GSocket) accepted = g_socket_accept(socket, NULL, NULL);

  (void)condition;
  if (accepted == NULL)
    return G_SOURCE_CONTINUE;
  g_autoptr(GSocketConnection) client = g_socket_connection_factory_create_connection(accepted);
  sim_connection_start(self->sim, client);
  return G_SOURCE_CONTINUE;
}

static gboolean
open_port(SimRelay *self, GError **error)
{
  if (self->accept != NULL)
    return TRUE;
  if (!g_socket_listen(self->socket, error))
    return FALSE;
  self->accept = g_socket_create_source(self->socket, G_IO_IN, NULL);
  g_source_set_callback(self->accept, G_SOURCE_FUNC(accept_cb), self, NULL);
  g_source_attach(self->accept, NULL);
  return TRUE;
}

/* The socket stays bound, so nobody takes the port, and the kernel refuses. */
static void
close_port(SimRelay *self)
{
  if (self->accept == NULL)
    return;
  g_source_destroy(self->accept);
  g_clear_pointer(&self->accept, g_source_unref);
  (void)g_socket_shutdown(self->socket, TRUE, FALSE, NULL); /* A listening socket always can. */
}

/**
 * sim_relay_new:
 * @sim: the simulator
 * @port: the port, 0 = any
 * @error: return location for an error
 *
 * Listens on the loopback address.
 *
 * Fails with a code of %G_IO_ERROR when the port is taken.
 *
 * Returns: (transfer full) (nullable): the relay
 */
SimRelay *
sim_relay_new(Simulator *sim, guint16 port, GError **error)
{
  g_autoptr(GSocket) any = NULL;

  if (port == 0) {
    /* Only a socket bound to a named port keeps it while it does not listen. */
    any = bind_socket(0, error);
    port = any != NULL ? read_port(any, error) : 0;
    if (port == 0)
      return NULL;
  }
  g_autoptr(GSocket) socket = bind_socket(port, error);
  if (socket == NULL)
    return NULL;
  if (any != NULL)
    (void)g_socket_close(any, NULL); /* Its port is bound twice at this point. */

  SimRelay *self = g_new0(SimRelay, 1);
  self->sim = sim;
  self->port = port;
  self->socket = g_steal_pointer(&socket);
  self->connections = g_ptr_array_new_with_free_func((GDestroyNotify)sim_connection_unref);
  g_socket_set_listen_backlog(self->socket, BACKLOG);
  if (!open_port(self, error)) {
    sim_relay_free(self);
    return NULL;
  }
  return self;
}

/**
 * sim_relay_get_port:
 * @self: the relay
 *
 * Tells the port.
 *
 * Returns: the port
 */
guint16
sim_relay_get_port(const SimRelay *self)
{
  return self->port;
}

static GPtrArray *
copy_connections(const SimRelay *self)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func((GDestroyNotify)sim_connection_unref);
  for (guint i = 0; i < self->connections->len; i++)
    g_ptr_array_add(copy, sim_connection_ref(g_ptr_array_index(self->connections, i)));
  return copy;
}

/**
 * sim_relay_obey:
 * @self: the relay
 *
 * Opens or closes the port as the rules say, and closes idle connections when a rule waits for new
 * ones, as a service that restarts does.
 */
void
sim_relay_obey(SimRelay *self)
{
  g_autoptr(GError) error = NULL;

  if (sim_faults_has_refusal(self->sim->faults))
    close_port(self);
  else if (!open_port(self, &error))
    g_critical("port %u: %s", self->port, error->message);

  if (!sim_faults_has_connect(self->sim->faults))
    return;
  g_autoptr(GPtrArray) connections = copy_connections(self);
  for (guint i = 0; i < connections->len; i++) {
    SimConnection *connection = g_ptr_array_index(connections, i);
    if (sim_connection_is_idle(connection))
      sim_connection_tear(connection, SIM_TEAR_FIN);
  }
}

/**
 * sim_relay_count_held:
 * @self: the relay
 *
 * Counts held connections.
 *
 * Returns: the count
 */
guint
sim_relay_count_held(const SimRelay *self)
{
  guint n_held = 0;
  for (guint i = 0; i < self->connections->len; i++) {
    const SimConnection *connection = g_ptr_array_index(self->connections, i);
    n_held += connection->held != NULL ? 1 : 0;
  }
  return n_held;
}

/**
 * sim_relay_release:
 * @self: the relay
 * @where: (nullable): only those held there
 * @then: "go", "reset" or "close"
 *
 * Lets held connections go.
 *
 * Returns: how many
 */
guint
sim_relay_release(SimRelay *self, const char *where, const char *then)
{
  g_autoptr(GPtrArray) connections = copy_connections(self);
  guint n_released = 0;

  for (guint i = 0; i < connections->len; i++) {
    SimConnection *connection = g_ptr_array_index(connections, i);
    if (connection->held == NULL || (where != NULL && !g_str_equal(where, connection->held)))
      continue;
    sim_connection_release(connection, then);
    n_released++;
  }
  return n_released;
}

/**
 * sim_relay_describe_held:
 * @self: the relay
 *
 * Prints the held connections.
 *
 * Returns: (transfer full): an array
 */
json_t *
sim_relay_describe_held(const SimRelay *self)
{
  json_t *rows = json_array();
  for (guint i = 0; i < self->connections->len; i++) {
    const SimConnection *connection = g_ptr_array_index(self->connections, i);
    const SimRequest *request = sim_requests_get(self->sim->requests, connection->number);
    if (connection->held == NULL)
      continue;
    json_array_append_new(rows, json_pack("{s:s, s:i, s:o}", "where", connection->held, "request",
                                          (int)connection->number, "path",
                                          sim_wire_text(request != NULL ? request->path : NULL)));
  }
  return rows;
}

/**
 * sim_relay_remember:
 * @self: the relay
 * @connection: a new connection
 *
 * Keeps a connection until it ends.
 */
void
sim_relay_remember(SimRelay *self, SimConnection *connection)
{
  g_ptr_array_add(self->connections, sim_connection_ref(connection));
}

/**
 * sim_relay_forget:
 * @self: the relay
 * @connection: a connection that ended
 *
 * Lets go of a connection.
 */
void
sim_relay_forget(SimRelay *self, SimConnection *connection)
{
  g_ptr_array_remove_fast(self->connections, connection);
}

/**
 * sim_relay_drop_all:
 * @self: the relay
 *
 * Resets all connections.
 */
void
sim_relay_drop_all(SimRelay *self)
{
  g_autoptr(GPtrArray) connections = copy_connections(self);
  for (guint i = 0; i < connections->len; i++)
    sim_connection_tear(g_ptr_array_index(connections, i), SIM_TEAR_RST);
}

/**
 * sim_relay_free:
 * @self: (nullable) (transfer full): the relay
 *
 * Stops listening and resets all connections.
 */
void
sim_relay_free(SimRelay *self)
{
  if (self == NULL)
    return;
  close_port(self);
  sim_relay_drop_all(self);
  g_ptr_array_unref(self->connections);
  g_object_unref(self->socket);
  g_free(self);
}
