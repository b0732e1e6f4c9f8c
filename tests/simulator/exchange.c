/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One request through the service and back, with the fault that the rules put on it. */

#include "answer.h"
#include "connection.h"
#include "options.h"
#include "requests.h"
#include "server.h"
#include "switches.h"
#include "wait.h"

#include <string.h>

#define FLOOD_BYTES 65536

static void forward(SimConnection *self);
static void send_answer(SimConnection *self);
static void answered(SimConnection *self);

static SimFaultKind
get_kind(const SimConnection *self)
{
  return self->fault != NULL ? self->fault->kind : SIM_FAULT_REFUSE; /* Refusal is no exchange. */
}

static SimTear
get_tear(const SimConnection *self)
{
  return self->fault->fin ? SIM_TEAR_FIN : SIM_TEAR_RST;
}

static void
note_status(SimConnection *self, guint status)
{
  SimRequest *row = sim_requests_get(self->sim->requests, self->number);
  if (row == NULL)
    return;
  row->status = status;
  if (self->sim->options->verbose)
    g_printerr("%u %s %s %u%s%s\n", row->number, row->method, row->path, status,
               row->fault != NULL ? " " : "", row->fault != NULL ? row->fault : "");
}

/**
 * sim_exchange_decide:
 * @self: a connection with the head of a request
 *
 * Logs the request and finds the rule that it falls under.
 */
void
sim_exchange_decide(SimConnection *self)
{
  SimRequest *row = sim_requests_add(self->sim, self->request.method, self->request.target);

  self->number = row->number;
  self->fault = sim_faults_find_exchange(self->sim->faults, row->method, row->path);
  if (self->fault != NULL)
    row->fault = self->fault->name;
}

/**
 * sim_exchange_refuse:
 * @self: a connection with something that is no request
 *
 * Answers 400 and closes.
 */
void
sim_exchange_refuse(SimConnection *self)
{
  g_byte_array_unref(self->answer);
  self->answer = sim_answer_compose(400, "text/plain", NULL, "bad request", 11);
  self->close_after = TRUE;
  send_answer(self);
}

static gboolean
is_replaced(const SimConnection *self)
{
  switch (get_kind(self)) {
  case SIM_FAULT_HTML_200:
  case SIM_FAULT_STATUS:
  case SIM_FAULT_THROTTLE:
  case SIM_FAULT_REDIRECT:
  case SIM_FAULT_GZIP_BOMB:
  case SIM_FAULT_HUGE_BODY:
  case SIM_FAULT_DEEP_JSON:
  case SIM_FAULT_BODY:
    return TRUE;
  default:
    return FALSE;
  }
}

static void
replace_answer(SimConnection *self)
{
  g_byte_array_unref(self->answer);
  self->answer = sim_answer_replace(self->sim, self->fault, &self->flood_left);
  note_status(self, self->fault->status);
  send_answer(self);
}

static void
log_body(SimConnection *self)
{
  SimRequest *row = sim_requests_get(self->sim->requests, self->number);
  if (row == NULL || row->sha256 != NULL)
    return;
  row->body_length = self->request.body_length;
  row->sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256,
                                            self->received->data + self->request.head_length,
                                            self->request.body_length);
}

/**
 * sim_exchange_begin:
 * @self: a connection with a complete request
 *
 * Lets the service have the request, or not.
 */
void
sim_exchange_begin(SimConnection *self)
{
  log_body(self);
  sim_waits_check(self->sim);
  switch (get_kind(self)) {
  case SIM_FAULT_TIMEOUT_BEFORE:
    sim_connection_park(self);
    return;
  case SIM_FAULT_CUT_BEFORE_STORE:
    sim_connection_tear(self, get_tear(self));
    return;
  case SIM_FAULT_HOLD_REQUEST:
    if (self->fault->store)
      forward(self);
    else
      sim_connection_hold(self, "request", forward);
    return;
  default:
    break;
  }
  if (is_replaced(self) && !self->fault->store)
    replace_answer(self);
  else
    forward(self);
}

static void
service_read_cb(GObject *source, GAsyncResult *result, gpointer data)
{
  SimConnection *self = data;
  gssize n_read = g_input_stream_read_finish(G_INPUT_STREAM(source), result, NULL);

  if (n_read <= 0) {
    sim_connection_tear(self, SIM_TEAR_RST);
  } else if (!self->closed) {
    g_byte_array_append(self->answer, self->service_buffer, (guint)n_read);
    sim_frame_parse_answer(&self->reply, self->answer);
    if (self->reply.complete)
      answered(self);
    else
      g_input_stream_read_async(G_INPUT_STREAM(source), self->service_buffer,
                                sizeof self->service_buffer, G_PRIORITY_DEFAULT, self->stop,
                                service_read_cb, sim_connection_ref(self));
  }
  sim_connection_unref(self);
}

static void
forwarded_cb(GObject *source, GAsyncResult *result, gpointer data)
{
  SimConnection *self = data;

  g_clear_pointer(&self->forwarded, g_byte_array_unref);
  if (!g_output_stream_write_all_finish(G_OUTPUT_STREAM(source), result, NULL, NULL))
    sim_connection_tear(self, SIM_TEAR_RST);
  else if (!self->closed)
    g_input_stream_read_async(g_io_stream_get_input_stream(self->service), self->service_buffer,
                              sizeof self->service_buffer, G_PRIORITY_DEFAULT, self->stop,
                              service_read_cb, sim_connection_ref(self));
  sim_connection_unref(self);
}

