/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Requests and replies as values; nothing here touches a network. */
#include "net/message.h"

/**
 * shopcaisse_request_new:
 * @method: the method
 * @path: (transfer full): path and query from the root, already escaped
 * @body: (nullable): JSON to send as it is; a reference is taken
 * @max_answer: how many bytes of decoded body are accepted
 *
 * Makes a request with the ordinary deadline.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_request_new(ShopcaisseMethod method, char *path, GBytes *body, gsize max_answer)
{
  g_return_val_if_fail(path != NULL && path[0] == '/', NULL);
  g_return_val_if_fail(max_answer > 0, NULL);

  ShopcaisseRequest *self = g_new0(ShopcaisseRequest, 1);

  self->method = method;
  self->path = path;
  self->body = body != NULL ? g_bytes_ref(body) : NULL;
  self->timeout_ms = SHOPCAISSE_REQUEST_TIMEOUT_MS;
  self->max_answer = max_answer;
  return self;
}

/**
 * shopcaisse_request_free:
 * @self: (nullable) (transfer full): a request
 *
 * Frees a request.
 */
void
shopcaisse_request_free(ShopcaisseRequest *self)
{
  if (self == NULL)
    return;
  g_free(self->path);
  g_clear_pointer(&self->body, g_bytes_unref);
  g_free(self);
}

/**
 * shopcaisse_reply_new:
 * @kind: how the exchange ended
 *
 * Makes a reply without status, body and error; the transport fills them in.
 *
 * Returns: (transfer full): the reply
 */
ShopcaisseReply *
shopcaisse_reply_new(ShopcaisseReplyKind kind)
{
  ShopcaisseReply *self = g_new0(ShopcaisseReply, 1);

  self->kind = kind;
  return self;
}

/**
 * shopcaisse_reply_free:
 * @self: (nullable) (transfer full): a reply
 *
 * Frees a reply.
 */
void
shopcaisse_reply_free(ShopcaisseReply *self)
{
  if (self == NULL)
    return;
  g_free(self->status);
  g_free(self->retry_after);
  g_clear_pointer(&self->body, g_bytes_unref);
  g_clear_error(&self->error);
  g_free(self);
}

/**
 * shopcaisse_reply_is_heard:
 * @self: a reply
 *
 * Tells whether somebody answered. A connection that broke, or was never made, is no sign of a
 * network.
 *
 * Returns: %TRUE when there was an answer, whatever it says
 */
gboolean
shopcaisse_reply_is_heard(const ShopcaisseReply *self)
{
  switch (self->kind) {
  case SHOPCAISSE_REPLY_NOT_SENT:
  case SHOPCAISSE_REPLY_UNTRUSTED:
    return FALSE;
  case SHOPCAISSE_REPLY_UNKNOWN:
    return self->status != NULL;
  default:
    return TRUE;
  }
}
