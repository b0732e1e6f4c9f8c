/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Held connections: where they stop, and what a client that dies there leaves behind. */

#include "checks.h"
#include "fixture.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int
send_held_order(const Fixture *self, const char *rule)
{
  g_autofree char *body = build_order(self, &(Wish){ 0 });
  g_autofree char *target = g_strdup_printf("/v1/stores/%s/orders?pos=%s", self->store, self->pos);
  g_autofree char *request = http_build("POST", target, self->token, body);
  control_done(self, "POST", "/fault", rule);
  int fd = http_connect(self->process->api);
  assert_true(fd >= 0);
  assert_true(http_send(fd, request, strlen(request)));
  control_done(self, "GET", "/wait?held=1&timeout_ms=5000", NULL);
  return fd;
}

static void
check_held_at(const Fixture *self, const char *where)
{
  json_t *held = control(self, "GET", "/held", NULL);
  assert_int_equal((int)number_at(held, "held"), 1);
  assert_string_equal(text_at(held, "connections.0.where"), where);
  json_decref(held);
}

static void
check_released(const Fixture *self, int fd, guint n_orders)
{
  control_done(self, "POST", "/release", "{}");
  g_autoptr(HttpReply) reply = http_receive(fd, 5000);
  assert_int_equal(reply->end, HTTP_WHOLE);
  assert_int_equal(reply->status, 201);
  assert_int_equal(count(self, "orders"), n_orders);
  close(fd);
}

static void
hold_accept_sees_no_request(void **state)
{
  const Fixture *self = *state;
  int fd = send_held_order(self, "{\"fault\":\"hold_accept\"}");
  check_held_at(self, "accept");
  assert_int_equal(count(self, "requests"), 0);
  check_released(self, fd, 1);
}

static void
hold_half_request_goes_on_when_released(void **state)
{
  const Fixture *self = *state;
  int fd = send_held_order(self, "{\"fault\":\"hold_half_request\"}");
  check_held_at(self, "half_request");
  assert_int_equal(count(self, "orders"), 0);
  check_released(self, fd, 1);
}

static void
hold_half_request_of_a_dead_client_stores_nothing(void **state)
{
  const Fixture *self = *state;
  int fd = send_held_order(self, "{\"fault\":\"hold_half_request\"}");
  close(fd);
  control_done(self, "POST", "/release", "{}");
  assert_int_equal(count(self, "held"), 0);
  assert_int_equal(count(self, "orders"), 0);
}

static void
hold_request_stores_after_release_although_the_client_died(void **state)
{
  const Fixture *self = *state;
  int fd = send_held_order(self, "{\"fault\":\"hold_request\"}");
  check_held_at(self, "request");
  assert_int_equal(count(self, "orders"), 0);
  close(fd);
  control_done(self, "POST", "/release", "{}");
  control_done(self, "GET", "/wait?orders=1&timeout_ms=5000", NULL);
}

static void
hold_request_can_be_thrown_away(void **state)
{
  const Fixture *self = *state;
  int fd = send_held_order(self, "{\"fault\":\"hold_request\"}");
  control_done(self, "POST", "/release", "{\"then\":\"reset\"}");
  g_autoptr(HttpReply) reply = http_receive(fd, 5000);
  assert_int_equal(reply->end, HTTP_RESET);
  assert_int_equal(count(self, "orders"), 0);
  close(fd);
}

static void
hold_answer_has_stored(void **state)
{
  const Fixture *self = *state;
  int fd = send_held_order(self, "{\"fault\":\"hold_answer\"}");
  check_held_at(self, "answer");
  assert_int_equal(count(self, "orders"), 1);
  check_released(self, fd, 1);
}

static void
hold_half_answer_sends_half(void **state)
{
  const Fixture *self = *state;
  int fd = send_held_order(self, "{\"fault\":\"hold_half_answer\"}");
  char buffer[16] = { 0 };
  check_held_at(self, "half_answer");
  assert_int_equal(recv(fd, buffer, sizeof buffer, MSG_PEEK), sizeof buffer);
  assert_memory_equal(buffer, "HTTP/1.1 201 ", 13);
  check_released(self, fd, 1);
}

