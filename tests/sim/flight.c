/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The network between a till and the service, and what the weather does to it. */
#include "flight.h"

#include "net/outcome.h"
#include "simulator/service.h"
#include "simulator/token.h"

#include <string.h>

#define DEADLINE (30 * SHOPCAISSE_SECOND)
#define WAY_MIN  (10 * SHOPCAISSE_SECOND / 1000)
#define WAY_MAX  (400 * SHOPCAISSE_SECOND / 1000)
#define LATE_MAX (10 * SHOPCAISSE_MINUTE)

static const char foreign_page[] = "<html><body>Connectez-vous au Wi-Fi</body></html>";

/* What becomes of an exchange. */
typedef enum {
  FATE_ANSWERED,
  FATE_UNSENT,
  FATE_LOST,
  FATE_LOST_BACK,
  FATE_LATE,
  FATE_BROKEN,
  FATE_BROKEN_STORED,
  FATE_THROTTLED,
  FATE_FOREIGN
} Fate;

struct Flight {
  World *world;
  Till *till;             /* (nullable): nobody waits */
  FakeExchange *exchange; /* (nullable): as long as somebody waits */
  ShopcaisseMethod method;
  char *path;             /* (owned) */
  GBytes *body;           /* (owned) (nullable) */
  char *token;            /* (owned) (nullable) */
  ShopcaisseReply *reply; /* (owned) (nullable): on its way back */
  Fate fate;
};

static void
free_flight(gpointer data)
{
  Flight *self = data;

  g_free(self->path);
  g_clear_pointer(&self->body, g_bytes_unref);
  g_free(self->token);
  g_clear_pointer(&self->reply, shopcaisse_reply_free);
}

static void
unref_flight(gpointer data)
{
  g_rc_box_release_full(data, free_flight);
}

void
flight_orphan(Flight *self)
{
  self->till = NULL;
  self->exchange = NULL;
}

static gboolean
is_order(const Flight *self)
{
  return self->method == SHOPCAISSE_METHOD_POST && strstr(self->path, "/orders?") != NULL;
}

static void
count_order(Till *till)
{
  gint64 now = till->world->now;

  if (now - till->posts.second >= SHOPCAISSE_SECOND) {
    till->posts.second = now;
    till->posts.n_now = 0;
  }
  till->posts.n_now++;
  till->posts.n_flying++;
  till->posts.most_a_second = MAX(till->posts.most_a_second, till->posts.n_now);
  till->posts.most_at_once = MAX(till->posts.most_at_once, till->posts.n_flying);
}

static void
come_back_cb(gpointer user_data)
{
  Flight *self = user_data;
  Till *till = self->till;
  FakeExchange *exchange = self->exchange;

  if (till == NULL || self->reply == NULL)
    return;
  till->posts.n_flying -= is_order(self) ? 1 : 0;
  flight_orphan(self);
  till_wake(till);
  fake_network_answer(&till->network, exchange, g_steal_pointer(&self->reply));
  g_ptr_array_remove(till->flights, self);
}

static void
come_back(Flight *self, gint64 delay_us)
{
  world_later(self->world, delay_us, come_back_cb, g_rc_box_acquire(self), unref_flight);
}

static gint64
draw_way(World *world)
{
  return world_draw_time(world, WAY_MIN, WAY_MAX);
}

static ShopcaisseReply *
make_reply(guint status, const char *retry_after, GBytes *body, gboolean is_json)
{
  ShopcaisseReply *reply =
      shopcaisse_reply_new(shopcaisse_outcome_classify_status(status, retry_after != NULL));

  reply->status = shopcaisse_outcome_describe_status(status, NULL);
  reply->retry_after = g_strdup(retry_after);
  reply->body = g_bytes_ref(body);
  reply->is_json = is_json;
  return reply;
}

