/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Webhooks: signed, tried five times, half an hour apart on the virtual clock (PROTOCOL 4). */

#include "webhook.h"

#include "clock.h"
#include "switches.h"
#include "token.h"
#include "wait.h"
#include "wire.h"

#include <libsoup/soup.h>
#include <string.h>

#define SIGNATURE_HEADER "x-server-authorization-hmac-sha256"
#define DIGEST_BYTES     32
#define TIMEOUT_S        10
#define TICK_MS          500

typedef struct {
  guint number;
  char *event;     /* (owned) */
  GBytes *body;    /* (owned) */
  char *signature; /* (owned) */
  gint64 due_ms;   /* of the next try; G_MAXINT64 when there is none */
  guint n_tries;
  guint status; /* of the last answer, 0 without one */
  gboolean in_flight;
  gboolean delivered;
} Delivery;

typedef struct {
  Simulator *sim; /* (unowned) */
  guint number;   /* of the delivery, which a reset may have removed */
} Try;

struct _SimWebhooks {
  SoupSession *session;  /* (owned) */
  GCancellable *stop;    /* (owned) */
  GPtrArray *deliveries; /* (owned): of Delivery */
  GSource *tick;         /* (owned) (nullable): while something waits */
  char *url;             /* (owned) (nullable) */
  char *key;             /* (owned) (nullable): instead of the applicationId */
  guint n_tries;
  gboolean base64;
  gboolean prefix;
  gboolean duplicate;
  gboolean empty_content;
  gboolean wrong_signature;
};

static void
free_delivery(gpointer data)
{
  Delivery *delivery = data;
  g_free(delivery->event);
  g_bytes_unref(delivery->body);
  g_free(delivery->signature);
  g_free(delivery);
}

/**
 * sim_webhooks_new:
 *
 * Makes a sender of webhooks without an address.
 *
 * Returns: (transfer full): the sender
 */
SimWebhooks *
sim_webhooks_new(void)
{
  SimWebhooks *self = g_new0(SimWebhooks, 1);
  self->session = soup_session_new();
  soup_session_set_timeout(self->session, TIMEOUT_S);
  soup_session_set_proxy_resolver(self->session, NULL);
  self->stop = g_cancellable_new();
  self->deliveries = g_ptr_array_new_with_free_func(free_delivery);
  return self;
}

/**
 * sim_webhooks_configure:
 * @self: the sender
 * @settings: url, encoding, prefix, duplicate, empty_content, key, wrong_signature; absent ones
 * stay
 *
 * Sets what a merchant sets in the back office, and the doubts about signatures.
 */
void
sim_webhooks_configure(SimWebhooks *self, const json_t *settings)
{
  const json_t *url = json_object_get(settings, "url");
  const char *key = sim_wire_get_text(settings, "key", NULL);

  if (url != NULL) {
    g_free(self->url);
    self->url = g_strdup(json_string_value(url));
  }
  if (key != NULL) {
    g_free(self->key);
    self->key = g_strdup(key);
  }
  self->base64 = g_str_equal(
      sim_wire_get_text(settings, "encoding", self->base64 ? "base64" : "hex"), "base64");
  self->prefix = sim_wire_get_flag(settings, "prefix", self->prefix);
  self->duplicate = sim_wire_get_flag(settings, "duplicate", self->duplicate);
  self->empty_content = sim_wire_get_flag(settings, "empty_content", self->empty_content);
  self->wrong_signature = sim_wire_get_flag(settings, "wrong_signature", self->wrong_signature);
}

/**
 * sim_webhooks_describe:
 * @self: the sender
 *
 * Prints the settings.
 *
 * Returns: (transfer full): an object
 */
json_t *
sim_webhooks_describe(const SimWebhooks *self)
{
  return json_pack("{s:o, s:s, s:b, s:b, s:b, s:b}", "url", sim_wire_text(self->url), "encoding",
                   self->base64 ? "base64" : "hex", "prefix", self->prefix, "duplicate",
                   self->duplicate, "empty_content", self->empty_content, "wrong_signature",
                   self->wrong_signature);
}

