/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One request on its way: watches over deadlines, TLS and the first byte, and answers exactly once.
 * libsoup's own callback may come much later; it finds a reference and nothing to do. */

#include "net/soup/exchange.h"

#include "error.h"
#include "net/soup/answer.h"

#define CONNECT_TIMEOUT_MS 10000 /* for reaching the other side, and again for the handshake */

struct ShopcaisseExchange {
  ShopcaisseExchangePlan plan; /* its callback is NULL once answered or abandoned */
  SoupMessage *message;        /* (owned) (nullable): set while libsoup works on it */
  GCancellable *operation;     /* (owned): libsoup's; ours to cancel */
  GTlsConnection *secured;     /* (owned) (nullable): for the reasons of a failed handshake */
  GSource *deadline;           /* (owned) (nullable) */
  GSource *connect_deadline;   /* (owned) (nullable) */
  GSource *cancel_watch;       /* (owned) (nullable) */
  GSource *settle;             /* (owned) (nullable): answers with `verdict` in a moment */
  ShopcaisseReply *verdict;    /* (owned) (nullable): decided by us, whatever libsoup says next */
  ShopcaisseReach reach;
  guint n_starts;
};

static void network_event_cb(SoupMessage *message,
                             GSocketClientEvent event,
                             GIOStream *connection,
                             gpointer user_data);
static void starting_cb(SoupMessage *message, gpointer user_data);
static void response_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void answer_read_cb(ShopcaisseReply *reply, const GError *foreign, gpointer user_data);

static void
drop_source(GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy(*source);
  g_clear_pointer(source, g_source_unref);
}

static void
exchange_clear(gpointer data)
{
  ShopcaisseExchange *self = data;

  drop_source(&self->deadline);
  drop_source(&self->connect_deadline);
  drop_source(&self->cancel_watch);
  drop_source(&self->settle);
  g_clear_object(&self->message);
  g_clear_object(&self->operation);
  g_clear_object(&self->secured);
  g_clear_pointer(&self->verdict, shopcaisse_reply_free);
}

/**
 * shopcaisse_exchange_new:
 * @plan: (transfer none): copied
 *
 * Makes an exchange in which nothing happens yet.
 *
 * Returns: (transfer full): the exchange
 */
ShopcaisseExchange *
shopcaisse_exchange_new(const ShopcaisseExchangePlan *plan)
{
  ShopcaisseExchange *self = g_atomic_rc_box_new0(ShopcaisseExchange);
  self->plan = *plan;
  self->operation = g_cancellable_new();
  return self;
}

ShopcaisseExchange *
shopcaisse_exchange_ref(ShopcaisseExchange *self)
{
  return g_atomic_rc_box_acquire(self);
}

/**
 * shopcaisse_exchange_unref:
 * @self: (nullable) (transfer full): the exchange
 *
 * Gives one reference back.
 */
void
shopcaisse_exchange_unref(ShopcaisseExchange *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full(self, exchange_clear);
}

static void
unref_exchange(gpointer data)
{
  shopcaisse_exchange_unref(data);
}

static void
attach_source(ShopcaisseExchange *self, GSource **field, GSource *source, GSourceFunc function)
{
  drop_source(field);
  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_callback(source, function, shopcaisse_exchange_ref(self), unref_exchange);
  (void)g_source_attach(source, self->plan.context); /* destroyed by pointer */
  *field = source;
}

/* Ends every wait and looks at libsoup no more. */
static void
detach(ShopcaisseExchange *self)
{
  drop_source(&self->deadline);
  drop_source(&self->connect_deadline);
  drop_source(&self->cancel_watch);
  drop_source(&self->settle);
  g_clear_object(&self->secured);
  if (self->message != NULL)
    (void)g_signal_handlers_disconnect_by_data(self->message, self);
  g_clear_object(&self->message);
}

static void
answer(ShopcaisseExchange *self, ShopcaisseReply *reply)
{
  if (self->plan.callback == NULL) {
    shopcaisse_reply_free(reply);
    return;
  }

  g_autoptr(ShopcaisseExchange) alive = shopcaisse_exchange_ref(self);
  ShopcaisseReplyFunc callback = self->plan.callback;
  self->plan.callback = NULL;
  detach(alive);
  self->plan.ended(self, self->plan.owner);
  callback(reply, self->plan.user_data);
}

