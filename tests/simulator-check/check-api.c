/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Authentication, resources, paging, catalogue. */

#include "checks.h"
#include "fixture.h"

#include <string.h>

static void
authentication_echoes_token_and_bundle(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) reply = api(self, "GET", "/v1/authentication");
  assert_int_equal(reply->status, 200);
  assert_string_equal(text_at(reply->json, "token"), self->token);
  assert_string_equal(text_at(reply->json, "applicationId"), self->process->application);
  assert_true(json_is_array(value_at(reply->json, "bundle.resources")));
}

static void
token_is_a_jwt_with_33_permissions(void **state)
{
  const Fixture *self = *state;
  g_auto(GStrv) parts = g_strsplit(self->token, ".", -1);
  assert_int_equal(g_strv_length(parts), 3);
  g_strdelimit(parts[1], "-", '+');
  g_strdelimit(parts[1], "_", '/');
  g_autofree char *padded = g_strconcat(parts[1], "===", NULL);
  padded[(strlen(parts[1]) + 3) / 4 * 4] = '\0';
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode(padded, &length);
  json_t *payload = json_loadb((const char *)bytes, length, 0, NULL);
  assert_non_null(payload);
  assert_string_equal(text_at(payload, "data.namespace"), "prod");
  assert_int_equal(json_object_size(value_at(payload, "data.permissions")), 33);
  assert_int_equal(json_array_size(value_at(payload, "data.resources")), 2);
  assert_null(json_object_get(payload, "exp"));
  json_decref(payload);
}

static void
bad_token_is_403_or_401(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) forbidden =
      http_call(self->process->api, "GET", "/v1/stores", "x.y.z", NULL);
  assert_int_equal(forbidden->status, 403);
  set_switch(self, "auth_status", "401");
  g_autoptr(HttpReply) unauthorized =
      http_call(self->process->api, "GET", "/v1/stores", NULL, NULL);
  assert_int_equal(unauthorized->status, 401);
}

static void
renewed_token_revokes_the_one_before(void **state)
{
  Fixture *self = *state;
  json_t *renewed = control(self, "POST", "/token", "{\"action\":\"renew\"}");
  g_autoptr(HttpReply) old = api(self, "GET", "/v1/authentication");
  assert_int_equal(old->status, 403);
  g_free(self->token);
  self->token = g_strdup(text_at(renewed, "token"));
  json_decref(renewed);
  g_autoptr(HttpReply) fresh = api(self, "GET", "/v1/authentication");
  assert_int_equal(fresh->status, 200);
}

static void
missing_permission_is_403(void **state)
{
  Fixture *self = *state;
  json_t *narrowed =
      control(self, "POST", "/token", "{\"action\":\"narrow\",\"permissions\":\"no-sales\"}");
  g_free(self->token);
  self->token = g_strdup(text_at(narrowed, "token"));
  json_decref(narrowed);
  g_autoptr(HttpReply) sales =
      api(self, "GET", "/v1/stores/%s/sales?page=0&pageSize=10", self->store);
  assert_int_equal(sales->status, 403);
  g_autoptr(HttpReply) stocks =
      api(self, "GET", "/v1/stores/%s/stocks?page=0&pageSize=10", self->store);
  assert_int_equal(stocks->status, 200);
}

static void
foreign_store_is_403_and_unknown_is_404(void **state)
{
  const Fixture *self = *state;
  json_t *seen = control(self, "GET", "/state", NULL);
  g_autoptr(HttpReply) foreign = api(self, "GET", "/v1/stores/%s", text_at(seen, "stores.1.id"));
  assert_int_equal(foreign->status, 403);
  json_decref(seen);
  g_autoptr(HttpReply) unknown = api(self, "GET", "/v1/stores/nowhere");
  assert_int_equal(unknown->status, 404);
  g_autoptr(HttpReply) mixed = api(self, "GET", "/v1/companies/%s/items", self->store);
  assert_int_equal(mixed->status, 404);
}

