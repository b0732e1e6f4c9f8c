/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a rule does to an exchange, and that it spares the others. */

#include "checks.h"
#include "fixture.h"

#include <string.h>
#include <unistd.h>

static void
arm(const Fixture *self, const char *rule)
{
  control_done(self, "POST", "/fault", rule);
}

static HttpReply *
get_stores(const Fixture *self)
{
  return api(self, "GET", "/v1/stores?page=0&pageSize=25");
}

static void
check_healthy(const Fixture *self)
{
  g_autoptr(HttpReply) reply = get_stores(self);
  assert_int_equal(reply->end, HTTP_WHOLE);
  assert_int_equal(reply->status, 200);
}

static void
refuse_closes_the_port_until_cleared(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"refuse\"}");
  for (int i = 0; i < 3; i++) {
    g_autoptr(HttpReply) reply = get_stores(self);
    assert_int_equal(reply->end, HTTP_REFUSED);
  }
  control_done(self, "DELETE", "/fault", NULL);
  check_healthy(self);
}

static void
reset_comes_at_accept(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"reset\",\"times\":1}");
  g_autoptr(HttpReply) reply = get_stores(self);
  assert_int_equal(reply->end, HTTP_RESET);
  check_healthy(self);
}

static void
cut_before_store_stores_nothing(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"cut_before_store\",\"match\":{\"method\":\"POST\"}}");
  g_autoptr(HttpReply) reply = post_order(self, &(Wish){ 0 });
  assert_int_equal(reply->end, HTTP_RESET);
  assert_int_equal(count(self, "orders"), 0);
}

static void
cut_after_store_stores(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"cut_after_store\",\"how\":\"fin\",\"match\":{\"method\":\"POST\"}}");
  g_autoptr(HttpReply) cut = post_order(self, &(Wish){ 0 });
  assert_int_equal(cut->end, HTTP_CLOSED);
  assert_null(cut->head);
  assert_int_equal(count(self, "orders"), 1);
  g_autoptr(HttpReply) again = post_order(self, &(Wish){ 0 });
  assert_int_equal(again->status, 201);
  assert_int_equal(count(self, "orders"), 1);
}

static void
cut_half_request_stores_nothing(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"cut_half_request\",\"match\":{\"method\":\"POST\"}}");
  g_autoptr(HttpReply) reply = post_order(self, &(Wish){ 0 });
  assert_int_equal(reply->end, HTTP_RESET);
  assert_int_equal(count(self, "orders"), 0);
}

static void
timeouts_before_and_after_store(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"timeout_before\",\"ms\":200,\"match\":{\"method\":\"POST\"}}");
  g_autoptr(HttpReply) before = post_order(self, &(Wish){ 0 });
  assert_int_equal(before->end, HTTP_CLOSED);
  assert_true(before->took_ms >= 150);
  assert_int_equal(count(self, "orders"), 0);
  arm(self, "{\"fault\":\"timeout_after\",\"ms\":200,\"match\":{\"method\":\"POST\"}}");
  g_autoptr(HttpReply) after = post_order(self, &(Wish){ 0 });
  assert_int_equal(after->end, HTTP_CLOSED);
  assert_int_equal(count(self, "orders"), 1);
}

static void
timeout_lasts_as_long_as_the_client(void **state)
{
  const Fixture *self = *state;
  g_autofree char *request = http_build("GET", "/v1/stores", self->token, NULL);
  arm(self, "{\"fault\":\"timeout_before\"}");
  int fd = http_connect(self->process->api);
  assert_true(http_send(fd, request, strlen(request)));
  g_autoptr(HttpReply) reply = http_receive(fd, 300);
  assert_int_equal(reply->end, HTTP_TIMEOUT);
  close(fd);
  check_healthy(self);
}

static void
slow_answers_late(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"slow\",\"ms\":250}");
  g_autoptr(HttpReply) reply = get_stores(self);
  assert_int_equal(reply->status, 200);
  assert_true(reply->took_ms >= 200);
}

static void
slow_drip_comes_whole(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"slow_drip\",\"ms\":10,\"bytes\":100}");
  g_autoptr(HttpReply) reply = get_stores(self);
  assert_int_equal(reply->end, HTTP_WHOLE);
  assert_non_null(reply->json);
  assert_true(reply->took_ms >= 50);
}

static void
half_body_in_each_framing(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"half_body\"}");
  g_autoptr(HttpReply) by_length = get_stores(self);
  assert_int_equal(by_length->end, HTTP_CLOSED);
  g_autofree char *length = http_get_header(by_length, "Content-Length");
  assert_true(by_length->body->len < g_ascii_strtoull(length, NULL, 10));
  arm(self, "{\"fault\":\"half_body\",\"framing\":\"chunked\"}");
  g_autoptr(HttpReply) chunked = get_stores(self);
  g_autofree char *encoding = http_get_header(chunked, "Transfer-Encoding");
  assert_string_equal(encoding, "chunked");
  arm(self, "{\"fault\":\"half_body\",\"framing\":\"close\"}");
  g_autoptr(HttpReply) closed = get_stores(self);
  assert_int_equal(closed->status, 200);
  g_autofree char *none = http_get_header(closed, "Content-Length");
  assert_null(none);
  assert_null(closed->json);
}

