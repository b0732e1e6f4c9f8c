/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One request of the plugin to the simulator, over the plain client of the simulator's own tests.
 */
#include "exchange.h"

static const char *
get_method(ShopcaisseMethod method)
{
  switch (method) {
  case SHOPCAISSE_METHOD_POST:
    return "POST";
  case SHOPCAISSE_METHOD_PUT:
    return "PUT";
  case SHOPCAISSE_METHOD_DELETE:
    return "DELETE";
  case SHOPCAISSE_METHOD_GET:
  default:
    return "GET";
  }
}

/**
 * exchange:
 * @self: the fixture
 * @request: (transfer full): what the plugin built
 * @status: what must be answered
 *
 * Sends a request.
 *
 * Returns: (transfer full): the body of the answer
 */
GBytes *
exchange(const Fixture *self, ShopcaisseRequest *request, int status)
{
  g_autoptr(ShopcaisseRequest) owned = request;
  g_autofree char *body = NULL;
  gsize size = 0;

  assert_non_null(request);
  if (owned->body != NULL) {
    const char *data = g_bytes_get_data(owned->body, &size);

    body = g_strndup(data, size);
  }

  g_autoptr(HttpReply) reply =
      http_call(self->process->api, get_method(owned->method), owned->path, self->token, body);

  if (reply->status != status)
    print_error("%s: %d %.*s\n", owned->path, reply->status, (int)reply->body->len,
                (const char *)reply->body->data);
  assert_int_equal(reply->status, status);
  return g_bytes_new(reply->body->data, reply->body->len);
}
