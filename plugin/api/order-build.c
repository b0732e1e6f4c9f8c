/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Orders on the way out: paths, requests, and the JSON text with the field names of
 * docs/PROTOCOL.md 3.12. The text of a draft is the same each time, so it can be frozen. */
#include "api/json-writer.h"
#include "api/orders.h"
#include "api/path.h"

#define MICROSECONDS_IN_MS 1000
#define MINOR_DIGITS       2
#define BODY_SIZE_HINT     1024

/* A type of the catalogue that this version does not know is ordered as a plain item. */
static const char *
get_product_type(ShopcaisseItemType type)
{
  return shopcaisse_item_type_to_text(type == SHOPCAISSE_ITEM_OTHER ? SHOPCAISSE_ITEM_SIMPLE
                                                                    : type);
}

static void
add_optional_text(GString *json, const char *key, const char *text)
{
  if (text != NULL)
    shopcaisse_json_add_text(json, key, text);
}

static void
add_lines(GString *json, const char *key, const GPtrArray *lines, ShopcaisseForm form)
{
  shopcaisse_json_begin_array(json, key);
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const ShopcaisseOrderLine *line = g_ptr_array_index(lines, i);

    shopcaisse_json_begin_object(json, NULL);
    shopcaisse_json_add_text(json, "itemId", line->item_id);
    shopcaisse_json_add_text(json, "name", line->name);
    shopcaisse_json_add_money(json, "price", line->unit_minor, form);
    shopcaisse_json_add_quantity(json, "quantity", line->quantity_milli);
    shopcaisse_json_add_text(json, "productType", get_product_type(line->type));
    add_optional_text(json, "remark", line->remark);
    add_optional_text(json, "stepId", line->step_id);
    add_optional_text(json, "modifierGroupId", line->group_id);
    add_lines(json, "children", line->children, form);
    shopcaisse_json_end_object(json);
  }
  shopcaisse_json_end_array(json);
}

static void
add_payments(GString *json, const GArray *payments, ShopcaisseForm form)
{
  shopcaisse_json_begin_array(json, "payments");
  for (guint i = 0; payments != NULL && i < payments->len; i++) {
    const ShopcaisseOrderPayment *payment = &g_array_index(payments, ShopcaisseOrderPayment, i);

    shopcaisse_json_begin_object(json, NULL);
    shopcaisse_json_add_money(json, "amount", payment->amount_minor, form);
    shopcaisse_json_add_text(json, "paymentType", payment->is_online ? "ONLINE" : "OTHER");
    shopcaisse_json_end_object(json);
  }
  shopcaisse_json_end_array(json);
}

static void
add_customer(GString *json, const ShopcaisseOrderDraft *draft)
{
  const ShopcaisseCustomer *customer = &draft->customer;

  if (customer->name == NULL && customer->company == NULL && customer->phone == NULL &&
      customer->email == NULL && draft->customer_note == NULL)
    return;
  shopcaisse_json_begin_object(json, "customer");
  add_optional_text(json, "name", customer->name);
  add_optional_text(json, "companyName", customer->company);
  add_optional_text(json, "phoneNumber", customer->phone);
  add_optional_text(json, "email", customer->email);
  add_optional_text(json, "note", draft->customer_note);
  shopcaisse_json_end_object(json);
}

static void
add_delivery(GString *json, const ShopcaisseAddress *delivery)
{
  g_autofree char *street = shopcaisse_address_dup_street(delivery);

  if (shopcaisse_address_is_empty(delivery))
    return;
  shopcaisse_json_begin_object(json, "deliveryAddress");
  add_optional_text(json, "street", street);
  add_optional_text(json, "postalCode", delivery->postal_code);
  add_optional_text(json, "city", delivery->city);
  add_optional_text(json, "country", delivery->country);
  add_optional_text(json, "extraAddressInfo", delivery->extra);
  shopcaisse_json_end_object(json);
}

/* The two texts are the vendor's example; docs/PROTOCOL.md 3.12. Orders elsewhere leave them out.
 */
static void
add_table(GString *json, const ShopcaisseOrderDraft *draft)
{
  if (draft->n_guests > 0)
    shopcaisse_json_add_integer(json, "numberOfCustomers", draft->n_guests);
  if (!draft->is_at_table)
    return;
  shopcaisse_json_add_text(json, "tableOrder", "true");
  shopcaisse_json_add_text(json, "tableOrderType", "ATTABLE");
}

static void
add_head(GString *json, const ShopcaisseOrderDraft *draft)
{
  shopcaisse_json_add_text(json, "channel", draft->channel);
  shopcaisse_json_add_text(json, "subChannel", draft->sub_channel);
  shopcaisse_json_add_text(json, "orderId", draft->order_id);
  shopcaisse_json_add_text(json, "subChannelOrderId", draft->discriminator);
  shopcaisse_json_add_text(json, "subChannelOrderDisplayId", draft->display_id);
  shopcaisse_json_add_text(json, "orderType", shopcaisse_order_type_to_text(draft->type));
}

/* The discount is always 0: its sign is not known, so reductions are in the prices. */
static void
add_fees(GString *json, const ShopcaisseOrderDraft *draft, ShopcaisseForm form)
{
  shopcaisse_json_add_money(json, "serviceCharge", draft->service_charge_minor, form);
  shopcaisse_json_add_money(json, "deliveryCost", draft->delivery_cost_minor, form);
  shopcaisse_json_add_money(json, "bagFee", draft->bag_fee_minor, form);
  shopcaisse_json_add_money(json, "tip", draft->tip_minor, form);
  shopcaisse_json_add_integer(json, "driverTip", 0);
  shopcaisse_json_add_integer(json, "discountTotal", 0);
}