static void
organisation_is_visible_whole(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) reply = api(self, "GET", "/v1/organisations?page=0&pageSize=25");
  assert_int_equal(json_array_size(value_at(reply->json, "items.0.companies")), 2);
  g_autoptr(HttpReply) companies = api(self, "GET", "/v1/companies?page=0&pageSize=25");
  assert_int_equal(json_array_size(value_at(companies->json, "items")), 1);
}

static void
unknown_routes_and_methods_are_404(void **state)
{
  const Fixture *self = *state;
  static const char *const targets[] = { "/v1/products", "/v1/webhooks", "/v2/stores", "/" };
  for (gsize i = 0; i < G_N_ELEMENTS(targets); i++) {
    g_autoptr(HttpReply) reply = api(self, "GET", "%s", targets[i]);
    assert_int_equal(reply->status, 404);
    assert_string_equal(text_at(reply->json, "error"), "Not Found");
  }
  g_autoptr(HttpReply) patched = api(self, "PATCH", "/v1/companies/%s/items", self->company);
  assert_int_equal(patched->status, 404);
  g_autoptr(HttpReply) posted = api(self, "POST", "/v1/companies/%s/families", self->company);
  assert_int_equal(posted->status, 404);
}

static void
page_size_above_the_cap_is_400(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) stores = api(self, "GET", "/v1/stores?page=0&pageSize=26");
  assert_int_equal(stores->status, 400);
  assert_string_equal(text_at(stores->json, "message"), "Page must be less or equal to 25");
  g_autoptr(HttpReply) items =
      api(self, "GET", "/v1/companies/%s/items?pageSize=1001", self->company);
  assert_int_equal(items->status, 400);
  g_autoptr(HttpReply) sales = api(self, "GET", "/v1/stores/%s/sales?pageSize=101", self->store);
  assert_int_equal(sales->status, 400);
}

static void
families_cap_is_a_switch(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) strict =
      api(self, "GET", "/v1/companies/%s/families?pageSize=200", self->company);
  assert_int_equal(strict->status, 400);
  set_switch(self, "families_cap_strict", "off");
  g_autoptr(HttpReply) open =
      api(self, "GET", "/v1/companies/%s/families?pageSize=200", self->company);
  assert_int_equal(open->status, 200);
}

static void
paging_covers_every_item_once(void **state)
{
  const Fixture *self = *state;
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  gboolean more = TRUE;
  for (guint page = 0; more; page++) {
    g_autoptr(HttpReply) reply =
        api(self, "GET", "/v1/companies/%s/items?page=%u&pageSize=10", self->company, page);
    json_t *items = value_at(reply->json, "items");
    assert_int_equal(reply->status, 200);
    for (gsize i = 0; i < json_array_size(items); i++)
      assert_true(g_hash_table_add(seen, g_strdup(text_at(json_array_get(items, i), "id"))));
    more = json_is_true(value_at(reply->json, "hasNextPage"));
  }
  assert_int_equal(g_hash_table_size(seen), count(self, "items"));
  g_autoptr(HttpReply) all = api(self, "GET", "/v1/companies/%s/items?pageSize=-1", self->company);
  assert_int_equal(json_array_size(value_at(all->json, "items")), g_hash_table_size(seen));
}

static void
skipped_is_settable(void **state)
{
  const Fixture *self = *state;
  set_switch(self, "skipped", "3");
  g_autoptr(HttpReply) reply = api(self, "GET", "/v1/stores?page=0&pageSize=25");
  assert_int_equal((int)number_at(reply->json, "skipped"), 3);
}

static void
id_with_trailing_letter_works(void **state)
{
  const Fixture *self = *state;
  g_autofree char *id = find_item(self, "honey-lime");
  assert_int_equal(strlen(id), 37);
  g_autoptr(HttpReply) reply = api(self, "GET", "/v1/companies/%s/items/%s", self->company, id);
  assert_int_equal(reply->status, 200);
  assert_string_equal(text_at(reply->json, "id"), id);
}

