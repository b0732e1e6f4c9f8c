/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Puts the parts together, and back to their beginning. */

#include "simulator.h"

#include "catalogue.h"
#include "control.h"
#include "fault.h"
#include "generator.h"
#include "options.h"
#include "orders.h"
#include "relay.h"
#include "requests.h"
#include "sales.h"
#include "server.h"
#include "service.h"
#include "shifts.h"
#include "shop.h"
#include "stores.h"
#include "switches.h"
#include "token.h"
#include "wait.h"
#include "webhook.h"
#include "wire.h"

#include <string.h>

static gboolean
apply_settings(Simulator *sim, GError **error)
{
  for (gsize i = 0; sim->options->settings != NULL && sim->options->settings[i] != NULL; i++) {
    g_auto(GStrv) parts = g_strsplit(sim->options->settings[i], "=", 2);
    if (g_strv_length(parts) != 2) {
      g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "\"%s\" is not NAME=VALUE",
                  sim->options->settings[i]);
      return FALSE;
    }
    if (!sim_switches_set(sim->switches, parts[0], parts[1], error))
      return FALSE;
  }
  return TRUE;
}

static void
clear_state(Simulator *sim)
{
  g_clear_pointer(&sim->webhooks, sim_webhooks_free);
  g_clear_pointer(&sim->faults, sim_faults_free);
  g_clear_pointer(&sim->requests, sim_requests_free);
  g_clear_pointer(&sim->sales, sim_sales_free);
  g_clear_pointer(&sim->shifts, sim_shifts_free);
  g_clear_pointer(&sim->orders, sim_orders_free);
  g_clear_pointer(&sim->token, sim_token_free);
  g_clear_pointer(&sim->catalogue, sim_catalogue_free);
  g_clear_pointer(&sim->stores, sim_stores_free);
  g_clear_pointer(&sim->switches, sim_switches_free);
  g_clear_pointer(&sim->customers, json_decref);
  g_clear_pointer(&sim->boards, json_decref);
  g_clear_pointer(&sim->shop_name, g_free);
}

/* Builds everything but the ports, which outlive a reset. */
static gboolean
build_state(Simulator *sim, GError **error)
{
  g_autoptr(json_t) shop = sim_shop_read(sim->options->shop, error);
  if (shop == NULL)
    return FALSE;

  sim->clock_offset_ms = 0;
  sim->next_identity = 0;
  sim->switches = sim_switches_new();
  if (!apply_settings(sim, error) || !sim_shop_load(sim, shop, error))
    return FALSE;
  sim_stores_generate(sim, (guint)sim->options->n_stores);
  sim_generator_add_items(sim, (guint)sim->options->n_items, sim->options->seed);
  sim->orders = sim_orders_new();
  sim->shifts = sim_shifts_new();
  sim->sales = sim_sales_new();
  sim->requests = sim_requests_new();
  sim->faults = sim_faults_new();
  sim->webhooks = sim_webhooks_new();
  sim->token = sim_token_new(sim);
  sim_token_issue(sim, NULL, NULL);
  return TRUE;
}

/**
 * sim_new:
 * @options: what the command line asked for; must outlive the simulator
 * @error: return location for an error
 *
 * Builds a service with its shop and listens.
 *
 * Fails with the codes of [func@sim_shop_read] when the shop cannot be read, with
 * %G_IO_ERROR_INVALID_ARGUMENT when a switch is wrong, and with a code of %G_IO_ERROR when a port
 * is taken.
 *
 * Returns: (transfer full) (nullable): the simulator
 */
Simulator *
sim_new(const SimOptions *options, GError **error)
{
  g_autoptr(Simulator) sim = g_new0(Simulator, 1);

  sim->options = options;
  if (!build_state(sim, error))
    return NULL;
  sim->service = sim_service_new(sim);
  sim->waits = sim_waits_new();
  sim->server = sim_server_new(sim);
  sim->relay = sim_relay_new(sim, (guint16)options->port, error);
  if (sim->relay == NULL)
    return NULL;
  sim->control = sim_control_new(sim, (guint)options->control_port, error);
  return sim->control != NULL ? g_steal_pointer(&sim) : NULL;
}

/**
 * sim_new_unplugged:
 * @options: as for [func@sim_new]
 * @now_ms: the time, in ms since 1970; it passes with [func@sim_clock_advance] alone
 * @error: return location for an error
 *
 * Builds a service without ports, for a program that calls it itself: the same calls in the same
 * order at the same times give the same answers.
 *
 * Fails with the codes of [func@sim_new].
 *
 * Returns: (transfer full) (nullable): the simulator
 */
Simulator *
sim_new_unplugged(const SimOptions *options, gint64 now_ms, GError **error)
{
  g_autoptr(Simulator) sim = g_new0(Simulator, 1);

  sim->options = options;
  sim->standing_ms = now_ms;
  if (!build_state(sim, error))
    return NULL;
  sim->service = sim_service_new(sim);
  return g_steal_pointer(&sim);
}

/**
 * sim_reset:
 * @sim: the simulator
 * @error: return location for an error
 *
 * Goes back to the beginning: connections are reset, ports and token stay the same.
 *
 * Fails with the codes of [func@sim_new].
 *
 * Returns: %TRUE when done
 */
gboolean
sim_reset(Simulator *sim, GError **error)
{
  sim_relay_drop_all(sim->relay);
  clear_state(sim);
  if (!build_state(sim, error))
    return FALSE;
  sim_touch(sim);
  sim_relay_obey(sim->relay);
  return TRUE;
}

/**
 * sim_touch:
 * @sim: the simulator
 *
 * Says that something changed which printed answers may show.
 */
void
sim_touch(Simulator *sim)
{
  sim->generation++;
}

/**
 * sim_describe:
 * @sim: the simulator
 *
 * Makes the line of readiness.
 *
 * Returns: (transfer full): one line of JSON with its end
 */
char *
sim_describe(Simulator *sim)
{
  g_autofree char *api = g_strdup_printf("http://127.0.0.1:%u", sim_relay_get_port(sim->relay));
  g_autofree char *control =
      g_strdup_printf("http://127.0.0.1:%u", sim_control_get_port(sim->control));
  g_autoptr(json_t) line =
      json_pack("{s:s, s:s, s:s, s:s}", "api", api, "control", control, "token", sim->token->text,
                "applicationId", sim->token->application);
  g_autofree char *text = sim_wire_dump(line, SIM_KEYS_FIXED, 0);
  return g_strconcat(text, "\n", NULL);
}

/**
 * sim_free:
 * @sim: (nullable) (transfer full): the simulator
 *
 * Stops listening and releases everything.
 */
void
sim_free(Simulator *sim)
{
  if (sim == NULL)
    return;
  g_clear_pointer(&sim->control, sim_control_free);
  /* Its connections find it while they end. */
  sim_relay_free(sim->relay);
  sim->relay = NULL;
  g_clear_pointer(&sim->server, sim_server_free);
  g_clear_pointer(&sim->service, sim_service_free);
  g_clear_pointer(&sim->waits, sim_waits_free);
  clear_state(sim);
  /* Cancelled operations end in one more turn of the loop. */
  while (g_main_context_iteration(NULL, FALSE))
    continue;
  g_free(sim);
}