static void
forward(SimConnection *self)
{
  self->service = sim_server_connect(self->sim->server);
  if (self->service == NULL) {
    sim_connection_tear(self, SIM_TEAR_RST);
    return;
  }
  if (get_kind(self) == SIM_FAULT_PAGE_REPEAT)
    sim_answer_rewind_page(&self->request.target);
  self->forwarded = sim_frame_build_request(&self->request, self->received, self->number);
  g_byte_array_set_size(self->answer, 0);
  g_output_stream_write_all_async(g_io_stream_get_output_stream(self->service),
                                  self->forwarded->data, self->forwarded->len, G_PRIORITY_DEFAULT,
                                  self->stop, forwarded_cb, sim_connection_ref(self));
}

static void
sent_cb(GObject *source, GAsyncResult *result, gpointer data)
{
  SimConnection *self = data;

  if (!g_output_stream_write_all_finish(G_OUTPUT_STREAM(source), result, NULL, NULL))
    sim_connection_tear(self, SIM_TEAR_FIN);
  else if (self->flood_left > 0)
    send_answer(self);
  else
    sim_exchange_next(self);
  sim_connection_unref(self);
}

static void
write_bytes(SimConnection *self, const guint8 *bytes, gsize length, GAsyncReadyCallback written_cb)
{
  if (self->closed)
    return;
  g_output_stream_write_all_async(g_io_stream_get_output_stream(G_IO_STREAM(self->client)), bytes,
                                  length, G_PRIORITY_DEFAULT, self->stop, written_cb,
                                  sim_connection_ref(self));
}

static void
send_answer(SimConnection *self)
{
  if (self->sent < self->answer->len) {
    gsize from = self->sent;
    self->sent = self->answer->len;
    write_bytes(self, self->answer->data + from, self->answer->len - from, sent_cb);
    return;
  }

  gsize length = MIN(self->flood_left, FLOOD_BYTES);
  self->flood_left -= length;
  memset(self->service_buffer, ' ', length);
  write_bytes(self, self->service_buffer, length, sent_cb);
}

static gboolean
delayed_cb(gpointer data)
{
  SimConnection *self = sim_connection_ref(data);
  send_answer(self);
  sim_connection_unref(self);
  return G_SOURCE_REMOVE;
}

static gboolean drip_cb(gpointer data);

static void
dripped_cb(GObject *source, GAsyncResult *result, gpointer data)
{
  SimConnection *self = data;

  if (!g_output_stream_write_all_finish(G_OUTPUT_STREAM(source), result, NULL, NULL))
    sim_connection_tear(self, SIM_TEAR_FIN);
  else if (self->sent >= self->answer->len)
    sim_exchange_next(self);
  else
    sim_connection_delay(self, self->fault->ms, drip_cb);
  sim_connection_unref(self);
}

static gboolean
drip_cb(gpointer data)
{
  SimConnection *self = sim_connection_ref(data);
  gsize from = self->sent;
  gsize length = MIN(MAX(self->fault->bytes, 1), self->answer->len - from);

  self->sent += length;
  write_bytes(self, self->answer->data + from, length, dripped_cb);
  sim_connection_unref(self);
  return G_SOURCE_REMOVE;
}

static void
half_sent_cb(GObject *source, GAsyncResult *result, gpointer data)
{
  SimConnection *self = data;

  if (!g_output_stream_write_all_finish(G_OUTPUT_STREAM(source), result, NULL, NULL))
    sim_connection_tear(self, SIM_TEAR_FIN);
  else if (get_kind(self) == SIM_FAULT_HALF_BODY)
    sim_connection_tear(self, self->fault->rst ? SIM_TEAR_RST : SIM_TEAR_FIN);
  else
    sim_connection_hold(self, "half_answer", send_answer);
  sim_connection_unref(self);
}

static void
send_half(SimConnection *self)
{
  gsize body = self->answer->len - self->reply.head_length;

  self->sent = self->reply.head_length + body / 2;
  write_bytes(self, self->answer->data, self->sent, half_sent_cb);
}

static void
send_changed(SimConnection *self)
{
  sim_answer_change(self->sim, self->fault, &self->reply, self->answer);
  send_answer(self);
}

static void
send_plain(SimConnection *self)
{
  gint64 latency_ms = sim_switch_get_number(self->sim, "latency_ms");
  if (latency_ms > 0)
    sim_connection_delay(self, (guint)latency_ms, delayed_cb);
  else
    send_answer(self);
}

static void
answered(SimConnection *self)
{
  note_status(self, self->reply.status);
  if (self->fault == NULL) {
    send_plain(self);
    return;
  }
  switch (self->fault->kind) {
  case SIM_FAULT_TIMEOUT_AFTER:
    sim_connection_park(self);
    return;
  case SIM_FAULT_CUT_AFTER_STORE:
    sim_connection_tear(self, get_tear(self));
    return;
  case SIM_FAULT_HOLD_ANSWER:
    sim_connection_hold(self, "answer", send_answer);
    return;
  case SIM_FAULT_HOLD_REQUEST:
    if (self->fault->store)
      sim_connection_hold(self, "answer", send_answer);
    else
      send_answer(self);
    return;
  case SIM_FAULT_SLOW:
    sim_connection_delay(self, self->fault->ms, delayed_cb);
    return;
  case SIM_FAULT_SLOW_DRIP:
    drip_cb(self);
    return;
  case SIM_FAULT_HALF_BODY:
    sim_answer_reframe(self->fault, &self->reply, self->answer);
    send_half(self);
    return;
  case SIM_FAULT_HOLD_HALF_ANSWER:
    send_half(self);
    return;
  case SIM_FAULT_BAD_JSON:
  case SIM_FAULT_WRONG_ECHO:
  case SIM_FAULT_PAGE_REPEAT:
    send_changed(self);
    return;
  default:
    break;
  }
  if (is_replaced(self))
    replace_answer(self);
  else
    send_plain(self);
}
