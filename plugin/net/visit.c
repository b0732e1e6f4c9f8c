/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads one request, no further and no longer than is allowed. A library that parses HTTP sees it
 * when it is whole and in memory, written anew with the three fields that are needed. */
#include "net/visit.h"

#include "net/chunks.h"

#include <string.h>

#define READ_BYTES      (16 * 1024)
#define LEAVE_MS        1000         /* for the refused, to read why */
#define LEAVE_BYTES_MAX (256 * 1024) /* that are thrown away meanwhile */
#define MS              G_GINT64_CONSTANT(1000)

typedef enum {
  PHASE_HEAD,
  PHASE_BODY,
  PHASE_ANSWER, /* whoever has the stream */
  PHASE_LEAVE
} Phase;

struct ShopcaisseVisit {
  const ShopcaisseVisitRules *rules; /* (not owned) */
  GMainContext *context;             /* (not owned) */
  GSocket *socket;                   /* (owned) */
  GSocketConnection *connection;     /* (owned) (nullable): what the answer goes out on */
  GIOStream *stream;                 /* (nullable): held by a weak reference */
  GSource *input;                    /* (owned) (nullable) */
  GSource *deadline;                 /* (owned) */
  gint64 end_at;                     /* microseconds, monotonic */
  Phase phase;
  gboolean is_refused;
  GByteArray *heading; /* (owned): what came before the body */
  GByteArray *body;    /* (owned) */
  ShopcaisseRequestHead head;
  ShopcaisseChunks chunks;
  gsize n_dropped; /* bytes, while leaving */
  ShopcaisseVisitOver over;
  gpointer user_data;
};

static gboolean readable_cb(GSocket *socket, GIOCondition condition, gpointer user_data);
static gboolean late_cb(gpointer user_data);
static void answered_cb(gpointer user_data, GObject *stream);

static void
drop_source(GSource **source)
{
  if (*source != NULL)
    g_source_destroy(*source);
  g_clear_pointer(source, g_source_unref);
}

static const char *
get_reason(guint status)
{
  switch (status) {
  case 100:
    return "Continue";
  case 404:
    return "Not Found";
  case 405:
    return "Method Not Allowed";
  case 408:
    return "Request Timeout";
  case 411:
    return "Length Required";
  case 413:
    return "Content Too Large";
  case 431:
    return "Request Header Fields Too Large";
  case 501:
    return "Not Implemented";
  case 503:
    return "Service Unavailable";
  case 505:
    return "HTTP Version Not Supported";
  default:
    return "Bad Request";
  }
}

/* A few bytes into an empty buffer: they go at once or never. */
static void
say(GSocket *socket, guint status)
{
  g_autofree char *text = NULL;

  if (status == 100)
    text = g_strdup("HTTP/1.1 100 Continue\r\n\r\n");
  else
    text = g_strdup_printf("HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Length: 0\r\n%s\r\n",
                           status, get_reason(status), status == 405 ? "Allow: POST\r\n" : "");
  (void)g_socket_send(socket, text, strlen(text), NULL,
                      NULL); /* who does not listen hears nothing */
}

/**
 * shopcaisse_visit_turn_away:
 * @socket: a connection that was just accepted
 *
 * Says that there are too many, and closes it.
 */
void
shopcaisse_visit_turn_away(GSocket *socket)
{
  g_socket_set_blocking(socket, FALSE);
  say(socket, 503);
  (void)g_socket_close(socket, NULL); /* nobody can do anything about it */
}

static void
allow(ShopcaisseVisit *self, guint ms)
{
  gint64 at = g_get_monotonic_time() + ms * MS;

  g_source_set_ready_time(self->deadline, MIN(at, self->end_at));
}

static void
end(ShopcaisseVisit *self)
{
  self->over(self, self->user_data);
}

