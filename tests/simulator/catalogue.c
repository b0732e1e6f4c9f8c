/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Items, families, rates and price lists as the till knows them; no JSON shapes here. */

#include "catalogue.h"

#include "identity.h"
#include "stores.h"

#include <string.h>

static const char *const item_types[] = { "SIMPLE", "PACK", "MENU", "MODIFIER", "VARIATION", NULL };
static const char *const item_units[] = { "UNIT",  "KILOGRAM",   "GRAM", "METER",
                                          "LITER", "MILLILITER", "HOUR", NULL };

static void
free_family(gpointer data)
{
  SimFamily *family = data;
  g_free(family->id);
  g_free(family->key);
  g_free(family->name);
  g_free(family);
}

static void
free_vat(gpointer data)
{
  SimVat *vat = data;
  g_free(vat->id);
  g_free(vat->key);
  g_free(vat->name);
  g_free(vat->code);
  g_free(vat);
}

static void
free_list(gpointer data)
{
  SimPriceList *list = data;
  g_free(list->id);
  g_free(list->key);
  g_free(list->name);
  g_free(list->description);
  g_free(list->store);
  g_free(list);
}

static void
free_item(gpointer data)
{
  SimItem *item = data;
  g_free(item->id);
  g_free(item->key);
  g_free(item->name);
  g_free(item->description);
  g_free(item->long_description);
  g_free(item->reference);
  g_strfreev(item->barcodes);
  g_array_unref(item->prices);
  json_decref(item->groups);
  json_decref(item->steps);
  json_decref(item->pack);
  json_decref(item->extra);
  g_free(item->store_stocks);
  g_free(item);
}

/**
 * sim_catalogue_new:
 *
 * Makes an empty catalogue.
 *
 * Returns: (transfer full): the catalogue
 */
SimCatalogue *
sim_catalogue_new(void)
{
  SimCatalogue *self = g_new0(SimCatalogue, 1);
  self->families = g_ptr_array_new_with_free_func(free_family);
  self->vats = g_ptr_array_new_with_free_func(free_vat);
  self->lists = g_ptr_array_new_with_free_func(free_list);
  self->items = g_ptr_array_new_with_free_func(free_item);
  self->by_id = g_hash_table_new(g_str_hash, g_str_equal);
  self->by_key = g_hash_table_new(g_str_hash, g_str_equal);
  self->groups = json_array();
  self->unavailable = json_array();
  return self;
}

/**
 * sim_catalogue_add_item:
 * @self: the catalogue
 * @id: its identifier
 * @key: its name inside the shop file
 *
 * Adds an item of type SIMPLE without name and price.
 *
 * Returns: (transfer none): the item
 */
SimItem *
sim_catalogue_add_item(SimCatalogue *self, const char *id, const char *key)
{
  SimItem *item = g_new0(SimItem, 1);
  item->id = g_strdup(id);
  item->key = g_strdup(key);
  item->name = g_strdup("");
  item->reference = g_strdup("");
  item->type = "SIMPLE";
  item->unit = "UNIT";
  item->barcodes = g_new0(char *, 1);
  item->prices = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_ptr_array_add(self->items, item);
  g_hash_table_insert(self->by_id, item->id, item);
  g_hash_table_insert(self->by_key, item->key, item);
  return item;
}

/**
 * sim_catalogue_remove_item:
 * @self: the catalogue
 * @item: an item of it
 *
 * Makes an item disappear, with its variations.
 */
void
sim_catalogue_remove_item(SimCatalogue *self, SimItem *item)
{
  for (guint i = self->items->len; i > 0; i--) {
    SimItem *child = g_ptr_array_index(self->items, i - 1);
    if (child->parent == item)
      sim_catalogue_remove_item(self, child);
  }
  g_hash_table_remove(self->by_id, item->id);
  g_hash_table_remove(self->by_key, item->key);
  g_ptr_array_remove(self->items, item);
}

/**
 * sim_catalogue_get_item:
 * @self: the catalogue
 * @id: an identifier
 *
 * Finds an item as the API does.
 *
 * Returns: (transfer none) (nullable): the item
 */
SimItem *
sim_catalogue_get_item(const SimCatalogue *self, const char *id)
{
  return g_hash_table_lookup(self->by_id, id);
}

/**
 * sim_catalogue_find_item:
 * @self: the catalogue
 * @id_key_or_name: what a person calls it
 *
 * Finds an item as the control port does.
 *
 * Returns: (transfer none) (nullable): the item
 */
SimItem *
sim_catalogue_find_item(const SimCatalogue *self, const char *id_key_or_name)
{
  SimItem *item = sim_catalogue_get_item(self, id_key_or_name);
  if (item == NULL)
    item = g_hash_table_lookup(self->by_key, id_key_or_name);
  for (guint i = 0; item == NULL && i < self->items->len; i++) {
    SimItem *candidate = g_ptr_array_index(self->items, i);
    if (g_str_equal(candidate->name, id_key_or_name))
      item = candidate;
  }
  return item;
}

/**
 * sim_catalogue_find_family:
 * @self: the catalogue
 * @id_or_key: (nullable): its identifier or key
 *
 * Finds a family.
 *
 * Returns: (transfer none) (nullable): the family
 */
SimFamily *
sim_catalogue_find_family(const SimCatalogue *self, const char *id_or_key)
{
  for (guint i = 0; id_or_key != NULL && i < self->families->len; i++) {
    SimFamily *family = g_ptr_array_index(self->families, i);
    if (g_str_equal(family->id, id_or_key) || g_str_equal(family->key, id_or_key))
      return family;
  }
  return NULL;
}

