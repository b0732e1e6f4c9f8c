/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What docs/PROTOCOL.md 3.13 says a sale of the till may hold. */
#include "api/ticket-shape.h"

#include "model/ticket.h"

static gboolean
is_status(const char *word)
{
  return shopcaisse_ticket_phase_parse(word) != SHOPCAISSE_TICKET_UNKNOWN;
}

static gboolean
is_type(const char *word)
{
  static const char *const types[] = { "SALE", "REFUND", "RETURN", NULL };

  return g_strv_contains(types, word);
}

static const ShopcaisseShapeField price_fields[] = {
  { .key = "vatIncluded" },
  { .key = "vatExcluded" },
  { .key = "vatAmount" },
  { .key = "vatRate" },
};

static const ShopcaisseShape price_shape = SHOPCAISSE_SHAPE("sale.price", price_fields);

static const ShopcaisseShapeField payment_fields[] = {
  { .key = "id" },   { .key = "type" },        { .key = "amount" },
  { .key = "name" }, { .key = "description" },
};

static const ShopcaisseShape payment_shape = SHOPCAISSE_SHAPE("sale.payments", payment_fields);

static const ShopcaisseShapeField linked_fields[] = {
  { .key = "id" },
};

static const ShopcaisseShape linked_shape = SHOPCAISSE_SHAPE("sale.linked", linked_fields);

static const ShopcaisseShapeField item_fields[] = {
  { .key = "id" },
  { .key = "companyId" },
  { .key = "name" },
  { .key = "textLines" },
  { .key = "type" },
  { .key = "unit" },
  { .key = "delete" },
  { .key = "description" },
  { .key = "longDescription" },
  { .key = "reference" },
  { .key = "barcodes" },
  { .key = "barCodes" },
  { .key = "defaultPrice" },
  { .key = "manageStock" },
  { .key = "parentItem" },
  { .key = "images" },
  { .key = "family" },
  { .key = "vatOnSite" },
  { .key = "vatTakeAway" },
  { .key = "priceCollections" },
  { .key = "modifierGroups" },
  { .key = "ranks" },
};

static const ShopcaisseShape item_shape = SHOPCAISSE_SHAPE("sale.lines.item", item_fields);

static const ShopcaisseShapeField line_fields[] = {
  { .key = "id" },           { .key = "item", .below = &item_shape },
  { .key = "priceList" },    { .key = "comment" },
  { .key = "description" },  { .key = "quantity" },
  { .key = "unitPrice" },    { .key = "price", .below = &price_shape },
  { .key = "discountRate" },
};

static const ShopcaisseShape line_shape = SHOPCAISSE_SHAPE("sale.lines", line_fields);

static const ShopcaisseShapeField sale_fields[] = {
  { .key = "id" },
  { .key = "number" },
  { .key = "type", .is_known = is_type },
  { .key = "status", .is_known = is_status },
  { .key = "timestamp" },
  { .key = "registerShift" },
  { .key = "pos" },
  { .key = "customer" },
  { .key = "comment" },
  { .key = "deliveryTime" },
  { .key = "parents", .below = &linked_shape },
  { .key = "children", .below = &linked_shape },
  { .key = "totalPrice", .below = &price_shape },
  { .key = "payments", .below = &payment_shape },
  { .key = "lines", .below = &line_shape },
};

const ShopcaisseShape shopcaisse_ticket_shape = SHOPCAISSE_SHAPE("sale", sale_fields);
