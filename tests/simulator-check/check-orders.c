/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Posting, repeating, listing and cancelling orders. */

#include "checks.h"
#include "fixture.h"

static void
order_is_stored_and_echoed(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) reply = post_order(self, &(Wish){ 0 });
  assert_int_equal(reply->status, 201);
  assert_string_equal(text_at(reply->json, "orderId"), "order-1");
  assert_string_equal(text_at(reply->json, "status"), "not_acked");
  assert_string_equal(text_at(reply->json, "payments.0.type"), "ONLINE");
  assert_true(json_is_null(value_at(reply->json, "payments.0.receipt")));
  g_autofree char *item = find_item(self, "honey-flowers");
  assert_string_equal(text_at(reply->json, "items.0.productId"), item);
  assert_int_equal(count(self, "orders"), 1);
}

static void
same_order_id_answers_the_first_document(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) first = post_order(self, &(Wish){ 0 });
  g_autoptr(HttpReply) again = post_order(self, &(Wish){ .quantity = "1", .payment = "6.5" });
  assert_int_equal(again->status, 201);
  assert_true(json_equal(first->json, again->json));
  assert_int_equal(count(self, "orders"), 1);
  set_switch(self, "duplicate_status", "200");
  g_autoptr(HttpReply) third = post_order(self, &(Wish){ 0 });
  assert_int_equal(third->status, 200);
}

static void
other_channel_with_the_same_id_is_another_order(void **state)
{
  const Fixture *self = *state;
  g_autofree char *body = build_order(self, &(Wish){ 0 });
  g_auto(GStrv) parts = g_strsplit(body, "\"CHECK\"", 2);
  g_autofree char *other = g_strjoinv("\"OTHER\"", parts);
  g_autoptr(HttpReply) first = post_order(self, &(Wish){ 0 });
  g_autoptr(HttpReply) second =
      api_body(self, "POST", other, "/v1/stores/%s/orders?pos=%s", self->store, self->pos);
  assert_string_not_equal(text_at(first->json, "id"), text_at(second->json, "id"));
  assert_int_equal(count(self, "orders"), 2);
}

static void
missing_fields_are_400_with_a_list(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) reply = api_body(
      self, "POST", "{\"items\":[{}],\"payments\":[{\"amount\":1,\"paymentType\":\"CASH\"}]}",
      "/v1/stores/%s/orders?pos=%s", self->store, self->pos);
  assert_int_equal(reply->status, 400);
  assert_string_equal(text_at(reply->json, "error"), "Bad Request");
  assert_true(json_array_size(value_at(reply->json, "message")) >= 12);
}

static void
broken_json_is_400(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) reply =
      api_body(self, "POST", "{\"items\":", "/v1/stores/%s/orders?pos=%s", self->store, self->pos);
  assert_int_equal(reply->status, 400);
}

static void
unknown_item_is_400_or_404(void **state)
{
  const Fixture *self = *state;
  g_autofree char *body = build_order(self, &(Wish){ 0 });
  g_autofree char *item = find_item(self, "honey-flowers");
  g_auto(GStrv) parts = g_strsplit(body, item, 2);
  g_autofree char *unknown = g_strjoinv("nothing", parts);
  g_autoptr(HttpReply) bad =
      api_body(self, "POST", unknown, "/v1/stores/%s/orders?pos=%s", self->store, self->pos);
  assert_int_equal(bad->status, 400);
  set_switch(self, "unknown_item", "404");
  g_autoptr(HttpReply) missing =
      api_body(self, "POST", unknown, "/v1/stores/%s/orders?pos=%s", self->store, self->pos);
  assert_int_equal(missing->status, 404);
}

static void
wrong_product_type_is_400(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) reply = post_order(self, &(Wish){ .type = "MENU" });
  assert_int_equal(reply->status, 400);
  assert_int_equal(count(self, "orders"), 0);
}

static void
price_check_is_off_by_default(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) open = post_order(self, &(Wish){ .price = "1", .payment = "2" });
  assert_int_equal(open->status, 201);
  set_switch(self, "price_check", "on");
  g_autoptr(HttpReply) strict =
      post_order(self, &(Wish){ .order_id = "order-2", .price = "1", .payment = "2" });
  assert_int_equal(strict->status, 400);
}