static void
watch_input(ShopcaisseVisit *self)
{
  self->input = g_socket_create_source(self->socket, G_IO_IN, NULL);
  g_source_set_priority(self->input, SHOPCAISSE_VISIT_PRIORITY);
  g_source_set_callback(self->input, G_SOURCE_FUNC(readable_cb), self, NULL);
  (void)g_source_attach(self->input, self->context); /* destroyed by pointer */
}

/* Closing with bytes unread would take the answer away from the other end. */
static void
leave(ShopcaisseVisit *self)
{
  self->phase = PHASE_LEAVE;
  self->end_at = MIN(self->end_at, g_get_monotonic_time() + LEAVE_MS * MS);
  allow(self, LEAVE_MS);
  if (self->input == NULL)
    watch_input(self);
  if (!g_socket_shutdown(self->socket, FALSE, TRUE, NULL))
    end(self);
}

static void
refuse(ShopcaisseVisit *self, guint status)
{
  self->is_refused = TRUE;
  say(self->socket, status);
  leave(self);
}

static GBytes *
write_request(ShopcaisseVisit *self)
{
  const ShopcaisseWantedRequest *wanted = &self->rules->wanted;
  GString *text = g_string_new(NULL);

  g_string_append_printf(text, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %u\r\n",
                         wanted->path, self->body->len);
  if (self->head.signature != NULL)
    g_string_append_printf(text, "%s: %s\r\n", wanted->header, self->head.signature);
  g_string_append(text, "Connection: close\r\n\r\n");
  g_string_append_len(text, (const char *)self->body->data, self->body->len);
  g_clear_pointer(&self->body, g_byte_array_unref);
  g_clear_pointer(&self->heading, g_byte_array_unref);
  return g_string_free_to_bytes(text);
}

static void
hand_over(ShopcaisseVisit *self)
{
  g_autoptr(GBytes) request = write_request(self);
  g_autoptr(GInputStream) input = g_memory_input_stream_new_from_bytes(request);
  g_autoptr(GIOStream) stream = NULL;

  drop_source(&self->input);
  self->connection = g_socket_connection_factory_create_connection(self->socket);
  stream =
      g_simple_io_stream_new(input, g_io_stream_get_output_stream(G_IO_STREAM(self->connection)));
  self->phase = PHASE_ANSWER;
  self->stream = stream;
  g_object_weak_ref(G_OBJECT(stream), answered_cb, self);
  allow(self, self->rules->total_ms);
  self->rules->visited(stream, self->rules->user_data);
}

static void
answered_cb(gpointer user_data, GObject *stream)
{
  ShopcaisseVisit *self = user_data;

  (void)stream;
  self->stream = NULL;
  if (g_socket_get_available_bytes(self->socket) > 0)
    leave(self);
  else
    end(self);
}

/* Whether more is wanted; the visit may be over otherwise. */
static gboolean
take_body(ShopcaisseVisit *self, const guint8 *data, gsize size)
{
  guint status = 0;
  gsize left = 0;

  if (self->head.is_chunked) {
    status =
        shopcaisse_chunks_take(&self->chunks, data, size, self->rules->wanted.body_max, self->body);
  } else {
    left = self->head.body_size - self->body->len;
    g_byte_array_append(self->body, data, (guint)MIN(left, size));
    status = size >= left ? 200 : 0;
  }
  if (status == 0)
    return TRUE;
  if (status == 200)
    hand_over(self);
  else
    refuse(self, status);
  return FALSE;
}

static gboolean
take_head(ShopcaisseVisit *self, const guint8 *data, gsize size)
{
  gsize n_known = self->heading->len;
  guint status = 0;

  g_byte_array_append(self->heading, data, (guint)size);
  status = shopcaisse_request_head_parse(&self->rules->wanted, (const char *)self->heading->data,
                                         self->heading->len, n_known, &self->head);
  if (status == SHOPCAISSE_HEAD_INCOMPLETE)
    return TRUE;
  if (status != SHOPCAISSE_HEAD_FINE) {
    refuse(self, status);
    return FALSE;
  }
  self->phase = PHASE_BODY;
  if (self->head.is_waiting && self->heading->len == self->head.size)
    say(self->socket, 100);
  return take_body(self, self->heading->data + self->head.size,
                   self->heading->len - self->head.size);
}

