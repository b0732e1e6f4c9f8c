/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a request can hang, be refused or be cancelled, and what is known of it then. */

#include "bench.h"
#include "error.h"
#include "silent-resolver.h"

#include <string.h>

#define BIG_BODY_BYTES (32 * 1024 * 1024)

static const ServerStep silent_steps[] = { { SERVER_HOLD } };
static const ServerStep first_byte_steps[] = { { SERVER_READ_REQUEST }, { SERVER_HOLD } };
static const ServerStep body_steps[] = { { SERVER_READ_REQUEST },
                                         { SERVER_WRITE, JSON_HEAD "Content-Length: 9\r\n\r\n{" },
                                         { SERVER_HOLD } };

static void
deadline_while_resolving_is_not_sent(void **state)
{
  Bench *bench = *state;
  SilentResolver *resolver = silent_resolver_install();
  bench_open(bench, "https://shop.test", "");

  ShopcaisseReply *reply = bench_post(bench, "{}", BENCH_SHORT_MS);

  assert_kind(reply, NOT_SENT);
  assert_comptoir_error(reply, UNREACHABLE);
  silent_resolver_remove(resolver);
}

static void
resolver_that_answers_after_free_is_harmless(void **state)
{
  Bench *bench = *state;
  SilentResolver *resolver = silent_resolver_install();
  bench_open(bench, "https://shop.test", "");
  assert_kind(bench_post(bench, "{}", BENCH_SHORT_MS), NOT_SENT);

  bench_close(bench);
  silent_resolver_remove(resolver);
  while (g_main_context_iteration(bench->context, FALSE))
    continue;

  assert_int_equal(bench->replies->len, 1);
}

/* A transport with a resolver of its own has its answer at once: the name cannot exist. */
static void
name_that_does_not_resolve_is_not_sent(void **state)
{
  Bench *bench = *state;
  SilentResolver *resolver = silent_resolver_install();
  bench_open(bench, "https://shop.invalid", "");

  bench_send(bench, SHOPCAISSE_METHOD_POST, "{}", BENCH_AMPLE_MS, NULL);
  while (silent_resolver_count_asked(resolver) == 0 && bench->replies->len == 0)
    (void)g_main_context_iteration(bench->context, TRUE);
  silent_resolver_remove(resolver);

  ShopcaisseReply *reply = bench_wait_reply(bench, 0);
  assert_kind(reply, NOT_SENT);
  assert_comptoir_error(reply, UNREACHABLE);
}

static void
refused_connection_is_not_sent(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, silent_steps);
  g_clear_pointer(&bench->server, scripted_server_free);

  ShopcaisseReply *reply = bench_post(bench, "{}", BENCH_AMPLE_MS);

  assert_kind(reply, NOT_SENT);
  assert_comptoir_error(reply, UNREACHABLE);
}

/* A queue of one place that is taken: the kernel leaves further connections without an answer. */
static void
deadline_while_connecting_is_not_sent(void **state)
{
  Bench *bench = *state;
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new_from_string("127.0.0.1", 0);
  g_autoptr(GSocket) full =
      g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_socket_set_listen_backlog(full, 0);
  assert_true(g_socket_bind(full, any, FALSE, NULL) && g_socket_listen(full, NULL));
  g_autoptr(GSocketAddress) address = g_socket_get_local_address(full, NULL);
  g_autoptr(GSocketClient) client = g_socket_client_new();
  g_autoptr(GSocketConnection) filler =
      g_socket_client_connect(client, G_SOCKET_CONNECTABLE(address), NULL, NULL);
  assert_non_null(filler);
  guint port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(address));
  g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u", port);
  bench_open(bench, url, "");

  ShopcaisseReply *reply = bench_post(bench, "{}", BENCH_SHORT_MS);

  assert_kind(reply, NOT_SENT);
  bench_close(bench);
}

static void
deadline_in_the_handshake_is_not_sent(void **state)
{
  Bench *bench = *state;
  bench_serve_secured(bench, "good", silent_steps);

  ShopcaisseReply *reply = bench_post(bench, "{}", BENCH_SHORT_MS);

  assert_kind(reply, NOT_SENT);
  g_autofree char *received = scripted_server_dup_received(bench->server);
  assert_null(strstr(received, "POST"));
}

static void
deadline_in_the_proxy_is_not_sent(void **state)
{
  Bench *bench = *state;
  bench_serve(bench, "127.0.0.1", NULL);
  scripted_server_play(bench->server, first_byte_steps);
  g_autofree char *proxy = scripted_server_dup_url(bench->server, "http");
  bench_open(bench, "https://shop.test", proxy);

  assert_kind(bench_post(bench, "{}", BENCH_SHORT_MS), NOT_SENT);
}

static void
close_in_the_handshake_is_not_sent(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_SOME, NULL, 20 }, { 0 } };
  Bench *bench = *state;
  bench_serve_secured(bench, "good", steps);
  assert_kind(bench_post(bench, "{}", BENCH_AMPLE_MS), NOT_SENT);
}

static void
reset_in_the_handshake_is_not_sent(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_SOME, NULL, 20 }, { SERVER_RESET } };
  Bench *bench = *state;
  bench_serve_secured(bench, "good", steps);
  assert_kind(bench_post(bench, "{}", BENCH_AMPLE_MS), NOT_SENT);
}

