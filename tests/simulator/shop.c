/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A shop file: where it lies, and its parts other than items. README.md documents the format. */

#include "shop.h"

#include "catalogue.h"
#include "identity.h"
#include "stores.h"
#include "wire.h"

#include <math.h>
#include <string.h>

#define RESOURCE_FOLDER "/shopcaisse-simulator/shops/"
#define BASIS_POINTS    10000.0

/**
 * sim_shop_read:
 * @name: the name of a shop that comes along, or the path of a file
 * @error: return location for an error
 *
 * Reads a shop file.
 *
 * Fails with a code of %G_FILE_ERROR when there is no such file, and with
 * %G_IO_ERROR_INVALID_DATA when it is not a JSON object.
 *
 * Returns: (transfer full) (nullable): the file's object
 */
json_t *
sim_shop_read(const char *name, GError **error)
{
  g_autofree char *resource = g_strconcat(RESOURCE_FOLDER, name, ".json", NULL);
  g_autoptr(GBytes) bytes = g_resources_lookup_data(resource, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes == NULL) {
    char *text = NULL;
    gsize length = 0;
    if (!g_file_get_contents(name, &text, &length, error))
      return NULL;
    bytes = g_bytes_new_take(text, length);
  }

  gsize length = 0;
  const char *text = g_bytes_get_data(bytes, &length);
  g_autoptr(json_t) shop = sim_wire_parse(text, length, error);
  if (shop == NULL) {
    g_prefix_error(error, "%s: ", name);
    return NULL;
  }
  if (!json_is_object(shop)) {
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: not an object", name);
    return NULL;
  }
  return g_steal_pointer(&shop);
}

static char *
choose_id(const Simulator *sim, const json_t *row, const char *kind, const char *key)
{
  const char *id = sim_wire_get_text(row, "id", NULL);
  return id != NULL ? g_strdup(id) : sim_identity_derive(sim->shop_name, kind, key);
}

static const char *
get_key(const json_t *row)
{
  return sim_wire_get_text(row, "key", sim_wire_get_text(row, "name", ""));
}

static void
load_vats(Simulator *sim, const json_t *rows)
{
  for (gsize i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    SimVat *vat = g_new0(SimVat, 1);
    vat->key = g_strdup(get_key(row));
    vat->id = choose_id(sim, row, "vat", vat->key);
    vat->name = g_strdup(sim_wire_get_text(row, "name", ""));
    vat->code = g_strdup(sim_wire_get_text(row, "code", ""));
    vat->rate_bp = (guint)lround(sim_wire_get_number(row, "rate", 0) * BASIS_POINTS);
    g_ptr_array_add(sim->catalogue->vats, vat);
  }
}

static void
load_families(Simulator *sim, const json_t *rows)
{
  for (gsize i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    SimFamily *family = g_new0(SimFamily, 1);
    family->key = g_strdup(get_key(row));
    family->id = choose_id(sim, row, "family", family->key);
    family->name = g_strdup(sim_wire_get_text(row, "name", ""));
    family->position = (int)sim_wire_get_number(row, "position", (double)i);
    family->active = sim_wire_get_flag(row, "active", TRUE);
    g_ptr_array_add(sim->catalogue->families, family);
  }
}

static void
load_lists(Simulator *sim, const json_t *rows)
{
  const SimStore *store = g_ptr_array_index(sim->stores->stores, 0);

  for (gsize i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    SimPriceList *list = g_new0(SimPriceList, 1);
    list->key = g_strdup(get_key(row));
    list->id = choose_id(sim, row, "price-list", list->key);
    list->name = g_strdup(sim_wire_get_text(row, "name", ""));
    list->description = g_strdup(sim_wire_get_text(row, "description", NULL));
    list->store = g_strdup(store->id);
    g_ptr_array_add(sim->catalogue->lists, list);
  }
}

