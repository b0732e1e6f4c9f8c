/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is rarely read and what is written: boards, menus, hours, slots, customers, prices. */

#include "checks.h"
#include "fixture.h"

#include <string.h>

static char *
make_customer(const Fixture *self)
{
  g_autoptr(HttpReply) made = api_body(
      self, "POST", "{\"lastName\":\"Exemple\",\"email\":\"a@example.org\",\"loyaltyNumber\":7}",
      "/v1/stores/%s/customers", self->store);
  assert_int_equal(made->status, 201);
  assert_true(json_is_false(value_at(made->json, "professional")));
  assert_int_equal(json_array_size(value_at(made->json, "addresses")), 0);
  return g_strdup(text_at(made->json, "id"));
}

static void
customer_is_made_read_and_deleted(void **state)
{
  const Fixture *self = *state;
  g_autofree char *id = make_customer(self);
  g_autoptr(HttpReply) seen = api(self, "GET", "/v1/stores/%s/customers/%s", self->store, id);
  assert_int_equal(seen->status, 200);
  assert_string_equal(text_at(seen->json, "lastName"), "Exemple");
  g_autoptr(HttpReply) deleted = api(self, "DELETE", "/v1/stores/%s/customers/%s", self->store, id);
  assert_int_equal(deleted->status, 200);
  g_autoptr(HttpReply) gone = api(self, "GET", "/v1/stores/%s/customers/%s", self->store, id);
  assert_int_equal(gone->status, 404);
}

static void
customer_loses_what_a_put_omits_unless_it_is_kept(void **state)
{
  static const char body[] = "{\"id\":\"other\",\"email\":\"b@example.org\"}";
  const Fixture *self = *state;
  g_autofree char *id = make_customer(self);
  set_switch(self, "put_omitted", "keep");
  g_autoptr(HttpReply) kept =
      api_body(self, "PUT", body, "/v1/stores/%s/customers/%s", self->store, id);
  assert_string_equal(text_at(kept->json, "id"), id);
  assert_string_equal(text_at(kept->json, "email"), "b@example.org");
  assert_string_equal(text_at(kept->json, "lastName"), "Exemple");
  set_switch(self, "put_omitted", "erase");
  g_autoptr(HttpReply) erased =
      api_body(self, "PUT", body, "/v1/stores/%s/customers/%s", self->store, id);
  assert_string_equal(text_at(erased->json, "id"), id);
  assert_null(value_at(erased->json, "lastName"));
  assert_null(value_at(erased->json, "loyaltyNumber"));
  assert_true(json_is_array(value_at(erased->json, "addresses")));
}

static void
customer_of_a_wrong_type_is_400(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) made =
      api_body(self, "POST", "{\"email\":5,\"professional\":\"yes\",\"addresses\":{}}",
               "/v1/stores/%s/customers", self->store);
  assert_int_equal(made->status, 400);
  assert_int_equal(json_array_size(value_at(made->json, "message")), 3);
}

static void
customers_page_above_100_is_400(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) reply =
      api(self, "GET", "/v1/stores/%s/customers?page=0&pageSize=101", self->store);
  assert_int_equal(reply->status, 400);
}

static void
item_loses_the_texts_a_put_omits_unless_they_are_kept(void **state)
{
  const Fixture *self = *state;
  g_autofree char *id = find_item(self, "mustard");
  set_switch(self, "put_omitted", "keep");
  g_autoptr(HttpReply) kept =
      api_body(self, "PUT", "{\"reference\":\"R-1\",\"textLines\":[\"a\",\"b\"]}",
               "/v1/companies/%s/items/%s", self->company, id);
  g_autofree char *name = g_strdup(text_at(kept->json, "name"));
  set_switch(self, "put_omitted", "erase");
  g_autoptr(HttpReply) erased =
      api_body(self, "PUT", "{}", "/v1/companies/%s/items/%s", self->company, id);
  assert_string_equal(text_at(kept->json, "reference"), "R-1");
  assert_string_equal(text_at(kept->json, "textLines.0"), "a");
  assert_string_equal(text_at(erased->json, "reference"), "");
  assert_string_equal(text_at(erased->json, "textLines.0"), "");
  assert_string_equal(text_at(erased->json, "name"), name);
  assert_true(number_at(erased->json, "defaultPrice") == number_at(kept->json, "defaultPrice"));
}

