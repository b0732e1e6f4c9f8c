/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The half of a transport that knows no HTTP library: what is acceptable, who gets the token, what
 * is in flight, stopping and releasing. */

#include "net/front.h"

#include "error.h"
#include "net/token.h"

static const char *const methods[] = {
  [SHOPCAISSE_METHOD_GET] = "GET",
  [SHOPCAISSE_METHOD_POST] = "POST",
  [SHOPCAISSE_METHOD_PUT] = "PUT",
  [SHOPCAISSE_METHOD_DELETE] = "DELETE",
};

static void
set_token(ShopcaisseTransport *table, const char *token)
{
  ShopcaisseFront *self = (ShopcaisseFront *)table;

  shopcaisse_token_wipe(self->token);
  self->token = g_strdup(token);
}

static void
exchange_ended_cb(ShopcaisseExchange *exchange, gpointer owner)
{
  ShopcaisseFront *self = owner;
  (void)g_ptr_array_remove_fast(self->in_flight, exchange); /* it is there, or it was let go */
}

static GError *
make_stopped_error(void)
{
  return g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "the transport is stopped");
}

static ShopcaisseExchange *
take_exchange(ShopcaisseFront *self,
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

/* What can be refused before a library is asked. */
static gboolean
begin(ShopcaisseFront *self,
      ShopcaisseExchange *exchange,
      const ShopcaisseRequest *request,
      GCancellable *cancellable,
      GError **error)
{
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return FALSE;
  g_autoptr(GUri) uri = shopcaisse_origin_build_uri(self->origin, request->path, error);
  if (uri == NULL)
    return FALSE;
  char *authorization = NULL;
  if (self->token != NULL) {
    authorization = shopcaisse_token_build_authorization(self->token, error);
    if (authorization == NULL)
      return FALSE;
  }

  g_main_context_push_thread_default(self->context);
  self->library->begin(self, exchange,
                       &(ShopcaisseErrand){ .request = request,
                                            .method = methods[request->method],
                                            .uri = uri,
                                            .authorization = authorization,
                                            .cancellable = cancellable });
  g_main_context_pop_thread_default(self->context);
  shopcaisse_token_wipe(authorization);
  return TRUE;
}

static void
send_request(ShopcaisseTransport *table,
             const ShopcaisseRequest *request,
             GCancellable *cancellable,
             ShopcaisseReplyFunc callback,
             gpointer user_data)
{
  ShopcaisseFront *self = (ShopcaisseFront *)table;
  g_return_if_fail(request != NULL && request->method < G_N_ELEMENTS(methods));
  g_return_if_fail(callback != NULL);

  ShopcaisseExchange *exchange = take_exchange(self, request, callback, user_data);
  GError *error = NULL;
  if (self->is_stopped)
    shopcaisse_exchange_break(exchange, make_stopped_error());
  else if (!begin(self, exchange, request, cancellable, &error))
    shopcaisse_exchange_break(exchange, error);
}

static void
stop(ShopcaisseTransport *table)
{
  ShopcaisseFront *self = (ShopcaisseFront *)table;

  self->is_stopped = TRUE;
  for (guint i = 0; i < self->in_flight->len; i++)
    shopcaisse_exchange_break(self->in_flight->pdata[i], make_stopped_error());
}

static guint
count_in_flight(ShopcaisseTransport *table)
{
  return ((ShopcaisseFront *)table)->in_flight->len;
}

static void
free_transport(ShopcaisseTransport *table)
{
  ShopcaisseFront *self = (ShopcaisseFront *)table;
  if (self == NULL)
    return;

  if (!self->is_stopped && self->in_flight->len > 0)
    g_critical("net: freed without stop, %u requests in flight", self->in_flight->len);
  for (guint i = 0; i < self->in_flight->len; i++)
    shopcaisse_exchange_abandon(self->in_flight->pdata[i]);
  g_ptr_array_unref(self->in_flight);
  g_main_context_push_thread_default(self->context);
  self->library->close(self);
  g_main_context_pop_thread_default(self->context);

  shopcaisse_token_wipe(self->token);
  g_clear_pointer(&self->origin, shopcaisse_origin_free);
  g_clear_object(&self->proxy);
  g_clear_object(&self->authorities);
  g_free(self->user_agent);
  g_main_context_unref(self->context);
  g_free(self);
}

/**
 * shopcaisse_front_init:
 * @self: memory for it, the beginning of an allocation by GLib that `free` gives back
 * @library: (transfer none): static
 * @config: (transfer none): copied or referenced as needed
 * @error: return location for an error
 *
 * Fills in the table and what stands behind it. Nothing goes over the network yet. The process's
 * default proxy resolver is first touched here.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when the base URL or the proxy is not acceptable; @self is
 * untouched then.
 *
 * Returns: %TRUE once @self can be used
 */
gboolean
shopcaisse_front_init(ShopcaisseFront *self,
                      const ShopcaisseFrontLibrary *library,
                      const ShopcaisseTransportConfig *config,
                      GError **error)
{
  g_return_val_if_fail(config != NULL && config->base_url != NULL, FALSE);

  g_autoptr(ShopcaisseOrigin) origin = shopcaisse_origin_parse(config->base_url, error);
  if (origin == NULL)
    return FALSE;
  GProxyResolver *proxy = NULL;
  if (!shopcaisse_origin_build_proxy(origin, config->proxy, &proxy, error))
    return FALSE;

  GMainContext *context = config->context;
  *self = (ShopcaisseFront){
    .table = { .abi = SHOPCAISSE_TRANSPORT_ABI,
               .set_token = set_token,
               .send = send_request,
               .stop = stop,
               .count_in_flight = count_in_flight,
               .free = free_transport },
    .library = library,
    .context = g_main_context_ref(context != NULL ? context : g_main_context_default()),
    .origin = g_steal_pointer(&origin),
    .proxy = proxy,
    .user_agent = g_strdup(config->user_agent),
    .in_flight = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_exchange_unref),
  };
  g_set_object(&self->authorities, config->tls_database);
  return TRUE;
}
