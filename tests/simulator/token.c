/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The application's token: a JWT without expiry, valid until another one is made (PROTOCOL 1). */

#include "token.h"

#include "identity.h"
#include "options.h"
#include "stores.h"
#include "switches.h"
#include "wire.h"

#include <string.h>

#define ISSUED_AT_S  1767225600 /* 2026-01-01: tokens are the same in every run */
#define DIGEST_BYTES 32

static char *
encode_base64url(const guint8 *bytes, gsize length)
{
  char *text = g_base64_encode(bytes, length);
  gsize end = strlen(text);

  g_strdelimit(text, "+", '-');
  g_strdelimit(text, "/", '_');
  while (end > 0 && text[end - 1] == '=')
    text[--end] = '\0';
  return text;
}

/* Each environment signs with a key of its own (PROTOCOL 1, seed). */
static char *
sign_text(const Simulator *sim, const char *text)
{
  g_autofree char *key =
      g_strdup_printf("%s/%s", sim->shop_name, sim_switches_get(sim->switches, "namespace"));
  g_autoptr(GHmac) hmac = g_hmac_new(G_CHECKSUM_SHA256, (const guchar *)key, strlen(key));
  guint8 digest[DIGEST_BYTES] = { 0 };
  gsize length = sizeof digest;

  g_hmac_update(hmac, (const guchar *)text, -1);
  g_hmac_get_digest(hmac, digest, &length);
  return encode_base64url(digest, length);
}

static json_t *
list_resources(const Simulator *sim)
{
  json_t *result = json_array();

  for (guint i = 0; i < sim->stores->companies->len; i++) {
    const SimCompany *company = g_ptr_array_index(sim->stores->companies, i);
    g_autofree char *name = g_strconcat("company.", company->id, NULL);
    if (company->in_token)
      json_array_append_new(result, json_string(name));
  }
  for (guint i = 0; i < sim->stores->stores->len; i++) {
    const SimStore *store = g_ptr_array_index(sim->stores->stores, i);
    g_autofree char *name = g_strconcat("store.", store->id, NULL);
    if (store->in_token)
      json_array_append_new(result, json_string(name));
  }
  return result;
}

