/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The items of a shop file, and what links them: groups, steps, packs, variations. */

#include "catalogue.h"
#include "identity.h"
#include "shop.h"
#include "wire.h"

static gboolean
fail(GError **error, const char *key, const char *what, const char *name)
{
  g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "item %s: no %s \"%s\"", key, what, name);
  return FALSE;
}

/* Nearly half of a real shop's ids are a UUID and the letter S (PROTOCOL 6.2.19a, code). */
static char *
choose_item_id(const Simulator *sim, const json_t *row, const char *key)
{
  const char *id = sim_wire_get_text(row, "id", NULL);
  if (id != NULL)
    return g_strdup(id);
  g_autofree char *derived = sim_identity_derive(sim->shop_name, "item", key);
  return g_strconcat(derived, sim_wire_get_flag(row, "suffix", FALSE) ? "S" : "", NULL);
}

static char **
read_barcodes(const json_t *codes)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  for (gsize i = 0; i < json_array_size(codes); i++)
    g_strv_builder_add(builder, json_string_value(json_array_get(codes, i)));
  return g_strv_builder_end(builder);
}

static gboolean
read_vats(Simulator *sim, SimItem *item, const json_t *value, GError **error)
{
  const json_t *first = json_is_array(value) ? json_array_get(value, 0) : value;
  const json_t *second = json_is_array(value) ? json_array_get(value, 1) : value;

  item->on_site = sim_catalogue_find_vat(sim->catalogue, json_string_value(first));
  item->take_away = sim_catalogue_find_vat(sim->catalogue, json_string_value(second));
  if (json_is_string(first) && item->on_site == NULL)
    return fail(error, item->key, "rate", json_string_value(first));
  if (json_is_string(second) && item->take_away == NULL)
    return fail(error, item->key, "rate", json_string_value(second));
  return TRUE;
}

static void
read_prices(Simulator *sim, SimItem *item, const json_t *row)
{
  const json_t *prices = json_object_get(row, "prices");

  item->price = sim_wire_to_minor(sim_wire_get_number(row, "price", 0));
  for (guint i = 0; i < sim->catalogue->lists->len; i++) {
    const SimPriceList *list = g_ptr_array_index(sim->catalogue->lists, i);
    const json_t *value = json_object_get(prices, list->key);
    gint64 price = item->price;
    if (json_is_number(value))
      price = sim_wire_to_minor(json_number_value(value));
    else if (json_is_null(value))
      price = SIM_PRICE_MISSING;
    else if (json_is_false(value))
      price = SIM_PRICE_UNLISTED;
    sim_item_set_price(item, i, price);
  }
}

static void
read_stock(SimItem *item, const json_t *row)
{
  const json_t *reserved = json_object_get(row, "reserved");

  item->manage_stock = json_object_get(row, "stock") != NULL;
  item->stock.stock = sim_wire_get_number(row, "stock", 0);
  item->stock.reserved_customers = json_number_value(json_array_get(reserved, 0));
  item->stock.reserved_suppliers = json_number_value(json_array_get(reserved, 1));
}

