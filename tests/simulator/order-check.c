/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the service refuses in an order: missing fields, unknown items, payments below the total. */

#include "catalogue.h"
#include "orders.h"
#include "switches.h"
#include "wire.h"

typedef enum {
  KIND_TEXT,
  KIND_NUMBER,
  KIND_FLAG,
  KIND_ARRAY
} Kind;

typedef struct {
  const char *key;
  Kind kind;
} Field;

/* Required by the schema (PROTOCOL 3.12, spec). */
static const Field order_fields[] = {
  { "payments", KIND_ARRAY },
  { "items", KIND_ARRAY },
  { "channel", KIND_TEXT },
  { "subChannel", KIND_TEXT },
  { "subChannelOrderId", KIND_TEXT },
  { "subChannelOrderDisplayId", KIND_TEXT },
  { "orderType", KIND_TEXT },
  { "serviceCharge", KIND_NUMBER },
  { "deliveryCost", KIND_NUMBER },
  { "bagFee", KIND_NUMBER },
  { "orderIsAlreadyPaid", KIND_FLAG },
};

static const Field table_fields[] = {
  { "tableOrder", KIND_TEXT },
  { "tableOrderType", KIND_TEXT },
};

static const Field item_fields[] = {
  { "itemId", KIND_TEXT },     { "name", KIND_TEXT },        { "price", KIND_NUMBER },
  { "quantity", KIND_NUMBER }, { "productType", KIND_TEXT },
};

static const Field payment_fields[] = {
  { "amount", KIND_NUMBER },
  { "paymentType", KIND_TEXT },
};

/* Optional ones are checked when they are there, and null counts as absent. */
static const Field optional_fields[] = {
  { "orderId", KIND_TEXT },        { "tip", KIND_NUMBER },
  { "driverTip", KIND_NUMBER },    { "discountTotal", KIND_NUMBER },
  { "testOrder", KIND_FLAG },      { "decimalDigits", KIND_NUMBER },
  { "pickupTime", KIND_NUMBER },   { "deliveryTime", KIND_NUMBER },
  { "deliveryIsAsap", KIND_FLAG }, { "note", KIND_TEXT },
};

static gboolean
has_kind(const json_t *value, Kind kind)
{
  switch (kind) {
  case KIND_TEXT:
    return json_is_string(value);
  case KIND_NUMBER:
    return json_is_number(value);
  case KIND_FLAG:
    return json_is_boolean(value);
  case KIND_ARRAY:
  default:
    return json_is_array(value);
  }
}

static const char *
describe_kind(Kind kind)
{
  switch (kind) {
  case KIND_TEXT:
    return "a string";
  case KIND_NUMBER:
    return "a number conforming to the specified constraints";
  case KIND_FLAG:
    return "a boolean value";
  case KIND_ARRAY:
  default:
    return "an array";
  }
}

static void
check_fields(const json_t *object,
             const char *path,
             const Field *fields,
             gsize n_fields,
             GPtrArray *messages)
{
  for (gsize i = 0; i < n_fields; i++) {
    if (!has_kind(json_object_get(object, fields[i].key), fields[i].kind))
      g_ptr_array_add(messages, g_strdup_printf("%s%s must be %s", path, fields[i].key,
                                                describe_kind(fields[i].kind)));
  }
}

static void
check_optional(const json_t *object, GPtrArray *messages)
{
  for (gsize i = 0; i < G_N_ELEMENTS(optional_fields); i++) {
    const json_t *value = json_object_get(object, optional_fields[i].key);
    if (value != NULL && !json_is_null(value))
      check_fields(object, "", &optional_fields[i], 1, messages);
  }
}

static void
check_items(const json_t *items, const char *path, GPtrArray *messages)
{
  for (gsize i = 0; i < json_array_size(items); i++) {
    const json_t *item = json_array_get(items, i);
    g_autofree char *prefix = g_strdup_printf("%s.%u.", path, (guint)i);
    g_autofree char *children = g_strconcat(prefix, "children", NULL);
    const char *type = sim_wire_get_text(item, "productType", NULL);

    check_fields(item, prefix, item_fields, G_N_ELEMENTS(item_fields), messages);
    if (sim_wire_get_number(item, "quantity", 1) <= 0)
      g_ptr_array_add(messages, g_strdup_printf("%squantity must be a positive number", prefix));
    if (type != NULL && sim_item_intern_type(type) == NULL)
      g_ptr_array_add(messages,
                      g_strdup_printf("%sproductType must be one of the following values: SIMPLE, "
                                      "PACK, MENU, MODIFIER, VARIATION",
                                      prefix));
    check_items(json_object_get(item, "children"), children, messages);
  }
}

