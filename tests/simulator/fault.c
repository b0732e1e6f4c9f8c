/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rules of what goes wrong, and to which request. What a fault does is in the connection. */

#include "fault.h"

#include "wire.h"

#include <string.h>

typedef struct {
  const char *name;
  SimFaultKind kind;
  SimFaultStage stage;
  guint status; /* default of answers that replace the service's */
  guint ms;
  gboolean store;
} Kind;

static const Kind kinds[] = {
  { "refuse", SIM_FAULT_REFUSE, SIM_STAGE_PORT, 0, 0, FALSE },
  { "reset", SIM_FAULT_RESET, SIM_STAGE_ACCEPT, 0, 0, FALSE },
  { "hold_accept", SIM_FAULT_HOLD_ACCEPT, SIM_STAGE_ACCEPT, 0, 0, FALSE },
  { "timeout_before", SIM_FAULT_TIMEOUT_BEFORE, SIM_STAGE_REQUEST, 0, 0, FALSE },
  { "timeout_after", SIM_FAULT_TIMEOUT_AFTER, SIM_STAGE_ANSWER, 0, 0, TRUE },
  { "hold_half_request", SIM_FAULT_HOLD_HALF_REQUEST, SIM_STAGE_REQUEST, 0, 0, FALSE },
  { "hold_request", SIM_FAULT_HOLD_REQUEST, SIM_STAGE_REQUEST, 0, 0, FALSE },
  { "hold_answer", SIM_FAULT_HOLD_ANSWER, SIM_STAGE_ANSWER, 0, 0, TRUE },
  { "hold_half_answer", SIM_FAULT_HOLD_HALF_ANSWER, SIM_STAGE_ANSWER, 0, 0, TRUE },
  { "cut_half_request", SIM_FAULT_CUT_HALF_REQUEST, SIM_STAGE_REQUEST, 0, 0, FALSE },
  { "cut_before_store", SIM_FAULT_CUT_BEFORE_STORE, SIM_STAGE_REQUEST, 0, 0, FALSE },
  { "cut_after_store", SIM_FAULT_CUT_AFTER_STORE, SIM_STAGE_ANSWER, 0, 0, TRUE },
  { "slow", SIM_FAULT_SLOW, SIM_STAGE_ANSWER, 0, 1000, TRUE },
  { "slow_drip", SIM_FAULT_SLOW_DRIP, SIM_STAGE_ANSWER, 0, 100, TRUE },
  { "half_body", SIM_FAULT_HALF_BODY, SIM_STAGE_ANSWER, 0, 0, TRUE },
  { "html_200", SIM_FAULT_HTML_200, SIM_STAGE_REQUEST, 200, 0, FALSE },
  { "status", SIM_FAULT_STATUS, SIM_STAGE_REQUEST, 500, 0, FALSE },
  { "throttle", SIM_FAULT_THROTTLE, SIM_STAGE_REQUEST, 429, 0, FALSE },
  { "redirect", SIM_FAULT_REDIRECT, SIM_STAGE_REQUEST, 302, 0, FALSE },
  { "gzip_bomb", SIM_FAULT_GZIP_BOMB, SIM_STAGE_REQUEST, 200, 0, FALSE },
  { "bad_json", SIM_FAULT_BAD_JSON, SIM_STAGE_ANSWER, 0, 0, TRUE },
  { "wrong_echo", SIM_FAULT_WRONG_ECHO, SIM_STAGE_ANSWER, 0, 0, TRUE },
  { "huge_body", SIM_FAULT_HUGE_BODY, SIM_STAGE_REQUEST, 200, 0, FALSE },
  { "deep_json", SIM_FAULT_DEEP_JSON, SIM_STAGE_REQUEST, 200, 0, FALSE },
  { "body", SIM_FAULT_BODY, SIM_STAGE_REQUEST, 200, 0, FALSE },
  { "page_repeat", SIM_FAULT_PAGE_REPEAT, SIM_STAGE_ANSWER, 0, 0, TRUE },
};

typedef struct {
  SimFault *fault; /* (owned) */
  guint percent;
} Share;

