/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sales and shifts, read only: there is no way to write or refund one (PROTOCOL 3.13, 3.14). */

#include "clock.h"
#include "route.h"
#include "sales.h"
#include "shifts.h"
#include "switches.h"
#include "wire.h"

static const char *const filters[] = { "paid",      "pending",   "all", "cancelled",
                                       "canceller", "completed", NULL };

static json_t *
build_sale(SimCall *call, gpointer row)
{
  const SimSale *sale = row;
  (void)call;
  return json_incref(sale->document); /* printed, and nothing else */
}

static gboolean
read_filter(SimCall *call, const char **status)
{
  *status = sim_call_query(call, "status");
  if (*status == NULL)
    *status = "all";
  if (g_strv_contains(filters, *status))
    return TRUE;

  g_autoptr(GPtrArray) messages = g_ptr_array_new();
  g_ptr_array_add(messages, (gpointer) "status must be one of the following values: paid, pending, "
                                       "all, cancelled, canceller, completed");
  sim_call_fail_fields(call, messages);
  return FALSE;
}

static gboolean
matches(const SimCall *call, const SimSale *sale, const char *status)
{
  gint64 from_ms = 0;
  gint64 to_ms = 0;

  if (!g_str_equal(sale->store->id, sim_call_get(call, "store")))
    return FALSE;
  if (!g_str_equal(status, "all") && !g_str_equal(status, sim_sale_get_status(sale)))
    return FALSE;
  if (sim_call_query_ms(call, "from", &from_ms) && sale->at_ms < from_ms)
    return FALSE;
  return !sim_call_query_ms(call, "to", &to_ms) || sale->at_ms < to_ms;
}

static void
list_sales(SimCall *call)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new();
  const char *status = NULL;

  if (!read_filter(call, &status))
    return;
  for (guint i = 0; i < call->sim->sales->rows->len; i++) {
    SimSale *sale = g_ptr_array_index(call->sim->sales->rows, i);
    if (matches(call, sale, status))
      g_ptr_array_add(rows, sale);
  }
  sim_call_answer_page(call, rows, build_sale);
}

static void
get_sale(SimCall *call)
{
  const SimSale *sale = sim_sales_get(call->sim, sim_call_get(call, "sale"));
  if (sale == NULL || !g_str_equal(sale->store->id, sim_call_get(call, "store"))) {
    sim_call_fail(call, 404, "Sale %s not found", sim_call_get(call, "sale"));
    return;
  }
  sim_call_answer(call, 200, json_deep_copy(sale->document));
}

static json_t *
build_shift(SimCall *call, gpointer row)
{
  (void)call;
  return sim_shift_build(row);
}

/* Without from and to only the current day is listed (PROTOCOL 3.14, spec). */
static void
list_shifts(SimCall *call)
{
  gint64 now_ms = sim_clock_now_ms(call->sim);
  gint64 from_ms = G_MININT64;
  gint64 to_ms = G_MAXINT64;
  gboolean bounded = sim_call_query_ms(call, "from", &from_ms);
  bounded |= sim_call_query_ms(call, "to", &to_ms);
  g_autoptr(GPtrArray) rows = g_ptr_array_new();

  if (!bounded && sim_switch_is(call->sim, "shifts_default", "day"))
    from_ms = now_ms - now_ms % SIM_DAY_MS;
  for (guint i = 0; i < call->sim->shifts->rows->len; i++) {
    SimShift *shift = g_ptr_array_index(call->sim->shifts->rows, i);
    if (g_str_equal(shift->pos->store, sim_call_get(call, "store")) && shift->start_ms >= from_ms &&
        shift->start_ms < to_ms)
      g_ptr_array_add(rows, shift);
  }
  sim_call_answer_page(call, rows, build_shift);
}

static void
list_shift_sales(SimCall *call)
{
  const SimShift *shift = sim_shifts_get(call->sim, sim_call_get(call, "shift"));
  g_autoptr(GPtrArray) rows = g_ptr_array_new();
  const char *status = NULL;

  if (shift == NULL) {
    sim_call_fail(call, 404, "Shift %s not found", sim_call_get(call, "shift"));
    return;
  }
  if (!read_filter(call, &status))
    return;
  for (guint i = 0; i < call->sim->sales->rows->len; i++) {
    SimSale *sale = g_ptr_array_index(call->sim->sales->rows, i);
    if (g_str_equal(sale->shift, shift->id) && matches(call, sale, status))
      g_ptr_array_add(rows, sale);
  }
  sim_call_answer_page(call, rows, build_sale);
}

#define STORE "/v1/stores/{store}"

const SimRoute sim_routes_sales[] = {
  { "GET", STORE "/sales", "store.sales.read", 100, SIM_ROUTE_PLAIN, list_sales },
  { "GET", STORE "/sales/{sale}", "store.sales.read", 0, SIM_ROUTE_PLAIN, get_sale },
  { "GET", STORE "/shifts", "store.sales.read", 100, SIM_ROUTE_PLAIN, list_shifts },
  { "GET", STORE "/shifts/{shift}/sales", "store.sales.read", 100, SIM_ROUTE_PLAIN,
    list_shift_sales },
  { 0 },
};