static void
html_200_is_no_json_and_stores_nothing(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"html_200\",\"match\":{\"method\":\"POST\"}}");
  g_autoptr(HttpReply) reply = post_order(self, &(Wish){ 0 });
  assert_int_equal(reply->status, 200);
  assert_null(reply->json);
  g_autofree char *type = http_get_header(reply, "Content-Type");
  assert_string_equal(type, "text/html; charset=utf-8");
  assert_int_equal(count(self, "orders"), 0);
}

static void
status_can_come_after_storing(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"status\",\"status\":502,\"store\":true,\"match\":{\"method\":\"POST\"}}");
  g_autoptr(HttpReply) reply = post_order(self, &(Wish){ 0 });
  assert_int_equal(reply->status, 502);
  assert_null(reply->json);
  assert_int_equal(count(self, "orders"), 1);
}

static void
numbered_status_and_path_match(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"status_409\",\"match\":{\"path\":\"/v1/companies/*/items\"}}");
  check_healthy(self);
  g_autoptr(HttpReply) reply = api(self, "GET", "/v1/companies/%s/items", self->company);
  assert_int_equal(reply->status, 409);
  assert_string_equal(text_at(reply->json, "error"), "Conflict");
}

static void
throttle_carries_retry_after(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"throttle\",\"retry_after\":\"Wed, 21 Oct 2026 07:28:00 GMT\"}");
  g_autoptr(HttpReply) dated = get_stores(self);
  assert_int_equal(dated->status, 429);
  g_autofree char *date = http_get_header(dated, "Retry-After");
  assert_string_equal(date, "Wed, 21 Oct 2026 07:28:00 GMT");
  arm(self, "{\"fault\":\"throttle\",\"retry_after\":7}");
  g_autoptr(HttpReply) counted = get_stores(self);
  g_autofree char *seconds = http_get_header(counted, "Retry-After");
  assert_string_equal(seconds, "7");
}

static void
redirect_names_a_place(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"redirect\",\"status\":307,\"location\":\"http://127.0.0.1:1/x\"}");
  g_autoptr(HttpReply) reply = get_stores(self);
  g_autofree char *location = http_get_header(reply, "Location");
  assert_int_equal(reply->status, 307);
  assert_string_equal(location, "http://127.0.0.1:1/x");
}

static void
gzip_bomb_is_small_on_the_wire(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"gzip_bomb\",\"bytes\":20000000}");
  g_autoptr(HttpReply) reply = get_stores(self);
  g_autofree char *encoding = http_get_header(reply, "Content-Encoding");
  assert_string_equal(encoding, "gzip");
  assert_true(reply->body->len < 40000);
  assert_int_equal(reply->body->data[0], 0x1f);
}

static void
huge_body_is_as_long_as_it_says(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"huge_body\",\"bytes\":30000000}");
  g_autoptr(HttpReply) reply = get_stores(self);
  assert_int_equal(reply->end, HTTP_WHOLE);
  assert_int_equal(reply->body->len, 30000000);
}

static void
broken_and_deep_json(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"bad_json\"}");
  g_autoptr(HttpReply) broken = get_stores(self);
  assert_int_equal(broken->end, HTTP_WHOLE);
  assert_null(broken->json);
  arm(self, "{\"fault\":\"deep_json\",\"bytes\":5000}");
  g_autoptr(HttpReply) deep = get_stores(self);
  assert_int_equal(deep->end, HTTP_WHOLE);
  assert_true(deep->body->len > 10000);
}

static void
body_is_answered_byte_for_byte(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"body\",\"body_base64\":\"77u/e30=\"}");
  g_autoptr(HttpReply) marked = get_stores(self);
  assert_int_equal(marked->body->len, 5);
  assert_int_equal(marked->body->data[0], 0xef);
  arm(self, "{\"fault\":\"body\",\"body\":{\"items\":null}}");
  g_autoptr(HttpReply) null_items = get_stores(self);
  assert_true(json_is_null(value_at(null_items->json, "items")));
}

static void
wrong_echo_changes_one_field(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"wrong_echo\",\"match\":{\"method\":\"POST\"}}");
  g_autoptr(HttpReply) reply = post_order(self, &(Wish){ 0 });
  assert_string_equal(text_at(reply->json, "orderId"), "order-1-other");
  arm(self,
      "{\"fault\":\"wrong_echo\",\"field\":\"payments.0.amount\",\"match\":{\"method\":\"POST\"}}");
  g_autoptr(HttpReply) amount = post_order(self, &(Wish){ .order_id = "order-2" });
  assert_true(number_at(amount->json, "payments.0.amount") == 1301);
}

