/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Taps on the iPad, sales, shifts, stock. */

#include "checks.h"
#include "fixture.h"

static void
post(const Fixture *self, const Wish *wish)
{
  g_autoptr(HttpReply) reply = post_order(self, wish);
  assert_int_equal(reply->status, 201);
}

static void
tap(const Fixture *self, const char *tap, int n_tapped)
{
  g_autofree char *body = g_strdup_printf("{\"order\":\"all\",\"tap\":\"%s\"}", tap);
  json_t *answer = control(self, "POST", "/tap", body);
  assert_int_equal((int)number_at(answer, "tapped"), n_tapped);
  json_decref(answer);
}

static void
check_status(const Fixture *self, const char *status)
{
  json_t *orders = control(self, "GET", "/orders", NULL);
  assert_string_equal(text_at(orders, "orders.0.status"), status);
  json_decref(orders);
}

static void
kitchen_goes_its_way(void **state)
{
  const Fixture *self = *state;
  static const char *const steps[][2] = {
    { "ingest", "auto_accepted_waiting" },
    { "accept", "accepted" },
    { "prepare", "preparing" },
    { "prepared", "prepared" },
    { "ready", "ready_for_pickup" },
    { "done", "done" },
  };
  post(self, &(Wish){ 0 });
  for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
    tap(self, steps[i][0], 1);
    check_status(self, steps[i][1]);
  }
  tap(self, "prepare", 0);
}

static void
steps_may_be_skipped_and_orders_put_aside(void **state)
{
  const Fixture *self = *state;
  post(self, &(Wish){ 0 });
  tap(self, "ready", 1);
  check_status(self, "ready_for_pickup");
  tap(self, "attention", 1);
  check_status(self, "requires_attention");
  control_done(self, "POST", "/tap",
               "{\"order\":\"order-1\",\"tap\":\"status\",\"status\":\"new_one\"}");
  check_status(self, "new_one");
}

static void
staff_cancel(void **state)
{
  const Fixture *self = *state;
  post(self, &(Wish){ 0 });
  tap(self, "cancel", 0);
  tap(self, "ingest", 1);
  tap(self, "cancel", 1);
  check_status(self, "cancelled_by_pos");
}

static void
order_stays_new_while_the_ipad_cannot(void **state)
{
  const Fixture *self = *state;
  post(self, &(Wish){ 0 });
  control_done(self, "POST", "/discovery", "{\"on\":true}");
  tap(self, "ingest", 0);
  control_done(self, "POST", "/discovery", "{\"on\":false}");
  control_done(self, "POST", "/ipad", "{\"online\":false}");
  tap(self, "ingest", 0);
  control_done(self, "POST", "/ipad", "{\"online\":true}");
  tap(self, "ingest", 1);
}

static void
ipad_takes_orders_by_itself_when_told(void **state)
{
  const Fixture *self = *state;
  control_done(self, "POST", "/ipad", "{\"online\":false}");
  set_switch(self, "auto_ingest", "on");
  post(self, &(Wish){ 0 });
  check_status(self, "not_acked");
  control_done(self, "POST", "/ipad", "{\"online\":true}");
  check_status(self, "auto_accepted_waiting");
}

static void
staging_never_reaches_the_ipad(void **state)
{
  Fixture *self = *state;
  json_t *answer = control(self, "POST", "/set", "{\"namespace\":\"staging\"}");
  g_free(self->token);
  self->token = g_strdup(text_at(answer, "token"));
  json_decref(answer);
  assert_string_not_equal(self->token, self->process->token);
  post(self, &(Wish){ 0 });
  tap(self, "ingest", 0);
}

static void
processing_makes_a_sale_and_links_it(void **state)
{
  const Fixture *self = *state;
  post(self, &(Wish){ 0 });
  tap(self, "ingest", 1);
  tap(self, "process", 1);
  tap(self, "process", 0);
  check_status(self, "auto_accepted_waiting");
  g_autoptr(HttpReply) sales =
      api(self, "GET", "/v1/stores/%s/sales?status=all&pageSize=100", self->store);
  assert_true(number_at(sales->json, "items.0.totalPrice.vatIncluded") == 13);
  assert_true(number_at(sales->json, "items.0.lines.0.price.vatAmount") == 0.68);
  assert_true(number_at(sales->json, "items.0.lines.0.unitPrice") == 6.5);
  json_t *orders = control(self, "GET", "/orders", NULL);
  const json_t *content = value_at(orders, "orders.0.content");
  assert_string_equal(text_at(content, "receiptId"), text_at(sales->json, "items.0.id"));
  assert_string_equal(text_at(content, "payments.0.receiptId"), text_at(content, "receiptId"));
  assert_true(json_is_string(value_at(content, "internalOrderDocumentId")));
  json_decref(orders);
}

