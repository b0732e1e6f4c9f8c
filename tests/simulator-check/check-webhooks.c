/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Webhooks: signature, five tries on the virtual clock, duplicates. */

#include "checks.h"
#include "fixture.h"

#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A port that answers what the test says. */
typedef struct {
  int fd;
  guint16 port;
} Receiver;

static Receiver
open_receiver(void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  Receiver receiver = { .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };

  assert_int_equal(bind(receiver.fd, (struct sockaddr *)&address, length), 0);
  assert_int_equal(listen(receiver.fd, 16), 0);
  assert_int_equal(getsockname(receiver.fd, (struct sockaddr *)&address, &length), 0);
  receiver.port = ntohs(address.sin_port);
  return receiver;
}

/* Takes one call and answers it; the parsed call looks like an answer, with its own head and body.
 */
static HttpReply *
take_call(const Receiver *receiver, int status)
{
  struct pollfd watched = { .fd = receiver->fd, .events = POLLIN };
  assert_int_equal(poll(&watched, 1, 10000), 1);
  int fd = accept(receiver->fd, NULL, NULL);
  HttpReply *call = http_receive(fd, 5000);
  g_autofree char *answer =
      g_strdup_printf("HTTP/1.1 %d X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status);
  assert_true(http_send(fd, answer, strlen(answer)));
  close(fd);
  return call;
}

static void
configure(const Fixture *self, const Receiver *receiver, const char *more)
{
  g_autofree char *body =
      g_strdup_printf("{\"url\":\"http://127.0.0.1:%u/hook\"%s}", receiver->port, more);
  control_done(self, "POST", "/webhook", body);
}

static void
event_is_signed_with_the_application_id(void **state)
{
  const Fixture *self = *state;
  Receiver receiver = open_receiver();
  configure(self, &receiver, "");
  g_autoptr(HttpReply) posted = post_order(self, &(Wish){ 0 });
  g_autoptr(HttpReply) call = take_call(&receiver, 200);
  g_autofree char *signature = http_get_header(call, "x-server-authorization-hmac-sha256");
  g_autofree char *expected = g_compute_hmac_for_data(
      G_CHECKSUM_SHA256, (const guchar *)self->process->application,
      strlen(self->process->application), call->body->data, call->body->len);
  assert_string_equal(signature, expected);
  assert_string_equal(text_at(call->json, "event"), "store.orders");
  assert_string_equal(text_at(call->json, "resource.id"), self->store);
  assert_string_equal(text_at(call->json, "content.0.orderId"), "order-1");
  control_done(self, "GET", "/wait?delivered=1", NULL);
  close(receiver.fd);
}

static void
encoding_prefix_and_emptiness_are_settings(void **state)
{
  const Fixture *self = *state;
  Receiver receiver = open_receiver();
  configure(self, &receiver, ",\"encoding\":\"base64\",\"prefix\":true,\"empty_content\":true");
  control_done(self, "POST", "/emit", "{\"event\":\"company.items\"}");
  g_autoptr(HttpReply) call = take_call(&receiver, 200);
  g_autofree char *signature = http_get_header(call, "x-server-authorization-hmac-sha256");
  assert_true(g_str_has_prefix(signature, "sha256="));
  assert_int_equal(strlen(signature), strlen("sha256=") + 44);
  assert_string_equal(text_at(call->json, "resource.type"), "company");
  assert_int_equal(json_array_size(value_at(call->json, "content")), 0);
  close(receiver.fd);
}

static void
five_tries_follow_the_virtual_clock(void **state)
{
  const Fixture *self = *state;
  Receiver receiver = open_receiver();
  configure(self, &receiver, "");
  control_done(self, "POST", "/emit", "{\"event\":\"store.orders\"}");
  for (int i = 1; i <= 5; i++) {
    g_autofree char *wait = g_strdup_printf("/wait?webhooks=%d", i);
    g_autoptr(HttpReply) call = take_call(&receiver, 500);
    assert_non_null(call->json);
    control_done(self, "GET", wait, NULL);
    control_done(self, "POST", "/clock", "{\"advance_ms\":1800000}");
  }
  json_t *log = control(self, "GET", "/webhooks", NULL);
  assert_int_equal((int)number_at(log, "deliveries.0.tries"), 5);
  assert_true(json_is_true(value_at(log, "deliveries.0.givenUp")));
  json_decref(log);
  close(receiver.fd);
}

static void
try_waits_for_its_time(void **state)
{
  const Fixture *self = *state;
  Receiver receiver = open_receiver();
  struct pollfd watched = { .fd = receiver.fd, .events = POLLIN };
  configure(self, &receiver, "");
  control_done(self, "POST", "/emit", "{\"event\":\"store.orders\"}");
  g_autoptr(HttpReply) first = take_call(&receiver, 503);
  control_done(self, "GET", "/wait?webhooks=1", NULL);
  control_done(self, "POST", "/clock", "{\"advance_ms\":1700000}");
  assert_int_equal(poll(&watched, 1, 200), 0);
  control_done(self, "POST", "/clock", "{\"advance_ms\":100000}");
  g_autoptr(HttpReply) second = take_call(&receiver, 202);
  assert_int_equal(second->body->len, first->body->len);
  control_done(self, "GET", "/wait?delivered=1", NULL);
  close(receiver.fd);
}

static void
duplicate_comes_twice(void **state)
{
  const Fixture *self = *state;
  Receiver receiver = open_receiver();
  configure(self, &receiver, ",\"duplicate\":true");
  control_done(self, "POST", "/emit", "{\"event\":\"store.orders\"}");
  g_autoptr(HttpReply) first = take_call(&receiver, 200);
  g_autoptr(HttpReply) second = take_call(&receiver, 200);
  assert_int_equal(first->body->len, second->body->len);
  assert_memory_equal(first->body->data, second->body->data, first->body->len);
  close(receiver.fd);
}

static void
token_without_the_permission_gets_no_event(void **state)
{
  const Fixture *self = *state;
  Receiver receiver = open_receiver();
  configure(self, &receiver, "");
  control_done(self, "POST", "/set", "{\"permissions\":\"none\"}");
  control_done(self, "POST", "/emit", "{\"event\":\"store.orders\"}");
  json_t *log = control(self, "GET", "/webhooks", NULL);
  assert_int_equal(json_array_size(value_at(log, "deliveries")), 0);
  json_decref(log);
  close(receiver.fd);
}

int
check_webhooks(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(event_is_signed_with_the_application_id, fixture_reset),
    cmocka_unit_test_setup(encoding_prefix_and_emptiness_are_settings, fixture_reset),
    cmocka_unit_test_setup(five_tries_follow_the_virtual_clock, fixture_reset),
    cmocka_unit_test_setup(try_waits_for_its_time, fixture_reset),
    cmocka_unit_test_setup(duplicate_comes_twice, fixture_reset),
    cmocka_unit_test_setup(token_without_the_permission_gets_no_event, fixture_reset),
  };
  return cmocka_run_group_tests_name("webhooks", tests, fixture_set_up_group,
                                     fixture_tear_down_group);
}