struct _SimFaults {
  GPtrArray *rules; /* (owned): of SimFault */
  GArray *mix;      /* (owned): of Share */
  GRand *random;    /* (owned) (nullable): of the mix */
  guint last_id;
};

/**
 * sim_fault_ref:
 * @fault: a rule
 *
 * Keeps a rule alive.
 *
 * Returns: (transfer full): the rule
 */
SimFault *
sim_fault_ref(SimFault *fault)
{
  return g_rc_box_acquire(fault);
}

static void
clear_fault(gpointer data)
{
  SimFault *fault = data;
  g_free(fault->method);
  g_free(fault->path);
  g_free(fault->location);
  g_free(fault->retry_after);
  g_free(fault->type);
  g_clear_pointer(&fault->body, g_bytes_unref);
  g_free(fault->field);
  g_free(fault->framing);
}

/**
 * sim_fault_unref:
 * @fault: (nullable) (transfer full): a rule
 *
 * Lets go of a rule.
 */
void
sim_fault_unref(SimFault *fault)
{
  if (fault != NULL)
    g_rc_box_release_full(fault, clear_fault);
}

static void
clear_share(gpointer data)
{
  Share *share = data;
  sim_fault_unref(share->fault);
}

/**
 * sim_faults_new:
 *
 * Makes an empty set of rules.
 *
 * Returns: (transfer full): the rules
 */
SimFaults *
sim_faults_new(void)
{
  SimFaults *self = g_new0(SimFaults, 1);
  self->rules = g_ptr_array_new_with_free_func((GDestroyNotify)sim_fault_unref);
  self->mix = g_array_new(FALSE, FALSE, sizeof(Share));
  g_array_set_clear_func(self->mix, clear_share);
  return self;
}

static SimFault *
make_fault(SimFaults *self, const char *name, GError **error)
{
  static const char numbered[] = "status_";
  gboolean is_numbered = g_str_has_prefix(name, numbered);
  const char *kind = is_numbered ? "status" : name;

  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    if (!g_str_equal(kinds[i].name, kind))
      continue;
    SimFault *fault = g_rc_box_new0(SimFault);
    fault->id = ++self->last_id;
    fault->kind = kinds[i].kind;
    fault->stage = kinds[i].stage;
    fault->name = kinds[i].name;
    fault->times = 1;
    fault->status =
        is_numbered ? (guint)g_ascii_strtoull(name + strlen(numbered), NULL, 10) : kinds[i].status;
    fault->ms = kinds[i].ms;
    fault->store = kinds[i].store;
    return fault;
  }
  g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no fault \"%s\"", name);
  return NULL;
}

static void
read_body(SimFault *fault, const json_t *wish)
{
  const json_t *text = json_object_get(wish, "body");
  const char *encoded = sim_wire_get_text(wish, "body_base64", NULL);

  if (encoded != NULL) {
    gsize length = 0;
    guchar *bytes = g_base64_decode(encoded, &length);
    fault->body = g_bytes_new_take(bytes, length);
  } else if (json_is_string(text)) {
    fault->body = g_bytes_new(json_string_value(text), json_string_length(text));
  } else if (text != NULL) {
    char *dumped = sim_wire_dump(text, SIM_KEYS_FIXED, 0);
    fault->body = g_bytes_new_take(dumped, strlen(dumped));
  }
}

static void
read_parameters(SimFault *fault, const json_t *wish)
{
  const json_t *match = json_object_get(wish, "match");
  const json_t *retry_after = json_object_get(wish, "retry_after");

  fault->method = g_strdup(sim_wire_get_text(match, "method", NULL));
  fault->path = g_strdup(sim_wire_get_text(match, "path", NULL));
  fault->location = g_strdup(sim_wire_get_text(wish, "location", NULL));
  fault->type = g_strdup(sim_wire_get_text(wish, "type", NULL));
  fault->field = g_strdup(sim_wire_get_text(wish, "field", NULL));
  fault->framing = g_strdup(sim_wire_get_text(wish, "framing", NULL));
  if (json_is_integer(retry_after))
    fault->retry_after = g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(retry_after));
  else
    fault->retry_after = g_strdup(json_string_value(retry_after));
  fault->times = (guint)sim_wire_get_number(wish, "times", fault->times);
  fault->skip = (guint)sim_wire_get_number(wish, "after", 0);
  fault->status = (guint)sim_wire_get_number(wish, "status", fault->status);
  fault->ms = (guint)sim_wire_get_number(wish, "ms", fault->ms);
  fault->bytes = (gsize)sim_wire_get_number(wish, "bytes", 0);
  fault->store = sim_wire_get_flag(wish, "store", fault->store);
  fault->fin = g_str_equal(sim_wire_get_text(wish, "how", ""), "fin");
  fault->rst = g_str_equal(sim_wire_get_text(wish, "how", ""), "rst");
  read_body(fault, wish);
}

