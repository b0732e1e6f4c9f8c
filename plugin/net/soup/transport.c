/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The libsoup transport: one session towards one origin. It builds messages; call.c does the rest.
 */

#include "net/soup/transport.h"

#include "net/front.h"
#include "net/soup/call.h"
#include "net/soup/receiver.h"

typedef struct {
  ShopcaisseFront front; /* first */
  SoupSession *session;  /* (owned) (nullable): made by the first request, in the context */
} SoupTransport;

static void
remove_feature(SoupSession *session, GType feature)
{
  if (soup_session_has_feature(session, feature))
    soup_session_remove_feature_by_type(session, feature);
}

/* Nothing that answers, stores, decodes or logs on its own. */
static SoupSession *
make_session(const ShopcaisseFront *front)
{
  SoupSession *session = soup_session_new_with_options(
      "max-conns", SHOPCAISSE_CONNECTIONS_MAX, "max-conns-per-host", SHOPCAISSE_PER_HOST_MAX,
      "timeout", SHOPCAISSE_SILENCE_SECONDS, "proxy-resolver", front->proxy, NULL);
  remove_feature(session, SOUP_TYPE_CONTENT_DECODER);
  remove_feature(session, SOUP_TYPE_AUTH_MANAGER);
  if (front->authorities != NULL)
    soup_session_set_tls_database(session, front->authorities);
  if (front->user_agent != NULL)
    soup_session_set_user_agent(session, front->user_agent);
  return session;
}

/* Each request has a connection of its own. On a kept one that turns out stale, libsoup would
 * repeat GET, PUT and DELETE by itself, and libsoup 3.2 miscounts its references when it does. */
static SoupMessage *
build_message(const ShopcaisseErrand *errand)
{
  SoupMessage *message = soup_message_new_from_uri(errand->method, errand->uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers(message);

  if (errand->authorization != NULL)
    soup_message_headers_replace(headers, "Authorization", errand->authorization);
  soup_message_headers_replace(headers, "Accept", "application/json");
  soup_message_headers_replace(headers, "Accept-Encoding", "identity");
  soup_message_headers_replace(headers, "Connection", "close");
  soup_message_add_flags(message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  if (errand->request->body != NULL)
    soup_message_set_request_body_from_bytes(message, "application/json", errand->request->body);
  return message;
}

static void
begin(ShopcaisseFront *front, ShopcaisseExchange *exchange, const ShopcaisseErrand *errand)
{
  SoupTransport *self = (SoupTransport *)front;

  if (self->session == NULL)
    self->session = make_session(front);
  g_autoptr(SoupMessage) message = build_message(errand);
  shopcaisse_soup_call_begin(exchange, self->session, message, errand->cancellable);
}

/* Open connections close here; libsoup's remaining callbacks own all that they touch. */
static void
close_session(ShopcaisseFront *front)
{
  SoupTransport *self = (SoupTransport *)front;
  if (self->session == NULL)
    return;

  soup_session_abort(self->session);
  g_clear_object(&self->session);
}

/**
 * shopcaisse_soup_transport_open:
 * @config: (transfer none): copied or referenced as needed
 * @error: return location for an error
 *
 * Opens a transport; nothing goes over the network yet. The process's default proxy resolver is
 * first touched here. The thread that runs the context must have it as its default.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when the base URL or the proxy is not acceptable.
 *
 * Returns: (transfer full): free with its own `free`
 */
ShopcaisseTransport *
shopcaisse_soup_transport_open(const ShopcaisseTransportConfig *config, GError **error)
{
  static const ShopcaisseFrontLibrary library = { .begin = begin, .close = close_session };

  g_autofree SoupTransport *self = g_new0(SoupTransport, 1);
  if (!shopcaisse_front_init(&self->front, &library, config, error))
    return NULL;

  self->front.table.open_receiver = shopcaisse_soup_receiver_open;
  return &g_steal_pointer(&self)->front.table;
}
