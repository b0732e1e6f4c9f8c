/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rows of the catalogue as the API prints them (PROTOCOL 3.5, 3.6, 3.10, 3.11). */

#include "catalogue-rows.h"

#include "identity.h"
#include "stores.h"
#include "switches.h"
#include "wire.h"

#include <math.h>

#define BASIS_POINTS 10000.0
#define LINE_LENGTH  18 /* characters of a receipt line */
#define ODD_EVERY    7  /* one item in so many has an odd shape */

static const char *
get_company(const Simulator *sim)
{
  const SimCompany *company = g_ptr_array_index(sim->stores->companies, 0);
  return company->id;
}

static json_t *
build_vat(const SimVat *vat)
{
  if (vat == NULL)
    return json_null();
  return json_pack("{s:s, s:s, s:o, s:s}", "id", vat->id, "name", vat->name, "rate",
                   sim_wire_number(vat->rate_bp / BASIS_POINTS), "code", vat->code);
}

static json_t *
build_text_lines(const char *name)
{
  glong length = g_utf8_strlen(name, -1);
  if (length <= LINE_LENGTH)
    return json_pack("[s, s]", name, "");

  g_autofree char *first = g_utf8_substring(name, 0, LINE_LENGTH);
  g_autofree char *second = g_utf8_substring(name, LINE_LENGTH, MIN(length, 2 * LINE_LENGTH));
  return json_pack("[s, s]", first, second);
}

static json_t *
build_barcodes(const SimItem *item)
{
  json_t *codes = json_array();
  for (gsize i = 0; item->barcodes[i] != NULL; i++)
    json_array_append_new(codes, json_string(item->barcodes[i]));
  return codes;
}

static json_t *
build_collections(const Simulator *sim, const SimItem *item)
{
  json_t *entries = json_array();
  for (guint i = 0; i < sim->catalogue->lists->len; i++) {
    if (sim_item_get_price(item, i) != SIM_PRICE_UNLISTED)
      json_array_append_new(
          entries, sim_catalogue_build_entry(g_ptr_array_index(sim->catalogue->lists, i), i, item));
  }
  return entries;
}

static json_t *
build_embedded_family(const SimFamily *family)
{
  if (family == NULL)
    return json_null();
  return json_pack("{s:s, s:s, s:b}", "id", family->id, "name", family->name, "active",
                   family->active);
}

/* What the list leaves out is a doubt of PROTOCOL 3.5: schema against code. */
static void
add_structure(const Simulator *sim, const SimItem *item, SimRow place, json_t *row)
{
  gboolean full = place == SIM_ROW_ALONE || sim_switch_is(sim, "list_rows", "full");

  if (item->parent != NULL && (full || sim_switch_is(sim, "list_rows", "code")))
    json_object_set_new(row, "parentItem", json_string(item->parent->id));
  if (!full)
    return;
  json_object_set_new(row, "ranks", json_array());
  if (item->steps != NULL)
    json_object_set(row, "productMenuSteps", item->steps);
  if (item->pack != NULL)
    json_object_set(row, "productPackElements", item->pack);
}

/* Legal oddities, the same ones in every run: the identifier decides. */
static void
add_oddities(const SimItem *item, json_t *row)
{
  switch (g_str_hash(item->id) % ODD_EVERY) {
  case 0:
    json_object_set(row, "barCodes", json_object_get(row, "barcodes"));
    json_object_del(row, "barcodes");
    break;
  case 1:
    json_object_set_new(row, "productColor", json_null());
    json_object_set_new(row, "syncVersion", json_integer(3));
    break;
  case 2:
    json_object_del(row, "images");
    json_object_del(row, "longDescription");
    break;
  case 3:
    json_object_set_new(row, "modifierGroupProducts", json_array());
    json_object_set_new(row, "variations", json_array());
    break;
  case 4:
    if (item->barcodes[0] == NULL)
      json_object_set_new(row, "barcodes", json_null());
    break;
  default:
    break;
  }
}

/**
 * sim_catalogue_build_item:
 * @sim: the simulator
 * @item: an item
 * @place: where the row stands
 *
 * Builds the row of an item.
 *
 * Returns: (transfer full): the row
 */