static void
wait_gives_up_in_time(void **state)
{
  const Fixture *self = *state;
  g_autoptr(HttpReply) reply =
      http_call(self->process->control, "GET", "/wait?held=1&timeout_ms=100", NULL, NULL);
  assert_int_equal(reply->status, 408);
  assert_true(json_is_false(value_at(reply->json, "reached")));
}

static void
connection_serves_many_requests(void **state)
{
  const Fixture *self = *state;
  g_autofree char *request = http_build("GET", "/v1/stores", self->token, NULL);
  int fd = http_connect(self->process->api);
  for (int i = 0; i < 20; i++) {
    assert_true(http_send(fd, request, strlen(request)));
    g_autoptr(HttpReply) reply = http_receive(fd, 5000);
    assert_int_equal(reply->end, HTTP_WHOLE);
    assert_int_equal(reply->status, 200);
  }
  close(fd);
}

static void
request_may_come_in_pieces(void **state)
{
  const Fixture *self = *state;
  g_autofree char *body = build_order(self, &(Wish){ 0 });
  g_autofree char *target = g_strdup_printf("/v1/stores/%s/orders?pos=%s", self->store, self->pos);
  g_autofree char *request = http_build("POST", target, self->token, body);
  int fd = http_connect(self->process->api);
  for (gsize at = 0; at < strlen(request); at += 97)
    assert_true(http_send(fd, request + at, MIN(97, strlen(request) - at)));
  g_autoptr(HttpReply) reply = http_receive(fd, 5000);
  assert_int_equal(reply->status, 201);
  close(fd);
}

static void
expectation_is_answered_with_continue(void **state)
{
  const Fixture *self = *state;
  g_autofree char *body = build_order(self, &(Wish){ 0 });
  g_autofree char *head = g_strdup_printf(
      "POST /v1/stores/%s/orders?pos=%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
      "Content-Length: %u\r\nExpect: 100-continue\r\n\r\n",
      self->store, self->pos, self->token, (guint)strlen(body));
  char line[25] = { 0 };
  int fd = http_connect(self->process->api);
  assert_true(http_send(fd, head, strlen(head)));
  assert_int_equal(recv(fd, line, sizeof line, MSG_WAITALL), sizeof line);
  assert_memory_equal(line, "HTTP/1.1 100 Continue\r\n\r\n", 25);
  assert_true(http_send(fd, body, strlen(body)));
  g_autoptr(HttpReply) reply = http_receive(fd, 5000);
  assert_int_equal(reply->status, 201);
  close(fd);
}

static void
idle_connection_ends_when_new_ones_are_awaited(void **state)
{
  const Fixture *self = *state;
  g_autofree char *request = http_build("GET", "/v1/stores", self->token, NULL);
  int fd = http_connect(self->process->api);
  assert_true(http_send(fd, request, strlen(request)));
  g_autoptr(HttpReply) first = http_receive(fd, 5000);
  assert_int_equal(first->status, 200);
  control_done(self, "POST", "/fault", "{\"fault\":\"refuse\"}");
  g_autoptr(HttpReply) closed = http_receive(fd, 5000);
  assert_int_equal(closed->end, HTTP_CLOSED);
  close(fd);
}

int
check_holds(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(hold_accept_sees_no_request, fixture_reset),
    cmocka_unit_test_setup(hold_half_request_goes_on_when_released, fixture_reset),
    cmocka_unit_test_setup(hold_half_request_of_a_dead_client_stores_nothing, fixture_reset),
    cmocka_unit_test_setup(hold_request_stores_after_release_although_the_client_died,
                           fixture_reset),
    cmocka_unit_test_setup(hold_request_can_be_thrown_away, fixture_reset),
    cmocka_unit_test_setup(hold_answer_has_stored, fixture_reset),
    cmocka_unit_test_setup(hold_half_answer_sends_half, fixture_reset),
    cmocka_unit_test_setup(wait_gives_up_in_time, fixture_reset),
    cmocka_unit_test_setup(connection_serves_many_requests, fixture_reset),
    cmocka_unit_test_setup(request_may_come_in_pieces, fixture_reset),
    cmocka_unit_test_setup(expectation_is_answered_with_continue, fixture_reset),
    cmocka_unit_test_setup(idle_connection_ends_when_new_ones_are_awaited, fixture_reset),
  };
  return cmocka_run_group_tests_name("holds", tests, fixture_set_up_group, fixture_tear_down_group);
}