static ShopcaisseReply *
make_silence(ShopcaisseReach reach)
{
  return shopcaisse_outcome_reply_broken(
      reach, g_error_new_literal(G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer"));
}

static ShopcaisseReply *
ask_service(const Flight *self)
{
  static const char *const methods[] = { "GET", "POST", "PUT", "DELETE" };
  const char *question = strchr(self->path, '?');
  g_autofree char *path = question != NULL ? g_strndup(self->path, (gsize)(question - self->path))
                                           : g_strdup(self->path);
  g_autofree char *authorization = g_strconcat("Bearer ", self->token, NULL);
  gsize length = 0;
  const char *text = self->body != NULL ? g_bytes_get_data(self->body, &length) : NULL;
  const SimServiceCall call = {
    .method = methods[self->method],
    .path = path,
    .query = question != NULL ? question + 1 : NULL,
    .authorization = authorization,
    .text = text,
    .text_length = length,
  };
  guint status = 0;
  g_autoptr(GBytes) body = sim_service_handle(self->world->service->service, &call, &status);

  if (self->world->service->token->revoked)
    self->world->counts[COUNT_UNAUTHORISED]++;
  else if (status == 401)
    self->world->counts[COUNT_LICENCE_REFUSED]++;
  return make_reply(status, NULL, body, TRUE);
}

static void
arrive_cb(gpointer user_data)
{
  Flight *self = user_data;
  g_autoptr(ShopcaisseReply) reply = ask_service(self);

  if (self->fate == FATE_ANSWERED) {
    self->reply = g_steal_pointer(&reply);
    come_back(self, draw_way(self->world));
  }
}

/* The request is at the service so much later. */
static void
arrive(Flight *self, gint64 delay_us)
{
  world_later(self->world, delay_us, arrive_cb, g_rc_box_acquire(self), unref_flight);
}

static void
answer(Flight *self, ShopcaisseReply *reply, gint64 delay_us)
{
  self->reply = reply;
  come_back(self, delay_us);
}

static ShopcaisseReply *
make_text(guint status, const char *retry_after, const char *text)
{
  g_autoptr(GBytes) body = g_bytes_new_static(text, strlen(text));

  return make_reply(status, retry_after, body, FALSE);
}

static Fate
draw_fate(World *world)
{
  const Weather *weather = &world->weather;
  const struct {
    Fate fate;
    guint thousandths;
  } fates[] = {
    { FATE_UNSENT, weather->unsent },       { FATE_LOST, weather->lost },
    { FATE_LOST_BACK, weather->lost_back }, { FATE_LATE, weather->late },
    { FATE_BROKEN, weather->broken },       { FATE_BROKEN_STORED, weather->broken },
    { FATE_THROTTLED, weather->throttled }, { FATE_FOREIGN, weather->foreign },
  };
  guint drawn = world_draw(world, 1000);

  if (world->is_cut_off)
    return world->is_dark || world_happens(world, 500) ? FATE_UNSENT : FATE_LOST;
  for (gsize i = 0; i < G_N_ELEMENTS(fates); i++) {
    if (drawn < fates[i].thousandths)
      return fates[i].fate;
    drawn -= fates[i].thousandths;
  }
  return FATE_ANSWERED;
}

static void
meet_fate(Flight *self)
{
  World *world = self->world;

  switch (self->fate) {
  case FATE_UNSENT:
    answer(self, make_silence(SHOPCAISSE_REACH_NOTHING), draw_way(world));
    break;
  case FATE_LOST:
    answer(self, make_silence(SHOPCAISSE_REACH_SERVICE), DEADLINE);
    break;
  case FATE_LOST_BACK:
    arrive(self, draw_way(world));
    answer(self, make_silence(SHOPCAISSE_REACH_SERVICE), DEADLINE);
    break;
  case FATE_LATE:
    arrive(self, world_draw_time(world, DEADLINE, LATE_MAX));
    answer(self, make_silence(SHOPCAISSE_REACH_SERVICE), DEADLINE);
    break;
  case FATE_BROKEN_STORED:
    arrive(self, 0);
    answer(self, make_text(504, NULL, "upstream"), DEADLINE);
    break;
  case FATE_BROKEN:
    answer(self, make_text(502, NULL, "upstream"), draw_way(world));
    break;
  case FATE_THROTTLED:
    answer(self, make_text(world_happens(world, 500) ? 429 : 503, "7", "slow down"),
           draw_way(world));
    break;
  case FATE_FOREIGN:
    answer(self, make_text(200, NULL, foreign_page), draw_way(world));
    break;
  case FATE_ANSWERED:
    arrive(self, draw_way(world));
    break;
  }
}

void
flight_launch(Till *till, FakeExchange *exchange)
{
  World *world = till->world;
  Flight *self = g_rc_box_new0(Flight);

  self->world = world;
  self->till = till;
  self->exchange = exchange;
  self->method = exchange->method;
  self->path = g_strdup(exchange->path);
  self->body = exchange->body != NULL ? g_bytes_ref(exchange->body) : NULL;
  self->token = g_strdup(exchange->token);
  self->fate = draw_fate(world);
  world->counts[COUNT_EXCHANGE]++;
  world->counts[COUNT_DISTURBED] += self->fate != FATE_ANSWERED ? 1 : 0;
  if (self->fate != FATE_ANSWERED || self->method != SHOPCAISSE_METHOD_GET)
    world_tell(world, "till %u: %s %s, fate %d", till->number,
               self->method == SHOPCAISSE_METHOD_GET ? "reads" : "writes", self->path, self->fate);
  if (is_order(self)) {
    count_order(till);
    world_tell(world, "till %u: %.*s", till->number, (int)g_bytes_get_size(self->body),
               (const char *)g_bytes_get_data(self->body, NULL));
  }
  g_ptr_array_add(till->flights, self);
  meet_fate(self);
}