/**
 * sim_catalogue_find_vat:
 * @self: the catalogue
 * @id_or_key: (nullable): its identifier or key
 *
 * Finds a rate.
 *
 * Returns: (transfer none) (nullable): the rate
 */
SimVat *
sim_catalogue_find_vat(const SimCatalogue *self, const char *id_or_key)
{
  for (guint i = 0; id_or_key != NULL && i < self->vats->len; i++) {
    SimVat *vat = g_ptr_array_index(self->vats, i);
    if (g_str_equal(vat->id, id_or_key) || g_str_equal(vat->key, id_or_key))
      return vat;
  }
  return NULL;
}

/**
 * sim_catalogue_get_rate:
 * @sim: the simulator
 * @rate_bp: a rate in basis points
 *
 * Finds the rate of that height, making it when the shop has none.
 *
 * Returns: (transfer none): the rate
 */
const SimVat *
sim_catalogue_get_rate(Simulator *sim, guint rate_bp)
{
  for (guint i = 0; i < sim->catalogue->vats->len; i++) {
    const SimVat *known = g_ptr_array_index(sim->catalogue->vats, i);
    if (known->rate_bp == rate_bp)
      return known;
  }

  SimVat *vat = g_new0(SimVat, 1);
  vat->key = g_strdup_printf("rate-%u", rate_bp);
  vat->id = sim_identity_derive(sim->shop_name, "vat", vat->key);
  vat->name = g_strdup_printf("TVA %g", rate_bp / 100.0);
  vat->code = g_strdup("");
  vat->rate_bp = rate_bp;
  g_ptr_array_add(sim->catalogue->vats, vat);
  return vat;
}

/**
 * sim_catalogue_find_list:
 * @self: the catalogue
 * @id_or_key: (nullable): its identifier or key
 * @place: (out) (optional): its place among the lists
 *
 * Finds a price list.
 *
 * Returns: (transfer none) (nullable): the list
 */
SimPriceList *
sim_catalogue_find_list(const SimCatalogue *self, const char *id_or_key, guint *place)
{
  for (guint i = 0; id_or_key != NULL && i < self->lists->len; i++) {
    SimPriceList *list = g_ptr_array_index(self->lists, i);
    if (!g_str_equal(list->id, id_or_key) && !g_str_equal(list->key, id_or_key))
      continue;
    if (place != NULL)
      *place = i;
    return list;
  }
  return NULL;
}

/**
 * sim_item_get_price:
 * @item: an item
 * @list: place of a price list
 *
 * Reads an entry.
 *
 * Returns: cents, %SIM_PRICE_UNLISTED or %SIM_PRICE_MISSING
 */
gint64
sim_item_get_price(const SimItem *item, guint list)
{
  return list < item->prices->len ? g_array_index(item->prices, gint64, list) : SIM_PRICE_UNLISTED;
}

/**
 * sim_item_set_price:
 * @item: an item
 * @list: place of a price list
 * @price: cents, %SIM_PRICE_UNLISTED or %SIM_PRICE_MISSING
 *
 * Writes an entry.
 */
void
sim_item_set_price(SimItem *item, guint list, gint64 price)
{
  const gint64 unlisted = SIM_PRICE_UNLISTED;
  while (item->prices->len <= list)
    g_array_append_val(item->prices, unlisted);
  g_array_index(item->prices, gint64, list) = price;
}

/**
 * sim_item_get_effective_price:
 * @item: an item
 * @list: place of a price list
 *
 * Tells what the till asks: the list's price, else the default price (PROTOCOL 3.10, guess).
 *
 * Returns: cents
 */
gint64
sim_item_get_effective_price(const SimItem *item, guint list)
{
  gint64 price = sim_item_get_price(item, list);
  return price == SIM_PRICE_UNLISTED || price == SIM_PRICE_MISSING ? item->price : price;
}

/**
 * sim_item_get_stock:
 * @sim: the simulator
 * @item: an item
 * @store: place of a store
 *
 * Finds the stock figures of an item in a store, for reading or writing.
 *
 * Returns: (transfer none): the figures
 */
SimStock *
sim_item_get_stock(Simulator *sim, SimItem *item, guint store)
{
  if (item->store_stocks == NULL) {
    guint n_stores = sim->stores->stores->len;
    item->store_stocks = g_new(SimStock, n_stores);
    for (guint i = 0; i < n_stores; i++)
      item->store_stocks[i] = item->stock;
  }
  return &item->store_stocks[store];
}

static const char *
find_static(const char *const *names, const char *name)
{
  for (gsize i = 0; name != NULL && names[i] != NULL; i++) {
    if (g_str_equal(names[i], name))
      return names[i];
  }
  return NULL;
}

/**
 * sim_item_intern_type:
 * @type: (nullable): a type
 *
 * Finds the static text of an item type.
 *
 * Returns: (transfer none) (nullable): the type
 */
const char *
sim_item_intern_type(const char *type)
{
  return find_static(item_types, type);
}

/**
 * sim_item_intern_unit:
 * @unit: (nullable): a unit
 *
 * Finds the static text of a unit.
 *
 * Returns: (transfer none) (nullable): the unit
 */
const char *
sim_item_intern_unit(const char *unit)
{
  return find_static(item_units, unit);
}

/**
 * sim_catalogue_free:
 * @self: (nullable) (transfer full): the catalogue
 *
 * Releases the catalogue.
 */
void
sim_catalogue_free(SimCatalogue *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref(self->by_id);
  g_hash_table_unref(self->by_key);
  g_ptr_array_unref(self->items);
  g_ptr_array_unref(self->families);
  g_ptr_array_unref(self->vats);
  g_ptr_array_unref(self->lists);
  json_decref(self->groups);
  json_decref(self->unavailable);
  g_free(self);
}
