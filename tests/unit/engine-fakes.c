/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Time, network, host and secret store of an engine under test. */
#include "engine-fakes.h"

#include <string.h>

struct ShopcaisseTimer {
  gint64 deadline; /* monotonic */
  ShopcaisseTimerFunc function;
  gpointer user_data;
};

static gint64
get_now(ShopcaisseClock *clock)
{
  return ((FakeClock *)clock)->now;
}

static gint64
get_monotonic(ShopcaisseClock *clock)
{
  return ((FakeClock *)clock)->monotonic;
}

static guint32
get_random(ShopcaisseClock *clock, guint32 bound)
{
  return (guint32)((guint64)(bound - 1) * ((FakeClock *)clock)->chance / 1000);
}

static ShopcaisseTimer *
call_after(ShopcaisseClock *clock, gint64 delay_us, ShopcaisseTimerFunc function, gpointer data)
{
  FakeClock *self = (FakeClock *)clock;
  ShopcaisseTimer *timer = g_new0(ShopcaisseTimer, 1);

  timer->deadline = self->monotonic + MAX(0, delay_us);
  timer->function = function;
  timer->user_data = data;
  g_ptr_array_add(self->timers, timer);
  return timer;
}

static void
cancel_timer(ShopcaisseClock *clock, ShopcaisseTimer *timer)
{
  FakeClock *self = (FakeClock *)clock;

  if (!g_ptr_array_remove(self->timers, timer))
    g_critical("a timer is cancelled that is gone");
}

static void
free_nothing(ShopcaisseClock *clock)
{
  (void)clock;
}

void
fake_clock_init(FakeClock *self, gint64 now)
{
  *self = (FakeClock){
    .clock = { get_now, get_monotonic, get_random, call_after, cancel_timer, free_nothing },
    .now = now,
    .monotonic = SHOPCAISSE_DAY,
    .chance = 500,
    .timers = g_ptr_array_new_with_free_func(g_free),
  };
}

void
fake_clock_clear(FakeClock *self)
{
  g_ptr_array_unref(self->timers);
}

static ShopcaisseTimer *
find_next(FakeClock *self)
{
  ShopcaisseTimer *next = NULL;

  for (guint i = 0; i < self->timers->len; i++) {
    ShopcaisseTimer *timer = self->timers->pdata[i];

    if (next == NULL || timer->deadline < next->deadline)
      next = timer;
  }
  return next;
}

gint64
fake_clock_next(FakeClock *self)
{
  ShopcaisseTimer *next = find_next(self);

  return next != NULL ? next->deadline : -1;
}

gboolean
fake_clock_fire(FakeClock *self)
{
  ShopcaisseTimer *next = find_next(self);
  ShopcaisseTimerFunc function = NULL;
  gpointer user_data = NULL;

  if (next == NULL || next->deadline > self->monotonic)
    return FALSE;
  function = next->function;
  user_data = next->user_data;
  g_ptr_array_remove(self->timers, next);
  function(user_data);
  return TRUE;
}

/* Everything that comes back, comes from the context. */
static void
call_later(GMainContext *context, GSourceFunc function, gpointer data)
{
  g_autoptr(GSource) source = g_idle_source_new();

  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_callback(source, function, data, NULL);
  g_source_attach(source, context);
}

typedef struct {
  ShopcaisseTransport transport;
  FakeNetwork *network; /* (not owned) */
  char *token;          /* (owned) (nullable) */
  guint n_in_flight;
} FakeTransport;

static FakeNetwork *current_network; /* fake_network_load() is given no data */

typedef struct {
  FakeTransport *transport; /* (not owned) */
  ShopcaisseReply *reply;   /* (owned) */
  ShopcaisseReplyFunc callback;
  gpointer user_data;
} Delivery;

static gboolean
deliver_cb(gpointer user_data)
{
  g_autofree Delivery *delivery = user_data;

  delivery->transport->n_in_flight--;
  delivery->callback(delivery->reply, delivery->user_data);
  return G_SOURCE_REMOVE;
}

void
fake_network_answer(FakeNetwork *self, FakeExchange *exchange, ShopcaisseReply *reply)
{
  Delivery *delivery = g_new0(Delivery, 1);

  delivery->transport = (FakeTransport *)exchange->transport;
  delivery->reply = reply;
  delivery->callback = exchange->callback;
  delivery->user_data = exchange->user_data;
  g_ptr_array_remove(self->taken, exchange);
  fake_exchange_free(exchange);
  call_later(self->context, deliver_cb, delivery);
}

