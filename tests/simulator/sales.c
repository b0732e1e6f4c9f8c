/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tickets: of orders that staff process, and of what they ring up on the iPad directly. */

#include "sales.h"

#include "clock.h"
#include "identity.h"
#include "switches.h"
#include "wait.h"
#include "webhook.h"
#include "wire.h"

#include <math.h>

static void
free_sale(gpointer data)
{
  SimSale *sale = data;
  g_free(sale->id);
  g_free(sale->shift);
  json_decref(sale->document);
  g_free(sale);
}

/**
 * sim_sales_new:
 *
 * Makes an empty list of sales.
 *
 * Returns: (transfer full): the list
 */
SimSales *
sim_sales_new(void)
{
  SimSales *self = g_new0(SimSales, 1);
  self->rows = g_ptr_array_new_with_free_func(free_sale);
  return self;
}

/**
 * sim_sales_keep:
 * @sim: the simulator
 * @sale: (transfer full): a finished ticket
 *
 * Files a ticket; it is visible at once (PROTOCOL 5.2, seed).
 */
void
sim_sales_keep(Simulator *sim, SimSale *sale)
{
  g_ptr_array_add(sim->sales->rows, sale);
  sim_webhooks_emit(sim, "store.sales", "store", sale->store->id, json_deep_copy(sale->document));
  sim_waits_check(sim);
}

static guint
choose_rate(const SimItem *item, const char *order_type)
{
  const SimVat *on_site = item->on_site != NULL ? item->on_site : item->take_away;
  const SimVat *take_away = item->take_away != NULL ? item->take_away : item->on_site;
  const SimVat *vat = g_strcmp0(order_type, "EAT_IN") == 0 ? on_site : take_away;
  return vat != NULL ? vat->rate_bp : 0;
}

static GArray *
collect_order_lines(Simulator *sim, const SimOrder *order)
{
  const char *order_type = sim_wire_get_text(order->document, "orderType", "");
  GArray *lines = sim_sale_lines_new();
  guint rate_bp = 0;

  for (guint i = 0; i < order->lines->len; i++) {
    const SimOrderLine *source = &g_array_index(order->lines, SimOrderLine, i);
    SimItem *item = sim_catalogue_get_item(sim->catalogue, source->item);
    rate_bp = item != NULL ? choose_rate(item, order_type) : rate_bp;
    SimSaleLine line = {
      .item = item,
      .label = g_strdup(source->name),
      .quantity = source->quantity,
      .unit_price = source->unit_price,
      .total = source->total,
      .rate_bp = rate_bp,
    };
    g_array_append_val(lines, line);
  }
  if (order->fees != 0) {
    /* How the till books fees is unknown; one line keeps ticket and order equal (guess). */
    SimSaleLine line = {
      .label = g_strdup("Frais et remise"),
      .quantity = 1,
      .unit_price = order->fees,
      .total = order->fees,
      .rate_bp = rate_bp,
    };
    g_array_append_val(lines, line);
  }
  return lines;
}

static json_t *
collect_order_payments(Simulator *sim, const SimOrder *order)
{
  const json_t *rows = json_object_get(order->document, "payments");
  json_t *payments = json_array();

  for (gsize i = 0; i < json_array_size(rows); i++) {
    const char *type = sim_wire_get_text(json_array_get(rows, i), "type", "OTHER");
    gboolean online = g_str_equal(type, "ONLINE");
    json_array_append_new(payments,
                          sim_sale_build_payment(sim, online ? "ONLINE" : NULL,
                                                 online ? "Paiement en ligne" : "Autre",
                                                 g_array_index(order->payments, gint64, i)));
  }
  return payments;
}

static void
link_order(Simulator *sim, SimOrder *order, const SimSale *sale)
{
  const char *link = sim_switches_get(sim->switches, "receipt_link");
  g_autofree char *other = sim_identity_next(sim, "receipt");
  gboolean by_receipt = g_str_equal(link, "sale") || g_str_equal(link, "both");
  gboolean by_document = g_str_equal(link, "document") || g_str_equal(link, "both");
  const char *receipt = by_receipt ? sale->id : other;
  json_t *payments = json_object_get(order->document, "payments");

  order->sale = g_strdup(sale->id);
  json_object_set_new(order->document, "receiptId", json_string(receipt));
  json_object_set_new(order->document, "internalOrderDocumentId",
                      json_string(by_document ? sale->id : other));
  for (gsize i = 0; i < json_array_size(payments); i++) {
    json_t *payment = json_array_get(payments, i);
    json_object_set_new(payment, "receiptId", json_string(receipt));
    json_object_set_new(payment, "receipt", json_pack("{s:s}", "id", receipt));
  }
}