/**
 * sim_faults_add:
 * @self: the rules
 * @wish: a rule as at the control port
 * @error: return location for an error
 *
 * Adds a rule; earlier ones go first.
 *
 * Fails with %G_IO_ERROR_INVALID_ARGUMENT when there is no such fault.
 *
 * Returns: (transfer none) (nullable): the rule
 */
SimFault *
sim_faults_add(SimFaults *self, const json_t *wish, GError **error)
{
  SimFault *fault = make_fault(self, sim_wire_get_text(wish, "fault", ""), error);
  if (fault == NULL)
    return NULL;
  read_parameters(fault, wish);
  g_ptr_array_add(self->rules, fault);
  return fault;
}

static gboolean
matches(const SimFault *fault, const char *method, const char *path)
{
  if (fault->times > 0 && fault->n_hits >= fault->times)
    return FALSE;
  if (fault->method != NULL && g_strcmp0(fault->method, method) != 0)
    return FALSE;
  if (fault->path == NULL || path == NULL)
    return TRUE;
  if (strpbrk(fault->path, "*?") != NULL)
    return g_pattern_match_simple(fault->path, path);
  return g_str_has_prefix(path, fault->path);
}

static gboolean
use(SimFault *fault)
{
  if (fault->n_seen++ < fault->skip)
    return FALSE;
  fault->n_hits++;
  return TRUE;
}

/**
 * sim_faults_find_connect:
 * @self: the rules
 *
 * Decides what happens to a new connection; nothing is known of its requests yet.
 *
 * Returns: (transfer full) (nullable): the rule to obey
 */
SimFault *
sim_faults_find_connect(SimFaults *self)
{
  for (guint i = 0; i < self->rules->len; i++) {
    SimFault *fault = g_ptr_array_index(self->rules, i);
    if (fault->stage == SIM_STAGE_ACCEPT && matches(fault, fault->method, NULL) && use(fault))
      return sim_fault_ref(fault);
  }
  return NULL;
}

static SimFault *
draw(SimFaults *self)
{
  guint drawn = self->random != NULL ? (guint)g_rand_int_range(self->random, 0, 100) : 100;

  for (guint i = 0; i < self->mix->len; i++) {
    const Share *share = &g_array_index(self->mix, Share, i);
    if (drawn < share->percent) {
      share->fault->n_hits++;
      return sim_fault_ref(share->fault);
    }
    drawn -= share->percent;
  }
  return NULL;
}

/**
 * sim_faults_find_exchange:
 * @self: the rules
 * @method: the request's method
 * @path: the request's path
 *
 * Decides what happens to a request; the random mix touches posted orders alone.
 *
 * Returns: (transfer full) (nullable): the rule to obey
 */
SimFault *
sim_faults_find_exchange(SimFaults *self, const char *method, const char *path)
{
  for (guint i = 0; i < self->rules->len; i++) {
    SimFault *fault = g_ptr_array_index(self->rules, i);
    if (fault->stage >= SIM_STAGE_REQUEST && matches(fault, method, path) && use(fault))
      return sim_fault_ref(fault);
  }
  if (g_str_equal(method, "POST") && g_str_has_suffix(path, "/orders"))
    return draw(self);
  return NULL;
}

/**
 * sim_faults_has_connect:
 * @self: the rules
 *
 * Asks whether a rule waits for new connections; idle ones are closed then, so that clients make
 * one.
 *
 * Returns: %TRUE when one does
 */