static void
test_order_is_never_processed(void **state)
{
  const Fixture *self = *state;
  post(self, &(Wish){ .extra = ",\"testOrder\":true" });
  tap(self, "ingest", 1);
  json_t *answer = control(self, "POST", "/tap", "{\"order\":\"order-1\",\"tap\":\"process\"}");
  assert_string_equal(text_at(answer, "refused.0.reason"), "Unable to modify a test order");
  json_decref(answer);
  assert_int_equal(count(self, "sales"), 0);
}

static double
read_stock(const Fixture *self, const char *key, const char *field)
{
  g_autofree char *id = find_item(self, key);
  g_autoptr(HttpReply) reply = api(self, "GET", "/v1/stores/%s/stocks?pageSize=1000", self->store);
  json_t *rows = value_at(reply->json, "items");
  for (gsize i = 0; i < json_array_size(rows); i++) {
    if (g_str_equal(text_at(json_array_get(rows, i), "item"), id))
      return number_at(json_array_get(rows, i), field);
  }
  fail_msg("no stock row for %s", key);
  return 0;
}

static void
processing_lowers_stock(void **state)
{
  const Fixture *self = *state;
  double before = read_stock(self, "honey-flowers", "stock");
  post(self, &(Wish){ 0 });
  assert_true(read_stock(self, "honey-flowers", "stock") == before);
  tap(self, "ingest", 1);
  tap(self, "process", 1);
  assert_true(read_stock(self, "honey-flowers", "stock") == before - 2);
}

static void
reservation_is_a_switch(void **state)
{
  const Fixture *self = *state;
  set_switch(self, "order_stock", "reserve");
  post(self, &(Wish){ 0 });
  assert_true(read_stock(self, "honey-flowers", "reservedForCustomers") == 2);
  tap(self, "ingest", 1);
  tap(self, "process", 1);
  assert_true(read_stock(self, "honey-flowers", "reservedForCustomers") == 0);
}

static void
shift_opens_closes_and_completes(void **state)
{
  const Fixture *self = *state;
  post(self, &(Wish){ 0 });
  tap(self, "ingest", 1);
  tap(self, "process", 1);
  g_autoptr(HttpReply) open = api(self, "GET", "/v1/stores/%s/shifts?pageSize=100", self->store);
  assert_string_equal(text_at(open->json, "items.0.status"), "OPENED");
  assert_true(json_is_null(value_at(open->json, "items.0.endAt")));
  control_done(self, "POST", "/shift", "{\"action\":\"close\"}");
  control_done(self, "POST", "/shift", "{\"action\":\"complete\"}");
  g_autoptr(HttpReply) closed = api(self, "GET", "/v1/stores/%s/shifts?pageSize=100", self->store);
  assert_string_equal(text_at(closed->json, "items.0.status"), "CLOSED_COMPLETED");
  g_autoptr(HttpReply) sales =
      api(self, "GET", "/v1/stores/%s/shifts/%s/sales?status=completed&pageSize=100", self->store,
          text_at(closed->json, "items.0.id"));
  assert_int_equal(json_array_size(value_at(sales->json, "items")), 1);
}

static void
shifts_without_times_are_those_of_today(void **state)
{
  const Fixture *self = *state;
  control_done(self, "POST", "/shift", "{\"action\":\"open\"}");
  control_done(self, "POST", "/clock", "{\"advance_ms\":172800000}");
  g_autoptr(HttpReply) today = api(self, "GET", "/v1/stores/%s/shifts?pageSize=100", self->store);
  assert_int_equal(json_array_size(value_at(today->json, "items")), 0);
  g_autoptr(HttpReply) all =
      api(self, "GET", "/v1/stores/%s/shifts?from=0&pageSize=100", self->store);
  assert_int_equal(json_array_size(value_at(all->json, "items")), 1);
}

static void
staff_ring_up_and_refund(void **state)
{
  const Fixture *self = *state;
  json_t *sale =
      control(self, "POST", "/sale", "{\"items\":[{\"item\":\"beer-blond\",\"quantity\":3}]}");
  assert_true(number_at(sale, "totalPrice.vatIncluded") == 7.8);
  assert_true(json_is_null(value_at(sale, "payments.0.type")));
  g_autofree char *body =
      g_strdup_printf("{\"refundOf\":\"%s\",\"items\":[{\"item\":\"beer-blond\",\"quantity\":1}]}",
                      text_at(sale, "id"));
  json_t *refund = control(self, "POST", "/sale", body);
  assert_string_equal(text_at(refund, "type"), "REFUND");
  assert_true(number_at(refund, "totalPrice.vatIncluded") == -2.6);
  assert_string_equal(text_at(refund, "parents.0.id"), text_at(sale, "id"));
  json_decref(refund);
  json_decref(sale);
}