static gboolean
take(ShopcaisseVisit *self, const guint8 *data, gsize size)
{
  switch (self->phase) {
  case PHASE_HEAD:
    return take_head(self, data, size);
  case PHASE_BODY:
    return take_body(self, data, size);
  case PHASE_LEAVE:
  case PHASE_ANSWER:
  default:
    self->n_dropped += size;
    if (self->n_dropped <= LEAVE_BYTES_MAX)
      return TRUE;
    end(self);
    return FALSE;
  }
}

static gboolean
readable_cb(GSocket *socket, GIOCondition condition, gpointer user_data)
{
  ShopcaisseVisit *self = user_data;
  g_autoptr(GError) error = NULL;
  guint8 data[READ_BYTES];
  gssize n_read = g_socket_receive(socket, (char *)data, sizeof data, NULL, &error);

  (void)condition;
  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n_read <= 0) {
    self->is_refused |= self->phase == PHASE_BODY;
    end(self);
    return G_SOURCE_CONTINUE; /* the source is gone already */
  }
  if (take(self, data, (gsize)n_read) && self->phase != PHASE_LEAVE)
    allow(self, self->rules->read_ms);
  return G_SOURCE_CONTINUE;
}

static gboolean
late_cb(gpointer user_data)
{
  ShopcaisseVisit *self = user_data;

  if (self->phase == PHASE_HEAD || self->phase == PHASE_BODY)
    refuse(self, 408);
  else
    end(self);
  return G_SOURCE_CONTINUE;
}

/**
 * shopcaisse_visit_new:
 * @socket: a connection that was just accepted
 * @context: where it is read
 * @rules: what is allowed; outlives the visit
 * @over: called once, when nothing is left to do
 * @user_data: for @over
 *
 * Begins to read.
 *
 * Returns: (transfer full): the visit
 */
ShopcaisseVisit *
shopcaisse_visit_new(GSocket *socket,
                     GMainContext *context,
                     const ShopcaisseVisitRules *rules,
                     ShopcaisseVisitOver over,
                     gpointer user_data)
{
  ShopcaisseVisit *self = g_new0(ShopcaisseVisit, 1);

  self->rules = rules;
  self->context = context;
  self->socket = g_object_ref(socket);
  self->over = over;
  self->user_data = user_data;
  self->heading = g_byte_array_new();
  self->body = g_byte_array_new();
  self->end_at = g_get_monotonic_time() + rules->total_ms * MS;
  g_socket_set_blocking(socket, FALSE);
  self->deadline = g_timeout_source_new(rules->total_ms);
  g_source_set_callback(self->deadline, late_cb, self, NULL);
  (void)g_source_attach(self->deadline, context); /* destroyed by pointer */
  allow(self, rules->read_ms);
  watch_input(self);
  return self;
}

/**
 * shopcaisse_visit_was_refused:
 * @self: a visit
 *
 * Returns: whether its request was let through to nobody
 */
gboolean
shopcaisse_visit_was_refused(const ShopcaisseVisit *self)
{
  return self->is_refused;
}

/**
 * shopcaisse_visit_free:
 * @self: (nullable): a visit
 *
 * Closes its connection.
 */
void
shopcaisse_visit_free(ShopcaisseVisit *self)
{
  if (self == NULL)
    return;
  drop_source(&self->input);
  drop_source(&self->deadline);
  if (self->stream != NULL)
    g_object_weak_unref(G_OBJECT(self->stream), answered_cb, self);
  (void)g_socket_close(self->socket, NULL); /* nobody can do anything about it */
  g_object_unref(self->socket);
  g_clear_object(&self->connection);
  g_clear_pointer(&self->heading, g_byte_array_unref);
  g_clear_pointer(&self->body, g_byte_array_unref);
  shopcaisse_request_head_clear(&self->head);
  g_free(self);
}
