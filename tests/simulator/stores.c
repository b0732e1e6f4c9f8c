/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tree of organisation, companies, stores and registers (PROTOCOL 3.1 to 3.4). */

#include "stores.h"

#include "identity.h"
#include "options.h"
#include "wire.h"

static void
free_pos(gpointer data)
{
  SimPos *pos = data;
  g_free(pos->id);
  g_free(pos->name);
  g_free(pos->plan);
  g_free(pos);
}

static void
free_store(gpointer data)
{
  SimStore *store = data;
  g_free(store->id);
  g_free(store->name);
  g_free(store->company);
  json_decref(store->address);
  json_decref(store->hours);
  g_ptr_array_unref(store->poss);
  g_free(store);
}

static void
free_company(gpointer data)
{
  SimCompany *company = data;
  g_free(company->id);
  g_free(company->name);
  g_free(company->country);
  g_free(company);
}

static char *
choose_id(const Simulator *sim, const json_t *row, const char *kind, const char *key)
{
  const char *id = sim_wire_get_text(row, "id", NULL);
  return id != NULL ? g_strdup(id) : sim_identity_derive(sim->shop_name, kind, key);
}

static SimPos *
load_pos(const Simulator *sim, const SimStore *store, const json_t *row)
{
  const char *name = sim_wire_get_text(row, "name", "Caisse 1");
  g_autofree char *key = g_strdup_printf("%s/%s", store->id, name);
  SimPos *pos = g_new0(SimPos, 1);

  pos->id = choose_id(sim, row, "pos", key);
  pos->name = g_strdup(name);
  pos->plan = g_strdup(sim_wire_get_text(row, "plan", "PREMIUM"));
  pos->store = store->id;
  pos->active = sim_wire_get_flag(row, "active", TRUE);
  pos->licensed = sim_wire_get_flag(row, "licence", pos->active);
  pos->discovery = sim_wire_get_flag(row, "discovery", FALSE);
  pos->online = sim_wire_get_flag(row, "online", pos->active);
  return pos;
}

static SimStore *
load_store(Simulator *sim, const SimCompany *company, const json_t *row)
{
  SimStores *self = sim->stores;
  SimStore *store = g_new0(SimStore, 1);
  const char *name = sim_wire_get_text(row, "name", "Boutique");
  g_autofree char *key = g_strdup_printf("%s/%s", company->id, name);

  store->id = choose_id(sim, row, "store", key);
  store->name = g_strdup(name);
  store->company = g_strdup(company->id);
  store->address = json_incref(json_object_get(row, "address"));
  if (store->address == NULL)
    store->address = json_object();
  store->hours = json_incref(json_object_get(row, "hours"));
  store->poss = g_ptr_array_new_with_free_func(free_pos);
  store->index = self->stores->len;
  store->in_token = sim_wire_get_flag(row, "inToken", company->in_token);

  const json_t *poss = json_object_get(row, "poss");
  for (gsize i = 0; i < json_array_size(poss); i++)
    g_ptr_array_add(store->poss, load_pos(sim, store, json_array_get(poss, i)));
  g_ptr_array_add(self->stores, store);
  return store;
}

static void
load_company(Simulator *sim, const json_t *row)
{
  SimCompany *company = g_new0(SimCompany, 1);
  const char *name = sim_wire_get_text(row, "name", "Commerce");

  company->id = choose_id(sim, row, "company", name);
  company->name = g_strdup(name);
  company->country = g_strdup(sim_wire_get_text(row, "countryCode", "FR"));
  company->in_token = sim_wire_get_flag(row, "inToken", TRUE);
  g_ptr_array_add(sim->stores->companies, company);

  const json_t *stores = json_object_get(row, "stores");
  for (gsize i = 0; i < json_array_size(stores); i++)
    load_store(sim, company, json_array_get(stores, i));
}

/**
 * sim_stores_load:
 * @sim: the simulator
 * @shop: a shop file
 * @error: return location for an error
 *
 * Builds the tree out of a shop file.
 *
 * Fails with %G_IO_ERROR_INVALID_DATA when there is no company or no store.
 *
 * Returns: %TRUE when built
 */
gboolean
sim_stores_load(Simulator *sim, const json_t *shop, GError **error)
{
  SimStores *self = g_new0(SimStores, 1);
  sim->stores = self;
  self->companies = g_ptr_array_new_with_free_func(free_company);
  self->stores = g_ptr_array_new_with_free_func(free_store);
  self->organisation = choose_id(sim, json_object_get(shop, "organisation"), "organisation", "");

  const json_t *companies = json_object_get(shop, "companies");
  for (gsize i = 0; i < json_array_size(companies); i++)
    load_company(sim, json_array_get(companies, i));
  if (self->companies->len == 0 || self->stores->len == 0) {
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                        "a shop needs a company with a store");
    return FALSE;
  }
  return TRUE;
}

/**
 * sim_stores_generate:
 * @sim: the simulator, with its shop loaded
 * @n_stores: how many
 *
 * Adds stores with one register each to the first company.
 */
void
sim_stores_generate(Simulator *sim, guint n_stores)
{
  const SimCompany *company = g_ptr_array_index(sim->stores->companies, 0);

  for (guint i = 0; i < n_stores; i++) {
    g_autofree char *name = g_strdup_printf("Boutique %03u", i + 1);
    g_autofree char *line = g_strdup_printf("%u rue du Marché", i + 1);
    g_autoptr(json_t) row =
        json_pack("{s:s, s:{s:s, s:s, s:s, s:s}, s:[{s:s}]}", "name", name, "address", "line1",
                  line, "postalCode", "59000", "city", "Lille", "country", company->country, "poss",
                  "name", "Caisse 1");
    load_store(sim, company, row);
  }
}

