/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The document of an order, made once from the request and then kept (PROTOCOL 3.12). */

#include "clock.h"
#include "identity.h"
#include "orders.h"
#include "switches.h"
#include "wire.h"

static json_t *
copy_member(const json_t *body, const char *key)
{
  const json_t *value = json_object_get(body, key);
  return value != NULL ? json_deep_copy(value) : json_null();
}

static json_t *
copy_with_id(Simulator *sim, const json_t *body, const char *key)
{
  json_t *value = copy_member(body, key);
  if (json_is_object(value)) {
    g_autofree char *id = sim_identity_next(sim, key);
    json_object_set_new(value, "id", json_string(id));
  }
  return value;
}

static json_t *
build_items(Simulator *sim, const SimMoney *money, const json_t *lines)
{
  json_t *items = json_array();

  for (gsize i = 0; i < json_array_size(lines); i++) {
    const json_t *line = json_array_get(lines, i);
    g_autofree char *id = sim_identity_next(sim, "order-item");
    gint64 price = sim_money_read(money, json_object_get(line, "price"));
    /* itemId in, productId out (seed). */
    json_array_append_new(
        items,
        json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id", id, "productId",
                  copy_member(line, "itemId"), "name", copy_member(line, "name"), "price",
                  sim_money_echo(money, price), "quantity", copy_member(line, "quantity"),
                  "productType", copy_member(line, "productType"), "remark",
                  copy_member(line, "remark"), "stepId", copy_member(line, "stepId"),
                  "modifierGroupId", copy_member(line, "modifierGroupId"), "children",
                  build_items(sim, money, json_object_get(line, "children"))));
  }
  return items;
}

static json_t *
build_payments(Simulator *sim, const SimMoney *money, const json_t *rows)
{
  json_t *payments = json_array();

  for (gsize i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    g_autofree char *id = sim_identity_next(sim, "payment");
    gint64 amount = sim_money_read(money, json_object_get(row, "amount"));
    /* paymentType in, type out (spec). */
    json_array_append_new(payments,
                          json_pack("{s:s, s:i, s:o, s:o, s:n, s:n}", "id", id, "decimalDigits",
                                    sim_money_get_echoed_digits(money), "amount",
                                    sim_money_echo(money, amount), "type",
                                    copy_member(row, "paymentType"), "receiptId", "receipt"));
  }
  return payments;
}

static void
add_texts(const SimCall *call, json_t *document)
{
  static const char *const copied[] = {
    "orderId",      "subChannel", "subChannelOrderId", "subChannelOrderDisplayId", "orderType",
    "locationId",   "note",       "numberOfCustomers", "orderIsAlreadyPaid",       "pickupTime",
    "deliveryTime",
  };

  for (gsize i = 0; i < G_N_ELEMENTS(copied); i++)
    json_object_set_new(document, copied[i], copy_member(call->body, copied[i]));
  if (sim_switch_is(call->sim, "channel_echo", "overwrite"))
    json_object_set_new(document, "channel", json_string("EASYSHOP"));
  else
    json_object_set_new(document, "channel", copy_member(call->body, "channel"));
  json_object_set_new(document, "deliveryIsAsap",
                      json_boolean(sim_wire_get_flag(call->body, "deliveryIsAsap", TRUE)));
}

static void
add_amounts(const SimCall *call, const SimMoney *money, json_t *document)
{
  static const char *const amounts[] = { "serviceCharge", "deliveryCost", "bagFee",
                                         "tip",           "driverTip",    "discountTotal" };

  for (gsize i = 0; i < G_N_ELEMENTS(amounts); i++) {
    gint64 amount = sim_money_read(money, json_object_get(call->body, amounts[i]));
    if (g_str_equal(amounts[i], "discountTotal") &&
        sim_switch_is(call->sim, "discount_echo", "positive"))
      amount = ABS(amount);
    json_object_set_new(document, amounts[i], sim_money_echo(money, amount));
  }
  json_object_set_new(document, "decimalDigits", json_integer(sim_money_get_echoed_digits(money)));
}

static void
add_times(const Simulator *sim, json_t *document)
{
  gint64 now_ms = sim_clock_now_ms(sim);
  g_autofree char *now = sim_clock_format(now_ms);

  if (!sim_switch_is(sim, "order_times", "timestamp")) {
    json_object_set_new(document, "createdOn", json_integer(now_ms));
    json_object_set_new(document, "editedOn", json_integer(now_ms));
  }
  if (!sim_switch_is(sim, "order_times", "fields"))
    json_object_set_new(document, "timestamp",
                        json_pack("{s:s, s:s}", "createdAt", now, "updatedAt", now));
}

/**
 * sim_order_build_document:
 * @call: a call whose body is an order
 * @order: the order being made, with its id and places
 *
 * Builds what answers about an order carry.
 *
 * Returns: (transfer full): the document
 */
json_t *
sim_order_build_document(SimCall *call, const SimOrder *order)
{
  const SimMoney money = sim_money_choose(call->sim, call->body);
  json_t *document = json_pack("{s:s, s:s, s:s, s:n, s:b, s:n, s:n}", "id", order->id, "storeId",
                               order->store->id, "status", "not_acked", "reason", "testOrder",
                               order->test, "receiptId", "internalOrderDocumentId");

  add_texts(call, document);
  add_amounts(call, &money, document);
  add_times(call->sim, document);
  json_object_set_new(document, "payments",
                      build_payments(call->sim, &money, json_object_get(call->body, "payments")));
  json_object_set_new(document, "items",
                      build_items(call->sim, &money, json_object_get(call->body, "items")));
  json_object_set_new(document, "customer", copy_with_id(call->sim, call->body, "customer"));
  json_object_set_new(document, "deliveryAddress",
                      copy_with_id(call->sim, call->body, "deliveryAddress"));
  json_object_set_new(document, "packaging", copy_with_id(call->sim, call->body, "packaging"));
  if (sim_switch_is_on(call->sim, "odd_fields")) {
    json_object_set_new(document, "estimatedPickupTime", json_null());
    json_object_set_new(document, "courier", json_null());
    if (json_is_null(json_object_get(document, "deliveryTime")))
      json_object_del(document, "deliveryTime");
  }
  return document;
}
