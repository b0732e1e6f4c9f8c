/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Orders on the way back; docs/PROTOCOL.md 3.12. Numbers stay in millionths: their unit is for
 * shopcaisse_wire_amount_read() to tell. Who the order is matters more than its amounts, so amounts
 * that cannot be read leave has_amounts false and the order readable. */
#include "api/order-rows.h"
#include "api/orders.h"

#define MAX_DECIMAL_DIGITS 9
#define NO_DECIMAL_DIGITS  (-1)

static const char *const fee_keys[] = { "serviceCharge", "deliveryCost", "bagFee",
                                        "tip",           "driverTip",    "discountTotal" };

static gboolean
add_amount(ShopcaisseWireAmount *sum, const json_t *number)
{
  gint64 value = 0;

  if (!shopcaisse_json_read_millionths(number, &value))
    return FALSE;
  if ((value > 0 && *sum > G_MAXINT64 - value) || (value < 0 && *sum < G_MININT64 - value))
    return FALSE;
  *sum += value;
  return TRUE;
}

static gboolean
read_fees(json_t *object, ShopcaisseWireAmount *sum)
{
  for (gsize i = 0; i < G_N_ELEMENTS(fee_keys); i++) {
    json_t *fee = json_object_get(object, fee_keys[i]);

    if (fee != NULL && !json_is_null(fee) && !add_amount(sum, fee))
      return FALSE;
  }
  return TRUE;
}

static int
read_digits(json_t *object)
{
  json_t *digits = json_object_get(object, "decimalDigits");
  json_int_t value = json_integer_value(digits);

  if (!json_is_integer(digits) || value < 0 || value > MAX_DECIMAL_DIGITS)
    return NO_DECIMAL_DIGITS;
  return (int)value;
}

/* Payments name their digits too; in another unit than the order's they cannot be compared. */
static gboolean
read_payment_total(json_t *object, int decimal_digits, ShopcaisseWireAmount *sum)
{
  json_t *payments = json_object_get(object, "payments");

  if (!json_is_array(payments))
    return FALSE;
  for (gsize i = 0; i < json_array_size(payments); i++) {
    json_t *payment = json_array_get(payments, i);
    int digits = read_digits(payment);

    if (digits != NO_DECIMAL_DIGITS && decimal_digits != NO_DECIMAL_DIGITS &&
        digits != decimal_digits)
      return FALSE;
    if (!add_amount(sum, json_object_get(payment, "amount")))
      return FALSE;
  }
  return TRUE;
}

static GPtrArray *read_lines(json_t *lines, gboolean *is_whole);

static gboolean
read_line_numbers(json_t *object, ShopcaisseOrderEchoLine *line)
{
  return shopcaisse_json_read_millionths(json_object_get(object, "price"), &line->price) &&
         shopcaisse_json_get_milli(object, "quantity", SHOPCAISSE_JSON_REQUIRED,
                                   &line->quantity_milli, NULL);
}

/* The item is "productId" in answers and "itemId" in requests; docs/PROTOCOL.md 3.12. */
static gboolean
read_line_item(json_t *object, ShopcaisseOrderEchoLine *line)
{
  if (!shopcaisse_json_get_id(object, "productId", SHOPCAISSE_JSON_OPTIONAL, &line->item_id, NULL))
    return FALSE;
  if (line->item_id != NULL)
    return TRUE;
  return shopcaisse_json_get_id(object, "itemId", SHOPCAISSE_JSON_OPTIONAL, &line->item_id, NULL);
}

static ShopcaisseOrderEchoLine *
read_line(json_t *object, gboolean *is_whole)
{
  ShopcaisseOrderEchoLine *line = g_new0(ShopcaisseOrderEchoLine, 1);
  json_t *children = json_object_get(object, "children");

  if (!read_line_item(object, line) || !read_line_numbers(object, line))
    *is_whole = FALSE;
  if (children == NULL || json_is_null(children))
    line->children = g_ptr_array_new();
  else
    line->children = read_lines(children, is_whole);
  return line;
}

/* Goes on after a fault, so that what can be shown is shown. */
static GPtrArray *
read_lines(json_t *lines, gboolean *is_whole)
{
  GPtrArray *read = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_order_echo_line_free);

  if (!json_is_array(lines))
    *is_whole = FALSE;
  for (gsize i = 0; i < json_array_size(lines); i++)
    g_ptr_array_add(read, read_line(json_array_get(lines, i), is_whole));
  return read;
}

