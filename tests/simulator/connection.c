/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A client's connection: reading until a request is whole, holding, parking, tearing. */

#include "connection.h"

#include "relay.h"
#include "requests.h"
#include "wait.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

static void
clear_connection(gpointer data)
{
  SimConnection *self = data;
  g_object_unref(self->client);
  g_clear_object(&self->service);
  g_object_unref(self->stop);
  g_byte_array_unref(self->received);
  g_byte_array_unref(self->answer);
  g_clear_pointer(&self->forwarded, g_byte_array_unref);
  sim_frame_clear(&self->request);
  sim_frame_clear(&self->reply);
  sim_fault_unref(self->fault);
}

/**
 * sim_connection_ref:
 * @self: a connection
 *
 * Keeps a connection alive over an operation.
 *
 * Returns: (transfer full): the connection
 */
SimConnection *
sim_connection_ref(SimConnection *self)
{
  return g_rc_box_acquire(self);
}

/**
 * sim_connection_unref:
 * @self: (transfer full): a connection
 *
 * Lets go of a connection.
 */
void
sim_connection_unref(SimConnection *self)
{
  g_rc_box_release_full(self, clear_connection);
}

static void
stop_timer(SimConnection *self)
{
  if (self->timer == NULL)
    return;
  g_source_destroy(self->timer);
  g_clear_pointer(&self->timer, g_source_unref);
}

static void
drop_service(SimConnection *self)
{
  if (self->service != NULL)
    (void)g_io_stream_close(self->service, NULL, NULL); /* Nothing is left in it. */
  g_clear_object(&self->service);
}

/**
 * sim_connection_tear:
 * @self: a connection
 * @tear: how it looks to the client
 *
 * Ends a connection: RST as from a process that died, FIN as from one that closed.
 */