static void
set_token(ShopcaisseTransport *transport, const char *token)
{
  FakeTransport *self = (FakeTransport *)transport;

  g_free(self->token);
  self->token = g_strdup(token);
}

static const char *
method_to_text(ShopcaisseMethod method)
{
  static const char *const names[] = { "GET", "POST", "PUT", "DELETE" };

  return names[method];
}

static void
send_request(ShopcaisseTransport *transport,
             const ShopcaisseRequest *request,
             GCancellable *cancellable,
             ShopcaisseReplyFunc callback,
             gpointer user_data)
{
  FakeTransport *self = (FakeTransport *)transport;
  FakeExchange *exchange = g_new0(FakeExchange, 1);

  (void)cancellable; /* `stop` comes with it */
  exchange->method = request->method;
  exchange->path = g_strdup(request->path);
  exchange->body = request->body != NULL ? g_bytes_ref(request->body) : NULL;
  exchange->token = g_strdup(self->token);
  exchange->callback = callback;
  exchange->user_data = user_data;
  exchange->transport = transport;
  self->n_in_flight++;
  g_ptr_array_add(self->network->requests, exchange);
  g_ptr_array_add(self->network->sent,
                  g_strconcat(method_to_text(request->method), " ", request->path, NULL));
}

static void
cancel_in(FakeTransport *self, GPtrArray *exchanges)
{
  for (guint i = exchanges->len; i > 0; i--) {
    FakeExchange *exchange = exchanges->pdata[i - 1];
    ShopcaisseReply *reply = NULL;

    if (exchange->transport != &self->transport)
      continue;
    reply = shopcaisse_reply_new(SHOPCAISSE_REPLY_UNKNOWN);
    reply->error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
    g_ptr_array_steal_index(exchanges, i - 1);
    fake_network_answer(self->network, exchange, reply);
  }
}

static void
stop_transport(ShopcaisseTransport *transport)
{
  FakeTransport *self = (FakeTransport *)transport;

  cancel_in(self, self->network->requests);
  cancel_in(self, self->network->taken);
}

static guint
count_in_flight(ShopcaisseTransport *transport)
{
  return ((FakeTransport *)transport)->n_in_flight;
}

static void
free_transport(ShopcaisseTransport *transport)
{
  FakeTransport *self = (FakeTransport *)transport;

  if (self->n_in_flight > 0)
    g_critical("a transport is freed that has not answered everything");
  self->network->n_open--;
  g_free(self->token);
  g_free(self);
}

static ShopcaisseTransport *
open_transport(const ShopcaisseTransportConfig *config, GError **error)
{
  FakeTransport *self = NULL;

  if (current_network->is_broken) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED, "no transport here");
    return NULL;
  }
  self = g_new0(FakeTransport, 1);
  self->transport = (ShopcaisseTransport){
    SHOPCAISSE_TRANSPORT_ABI,
    set_token,
    send_request,
    stop_transport,
    count_in_flight,
    free_transport,
    current_network->is_deaf ? NULL : fake_door_open,
  };
  self->network = current_network;
  self->network->n_open++;
  g_free(self->network->base_url);
  self->network->base_url = g_strdup(config->base_url);
  return &self->transport;
}

ShopcaisseTransportOpenFunc
fake_network_load(const char *choice, GError **error)
{
  g_free(current_network->choice);
  current_network->choice = g_strdup(choice);
  return open_transport;
}

void
fake_exchange_free(FakeExchange *self)
{
  g_free(self->path);
  g_clear_pointer(&self->body, g_bytes_unref);
  g_free(self->token);
  g_free(self);
}

void
fake_network_init(FakeNetwork *self, GMainContext *context)
{
  *self = (FakeNetwork){
    .context = context,
    .requests = g_ptr_array_new(),
    .taken = g_ptr_array_new(),
    .sent = g_ptr_array_new_with_free_func(g_free),
  };
  fake_network_make_current(self);
}

void
fake_network_make_current(FakeNetwork *self)
{
  current_network = self;
  fake_door_set_current(&self->door);
}

void
fake_network_clear(FakeNetwork *self)
{
  current_network = NULL;
  fake_door_set_current(NULL);
  g_ptr_array_unref(self->requests);
  g_ptr_array_unref(self->taken);
  g_ptr_array_unref(self->sent);
  g_free(self->base_url);
  g_free(self->choice);
}
