/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* libsoup's side of an exchange: TLS, the first byte, the answer. libsoup's own callback may come
 * much later than the answer; it finds a reference and nothing to do. */

#include "net/soup/call.h"

#include "config.h"
#include "error.h"
#include "net/soup/answer.h"
#include "net/soup/failure.h"

#include <glib/gi18n-lib.h>

typedef struct {
  ShopcaisseExchange *exchange; /* (owned) */
  SoupMessage *message;         /* (owned) */
  GCancellable *operation;      /* (owned): libsoup's; ours to cancel */
  GTlsConnection *secured;      /* (owned) (nullable): for the reasons of a failed handshake */
} Call;

static void network_event_cb(SoupMessage *message,
                             GSocketClientEvent event,
                             GIOStream *connection,
                             gpointer user_data);
static void starting_cb(SoupMessage *message, gpointer user_data);
static void response_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void answer_read_cb(ShopcaisseReply *reply, const GError *foreign, gpointer user_data);

static void
call_clear(gpointer data)
{
  Call *self = data;

  g_clear_object(&self->secured);
  g_clear_object(&self->message);
  g_clear_object(&self->operation);
  g_clear_pointer(&self->exchange, shopcaisse_exchange_unref);
}

static void
call_unref(Call *self)
{
  g_rc_box_release_full(self, call_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Call, call_unref)

/* Looks at libsoup no more. */
static void
drop(gpointer call)
{
  g_autoptr(Call) self = call;
  (void)g_signal_handlers_disconnect_by_data(self->message, self);
}

static void
cut(gpointer call)
{
  g_autoptr(Call) self = g_rc_box_acquire(call);
  drop(call);
  g_cancellable_cancel(self->operation);
}

void
shopcaisse_soup_call_begin(ShopcaisseExchange *exchange,
                           SoupSession *session,
                           SoupMessage *message,
                           GCancellable *cancellable)
{
  g_autoptr(Call) self = g_rc_box_new0(Call);
  self->exchange = shopcaisse_exchange_ref(exchange);
  self->message = g_object_ref(message);
  self->operation = g_cancellable_new();
  g_signal_connect(message, "network-event", G_CALLBACK(network_event_cb), self);
  g_signal_connect(message, "starting", G_CALLBACK(starting_cb), self);

  shopcaisse_exchange_begin(
      exchange,
      &(ShopcaisseExchangeLibrary){ .cut = cut, .drop = drop, .call = g_rc_box_acquire(self) },
      cancellable);
  soup_session_send_async(session, message, G_PRIORITY_DEFAULT, self->operation, response_cb,
                          g_rc_box_acquire(self));
}

/* HTTP/2 is never offered: cancelling it is a use after free in libsoup 3.2. */
static void
prepare_handshake(Call *self, GIOStream *connection)
{
  static const char *const protocols[] = { "http/1.1", NULL };

  shopcaisse_exchange_connecting(self->exchange);
  g_set_object(&self->secured, G_TLS_CONNECTION(connection));
  g_tls_connection_set_advertised_protocols(self->secured, protocols);
}

/* Comes before libsoup writes anything: an old protocol gets neither token nor request. */
static void
check_handshake(Call *self, GIOStream *connection)
{
  GTlsProtocolVersion version = g_tls_connection_get_protocol_version(G_TLS_CONNECTION(connection));
  if (version == G_TLS_PROTOCOL_VERSION_TLS_1_2 || version == G_TLS_PROTOCOL_VERSION_TLS_1_3)
    return;

  shopcaisse_exchange_decide(
      self->exchange, shopcaisse_outcome_reply_untrusted(G_TLS_CERTIFICATE_NO_FLAGS,
                                                         _("the service's TLS is older than 1.2")));
}

static void
network_event_cb(G_GNUC_UNUSED SoupMessage *message,
                 GSocketClientEvent event,
                 GIOStream *connection,
                 gpointer user_data)
{
  Call *self = user_data;

  switch (event) {
  case G_SOCKET_CLIENT_RESOLVING:
  case G_SOCKET_CLIENT_PROXY_NEGOTIATING:
    shopcaisse_exchange_connecting(self->exchange);
    break;
  case G_SOCKET_CLIENT_TLS_HANDSHAKING:
    prepare_handshake(self, connection);
    break;
  case G_SOCKET_CLIENT_TLS_HANDSHAKED:
    check_handshake(self, connection);
    break;
  case G_SOCKET_CLIENT_COMPLETE:
    shopcaisse_exchange_connected(self->exchange);
    break;
  default:
    break;
  }
}

/* The next thing libsoup does is to write. It starts a message again by itself when a kept
 * connection was stale, or on 421; only a GET may be repeated behind our back. */
static void
starting_cb(SoupMessage *message, gpointer user_data)
{
  Call *self = user_data;

  guint n_starts = shopcaisse_exchange_starting(self->exchange);
  if (n_starts > 1 && soup_message_get_method(message) != SOUP_METHOD_GET)
    shopcaisse_exchange_break(self->exchange,
                              g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                                                  "the service asked for the request again"));
}

static void
fail(Call *self, const GError *foreign)
{
  GTlsCertificateFlags flaws = G_TLS_CERTIFICATE_NO_FLAGS;
  if (self->secured != NULL)
    flaws = g_tls_connection_get_peer_certificate_errors(self->secured);
  ShopcaisseReach reach = shopcaisse_exchange_get_reach(self->exchange);
  shopcaisse_exchange_answer(self->exchange,
                             shopcaisse_soup_failure_build_reply(reach, flaws, foreign));
}

static void
response_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Call) self = user_data;
  g_autoptr(GError) foreign = NULL;
  g_autoptr(GInputStream) stream = soup_session_send_finish(SOUP_SESSION(source), result, &foreign);

  if (shopcaisse_exchange_is_over(self->exchange))
    return;
  if (stream == NULL) {
    fail(self, foreign);
    return;
  }
  /* A status without a request sent is the proxy's refusal to open a tunnel. */
  if (shopcaisse_exchange_get_reach(self->exchange) == SHOPCAISSE_REACH_NOTHING) {
    shopcaisse_exchange_answer(self->exchange, shopcaisse_outcome_reply_tunnel(
                                                   soup_message_get_status(self->message),
                                                   soup_message_get_reason_phrase(self->message)));
    return;
  }

  shopcaisse_answer_read(
      &(ShopcaisseAnswerPlan){ .message = self->message,
                               .stream = stream,
                               .operation = self->operation,
                               .max_answer = shopcaisse_exchange_get_max_answer(self->exchange),
                               .callback = answer_read_cb,
                               .user_data = g_rc_box_acquire(self) });
}

/* Exactly one of @reply and @foreign is set. */
static void
answer_read_cb(ShopcaisseReply *reply, const GError *foreign, gpointer user_data)
{
  g_autoptr(Call) self = user_data;

  if (reply != NULL)
    shopcaisse_exchange_answer(self->exchange, reply);
  else if (!shopcaisse_exchange_is_over(self->exchange))
    fail(self, foreign);
}
