/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Connections kept and not kept, what is sent how often, stopping and releasing. */

#include "bench.h"
#include "error.h"
#include "tests/repeat.h"

#include <string.h>

#define MANY_EXCHANGES 40
#define PARALLEL       20
#define PER_HOST_MAX   6 /* net/front.h */
#define REPEAT_COUNT   100

static const ServerStep keeping_steps[] = { { SERVER_READ_REQUEST },
                                            { SERVER_WRITE, JSON_OK },
                                            { SERVER_AGAIN } };
static const ServerStep secured_steps[] = {
  { SERVER_TLS }, { SERVER_READ_REQUEST }, { SERVER_WRITE, JSON_OK }, { SERVER_AGAIN, NULL, 1 }
};
static const ServerStep holding_steps[] = { { SERVER_READ_REQUEST }, { SERVER_HOLD } };
/* Says nothing of closing, and drops the second request of a connection. */
static const ServerStep stale_steps[] = {
  { SERVER_READ_REQUEST }, { SERVER_WRITE, JSON_OK }, { SERVER_READ_REQUEST }, { SERVER_RESET }
};

/* How many connections GETs take, one after the other; docs/decisions/0009. */
static guint
count_expected_connections(guint n_gets)
{
  return g_str_equal(bench_get_argument(1), "keeps") ? 1 : n_gets;
}

static void
gets_take_the_connections_that_their_library_survives(void **state)
{
  Bench *bench = *state;
  bench_serve_secured(bench, "good", secured_steps);
  for (guint i = 0; i < 10; i++)
    assert_kind(bench_get(bench, BENCH_AMPLE_MS), OK);
  assert_int_equal(scripted_server_count_connections(bench->server),
                   count_expected_connections(10));
}

static void
chunked_answers_end_like_others(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE, JSON_HEAD
                                        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" },
                                      { SERVER_AGAIN } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);
  for (guint i = 0; i < 10; i++)
    assert_kind(bench_get(bench, BENCH_AMPLE_MS), OK);
  assert_int_equal(scripted_server_count_connections(bench->server),
                   count_expected_connections(10));
}

static void
each_post_has_its_own_connection(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, keeping_steps);
  for (guint i = 0; i < 3; i++)
    assert_kind(bench_post(bench, "{}", BENCH_AMPLE_MS), OK);
  assert_int_equal(scripted_server_count_connections(bench->server), 3);
}

static void
parallel_gets_take_few_connections(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, holding_steps);

  for (guint i = 0; i < PARALLEL; i++)
    bench_send(bench, SHOPCAISSE_METHOD_GET, NULL, BENCH_AMPLE_MS, NULL);
  bench_wait_held(bench, PER_HOST_MAX);
  while (g_main_context_iteration(bench->context, FALSE))
    continue;

  assert_int_equal(scripted_server_count_connections(bench->server), PER_HOST_MAX);
  assert_int_equal(bench->transport->count_in_flight(bench->transport), PARALLEL);
}

static void
waiting_in_line_ends_with_the_deadline(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, holding_steps);

  for (guint i = 0; i < PARALLEL; i++)
    bench_send(bench, SHOPCAISSE_METHOD_POST, "{}", BENCH_SHORT_MS, NULL);

  guint n_sent = 0;
  for (guint i = 0; i < PARALLEL; i++) {
    const ShopcaisseReply *reply = bench_wait_reply(bench, i);
    n_sent += reply->kind == SHOPCAISSE_REPLY_UNKNOWN ? 1 : 0;
    assert_true(reply->kind == SHOPCAISSE_REPLY_UNKNOWN ||
                reply->kind == SHOPCAISSE_REPLY_NOT_SENT);
  }
  bench_close(bench);
  g_autofree char *received = scripted_server_dup_received(bench->server);
  guint n_seen = 0;
  for (const char *c = strstr(received, "POST "); c != NULL; c = strstr(c + 1, "POST "))
    n_seen++;
  assert_true(n_seen <= n_sent);
}

static void
get_on_a_stale_connection_comes_through(void **state)
{
  static const ServerStep once_steps[] = { { SERVER_READ_REQUEST },
                                           { SERVER_WRITE, JSON_OK },
                                           { 0 } };
  Bench *bench = *state;
  bench_serve_plain(bench, once_steps);
  for (guint i = 0; i < 5; i++)
    assert_kind(bench_get(bench, BENCH_AMPLE_MS), OK);
}