static void
read_amounts(json_t *object, ShopcaisseOrderEcho *echo)
{
  gboolean is_whole = TRUE;

  echo->decimal_digits = read_digits(object);
  echo->lines = read_lines(json_object_get(object, "items"), &is_whole);
  echo->has_amounts = is_whole && read_fees(object, &echo->fees_total) &&
                      read_payment_total(object, echo->decimal_digits, &echo->payments_total);
  if (!echo->has_amounts) {
    echo->fees_total = 0;
    echo->payments_total = 0;
  }
}

static gboolean
is_there(json_t *object, const char *key)
{
  json_t *value = json_object_get(object, key);

  return value != NULL && !json_is_null(value);
}

/* The order's own id, else the first that a payment has. */
static gboolean
read_receipt(json_t *object, ShopcaisseOrderEcho *echo, GError **error)
{
  json_t *payments = NULL;

  if (!shopcaisse_json_get_text(object, "receiptId", &echo->receipt_id, error) ||
      !shopcaisse_json_get_array(object, "payments", &payments, error))
    return FALSE;
  for (gsize i = 0; i < json_array_size(payments); i++) {
    json_t *payment = json_array_get(payments, i);

    if (is_there(payment, "receipt"))
      echo->has_receipt = TRUE;
    if (echo->receipt_id == NULL && json_is_object(payment) &&
        !shopcaisse_json_get_text(payment, "receiptId", &echo->receipt_id, error)) {
      g_prefix_error(error, "payments[%" G_GSIZE_FORMAT "].", i);
      return FALSE;
    }
  }
  return TRUE;
}

static gpointer
read_order(json_t *object, GError **error)
{
  g_autoptr(ShopcaisseOrderEcho) echo = g_new0(ShopcaisseOrderEcho, 1);

  echo->pickup_at = -1;
  if (!shopcaisse_json_get_id(object, "id", SHOPCAISSE_JSON_REQUIRED, &echo->id, error) ||
      !shopcaisse_json_get_text(object, "orderId", &echo->order_id, error) ||
      !shopcaisse_json_get_text(object, "storeId", &echo->store_id, error) ||
      !shopcaisse_json_get_text(object, "subChannel", &echo->sub_channel, error) ||
      !shopcaisse_json_get_text(object, "subChannelOrderId", &echo->sub_channel_order_id, error) ||
      !shopcaisse_json_get_text(object, "subChannelOrderDisplayId", &echo->display_id, error) ||
      !shopcaisse_json_get_text(object, "status", &echo->status, error) ||
      !shopcaisse_json_get_text(object, "reason", &echo->reason, error) ||
      !shopcaisse_json_get_text(object, "internalOrderDocumentId", &echo->document_id, error) ||
      !shopcaisse_json_get_boolean(object, "testOrder", &echo->is_test, error) ||
      !shopcaisse_json_get_time(object, "pickupTime", SHOPCAISSE_JSON_OPTIONAL, &echo->pickup_at,
                                error) ||
      !read_receipt(object, echo, error))
    return NULL;
  read_amounts(object, echo);
  return g_steal_pointer(&echo);
}

/**
 * shopcaisse_order_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads one order. When its amounts cannot be read it says so and is readable all the same.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not an order.
 *
 * Returns: (transfer full): the order
 */
ShopcaisseOrderEcho *
shopcaisse_order_parse(GBytes *body, GError **error)
{
  g_return_val_if_fail(body != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load_object(body, error);

  return root != NULL ? read_order(root, error) : NULL;
}

const ShopcaisseRowKind shopcaisse_order_row = {
  .shape = &shopcaisse_order_shape,
  .row_read = read_order,
  .row_free = (GDestroyNotify)shopcaisse_order_echo_free,
};

/**
 * shopcaisse_orders_parse:
 * @body: the answer
 * @error: return location for an error
 *
 * Reads a page of orders.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a page.
 *
 * Returns: (transfer full): a page of #ShopcaisseOrderEcho
 */
ShopcaissePage *
shopcaisse_orders_parse(GBytes *body, GError **error)
{
  return shopcaisse_page_read(body, &shopcaisse_order_row, error);
}