json_t *
sim_catalogue_build_item(Simulator *sim, const SimItem *item, SimRow place)
{
  json_t *row = json_object();
  json_object_set_new(row, "id", json_string(item->id));
  json_object_set_new(row, "companyId", json_string(get_company(sim)));
  json_object_set_new(row, "name", json_string(item->name));
  json_object_set_new(row, "textLines", build_text_lines(item->name));
  json_object_set_new(row, "description", sim_wire_text(item->description));
  json_object_set_new(row, "longDescription", sim_wire_text(item->long_description));
  json_object_set_new(row, "images", json_array());
  json_object_set_new(row, "type", json_string(item->type));
  json_object_set_new(row, "unit", json_string(item->unit));
  json_object_set_new(row, "defaultPrice", sim_wire_minor(item->price));
  json_object_set_new(row, "delete", json_boolean(item->deleted));
  json_object_set_new(row, "manageStock", json_boolean(item->manage_stock));
  json_object_set_new(row, "reference", json_string(item->reference));
  json_object_set_new(row, "barcodes", build_barcodes(item));
  json_object_set_new(row, "family", build_embedded_family(item->family));
  json_object_set_new(row, "vatOnSite", build_vat(item->on_site));
  json_object_set_new(row, "vatTakeAway", build_vat(item->take_away));
  json_object_set_new(row, "priceCollections", build_collections(sim, item));
  if (item->groups != NULL)
    json_object_set(row, "modifierGroups", item->groups);
  else
    json_object_set_new(row, "modifierGroups", json_array());
  add_structure(sim, item, place, row);
  if (sim_switch_is_on(sim, "odd_fields"))
    add_oddities(item, row);
  if (item->extra != NULL)
    json_object_update(row, item->extra);
  return row;
}

/**
 * sim_catalogue_build_family:
 * @sim: the simulator
 * @family: a family
 *
 * Builds the row of a family; `active` is only on the copy inside an item (PROTOCOL 3.6, code).
 *
 * Returns: (transfer full): the row
 */
json_t *
sim_catalogue_build_family(Simulator *sim, const SimFamily *family)
{
  return json_pack("{s:s, s:s, s:s, s:s, s:i}", "id", family->id, "organisation",
                   sim->stores->organisation, "company", get_company(sim), "name", family->name,
                   "position", family->position);
}

/**
 * sim_catalogue_build_list:
 * @list: a price list
 *
 * Builds the row of a price list.
 *
 * Returns: (transfer full): the row
 */
json_t *
sim_catalogue_build_list(const SimPriceList *list)
{
  json_t *row =
      json_pack("{s:s, s:s, s:s}", "id", list->id, "ownerStoreId", list->store, "name", list->name);
  if (list->description != NULL)
    json_object_set_new(row, "description", json_string(list->description));
  return row;
}

/**
 * sim_catalogue_build_entry:
 * @list: a price list
 * @place: its place among the lists
 * @item: an item in it
 *
 * Builds an entry; `price` is absent where the item is not priced (PROTOCOL 3.10, spec).
 *
 * Returns: (transfer full): the row
 */
json_t *
sim_catalogue_build_entry(const SimPriceList *list, guint place, const SimItem *item)
{
  gint64 price = sim_item_get_price(item, place);
  json_t *row = json_pack("{s:s, s:s}", "priceList", list->id, "item", item->id);
  if (price != SIM_PRICE_UNLISTED && price != SIM_PRICE_MISSING)
    json_object_set_new(row, "price", sim_wire_minor(price));
  return row;
}

/**
 * sim_catalogue_build_stock:
 * @sim: the simulator
 * @item: an item
 * @store: place of a store
 *
 * Builds a row of stock; negative and fractional figures are normal (PROTOCOL 3.11).
 *
 * Returns: (transfer full): the row
 */
json_t *
sim_catalogue_build_stock(Simulator *sim, SimItem *item, guint store)
{
  const SimStock *stock = item->store_stocks != NULL ? &item->store_stocks[store] : &item->stock;
  (void)sim;
  return json_pack("{s:s, s:o, s:o, s:o}", "item", item->id, "stock", sim_wire_number(stock->stock),
                   "reservedForCustomers", sim_wire_number(stock->reserved_customers),
                   "reservedForSuppliers", sim_wire_number(stock->reserved_suppliers));
}