/* HMAC-SHA256 over the raw bytes, keyed with the applicationId (PROTOCOL 4, code and seed). */
static char *
sign_body(const Simulator *sim, GBytes *body)
{
  const SimWebhooks *self = sim->webhooks;
  const char *key = self->key != NULL ? self->key : sim->token->application;
  g_autoptr(GHmac) hmac = g_hmac_new(G_CHECKSUM_SHA256, (const guchar *)key, strlen(key));
  guint8 digest[DIGEST_BYTES] = { 0 };
  gsize length = sizeof digest;
  g_autofree char *text = NULL;

  g_hmac_update(hmac, g_bytes_get_data(body, NULL), (gssize)g_bytes_get_size(body));
  if (self->wrong_signature)
    g_hmac_update(hmac, (const guchar *)"!", 1);
  if (self->base64) {
    g_hmac_get_digest(hmac, digest, &length);
    text = g_base64_encode(digest, length);
  } else {
    text = g_strdup(g_hmac_get_string(hmac));
  }
  return g_strconcat(self->prefix ? "sha256=" : "", text, NULL);
}

static Delivery *
find_delivery(const SimWebhooks *self, guint number)
{
  for (guint i = 0; i < self->deliveries->len; i++) {
    Delivery *delivery = g_ptr_array_index(self->deliveries, i);
    if (delivery->number == number)
      return delivery;
  }
  return NULL;
}

static void try_delivery(Simulator *sim, Delivery *delivery);

static void
settle(Simulator *sim, Delivery *delivery, guint status)
{
  delivery->in_flight = FALSE;
  delivery->status = status;
  delivery->delivered = status >= 200 && status < 300;
  if (delivery->delivered || delivery->n_tries >= sim_switch_get_number(sim, "webhook_tries"))
    delivery->due_ms = G_MAXINT64;
  else
    delivery->due_ms += sim_switch_get_number(sim, "webhook_interval_ms");
}

static void
answered_cb(GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Try *attempt = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer =
      soup_session_send_and_read_finish(SOUP_SESSION(source), result, &error);
  SoupMessage *message = soup_session_get_async_result_message(SOUP_SESSION(source), result);

  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  Delivery *delivery = find_delivery(attempt->sim->webhooks, attempt->number);
  if (delivery == NULL)
    return;
  settle(attempt->sim, delivery, error == NULL ? soup_message_get_status(message) : 0);
  sim_webhooks_run(attempt->sim);
  sim_waits_check(attempt->sim);
}

