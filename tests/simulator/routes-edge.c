/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operations that no shop integration needs: plain right shapes, or refused to an outside token. */

#include "route.h"
#include "wire.h"

/* The applications belong to their owner, who is not this token (PROTOCOL 2.1, guess). */
static void
refuse(SimCall *call)
{
  sim_call_fail(call, 403, "Forbidden resource");
}

static void
answer_missing(SimCall *call)
{
  sim_call_fail(call, 404, "Not found");
}

static void
answer_empty_array(SimCall *call)
{
  sim_call_answer(call, 200, json_array());
}

static json_t *
build_nothing(SimCall *call, gpointer row)
{
  (void)call;
  (void)row;
  return json_null();
}

static void
answer_empty_page(SimCall *call)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new();
  sim_call_answer_page(call, rows, build_nothing);
}

static void
answer_seating_plan(SimCall *call)
{
  sim_call_answer(call, 200,
                  json_pack("{s:s, s:[]}", "storeId", sim_call_get(call, "store"), "rooms"));
}

#define STORE        "/v1/stores/{store}"
#define PLAN         STORE "/seating-plan"
#define GATEWAYS     STORE "/orders-with-payments/gateways"
#define APPLICATIONS "/v1/applications"
#define APPLICATION  APPLICATIONS "/{application}"

const SimRoute sim_routes_edge[] = {
  { "GET", APPLICATIONS, NULL, 25, SIM_ROUTE_PLAIN, refuse },
  { "POST", APPLICATIONS, NULL, 0, SIM_ROUTE_PLAIN, refuse },
  { "GET", APPLICATION, NULL, 0, SIM_ROUTE_PLAIN, refuse },
  { "PUT", APPLICATION, NULL, 0, SIM_ROUTE_PLAIN, refuse },
  { "DELETE", APPLICATION, NULL, 0, SIM_ROUTE_PLAIN, refuse },
  { "GET", APPLICATION "/logo", NULL, 0, SIM_ROUTE_PLAIN, refuse },
  { "POST", APPLICATION "/tokens", NULL, 0, SIM_ROUTE_PLAIN, refuse },
  { "GET", "/v1/stores/website/domains/{domain}", NULL, 0, SIM_ROUTE_PLAIN, answer_missing },
  { "GET", PLAN, "store.seating-plan.read", 0, SIM_ROUTE_PLAIN, answer_seating_plan },
  { "GET", PLAN "/rooms", "store.seating-plan.read", 0, SIM_ROUTE_PLAIN, answer_empty_array },
  { "POST", PLAN "/rooms", "store.seating-plan.write", 0, SIM_ROUTE_PLAIN, refuse },
  { "GET", PLAN "/rooms/{room}", "store.seating-plan.read", 0, SIM_ROUTE_PLAIN, answer_missing },
  { "PUT", PLAN "/rooms/{room}", "store.seating-plan.write", 0, SIM_ROUTE_PLAIN, answer_missing },
  { "DELETE", PLAN "/rooms/{room}", "store.seating-plan.write", 0, SIM_ROUTE_PLAIN,
    answer_missing },
  { "GET", PLAN "/tables", "store.seating-plan.read", 0, SIM_ROUTE_PLAIN, answer_empty_array },
  { "GET", STORE "/weights", "store.stocks.read", 1000, SIM_ROUTE_PLAIN, answer_empty_page },
  { "GET", GATEWAYS, "store.info", 0, SIM_ROUTE_PLAIN, answer_empty_array },
  { "GET", GATEWAYS "/{gateway}/orders/{order}", "store.info", 0, SIM_ROUTE_PLAIN, answer_missing },
  { "GET", GATEWAYS "/{gateway}/orders/{order}/verify", NULL, 0, SIM_ROUTE_PLAIN, answer_missing },
  { "POST", GATEWAYS "/{gateway}/orders/{order}/verify", NULL, 0, SIM_ROUTE_PLAIN, answer_missing },
  { 0 },
};