static void
missing_licence_is_401_with_the_sentence(void **state)
{
  const Fixture *self = *state;
  control_done(self, "POST", "/licence", "{\"active\":false}");
  g_autoptr(HttpReply) reply = post_order(self, &(Wish){ 0 });
  g_autofree char *sentence = g_strdup_printf(
      "Pos %s does not have an Order Management Module license! Please activate the module in the "
      "POS/Cash register in order to receive orders",
      self->pos);
  assert_int_equal(reply->status, 401);
  assert_string_equal(text_at(reply->json, "message"), sentence);
  g_autoptr(HttpReply) token = api(self, "GET", "/v1/authentication");
  assert_int_equal(token->status, 200);
}

static void
pos_may_be_omitted_in_a_store_with_one(void **state)
{
  const Fixture *self = *state;
  g_autofree char *body = build_order(self, &(Wish){ 0 });
  g_autoptr(HttpReply) reply = api_body(self, "POST", body, "/v1/stores/%s/orders", self->store);
  assert_int_equal(reply->status, 201);
}

static void
list_needs_pos_and_shows_new_orders_only(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) posted = post_order(self, &(Wish){ 0 });
  g_autoptr(HttpReply) without =
      api(self, "GET", "/v1/stores/%s/orders?page=0&pageSize=10", self->store);
  assert_int_equal(without->status, 400);
  g_autoptr(HttpReply) fresh =
      api(self, "GET", "/v1/stores/%s/orders?pos=%s&page=0&pageSize=10", self->store, self->pos);
  assert_int_equal(json_array_size(value_at(fresh->json, "items")), 1);
  control_done(self, "POST", "/tap", "{\"tap\":\"ingest\"}");
  g_autoptr(HttpReply) taken =
      api(self, "GET", "/v1/stores/%s/orders?pos=%s&page=0&pageSize=10", self->store, self->pos);
  assert_int_equal(json_array_size(value_at(taken->json, "items")), 0);
  g_autoptr(HttpReply) all =
      api(self, "GET", "/v1/stores/%s/orders?pos=%s&status=all&page=0&pageSize=10", self->store,
          self->pos);
  assert_int_equal(json_array_size(value_at(all->json, "items")), 1);
  g_autoptr(HttpReply) open =
      api(self, "GET", "/v1/stores/%s/orders?pos=%s&status=in_progress&pageSize=10", self->store,
          self->pos);
  assert_int_equal(json_array_size(value_at(open->json, "items")), 1);
}

static guint
count_between(const Fixture *self, const char *from, const char *to)
{
  g_autoptr(HttpReply) reply =
      api(self, "GET", "/v1/stores/%s/orders?pos=%s&status=all&pageSize=10&from=%s&to=%s",
          self->store, self->pos, from, to);
  return (guint)json_array_size(value_at(reply->json, "items"));
}

static void
list_times_are_those_of_pickup(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) posted = post_order(self, &(Wish){ 0 });
  assert_int_equal(posted->status, 201);
  assert_int_equal(count_between(self, "1767261600000", "1767261600001"), 1);
  assert_int_equal(count_between(self, "1767261500000", "1767261600000"), 0);
}

static void
order_is_found_by_the_id_that_the_switch_says(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) posted = post_order(self, &(Wish){ 0 });
  const char *id = text_at(posted->json, "id");
  g_autoptr(HttpReply) by_server = api(self, "GET", "/v1/stores/%s/orders/%s", self->store, id);
  assert_int_equal(by_server->status, 200);
  g_autoptr(HttpReply) by_ours = api(self, "GET", "/v1/stores/%s/orders/order-1", self->store);
  assert_int_equal(by_ours->status, 404);
  set_switch(self, "order_path_id", "channel");
  g_autoptr(HttpReply) turned = api(self, "GET", "/v1/stores/%s/orders/order-1", self->store);
  assert_int_equal(turned->status, 200);
  g_autoptr(HttpReply) no_more = api(self, "GET", "/v1/stores/%s/orders/%s", self->store, id);
  assert_int_equal(no_more->status, 404);
}