/* Each connection answers once and breaks on a second request, in every rhythm. */
static void
gets_whose_kept_connections_break_all_end(void **state)
{
  static const ServerStep cut_steps[] = {
    { SERVER_READ_REQUEST }, { SERVER_WRITE, JSON_OK }, { SERVER_READ_REQUEST }, { 0 }
  };
  Bench *bench = *state;
  guint n_sent = 0;

  bench_serve_plain(bench, cut_steps);
  for (guint i = 0; i < repeat(REPEAT_COUNT); i++) {
    for (guint j = 0; j <= i % 4; j++, n_sent++)
      bench_send(bench, SHOPCAISSE_METHOD_GET, NULL, BENCH_AMPLE_MS, NULL);
    for (guint j = n_sent - i % 4 - 1; j < n_sent; j++)
      assert_true(bench_wait_reply(bench, j)->kind == SHOPCAISSE_REPLY_OK ||
                  bench_wait_reply(bench, j)->kind == SHOPCAISSE_REPLY_UNKNOWN);
  }
}

static void
assert_sent_once_after_a_get(Bench *bench, ShopcaisseMethod method, const char *name)
{
  bench_serve_plain(bench, stale_steps);
  assert_kind(bench_get(bench, BENCH_AMPLE_MS), OK);

  bench_send(bench, method, "{}", BENCH_AMPLE_MS, NULL);

  assert_kind(bench_wait_reply(bench, 1), OK);
  assert_int_equal(scripted_server_count_connections(bench->server), 2);
  assert_int_equal(scripted_server_count_requests(bench->server), 2);
  g_autofree char *text = scripted_server_dup_request(bench->server, 1);
  assert_true(g_str_has_prefix(text, name));
}

static void
post_never_takes_a_kept_connection(void **state)
{
  assert_sent_once_after_a_get(*state, SHOPCAISSE_METHOD_POST, "POST ");
}

static void
put_never_takes_a_kept_connection(void **state)
{
  assert_sent_once_after_a_get(*state, SHOPCAISSE_METHOD_PUT, "PUT ");
}

static void
delete_never_takes_a_kept_connection(void **state)
{
  assert_sent_once_after_a_get(*state, SHOPCAISSE_METHOD_DELETE, "DELETE ");
}

static void
assert_lost_answer_not_repeated(Bench *bench, ShopcaisseMethod method)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST }, { SERVER_RESET } };
  bench_serve_plain(bench, steps);

  bench_send(bench, method, "{}", BENCH_AMPLE_MS, NULL);

  assert_kind(bench_wait_reply(bench, 0), UNKNOWN);
  assert_int_equal(scripted_server_count_requests(bench->server), 1);
  assert_int_equal(scripted_server_count_connections(bench->server), 1);
}

static void
post_whose_answer_is_lost_is_not_repeated(void **state)
{
  assert_lost_answer_not_repeated(*state, SHOPCAISSE_METHOD_POST);
}

static void
put_whose_answer_is_lost_is_not_repeated(void **state)
{
  assert_lost_answer_not_repeated(*state, SHOPCAISSE_METHOD_PUT);
}

static void
post_answered_misdirected_is_not_repeated(void **state)
{
  static const ServerStep steps[] = {
    { SERVER_READ_REQUEST },
    { SERVER_WRITE, "HTTP/1.1 421 Misdirected Request\r\nContent-Length: 0\r\n\r\n" },
    { SERVER_AGAIN }
  };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);

  ShopcaisseReply *reply = bench_post(bench, "{}", BENCH_AMPLE_MS);

  assert_true(reply->kind == SHOPCAISSE_REPLY_UNKNOWN || reply->kind == SHOPCAISSE_REPLY_REFUSED);
  assert_int_equal(scripted_server_count_requests(bench->server), 1);
}

static void
many_exchanges_leave_no_descriptor(void **state)
{
  Bench *bench = *state;
  bench_serve_secured(bench, "good", secured_steps);
  for (guint i = 0; i < repeat(MANY_EXCHANGES); i++) {
    ShopcaisseReply *reply =
        i % 4 == 0 ? bench_post(bench, "{}", BENCH_AMPLE_MS) : bench_get(bench, BENCH_AMPLE_MS);
    assert_kind(reply, OK);
  }
  /* bench_teardown() counts. */
}

static void
many_broken_exchanges_leave_no_descriptor(void **state)
{
  static const ServerStep cut_steps[] = { { SERVER_READ_REQUEST },
                                          { SERVER_WRITE, JSON_HEAD "Content-Length: 9\r\n\r\n{" },
                                          { SERVER_RESET } };
  Bench *bench = *state;
  bench_serve_plain(bench, cut_steps);
  for (guint i = 0; i < repeat(MANY_EXCHANGES); i++)
    assert_kind(bench_get(bench, BENCH_AMPLE_MS), UNKNOWN);
}

static void
stop_answers_all_that_is_in_flight(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, holding_steps);
  for (guint i = 0; i < PARALLEL; i++)
    bench_send(bench, SHOPCAISSE_METHOD_POST, "{}", BENCH_AMPLE_MS, NULL);
  bench_wait_held(bench, 1);

  bench->transport->stop(bench->transport);
  assert_int_equal(bench->replies->len, 0);

  for (guint i = 0; i < PARALLEL; i++)
    assert_cancelled(bench_wait_reply(bench, i));
  assert_int_equal(bench->transport->count_in_flight(bench->transport), 0);
}

