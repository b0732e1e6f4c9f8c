/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Customers in a store's file: read, made, changed; and never in a message. */
#include "answer.h"
#include "api/clients.h"

#include <locale.h>
#include <string.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

static void
assert_request(ShopcaisseRequest *request, ShopcaisseMethod method, const char *path)
{
  assert_non_null(request);
  assert_int_equal(request->method, method);
  assert_string_equal(request->path, path);
  shopcaisse_request_free(request);
}

static char *
get_text(GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data(bytes, &size);

  return g_strndup(data, size);
}

static void
assert_body(GBytes *body, const char *text)
{
  g_autofree char *found = get_text(body);

  assert_string_equal(found, text);
  g_bytes_unref(body);
}

static void
requests_name_store_customer_and_page(void **state)
{
  g_autoptr(GBytes) body = answer_quoted("{}");

  assert_request(shopcaisse_clients_request("s", 3), SHOPCAISSE_METHOD_GET,
                 "/v1/stores/s/customers?page=3&pageSize=100");
  assert_request(shopcaisse_client_request("s", "c/1"), SHOPCAISSE_METHOD_GET,
                 "/v1/stores/s/customers/c%2F1");
  assert_request(shopcaisse_client_edit_request("s", "c", body), SHOPCAISSE_METHOD_PUT,
                 "/v1/stores/s/customers/c");
  assert_request(shopcaisse_client_delete_request("s", "c"), SHOPCAISSE_METHOD_DELETE,
                 "/v1/stores/s/customers/c");
}