static void
check_payments(const Simulator *sim, const json_t *payments, GPtrArray *messages)
{
  for (gsize i = 0; i < json_array_size(payments); i++) {
    const json_t *payment = json_array_get(payments, i);
    g_autofree char *prefix = g_strdup_printf("payments.%u.", (guint)i);
    const char *type = sim_wire_get_text(payment, "paymentType", NULL);

    check_fields(payment, prefix, payment_fields, G_N_ELEMENTS(payment_fields), messages);
    if (type != NULL && sim_switch_is_on(sim, "payment_type_check") &&
        !g_str_equal(type, "ONLINE") && !g_str_equal(type, "OTHER"))
      g_ptr_array_add(messages,
                      g_strdup_printf("%spaymentType must be one of the following values: "
                                      "ONLINE, OTHER",
                                      prefix));
  }
}

static const SimItem *
find_sellable(const SimCall *call, const json_t *line)
{
  const SimItem *item =
      sim_catalogue_get_item(call->sim->catalogue, sim_wire_get_text(line, "itemId", ""));
  return item != NULL && !item->deleted ? item : NULL;
}

static gboolean
check_price(SimCall *call, const SimItem *item, const json_t *line)
{
  const SimMoney money = sim_money_choose(call->sim, call->body);
  guint list = 0;

  /* That the server recomputes from the catalogue is presumed only (PROTOCOL 3.12, guess). */
  if (!sim_switch_is_on(call->sim, "price_check"))
    return TRUE;
  sim_catalogue_find_list(call->sim->catalogue, sim_call_query(call, "priceList"), &list);
  gint64 asked = sim_item_get_effective_price(item, list);
  if (asked == 0 || asked == sim_money_read(&money, json_object_get(line, "price")))
    return TRUE;
  sim_call_fail(call, 400, "Invalid price for item %s", item->id);
  return FALSE;
}

static gboolean
check_catalogue(SimCall *call, const json_t *lines)
{
  for (gsize i = 0; i < json_array_size(lines); i++) {
    const json_t *line = json_array_get(lines, i);
    const SimItem *item = find_sellable(call, line);
    const char *type = sim_wire_get_text(line, "productType", "");

    if (item == NULL && !sim_switch_is(call->sim, "unknown_item", "accept")) {
      guint status = sim_switch_is(call->sim, "unknown_item", "404") ? 404 : 400;
      sim_call_fail(call, status, "Item %s not found", sim_wire_get_text(line, "itemId", ""));
      return FALSE;
    }
    if (item != NULL && !g_str_equal(item->type, type)) {
      sim_call_fail(call, 400, "Item %s is not of type %s", item->id, type);
      return FALSE;
    }
    if (item != NULL && !check_price(call, item, line))
      return FALSE;
    if (!check_catalogue(call, json_object_get(line, "children")))
      return FALSE;
  }
  return TRUE;
}

/**
 * sim_order_check:
 * @call: a call whose body is an order
 * @store: where it is for
 *
 * Validates an order, all but its sums, and fails the call when it is wrong.
 *
 * Returns: %TRUE when it is right
 */
gboolean
sim_order_check(SimCall *call, const SimStore *store)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func(g_free);
  const json_t *items = json_object_get(call->body, "items");

  check_fields(call->body, "", order_fields, G_N_ELEMENTS(order_fields), messages);
  if (sim_switch_is_on(call->sim, "table_order_required"))
    check_fields(call->body, "", table_fields, G_N_ELEMENTS(table_fields), messages);
  check_optional(call->body, messages);
  if (json_is_array(items) && json_array_size(items) == 0)
    g_ptr_array_add(messages, g_strdup("items should not be empty"));
  check_items(items, "items", messages);
  check_payments(call->sim, json_object_get(call->body, "payments"), messages);
  if (messages->len > 0) {
    sim_call_fail_fields(call, messages);
    return FALSE;
  }

  /* A known order is answered before anything else is looked at (PROTOCOL 6.2.3, seed). */
  if (sim_orders_find_known(call->sim, store, call->body) != NULL)
    return TRUE;
  const char *list = sim_call_query(call, "priceList");
  if (list != NULL && sim_catalogue_find_list(call->sim->catalogue, list, NULL) == NULL) {
    sim_call_fail(call, 404, "Price list %s not found", list);
    return FALSE;
  }
  return check_catalogue(call, items);
}