static char *
find_list(const Fixture *self)
{
  g_autoptr(HttpReply) lists =
      api(self, "GET", "/v1/companies/%s/prices?page=0&pageSize=25", self->company);
  return g_strdup(text_at(lists->json, "items.0.id"));
}

static gsize
count_entries(const Fixture *self, const char *list)
{
  g_autoptr(HttpReply) entries =
      api(self, "GET", "/v1/companies/%s/prices/%s?page=0&pageSize=1000", self->company, list);
  return json_array_size(value_at(entries->json, "items"));
}

static void
many_prices_are_all_of_the_list_unless_it_is_kept(void **state)
{
  const Fixture *self = *state;
  g_autofree char *list = find_list(self);
  g_autofree char *id = find_item(self, "mustard");
  g_autofree char *body = g_strdup_printf("[{\"price\":4.2,\"itemId\":\"%s\"}]", id);
  gsize n_before = count_entries(self, list);
  set_switch(self, "put_omitted", "keep");
  g_autoptr(HttpReply) kept =
      api_body(self, "PUT", body, "/v1/companies/%s/prices/%s", self->company, list);
  assert_int_equal(kept->status, 200);
  assert_true(number_at(json_array_get(kept->json, 0), "price") == 4.2);
  assert_int_equal(count_entries(self, list), n_before);
  set_switch(self, "put_omitted", "erase");
  g_autoptr(HttpReply) erased =
      api_body(self, "PUT", body, "/v1/companies/%s/prices/%s", self->company, list);
  assert_int_equal(erased->status, 200);
  assert_int_equal(count_entries(self, list), 1);
}

static void
bad_prices_are_400_and_change_nothing(void **state)
{
  static const char *const bodies[] = { "[{\"price\":-1,\"itemId\":\"x\"}]", "{\"price\":1}",
                                        "[{\"itemId\":\"x\"}]",
                                        "[{\"price\":\"1\",\"itemId\":\"x\"}]" };
  const Fixture *self = *state;
  g_autofree char *list = find_list(self);
  gsize n_before = count_entries(self, list);
  for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
    g_autoptr(HttpReply) reply =
        api_body(self, "PUT", bodies[i], "/v1/companies/%s/prices/%s", self->company, list);
    assert_int_equal(reply->status, 400);
  }
  assert_int_equal(count_entries(self, list), n_before);
}

static void
price_list_without_store_name_or_prices_is_400(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) reply =
      api_body(self, "POST", "{}", "/v1/companies/%s/prices", self->company);
  assert_int_equal(reply->status, 400);
  assert_int_equal(json_array_size(value_at(reply->json, "message")), 3);
}

static void
price_list_of_a_store_is_made(void **state)
{
  const Fixture *self = *state;
  g_autofree char *body =
      g_strdup_printf("{\"store\":\"%s\",\"name\":\"Terrasse\",\"prices\":[]}", self->store);
  g_autoptr(HttpReply) made =
      api_body(self, "POST", body, "/v1/companies/%s/prices", self->company);
  assert_int_equal(made->status, 201);
  assert_string_equal(text_at(made->json, "ownerStoreId"), self->store);
  assert_int_equal(count_entries(self, text_at(made->json, "id")), 0);
}

static void
boards_are_a_bare_list_of_one_type(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) pos = api(self, "GET", "/v1/companies/%s/boards/POS", self->company);
  assert_int_equal(pos->status, 200);
  assert_int_equal(json_array_size(pos->json), 1);
  assert_string_equal(text_at(json_array_get(pos->json, 0), "type"), "POS");
  g_autoptr(HttpReply) none =
      api(self, "GET", "/v1/companies/%s/boards/TABLE_ORDER", self->company);
  assert_true(json_is_array(none->json));
  assert_int_equal(json_array_size(none->json), 0);
  g_autoptr(HttpReply) unknown =
      api(self, "GET", "/v1/companies/%s/boards/HOLOGRAM", self->company);
  assert_int_equal(unknown->status, 400);
}

static void
menus_are_one_object_without_pages(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) menus =
      api(self, "GET", "/v1/companies/%s/menus?type=CLICK_AND_COLLECT", self->company);
  assert_true(json_array_size(value_at(menus->json, "items")) > 0);
  assert_true(json_is_array(value_at(menus->json, "modifierGroups")));
  assert_null(value_at(menus->json, "hasNextPage"));
}

