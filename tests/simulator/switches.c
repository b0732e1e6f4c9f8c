/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of switches: each doubt about the service is one, with the default that hurts most. */

#include "switches.h"

struct _SimSwitches {
  GHashTable *values; /* (owned): name (static) -> value (owned) */
};

typedef struct {
  const char *name;
  const char *values; /* choices between bars, or "number" */
  const char *fallback;
  const char *meaning;
} Switch;

static const Switch switches[] = {
  { "auth_status", "403|401", "403", "status for a bad or revoked token (2.3)" },
  { "auto_ingest", "off|on", "off", "the iPad takes new orders by itself (5.1)" },
  { "cancel_pos_required", "on|off", "on", "DELETE order without pos is 400 (2.1)" },
  { "channel_echo", "sent|overwrite", "sent", "overwrite answers channel EASYSHOP (3.12)" },
  { "child_times_parent", "on|off", "on", "a child's price counts once per parent unit (8.12)" },
  { "create_family", "keep|drop", "keep", "whether familyId survives the creation (3.5)" },
  { "create_vat_required", "off|on", "off", "item creation without a rate is 400 (2.3)" },
  { "default_page_size", "number", "25", "rows when pageSize is not given (2.2)" },
  { "deleted_items", "listed|hidden", "listed", "deleted items stay in lists (3.5)" },
  { "discount_echo", "same|positive", "same", "sign of discountTotal in answers (3.12)" },
  { "discount_rate", "percent|fraction", "percent", "unit of discountRate in sales (3.13)" },
  { "discount_sign", "negative|positive|either", "negative", "which discountTotal lowers (8.11)" },
  { "duplicate_status", "201|200", "201", "status for an orderId that is known (10.6)" },
  { "error_body", "nest|error|text", "nest", "shape of an error's body (2.3)" },
  { "families_cap_strict", "on|off", "on", "families refuse pageSize above 25 (2.2)" },
  { "ingest_status", "auto_accepted_waiting|accepted", "auto_accepted_waiting",
    "where the iPad's ingestion leads (5.1)" },
  { "item_delete", "flag|gone", "flag",
    "a deleted item keeps its row, flagged, or loses it (10.5)" },
  { "key_order", "shuffled|fixed", "shuffled", "order of the keys of JSON objects" },
  { "latency_ms", "number", "0", "every answer waits that long" },
  { "list_rows", "code|spec|full", "code",
    "item lists omit ranks, steps and packs (code), parentItem too (spec), nothing (full) (3.5)" },
  { "money", "spec|decimal|decimal-digits|cents", "spec", "unit of money in orders (3.12)" },
  { "namespace", "prod|staging", "prod", "staging never reaches the iPad (1)" },
  { "odd_fields", "on|off", "on", "unknown fields, nulls and missing optional fields in rows" },
  { "order_list_default", "not_acked|all_but_done", "not_acked", "list without status (6.2.4)" },
  { "order_path_id", "server|channel|both", "server", "which id the paths understand (8.4)" },
  { "order_slots", "array|object|missing", "array",
    "shape of order-slots/future; missing is 404 (2.1)" },
  { "order_stock", "finalise|reserve", "finalise", "when an order touches stock (5.3)" },
  { "order_times", "fields|timestamp|both", "fields", "createdOn/editedOn or timestamp{} (6.1.4)" },
  { "orders_pos_required", "on|off", "on", "order list without pos is 400 (2.1)" },
  { "payment_type_check", "on|off", "on", "paymentType outside ONLINE, OTHER is 400 (3.12)" },
  { "permissions", "all|read-only|orders-only|catalogue-only|no-cancel|no-sales|none", "all",
    "permissions inside the token (1.1)" },
  { "post_pos", "only|first", "only",
    "order without pos in a store with several: 400, or the first" },
  { "price_check", "off|on", "off",
    "order prices must equal the list's; off, since validation is only presumed (3.12)" },
  { "put_omitted", "erase|keep", "erase",
    "what a PUT of an item, a customer or a list of prices leaves out (8.22)" },
  { "receipt_link", "sale|document|both|none", "sale",
    "which order field carries the sale id (8.14)" },
  { "refund_sign", "negative|positive", "negative", "sign of amounts of a refund (8.14)" },
  { "refund_type", "REFUND|RETURN|SALE", "REFUND", "type of a refund document (3.13)" },
  { "shift_completed", "CLOSED_COMPLETED|COMPLETED", "CLOSED_COMPLETED",
    "name of the state after the Z report (3.14)" },
  { "shifts_default", "day|all", "day", "shifts listed without from and to (3.14)" },
  { "skipped", "number", "0", "the envelope's skipped, in every list (2.2)" },
  { "stocks_type_required", "off|on", "off", "stocks without type are 400 (3.11)" },
  { "table_order_required", "off|on", "off",
    "orders must carry tableOrder and tableOrderType (3.12)" },
  { "unknown_item", "400|404|accept", "400", "order line with an unknown itemId" },
  { "unmanaged_stock_rows", "off|on", "off", "stock rows for items without stock follow (8.16)" },
  { "verify_answer", "object|order", "object",
    "what a check of an order answers: an empty object, or the order (8.24)" },
  { "webhook_interval_ms", "number", "1800000", "time between two tries (4)" },
  { "webhook_tries", "number", "5", "tries before a webhook is given up (4)" },
};