static gboolean
settle_cb(gpointer user_data)
{
  ShopcaisseExchange *self = user_data;
  answer(self, g_steal_pointer(&self->verdict));
  return G_SOURCE_REMOVE;
}

/* Decides the outcome now and tells it from the context: the caller may be inside `send`, or inside
 * one of libsoup's signals. */
static void
decide(ShopcaisseExchange *self, ShopcaisseReply *verdict)
{
  if (self->plan.callback == NULL || self->verdict != NULL) {
    shopcaisse_reply_free(verdict);
    return;
  }

  self->verdict = verdict;
  attach_source(self, &self->settle, g_idle_source_new(), settle_cb);
  g_cancellable_cancel(self->operation);
}

/**
 * shopcaisse_exchange_break:
 * @self: the exchange
 * @error: (transfer full): why
 *
 * Ends the exchange as far as it has come. The answer follows from the context.
 */
void
shopcaisse_exchange_break(ShopcaisseExchange *self, GError *error)
{
  decide(self, shopcaisse_outcome_reply_broken(self->reach, error));
}

/**
 * shopcaisse_exchange_abandon:
 * @self: the exchange
 *
 * Ends the exchange without an answer: the owner goes away.
 */
void
shopcaisse_exchange_abandon(ShopcaisseExchange *self)
{
  g_autoptr(ShopcaisseExchange) alive = shopcaisse_exchange_ref(self);
  alive->plan.callback = NULL;
  detach(alive);
  g_cancellable_cancel(alive->operation);
}

static gboolean
deadline_cb(gpointer user_data)
{
  ShopcaisseExchange *self = user_data;
  shopcaisse_exchange_break(self,
                            g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                                        "no whole answer within %u ms", self->plan.timeout_ms));
  return G_SOURCE_REMOVE;
}

static gboolean
connect_deadline_cb(gpointer user_data)
{
  shopcaisse_exchange_break(user_data,
                            g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                                        "no connection within %d ms", CONNECT_TIMEOUT_MS));
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb(G_GNUC_UNUSED GCancellable *cancellable, gpointer user_data)
{
  shopcaisse_exchange_break(
      user_data, g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "request cancelled"));
  return G_SOURCE_REMOVE;
}

/**
 * shopcaisse_exchange_begin:
 * @self: the exchange
 * @session: the session of its context
 * @message: (transfer none): what to send; referenced
 * @cancellable: (nullable): watched until the answer
 *
 * Hands @message to libsoup. Called with the context as the thread's default.
 */
void
shopcaisse_exchange_begin(ShopcaisseExchange *self,
                          SoupSession *session,
                          SoupMessage *message,
                          GCancellable *cancellable)
{
  self->message = g_object_ref(message);
  attach_source(self, &self->deadline, g_timeout_source_new(self->plan.timeout_ms), deadline_cb);
  if (cancellable != NULL) {
    GSource *watch = g_cancellable_source_new(cancellable);
    attach_source(self, &self->cancel_watch, watch, G_SOURCE_FUNC(cancelled_cb));
  }

  g_signal_connect(message, "network-event", G_CALLBACK(network_event_cb), self);
  g_signal_connect(message, "starting", G_CALLBACK(starting_cb), self);
  soup_session_send_async(session, message, G_PRIORITY_DEFAULT, self->operation, response_cb,
                          shopcaisse_exchange_ref(self));
}

static void
watch_connecting(ShopcaisseExchange *self)
{
  attach_source(self, &self->connect_deadline, g_timeout_source_new(CONNECT_TIMEOUT_MS),
                connect_deadline_cb);
}

/* HTTP/2 is never offered: cancelling it is a use after free in libsoup 3.2. */
static void
prepare_handshake(ShopcaisseExchange *self, GIOStream *connection)
{
  static const char *const protocols[] = { "http/1.1", NULL };

  watch_connecting(self);
  g_set_object(&self->secured, G_TLS_CONNECTION(connection));
  g_tls_connection_set_advertised_protocols(self->secured, protocols);
}

