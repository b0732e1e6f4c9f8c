/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Customers: no search, page and match (PROTOCOL 3.15). Loyalty is kept empty. */

#include "clock.h"
#include "identity.h"
#include "route.h"
#include "switches.h"
#include "wire.h"

static json_t *
get_list(const SimCall *call)
{
  return json_object_get(call->sim->customers, sim_call_get(call, "store"));
}

static json_t *
build_customer(SimCall *call, gpointer row)
{
  (void)call;
  return json_deep_copy(row);
}

static void
list_customers(SimCall *call)
{
  const json_t *list = get_list(call);
  g_autoptr(GPtrArray) rows = g_ptr_array_new();

  for (gsize i = 0; i < json_array_size(list); i++)
    g_ptr_array_add(rows, json_array_get(list, i));
  sim_call_answer_page(call, rows, build_customer);
}

static json_t *
find_customer(SimCall *call, gsize *place)
{
  const json_t *list = get_list(call);
  const char *id = sim_call_get(call, "customer");

  for (gsize i = 0; i < json_array_size(list); i++) {
    json_t *row = json_array_get(list, i);
    if (!g_str_equal(sim_wire_get_text(row, "id", ""), id))
      continue;
    if (place != NULL)
      *place = i;
    return row;
  }
  sim_call_fail(call, 404, "Customer %s not found", id);
  return NULL;
}

static const char *const texts[] = { "lastName",    "firstName", "phoneNumber", "mobileNumber",
                                     "email",       "note",      "dateOfBirth", "companyName",
                                     "companyType", "codeApe",   "siretNumber", "vatNumber" };

static gboolean
check_customer(SimCall *call)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func(g_free);
  const json_t *professional = json_object_get(call->body, "professional");
  const json_t *addresses = json_object_get(call->body, "addresses");

  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    const json_t *text = json_object_get(call->body, texts[i]);
    if (text != NULL && !json_is_string(text) && !json_is_null(text))
      g_ptr_array_add(messages, g_strdup_printf("%s must be a string", texts[i]));
  }
  if (professional != NULL && !json_is_boolean(professional))
    g_ptr_array_add(messages, g_strdup("professional must be a boolean value"));
  if (addresses != NULL && !json_is_array(addresses))
    g_ptr_array_add(messages, g_strdup("addresses must be an array"));
  if (messages->len == 0)
    return TRUE;
  sim_call_fail_fields(call, messages);
  return FALSE;
}

/* What every customer has, whatever was sent (PROTOCOL 3.15, spec). */
static void
complete_customer(json_t *row)
{
  if (json_object_get(row, "professional") == NULL)
    json_object_set_new(row, "professional", json_false());
  if (json_object_get(row, "addresses") == NULL)
    json_object_set_new(row, "addresses", json_array());
}

static void
create_customer(SimCall *call)
{
  if (!check_customer(call))
    return;

  g_autofree char *id = sim_identity_next(call->sim, "customer");
  json_t *row = json_deep_copy(call->body);

  json_object_set_new(row, "id", json_string(id));
  complete_customer(row);
  json_array_append_new(get_list(call), row);
  sim_call_answer(call, 201, json_deep_copy(row));
}

static void
get_customer(SimCall *call)
{
  const json_t *row = find_customer(call, NULL);
  if (row != NULL)
    sim_call_answer(call, 200, json_deep_copy(row));
}

static void
edit_customer(SimCall *call)
{
  json_t *row = find_customer(call, NULL);
  if (row == NULL || !check_customer(call))
    return;
  g_autofree char *id = g_strdup(sim_wire_get_text(row, "id", ""));
  if (sim_switch_is(call->sim, "put_omitted", "erase"))
    json_object_clear(row);
  json_object_update(row, call->body);
  json_object_set_new(row, "id", json_string(id));
  complete_customer(row);
  sim_call_answer(call, 200, json_deep_copy(row));
}

static void
delete_customer(SimCall *call)
{
  gsize place = 0;
  const json_t *row = find_customer(call, &place);
  if (row == NULL)
    return;
  sim_call_answer(call, 200, json_deep_copy(row));
  json_array_remove(get_list(call), place);
}

static void
list_nothing(SimCall *call)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new();
  if (find_customer(call, NULL) != NULL)
    sim_call_answer_page(call, rows, build_customer);
}

static void
get_balance(SimCall *call)
{
  if (find_customer(call, NULL) != NULL)
    sim_call_answer(
        call, 200,
        json_pack("{s:i, s:I}", "points", 0, "timestamp", (json_int_t)sim_clock_now_ms(call->sim)));
}

static void
add_points(SimCall *call)
{
  if (find_customer(call, NULL) != NULL)
    sim_call_answer(call, 201, json_deep_copy(call->body));
}

#define CUSTOMERS "/v1/stores/{store}/customers"
#define CUSTOMER  CUSTOMERS "/{customer}"

const SimRoute sim_routes_customers[] = {
  { "GET", CUSTOMERS, "store.customers.read", 100, SIM_ROUTE_PLAIN, list_customers },
  { "POST", CUSTOMERS, "store.customers.write", 0, SIM_ROUTE_BODY, create_customer },
  { "GET", CUSTOMER, "store.customers.read", 0, SIM_ROUTE_PLAIN, get_customer },
  { "PUT", CUSTOMER, "store.customers.write", 0, SIM_ROUTE_BODY, edit_customer },
  { "DELETE", CUSTOMER, "store.customers.delete", 0, SIM_ROUTE_PLAIN, delete_customer },
  { "GET", CUSTOMER "/loyalties/history", "store.loyalties.read", 100, SIM_ROUTE_PLAIN,
    list_nothing },
  { "POST", CUSTOMER "/loyalties/history", "store.loyalties.write", 0, SIM_ROUTE_BODY, add_points },
  { "GET", CUSTOMER "/loyalties/balance", "store.loyalties.read", 0, SIM_ROUTE_PLAIN, get_balance },
  { "GET", CUSTOMER "/sales", "store.sales.read", 50, SIM_ROUTE_PLAIN, list_nothing },
  { 0 },
};
