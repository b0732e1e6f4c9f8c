/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which handler, and the guards before it: token, resource, permission, paging, body. */

#include "route.h"

#include "stores.h"
#include "switches.h"
#include "token.h"
#include "wire.h"

#include <string.h>

static const SimRoute *const tables[] = {
  sim_routes_account, sim_routes_stores, sim_routes_catalogue, sim_routes_prices,
  sim_routes_orders,  sim_routes_sales,  sim_routes_customers, sim_routes_edge,
};

static gboolean
match_path(const char *pattern, char **segments, GHashTable *parameters)
{
  g_auto(GStrv) parts = g_strsplit(pattern, "/", -1);

  if (g_strv_length(parts) != g_strv_length(segments))
    return FALSE;
  g_hash_table_remove_all(parameters);
  for (gsize i = 0; parts[i] != NULL; i++) {
    gsize length = strlen(parts[i]);
    if (parts[i][0] != '{') {
      if (!g_str_equal(parts[i], segments[i]))
        return FALSE;
      continue;
    }
    char *value = g_uri_unescape_string(segments[i], NULL);
    if (value == NULL || *value == '\0') {
      g_free(value);
      return FALSE;
    }
    g_hash_table_insert(parameters, g_strndup(parts[i] + 1, length - 2), value);
  }
  return TRUE;
}

/**
 * sim_route_find:
 * @method: the method
 * @path: the path, still escaped
 * @parameters: filled with the segments that the route names
 *
 * Finds the operation of an address. A known path with another method is as unknown as any.
 *
 * Returns: (transfer none) (nullable): the route
 */
const SimRoute *
sim_route_find(const char *method, const char *path, GHashTable *parameters)
{
  g_auto(GStrv) segments = g_strsplit(path, "/", -1);

  for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
    for (const SimRoute *route = tables[i]; route->method != NULL; route++) {
      if (g_str_equal(route->method, method) && match_path(route->pattern, segments, parameters))
        return route;
    }
  }
  return NULL;
}

static gboolean
guard_token(SimCall *call, const char *authorization)
{
  static const char scheme[] = "Bearer ";
  const char *token = NULL;

  if (authorization != NULL && g_ascii_strncasecmp(authorization, scheme, strlen(scheme)) == 0)
    token = authorization + strlen(scheme);
  if (sim_token_is_valid(call->sim->token, token)) {
    if (call->request != NULL)
      call->request->authorised = TRUE;
    return TRUE;
  }
  if (sim_switch_is(call->sim, "auth_status", "401"))
    sim_call_fail(call, 401, "Unauthorized");
  else
    sim_call_fail(call, 403, "Forbidden resource");
  return FALSE;
}

static gboolean
exists(const SimCall *call, const char *type, const char *id)
{
  const SimStores *stores = call->sim->stores;

  if (g_str_equal(type, "organisation"))
    return g_str_equal(stores->organisation, id);
  if (g_str_equal(type, "company"))
    return sim_stores_get_company(stores, id) != NULL;
  if (g_str_equal(type, "store"))
    return sim_stores_get_store(stores, id) != NULL;
  return sim_stores_get_pos(stores, id) != NULL;
}

static gboolean
guard_resources(SimCall *call)
{
  static const char *const types[] = { "organisation", "company", "store", "pos" };

  for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
    const char *id = sim_call_get(call, types[i]);
    if (*id == '\0')
      continue;
    if (!exists(call, types[i], id)) {
      sim_call_fail(call, 404, "No %s with id %s", types[i], id);
      return FALSE;
    }
    if (!sim_token_covers(call->sim, types[i], id)) {
      sim_call_fail(call, 403, "Forbidden resource");
      return FALSE;
    }
  }
  if (sim_token_may(call->sim->token, call->route->permission))
    return TRUE;
  sim_call_fail(call, 403, "Forbidden resource");
  return FALSE;
}

static gboolean
guard_body(SimCall *call)
{
  gboolean wants_rows = (call->route->flags & SIM_ROUTE_ROWS) != 0;
  if ((call->route->flags & (SIM_ROUTE_BODY | SIM_ROUTE_ROWS)) == 0)
    return TRUE;

  g_autoptr(GError) error = NULL;
  call->body = sim_wire_parse(call->text != NULL ? call->text : "", call->text_length, &error);
  if (call->body == NULL) {
    sim_call_fail(call, 400, "Unexpected token in JSON: %s", error->message);
    return FALSE;
  }
  if (wants_rows ? json_is_array(call->body) : json_is_object(call->body))
    return TRUE;
  sim_call_fail(call, 400, "Validation failed (%s is expected)", wants_rows ? "array" : "object");
  return FALSE;
}

/**
 * sim_route_guard:
 * @call: a call with a route
 * @authorization: (nullable): the header
 *
 * Runs what stands before a handler, in the order of NestJS: guards, then validation.
 *
 * Returns: %TRUE when the handler may run; else the call has failed
 */
gboolean
sim_route_guard(SimCall *call, const char *authorization)
{
  if (!guard_token(call, authorization) || !guard_resources(call))
    return FALSE;
  if (call->route->cap > 0 && !sim_call_read_page(call))
    return FALSE;
  return guard_body(call);
}