static void
load_customers(Simulator *sim, const json_t *rows)
{
  sim->customers = json_object();
  for (guint i = 0; i < sim->stores->stores->len; i++) {
    const SimStore *store = g_ptr_array_index(sim->stores->stores, i);
    json_object_set_new(sim->customers, store->id, json_array());
  }

  const SimStore *first = g_ptr_array_index(sim->stores->stores, 0);
  json_t *list = json_object_get(sim->customers, first->id);
  for (gsize i = 0; i < json_array_size(rows); i++) {
    json_t *row = json_deep_copy(json_array_get(rows, i));
    g_autofree char *key = g_strdup_printf("%" G_GSIZE_FORMAT, i);
    g_autofree char *id = choose_id(sim, row, "customer", key);
    json_object_set_new(row, "id", json_string(id));
    if (json_object_get(row, "professional") == NULL)
      json_object_set_new(row, "professional", json_false());
    if (json_object_get(row, "addresses") == NULL)
      json_object_set_new(row, "addresses", json_array());
    json_array_append_new(list, row);
  }
}

/* Only which item is unavailable where; the menus call alone shows it (PROTOCOL 3.8). */
static void
load_unavailable(Simulator *sim, const json_t *rows)
{
  for (gsize i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    const SimItem *item =
        sim_catalogue_find_item(sim->catalogue, sim_wire_get_text(row, "item", ""));
    gsize place = (gsize)sim_wire_get_number(row, "store", 0);
    if (item == NULL || place >= sim->stores->stores->len)
      continue;
    const SimStore *store = g_ptr_array_index(sim->stores->stores, place);
    json_array_append_new(sim->catalogue->unavailable,
                          json_pack("{s:s, s:s, s:O}", "productId", item->id, "storeId", store->id,
                                    "types", json_object_get(row, "types")));
  }
}

static json_t *
build_board_elements(const Simulator *sim, const json_t *keys)
{
  const int columns = 5;
  json_t *elements = json_array();

  for (gsize i = 0; i < json_array_size(keys); i++) {
    const char *key = json_string_value(json_array_get(keys, i));
    const SimItem *item = key != NULL ? sim_catalogue_find_item(sim->catalogue, key) : NULL;
    if (item != NULL)
      json_array_append_new(elements, json_pack("{s:s, s:i, s:i}", "productId", item->id, "row",
                                                (int)i / columns, "column", (int)i % columns));
  }
  return elements;
}

static void
load_boards(Simulator *sim, const json_t *rows)
{
  const SimStore *store = g_ptr_array_index(sim->stores->stores, 0);

  sim->boards = json_array();
  for (gsize i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    g_autofree char *id = choose_id(sim, row, "board", get_key(row));
    json_array_append_new(sim->boards,
                          json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:b, s:n, s:i, s:b, s:s, s:o}",
                                    "id", id, "storeCreatorId", store->id, "name",
                                    sim_wire_get_text(row, "name", ""), "columnSize", 5, "rowSize",
                                    6, "backgroundColor", "#3A6EA5", "displayImage", 0,
                                    "picturePath", "position", (int)i, "active", 1, "type",
                                    sim_wire_get_text(row, "type", "POS"), "elements",
                                    build_board_elements(sim, json_object_get(row, "items"))));
  }
}

/**
 * sim_shop_load:
 * @sim: the simulator
 * @shop: a shop file
 * @error: return location for an error
 *
 * Builds stores, catalogue, customers and boards out of a shop file.
 *
 * Fails with %G_IO_ERROR_INVALID_DATA when the shop has no store or an item names what is not
 * there.
 *
 * Returns: %TRUE when built
 */
gboolean
sim_shop_load(Simulator *sim, const json_t *shop, GError **error)
{
  sim->shop_name = g_strdup(sim_wire_get_text(shop, "name", "shop"));
  sim->catalogue = sim_catalogue_new();
  if (!sim_stores_load(sim, shop, error))
    return FALSE;

  load_vats(sim, json_object_get(shop, "vat"));
  load_families(sim, json_object_get(shop, "families"));
  load_lists(sim, json_object_get(shop, "priceLists"));
  if (!sim_shop_load_items(sim, shop, error))
    return FALSE;
  load_customers(sim, json_object_get(shop, "customers"));
  load_unavailable(sim, json_object_get(shop, "unavailable"));
  load_boards(sim, json_object_get(shop, "boards"));
  return TRUE;
}