/* Comes before libsoup writes anything: an old protocol gets neither token nor request. */
static void
check_handshake(ShopcaisseExchange *self, GIOStream *connection)
{
  GTlsProtocolVersion version = g_tls_connection_get_protocol_version(G_TLS_CONNECTION(connection));
  if (version == G_TLS_PROTOCOL_VERSION_TLS_1_2 || version == G_TLS_PROTOCOL_VERSION_TLS_1_3)
    return;

  ShopcaisseReply *verdict = shopcaisse_reply_new(SHOPCAISSE_REPLY_UNTRUSTED);
  verdict->error =
      g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                          "no trusted connection: the service's TLS is older than 1.2");
  decide(self, verdict);
}

static void
network_event_cb(G_GNUC_UNUSED SoupMessage *message,
                 GSocketClientEvent event,
                 GIOStream *connection,
                 gpointer user_data)
{
  ShopcaisseExchange *self = user_data;

  switch (event) {
  case G_SOCKET_CLIENT_RESOLVING:
  case G_SOCKET_CLIENT_PROXY_NEGOTIATING:
    watch_connecting(self);
    break;
  case G_SOCKET_CLIENT_TLS_HANDSHAKING:
    prepare_handshake(self, connection);
    break;
  case G_SOCKET_CLIENT_TLS_HANDSHAKED:
    check_handshake(self, connection);
    break;
  case G_SOCKET_CLIENT_COMPLETE:
    drop_source(&self->connect_deadline);
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
  ShopcaisseExchange *self = user_data;

  drop_source(&self->connect_deadline);
  self->reach = SHOPCAISSE_REACH_SERVICE;
  self->n_starts++;
  if (self->n_starts > 1 && soup_message_get_method(message) != SOUP_METHOD_GET)
    shopcaisse_exchange_break(self, g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                                                        "the service asked for the request again"));
}

static void
fail(ShopcaisseExchange *self, const GError *foreign)
{
  GTlsCertificateFlags flaws = G_TLS_CERTIFICATE_NO_FLAGS;
  if (self->secured != NULL)
    flaws = g_tls_connection_get_peer_certificate_errors(self->secured);
  answer(self, shopcaisse_outcome_reply_failed(self->reach, flaws, foreign));
}

/* A status without a request sent is the proxy's refusal to open a tunnel. */
static void
refuse_tunnel(ShopcaisseExchange *self)
{
  guint status = soup_message_get_status(self->message);
  const char *reason = soup_message_get_reason_phrase(self->message);

  ShopcaisseReply *reply = shopcaisse_reply_new(status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED
                                                    ? SHOPCAISSE_REPLY_FORBIDDEN
                                                    : SHOPCAISSE_REPLY_NOT_SENT);
  reply->status = shopcaisse_outcome_describe_status(status, reason);
  reply->error = g_error_new(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE, "the proxy answered %s",
                             reply->status);
  answer(self, reply);
}

static void
response_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(ShopcaisseExchange) self = user_data;
  g_autoptr(GError) foreign = NULL;
  g_autoptr(GInputStream) stream = soup_session_send_finish(SOUP_SESSION(source), result, &foreign);

  if (self->plan.callback == NULL)
    return;
  if (self->verdict != NULL) {
    answer(self, g_steal_pointer(&self->verdict));
    return;
  }
  if (stream == NULL) {
    fail(self, foreign);
    return;
  }
  if (self->reach == SHOPCAISSE_REACH_NOTHING) {
    refuse_tunnel(self);
    return;
  }

  shopcaisse_answer_read(&(ShopcaisseAnswerPlan){ .message = self->message,
                                                  .stream = stream,
                                                  .operation = self->operation,
                                                  .max_answer = self->plan.max_answer,
                                                  .callback = answer_read_cb,
                                                  .user_data = shopcaisse_exchange_ref(self) });
}

/* Exactly one of @reply and @foreign is set. */
static void
answer_read_cb(ShopcaisseReply *reply, const GError *foreign, gpointer user_data)
{
  g_autoptr(ShopcaisseExchange) self = user_data;

  if (self->verdict != NULL) {
    shopcaisse_reply_free(reply);
    reply = g_steal_pointer(&self->verdict);
  }
  if (reply != NULL)
    answer(self, reply);
  else if (self->plan.callback != NULL)
    fail(self, foreign);
}
