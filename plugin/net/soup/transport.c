/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The libsoup transport: one session towards one origin. It builds messages and keeps the list of
 * what is in flight; exchange.c does the rest. */

#include "net/soup/transport.h"

#include "error.h"
#include "net/soup/exchange.h"
#include "net/soup/origin.h"

#include <libsoup/soup.h>
#include <string.h>

#define CONNECTIONS_MAX   8
#define PER_HOST_MAX      6
#define SILENCE_SECONDS   15 /* without a byte; the total deadline is each exchange's own */
#define KEEP_OPEN_SECONDS 60

typedef struct {
  ShopcaisseTransport table; /* first: the caller sees nothing else */
  GMainContext *context;     /* (owned) */
  ShopcaisseOrigin *origin;  /* (owned) */
  GProxyResolver *proxy;     /* (owned) (nullable): NULL is directly */
  GTlsDatabase *authorities; /* (owned) (nullable): NULL is the system's */
  char *user_agent;          /* (owned) (nullable) */
  char *token;               /* (owned) (nullable): wiped on release */
  SoupSession *session;      /* (owned) (nullable): made by the first request, in the context */
  GPtrArray *in_flight;      /* (owned) (element-type ShopcaisseExchange) */
  gboolean is_stopped;
} SoupTransport;

static const char *const methods[] = {
  [SHOPCAISSE_METHOD_GET] = "GET",
  [SHOPCAISSE_METHOD_POST] = "POST",
  [SHOPCAISSE_METHOD_PUT] = "PUT",
  [SHOPCAISSE_METHOD_DELETE] = "DELETE",
};

static void
wipe_text(char *text)
{
  if (text == NULL)
    return;

  explicit_bzero(text, strlen(text));
  g_free(text);
}

static void
set_token(ShopcaisseTransport *table, const char *token)
{
  SoupTransport *self = (SoupTransport *)table;

  wipe_text(self->token);
  self->token = g_strdup(token);
}

static void
remove_feature(SoupSession *session, GType feature)
{
  if (soup_session_has_feature(session, feature))
    soup_session_remove_feature_by_type(session, feature);
}

/* Nothing that answers, stores, decodes or logs on its own. */
static SoupSession *
make_session(SoupTransport *self)
{
  SoupSession *session = soup_session_new_with_options(
      "max-conns", CONNECTIONS_MAX, "max-conns-per-host", PER_HOST_MAX, "timeout", SILENCE_SECONDS,
      "idle-timeout", KEEP_OPEN_SECONDS, "proxy-resolver", self->proxy, NULL);
  remove_feature(session, SOUP_TYPE_CONTENT_DECODER);
  remove_feature(session, SOUP_TYPE_AUTH_MANAGER);
  if (self->authorities != NULL)
    soup_session_set_tls_database(session, self->authorities);
  if (self->user_agent != NULL)
    soup_session_set_user_agent(session, self->user_agent);
  return session;
}

static gboolean
append_token(SoupTransport *self, SoupMessageHeaders *headers, GError **error)
{
  if (self->token == NULL)
    return TRUE;

  for (const char *c = self->token; *c != '\0'; c++) {
    if (!g_ascii_isgraph(*c)) {
      g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                          "the token cannot stand in a header");
      return FALSE;
    }
  }

  char *value = g_strconcat("Bearer ", self->token, NULL);
  soup_message_headers_replace(headers, "Authorization", value);
  wipe_text(value);
  return TRUE;
}

/* A request that changes something gets a connection of its own: on a kept one that turns out
 * stale, libsoup would repeat PUT and DELETE by itself. */
static SoupMessage *
build_message(SoupTransport *self, const ShopcaisseRequest *request, GError **error)
{
  g_autoptr(GUri) uri = shopcaisse_origin_build_uri(self->origin, request->path, error);
  if (uri == NULL)
    return NULL;

  g_autoptr(SoupMessage) message = soup_message_new_from_uri(methods[request->method], uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers(message);
  if (!append_token(self, headers, error))
    return NULL;

  soup_message_headers_replace(headers, "Accept", "application/json");
  soup_message_headers_replace(headers, "Accept-Encoding", "identity");
  soup_message_add_flags(message, SOUP_MESSAGE_NO_REDIRECT);
  if (request->method != SHOPCAISSE_METHOD_GET)
    soup_message_add_flags(message, SOUP_MESSAGE_NEW_CONNECTION);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes(message, "application/json", request->body);
  return g_steal_pointer(&message);
}

static void
exchange_ended_cb(ShopcaisseExchange *exchange, gpointer owner)
{
  SoupTransport *self = owner;
  (void)g_ptr_array_remove_fast(self->in_flight, exchange); /* it is there, or it was let go */
}

static GError *
make_stopped_error(void)
{
  return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "the transport is stopped");
}