static gboolean
read_item(Simulator *sim, const json_t *row, const SimItem *parent, const char *key, GError **error)
{
  g_autofree char *id = choose_item_id(sim, row, key);
  SimItem *item = sim_catalogue_add_item(sim->catalogue, id, key);
  const char *type = sim_wire_get_text(row, "type", parent != NULL ? "VARIATION" : "SIMPLE");
  const char *unit = sim_wire_get_text(row, "unit", "UNIT");
  const char *family = sim_wire_get_text(row, "family", NULL);

  g_free(item->name);
  item->name = g_strdup(sim_wire_get_text(row, "name", ""));
  g_free(item->reference);
  item->reference = g_strdup(sim_wire_get_text(row, "reference", ""));
  g_strfreev(item->barcodes);
  item->barcodes = read_barcodes(json_object_get(row, "barcodes"));
  item->description = g_strdup(sim_wire_get_text(row, "description", NULL));
  item->long_description = g_strdup(sim_wire_get_text(row, "longDescription", NULL));
  item->type = sim_item_intern_type(type);
  item->unit = sim_item_intern_unit(unit);
  item->parent = parent;
  item->family = family != NULL   ? sim_catalogue_find_family(sim->catalogue, family)
                 : parent != NULL ? parent->family
                                  : NULL;
  item->deleted = sim_wire_get_flag(row, "deleted", FALSE);
  item->extra = json_incref(json_object_get(row, "extra"));
  read_prices(sim, item, row);
  read_stock(item, row);

  if (item->type == NULL)
    return fail(error, key, "type", type);
  if (item->unit == NULL)
    return fail(error, key, "unit", unit);
  if (family != NULL && item->family == NULL)
    return fail(error, key, "family", family);
  if (parent != NULL && json_object_get(row, "vat") == NULL) {
    item->on_site = parent->on_site;
    item->take_away = parent->take_away;
    return TRUE;
  }
  return read_vats(sim, item, json_object_get(row, "vat"), error);
}

