/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls of the control port that are answered once something has happened, so that nobody polls. */

#include "wait.h"

#include "orders.h"
#include "relay.h"
#include "requests.h"
#include "sales.h"
#include "webhook.h"
#include "wire.h"

#define DEFAULT_TIMEOUT_MS 10000

typedef struct {
  Simulator *sim;             /* (unowned) */
  SoupServerMessage *message; /* (owned): paused until answered */
  GHashTable *wished;         /* (owned): counter -> number */
  GSource *timeout;           /* (owned) */
} Wait;

struct _SimWaits {
  GPtrArray *waits; /* (owned): of Wait */
};

static void
free_wait(gpointer data)
{
  Wait *wait = data;
  g_source_destroy(wait->timeout);
  g_source_unref(wait->timeout);
  g_hash_table_unref(wait->wished);
  g_object_unref(wait->message);
  g_free(wait);
}

/**
 * sim_waits_new:
 *
 * Makes an empty list of waits.
 *
 * Returns: (transfer full): the list
 */
SimWaits *
sim_waits_new(void)
{
  SimWaits *self = g_new0(SimWaits, 1);
  self->waits = g_ptr_array_new_with_free_func(free_wait);
  return self;
}

static gint64
count(const Simulator *sim, const char *counter)
{
  if (g_str_equal(counter, "held"))
    return sim_relay_count_held(sim->relay);
  if (g_str_equal(counter, "orders"))
    return sim->orders->rows->len;
  if (g_str_equal(counter, "sales"))
    return sim->sales->rows->len;
  if (g_str_equal(counter, "requests"))
    return sim->requests->last;
  if (g_str_equal(counter, "webhooks"))
    return sim_webhooks_count_tries(sim->webhooks);
  if (g_str_equal(counter, "delivered"))
    return sim_webhooks_count_delivered(sim->webhooks);
  return G_MAXINT64;
}

static json_t *
build_counters(const Simulator *sim, const Wait *wait)
{
  json_t *counters = json_object();
  GHashTableIter iter;
  gpointer counter = NULL;

  g_hash_table_iter_init(&iter, wait->wished);
  while (g_hash_table_iter_next(&iter, &counter, NULL))
    json_object_set_new(counters, counter, json_integer(count(sim, counter)));
  return counters;
}

static gboolean
is_fulfilled(const Simulator *sim, const Wait *wait)
{
  GHashTableIter iter;
  gpointer counter = NULL;
  gpointer wished = NULL;

  g_hash_table_iter_init(&iter, wait->wished);
  while (g_hash_table_iter_next(&iter, &counter, &wished)) {
    if (count(sim, counter) < GPOINTER_TO_INT(wished))
      return FALSE;
  }
  return TRUE;
}

static void
finish(Wait *wait, gboolean reached)
{
  g_autoptr(json_t) answer =
      json_pack("{s:b, s:o}", "reached", reached, "counters", build_counters(wait->sim, wait));
  char *text = sim_wire_dump(answer, SIM_KEYS_FIXED, 0);

  soup_server_message_set_status(wait->message, reached ? 200 : 408, NULL);
  soup_server_message_set_response(wait->message, "application/json", SOUP_MEMORY_TAKE, text,
                                   strlen(text));
  soup_server_message_unpause(wait->message);
  g_ptr_array_remove_fast(wait->sim->waits->waits, wait);
}

static gboolean
timeout_cb(gpointer data)
{
  finish(data, FALSE);
  return G_SOURCE_REMOVE;
}

/**
 * sim_waits_add:
 * @sim: the simulator
 * @message: a call of the control port
 * @query: (nullable): counter=number each, and timeout_ms
 *
 * Holds a call until every counter has reached its number.
 */
void
sim_waits_add(Simulator *sim, SoupServerMessage *message, GHashTable *query)
{
  Wait *wait = g_new0(Wait, 1);
  guint timeout_ms = DEFAULT_TIMEOUT_MS;
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer value = NULL;

  wait->sim = sim;
  wait->message = g_object_ref(message);
  wait->wished = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  if (query != NULL)
    g_hash_table_iter_init(&iter, query);
  while (query != NULL && g_hash_table_iter_next(&iter, &name, &value)) {
    guint64 number = 0;
    (void)g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT, &number, NULL); /* Else 0. */
    if (g_str_equal(name, "timeout_ms"))
      timeout_ms = (guint)number;
    else
      g_hash_table_insert(wait->wished, g_strdup(name), GINT_TO_POINTER((gint)number));
  }
  wait->timeout = g_timeout_source_new(timeout_ms);
  g_source_set_callback(wait->timeout, timeout_cb, wait, NULL);
  g_source_attach(wait->timeout, NULL);
  soup_server_message_pause(message);
  g_ptr_array_add(sim->waits->waits, wait);
  sim_waits_check(sim);
}

/**
 * sim_waits_check:
 * @sim: the simulator
 *
 * Answers the waits that are fulfilled; called after whatever moves a counter.
 */
void
sim_waits_check(Simulator *sim)
{
  if (sim->waits == NULL)
    return;
  for (guint i = sim->waits->waits->len; i > 0; i--) {
    Wait *wait = g_ptr_array_index(sim->waits->waits, i - 1);
    if (is_fulfilled(sim, wait))
      finish(wait, TRUE);
  }
}

/**
 * sim_waits_free:
 * @self: (nullable) (transfer full): the list
 *
 * Releases the list.
 */
void
sim_waits_free(SimWaits *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref(self->waits);
  g_free(self);
}