static void
try_delivery(Simulator *sim, Delivery *delivery)
{
  SimWebhooks *self = sim->webhooks;
  g_autoptr(SoupMessage) message = soup_message_new("POST", self->url);
  Try *attempt = g_new0(Try, 1);

  attempt->sim = sim;
  attempt->number = delivery->number;
  delivery->n_tries++;
  self->n_tries++;
  delivery->in_flight = TRUE;
  if (message == NULL) {
    g_free(attempt);
    settle(sim, delivery, 0);
    return;
  }
  soup_message_headers_replace(soup_message_get_request_headers(message), SIGNATURE_HEADER,
                               delivery->signature);
  soup_message_set_request_body_from_bytes(message, "application/json", delivery->body);
  soup_message_add_flags(message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  soup_session_send_and_read_async(self->session, message, G_PRIORITY_DEFAULT, self->stop,
                                   answered_cb, attempt);
}

static gboolean
tick_cb(gpointer data)
{
  sim_webhooks_run(data);
  return G_SOURCE_CONTINUE;
}

static void
start_tick(Simulator *sim)
{
  SimWebhooks *self = sim->webhooks;
  if (self->tick != NULL)
    return;
  self->tick = g_timeout_source_new(TICK_MS);
  g_source_set_callback(self->tick, tick_cb, sim, NULL);
  g_source_attach(self->tick, NULL);
}

static void
queue_delivery(Simulator *sim, const char *event, GBytes *body)
{
  SimWebhooks *self = sim->webhooks;
  Delivery *delivery = g_new0(Delivery, 1);

  delivery->number = self->deliveries->len + 1;
  delivery->event = g_strdup(event);
  delivery->body = g_bytes_ref(body);
  delivery->signature = sign_body(sim, body);
  delivery->due_ms = sim_clock_now_ms(sim);
  g_ptr_array_add(self->deliveries, delivery);
  start_tick(sim);
}

static gboolean
is_wanted(const Simulator *sim, const char *type, const char *id)
{
  g_autofree char *node = g_strdup_printf("%s.webhooks.use", type);
  return sim->webhooks != NULL && sim->webhooks->url != NULL && sim_token_may(sim->token, node) &&
         sim_token_covers(sim, type, id);
}

/**
 * sim_webhooks_emit:
 * @sim: the simulator
 * @event: like `store.orders`
 * @type: company or store
 * @id: the resource
 * @row: (transfer full) (nullable): what changed
 *
 * Sends an event, if there is an address and the token covers the resource.
 */
void
sim_webhooks_emit(Simulator *sim, const char *event, const char *type, const char *id, json_t *row)
{
  SimWebhooks *self = sim->webhooks;
  g_autoptr(json_t) owned = row;
  if (!is_wanted(sim, type, id))
    return;

  g_autoptr(json_t) content = json_array();
  if (row != NULL && !self->empty_content)
    json_array_append(content, row);
  g_autoptr(json_t) body = json_pack("{s:s, s:{s:s, s:s}, s:O}", "event", event, "resource", "id",
                                     id, "type", type, "content", content);
  char *text = sim_wire_dump(body, SIM_KEYS_FIXED, 0);
  g_autoptr(GBytes) bytes = g_bytes_new_take(text, strlen(text));

  queue_delivery(sim, event, bytes);
  if (self->duplicate)
    queue_delivery(sim, event, bytes);
  sim_webhooks_run(sim);
}

/**
 * sim_webhooks_run:
 * @sim: the simulator
 *
 * Starts the tries that are due on the virtual clock.
 */
void
sim_webhooks_run(Simulator *sim)
{
  SimWebhooks *self = sim->webhooks;
  gint64 now_ms = sim_clock_now_ms(sim);
  gboolean waiting = FALSE;

  for (guint i = 0; self->url != NULL && i < self->deliveries->len; i++) {
    Delivery *delivery = g_ptr_array_index(self->deliveries, i);
    if (!delivery->in_flight && delivery->due_ms <= now_ms)
      try_delivery(sim, delivery);
    waiting |= delivery->in_flight || delivery->due_ms != G_MAXINT64;
  }
  if (!waiting && self->tick != NULL) {
    g_source_destroy(self->tick);
    g_clear_pointer(&self->tick, g_source_unref);
  }
}

/**
 * sim_webhooks_to_json:
 * @self: the sender
 *
 * Prints the deliveries, oldest first.
 *
 * Returns: (transfer full): an array
 */
json_t *
sim_webhooks_to_json(const SimWebhooks *self)
{
  json_t *rows = json_array();

  for (guint i = 0; i < self->deliveries->len; i++) {
    const Delivery *delivery = g_ptr_array_index(self->deliveries, i);
    gboolean over = delivery->due_ms == G_MAXINT64;
    gsize length = 0;
    const char *text = g_bytes_get_data(delivery->body, &length);
    json_array_append_new(rows, json_pack("{s:i, s:s, s:i, s:i, s:b, s:b, s:o, s:s, s:s%}", "n",
                                          (int)delivery->number, "event", delivery->event, "tries",
                                          (int)delivery->n_tries, "status", (int)delivery->status,
                                          "delivered", delivery->delivered, "givenUp",
                                          over && !delivery->delivered, "due",
                                          over ? json_null() : json_integer(delivery->due_ms),
                                          "signature", delivery->signature, "body", text, length));
  }
  return rows;
}

/**
 * sim_webhooks_count_tries:
 * @self: the sender
 *
 * Counts all tries of all deliveries that have an answer or failed.
 *
 * Returns: the count
 */
guint
sim_webhooks_count_tries(const SimWebhooks *self)
{
  guint n_open = 0;
  for (guint i = 0; i < self->deliveries->len; i++) {
    const Delivery *delivery = g_ptr_array_index(self->deliveries, i);
    n_open += delivery->in_flight ? 1 : 0;
  }
  return self->n_tries - n_open;
}

/**
 * sim_webhooks_count_delivered:
 * @self: the sender
 *
 * Counts the deliveries that were answered with 2xx.
 *
 * Returns: the count
 */
guint
sim_webhooks_count_delivered(const SimWebhooks *self)
{
  guint n_delivered = 0;
  for (guint i = 0; i < self->deliveries->len; i++) {
    const Delivery *delivery = g_ptr_array_index(self->deliveries, i);
    n_delivered += delivery->delivered ? 1 : 0;
  }
  return n_delivered;
}

/**
 * sim_webhooks_free:
 * @self: (nullable) (transfer full): the sender
 *
 * Stops all tries and releases the sender.
 */
void
sim_webhooks_free(SimWebhooks *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel(self->stop);
  soup_session_abort(self->session);
  if (self->tick != NULL)
    g_source_destroy(self->tick);
  g_clear_pointer(&self->tick, g_source_unref);
  g_ptr_array_unref(self->deliveries);
  g_object_unref(self->session);
  g_object_unref(self->stop);
  g_free(self->url);
  g_free(self->key);
  g_free(self);
}
