/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What docs/PROTOCOL.md 3.12 says the answer to an order may hold. */
#include "api/order-rows.h"
#include "model/order.h"

/* Known, though nobody has said what they mean; docs/PROTOCOL.md 5.1. */
static const char *const other_statuses[] = { "requires_payment",   "merged",
                                              "requires_attention", "waiting",
                                              "being_processed",    NULL };

static gboolean
is_status(const char *word)
{
  return shopcaisse_kitchen_phase_parse(word) != SHOPCAISSE_KITCHEN_UNKNOWN ||
         g_strv_contains(other_statuses, word);
}

static gboolean
is_type(const char *word)
{
  ShopcaisseOrderType type = SHOPCAISSE_ORDER_TYPE_UNKNOWN;

  return shopcaisse_order_type_parse(word, &type);
}

static const ShopcaisseShape line_shape;

static const ShopcaisseShapeField line_fields[] = {
  { .key = "id" },
  { .key = "productId" },
  { .key = "itemId" },
  { .key = "name" },
  { .key = "price" },
  { .key = "quantity" },
  { .key = "productType" },
  { .key = "remark" },
  { .key = "stepId" },
  { .key = "modifierGroupId" },
  { .key = "children", .below = &line_shape },
};

static const ShopcaisseShape line_shape = SHOPCAISSE_SHAPE("order.items", line_fields);

static const ShopcaisseShapeField payment_fields[] = {
  { .key = "id" },          { .key = "decimalDigits" }, { .key = "amount" },  { .key = "type" },
  { .key = "paymentType" }, { .key = "receiptId" },     { .key = "receipt" },
};

static const ShopcaisseShape payment_shape = SHOPCAISSE_SHAPE("order.payments", payment_fields);

static const ShopcaisseShapeField customer_fields[] = {
  { .key = "id" },
  { .key = "name" },
  { .key = "companyName" },
  { .key = "phoneNumber" },
  { .key = "phoneAccessCode" },
  { .key = "email" },
  { .key = "note" },
};

static const ShopcaisseShape customer_shape = SHOPCAISSE_SHAPE("order.customer", customer_fields);

static const ShopcaisseShapeField address_fields[] = {
  { .key = "id" },      { .key = "street" }, { .key = "postalCode" },       { .key = "city" },
  { .key = "country" }, { .key = "source" }, { .key = "extraAddressInfo" },
};

static const ShopcaisseShape address_shape =
    SHOPCAISSE_SHAPE("order.deliveryAddress", address_fields);

static const ShopcaisseShapeField packaging_fields[] = {
  { .key = "id" },
  { .key = "includeCutlery" },
};

static const ShopcaisseShape packaging_shape =
    SHOPCAISSE_SHAPE("order.packaging", packaging_fields);

static const ShopcaisseShapeField timestamp_fields[] = {
  { .key = "createdAt" },
  { .key = "updatedAt" },
};

static const ShopcaisseShape timestamp_shape =
    SHOPCAISSE_SHAPE("order.timestamp", timestamp_fields);

static const ShopcaisseShapeField configuration_fields[] = {
  { .key = "paymentGateway" },
  { .key = "paymentGatewayCallback" },
  { .key = "paymentGatewayIntent" },
};

static const ShopcaisseShape configuration_shape =
    SHOPCAISSE_SHAPE("order.configuration", configuration_fields);

static const ShopcaisseShapeField order_fields[] = {
  { .key = "id" },
  { .key = "orderId" },
  { .key = "storeId" },
  { .key = "channel" },
  { .key = "subChannel" },
  { .key = "subChannelOrderId" },
  { .key = "subChannelOrderDisplayId" },
  { .key = "orderType", .is_known = is_type },
  { .key = "locationId" },
  { .key = "status", .is_known = is_status },
  { .key = "reason" },
  { .key = "decimalDigits" },
  { .key = "note" },
  { .key = "numberOfCustomers" },
  { .key = "serviceCharge" },
  { .key = "deliveryCost" },
  { .key = "bagFee" },
  { .key = "tip" },
  { .key = "driverTip" },
  { .key = "discountTotal" },
  { .key = "testOrder" },
  { .key = "orderIsAlreadyPaid" },
  { .key = "pickupTime" },
  { .key = "estimatedPickupTime" },
  { .key = "deliveryTime" },
  { .key = "deliveryIsAsap" },
  { .key = "createdOn" },
  { .key = "editedOn" },
  { .key = "receiptId" },
  { .key = "internalOrderDocumentId" },
  { .key = "tableOrder" },
  { .key = "tableOrderType" },
  { .key = "timestamp", .below = &timestamp_shape },
  { .key = "payments", .below = &payment_shape },
  { .key = "customer", .below = &customer_shape },
  { .key = "deliveryAddress", .below = &address_shape },
  { .key = "packaging", .below = &packaging_shape },
  { .key = "items", .below = &line_shape },
  { .key = "configuration", .below = &configuration_shape },
};

const ShopcaisseShape shopcaisse_order_shape = SHOPCAISSE_SHAPE("order", order_fields);