static void
created_item_is_simple_and_a_repetition_is_a_twin(void **state)
{
  const Fixture *self = *state;
  static const char body[] = "{\"name\":\"Nouveau\",\"price\":4.35,\"type\":\"MENU\","
                             "\"barcode\":\"0012345678905\",\"vatOnSite\":0.055}";
  g_autoptr(HttpReply) first =
      api_body(self, "POST", body, "/v1/companies/%s/items", self->company);
  assert_int_equal(first->status, 201);
  assert_string_equal(text_at(first->json, "type"), "SIMPLE");
  assert_true(number_at(first->json, "defaultPrice") == 4.35);
  assert_true(number_at(first->json, "vatTakeAway.rate") == 0.055);
  g_autoptr(HttpReply) twin = api_body(self, "POST", body, "/v1/companies/%s/items", self->company);
  assert_int_equal(twin->status, 201);
  assert_string_not_equal(text_at(first->json, "id"), text_at(twin->json, "id"));
}

static void
item_without_name_is_400_with_a_list(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) reply =
      api_body(self, "POST", "{}", "/v1/companies/%s/items", self->company);
  assert_int_equal(reply->status, 400);
  assert_int_equal(json_array_size(value_at(reply->json, "message")), 2);
}

static void
edit_drops_what_it_does_not_know(void **state)
{
  const Fixture *self = *state;
  g_autofree char *id = find_item(self, "mustard");
  g_autoptr(HttpReply) reply = api_body(
      self, "PUT", "{\"name\":\"Moutarde\",\"type\":\"MENU\",\"barcode\":\"1\",\"nonsense\":true}",
      "/v1/companies/%s/items/%s", self->company, id);
  assert_int_equal(reply->status, 200);
  assert_string_equal(text_at(reply->json, "name"), "Moutarde");
  assert_string_equal(text_at(reply->json, "type"), "SIMPLE");
  assert_null(value_at(reply->json, "nonsense"));
}

static void
deleted_item_is_flagged_or_gone(void **state)
{
  const Fixture *self = *state;
  g_autofree char *first = find_item(self, "mustard");
  g_autofree char *second = find_item(self, "vinegar");
  g_autoptr(HttpReply) flagged =
      api(self, "DELETE", "/v1/companies/%s/items/%s", self->company, first);
  assert_int_equal(flagged->status, 200);
  g_autoptr(HttpReply) seen = api(self, "GET", "/v1/companies/%s/items/%s", self->company, first);
  assert_true(json_is_true(value_at(seen->json, "delete")));
  set_switch(self, "item_delete", "gone");
  g_autoptr(HttpReply) removed =
      api(self, "DELETE", "/v1/companies/%s/items/%s", self->company, second);
  assert_int_equal(removed->status, 200);
  g_autoptr(HttpReply) unseen =
      api(self, "GET", "/v1/companies/%s/items/%s", self->company, second);
  assert_int_equal(unseen->status, 404);
}

static void
price_is_set_in_one_list(void **state)
{
  const Fixture *self = *state;
  g_autofree char *id = find_item(self, "mustard");
  g_autoptr(HttpReply) lists =
      api(self, "GET", "/v1/companies/%s/prices?page=0&pageSize=25", self->company);
  const char *list = text_at(lists->json, "items.1.id");
  g_autoptr(HttpReply) set =
      api_body(self, "PUT", "{\"price\":4.2}", "/v1/companies/%s/prices/%s/items/%s", self->company,
               list, id);
  assert_int_equal(set->status, 200);
  assert_true(number_at(set->json, "price") == 4.2);
  g_autoptr(HttpReply) item = api(self, "GET", "/v1/companies/%s/items/%s", self->company, id);
  assert_true(number_at(item->json, "defaultPrice") == 3.95);
  assert_true(number_at(item->json, "priceCollections.1.price") == 4.2);
}