/**
 * sim_sales_process:
 * @sim: the simulator
 * @order: an order that the iPad shows
 *
 * Does what "Process order" does: makes the fiscal document and links the order to it. That its id
 * is the receiptId is a guess and a switch (PROTOCOL 5.2).
 */
void
sim_sales_process(Simulator *sim, SimOrder *order)
{
  SimSale *sale = sim_sale_new(sim, order->pos, "SALE", "paid");
  g_autoptr(GArray) lines = collect_order_lines(sim, order);

  sim_sale_fill(sim, sale, lines, collect_order_payments(sim, order));
  link_order(sim, order, sale);
  sim_order_set_status(sim, order, sim_order_get_status(order), NULL);
  sim_sales_keep(sim, sale);
}

static void
set_unknown(GError **error, const char *what, const char *name)
{
  g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no %s \"%s\"", what, name);
}

static gboolean
collect_wish_lines(Simulator *sim, const json_t *wish, GArray *lines, GError **error)
{
  const json_t *rows = json_object_get(wish, "items");

  for (gsize i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    const char *name = sim_wire_get_text(row, "item", "");
    SimItem *item = sim_catalogue_find_item(sim->catalogue, name);
    if (item == NULL) {
      set_unknown(error, "item", name);
      return FALSE;
    }

    double price = sim_wire_get_number(row, "unitPrice", (double)item->price / 100);
    SimSaleLine line = {
      .item = item,
      .label = g_strdup(item->name),
      .quantity = sim_wire_get_number(row, "quantity", 1),
      .unit_price = sim_wire_to_minor(price),
      .rate_bp = choose_rate(item, sim_wire_get_text(wish, "orderType", "EAT_IN")),
      .discount = sim_wire_get_number(row, "discountRate", 0),
    };
    line.total =
        (gint64)llround((double)line.unit_price * line.quantity * (1 - line.discount / 100));
    g_array_append_val(lines, line);
  }
  return TRUE;
}

static gint64
sum_lines(const GArray *lines)
{
  gint64 sum = 0;
  for (guint i = 0; i < lines->len; i++)
    sum += g_array_index(lines, SimSaleLine, i).total;
  return sum;
}

static json_t *
collect_wish_payments(Simulator *sim, const json_t *wish, gint64 total)
{
  const json_t *rows = json_object_get(wish, "payments");
  json_t *payments = json_array();

  if (!json_is_array(rows))
    json_array_append_new(payments, sim_sale_build_payment(sim, NULL, "Espèces", total));
  for (gsize i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    gint64 amount = sim_wire_to_minor(sim_wire_get_number(row, "amount", (double)total / 100));
    json_array_append_new(
        payments, sim_sale_build_payment(sim, sim_wire_get_text(row, "type", NULL),
                                         sim_wire_get_text(row, "name", "Espèces"), amount));
  }
  return payments;
}

static void
take_from_stock(Simulator *sim, const SimSale *sale, const GArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    const SimSaleLine *line = &g_array_index(lines, SimSaleLine, i);
    if (line->item == NULL || !line->item->manage_stock)
      continue;
    SimStock *stock = sim_item_get_stock(sim, line->item, sale->store->index);
    stock->stock -= line->total < 0 && line->quantity > 0 ? -line->quantity : line->quantity;
  }
  sim_touch(sim);
}

/* The sign of a refund is unknown (PROTOCOL 3.13), so it is a switch. */
static void
turn_lines(const Simulator *sim, GArray *lines)
{
  if (sim_switch_is(sim, "refund_sign", "positive"))
    return;
  for (guint i = 0; i < lines->len; i++) {
    SimSaleLine *line = &g_array_index(lines, SimSaleLine, i);
    line->quantity = -line->quantity;
    line->total = -line->total;
  }
}