static void
person_is_read(void **state)
{
  g_autoptr(GBytes) body = answer_load("customers.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_clients_parse(body, NULL);

  assert_non_null(page);
  assert_true(page->has_next);

  const ShopcaisseClient *person = g_ptr_array_index(page->rows, 0);

  assert_string_equal(person->last_name, "Exemple");
  assert_string_equal(person->first_name, "Ana");
  assert_null(person->mobile);
  assert_string_equal(person->date_of_birth, "1990-02-28");
  assert_false(person->professional);
  assert_int_equal(person->addresses->len, 0);
}

static void
company_is_read_with_its_address(void **state)
{
  g_autoptr(GBytes) body = answer_load("customers.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_clients_parse(body, NULL);
  const ShopcaisseClient *company = g_ptr_array_index(page->rows, 1);
  const ShopcaisseClientAddress *address = g_ptr_array_index(company->addresses, 0);

  assert_true(company->professional);
  assert_string_equal(company->company, "Exemple SARL");
  assert_string_equal(company->siret, "00000000000000");
  assert_string_equal(company->date_of_birth, "28/02/1990");
  assert_string_equal(address->postal_code, "59800");
  assert_true(address->is_default);
}

static void
message_names_the_field_and_no_person(void **state)
{
  g_autoptr(GBytes) body = answer_load("customers.json");
  g_autoptr(ShopcaissePage) page = shopcaisse_clients_parse(body, NULL);

  assert_int_equal(page->rejected->len, 1);
  assert_string_equal(g_ptr_array_index(page->rejected, 0),
                      "items[2].email: a string is wanted, found a number");
}

static void
unknown_fields_of_a_person_are_counted_by_name_alone(void **state)
{
  g_autoptr(GBytes) body =
      answer_quoted("{'items':[{'id':'c','shoeSize':'Ana','Ana Exemple':1,'addresses':[{'id':'a',"
                    "'door':'12A'}]}],'hasNextPage':false}");
  g_autoptr(ShopcaissePage) page = shopcaisse_clients_parse(body, NULL);
  g_autofree char *unknown = shopcaisse_tally_to_text(page->unknown);

  assert_null(strstr(unknown, "Ana"));
  assert_null(strstr(unknown, "12A"));
  assert_non_null(strstr(unknown, "customer.shoeSize (1)"));
  assert_non_null(strstr(unknown, "customer.? (1)"));
  assert_non_null(strstr(unknown, "customer.addresses.door (1)"));
}

/* Nothing says that they are there, nor where: docs/PROTOCOL.md 3.15. */
static void
loyalties_beside_a_person_change_nothing(void **state)
{
  static const char *const bodies[] = {
    "{'id':'c-1','lastName':'Roux','email':'a@example.org','addresses':[]}",
    "{'id':'c-1','lastName':'Roux','email':'a@example.org','addresses':[],"
    "'loyalties':{'points':120,'timestamp':1},'loyaltyGroup':null}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
    g_autoptr(GBytes) body = answer_quoted(bodies[i]);
    g_autoptr(ShopcaisseClient) client = shopcaisse_client_parse(body, NULL);

    assert_non_null(client);
    assert_string_equal(client->last_name, "Roux");
    assert_string_equal(client->email, "a@example.org");
  }
}

static void
new_person_is_sent_with_what_is_known(void **state)
{
  g_autoptr(ShopcaisseClient) client = g_new0(ShopcaisseClient, 1);
  g_autoptr(ShopcaisseRequest) request = NULL;

  client->id = g_strdup("not sent");
  client->last_name = g_strdup("Exemple");
  client->email = g_strdup("ana@example.org");
  request = shopcaisse_client_create_request("s", client);
  assert_int_equal(request->method, SHOPCAISSE_METHOD_POST);
  assert_string_equal(request->path, "/v1/stores/s/customers");
  assert_body(g_bytes_ref(request->body), "{\"lastName\":\"Exemple\",\"email\":\"ana@example.org\","
                                          "\"professional\":false,\"addresses\":[]}");
}

static void
new_company_is_sent_with_its_address(void **state)
{
  g_autoptr(ShopcaisseClient) client = g_new0(ShopcaisseClient, 1);
  ShopcaisseClientAddress *address = g_new0(ShopcaisseClientAddress, 1);
  g_autoptr(ShopcaisseRequest) request = NULL;

  client->company = g_strdup("Exemple SARL");
  client->professional = TRUE;
  client->addresses =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_client_address_free);
  address->city = g_strdup("Lille");
  g_ptr_array_add(client->addresses, address);
  request = shopcaisse_client_create_request("s", client);
  assert_body(g_bytes_ref(request->body),
              "{\"companyName\":\"Exemple SARL\",\"professional\":true,\"addresses\":[{\"city\":"
              "\"Lille\",\"default\":false}]}");
}

static void
change_keeps_all_that_was_read(void **state)
{
  g_autoptr(GBytes) read = answer_load("customer.json");
  g_autoptr(ShopcaisseClient) wanted = g_new0(ShopcaisseClient, 1);

  wanted->email = g_strdup("roux@example.org");
  wanted->note = g_strdup("");
  assert_body(shopcaisse_client_edit(read, wanted, NULL),
              "{\"id\": \"customer-1\",\"lastName\": \"Exemple\",\"firstName\": \"Ana\","
              "\"email\":\"roux@example.org\",\"professional\":false,\"balance\": 12.340,"
              "\"addresses\": [ { \"id\": \"address-1\", \"city\": \"Lille\", "
              "\"door\\u0043ode\": \"12A\" } ],\"loyalty\": { \"points\": 1e2 } ,\"note\":\"\"}");
}

static void
what_is_no_customer_is_not_changed(void **state)
{
  g_autoptr(GBytes) read = answer_quoted("{'lastName':'Exemple'}");
  ShopcaisseClient wanted = { .email = NULL };
  g_autoptr(GError) error = NULL;

  assert_null(shopcaisse_client_edit(read, &wanted, &error));
  assert_string_equal(error->message, "id: a string is wanted, found nothing");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(requests_name_store_customer_and_page),
    cmocka_unit_test(person_is_read),
    cmocka_unit_test(company_is_read_with_its_address),
    cmocka_unit_test(message_names_the_field_and_no_person),
    cmocka_unit_test(unknown_fields_of_a_person_are_counted_by_name_alone),
    cmocka_unit_test(loyalties_beside_a_person_change_nothing),
    cmocka_unit_test(new_person_is_sent_with_what_is_known),
    cmocka_unit_test(new_company_is_sent_with_its_address),
    cmocka_unit_test(change_keeps_all_that_was_read),
    cmocka_unit_test(what_is_no_customer_is_not_changed),
  };

  (void)setlocale(LC_ALL, ""); /* as a host does; any locale will do */
  return cmocka_run_group_tests(tests, NULL, NULL);
}