static char *
build_jwt(const Simulator *sim, const SimToken *self)
{
  g_autoptr(json_t) payload = json_pack(
      "{s:{s:s, s:s, s:s, s:s, s:b, s:O, s:O, s:b}, s:I}", "data", "id", self->id, "applicationId",
      self->application, "namespace", sim_switches_get(sim->switches, "namespace"), "userId",
      self->user, "isSubToken", 1, "resources", self->resources, "permissions", self->permissions,
      "hasSubscription", 0, "iat", (json_int_t)ISSUED_AT_S + self->serial);
  static const char header[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  g_autofree char *text = sim_wire_dump(payload, SIM_KEYS_FIXED, 0);
  g_autofree char *first = encode_base64url((const guint8 *)header, strlen(header));
  g_autofree char *second = encode_base64url((const guint8 *)text, strlen(text));
  g_autofree char *signed_text = g_strdup_printf("%s.%s", first, second);
  g_autofree char *signature = sign_text(sim, signed_text);

  return g_strdup_printf("%s.%s", signed_text, signature);
}

/**
 * sim_token_new:
 * @sim: the simulator, with its stores
 *
 * Makes the application of the shop, still without a token.
 *
 * Returns: (transfer full): the application
 */
SimToken *
sim_token_new(const Simulator *sim)
{
  g_autofree char *salt = g_strdup_printf("%s/%u", sim->shop_name, sim->options->seed);
  SimToken *self = g_new0(SimToken, 1);
  self->application = sim_identity_derive(salt, "application", "");
  self->user = sim_identity_derive(salt, "user", "");
  self->revoked = TRUE;
  return self;
}

/**
 * sim_token_issue:
 * @sim: the simulator
 * @permissions: (nullable): an object of node: true; %NULL follows the switch
 * @resources: (nullable): an array of type.id; %NULL is all of the shop's
 *
 * Makes a token; the one before is revoked by that (PROTOCOL 1, spec and seed).
 */
void
sim_token_issue(Simulator *sim, const json_t *permissions, const json_t *resources)
{
  SimToken *self = sim->token;
  g_autofree char *salt = g_strdup_printf("%s/%u", sim->shop_name, sim->options->seed);
  g_autofree char *name = g_strdup_printf("%u", self->serial++);

  g_free(self->id);
  self->id = sim_identity_derive(salt, "token", name);
  json_decref(self->permissions);
  self->permissions = permissions != NULL
                          ? json_deep_copy(permissions)
                          : sim_permissions_choose(sim_switches_get(sim->switches, "permissions"));
  json_decref(self->resources);
  self->resources = resources != NULL ? json_deep_copy(resources) : list_resources(sim);
  g_free(self->text);
  self->text = build_jwt(sim, self);
  self->revoked = FALSE;
  sim_touch(sim);
}

/**
 * sim_token_is_valid:
 * @self: the application
 * @text: (nullable): what a client presents
 *
 * Asks whether a text is the token in force.
 *
 * Returns: %TRUE when it is
 */
gboolean
sim_token_is_valid(const SimToken *self, const char *text)
{
  return !self->revoked && text != NULL && g_str_equal(self->text, text);
}

/**
 * sim_token_may:
 * @self: the application
 * @node: (nullable): a node as in PROTOCOL 2.1, like `company.items.read`; %NULL needs none
 *
 * Asks whether the token has a permission, itself or through a wider one.
 *
 * Returns: %TRUE when it has
 */
gboolean
sim_token_may(const SimToken *self, const char *node)
{
  if (node == NULL)
    return TRUE;

  g_auto(GStrv) parts = g_strsplit(node, ".", 3);
  g_autofree char *all = g_strdup_printf("%s.*.*", parts[0]);
  g_autofree char *sub = g_strdup_printf("%s.*.%s", parts[0], parts[1]);
  g_autofree char *verb = g_strdup_printf("%s.%s", sub, parts[2] != NULL ? parts[2] : "");
  return json_is_true(json_object_get(self->permissions, all)) ||
         json_is_true(json_object_get(self->permissions, sub)) ||
         json_is_true(json_object_get(self->permissions, verb));
}

static gboolean
has_resource(const SimToken *self, const char *type, const char *id)
{
  g_autofree char *name = g_strdup_printf("%s.%s", type, id);
  for (gsize i = 0; i < json_array_size(self->resources); i++) {
    const char *resource = json_string_value(json_array_get(self->resources, i));
    if (g_strcmp0(resource, name) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * sim_token_covers:
 * @sim: the simulator
 * @type: organisation, company, store or pos
 * @id: an identifier of that type
 *
 * Asks whether the token names a resource; a store brings its registers, and the organisation of a
 * named company may be seen whole (PROTOCOL 1.2, 3.1).
 *
 * Returns: %TRUE when it does
 */
gboolean
sim_token_covers(const Simulator *sim, const char *type, const char *id)
{
  if (has_resource(sim->token, type, id))
    return TRUE;
  if (g_str_equal(type, "organisation"))
    return json_array_size(sim->token->resources) > 0;
  if (!g_str_equal(type, "pos"))
    return FALSE;

  const SimPos *pos = sim_stores_get_pos(sim->stores, id);
  return pos != NULL && has_resource(sim->token, "store", pos->store);
}

/**
 * sim_token_build_bundle:
 * @sim: the simulator
 *
 * Builds the bundle of `GET /v1/authentication`.
 *
 * Returns: (transfer full): the object
 */
json_t *
sim_token_build_bundle(const Simulator *sim)
{
  const SimToken *self = sim->token;
  return json_pack("{s:O, s:O, s:s, s:b, s:b}", "resources", self->resources, "permissions",
                   self->permissions, "userId", self->user, "isSubToken", 1, "hasSubscription", 0);
}

/**
 * sim_token_free:
 * @self: (nullable) (transfer full): the application
 *
 * Releases the application.
 */
void
sim_token_free(SimToken *self)
{
  if (self == NULL)
    return;
  g_free(self->text);
  g_free(self->id);
  g_free(self->application);
  g_free(self->user);
  json_decref(self->resources);
  json_decref(self->permissions);
  g_free(self);
}
