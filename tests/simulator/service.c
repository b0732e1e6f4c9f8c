/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a request to its answer, without a connection. */

#include "service.h"

#include "options.h"
#include "route.h"
#include "switches.h"
#include "wire.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_CACHED_BYTES (256 * 1024 * 1024)

struct _SimService {
  Simulator *sim;    /* (unowned) */
  GHashTable *cache; /* (owned): path and query -> GBytes */
  gsize cached_bytes;
  guint generation; /* of the state that the cache shows */
};

static GBytes *
print_answer(const Simulator *sim, const json_t *answer, const char *address)
{
  SimKeyOrder order =
      sim_switch_is(sim, "key_order", "shuffled") ? SIM_KEYS_SHUFFLED : SIM_KEYS_FIXED;
  char *text = sim_wire_dump(answer, order, g_str_hash(address) ^ sim->options->seed);
  return g_bytes_new_take(text, strlen(text));
}

static void
forget(SimService *self)
{
  g_hash_table_remove_all(self->cache);
  self->cached_bytes = 0;
}

static GBytes *
look_up(SimService *self, const SimCall *call, const char *address)
{
  if (self->generation != self->sim->generation) {
    forget(self);
    self->generation = self->sim->generation;
  }
  if ((call->route->flags & SIM_ROUTE_CACHED) == 0)
    return NULL;
  GBytes *bytes = g_hash_table_lookup(self->cache, address);
  return bytes != NULL ? g_bytes_ref(bytes) : NULL;
}

static void
keep(SimService *self, const SimCall *call, const char *address, GBytes *bytes)
{
  gsize length = g_bytes_get_size(bytes);
  if ((call->route->flags & SIM_ROUTE_CACHED) == 0 || call->status != 200 ||
      self->cached_bytes + length > MAX_CACHED_BYTES)
    return;
  self->cached_bytes += length;
  g_hash_table_insert(self->cache, g_strdup(address), g_bytes_ref(bytes));
}

static GBytes *
handle_call(SimService *self, SimCall *call, const char *address, const char *authorization)
{
  GBytes *bytes = NULL;

  if (sim_route_guard(call, authorization)) {
    bytes = look_up(self, call, address);
    if (bytes != NULL) {
      call->status = 200;
      return bytes;
    }
    call->route->handle(call);
  }
  bytes = print_answer(self->sim, call->answer, address);
  keep(self, call, address, bytes);
  return bytes;
}

/**
 * sim_service_new:
 * @sim: the simulator
 *
 * Makes the service; it answers from the state that the simulator has by then.
 *
 * Returns: (transfer full): the service
 */
SimService *
sim_service_new(Simulator *sim)
{
  SimService *self = g_new0(SimService, 1);
  self->sim = sim;
  self->cache =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  return self;
}

/**
 * sim_service_handle:
 * @self: the service
 * @asked: a request
 * @status: (out): the HTTP status
 *
 * Does what a request asks for.
 *
 * Returns: (transfer full): the body, JSON
 */
GBytes *
sim_service_handle(SimService *self, const SimServiceCall *asked, guint *status)
{
  g_autofree char *address =
      g_strdup_printf("%s?%s", asked->path, asked->query != NULL ? asked->query : "");
  GBytes *answer = NULL;
  SimCall call = {
    .sim = self->sim,
    .request = asked->request,
    .parameters = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
    .query = asked->query != NULL ? soup_form_decode(asked->query) : NULL,
    .text = asked->text,
    .text_length = asked->text_length,
  };

  call.route = sim_route_find(asked->method, asked->path, call.parameters);
  if (call.route == NULL) {
    sim_call_fail(&call, 404, "Cannot %s %s", asked->method, asked->path);
    answer = print_answer(self->sim, call.answer, address);
  } else {
    answer = handle_call(self, &call, address, asked->authorization);
  }
  if (call.request != NULL) {
    call.request->reached = TRUE;
    call.request->status = call.status;
  }
  *status = call.status;
  sim_call_clear(&call);
  return answer;
}

/**
 * sim_service_free:
 * @self: (nullable) (transfer full): the service
 *
 * Releases the service.
 */
void
sim_service_free(SimService *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref(self->cache);
  g_free(self);
}