static void
order_is_cancelled_only_while_new(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) first = post_order(self, &(Wish){ 0 });
  g_autoptr(HttpReply) second = post_order(self, &(Wish){ .order_id = "order-2" });
  g_autoptr(HttpReply) without =
      api(self, "DELETE", "/v1/stores/%s/orders/%s", self->store, text_at(first->json, "id"));
  assert_int_equal(without->status, 400);
  g_autoptr(HttpReply) cancelled = api(self, "DELETE", "/v1/stores/%s/orders/%s?pos=%s",
                                       self->store, text_at(first->json, "id"), self->pos);
  assert_int_equal(cancelled->status, 200);
  assert_string_equal(text_at(cancelled->json, "status"), "cancelled_by_channel");
  control_done(self, "POST", "/tap", "{\"order\":\"order-2\",\"tap\":\"ingest\"}");
  g_autoptr(HttpReply) late = api(self, "DELETE", "/v1/stores/%s/orders/%s?pos=%s", self->store,
                                  text_at(second->json, "id"), self->pos);
  assert_int_equal(late->status, 400);
}

static void
cancelling_needs_its_own_permission(void **state)
{
  Fixture *self = *state;
  g_autoptr(HttpReply) posted = post_order(self, &(Wish){ 0 });
  json_t *narrowed =
      control(self, "POST", "/token", "{\"action\":\"narrow\",\"permissions\":\"no-cancel\"}");
  g_free(self->token);
  self->token = g_strdup(text_at(narrowed, "token"));
  json_decref(narrowed);
  g_autoptr(HttpReply) reply = api(self, "DELETE", "/v1/stores/%s/orders/%s?pos=%s", self->store,
                                   text_at(posted->json, "id"), self->pos);
  assert_int_equal(reply->status, 403);
}

static void
verification_stores_nothing(void **state)
{
  const Fixture *self = *state;
  g_autofree char *body = build_order(self, &(Wish){ 0 });
  g_autoptr(HttpReply) reply =
      api_body(self, "POST", body, "/v1/stores/%s/orders-with-payments/orders/verify?pos=%s",
               self->store, self->pos);
  assert_int_equal(reply->status, 200);
  assert_int_equal(count(self, "orders"), 0);
}

static void
control_keeps_the_request_as_received(void **state)
{
  const Fixture *self = *state;
  g_autofree char *body = build_order(self, &(Wish){ 0 });
  g_autoptr(HttpReply) posted = post_order(self, &(Wish){ 0 });
  json_t *orders = control(self, "GET", "/orders", NULL);
  assert_string_equal(text_at(orders, "orders.0.raw"), body);
  assert_int_equal((int)number_at(orders, "orders.0.totalMinor"), 1300);
  json_t *log = control(self, "GET", "/requests", NULL);
  assert_string_equal(text_at(log, "requests.0.orderId"), "order-1");
  assert_string_equal(text_at(log, "requests.0.sha256"), text_at(orders, "orders.0.sha256"));
  json_decref(log);
  json_decref(orders);
}

int
check_orders(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(order_is_stored_and_echoed, fixture_reset),
    cmocka_unit_test_setup(same_order_id_answers_the_first_document, fixture_reset),
    cmocka_unit_test_setup(other_channel_with_the_same_id_is_another_order, fixture_reset),
    cmocka_unit_test_setup(missing_fields_are_400_with_a_list, fixture_reset),
    cmocka_unit_test_setup(broken_json_is_400, fixture_reset),
    cmocka_unit_test_setup(unknown_item_is_400_or_404, fixture_reset),
    cmocka_unit_test_setup(wrong_product_type_is_400, fixture_reset),
    cmocka_unit_test_setup(price_check_is_off_by_default, fixture_reset),
    cmocka_unit_test_setup(missing_licence_is_401_with_the_sentence, fixture_reset),
    cmocka_unit_test_setup(pos_may_be_omitted_in_a_store_with_one, fixture_reset),
    cmocka_unit_test_setup(list_needs_pos_and_shows_new_orders_only, fixture_reset),
    cmocka_unit_test_setup(list_times_are_those_of_pickup, fixture_reset),
    cmocka_unit_test_setup(order_is_found_by_the_id_that_the_switch_says, fixture_reset),
    cmocka_unit_test_setup(order_is_cancelled_only_while_new, fixture_reset),
    cmocka_unit_test_setup(cancelling_needs_its_own_permission, fixture_reset),
    cmocka_unit_test_setup(verification_stores_nothing, fixture_reset),
    cmocka_unit_test_setup(control_keeps_the_request_as_received, fixture_reset),
  };
  return cmocka_run_group_tests_name("orders", tests, fixture_set_up_group,
                                     fixture_tear_down_group);
}