/**
 * sim_stores_get_company:
 * @self: the tree
 * @id: a company's id
 *
 * Finds a company.
 *
 * Returns: (transfer none) (nullable): the company
 */
SimCompany *
sim_stores_get_company(const SimStores *self, const char *id)
{
  for (guint i = 0; i < self->companies->len; i++) {
    SimCompany *company = g_ptr_array_index(self->companies, i);
    if (g_str_equal(company->id, id))
      return company;
  }
  return NULL;
}

/**
 * sim_stores_get_store:
 * @self: the tree
 * @id: a store's id
 *
 * Finds a store.
 *
 * Returns: (transfer none) (nullable): the store
 */
SimStore *
sim_stores_get_store(const SimStores *self, const char *id)
{
  for (guint i = 0; i < self->stores->len; i++) {
    SimStore *store = g_ptr_array_index(self->stores, i);
    if (g_str_equal(store->id, id))
      return store;
  }
  return NULL;
}

/**
 * sim_stores_get_pos:
 * @self: the tree
 * @id: a register's id
 *
 * Finds a register in any store.
 *
 * Returns: (transfer none) (nullable): the register
 */
SimPos *
sim_stores_get_pos(const SimStores *self, const char *id)
{
  for (guint i = 0; i < self->stores->len; i++) {
    const SimStore *store = g_ptr_array_index(self->stores, i);
    for (guint j = 0; j < store->poss->len; j++) {
      SimPos *pos = g_ptr_array_index(store->poss, j);
      if (g_str_equal(pos->id, id))
        return pos;
    }
  }
  return NULL;
}

/**
 * sim_stores_find_pos:
 * @self: the tree
 * @id_or_name: (nullable): a register's id or name; %NULL is the first active one
 *
 * Finds a register the way a person at the control port names it.
 *
 * Returns: (transfer none) (nullable): the register
 */
SimPos *
sim_stores_find_pos(const SimStores *self, const char *id_or_name)
{
  for (guint i = 0; i < self->stores->len; i++) {
    const SimStore *store = g_ptr_array_index(self->stores, i);
    for (guint j = 0; j < store->poss->len; j++) {
      SimPos *pos = g_ptr_array_index(store->poss, j);
      if (id_or_name == NULL
              ? pos->active
              : g_str_equal(pos->id, id_or_name) || g_str_equal(pos->name, id_or_name))
        return pos;
    }
  }
  return NULL;
}

/**
 * sim_stores_build_pos:
 * @pos: a register
 *
 * Builds its row. That configurationMode is Discovery Mode is a guess (PROTOCOL 3.4).
 *
 * Returns: (transfer full): the row
 */
json_t *
sim_stores_build_pos(const SimPos *pos)
{
  return json_pack("{s:s, s:s, s:s, s:b, s:b, s:s}", "id", pos->id, "storeId", pos->store, "name",
                   pos->name, "active", pos->active, "configurationMode", pos->discovery, "plan",
                   pos->plan);
}

static json_t *
build_address(const Simulator *sim, const SimStore *store)
{
  json_t *address = json_copy(store->address);
  if (json_object_get(address, "id") == NULL) {
    g_autofree char *id = sim_identity_derive(sim->shop_name, "address", store->id);
    json_object_set_new(address, "id", json_string(id));
  }
  return address;
}

/**
 * sim_stores_build_store:
 * @sim: the simulator
 * @store: a store
 *
 * Builds its row; subscriptions are always empty for an outside application (PROTOCOL 3.3, seed).
 *
 * Returns: (transfer full): the row
 */
json_t *
sim_stores_build_store(const Simulator *sim, const SimStore *store)
{
  g_autofree char *customers =
      sim_identity_derive(sim->shop_name, "customer-group", store->company);
  g_autofree char *loyalty = sim_identity_derive(sim->shop_name, "loyalty-group", store->company);
  json_t *poss = json_array();

  for (guint i = 0; i < store->poss->len; i++)
    json_array_append_new(poss, sim_stores_build_pos(g_ptr_array_index(store->poss, i)));
  return json_pack("{s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:[]}", "id", store->id, "name",
                   store->name, "companyId", store->company, "address", build_address(sim, store),
                   "poss", poss, "customerGroup", customers, "loyaltyGroup", loyalty,
                   "subscriptions");
}

/**
 * sim_stores_build_company:
 * @sim: the simulator
 * @company: a company
 *
 * Builds its row with all its stores.
 *
 * Returns: (transfer full): the row
 */
json_t *
sim_stores_build_company(const Simulator *sim, const SimCompany *company)
{
  json_t *stores = json_array();

  for (guint i = 0; i < sim->stores->stores->len; i++) {
    const SimStore *store = g_ptr_array_index(sim->stores->stores, i);
    if (g_str_equal(store->company, company->id))
      json_array_append_new(stores, sim_stores_build_store(sim, store));
  }
  return json_pack("{s:s, s:s, s:s, s:s, s:b, s:o}", "id", company->id, "name", company->name,
                   "countryCode", company->country, "organisationId", sim->stores->organisation,
                   "active", TRUE, "stores", stores);
}

/**
 * sim_stores_free:
 * @self: (nullable) (transfer full): the tree
 *
 * Releases the tree.
 */
void
sim_stores_free(SimStores *self)
{
  if (self == NULL)
    return;
  g_free(self->organisation);
  g_clear_pointer(&self->companies, g_ptr_array_unref);
  g_clear_pointer(&self->stores, g_ptr_array_unref);
  g_free(self);
}
