/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who is asking, and what it may see: authentication, organisations, companies (PROTOCOL 1.2, 3.1).
 */

#include "route.h"
#include "stores.h"
#include "token.h"
#include "wire.h"

static void
get_authentication(SimCall *call)
{
  const SimToken *token = call->sim->token;
  sim_call_answer(call, 200,
                  json_pack("{s:s, s:s, s:s, s:o}", "id", token->id, "applicationId",
                            token->application, "token", token->text, "bundle",
                            sim_token_build_bundle(call->sim)));
}

static json_t *
expand_resources(const Simulator *sim)
{
  json_t *result = json_deep_copy(sim->token->resources);
  const SimStores *stores = sim->stores;

  for (guint i = 0; i < stores->stores->len; i++) {
    const SimStore *store = g_ptr_array_index(stores->stores, i);
    for (guint j = 0; j < store->poss->len; j++) {
      const SimPos *pos = g_ptr_array_index(store->poss, j);
      g_autofree char *name = g_strconcat("pos.", pos->id, NULL);
      if (sim_token_covers(sim, "pos", pos->id))
        json_array_append_new(result, json_string(name));
    }
  }
  return result;
}

static void
get_permissions(SimCall *call)
{
  sim_call_answer(call, 200,
                  json_pack("{s:o, s:O}", "resources", expand_resources(call->sim), "permissions",
                            call->sim->token->permissions));
}

/* Visible whole even when the token acts on a part of it (PROTOCOL 3.1, seed). */
static json_t *
build_organisation(SimCall *call, gpointer row)
{
  const Simulator *sim = call->sim;
  json_t *companies = json_array();

  for (guint i = 0; i < sim->stores->companies->len; i++)
    json_array_append_new(
        companies, sim_stores_build_company(sim, g_ptr_array_index(sim->stores->companies, i)));
  return json_pack("{s:s, s:o}", "id", (const char *)row, "companies", companies);
}

static void
list_organisations(SimCall *call)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new();
  if (sim_token_covers(call->sim, "organisation", call->sim->stores->organisation))
    g_ptr_array_add(rows, call->sim->stores->organisation);
  sim_call_answer_page(call, rows, build_organisation);
}

static void
get_organisation(SimCall *call)
{
  sim_call_answer(call, 200, build_organisation(call, call->sim->stores->organisation));
}

static json_t *
build_company(SimCall *call, gpointer row)
{
  return sim_stores_build_company(call->sim, row);
}

static void
list_companies(SimCall *call)
{
  const SimStores *stores = call->sim->stores;
  g_autoptr(GPtrArray) rows = g_ptr_array_new();

  for (guint i = 0; i < stores->companies->len; i++) {
    SimCompany *company = g_ptr_array_index(stores->companies, i);
    if (sim_token_covers(call->sim, "company", company->id))
      g_ptr_array_add(rows, company);
  }
  sim_call_answer_page(call, rows, build_company);
}

static void
get_company(SimCall *call)
{
  SimCompany *company = sim_stores_get_company(call->sim->stores, sim_call_get(call, "company"));
  sim_call_answer(call, 200, sim_stores_build_company(call->sim, company));
}

const SimRoute sim_routes_account[] = {
  { "GET", "/v1/authentication", NULL, 0, SIM_ROUTE_PLAIN, get_authentication },
  { "GET", "/v1/authentication/permissions", NULL, 0, SIM_ROUTE_PLAIN, get_permissions },
  { "GET", "/v1/organisations", NULL, 25, SIM_ROUTE_CACHED, list_organisations },
  { "GET", "/v1/organisations/{organisation}", "organisation.info", 0, SIM_ROUTE_CACHED,
    get_organisation },
  { "GET", "/v1/companies", NULL, 25, SIM_ROUTE_CACHED, list_companies },
  { "GET", "/v1/companies/{company}", "company.info", 0, SIM_ROUTE_CACHED, get_company },
  { 0 },
};
