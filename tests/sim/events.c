/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Webhooks on their way: what is right is repeated until it is taken, what is forged must not be
 * believed, and nothing depends on any of them. */
#include "events.h"

#include "simulator/token.h"

#include <string.h>

#define TRIES_MAX   5
#define AGAIN_AFTER (30 * SHOPCAISSE_MINUTE)
#define SOON        (2 * SHOPCAISSE_SECOND)
#define LATE_MAX    (6 * SHOPCAISSE_HOUR)
#define REPLAY_MAX  (2 * SHOPCAISSE_DAY)

/* In thousandths. */
#define FORGED   60
#define LATE     100
#define REPLAYED 60

typedef struct {
  Till *till;
  char *body;      /* (owned) */
  char *signature; /* (owned) */
  guint n_tries;
  gboolean is_forged;
} Event;

static void deliver_cb(gpointer user_data);

static void
free_event(gpointer data)
{
  Event *event = data;

  g_free(event->body);
  g_free(event->signature);
  g_free(event);
}

static void
deliver_later(const Event *event, gint64 delay_us)
{
  Event *copy = g_memdup2(event, sizeof *event);

  copy->body = g_strdup(event->body);
  copy->signature = g_strdup(event->signature);
  world_later(event->till->world, delay_us, deliver_cb, copy, free_event);
}

static char *
sign(const char *key, const char *body)
{
  return g_compute_hmac_for_string(G_CHECKSUM_SHA256, (const guchar *)key, strlen(key), body, -1);
}

static void
judge(const Event *event, ShopcaisseReceived received)
{
  World *world = event->till->world;

  if (event->is_forged) {
    world->counts[COUNT_EVENT_FORGED]++;
    world->n_believed += received == SHOPCAISSE_RECEIVED_FORGED ? 0 : 1;
    return;
  }
  world->counts[COUNT_EVENT]++;
  if (world_happens(world, REPLAYED)) {
    world->counts[COUNT_EVENT_REPLAYED]++;
    deliver_later(event, world_draw_time(world, SHOPCAISSE_SECOND, REPLAY_MAX));
  }
}

static gboolean
is_reachable(const Till *till)
{
  return till_is_on(till) && till->left == NULL && till->network.door.n_open > 0 &&
         !till->world->is_cut_off;
}

static void
deliver_cb(gpointer user_data)
{
  Event *event = user_data;
  Till *till = event->till;
  ShopcaisseReceived received = SHOPCAISSE_RECEIVED_BUSY;

  if (is_reachable(till)) {
    till_wake(till);
    received = fake_door_knock_with(&till->network.door, event->signature, event->body);
    judge(event, received);
  }
  if (received == SHOPCAISSE_RECEIVED_BUSY && !event->is_forged && ++event->n_tries < TRIES_MAX)
    deliver_later(event, AGAIN_AFTER);
}

/* Of a key that only looks like the right one, or of another body. */
static void
forge(Event *event, const char *key)
{
  World *world = event->till->world;
  g_autofree char *wrong_key = g_strconcat(key, "x", NULL);

  event->is_forged = TRUE;
  g_free(event->signature);
  event->signature =
      world_happens(world, 500) ? sign(wrong_key, event->body) : sign(key, "another body");
}

static void
tell_one(Till *till, const char *body)
{
  World *world = till->world;
  const char *key = world->service->token->application;
  g_autofree char *signature = sign(key, body);
  Event event = { .till = till, .body = (char *)body, .signature = signature };
  gint64 delay_us = world_draw_time(world, 0, SOON);

  if (world_happens(world, LATE)) {
    delay_us = world_draw_time(world, SOON, LATE_MAX);
    world->counts[COUNT_EVENT_OVERTAKEN]++;
  }
  deliver_later(&event, delay_us);
  if (!world_happens(world, FORGED))
    return;
  event.signature = g_strdup(signature);
  forge(&event, key);
  deliver_later(&event, world_draw_time(world, 0, LATE_MAX));
  g_free(event.signature);
}

void
events_tell(World *world, const char *name)
{
  for (guint i = 0; i < world->tills->len; i++) {
    Till *till = world->tills->pdata[i];
    /* What it says beside the store is a lie, and must be of no consequence. */
    g_autofree char *body =
        g_strdup_printf("{\"event\":\"%s\",\"resource\":{\"id\":\"%s\",\"type\":\"store\"},"
                        "\"content\":[{\"id\":\"x\",\"status\":\"cancelled\",\"total\":1}]}",
                        name, till->books->store_id);

    tell_one(till, body);
  }
}