static void
page_repeats_for_ever(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"page_repeat\",\"times\":0}");
  g_autoptr(HttpReply) first =
      api(self, "GET", "/v1/companies/%s/items?page=0&pageSize=5", self->company);
  g_autoptr(HttpReply) later =
      api(self, "GET", "/v1/companies/%s/items?page=90&pageSize=5", self->company);
  assert_string_equal(text_at(first->json, "items.0.id"), text_at(later->json, "items.0.id"));
  assert_true(json_is_true(value_at(later->json, "hasNextPage")));
}

static void
rules_count_skip_and_end(void **state)
{
  const Fixture *self = *state;
  arm(self, "{\"fault\":\"status\",\"after\":1,\"times\":2}");
  static const int expected[] = { 200, 500, 500, 200 };
  for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
    g_autoptr(HttpReply) reply = get_stores(self);
    assert_int_equal(reply->status, expected[i]);
  }
  json_t *faults = control(self, "GET", "/fault", NULL);
  assert_int_equal((int)number_at(faults, "faults.0.hits"), 2);
  json_decref(faults);
  json_t *log = control(self, "GET", "/requests", NULL);
  assert_string_equal(text_at(log, "requests.1.fault"), "status");
  assert_true(json_is_false(value_at(log, "requests.1.reached")));
  json_decref(log);
}

static void
mix_follows_the_seed_and_touches_orders_only(void **state)
{
  const Fixture *self = *state;
  int n_failed[2] = { 0, 0 };
  for (int run = 0; run < 2; run++) {
    control_done(self, "POST", "/fault-mix",
                 "{\"seed\":7,\"percent\":{\"cut_before_store\":10,\"cut_after_store\":15,"
                 "\"status_500\":10,\"html_200\":5}}");
    for (int i = 0; i < 60; i++) {
      g_autofree char *id = g_strdup_printf("mix-%d-%d", run, i);
      g_autoptr(HttpReply) reply = post_order(self, &(Wish){ .order_id = id });
      n_failed[run] += reply->status == 201 ? 0 : 1;
    }
  }
  assert_true(n_failed[0] > 10 && n_failed[0] < 40);
  assert_int_equal(n_failed[0], n_failed[1]);
  check_healthy(self);
}

static void
unknown_fault_is_400(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) reply =
      http_call(self->process->control, "POST", "/fault", NULL, "{\"fault\":\"nothing\"}");
  assert_int_equal(reply->status, 400);
}

int
check_faults(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(refuse_closes_the_port_until_cleared, fixture_reset),
    cmocka_unit_test_setup(reset_comes_at_accept, fixture_reset),
    cmocka_unit_test_setup(cut_before_store_stores_nothing, fixture_reset),
    cmocka_unit_test_setup(cut_after_store_stores, fixture_reset),
    cmocka_unit_test_setup(cut_half_request_stores_nothing, fixture_reset),
    cmocka_unit_test_setup(timeouts_before_and_after_store, fixture_reset),
    cmocka_unit_test_setup(timeout_lasts_as_long_as_the_client, fixture_reset),
    cmocka_unit_test_setup(slow_answers_late, fixture_reset),
    cmocka_unit_test_setup(slow_drip_comes_whole, fixture_reset),
    cmocka_unit_test_setup(half_body_in_each_framing, fixture_reset),
    cmocka_unit_test_setup(html_200_is_no_json_and_stores_nothing, fixture_reset),
    cmocka_unit_test_setup(status_can_come_after_storing, fixture_reset),
    cmocka_unit_test_setup(numbered_status_and_path_match, fixture_reset),
    cmocka_unit_test_setup(throttle_carries_retry_after, fixture_reset),
    cmocka_unit_test_setup(redirect_names_a_place, fixture_reset),
    cmocka_unit_test_setup(gzip_bomb_is_small_on_the_wire, fixture_reset),
    cmocka_unit_test_setup(huge_body_is_as_long_as_it_says, fixture_reset),
    cmocka_unit_test_setup(broken_and_deep_json, fixture_reset),
    cmocka_unit_test_setup(body_is_answered_byte_for_byte, fixture_reset),
    cmocka_unit_test_setup(wrong_echo_changes_one_field, fixture_reset),
    cmocka_unit_test_setup(page_repeats_for_ever, fixture_reset),
    cmocka_unit_test_setup(rules_count_skip_and_end, fixture_reset),
    cmocka_unit_test_setup(mix_follows_the_seed_and_touches_orders_only, fixture_reset),
    cmocka_unit_test_setup(unknown_fault_is_400, fixture_reset),
  };
  return cmocka_run_group_tests_name("faults", tests, fixture_set_up_group,
                                     fixture_tear_down_group);
}