/**
 * shopcaisse_order_build:
 * @draft: the order
 * @form: how amounts are written
 *
 * Writes the order as JSON.
 *
 * Returns: (transfer full): the text
 */
GBytes *
shopcaisse_order_build(const ShopcaisseOrderDraft *draft, ShopcaisseForm form)
{
  g_return_val_if_fail(draft != NULL && form != SHOPCAISSE_FORM_UNKNOWN, NULL);
  g_return_val_if_fail(draft->channel != NULL && draft->sub_channel != NULL, NULL);
  g_return_val_if_fail(draft->order_id != NULL && draft->discriminator != NULL, NULL);
  g_return_val_if_fail(draft->display_id != NULL, NULL);

  GString *json = g_string_sized_new(BODY_SIZE_HINT);

  shopcaisse_json_begin_object(json, NULL);
  add_head(json, draft);
  add_payments(json, draft->payments, form);
  add_lines(json, "items", draft->lines, form);
  add_fees(json, draft, form);
  if (form != SHOPCAISSE_FORM_DECIMAL)
    shopcaisse_json_add_integer(json, "decimalDigits", MINOR_DIGITS);
  shopcaisse_json_add_boolean(json, "orderIsAlreadyPaid", TRUE);
  shopcaisse_json_add_boolean(json, "testOrder", draft->is_test);
  shopcaisse_json_add_integer(json, "pickupTime", draft->pickup_at / MICROSECONDS_IN_MS);
  shopcaisse_json_add_boolean(json, "deliveryIsAsap", FALSE);
  add_customer(json, draft);
  add_delivery(json, &draft->delivery);
  add_table(json, draft);
  add_optional_text(json, "note", draft->note);
  shopcaisse_json_end_object(json);
  return g_string_free_to_bytes(json);
}

/**
 * shopcaisse_order_path:
 * @store_id: the store
 * @pos_id: (nullable): the register that shall get the order
 * @price_list: (nullable): the price list its prices are from
 *
 * Names where an order is posted.
 *
 * Returns: (transfer full): path and query
 */
char *
shopcaisse_order_path(const char *store_id, const char *pos_id, const char *price_list)
{
  g_return_val_if_fail(store_id != NULL, NULL);

  GString *path = shopcaisse_path_new("stores", store_id, "orders", NULL);

  shopcaisse_path_add_text(path, "pos", pos_id);
  shopcaisse_path_add_text(path, "priceList", price_list);
  return g_string_free(path, FALSE);
}

/**
 * shopcaisse_order_create_request:
 * @path: what [func@Shopcaisse.order_path] gave
 * @body: what [func@Shopcaisse.order_build] gave; a reference is taken
 *
 * Posts an order. The same orderId again makes no second one; docs/PROTOCOL.md 6.2 (3).
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_order_create_request(const char *path, GBytes *body)
{
  g_return_val_if_fail(path != NULL && body != NULL, NULL);

  return shopcaisse_request_new(SHOPCAISSE_METHOD_POST, g_strdup(path), body,
                                SHOPCAISSE_ANSWER_MAX);
}

/**
 * shopcaisse_order_get_request:
 * @store_id: the store
 * @order: the server's id of the order, or ours: docs/PROTOCOL.md 3.12
 *
 * Asks for one order.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_order_get_request(const char *store_id, const char *order)
{
  g_return_val_if_fail(store_id != NULL && order != NULL, NULL);

  GString *path = shopcaisse_path_new("stores", store_id, "orders", order, NULL);

  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}

/**
 * shopcaisse_order_cancel_request:
 * @store_id: the store
 * @order: the server's id of the order, or ours
 * @pos_id: (nullable): the register
 *
 * Cancels an order that nobody has accepted; docs/PROTOCOL.md 5.1.
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_order_cancel_request(const char *store_id, const char *order, const char *pos_id)
{
  g_return_val_if_fail(store_id != NULL && order != NULL, NULL);

  GString *path = shopcaisse_path_new("stores", store_id, "orders", order, NULL);

  shopcaisse_path_add_text(path, "pos", pos_id);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_DELETE, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}

/**
 * shopcaisse_orders_request:
 * @query: what to list
 *
 * Asks for a page of orders. The status is always sent, for the service's default hides most;
 * docs/PROTOCOL.md 6.2 (4).
 *
 * Returns: (transfer full): the request
 */
ShopcaisseRequest *
shopcaisse_orders_request(const ShopcaisseOrdersQuery *query)
{
  g_return_val_if_fail(query != NULL && query->store_id != NULL && query->status != NULL, NULL);
  g_return_val_if_fail(query->from >= 0 && (query->to == 0 || query->to >= query->from), NULL);

  GString *path = shopcaisse_path_new("stores", query->store_id, "orders", NULL);

  shopcaisse_path_add_page(path, query->page, SHOPCAISSE_ORDERS_PAGE_SIZE);
  shopcaisse_path_add_text(path, "status", query->status);
  shopcaisse_path_add_number(path, "from", query->from / MICROSECONDS_IN_MS);
  if (query->to != 0)
    shopcaisse_path_add_number(path, "to", query->to / MICROSECONDS_IN_MS);
  shopcaisse_path_add_text(path, "pos", query->pos_id);
  return shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_string_free(path, FALSE), NULL,
                                SHOPCAISSE_ANSWER_MAX);
}
