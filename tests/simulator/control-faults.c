/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Control calls about faults, held connections and webhooks. */

#include "control.h"
#include "fault.h"
#include "relay.h"
#include "stores.h"
#include "wait.h"
#include "webhook.h"
#include "wire.h"

typedef struct {
  Simulator *sim; /* (unowned) */
  guint id;
} Reopening;

/* A refusal cannot be counted, since the kernel refuses; it can end by time. */
static gboolean
reopen_cb(gpointer data)
{
  const Reopening *reopening = data;
  if (reopening->sim->faults != NULL) {
    sim_faults_clear(reopening->sim->faults, reopening->id);
    sim_relay_obey(reopening->sim->relay);
  }
  return G_SOURCE_REMOVE;
}

static void
add_fault(SimControlCall *call)
{
  g_autoptr(GError) error = NULL;
  const SimFault *fault = sim_faults_add(call->sim->faults, call->body, &error);
  if (fault == NULL) {
    sim_control_fail(call, 400, error->message);
    return;
  }

  if (fault->kind == SIM_FAULT_REFUSE && fault->ms > 0) {
    Reopening *reopening = g_new0(Reopening, 1);
    reopening->sim = call->sim;
    reopening->id = fault->id;
    g_timeout_add_full(G_PRIORITY_DEFAULT, fault->ms, reopen_cb, reopening, g_free);
  }
  sim_relay_obey(call->sim->relay);
  sim_control_answer(call, json_pack("{s:i}", "id", (int)fault->id));
}

static void
get_faults(SimControlCall *call)
{
  sim_control_answer(call, json_pack("{s:o}", "faults", sim_faults_to_json(call->sim->faults)));
}

static void
delete_faults(SimControlCall *call)
{
  sim_faults_clear(call->sim->faults, sim_control_query(call, "id", 0));
  sim_relay_obey(call->sim->relay);
  get_faults(call);
}

static void
mix_faults(SimControlCall *call)
{
  g_autoptr(GError) error = NULL;
  if (!sim_faults_mix(call->sim->faults, call->body, &error))
    sim_control_fail(call, 400, error->message);
  else
    get_faults(call);
}

static void
get_held(SimControlCall *call)
{
  sim_control_answer(call,
                     json_pack("{s:i, s:o}", "held", (int)sim_relay_count_held(call->sim->relay),
                               "connections", sim_relay_describe_held(call->sim->relay)));
}

static void
release_held(SimControlCall *call)
{
  guint n_released =
      sim_relay_release(call->sim->relay, sim_wire_get_text(call->body, "where", NULL),
                        sim_wire_get_text(call->body, "then", "go"));
  sim_waits_check(call->sim);
  sim_control_answer(call, json_pack("{s:i}", "released", (int)n_released));
}

static void
set_webhook(SimControlCall *call)
{
  sim_webhooks_configure(call->sim->webhooks, call->body);
  sim_control_answer(call, sim_webhooks_describe(call->sim->webhooks));
}

static void
emit_event(SimControlCall *call)
{
  const SimStores *stores = call->sim->stores;
  const SimCompany *company = g_ptr_array_index(stores->companies, 0);
  const SimStore *store = g_ptr_array_index(stores->stores, 0);
  const char *event = sim_wire_get_text(call->body, "event", "store.orders");
  gboolean about_company = g_str_has_prefix(event, "company.");
  const json_t *resource = json_object_get(call->body, "resource");
  json_t *content = json_object_get(call->body, "content");

  sim_webhooks_emit(call->sim, event,
                    sim_wire_get_text(resource, "type", about_company ? "company" : "store"),
                    sim_wire_get_text(resource, "id", about_company ? company->id : store->id),
                    json_incref(content));
  sim_control_answer(call, json_object());
}

static void
reset(SimControlCall *call)
{
  g_autoptr(GError) error = NULL;
  if (!sim_reset(call->sim, &error))
    sim_control_fail(call, 500, error->message);
  else
    sim_control_answer(call, json_object());
}

const SimControlRoute sim_control_faults[] = {
  { "POST", "/fault", add_fault },       { "GET", "/fault", get_faults },
  { "DELETE", "/fault", delete_faults }, { "POST", "/fault-mix", mix_faults },
  { "GET", "/held", get_held },          { "POST", "/release", release_held },
  { "POST", "/webhook", set_webhook },   { "POST", "/emit", emit_event },
  { "POST", "/reset", reset },           { 0 },
};