static ShopcaisseExchange *
take_exchange(SoupTransport *self,
              const ShopcaisseRequest *request,
              ShopcaisseReplyFunc callback,
              gpointer user_data)
{
  guint timeout_ms = request->timeout_ms;
  gsize max_answer = request->max_answer;
  ShopcaisseExchange *exchange = shopcaisse_exchange_new(&(ShopcaisseExchangePlan){
      .context = self->context,
      .timeout_ms = timeout_ms > 0 ? timeout_ms : SHOPCAISSE_REQUEST_TIMEOUT_MS,
      .max_answer = max_answer > 0 ? max_answer : SHOPCAISSE_ANSWER_MAX,
      .callback = callback,
      .user_data = user_data,
      .ended = exchange_ended_cb,
      .owner = self });
  g_ptr_array_add(self->in_flight, exchange);
  return exchange;
}

static void
send_request(ShopcaisseTransport *table,
             const ShopcaisseRequest *request,
             GCancellable *cancellable,
             ShopcaisseReplyFunc callback,
             gpointer user_data)
{
  SoupTransport *self = (SoupTransport *)table;
  g_return_if_fail(request != NULL && request->method < G_N_ELEMENTS(methods));
  g_return_if_fail(callback != NULL);

  ShopcaisseExchange *exchange = take_exchange(self, request, callback, user_data);
  g_autoptr(GError) error = NULL;
  if (self->is_stopped || g_cancellable_set_error_if_cancelled(cancellable, &error)) {
    shopcaisse_exchange_break(exchange,
                              error != NULL ? g_steal_pointer(&error) : make_stopped_error());
    return;
  }
  g_autoptr(SoupMessage) message = build_message(self, request, &error);
  if (message == NULL) {
    shopcaisse_exchange_break(exchange, g_steal_pointer(&error));
    return;
  }

  g_main_context_push_thread_default(self->context);
  if (self->session == NULL)
    self->session = make_session(self);
  shopcaisse_exchange_begin(exchange, self->session, message, cancellable);
  g_main_context_pop_thread_default(self->context);
}

static void
stop(ShopcaisseTransport *table)
{
  SoupTransport *self = (SoupTransport *)table;

  self->is_stopped = TRUE;
  for (guint i = 0; i < self->in_flight->len; i++)
    shopcaisse_exchange_break(self->in_flight->pdata[i], make_stopped_error());
}

static guint
count_in_flight(ShopcaisseTransport *table)
{
  return ((SoupTransport *)table)->in_flight->len;
}

/* Open connections close here; libsoup's remaining callbacks own all that they touch. */
static void
close_session(SoupTransport *self)
{
  if (self->session == NULL)
    return;

  g_main_context_push_thread_default(self->context);
  soup_session_abort(self->session);
  g_clear_object(&self->session);
  g_main_context_pop_thread_default(self->context);
}

static void
free_transport(ShopcaisseTransport *table)
{
  SoupTransport *self = (SoupTransport *)table;
  if (self == NULL)
    return;

  if (!self->is_stopped && self->in_flight->len > 0)
    g_critical("net: freed without stop, %u requests in flight", self->in_flight->len);
  for (guint i = 0; i < self->in_flight->len; i++)
    shopcaisse_exchange_abandon(self->in_flight->pdata[i]);
  g_ptr_array_unref(self->in_flight);
  close_session(self);

  wipe_text(self->token);
  g_clear_pointer(&self->origin, shopcaisse_origin_free);
  g_clear_object(&self->proxy);
  g_clear_object(&self->authorities);
  g_free(self->user_agent);
  g_main_context_unref(self->context);
  g_free(self);
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
  g_return_val_if_fail(config != NULL && config->base_url != NULL, NULL);

  g_autoptr(ShopcaisseOrigin) origin = shopcaisse_origin_parse(config->base_url, error);
  if (origin == NULL)
    return NULL;
  GProxyResolver *proxy = NULL;
  if (!shopcaisse_origin_build_proxy(origin, config->proxy, &proxy, error))
    return NULL;

  GMainContext *context = config->context;
  SoupTransport *self = g_new(SoupTransport, 1);
  *self = (SoupTransport){
    .table = { .abi = SHOPCAISSE_TRANSPORT_ABI,
               .set_token = set_token,
               .send = send_request,
               .stop = stop,
               .count_in_flight = count_in_flight,
               .free = free_transport },
    .context = g_main_context_ref(context != NULL ? context : g_main_context_default()),
    .origin = g_steal_pointer(&origin),
    .proxy = proxy,
    .user_agent = g_strdup(config->user_agent),
    .in_flight = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_exchange_unref),
  };
  g_set_object(&self->authorities, config->tls_database);
  return &self->table;
}