gboolean
sim_faults_has_connect(const SimFaults *self)
{
  for (guint i = 0; i < self->rules->len; i++) {
    const SimFault *fault = g_ptr_array_index(self->rules, i);
    if (fault->stage <= SIM_STAGE_ACCEPT && matches(fault, fault->method, NULL))
      return TRUE;
  }
  return FALSE;
}

/**
 * sim_faults_has_refusal:
 * @self: the rules
 *
 * Asks whether the port is to be closed.
 *
 * Returns: %TRUE when it is
 */
gboolean
sim_faults_has_refusal(const SimFaults *self)
{
  for (guint i = 0; i < self->rules->len; i++) {
    const SimFault *fault = g_ptr_array_index(self->rules, i);
    if (fault->kind == SIM_FAULT_REFUSE)
      return TRUE;
  }
  return FALSE;
}

/**
 * sim_faults_mix:
 * @self: the rules
 * @wish: seed, percent by fault, and optionally parameters for all
 * @error: return location for an error
 *
 * Replaces the random mix.
 *
 * Fails with %G_IO_ERROR_INVALID_ARGUMENT when a fault is unknown, cannot be mixed, or the shares
 * exceed 100.
 *
 * Returns: %TRUE when replaced
 */
gboolean
sim_faults_mix(SimFaults *self, const json_t *wish, GError **error)
{
  json_t *percents = json_object_get(wish, "percent");
  const char *name = NULL;
  json_t *value = NULL;
  guint sum = 0;

  g_array_set_size(self->mix, 0);
  g_clear_pointer(&self->random, g_rand_free);
  json_object_foreach(percents, name, value)
  {
    Share share = { make_fault(self, name, error), (guint)json_number_value(value) };
    if (share.fault == NULL)
      return FALSE;
    sum += share.percent;
    if (share.fault->stage < SIM_STAGE_REQUEST || sum > 100) {
      g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                  "%s: cannot be mixed, or above 100 %%", name);
      clear_share(&share);
      return FALSE;
    }
    read_parameters(share.fault, wish);
    g_array_append_val(self->mix, share);
  }
  self->random = g_rand_new_with_seed((guint32)sim_wire_get_number(wish, "seed", 1));
  return TRUE;
}

/**
 * sim_faults_clear:
 * @self: the rules
 * @id: a rule, or 0 for all and the mix
 *
 * Removes rules; connections that obey one go on doing so.
 */
void
sim_faults_clear(SimFaults *self, guint id)
{
  for (guint i = self->rules->len; i > 0; i--) {
    const SimFault *fault = g_ptr_array_index(self->rules, i - 1);
    if (id == 0 || fault->id == id)
      g_ptr_array_remove_index(self->rules, i - 1);
  }
  if (id == 0)
    g_array_set_size(self->mix, 0);
}

static json_t *
build_rule(const SimFault *fault, guint percent)
{
  return json_pack("{s:i, s:s, s:o, s:o, s:i, s:i, s:i, s:i, s:i}", "id", (int)fault->id, "fault",
                   fault->name, "method", sim_wire_text(fault->method), "path",
                   sim_wire_text(fault->path), "status", (int)fault->status, "times",
                   (int)fault->times, "seen", (int)fault->n_seen, "hits", (int)fault->n_hits,
                   "percent", (int)percent);
}

/**
 * sim_faults_to_json:
 * @self: the rules
 *
 * Prints rules and mix with their counters.
 *
 * Returns: (transfer full): an array
 */
json_t *
sim_faults_to_json(const SimFaults *self)
{
  json_t *rows = json_array();
  for (guint i = 0; i < self->rules->len; i++)
    json_array_append_new(rows, build_rule(g_ptr_array_index(self->rules, i), 0));
  for (guint i = 0; i < self->mix->len; i++) {
    const Share *share = &g_array_index(self->mix, Share, i);
    json_array_append_new(rows, build_rule(share->fault, share->percent));
  }
  return rows;
}

/**
 * sim_faults_free:
 * @self: (nullable) (transfer full): the rules
 *
 * Releases the rules.
 */
void
sim_faults_free(SimFaults *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref(self->rules);
  g_array_unref(self->mix);
  g_clear_pointer(&self->random, g_rand_free);
  g_free(self);
}
