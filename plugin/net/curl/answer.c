/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The answer as libcurl hands it out: what is refused by its head, the body up to its limit.
 * Whether a body is whole is libcurl's to say; whether the head is, is ours. */

#include "net/curl/answer.h"

#include "config.h"
#include "error.h"
#include "net/outcome.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static size_t head_cb(char *line, size_t size, size_t n_items, void *user_data);
static size_t body_cb(char *bytes, size_t size, size_t n_items, void *user_data);

/**
 * shopcaisse_curl_answer_init:
 * @self: memory for it, which stays as long as @easy
 * @easy: (transfer none): will write to @self
 * @max_answer: bytes
 *
 * Prepares to receive.
 */
void
shopcaisse_curl_answer_init(ShopcaisseCurlAnswer *self, CURL *easy, gsize max_answer)
{
  *self =
      (ShopcaisseCurlAnswer){ .easy = easy, .max_answer = max_answer, .body = g_byte_array_new() };
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, head_cb);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, self);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body_cb);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, self);
}

void
shopcaisse_curl_answer_clear(ShopcaisseCurlAnswer *self)
{
  g_clear_pointer(&self->reason, g_free);
  g_clear_pointer(&self->body, g_byte_array_unref);
  g_clear_pointer(&self->refusal, shopcaisse_reply_free);
}

static guint
get_status(const ShopcaisseCurlAnswer *self)
{
  long status = 0;
  curl_easy_getinfo(self->easy, CURLINFO_RESPONSE_CODE, &status);
  return (guint)status;
}

/* The @i-th header of that name in the service's answer, a proxy's words and trailers apart. */
static const char *
get_header(const ShopcaisseCurlAnswer *self, const char *name, size_t i)
{
  struct curl_header *header = NULL;
  return curl_easy_header(self->easy, name, i, CURLH_HEADER, -1, &header) == CURLHE_OK
             ? header->value
             : NULL;
}

static ShopcaisseReply *
describe_answer(const ShopcaisseCurlAnswer *self, ShopcaisseReplyKind kind)
{
  ShopcaisseReply *reply = shopcaisse_reply_new(kind);
  reply->status = shopcaisse_outcome_describe_status(get_status(self), self->reason);
  reply->retry_after = g_strdup(get_header(self, "Retry-After", 0));
  reply->is_json = shopcaisse_outcome_is_json(get_header(self, "Content-Type", 0));
  return reply;
}

static void
refuse(ShopcaisseCurlAnswer *self, ShopcaisseReplyKind kind, const char *reason)
{
  self->refusal = describe_answer(self, kind);
  self->refusal->error = g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, reason);
}

/* libcurl unpacks no content unasked, but it does unpack a transfer coding. */
static gboolean
is_plain(const ShopcaisseCurlAnswer *self)
{
  const char *coding = NULL;
  for (size_t i = 0; (coding = get_header(self, "Content-Encoding", i)) != NULL; i++) {
    if (!shopcaisse_outcome_is_plain_coding(coding))
      return FALSE;
  }
  for (size_t i = 0; (coding = get_header(self, "Transfer-Encoding", i)) != NULL; i++) {
    if (!shopcaisse_outcome_is_plain_coding(coding) && g_ascii_strcasecmp(coding, "chunked") != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_declared_too_large(const ShopcaisseCurlAnswer *self)
{
  const char *length = get_header(self, "Content-Length", 0);
  if (length == NULL || get_header(self, "Transfer-Encoding", 0) != NULL)
    return FALSE;

  return g_ascii_strtoull(length, NULL, 10) > self->max_answer;
}

static void
check_head(ShopcaisseCurlAnswer *self)
{
  if (!is_plain(self))
    refuse(self, SHOPCAISSE_REPLY_UNKNOWN, _("the answer is compressed, unasked"));
  else if (is_declared_too_large(self))
    refuse(self, SHOPCAISSE_REPLY_OVERSIZED, _("the answer is too large"));
}

static void
begin_head(ShopcaisseCurlAnswer *self, const char *line, gsize length)
{
  self->has_head = FALSE;
  g_byte_array_set_size(self->body, 0);
  g_clear_pointer(&self->reason, g_free);

  g_autofree char *text = g_strndup(line, length);
  g_auto(GStrv) parts = g_strsplit(g_strstrip(text), " ", 3);
  if (g_strv_length(parts) == 3)
    self->reason = g_strdup(parts[2]);
}

/* Line by line, of every answer: a proxy's, an interim one, the service's, and its trailers. */
static size_t
head_cb(char *line, size_t size, size_t n_items, void *user_data)
{
  ShopcaisseCurlAnswer *self = user_data;
  gsize length = size * n_items;

  if (length >= 5 && memcmp(line, "HTTP/", 5) == 0)
    begin_head(self, line, length);
  else if (*line == '\r' || *line == '\n') {
    self->has_head = get_status(self) >= 200;
    if (self->has_head && self->refusal == NULL)
      check_head(self);
  }
  return self->refusal == NULL ? length : 0; /* 0 makes libcurl give up */
}

static size_t
body_cb(char *bytes, size_t size, size_t n_items, void *user_data)
{
  ShopcaisseCurlAnswer *self = user_data;
  gsize length = size * n_items;

  if (self->refusal == NULL && length > self->max_answer - self->body->len)
    refuse(self, SHOPCAISSE_REPLY_OVERSIZED, _("the answer is too large"));
  if (self->refusal != NULL)
    return 0;

  g_byte_array_append(self->body, (const guint8 *)bytes, (guint)length);
  return length;
}

/**
 * shopcaisse_curl_answer_take_reply:
 * @self: what came, and libcurl calls it whole
 *
 * Sorts the answer. libcurl is content with a connection that ends inside of the head.
 *
 * Returns: (transfer full): the reply
 */
ShopcaisseReply *
shopcaisse_curl_answer_take_reply(ShopcaisseCurlAnswer *self)
{
  if (!self->has_head) {
    refuse(self, SHOPCAISSE_REPLY_UNKNOWN, _("the answer broke off"));
    return g_steal_pointer(&self->refusal);
  }

  gboolean has_retry_after = get_header(self, "Retry-After", 0) != NULL;
  ShopcaisseReply *reply =
      describe_answer(self, shopcaisse_outcome_classify_status(get_status(self), has_retry_after));
  reply->body = g_byte_array_free_to_bytes(g_steal_pointer(&self->body));
  return reply;
}
