/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What docs/PROTOCOL.md 3.5 says an item may hold. */
#include "api/item-rows.h"
#include "model/item.h"

static gboolean
is_item_type(const char *word)
{
  return shopcaisse_item_type_parse(word) != SHOPCAISSE_ITEM_OTHER;
}

static gboolean
is_unit(const char *word)
{
  static const char *const units[] = { "UNIT",  "KILOGRAM",   "GRAM", "METER",
                                       "LITER", "MILLILITER", "HOUR", NULL };

  return g_strv_contains(units, word);
}

static const ShopcaisseShapeField image_fields[] = {
  { .key = "id" },
  { .key = "position" },
  { .key = "type" },
  { .key = "url" },
};

static const ShopcaisseShape image_shape = SHOPCAISSE_SHAPE("item.images", image_fields);

static const ShopcaisseShapeField family_fields[] = {
  { .key = "id" },
  { .key = "name" },
  { .key = "active" },
};

static const ShopcaisseShape family_shape = SHOPCAISSE_SHAPE("item.family", family_fields);

static const ShopcaisseShapeField vat_fields[] = {
  { .key = "id" },
  { .key = "name" },
  { .key = "rate" },
  { .key = "code" },
};

static const ShopcaisseShape vat_shape = SHOPCAISSE_SHAPE("item.vat", vat_fields);

static const ShopcaisseShapeField own_price_fields[] = {
  { .key = "priceList" },
  { .key = "item" },
  { .key = "price" },
};

static const ShopcaisseShape own_price_shape =
    SHOPCAISSE_SHAPE("item.priceCollections", own_price_fields);

static const ShopcaisseShapeField choice_fields[] = {
  { .key = "id" }, { .key = "item" }, { .key = "min" }, { .key = "max" }, { .key = "position" },
};

static const ShopcaisseShape choice_shape = SHOPCAISSE_SHAPE("item.modifierGroups", choice_fields);

static const ShopcaisseShapeField rank_fields[] = {
  { .key = "id" },      { .key = "name" },   { .key = "position" },
  { .key = "default" }, { .key = "active" }, { .key = "delete" },
};

static const ShopcaisseShape rank_shape = SHOPCAISSE_SHAPE("item.ranks", rank_fields);

static const ShopcaisseShapeField step_element_fields[] = {
  { .key = "item" },
  { .key = "priceIncrease" },
};

static const ShopcaisseShape step_element_shape =
    SHOPCAISSE_SHAPE("item.productMenuSteps.elements", step_element_fields);

static const ShopcaisseShapeField step_fields[] = {
  { .key = "id" },       { .key = "name" },
  { .key = "optional" }, { .key = "priceReduction" },
  { .key = "position" }, { .key = "elements", .below = &step_element_shape },
};

static const ShopcaisseShape step_shape = SHOPCAISSE_SHAPE("item.productMenuSteps", step_fields);

static const ShopcaisseShapeField pack_element_fields[] = {
  { .key = "item" },
  { .key = "quantity" },
};

static const ShopcaisseShape pack_element_shape =
    SHOPCAISSE_SHAPE("item.productPackElements", pack_element_fields);

static const ShopcaisseShapeField item_fields[] = {
  { .key = "id" },
  { .key = "companyId" },
  { .key = "name" },
  { .key = "textLines" },
  { .key = "description" },
  { .key = "longDescription" },
  { .key = "type", .is_known = is_item_type },
  { .key = "unit", .is_known = is_unit },
  { .key = "defaultPrice" },
  { .key = "delete" },
  { .key = "manageStock" },
  { .key = "reference" },
  { .key = "barcodes" },
  { .key = "barCodes" },
  { .key = "parentItem" },
  { .key = "modifierGroupProducts" },
  { .key = "variations" },
  { .key = "images", .below = &image_shape },
  { .key = "family", .below = &family_shape },
  { .key = "vatOnSite", .below = &vat_shape },
  { .key = "vatTakeAway", .below = &vat_shape },
  { .key = "priceCollections", .below = &own_price_shape },
  { .key = "modifierGroups", .below = &choice_shape },
  { .key = "ranks", .below = &rank_shape },
  { .key = "productMenuSteps", .below = &step_shape },
  { .key = "productPackElements", .below = &pack_element_shape },
};

const ShopcaisseShape shopcaisse_item_shape = SHOPCAISSE_SHAPE("item", item_fields);