static void
staff_edit_an_item(void **state)
{
  const Fixture *self = *state;
  g_autofree char *id = find_item(self, "mustard");
  control_done(self, "POST", "/item",
               "{\"id\":\"mustard\",\"set\":{\"name\":\"Moutarde douce\",\"price\":4.5}}");
  g_autoptr(HttpReply) reply = api(self, "GET", "/v1/companies/%s/items/%s", self->company, id);
  assert_string_equal(text_at(reply->json, "name"), "Moutarde douce");
  assert_true(number_at(reply->json, "defaultPrice") == 4.5);
  control_done(self, "POST", "/stock", "{\"item\":\"mustard\",\"stock\":1.5}");
  assert_true(read_stock(self, "mustard", "stock") == 1.5);
}

/* What the control port answers to a wish that it refuses. */
static void
refuse(const Fixture *self, const char *target, const char *body, int status)
{
  g_autoptr(HttpReply) reply = http_call(self->process->control, "POST", target, NULL, body);
  assert_int_equal(reply->status, status);
}

static void
tickets_are_falsified_member_by_member(void **state)
{
  const Fixture *self = *state;
  json_t *sale = control(self, "POST", "/sale", "{\"items\":[{\"item\":\"mustard\"}]}");
  const char *id = text_at(sale, "id");
  g_autofree char *paid =
      g_strdup_printf("{\"sale\":\"%s\",\"set\":{\"payments.0.amount\":1.5}}", id);
  g_autofree char *absent = g_strdup_printf("{\"sale\":\"%s\",\"set\":{\"tip\":1}}", id);
  g_autofree char *other = g_strdup_printf("{\"sale\":\"%s\",\"set\":{\"status\":1}}", id);
  g_autofree char *word = g_strdup_printf("{\"sale\":\"%s\",\"sett\":{}}", id);
  g_autofree char *gone = g_strdup_printf("{\"sale\":\"%s\",\"remove\":true}", id);

  control_done(self, "POST", "/edit-sale", paid);
  g_autoptr(HttpReply) reply = api(self, "GET", "/v1/stores/%s/sales/%s", self->store, id);
  assert_true(number_at(reply->json, "payments.0.amount") == 1.5);
  refuse(self, "/edit-sale", absent, 409);
  refuse(self, "/edit-sale", other, 409);
  refuse(self, "/edit-sale", word, 400);
  control_done(self, "POST", "/edit-sale", gone);
  refuse(self, "/edit-sale", gone, 404);
  json_decref(sale);
}

static void
orders_are_copied_and_lost(void **state)
{
  const Fixture *self = *state;
  post(self, &(Wish){ 0 });
  control_done(self, "POST", "/edit-order", "{\"order\":\"order-1\",\"copy\":true}");
  assert_int_equal(count(self, "orders"), 2);
  control_done(self, "POST", "/edit-order", "{\"order\":\"order-1\",\"remove\":true}");
  assert_int_equal(count(self, "orders"), 1);
  refuse(self, "/edit-order", "{\"order\":\"order-1\",\"remove\":true}", 404);
}

int
check_till(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(kitchen_goes_its_way, fixture_reset),
    cmocka_unit_test_setup(steps_may_be_skipped_and_orders_put_aside, fixture_reset),
    cmocka_unit_test_setup(staff_cancel, fixture_reset),
    cmocka_unit_test_setup(order_stays_new_while_the_ipad_cannot, fixture_reset),
    cmocka_unit_test_setup(ipad_takes_orders_by_itself_when_told, fixture_reset),
    cmocka_unit_test_setup(staging_never_reaches_the_ipad, fixture_reset),
    cmocka_unit_test_setup(processing_makes_a_sale_and_links_it, fixture_reset),
    cmocka_unit_test_setup(test_order_is_never_processed, fixture_reset),
    cmocka_unit_test_setup(processing_lowers_stock, fixture_reset),
    cmocka_unit_test_setup(reservation_is_a_switch, fixture_reset),
    cmocka_unit_test_setup(shift_opens_closes_and_completes, fixture_reset),
    cmocka_unit_test_setup(shifts_without_times_are_those_of_today, fixture_reset),
    cmocka_unit_test_setup(staff_ring_up_and_refund, fixture_reset),
    cmocka_unit_test_setup(staff_edit_an_item, fixture_reset),
    cmocka_unit_test_setup(tickets_are_falsified_member_by_member, fixture_reset),
    cmocka_unit_test_setup(orders_are_copied_and_lost, fixture_reset),
  };
  return cmocka_run_group_tests_name("till", tests, fixture_set_up_group, fixture_tear_down_group);
}