static const Switch *
find_switch(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(switches); i++) {
    if (g_str_equal(switches[i].name, name))
      return &switches[i];
  }
  return NULL;
}

static gboolean
is_legal(const Switch *entry, const char *value)
{
  if (g_str_equal(entry->values, "number"))
    return g_ascii_string_to_signed(value, 10, 0, G_MAXINT, NULL, NULL);

  g_auto(GStrv) choices = g_strsplit(entry->values, "|", -1);
  return g_strv_contains((const char *const *)choices, value);
}

/**
 * sim_switches_new:
 *
 * Makes the switches at their defaults.
 *
 * Returns: (transfer full): the switches
 */
SimSwitches *
sim_switches_new(void)
{
  SimSwitches *self = g_new0(SimSwitches, 1);
  self->values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
  for (gsize i = 0; i < G_N_ELEMENTS(switches); i++)
    g_hash_table_insert(self->values, (gpointer)switches[i].name, g_strdup(switches[i].fallback));
  return self;
}

/**
 * sim_switches_set:
 * @self: the switches
 * @name: a switch
 * @value: one of its values; `true` and `false` stand for `on` and `off`
 * @error: return location for an error
 *
 * Turns a switch.
 *
 * Fails with %G_IO_ERROR_INVALID_ARGUMENT when there is no such switch or value.
 *
 * Returns: %TRUE when turned
 */
gboolean
sim_switches_set(SimSwitches *self, const char *name, const char *value, GError **error)
{
  const Switch *entry = find_switch(name);
  if (entry == NULL) {
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no switch \"%s\"", name);
    return FALSE;
  }
  if (g_str_equal(value, "true"))
    value = "on";
  else if (g_str_equal(value, "false"))
    value = "off";
  if (!is_legal(entry, value)) {
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s is one of %s, not \"%s\"", name,
                entry->values, value);
    return FALSE;
  }
  g_hash_table_insert(self->values, (gpointer)entry->name, g_strdup(value));
  return TRUE;
}

/**
 * sim_switches_get:
 * @self: the switches
 * @name: a switch of the table
 *
 * Tells where a switch stands.
 *
 * Returns: (transfer none): its value
 */
const char *
sim_switches_get(const SimSwitches *self, const char *name)
{
  const char *value = g_hash_table_lookup(self->values, name);
  g_return_val_if_fail(value != NULL, "");
  return value;
}

/**
 * sim_switches_to_json:
 * @self: the switches
 *
 * Describes all switches: value, default, choices and meaning of each.
 *
 * Returns: (transfer full): an object by name
 */
json_t *
sim_switches_to_json(const SimSwitches *self)
{
  json_t *result = json_object();
  for (gsize i = 0; i < G_N_ELEMENTS(switches); i++) {
    const Switch *entry = &switches[i];
    json_object_set_new(result, entry->name,
                        json_pack("{s:s, s:s, s:s, s:s}", "value",
                                  sim_switches_get(self, entry->name), "default", entry->fallback,
                                  "values", entry->values, "meaning", entry->meaning));
  }
  return result;
}

/**
 * sim_switches_list:
 *
 * Prints the table of switches for people.
 *
 * Returns: (transfer full): lines of text
 */
char *
sim_switches_list(void)
{
  GString *text = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(switches); i++)
    g_string_append_printf(text, "%s=%s\n    default %s. %s\n", switches[i].name,
                           switches[i].values, switches[i].fallback, switches[i].meaning);
  return g_string_free(text, FALSE);
}

/**
 * sim_switches_free:
 * @self: (nullable) (transfer full): the switches
 *
 * Releases the switches.
 */
void
sim_switches_free(SimSwitches *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref(self->values);
  g_free(self);
}

/**
 * sim_switch_is:
 * @sim: the simulator
 * @name: a switch
 * @value: one of its values
 *
 * Asks whether a switch stands at a value.
 *
 * Returns: %TRUE when it does
 */
gboolean
sim_switch_is(const Simulator *sim, const char *name, const char *value)
{
  return g_str_equal(sim_switches_get(sim->switches, name), value);
}

/**
 * sim_switch_is_on:
 * @sim: the simulator
 * @name: a switch with the values on and off
 *
 * Asks whether a switch is on.
 *
 * Returns: %TRUE when it is
 */
gboolean
sim_switch_is_on(const Simulator *sim, const char *name)
{
  return sim_switch_is(sim, name, "on");
}

/**
 * sim_switch_get_number:
 * @sim: the simulator
 * @name: a switch whose value is a number
 *
 * Reads a numeric switch.
 *
 * Returns: the number
 */
gint64
sim_switch_get_number(const Simulator *sim, const char *name)
{
  return g_ascii_strtoll(sim_switches_get(sim->switches, name), NULL, 10);
}