void
sim_connection_tear(SimConnection *self, SimTear tear)
{
  const struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  GSocket *socket = g_socket_connection_get_socket(self->client);

  if (self->closed)
    return;
  self->closed = TRUE;
  self->held = NULL;
  stop_timer(self);
  g_cancellable_cancel(self->stop);
  if (tear == SIM_TEAR_RST)
    (void)setsockopt(g_socket_get_fd(socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  else
    (void)g_socket_shutdown(socket, FALSE, TRUE, NULL); /* The peer may be gone already. */
  (void)g_socket_close(socket, NULL);
  drop_service(self);
  sim_relay_forget(self->sim->relay, self);
}

static gboolean
is_half_there(const SimConnection *self)
{
  const SimFrame *request = &self->request;
  gsize half = request->head_length + request->body_length / 2;
  return request->complete || (!request->chunked && self->received->len >= half);
}

static void take_bytes(SimConnection *self);

static gboolean
obeys_half(SimConnection *self)
{
  if (self->fault == NULL || !is_half_there(self))
    return FALSE;
  if (self->fault->kind == SIM_FAULT_CUT_HALF_REQUEST) {
    sim_connection_tear(self, self->fault->fin ? SIM_TEAR_FIN : SIM_TEAR_RST);
    return TRUE;
  }
  if (self->fault->kind != SIM_FAULT_HOLD_HALF_REQUEST || self->resume == take_bytes)
    return FALSE;
  sim_connection_hold(self, "half_request", take_bytes);
  return TRUE;
}

static void
continued_cb(GObject *source, GAsyncResult *result, gpointer data)
{
  SimConnection *self = data;
  if (g_output_stream_write_all_finish(G_OUTPUT_STREAM(source), result, NULL, NULL))
    sim_connection_read(self);
  else
    sim_connection_tear(self, SIM_TEAR_FIN);
  sim_connection_unref(self);
}

static void
send_continue(SimConnection *self)
{
  static const char line[] = "HTTP/1.1 100 Continue\r\n\r\n";

  self->continued = TRUE;
  g_output_stream_write_all_async(g_io_stream_get_output_stream(G_IO_STREAM(self->client)), line,
                                  strlen(line), G_PRIORITY_DEFAULT, self->stop, continued_cb,
                                  sim_connection_ref(self));
}

static void
take_bytes(SimConnection *self)
{
  SimFrame *request = &self->request;

  sim_frame_parse_request(request, self->received);
  if (request->malformed) {
    sim_exchange_refuse(self);
    return;
  }
  if (request->headers != NULL && self->number == 0)
    sim_exchange_decide(self);
  if (request->headers != NULL && obeys_half(self))
    return;
  if (request->complete)
    sim_exchange_begin(self);
  else if (request->headers != NULL && !self->continued && sim_frame_expects_continue(request))
    send_continue(self);
  else
    sim_connection_read(self);
}

static void
read_cb(GObject *source, GAsyncResult *result, gpointer data)
{
  SimConnection *self = data;
  gssize n_read = g_input_stream_read_finish(G_INPUT_STREAM(source), result, NULL);

  if (n_read <= 0) {
    sim_connection_tear(self, SIM_TEAR_FIN);
  } else if (self->parked) {
    sim_connection_read(self);
  } else {
    g_byte_array_append(self->received, self->buffer, (guint)n_read);
    take_bytes(self);
  }
  sim_connection_unref(self);
}

/**
 * sim_connection_read:
 * @self: a connection
 *
 * Reads on.
 */
void
sim_connection_read(SimConnection *self)
{
  if (self->closed)
    return;
  g_input_stream_read_async(g_io_stream_get_input_stream(G_IO_STREAM(self->client)), self->buffer,
                            sizeof self->buffer, G_PRIORITY_DEFAULT, self->stop, read_cb,
                            sim_connection_ref(self));
}

/**
 * sim_exchange_next:
 * @self: a connection whose exchange is over
 *
 * Makes the connection ready for the next request, which may have arrived already.
 */
void
sim_exchange_next(SimConnection *self)
{
  gsize used = self->request.head_length + self->request.body_length;

  if (self->closed)
    return;
  if (self->close_after || !self->request.keep_alive) {
    sim_connection_tear(self, SIM_TEAR_FIN);
    return;
  }
  /* A SoupServer without a port of its own serves one request per stream. */
  drop_service(self);
  g_byte_array_remove_range(self->received, 0, (guint)MIN(used, self->received->len));
  g_byte_array_set_size(self->answer, 0);
  sim_frame_clear(&self->request);
  sim_frame_clear(&self->reply);
  g_clear_pointer(&self->fault, sim_fault_unref);
  self->resume = NULL;
  self->number = 0;
  self->sent = 0;
  self->continued = FALSE;
  if (sim_faults_has_connect(self->sim->faults) && self->received->len == 0)
    sim_connection_tear(self, SIM_TEAR_FIN);
  else
    take_bytes(self);
}

/**
 * sim_connection_hold:
 * @self: a connection
 * @where: the place, as the control port names it
 * @resume: what a release does
 *
 * Leaves a connection as it is until it is released.
 */
void
sim_connection_hold(SimConnection *self, const char *where, SimStep resume)
{
  SimRequest *row = sim_requests_get(self->sim->requests, self->number);

  self->held = where;
  self->resume = resume;
  if (row != NULL)
    row->held = where;
  sim_waits_check(self->sim);
}

static gboolean
is_peer_gone(SimConnection *self)
{
  int fd = g_socket_get_fd(g_socket_connection_get_socket(self->client));

  for (;;) {
    gssize n_read = recv(fd, self->buffer, sizeof self->buffer, MSG_DONTWAIT);
    if (n_read == 0)
      return TRUE;
    if (n_read < 0)
      return errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR;
    g_byte_array_append(self->received, self->buffer, (guint)n_read);
  }
}

/**
 * sim_connection_release:
 * @self: a held connection
 * @then: "go", "reset" or "close"
 *
 * Lets a held connection go on. Half a request whose client died meanwhile goes nowhere: the other
 * half counts as never sent.
 */
void
sim_connection_release(SimConnection *self, const char *then)
{
  gboolean torn = g_str_equal(self->held, "half_request") && is_peer_gone(self);

  self->held = NULL;
  if (torn || g_str_equal(then, "reset")) {
    sim_connection_tear(self, SIM_TEAR_RST);
    return;
  }
  if (g_str_equal(then, "close")) {
    sim_connection_tear(self, SIM_TEAR_FIN);
    return;
  }
  self->resume(self);
}

static gboolean
parked_cb(gpointer data)
{
  SimConnection *self = sim_connection_ref(data);
  sim_connection_tear(self, SIM_TEAR_FIN);
  sim_connection_unref(self);
  return G_SOURCE_REMOVE;
}

/**
 * sim_connection_park:
 * @self: a connection
 *
 * Never answers: the connection stays until the client leaves, or for the fault's time.
 */
void
sim_connection_park(SimConnection *self)
{
  self->parked = TRUE;
  if (self->fault != NULL && self->fault->ms > 0)
    sim_connection_delay(self, self->fault->ms, parked_cb);
  sim_connection_read(self);
}

/**
 * sim_connection_delay:
 * @self: a connection
 * @ms: how long
 * @step_cb: called with the connection; returns %G_SOURCE_REMOVE
 *
 * Does something later, unless the connection ends before.
 */
void
sim_connection_delay(SimConnection *self, guint ms, GSourceFunc step_cb)
{
  stop_timer(self);
  self->timer = g_timeout_source_new(ms);
  g_source_set_callback(self->timer, step_cb, self, NULL);
  g_source_attach(self->timer, NULL);
}

/**
 * sim_connection_is_idle:
 * @self: a connection
 *
 * Asks whether a connection is between two requests.
 *
 * Returns: %TRUE when it is
 */
gboolean
sim_connection_is_idle(const SimConnection *self)
{
  return !self->closed && self->held == NULL && self->number == 0 && self->received->len == 0;
}

/**
 * sim_connection_start:
 * @sim: the simulator
 * @client: a connection that was just accepted
 *
 * Serves a client, or does to it what a rule says about new connections.
 */
void
sim_connection_start(Simulator *sim, GSocketConnection *client)
{
  SimConnection *self = g_rc_box_new0(SimConnection);

  self->sim = sim;
  self->client = g_object_ref(client);
  self->stop = g_cancellable_new();
  self->received = g_byte_array_new();
  self->answer = g_byte_array_new();
  sim_relay_remember(sim->relay, self);

  g_autoptr(GSocket) socket = g_object_ref(g_socket_connection_get_socket(client));
  (void)g_socket_set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  SimFault *fault = sim_faults_find_connect(sim->faults);
  if (fault != NULL && fault->kind == SIM_FAULT_RESET)
    sim_connection_tear(self, SIM_TEAR_RST);
  else if (fault != NULL)
    sim_connection_hold(self, "accept", sim_connection_read);
  else
    sim_connection_read(self);
  sim_fault_unref(fault);
  sim_connection_unref(self);
}