static gboolean
read_item_with_variations(Simulator *sim, const json_t *row, GError **error)
{
  const char *key = sim_wire_get_text(row, "key", NULL);
  if (key == NULL) {
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "an item has no key");
    return FALSE;
  }
  if (!read_item(sim, row, NULL, key, error))
    return FALSE;

  const SimItem *parent = sim_catalogue_find_item(sim->catalogue, key);
  const json_t *variations = json_object_get(row, "variations");
  for (gsize i = 0; i < json_array_size(variations); i++) {
    const json_t *child = json_array_get(variations, i);
    g_autofree char *child_key =
        g_strdup_printf("%s/%s", key, sim_wire_get_text(child, "name", ""));
    if (!read_item(sim, child, parent, child_key, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
load_groups(Simulator *sim, const json_t *rows, GError **error)
{
  for (gsize i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    const char *key = sim_wire_get_text(row, "key", "");
    g_autofree char *id = sim_identity_derive(sim->shop_name, "group", key);
    json_t *modifiers = json_array();
    const json_t *source = json_object_get(row, "modifiers");
    json_array_append_new(sim->catalogue->groups,
                          json_pack("{s:s, s:s, s:o}", "id", id, "name",
                                    sim_wire_get_text(row, "name", ""), "modifiers", modifiers));
    for (gsize j = 0; j < json_array_size(source); j++) {
      const json_t *entry = json_array_get(source, j);
      const char *item_key = sim_wire_get_text(entry, "item", "");
      const SimItem *item = sim_catalogue_find_item(sim->catalogue, item_key);
      if (item == NULL)
        return fail(error, key, "item", item_key);
      g_autofree char *name = g_strdup_printf("%s/%s", key, item_key);
      g_autofree char *modifier = sim_identity_derive(sim->shop_name, "modifier", name);
      /* The name is always empty; the item carries it (PROTOCOL 3.7, seed). */
      json_array_append_new(modifiers,
                            json_pack("{s:s, s:s, s:o, s:i, s:b, s:i, s:s, s:b}", "id", modifier,
                                      "item", item->id, "price", sim_wire_minor(item->price),
                                      "maxSelect", (int)sim_wire_get_number(entry, "maxSelect", 1),
                                      "optional", sim_wire_get_flag(entry, "optional", TRUE),
                                      "position", (int)j, "name", "", "delete", item->deleted));
    }
  }
  return TRUE;
}

static void
link_groups(Simulator *sim, SimItem *item, const json_t *links)
{
  if (links == NULL)
    return;
  item->groups = json_array();
  for (gsize i = 0; i < json_array_size(links); i++) {
    const json_t *link = json_array_get(links, i);
    const char *key = sim_wire_get_text(link, "group", "");
    g_autofree char *id = sim_identity_derive(sim->shop_name, "group", key);
    json_array_append_new(item->groups,
                          json_pack("{s:s, s:s, s:i, s:i, s:i}", "id", id, "item", item->id, "min",
                                    (int)sim_wire_get_number(link, "min", 0), "max",
                                    (int)sim_wire_get_number(link, "max", 1), "position", (int)i));
  }
}

static json_t *
build_step_elements(Simulator *sim, const json_t *elements)
{
  json_t *result = json_array();
  for (gsize i = 0; i < json_array_size(elements); i++) {
    const json_t *element = json_array_get(elements, i);
    const SimItem *item =
        sim_catalogue_find_item(sim->catalogue, sim_wire_get_text(element, "item", ""));
    double increase = sim_wire_get_number(element, "priceIncrease", 0);
    if (item != NULL)
      json_array_append_new(result, json_pack("{s:s, s:o}", "item", item->id, "priceIncrease",
                                              sim_wire_number(increase)));
  }
  return result;
}

static void
link_steps(Simulator *sim, SimItem *item, const json_t *steps)
{
  if (steps == NULL)
    return;
  item->steps = json_array();
  for (gsize i = 0; i < json_array_size(steps); i++) {
    const json_t *step = json_array_get(steps, i);
    const char *name = sim_wire_get_text(step, "name", "");
    g_autofree char *key = g_strdup_printf("%s/%s", item->key, name);
    g_autofree char *id = sim_identity_derive(sim->shop_name, "step", key);
    double reduction = sim_wire_get_number(step, "priceReduction", 0);
    json_array_append_new(
        item->steps, json_pack("{s:s, s:s, s:b, s:o, s:i, s:o}", "id", id, "name", name, "optional",
                               sim_wire_get_flag(step, "optional", FALSE), "priceReduction",
                               sim_wire_number(reduction), "position", (int)i, "elements",
                               build_step_elements(sim, json_object_get(step, "elements"))));
  }
}

static gboolean
link_pack(Simulator *sim, SimItem *item, const json_t *elements, GError **error)
{
  if (elements == NULL)
    return TRUE;
  item->pack = json_array();
  for (gsize i = 0; i < json_array_size(elements); i++) {
    const json_t *element = json_array_get(elements, i);
    const char *key = sim_wire_get_text(element, "item", "");
    const SimItem *content = sim_catalogue_find_item(sim->catalogue, key);
    if (content == NULL)
      return fail(error, item->key, "item", key);
    double quantity = sim_wire_get_number(element, "quantity", 1);
    json_array_append_new(item->pack, json_pack("{s:s, s:o}", "item", content->id, "quantity",
                                                sim_wire_number(quantity)));
  }
  return TRUE;
}

/**
 * sim_shop_load_items:
 * @sim: the simulator, with rates, families and price lists
 * @shop: a shop file
 * @error: return location for an error
 *
 * Builds items and modifier groups out of a shop file.
 *
 * Fails with %G_IO_ERROR_INVALID_DATA when an item names what is not there.
 *
 * Returns: %TRUE when built
 */
gboolean
sim_shop_load_items(Simulator *sim, const json_t *shop, GError **error)
{
  const json_t *rows = json_object_get(shop, "items");

  for (gsize i = 0; i < json_array_size(rows); i++) {
    if (!read_item_with_variations(sim, json_array_get(rows, i), error))
      return FALSE;
  }
  if (!load_groups(sim, json_object_get(shop, "modifierGroups"), error))
    return FALSE;
  for (gsize i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    SimItem *item = sim_catalogue_find_item(sim->catalogue, sim_wire_get_text(row, "key", ""));
    if (!link_pack(sim, item, json_object_get(row, "pack"), error))
      return FALSE;
    link_groups(sim, item, json_object_get(row, "groups"));
    link_steps(sim, item, json_object_get(row, "steps"));
  }
  return TRUE;
}
