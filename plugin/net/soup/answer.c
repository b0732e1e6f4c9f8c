/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The body of an answer, read in pieces up to its limit, and the proof that it is whole. It knows
 * neither deadlines nor who waits. */

#include "net/soup/answer.h"

#include "config.h"
#include "error.h"
#include "net/outcome.h"

#include <glib/gi18n-lib.h>

#define READ_BYTES 32768

/* No line of a chunked body starts with this byte. */
#define UNTOUCHED 0xff

typedef struct {
  SoupMessage *message;    /* (owned) */
  GInputStream *stream;    /* (owned) */
  GCancellable *operation; /* (owned) */
  gsize max_answer;        /* bytes */
  GByteArray *body;        /* (owned) */
  guint8 *piece;           /* (owned): READ_BYTES */
  ShopcaisseAnswerFunc callback;
  gpointer user_data;
} Reading;

static void read_piece_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static void
free_reading(Reading *self)
{
  g_clear_object(&self->stream);
  g_clear_object(&self->message);
  g_clear_object(&self->operation);
  g_byte_array_unref(self->body);
  g_free(self->piece);
  g_free(self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reading, free_reading)

/* What is left of a half read answer would poison the connection; cancelling drops it. */
static void
give_up(Reading *self, ShopcaisseReply *reply, const GError *foreign)
{
  g_autoptr(Reading) owned = self;
  g_cancellable_cancel(owned->operation);
  g_clear_object(&owned->stream);
  owned->callback(reply, foreign, owned->user_data);
}

static ShopcaisseReply *
describe_answer(Reading *self, ShopcaisseReplyKind kind)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers(self->message);

  ShopcaisseReply *reply = shopcaisse_reply_new(kind);
  reply->status = shopcaisse_outcome_describe_status(soup_message_get_status(self->message),
                                                     soup_message_get_reason_phrase(self->message));
  reply->retry_after = g_strdup(soup_message_headers_get_one(headers, "Retry-After"));
  reply->is_json = shopcaisse_outcome_is_json(soup_message_headers_get_content_type(headers, NULL));
  return reply;
}

static ShopcaisseReply *
refuse_answer(Reading *self, ShopcaisseReplyKind kind, const char *reason)
{
  ShopcaisseReply *reply = describe_answer(self, kind);
  reply->error = g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, reason);
  return reply;
}

static void
read_piece(Reading *self)
{
  self->piece[0] = UNTOUCHED;
  g_input_stream_read_async(self->stream, self->piece, READ_BYTES, G_PRIORITY_DEFAULT,
                            self->operation, read_piece_cb, self);
}

/**
 * shopcaisse_answer_read:
 * @plan: (transfer none): copied, its objects referenced
 *
 * Reads the body of an answer whose headers have come. The answer comes later, and may come before
 * this returns when the headers alone decide.
 */
void
shopcaisse_answer_read(const ShopcaisseAnswerPlan *plan)
{
  Reading *self = g_new(Reading, 1);
  *self = (Reading){ .message = g_object_ref(plan->message),
                     .stream = g_object_ref(plan->stream),
                     .operation = g_object_ref(plan->operation),
                     .max_answer = plan->max_answer,
                     .body = g_byte_array_new(),
                     .piece = g_malloc(READ_BYTES),
                     .callback = plan->callback,
                     .user_data = plan->user_data };

  SoupMessageHeaders *headers = soup_message_get_response_headers(self->message);
  const char *coding = soup_message_headers_get_list(headers, "Content-Encoding");
  if (!shopcaisse_outcome_is_plain_coding(coding)) {
    give_up(self,
            refuse_answer(self, SHOPCAISSE_REPLY_UNKNOWN, _("the answer is compressed, unasked")),
            NULL);
    return;
  }
  if (soup_message_headers_get_encoding(headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      soup_message_headers_get_content_length(headers) > (goffset)self->max_answer) {
    give_up(self, refuse_answer(self, SHOPCAISSE_REPLY_OVERSIZED, _("the answer is too large")),
            NULL);
    return;
  }

  read_piece(self);
}

/* Whether the peer still keeps the connection open, as seen below all of libsoup's own streams. */
static gboolean
is_still_open(GInputStream *stream)
{
  while (G_IS_FILTER_INPUT_STREAM(stream))
    stream = g_filter_input_stream_get_base_stream(G_FILTER_INPUT_STREAM(stream));

  return G_IS_POLLABLE_INPUT_STREAM(stream) &&
         !g_pollable_input_stream_is_readable(G_POLLABLE_INPUT_STREAM(stream));
}

/* Up to 3.6.4 libsoup calls a chunked body whole when the connection ends between two chunks. An
 * open connection disproves that. On a closed one, up to 3.2, the last line of the chunks was read
 * into the caller's buffer; between the two nothing tells, and the answer is not believed. */
static gboolean
is_chunked_whole(Reading *self)
{
  return soup_check_version(3, 6, 5) || is_still_open(self->stream) ||
         (!soup_check_version(3, 3, 0) && self->piece[0] != UNTOUCHED);
}

/* With `Connection: close` libsoup forgives a body shorter than its Content-Length. */
static gboolean
is_whole(Reading *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers(self->message);
  guint status = soup_message_get_status(self->message);
  if (status == SOUP_STATUS_NO_CONTENT || status == SOUP_STATUS_NOT_MODIFIED)
    return TRUE;

  switch (soup_message_headers_get_encoding(headers)) {
  case SOUP_ENCODING_CHUNKED:
    return is_chunked_whole(self);
  case SOUP_ENCODING_CONTENT_LENGTH:
    return soup_message_headers_get_content_length(headers) == (goffset)self->body->len;
  default:
    return TRUE; /* ended by the connection's end: nothing can be known */
  }
}

static void
complete(Reading *self)
{
  if (!is_whole(self)) {
    give_up(self, refuse_answer(self, SHOPCAISSE_REPLY_UNKNOWN, _("the answer broke off")), NULL);
    return;
  }

  g_autoptr(Reading) owned = self;
  SoupMessageHeaders *headers = soup_message_get_response_headers(owned->message);
  gboolean has_retry_after = soup_message_headers_get_one(headers, "Retry-After") != NULL;
  guint status = soup_message_get_status(owned->message);
  ShopcaisseReply *reply =
      describe_answer(owned, shopcaisse_outcome_classify_status(status, has_retry_after));
  reply->body = g_byte_array_free_to_bytes(g_steal_pointer(&owned->body));
  owned->body = g_byte_array_new();

  /* Closing returns the connection for the next request. */
  g_input_stream_close_async(owned->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  owned->callback(reply, NULL, owned->user_data);
}

static void
read_piece_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *self = user_data;
  g_autoptr(GError) foreign = NULL;

  gssize n_bytes = g_input_stream_read_finish(G_INPUT_STREAM(source), result, &foreign);
  if (n_bytes < 0) {
    give_up(self, NULL, foreign);
    return;
  }
  if (n_bytes == 0) {
    complete(self);
    return;
  }
  if (self->body->len + (gsize)n_bytes > self->max_answer) {
    give_up(self, refuse_answer(self, SHOPCAISSE_REPLY_OVERSIZED, _("the answer is too large")),
            NULL);
    return;
  }

  g_byte_array_append(self->body, self->piece, (guint)n_bytes);
  read_piece(self);
}