static void
link_documents(SimSale *sale, SimSale *original)
{
  json_array_append_new(json_object_get(sale->document, "parents"),
                        json_pack("{s:s}", "id", original->id));
  json_array_append_new(json_object_get(original->document, "children"),
                        json_pack("{s:s}", "id", sale->id));
}

/**
 * sim_sales_ring_up:
 * @sim: the simulator
 * @wish: what staff ring up, as at the control port
 * @error: return location for an error
 *
 * Makes a ticket on the iPad without an order; `refundOf` and `cancelOf` name an earlier one.
 *
 * Fails with %G_IO_ERROR_INVALID_ARGUMENT when an item, register or ticket does not exist.
 *
 * Returns: (transfer none) (nullable): the sale
 */
SimSale *
sim_sales_ring_up(Simulator *sim, const json_t *wish, GError **error)
{
  const SimPos *pos = sim_stores_find_pos(sim->stores, sim_wire_get_text(wish, "pos", NULL));
  const char *refunded = sim_wire_get_text(wish, "refundOf", NULL);
  const char *cancelled = sim_wire_get_text(wish, "cancelOf", NULL);
  const char *original_id = refunded != NULL ? refunded : cancelled;
  SimSale *original = original_id != NULL ? sim_sales_get(sim, original_id) : NULL;
  g_autoptr(GArray) lines = sim_sale_lines_new();

  if (pos == NULL) {
    set_unknown(error, "register", sim_wire_get_text(wish, "pos", ""));
    return NULL;
  }
  if (original_id != NULL && original == NULL) {
    set_unknown(error, "sale", original_id);
    return NULL;
  }
  if (!collect_wish_lines(sim, wish, lines, error))
    return NULL;

  const char *type = original_id != NULL && cancelled == NULL
                         ? sim_switches_get(sim->switches, "refund_type")
                         : "SALE";
  const char *status = cancelled != NULL ? "canceller" : sim_wire_get_text(wish, "status", "paid");
  SimSale *sale = sim_sale_new(sim, pos, sim_wire_get_text(wish, "type", type), status);
  if (original_id != NULL)
    turn_lines(sim, lines);
  take_from_stock(sim, sale, lines);
  sim_sale_fill(sim, sale, lines, collect_wish_payments(sim, wish, sum_lines(lines)));
  if (json_is_false(json_object_get(wish, "payments")))
    json_object_del(sale->document, "payments");
  if (original != NULL)
    link_documents(sale, original);
  if (cancelled != NULL)
    json_object_set_new(original->document, "status", json_string("cancelled"));
  sim_sales_keep(sim, sale);
  return sale;
}

/**
 * sim_sales_get:
 * @sim: the simulator
 * @id: a sale's id
 *
 * Finds a sale.
 *
 * Returns: (transfer none) (nullable): the sale
 */
SimSale *
sim_sales_get(const Simulator *sim, const char *id)
{
  for (guint i = 0; i < sim->sales->rows->len; i++) {
    SimSale *sale = g_ptr_array_index(sim->sales->rows, i);
    if (g_str_equal(sale->id, id))
      return sale;
  }
  return NULL;
}

/**
 * sim_sale_get_status:
 * @sale: a sale
 *
 * Tells its status.
 *
 * Returns: (transfer none): the status
 */
const char *
sim_sale_get_status(const SimSale *sale)
{
  return sim_wire_get_text(sale->document, "status", "");
}

/**
 * sim_sales_complete_shift:
 * @sim: the simulator
 * @shift: a shift's id
 *
 * Marks the paid sales of a shift as completed.
 */
void
sim_sales_complete_shift(Simulator *sim, const char *shift)
{
  for (guint i = 0; i < sim->sales->rows->len; i++) {
    SimSale *sale = g_ptr_array_index(sim->sales->rows, i);
    if (g_str_equal(sale->shift, shift) && g_str_equal(sim_sale_get_status(sale), "paid"))
      json_object_set_new(sale->document, "status", json_string("completed"));
  }
}

/**
 * sim_sales_free:
 * @self: (nullable) (transfer full): the list
 *
 * Releases the list.
 */
void
sim_sales_free(SimSales *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref(self->rows);
  g_free(self);
}
