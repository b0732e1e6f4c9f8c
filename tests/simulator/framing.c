/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds heads and bodies in bytes, so that the relay knows what half a request is. */

#include "framing.h"

#include <string.h>

#define MAX_HEAD_BYTES (64 * 1024)
#define MAX_BODY_BYTES (32 * 1024 * 1024)

static gsize
find_head_end(const GByteArray *bytes)
{
  static const char end[] = "\r\n\r\n";
  const char *found = g_strstr_len((const char *)bytes->data, (gssize)bytes->len, end);
  return found != NULL ? (gsize)(found - (const char *)bytes->data) + strlen(end) : 0;
}

/* Measures the chunks that are there; says whether the last one is among them. */
static gboolean
measure_chunks(const guint8 *data, gsize length, gsize *measured, gboolean *malformed)
{
  gsize at = 0;

  for (;;) {
    const guint8 *newline = memchr(data + at, '\n', length - at);
    *measured = length;
    if (newline == NULL)
      return FALSE;
    char *end = NULL;
    guint64 size = g_ascii_strtoull((const char *)data + at, &end, 16);
    if (end == (const char *)data + at || size > MAX_BODY_BYTES) {
      *malformed = TRUE;
      return FALSE;
    }
    gsize next = (gsize)(newline - data) + 1 + (gsize)size + 2;
    if (next > length)
      return FALSE;
    at = next;
    if (size == 0) {
      *measured = at;
      return TRUE;
    }
  }
}

static void
measure_body(SimFrame *self, const GByteArray *bytes)
{
  gsize rest = bytes->len - self->head_length;

  if (self->chunked) {
    self->complete =
        measure_chunks(bytes->data + self->head_length, rest, &self->body_length, &self->malformed);
    return;
  }
  self->complete = rest >= self->body_length;
}

static void
read_body_headers(SimFrame *self)
{
  goffset length = soup_message_headers_get_content_length(self->headers);

  self->chunked =
      soup_message_headers_header_contains(self->headers, "Transfer-Encoding", "chunked");
  self->malformed = length < 0 || length > MAX_BODY_BYTES;
  self->body_length = self->chunked ? 0 : (gsize)MAX(length, 0);
}

/**
 * sim_frame_parse_request:
 * @self: a frame, zeroed before the first call
 * @bytes: what has arrived
 *
 * Looks again at a request after more bytes arrived.
 */
void
sim_frame_parse_request(SimFrame *self, const GByteArray *bytes)
{
  if (self->headers == NULL) {
    SoupHTTPVersion version = SOUP_HTTP_1_1;
    gsize end = bytes->len > 0 ? find_head_end(bytes) : 0;
    self->malformed = end == 0 && bytes->len > MAX_HEAD_BYTES;
    if (end == 0)
      return;
    self->head_length = end;
    self->headers = soup_message_headers_new(SOUP_MESSAGE_HEADERS_REQUEST);
    if (soup_headers_parse_request((const char *)bytes->data, (int)end - 2, self->headers,
                                   &self->method, &self->target, &version) != SOUP_STATUS_OK) {
      self->malformed = TRUE;
      return;
    }
    read_body_headers(self);
    self->keep_alive = version == SOUP_HTTP_1_1 &&
                       !soup_message_headers_header_contains(self->headers, "Connection", "close");
  }
  if (!self->malformed)
    measure_body(self, bytes);
}

/**
 * sim_frame_parse_answer:
 * @self: a frame, zeroed before the first call
 * @bytes: what has arrived
 *
 * Looks again at an answer after more bytes arrived.
 */
void
sim_frame_parse_answer(SimFrame *self, const GByteArray *bytes)
{
  if (self->headers == NULL) {
    SoupHTTPVersion version = SOUP_HTTP_1_1;
    gsize end = bytes->len > 0 ? find_head_end(bytes) : 0;
    if (end == 0)
      return;
    self->head_length = end;
    self->headers = soup_message_headers_new(SOUP_MESSAGE_HEADERS_RESPONSE);
    if (!soup_headers_parse_response((const char *)bytes->data, (int)end - 2, self->headers,
                                     &version, &self->status, NULL)) {
      self->malformed = TRUE;
      return;
    }
    read_body_headers(self);
  }
  if (!self->malformed)
    measure_body(self, bytes);
}

/**
 * sim_frame_expects_continue:
 * @self: a frame with headers
 *
 * Asks whether the client waits for `100 Continue`.
 *
 * Returns: %TRUE when it does
 */
gboolean
sim_frame_expects_continue(const SimFrame *self)
{
  return soup_message_headers_header_contains(self->headers, "Expect", "100-continue");
}

/**
 * sim_frame_build_request:
 * @self: a complete request
 * @bytes: its bytes
 * @number: its row in the request log
 *
 * Makes the request as the service behind gets it: the same, numbered, on a kept connection.
 *
 * Returns: (transfer full): bytes
 */
GByteArray *
sim_frame_build_request(const SimFrame *self, const GByteArray *bytes, guint number)
{
  GString *head = g_string_new(NULL);
  SoupMessageHeadersIter iter;
  const char *name = NULL;
  const char *value = NULL;

  g_string_append_printf(head, "%s %s HTTP/1.1\r\nX-Simulator-Request: %u\r\n", self->method,
                         self->target, number);
  soup_message_headers_iter_init(&iter, self->headers);
  while (soup_message_headers_iter_next(&iter, &name, &value)) {
    if (g_ascii_strcasecmp(name, "Expect") != 0 && g_ascii_strcasecmp(name, "Connection") != 0 &&
        g_ascii_strcasecmp(name, "X-Simulator-Request") != 0)
      g_string_append_printf(head, "%s: %s\r\n", name, value);
  }
  g_string_append(head, "\r\n");

  GByteArray *result = g_byte_array_new();
  g_byte_array_append(result, (const guint8 *)head->str, (guint)head->len);
  g_byte_array_append(result, bytes->data + self->head_length, (guint)self->body_length);
  g_string_free(head, TRUE);
  return result;
}

/**
 * sim_frame_clear:
 * @self: a frame
 *
 * Makes a frame ready for the next message.
 */
void
sim_frame_clear(SimFrame *self)
{
  g_clear_pointer(&self->headers, soup_message_headers_unref);
  g_free(self->method);
  g_free(self->target);
  memset(self, 0, sizeof *self);
}