static void
send_after_stop_is_not_sent(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, keeping_steps);
  bench->transport->stop(bench->transport);

  ShopcaisseReply *reply = bench_get(bench, BENCH_AMPLE_MS);

  assert_kind(reply, NOT_SENT);
  assert_cancelled(reply);
  assert_int_equal(scripted_server_count_connections(bench->server), 0);
}

static void
free_right_after_stop_answers_no_more(void **state)
{
  Bench *bench = *state;
  bench_serve_secured(bench, "good", holding_steps);
  bench_send(bench, SHOPCAISSE_METHOD_POST, "{}", BENCH_AMPLE_MS, NULL);
  bench_send(bench, SHOPCAISSE_METHOD_GET, NULL, BENCH_AMPLE_MS, NULL);
  bench_wait_held(bench, 0);

  ShopcaisseTransport *transport = g_steal_pointer(&bench->transport);
  transport->stop(transport);
  transport->free(transport);
  while (g_main_context_iteration(bench->context, FALSE))
    continue;

  assert_int_equal(bench->replies->len, 0);
}

static void
free_inside_the_body_is_safe(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE, JSON_HEAD "Content-Length: 9\r\n\r\n{" },
                                      { SERVER_HOLD } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);
  bench_send(bench, SHOPCAISSE_METHOD_GET, NULL, BENCH_AMPLE_MS, NULL);
  bench_wait_held(bench, 1);

  ShopcaisseTransport *transport = g_steal_pointer(&bench->transport);
  transport->stop(transport);
  transport->free(transport);

  assert_int_equal(bench->replies->len, 0);
}

static void
free_without_a_request_is_safe(void **state)
{
  Bench *bench = *state;
  bench_open(bench, "https://shop.test", NULL);
  ShopcaisseTransport *transport = g_steal_pointer(&bench->transport);
  transport->free(transport);
}

static void
free_in_the_answer_cb(ShopcaisseReply *reply, gpointer user_data)
{
  Bench *bench = user_data;
  g_ptr_array_add(bench->replies, reply);
  ShopcaisseTransport *transport = g_steal_pointer(&bench->transport);
  transport->stop(transport);
  transport->free(transport);
}

static void
free_inside_an_answer_is_safe(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, keeping_steps);
  g_autoptr(ShopcaisseRequest) request =
      shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_strdup("/"), NULL, 4096);
  bench->transport->send(bench->transport, request, NULL, free_in_the_answer_cb, bench);

  assert_kind(bench_wait_reply(bench, 0), OK);
  assert_null(bench->transport);
}

static void
send_in_the_answer_cb(ShopcaisseReply *reply, gpointer user_data)
{
  Bench *bench = user_data;
  g_ptr_array_add(bench->replies, reply);
  if (bench->replies->len < 5) {
    g_autoptr(ShopcaisseRequest) request =
        shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_strdup("/"), NULL, 4096);
    bench->transport->send(bench->transport, request, NULL, send_in_the_answer_cb, bench);
  }
}

static void
send_inside_an_answer_works(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, keeping_steps);
  g_autoptr(ShopcaisseRequest) request =
      shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_strdup("/"), NULL, 4096);
  bench->transport->send(bench->transport, request, NULL, send_in_the_answer_cb, bench);
  assert_kind(bench_wait_reply(bench, 4), OK);
}

static int
run(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(gets_take_the_connections_that_their_library_survives),
    bench_test(chunked_answers_end_like_others),
    bench_test(each_post_has_its_own_connection),
    bench_test(parallel_gets_take_few_connections),
    bench_test(waiting_in_line_ends_with_the_deadline),
    bench_test(get_on_a_stale_connection_comes_through),
    bench_test(gets_whose_kept_connections_break_all_end),
    bench_test(post_never_takes_a_kept_connection),
    bench_test(put_never_takes_a_kept_connection),
    bench_test(delete_never_takes_a_kept_connection),
    bench_test(post_whose_answer_is_lost_is_not_repeated),
    bench_test(put_whose_answer_is_lost_is_not_repeated),
    bench_test(post_answered_misdirected_is_not_repeated),
    bench_test(many_exchanges_leave_no_descriptor),
    bench_test(many_broken_exchanges_leave_no_descriptor),
    bench_test(stop_answers_all_that_is_in_flight),
    bench_test(send_after_stop_is_not_sent),
    bench_test(free_right_after_stop_answers_no_more),
    bench_test(free_inside_the_body_is_safe),
    bench_test(free_without_a_request_is_safe),
    bench_test(free_inside_an_answer_is_safe),
    bench_test(send_inside_an_answer_works),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

int
main(int argc, char **argv)
{
  return bench_main(argc, argv, run);
}
