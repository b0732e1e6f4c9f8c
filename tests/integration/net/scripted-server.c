/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* See the header. What it has seen is kept under one lock and read by the test's thread. */

#include "scripted-server.h"

#include <string.h>
#include <sys/socket.h>

#define BACKLOG          64
#define HEADER_BYTES_MAX 65536
#define STEPS_MAX        1000

struct ScriptedServer {
  char *address;                /* (owned) */
  guint port;                   /* 0 until it listens */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  GMainContext *woken;          /* (owned): woken at each event */
  GSocket *socket;              /* (owned): listens */
  GCancellable *closing;        /* (owned) */
  GThread *acceptor;            /* (owned) */
  GPtrArray *threads;           /* (owned): one per connection; the acceptor's until it ended */

  GMutex lock;        /* for all below */
  GPtrArray *sockets; /* (owned) (element-type GSocket): one per connection */
  GPtrArray
      *scripts; /* (owned) (element-type ServerStep): connection n plays script n or the last */
  GPtrArray *requests; /* (owned) (element-type utf8) */
  GString *received;   /* (owned): all bytes of all connections */
  char *protocol;      /* (owned) (nullable): negotiated by the last handshake */
  guint n_connections;
  guint n_held;
};

typedef struct {
  ScriptedServer *server;
  GIOStream *stream; /* (owned): the socket's, later the secured one */
  GSocket *socket;   /* (owned) */
  const ServerStep *steps;
} Connection;

static void
free_connection(Connection *self)
{
  g_object_unref(self->stream);
  g_object_unref(self->socket);
  g_free(self);
}

static void
record(Connection *self, const void *bytes, gsize length)
{
  g_mutex_lock(&self->server->lock);
  g_string_append_len(self->server->received, bytes, (gssize)length);
  g_mutex_unlock(&self->server->lock);
}

static gssize
receive(Connection *self, char *buffer, gsize length)
{
  GInputStream *input = g_io_stream_get_input_stream(self->stream);
  gssize n_bytes = g_input_stream_read(input, buffer, length, NULL, NULL);
  if (n_bytes > 0)
    record(self, buffer, (gsize)n_bytes);
  return n_bytes;
}

static gboolean
transmit(Connection *self, const char *bytes, gsize length)
{
  GOutputStream *output = g_io_stream_get_output_stream(self->stream);
  return g_output_stream_write_all(output, bytes, length, NULL, NULL, NULL);
}

static gsize
find_body_length(const char *headers)
{
  g_autofree char *lower = g_ascii_strdown(headers, -1);
  const char *field = strstr(lower, "\r\ncontent-length:");
  return field == NULL ? 0
                       : (gsize)g_ascii_strtoull(field + strlen("\r\ncontent-length:"), NULL, 10);
}

static gboolean
read_request(Connection *self)
{
  g_autoptr(GString) text = g_string_new(NULL);
  while (strstr(text->str, "\r\n\r\n") == NULL && text->len < HEADER_BYTES_MAX) {
    char byte;
    if (receive(self, &byte, 1) != 1)
      return FALSE;
    g_string_append_c(text, byte);
  }

  gsize left = find_body_length(text->str);
  char buffer[4096];
  while (left > 0) {
    gssize n_bytes = receive(self, buffer, MIN(left, sizeof buffer));
    if (n_bytes <= 0)
      return FALSE;
    g_string_append_len(text, buffer, n_bytes);
    left -= (gsize)n_bytes;
  }

  g_mutex_lock(&self->server->lock);
  g_ptr_array_add(self->server->requests, g_strdup(text->str));
  g_mutex_unlock(&self->server->lock);
  return TRUE;
}

static gboolean
read_some(Connection *self, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++) {
    char byte;
    if (receive(self, &byte, 1) != 1)
      return FALSE;
  }
  return TRUE;
}

static gboolean
shake_hands(Connection *self)
{
  static const char *const protocols[] = { "h2", "http/1.1", NULL };

  GIOStream *secured = g_tls_server_connection_new(self->stream, self->server->certificate, NULL);
  g_tls_connection_set_advertised_protocols(G_TLS_CONNECTION(secured), protocols);
  g_tls_connection_set_require_close_notify(G_TLS_CONNECTION(secured), FALSE);
  g_object_unref(self->stream);
  self->stream = secured;
  if (!g_tls_connection_handshake(G_TLS_CONNECTION(secured), NULL, NULL))
    return FALSE;

  g_mutex_lock(&self->server->lock);
  g_free(self->server->protocol);
  self->server->protocol =
      g_strdup(g_tls_connection_get_negotiated_protocol(G_TLS_CONNECTION(secured)));
  g_mutex_unlock(&self->server->lock);
  return TRUE;
}

static gboolean
flood(Connection *self, guint n_bytes)
{
  char block[4096];
  memset(block, 'x', sizeof block);
  for (guint left = n_bytes; left > 0;) {
    guint length = MIN(left, (guint)sizeof block);
    if (!transmit(self, block, length))
      return FALSE;
    left -= length;
  }
  return TRUE;
}