static void
stocks_type_is_a_switch(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) open =
      api(self, "GET", "/v1/stores/%s/stocks?page=0&pageSize=1000", self->store);
  assert_int_equal(open->status, 200);
  set_switch(self, "stocks_type_required", "on");
  g_autoptr(HttpReply) strict =
      api(self, "GET", "/v1/stores/%s/stocks?page=0&pageSize=1000", self->store);
  assert_int_equal(strict->status, 400);
}

static void
keys_come_in_a_stable_disorder(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) first = api(self, "GET", "/v1/stores/%s", self->store);
  g_autoptr(HttpReply) second = api(self, "GET", "/v1/stores/%s", self->store);
  assert_memory_equal(first->body->data, second->body->data, first->body->len);
  set_switch(self, "key_order", "fixed");
  g_autoptr(HttpReply) fixed = api(self, "GET", "/v1/stores/%s", self->store);
  assert_memory_equal(fixed->body->data, "{\"id\":", 6);
  assert_memory_not_equal(fixed->body->data, first->body->data, first->body->len);
}

static void
request_log_never_shows_the_token(void **state)
{
  const Fixture *self = *state;
  json_decref(control(self, "GET", "/state", NULL));
  g_autoptr(HttpReply) seen = api(self, "GET", "/v1/stores?page=0&pageSize=25");
  assert_int_equal(seen->status, 200);
  json_t *log = control(self, "GET", "/requests", NULL);
  assert_string_equal(text_at(log, "requests.0.path"), "/v1/stores");
  assert_int_equal((int)number_at(log, "requests.0.status"), 200);
  assert_true(json_is_true(value_at(log, "requests.0.authorised")));
  char *text = json_dumps(log, 0);
  assert_null(strstr(text, self->token));
  free(text);
  json_decref(log);
}

int
check_api(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(authentication_echoes_token_and_bundle, fixture_reset),
    cmocka_unit_test_setup(token_is_a_jwt_with_33_permissions, fixture_reset),
    cmocka_unit_test_setup(bad_token_is_403_or_401, fixture_reset),
    cmocka_unit_test_setup(renewed_token_revokes_the_one_before, fixture_reset),
    cmocka_unit_test_setup(missing_permission_is_403, fixture_reset),
    cmocka_unit_test_setup(foreign_store_is_403_and_unknown_is_404, fixture_reset),
    cmocka_unit_test_setup(organisation_is_visible_whole, fixture_reset),
    cmocka_unit_test_setup(unknown_routes_and_methods_are_404, fixture_reset),
    cmocka_unit_test_setup(page_size_above_the_cap_is_400, fixture_reset),
    cmocka_unit_test_setup(families_cap_is_a_switch, fixture_reset),
    cmocka_unit_test_setup(paging_covers_every_item_once, fixture_reset),
    cmocka_unit_test_setup(skipped_is_settable, fixture_reset),
    cmocka_unit_test_setup(id_with_trailing_letter_works, fixture_reset),
    cmocka_unit_test_setup(created_item_is_simple_and_a_repetition_is_a_twin, fixture_reset),
    cmocka_unit_test_setup(item_without_name_is_400_with_a_list, fixture_reset),
    cmocka_unit_test_setup(edit_drops_what_it_does_not_know, fixture_reset),
    cmocka_unit_test_setup(deleted_item_is_flagged_or_gone, fixture_reset),
    cmocka_unit_test_setup(price_is_set_in_one_list, fixture_reset),
    cmocka_unit_test_setup(stocks_type_is_a_switch, fixture_reset),
    cmocka_unit_test_setup(keys_come_in_a_stable_disorder, fixture_reset),
    cmocka_unit_test_setup(request_log_never_shows_the_token, fixture_reset),
  };
  return cmocka_run_group_tests_name("api", tests, fixture_set_up_group, fixture_tear_down_group);
}
