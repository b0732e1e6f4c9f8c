/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTP over plain sockets, so that every way a connection ends can be told apart. */

#include "http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TIMEOUT_MS 10000

/**
 * http_connect:
 * @port: a port of the loopback address
 *
 * Connects.
 *
 * Returns: a descriptor, -1 when refused
 */
int
http_connect(guint16 port)
{
  const struct sockaddr_in address = {
    .sin_family = AF_INET,
    .sin_port = htons(port),
    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
  };
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (connect(fd, (const struct sockaddr *)&address, sizeof address) == 0)
    return fd;
  close(fd);
  return -1;
}

/**
 * http_build:
 * @method: the method
 * @target: path and query
 * @token: (nullable): the bearer
 * @body: (nullable): the body
 *
 * Makes a request.
 *
 * Returns: (transfer full): its bytes
 */
char *
http_build(const char *method, const char *target, const char *token, const char *body)
{
  GString *text = g_string_new(NULL);

  g_string_append_printf(text, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n", method, target);
  if (token != NULL)
    g_string_append_printf(text, "Authorization: Bearer %s\r\n", token);
  if (body != NULL)
    g_string_append_printf(
        text, "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
        strlen(body));
  g_string_append_printf(text, "\r\n%s", body != NULL ? body : "");
  return g_string_free(text, FALSE);
}

/**
 * http_send:
 * @fd: a connection
 * @bytes: what to send
 * @length: how much
 *
 * Sends all.
 *
 * Returns: %FALSE when the connection broke
 */
gboolean
http_send(int fd, const char *bytes, gsize length)
{
  for (gsize done = 0; done < length;) {
    ssize_t n_sent = send(fd, bytes + done, length - done, MSG_NOSIGNAL);
    if (n_sent <= 0)
      return FALSE;
    done += (gsize)n_sent;
  }
  return TRUE;
}

static gboolean
split_head(HttpReply *reply, GByteArray *received, gsize *announced)
{
  const char *end = g_strstr_len((const char *)received->data, received->len, "\r\n\r\n");
  if (end == NULL)
    return FALSE;

  gsize length = (gsize)(end - (const char *)received->data);
  reply->head = g_strndup((const char *)received->data, length);
  g_byte_array_remove_range(received, 0, (guint)length + 4);
  reply->status = (int)g_ascii_strtoull(strchr(reply->head, ' '), NULL, 10);
  g_autofree char *text = http_get_header(reply, "Content-Length");
  *announced = text != NULL ? (gsize)g_ascii_strtoull(text, NULL, 10) : G_MAXSIZE;
  return TRUE;
}

static HttpEnd
receive_bytes(int fd, int timeout_ms, HttpReply *reply)
{
  gint64 deadline = g_get_monotonic_time() + (gint64)timeout_ms * 1000;
  gsize announced = G_MAXSIZE;
  guint8 buffer[65536];

  for (;;) {
    gint64 left_ms = (deadline - g_get_monotonic_time()) / 1000;
    struct pollfd watched = { .fd = fd, .events = POLLIN };
    if (left_ms <= 0 || poll(&watched, 1, (int)left_ms) == 0)
      return HTTP_TIMEOUT;
    ssize_t n_read = recv(fd, buffer, sizeof buffer, 0);
    if (n_read < 0)
      return HTTP_RESET;
    if (n_read == 0)
      return HTTP_CLOSED;
    g_byte_array_append(reply->body, buffer, (guint)n_read);
    if (reply->head == NULL)
      (void)split_head(reply, reply->body, &announced);
    if (reply->head != NULL && reply->body->len >= announced)
      return HTTP_WHOLE;
  }
}

/**
 * http_receive:
 * @fd: a connection
 * @timeout_ms: how long to wait in all
 *
 * Reads one answer.
 *
 * Returns: (transfer full): what came and how it ended
 */
HttpReply *
http_receive(int fd, int timeout_ms)
{
  HttpReply *reply = g_new0(HttpReply, 1);
  gint64 start = g_get_monotonic_time();

  reply->body = g_byte_array_new();
  reply->end = receive_bytes(fd, timeout_ms, reply);
  reply->took_ms = (g_get_monotonic_time() - start) / 1000;
  if (reply->body->len > 0)
    reply->json =
        json_loadb((const char *)reply->body->data, reply->body->len, JSON_DECODE_ANY, NULL);
  return reply;
}

/**
 * http_call:
 * @port: where
 * @method: the method
 * @target: path and query
 * @token: (nullable): the bearer
 * @body: (nullable): the body
 *
 * Makes one request on a connection of its own.
 *
 * Returns: (transfer full): what came of it
 */
HttpReply *
http_call(guint16 port, const char *method, const char *target, const char *token, const char *body)
{
  g_autofree char *request = http_build(method, target, token, body);
  int fd = http_connect(port);

  if (fd < 0) {
    HttpReply *reply = g_new0(HttpReply, 1);
    reply->end = HTTP_REFUSED;
    reply->body = g_byte_array_new();
    return reply;
  }
  gboolean is_sent = http_send(fd, request, strlen(request));
  HttpReply *reply = http_receive(fd, TIMEOUT_MS);
  /* A reset that sending has met already looks like an end to who reads. */
  if (!is_sent && reply->end == HTTP_CLOSED)
    reply->end = HTTP_RESET;
  close(fd);
  return reply;
}

/**
 * http_get_header:
 * @self: an answer
 * @name: a header
 *
 * Finds a header.
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
http_get_header(const HttpReply *self, const char *name)
{
  g_auto(GStrv) lines = g_strsplit(self->head != NULL ? self->head : "", "\r\n", -1);
  gsize length = strlen(name);

  for (gsize i = 0; lines[i] != NULL; i++) {
    if (g_ascii_strncasecmp(lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strstrip(g_strdup(lines[i] + length + 1));
  }
  return NULL;
}

/**
 * http_reply_free:
 * @self: (nullable) (transfer full): an answer
 *
 * Releases an answer.
 */
void
http_reply_free(HttpReply *self)
{
  if (self == NULL)
    return;
  g_free(self->head);
  g_byte_array_unref(self->body);
  json_decref(self->json);
  g_free(self);
}
