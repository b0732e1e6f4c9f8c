/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The document of a sale (PROTOCOL 3.13): line prices are totals of the line, amounts are euros. */

#include "catalogue-rows.h"
#include "clock.h"
#include "identity.h"
#include "sales.h"
#include "shifts.h"
#include "switches.h"
#include "wire.h"

#include <math.h>

#define BASIS_POINTS 10000

static void
clear_line(gpointer data)
{
  SimSaleLine *line = data;
  g_free(line->label);
}

/**
 * sim_sale_lines_new:
 *
 * Makes an empty list of lines.
 *
 * Returns: (transfer full): an array of SimSaleLine
 */
GArray *
sim_sale_lines_new(void)
{
  GArray *lines = g_array_new(FALSE, TRUE, sizeof(SimSaleLine));
  g_array_set_clear_func(lines, clear_line);
  return lines;
}

/* Numbers run per register (PROTOCOL 3.13). */
static int
choose_number(const Simulator *sim, const SimPos *pos)
{
  for (guint i = sim->sales->rows->len; i > 0; i--) {
    const SimSale *sale = g_ptr_array_index(sim->sales->rows, i - 1);
    if (sale->pos == pos)
      return (int)sim_wire_get_number(sale->document, "number", 0) + 1;
  }
  return 1;
}

/**
 * sim_sale_new:
 * @sim: the simulator
 * @pos: the register, whose shift opens if none is
 * @type: SALE or what a refund is called
 * @status: paid, pending, ...
 *
 * Starts a ticket.
 *
 * Returns: (transfer full): the sale
 */
SimSale *
sim_sale_new(Simulator *sim, const SimPos *pos, const char *type, const char *status)
{
  SimSale *sale = g_new0(SimSale, 1);
  sale->id = sim_identity_next(sim, "sale");
  sale->pos = pos;
  sale->store = sim_stores_get_store(sim->stores, pos->store);
  sale->shift = g_strdup(sim_shifts_open(sim, pos)->id);
  sale->at_ms = sim_clock_now_ms(sim);
  sale->document =
      json_pack("{s:s, s:i, s:s, s:s, s:I, s:s, s:s, s:n, s:n, s:n, s:[], s:[]}", "id", sale->id,
                "number", choose_number(sim, pos), "type", type, "status", status, "timestamp",
                (json_int_t)sale->at_ms, "registerShift", sale->shift, "pos", pos->id, "customer",
                "comment", "deliveryTime", "parents", "children");
  return sale;
}

static gint64
compute_vat(gint64 gross, guint rate_bp)
{
  gint64 divisor = BASIS_POINTS + rate_bp;
  gint64 magnitude = (ABS(gross) * rate_bp * 2 + divisor) / (divisor * 2);
  return gross < 0 ? -magnitude : magnitude;
}

static json_t *
build_price(gint64 gross, gint64 vat, guint rate_bp)
{
  return json_pack("{s:o, s:o, s:o, s:o}", "vatIncluded", sim_wire_minor(gross), "vatExcluded",
                   sim_wire_minor(gross - vat), "vatAmount", sim_wire_minor(vat), "vatRate",
                   sim_wire_number((double)rate_bp / BASIS_POINTS));
}

static json_t *
build_line_item(Simulator *sim, const SimSaleLine *line)
{
  if (line->item == NULL)
    return json_null();

  json_t *row = sim_catalogue_build_item(sim, line->item, SIM_ROW_LISTED);
  json_t *item = json_object();
  static const char *const kept[] = { "id",   "companyId", "name",   "textLines",
                                      "type", "unit",      "delete", "reference" };
  for (gsize i = 0; i < G_N_ELEMENTS(kept); i++)
    json_object_set(item, kept[i], json_object_get(row, kept[i]));
  json_decref(row);
  return item;
}

static json_t *
build_line(Simulator *sim, const SimSaleLine *line, gint64 vat)
{
  gboolean fraction = sim_switch_is(sim, "discount_rate", "fraction");
  g_autofree char *id = sim_identity_next(sim, "sale-line");
  return json_pack("{s:s, s:o, s:n, s:s, s:o, s:o, s:o, s:o}", "id", id, "item",
                   build_line_item(sim, line), "comment", "description", line->label, "quantity",
                   sim_wire_number(line->quantity), "unitPrice", sim_wire_minor(line->unit_price),
                   "price", build_price(line->total, vat, line->rate_bp), "discountRate",
                   sim_wire_number(fraction ? line->discount / 100 : line->discount));
}

/**
 * sim_sale_fill:
 * @sim: the simulator
 * @sale: a ticket
 * @lines: its lines
 * @payments: (transfer full): an array of payments
 *
 * Writes lines, totals and payments. The rate of the total means nothing on a mixed ticket.
 */
void
sim_sale_fill(Simulator *sim, SimSale *sale, GArray *lines, json_t *payments)
{
  json_t *rows = json_array();
  gint64 gross = 0;
  gint64 vat = 0;
  guint rate_bp = 0;

  for (guint i = 0; i < lines->len; i++) {
    const SimSaleLine *line = &g_array_index(lines, SimSaleLine, i);
    gint64 line_vat = compute_vat(line->total, line->rate_bp);
    gross += line->total;
    vat += line_vat;
    rate_bp = line->rate_bp;
    json_array_append_new(rows, build_line(sim, line, line_vat));
  }
  json_object_set_new(sale->document, "lines", rows);
  json_object_set_new(sale->document, "totalPrice", build_price(gross, vat, rate_bp));
  json_object_set_new(sale->document, "payments", payments);
}

/**
 * sim_sale_build_payment:
 * @sim: the simulator
 * @type: (nullable): often null in reality, with the label in the name (PROTOCOL 3.13)
 * @name: the merchant's label
 * @cents: the amount
 *
 * Builds a payment.
 *
 * Returns: (transfer full): the row
 */
json_t *
sim_sale_build_payment(Simulator *sim, const char *type, const char *name, gint64 cents)
{
  g_autofree char *id = sim_identity_next(sim, "sale-payment");
  return json_pack("{s:s, s:o, s:o, s:s}", "id", id, "type", sim_wire_text(type), "amount",
                   sim_wire_minor(cents), "name", name);
}