/* The pause is a wait for the peer to leave. */
static gboolean
drip(Connection *self, guint pause_ms)
{
  while (transmit(self, "x", 1)) {
    if (g_socket_condition_timed_wait(self->socket, G_IO_IN, (gint64)pause_ms * 1000,
                                      self->server->closing, NULL))
      return FALSE;
    if (g_cancellable_is_cancelled(self->server->closing))
      return FALSE;
  }
  return FALSE;
}

static gboolean
hold(Connection *self)
{
  g_mutex_lock(&self->server->lock);
  self->server->n_held++;
  g_mutex_unlock(&self->server->lock);
  g_main_context_wakeup(self->server->woken);

  char buffer[4096];
  while (receive(self, buffer, sizeof buffer) > 0)
    continue;
  return FALSE;
}

/* Under the lock: scripted_server_free() may shut the same socket. */
static void
close_socket(Connection *self)
{
  g_mutex_lock(&self->server->lock);
  (void)g_socket_close(self->socket, NULL); /* nothing could be done about a failure */
  g_mutex_unlock(&self->server->lock);
}

static gboolean
reset(Connection *self)
{
  struct linger abrupt = { .l_onoff = 1, .l_linger = 0 };
  (void)setsockopt(g_socket_get_fd(self->socket), SOL_SOCKET, SO_LINGER, &abrupt, sizeof abrupt);
  close_socket(self);
  return FALSE;
}

static gboolean
play_step(Connection *self, const ServerStep *step)
{
  switch (step->action) {
  case SERVER_TLS:
    return shake_hands(self);
  case SERVER_READ_REQUEST:
    return read_request(self);
  case SERVER_READ_SOME:
    return read_some(self, step->number);
  case SERVER_WRITE:
    return transmit(self, step->text, step->number > 0 ? step->number : strlen(step->text));
  case SERVER_FLOOD:
    return flood(self, step->number);
  case SERVER_DRIP:
    return drip(self, step->number);
  case SERVER_HOLD:
    return hold(self);
  case SERVER_RESET:
    return reset(self);
  default:
    return FALSE;
  }
}

/* A close with unread bytes would send RST; so the sending side is shut first and the rest read. */
static void
leave(Connection *self)
{
  char buffer[4096];

  if (g_socket_is_closed(self->socket))
    return;
  if (G_IS_TLS_CONNECTION(self->stream))
    (void)g_output_stream_close(g_io_stream_get_output_stream(self->stream), NULL, NULL);
  (void)g_socket_shutdown(self->socket, FALSE, TRUE, NULL);
  while (g_socket_receive(self->socket, buffer, sizeof buffer, NULL, NULL) > 0)
    continue;
  close_socket(self);
}

static gpointer
serve_connection(gpointer data)
{
  Connection *self = data;

  guint i = 0;
  for (guint n_played = 0; n_played < STEPS_MAX && self->steps != NULL; n_played++) {
    const ServerStep *step = &self->steps[i];
    if (step->action == SERVER_AGAIN) {
      i = step->number;
      continue;
    }
    if (!play_step(self, step))
      break;
    g_main_context_wakeup(self->server->woken);
    i++;
  }

  leave(self);
  free_connection(self);
  return NULL;
}

static const ServerStep *
choose_script(ScriptedServer *self)
{
  g_mutex_lock(&self->lock);
  guint i = self->n_connections++;
  const ServerStep *steps = NULL;
  if (self->scripts->len > 0)
    steps = self->scripts->pdata[MIN(i, self->scripts->len - 1)];
  g_mutex_unlock(&self->lock);
  g_main_context_wakeup(self->woken);
  return steps;
}

static gpointer
accept_connections(gpointer data)
{
  ScriptedServer *self = data;

  while (TRUE) {
    g_autoptr(GSocket) socket = g_socket_accept(self->socket, self->closing, NULL);
    if (socket == NULL)
      return NULL;

    Connection *connection = g_new0(Connection, 1);
    connection->server = self;
    g_mutex_lock(&self->lock);
    g_ptr_array_add(self->sockets, g_object_ref(socket));
    g_mutex_unlock(&self->lock);
    connection->stream = G_IO_STREAM(g_socket_connection_factory_create_connection(socket));
    connection->socket = g_steal_pointer(&socket);
    connection->steps = choose_script(self);
    g_ptr_array_add(self->threads, g_thread_new("connection", serve_connection, connection));
  }
}

/**
 * scripted_server_new:
 * @address: a numeric loopback address
 * @certificate: (nullable): with its key; for SERVER_TLS
 * @woken: woken whenever something happened
 *
 * Listens on a free port of @address.
 *
 * Returns: (transfer full): the server
 */