static void
slots_have_the_shape_of_the_switch(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) array = api(
      self, "GET", "/v1/stores/%s/order-slots/future?endDate=2099-01-01T00:00:00Z", self->store);
  assert_true(json_array_size(array->json) > 0);
  set_switch(self, "order_slots", "object");
  g_autoptr(HttpReply) object = api(
      self, "GET", "/v1/stores/%s/order-slots/future?endDate=2099-01-01T00:00:00Z", self->store);
  assert_true(json_is_array(value_at(object->json, "slots")));
  set_switch(self, "order_slots", "missing");
  g_autoptr(HttpReply) missing = api(
      self, "GET", "/v1/stores/%s/order-slots/future?endDate=2099-01-01T00:00:00Z", self->store);
  assert_int_equal(missing->status, 404);
}

static void
slots_without_an_end_are_400(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) without = api(self, "GET", "/v1/stores/%s/order-slots/future", self->store);
  assert_int_equal(without->status, 400);
  g_autoptr(HttpReply) odd =
      api(self, "GET", "/v1/stores/%s/order-slots/future?endDate=tomorrow", self->store);
  assert_int_equal(odd->status, 400);
}

static void
hours_name_the_days_and_the_zone(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) hours = api(self, "GET", "/v1/stores/%s/hours", self->store);
  assert_true(json_is_array(value_at(hours->json, "monday")));
  assert_string_equal(text_at(hours->json, "timezone"), "Europe/Paris");
}

static void
check_of_an_order_answers_what_the_switch_says(void **state)
{
  const Fixture *self = *state;
  g_autofree char *body = build_order(self, &(Wish){ 0 });
  g_autoptr(HttpReply) object =
      api_body(self, "POST", body, "/v1/stores/%s/orders-with-payments/orders/verify?pos=%s",
               self->store, self->pos);
  assert_int_equal(json_object_size(object->json), 0);
  set_switch(self, "verify_answer", "order");
  g_autoptr(HttpReply) order =
      api_body(self, "POST", body, "/v1/stores/%s/orders-with-payments/orders/verify?pos=%s",
               self->store, self->pos);
  assert_string_equal(text_at(order->json, "orderId"), "order-1");
  assert_null(value_at(order->json, "id"));
}

static void
check_of_an_order_paid_too_little_is_400(void **state)
{
  const Fixture *self = *state;
  g_autofree char *body = build_order(self, &(Wish){ .payment = "1" });
  g_autoptr(HttpReply) reply =
      api_body(self, "POST", body, "/v1/stores/%s/orders-with-payments/orders/verify?pos=%s",
               self->store, self->pos);
  assert_int_equal(reply->status, 400);
}

int
check_writes(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(customer_is_made_read_and_deleted, fixture_reset),
    cmocka_unit_test_setup(customer_loses_what_a_put_omits_unless_it_is_kept, fixture_reset),
    cmocka_unit_test_setup(customer_of_a_wrong_type_is_400, fixture_reset),
    cmocka_unit_test_setup(customers_page_above_100_is_400, fixture_reset),
    cmocka_unit_test_setup(item_loses_the_texts_a_put_omits_unless_they_are_kept, fixture_reset),
    cmocka_unit_test_setup(many_prices_are_all_of_the_list_unless_it_is_kept, fixture_reset),
    cmocka_unit_test_setup(bad_prices_are_400_and_change_nothing, fixture_reset),
    cmocka_unit_test_setup(price_list_without_store_name_or_prices_is_400, fixture_reset),
    cmocka_unit_test_setup(price_list_of_a_store_is_made, fixture_reset),
    cmocka_unit_test_setup(boards_are_a_bare_list_of_one_type, fixture_reset),
    cmocka_unit_test_setup(menus_are_one_object_without_pages, fixture_reset),
    cmocka_unit_test_setup(slots_have_the_shape_of_the_switch, fixture_reset),
    cmocka_unit_test_setup(slots_without_an_end_are_400, fixture_reset),
    cmocka_unit_test_setup(hours_name_the_days_and_the_zone, fixture_reset),
    cmocka_unit_test_setup(check_of_an_order_answers_what_the_switch_says, fixture_reset),
    cmocka_unit_test_setup(check_of_an_order_paid_too_little_is_400, fixture_reset),
  };
  return cmocka_run_group_tests_name("writes", tests, fixture_set_up_group,
                                     fixture_tear_down_group);
}