static void
deadline_in_half_a_request_is_unknown(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_SOME, NULL, 300 }, { SERVER_HOLD } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);
  g_autoptr(GBytes) body = g_bytes_new_take(g_malloc0(BIG_BODY_BYTES), BIG_BODY_BYTES);
  g_autoptr(ShopcaisseRequest) request =
      shopcaisse_request_new(SHOPCAISSE_METHOD_POST, g_strdup("/v1/orders"), body, 4096);
  request->timeout_ms = BENCH_SENT_MS;

  bench_send_request(bench, request, NULL);

  assert_kind(bench_wait_reply(bench, 0), UNKNOWN);
}

static void
deadline_before_the_first_byte_is_unknown(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, first_byte_steps);

  ShopcaisseReply *reply = bench_post(bench, "{}", BENCH_SENT_MS);

  assert_kind(reply, UNKNOWN);
  assert_comptoir_error(reply, UNREACHABLE);
}

static void
deadline_inside_the_body_is_unknown(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, body_steps);
  assert_kind(bench_post(bench, "{}", BENCH_SENT_MS), UNKNOWN);
}

static void
dripping_body_is_cut_by_the_deadline(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE, JSON_HEAD "Content-Length: 4000\r\n\r\n" },
                                      { SERVER_DRIP, NULL, 10 } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);

  ShopcaisseReply *reply = bench_get(bench, BENCH_SENT_MS);

  assert_kind(reply, UNKNOWN);
  assert_comptoir_error(reply, UNREACHABLE);
  assert_null(reply->body);
}

static void
dripping_header_is_cut_by_the_deadline(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE, "HTTP/1.1 200 OK\r\nX-A: " },
                                      { SERVER_DRIP, NULL, 10 } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);
  assert_kind(bench_get(bench, BENCH_SENT_MS), UNKNOWN);
}

static void
cancelled_beforehand_is_not_sent(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, first_byte_steps);
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_cancellable_cancel(cancellable);

  bench_send(bench, SHOPCAISSE_METHOD_POST, "{}", BENCH_AMPLE_MS, cancellable);

  ShopcaisseReply *reply = bench_wait_reply(bench, 0);
  assert_kind(reply, NOT_SENT);
  assert_cancelled(reply);
  assert_int_equal(scripted_server_count_connections(bench->server), 0);
}

static ShopcaisseReply *
cancel_when_held(Bench *bench)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  bench_send(bench, SHOPCAISSE_METHOD_POST, "{}", BENCH_AMPLE_MS, cancellable);
  bench_wait_held(bench, 1);
  g_cancellable_cancel(cancellable);
  ShopcaisseReply *reply = bench_wait_reply(bench, 0);
  assert_cancelled(reply);
  assert_int_equal(bench->transport->count_in_flight(bench->transport), 0);
  return reply;
}

static void
cancelled_in_the_handshake_is_not_sent(void **state)
{
  Bench *bench = *state;
  bench_serve_secured(bench, "good", silent_steps);
  assert_kind(cancel_when_held(bench), NOT_SENT);
}

static void
cancelled_before_the_first_byte_is_unknown(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, first_byte_steps);
  assert_kind(cancel_when_held(bench), UNKNOWN);
}

static void
cancelled_inside_the_body_is_unknown(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, body_steps);
  assert_kind(cancel_when_held(bench), UNKNOWN);
}

static void
cancelled_after_the_answer_changes_nothing(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST }, { SERVER_WRITE, JSON_OK }, { 0 } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  bench_send(bench, SHOPCAISSE_METHOD_GET, NULL, BENCH_AMPLE_MS, cancellable);
  assert_kind(bench_wait_reply(bench, 0), OK);

  g_cancellable_cancel(cancellable);
  while (g_main_context_iteration(bench->context, FALSE))
    continue;

  assert_int_equal(bench->replies->len, 1);
}

static int
run(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(deadline_while_resolving_is_not_sent),
    bench_test(resolver_that_answers_after_free_is_harmless),
    bench_test(name_that_does_not_resolve_is_not_sent),
    bench_test(refused_connection_is_not_sent),
    bench_test(deadline_while_connecting_is_not_sent),
    bench_test(deadline_in_the_handshake_is_not_sent),
    bench_test(deadline_in_the_proxy_is_not_sent),
    bench_test(close_in_the_handshake_is_not_sent),
    bench_test(reset_in_the_handshake_is_not_sent),
    bench_test(deadline_in_half_a_request_is_unknown),
    bench_test(deadline_before_the_first_byte_is_unknown),
    bench_test(deadline_inside_the_body_is_unknown),
    bench_test(dripping_body_is_cut_by_the_deadline),
    bench_test(dripping_header_is_cut_by_the_deadline),
    bench_test(cancelled_beforehand_is_not_sent),
    bench_test(cancelled_in_the_handshake_is_not_sent),
    bench_test(cancelled_before_the_first_byte_is_unknown),
    bench_test(cancelled_inside_the_body_is_unknown),
    bench_test(cancelled_after_the_answer_changes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

int
main(int argc, char **argv)
{
  return bench_main(argc, argv, run);
}