ScriptedServer *
scripted_server_new(const char *address, GTlsCertificate *certificate, GMainContext *woken)
{
  ScriptedServer *self = g_new0(ScriptedServer, 1);
  self->address = g_strdup(address);
  g_set_object(&self->certificate, certificate);
  self->woken = g_main_context_ref(woken);
  self->closing = g_cancellable_new();
  self->threads = g_ptr_array_new();
  g_mutex_init(&self->lock);
  self->sockets = g_ptr_array_new_with_free_func(g_object_unref);
  self->scripts = g_ptr_array_new();
  self->requests = g_ptr_array_new_with_free_func(g_free);
  self->received = g_string_new(NULL);

  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new_from_string(address, 0);
  self->socket = g_socket_new(g_socket_address_get_family(wanted), G_SOCKET_TYPE_STREAM,
                              G_SOCKET_PROTOCOL_TCP, NULL);
  g_socket_set_listen_backlog(self->socket, BACKLOG);
  if (!g_socket_bind(self->socket, wanted, FALSE, NULL) || !g_socket_listen(self->socket, NULL))
    g_critical("no loopback socket on %s", address);
  g_autoptr(GSocketAddress) bound = g_socket_get_local_address(self->socket, NULL);
  self->port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound));

  self->acceptor = g_thread_new("acceptor", accept_connections, self);
  return self;
}

/* Ends every wait of the connections' threads; cancelling a TLS read would leak in its library. */
static void
shut_sockets(ScriptedServer *self)
{
  g_mutex_lock(&self->lock);
  for (guint i = 0; i < self->sockets->len; i++) {
    GSocket *socket = self->sockets->pdata[i];
    if (!g_socket_is_closed(socket))
      (void)g_socket_shutdown(socket, TRUE, TRUE, NULL);
  }
  g_mutex_unlock(&self->lock);
}

/**
 * scripted_server_free:
 * @self: (nullable) (transfer full): the server
 *
 * Ends every connection and waits for its threads.
 */
void
scripted_server_free(ScriptedServer *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel(self->closing);
  (void)g_thread_join(self->acceptor);
  shut_sockets(self);
  for (guint i = 0; i < self->threads->len; i++)
    (void)g_thread_join(self->threads->pdata[i]);
  g_ptr_array_unref(self->threads);
  g_object_unref(self->socket);
  g_object_unref(self->closing);
  g_clear_object(&self->certificate);
  g_main_context_unref(self->woken);
  g_ptr_array_unref(self->sockets);
  g_ptr_array_unref(self->scripts);
  g_ptr_array_unref(self->requests);
  (void)g_string_free(self->received, TRUE);
  g_mutex_clear(&self->lock);
  g_free(self->protocol);
  g_free(self->address);
  g_free(self);
}

/**
 * scripted_server_play:
 * @self: the server
 * @steps: (transfer none): must outlive the server; ends with SERVER_END or an ending step
 *
 * Sets what the next unprepared connection and those after it will see.
 */
void
scripted_server_play(ScriptedServer *self, const ServerStep *steps)
{
  g_mutex_lock(&self->lock);
  g_ptr_array_add(self->scripts, (gpointer)steps);
  g_mutex_unlock(&self->lock);
}

guint
scripted_server_get_port(ScriptedServer *self)
{
  return self->port;
}

/**
 * scripted_server_dup_url:
 * @self: the server
 * @scheme: http or https
 *
 * Names the server by its numeric address.
 *
 * Returns: (transfer full): a base URL
 */
char *
scripted_server_dup_url(ScriptedServer *self, const char *scheme)
{
  gboolean is_ipv6 = strchr(self->address, ':') != NULL;
  return g_strdup_printf("%s://%s%s%s:%u", scheme, is_ipv6 ? "[" : "", self->address,
                         is_ipv6 ? "]" : "", self->port);
}

static guint
read_count(ScriptedServer *self, const guint *count)
{
  g_mutex_lock(&self->lock);
  guint value = *count;
  g_mutex_unlock(&self->lock);
  return value;
}

guint
scripted_server_count_connections(ScriptedServer *self)
{
  return read_count(self, &self->n_connections);
}

guint
scripted_server_count_requests(ScriptedServer *self)
{
  return read_count(self, &self->requests->len);
}

guint
scripted_server_count_held(ScriptedServer *self)
{
  return read_count(self, &self->n_held);
}

/**
 * scripted_server_dup_request:
 * @self: the server
 * @i: which, from 0
 *
 * Copies a request as it came, body included.
 *
 * Returns: (transfer full) (nullable): its text
 */
char *
scripted_server_dup_request(ScriptedServer *self, guint i)
{
  g_mutex_lock(&self->lock);
  char *text = i < self->requests->len ? g_strdup(self->requests->pdata[i]) : NULL;
  g_mutex_unlock(&self->lock);
  return text;
}

/**
 * scripted_server_dup_received:
 * @self: the server
 *
 * Copies every byte that came, decrypted where there was TLS.
 *
 * Returns: (transfer full): the text
 */
char *
scripted_server_dup_received(ScriptedServer *self)
{
  g_mutex_lock(&self->lock);
  char *text = g_strdup(self->received->str);
  g_mutex_unlock(&self->lock);
  return text;
}

/**
 * scripted_server_dup_protocol:
 * @self: the server
 *
 * Tells what the last TLS handshake agreed on.
 *
 * Returns: (transfer full) (nullable): such as `http/1.1`
 */
char *
scripted_server_dup_protocol(ScriptedServer *self)
{
  g_mutex_lock(&self->lock);
  char *text = g_strdup(self->protocol);
  g_mutex_unlock(&self->lock);
  return text;
}
