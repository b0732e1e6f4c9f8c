/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Answers as they come from good and bad services: whole, cut, oversized, of every status. */

#include "bench.h"
#include "error.h"

#include <string.h>

static void
whole_json_answer_is_ok(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST }, { SERVER_WRITE, JSON_OK }, { 0 } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);

  ShopcaisseReply *reply = bench_get(bench, BENCH_AMPLE_MS);

  assert_kind(reply, OK);
  assert_true(reply->is_json);
  assert_null(reply->error);
  assert_string_equal(reply->status, "200 OK");
  g_autofree char *body = bench_dup_body(reply);
  assert_string_equal(body, "{\"ok\":true}");
}

static void
request_goes_out_as_asked(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST }, { SERVER_WRITE, JSON_OK }, { 0 } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);

  assert_kind(bench_post(bench, "{\"a\":1}", BENCH_AMPLE_MS), OK);

  g_autofree char *text = scripted_server_dup_request(bench->server, 0);
  assert_true(g_str_has_prefix(text, "POST /v1/things?page=2 HTTP/1.1\r\n"));
  assert_true(g_str_has_suffix(text, "\r\n\r\n{\"a\":1}"));
  assert_non_null(strstr(text, "\r\nAuthorization: Bearer " BENCH_TOKEN "\r\n"));
  assert_non_null(strstr(text, "\r\nAccept: application/json\r\n"));
  assert_non_null(strstr(text, "\r\nAccept-Encoding: identity\r\n"));
  assert_non_null(strstr(text, "\r\nContent-Type: application/json\r\n"));
  assert_non_null(strstr(text, "\r\nContent-Length: 7\r\n"));
  assert_non_null(strstr(text, "\r\nUser-Agent: bench/1\r\n"));
  assert_null(strstr(text, "Cookie"));
}

static void
each_method_goes_out_by_its_name(void **state)
{
  static const char *const names[] = { "GET ", "POST ", "PUT ", "DELETE " };
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE, JSON_OK },
                                      { SERVER_AGAIN } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);

  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    bench_send(bench, (ShopcaisseMethod)i, NULL, BENCH_AMPLE_MS, NULL);
    assert_kind(bench_wait_reply(bench, i), OK);
    g_autofree char *text = scripted_server_dup_request(bench->server, i);
    assert_true(g_str_has_prefix(text, names[i]));
  }
}

static ShopcaisseReply *
get_answer(Bench *bench, const char *answer)
{
  static ServerStep steps[] = { { SERVER_READ_REQUEST }, { SERVER_WRITE }, { 0 } };
  steps[1].text = answer;
  bench_serve_plain(bench, steps);
  return bench_get(bench, BENCH_AMPLE_MS);
}

static ShopcaisseReply *
get_answer_kept_open(Bench *bench, const char *answer)
{
  static ServerStep steps[] = { { SERVER_READ_REQUEST }, { SERVER_WRITE }, { SERVER_HOLD } };
  steps[1].text = answer;
  bench_serve_plain(bench, steps);
  return bench_get(bench, BENCH_AMPLE_MS);
}

static void
html_answer_is_ok_but_no_json(void **state)
{
  ShopcaisseReply *reply = get_answer(*state, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                                              "Content-Length: 6\r\n\r\n<html>");
  assert_kind(reply, OK);
  assert_false(reply->is_json);
}

static void
json_type_is_known_with_parameters_and_suffix(void **state)
{
  ShopcaisseReply *reply = get_answer(
      *state, "HTTP/1.1 200 OK\r\nContent-Type: Application/problem+JSON; charset=utf-8\r\n"
              "Content-Length: 2\r\n\r\n{}");
  assert_true(reply->is_json);
}

static void
empty_answer_is_ok(void **state)
{
  ShopcaisseReply *reply = get_answer(*state, JSON_HEAD "Content-Length: 0\r\n\r\n");
  assert_kind(reply, OK);
  assert_int_equal(g_bytes_get_size(reply->body), 0);
}

static void
answer_without_content_is_ok(void **state)
{
  ShopcaisseReply *reply = get_answer_kept_open(*state, "HTTP/1.1 204 No Content\r\n\r\n");
  assert_kind(reply, OK);
  assert_int_equal(g_bytes_get_size(reply->body), 0);
}

static void
interim_answer_is_passed_over(void **state)
{
  ShopcaisseReply *reply = get_answer(*state, "HTTP/1.1 100 Continue\r\n\r\n" JSON_OK);
  assert_kind(reply, OK);
}

static void
chunked_answer_on_an_open_connection_is_ok(void **state)
{
  ShopcaisseReply *reply = get_answer_kept_open(
      *state,
      JSON_HEAD "Transfer-Encoding: chunked\r\n\r\n4\r\n{\"ok\r\n7;x=y\r\n\":true}\r\n0\r\n\r\n");
  assert_kind(reply, OK);
  g_autofree char *body = bench_dup_body(reply);
  assert_string_equal(body, "{\"ok\":true}");
}

static void
chunked_answer_then_closed_is_ok(void **state)
{
  ShopcaisseReply *reply =
      get_answer(*state, JSON_HEAD
                 "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{\"ok\":true}\r\n"
                 "0\r\n\r\n");
  assert_kind(reply, OK);
}

static void
chunked_answer_with_trailer_is_ok(void **state)
{
  ShopcaisseReply *reply =
      get_answer(*state, JSON_HEAD
                 "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{\"ok\":true}\r\n"
                 "0\r\nX-Sum: 1\r\n\r\n");
  assert_kind(reply, OK);
}

static void
assert_cut(ShopcaisseReply *reply)
{
  assert_kind(reply, UNKNOWN);
  assert_non_null(reply->error);
  assert_null(reply->body);
}

static void
chunked_answer_cut_between_chunks_is_unknown(void **state)
{
  assert_cut(
      get_answer(*state, JSON_HEAD "Transfer-Encoding: chunked\r\n\r\nb\r\n{\"ok\":true}\r\n"));
}

static void
chunked_answer_cut_after_a_chunks_bytes_is_unknown(void **state)
{
  assert_cut(get_answer(*state, JSON_HEAD "Transfer-Encoding: chunked\r\n\r\nb\r\n{\"ok\":true}"));
}

static void
chunked_answer_cut_inside_a_chunk_is_unknown(void **state)
{
  assert_cut(get_answer(*state, JSON_HEAD "Transfer-Encoding: chunked\r\n\r\nff\r\n{\"ok\":true}"));
}

static void
chunked_answer_cut_before_the_first_chunk_is_unknown(void **state)
{
  assert_cut(get_answer(*state, JSON_HEAD "Transfer-Encoding: chunked\r\n\r\n"));
}

static void
chunked_answer_cut_and_announced_as_closing_is_unknown(void **state)
{
  assert_cut(get_answer(*state, JSON_HEAD "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                                          "b\r\n{\"ok\":true}\r\n"));
}

static void
answer_shorter_than_its_length_is_unknown(void **state)
{
  assert_cut(get_answer(*state, JSON_HEAD "Content-Length: 12\r\n\r\n{\"ok\":true}"));
}

static void
answer_shorter_than_its_length_and_closing_is_unknown(void **state)
{
  assert_cut(
      get_answer(*state, JSON_HEAD "Connection: close\r\nContent-Length: 12\r\n\r\n{\"ok\":true}"));
}

static void
header_cut_off_is_unknown(void **state)
{
  assert_cut(get_answer(*state, "HTTP/1.1 200 OK\r\nContent-Le"));
}

static void
close_without_an_answer_is_unknown(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST }, { 0 } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);

  assert_cut(bench_post(bench, "{}", BENCH_AMPLE_MS));
  assert_int_equal(scripted_server_count_requests(bench->server), 1);
}

static void
reset_without_an_answer_is_unknown(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST }, { SERVER_RESET } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);

  assert_cut(bench_post(bench, "{}", BENCH_AMPLE_MS));
  assert_int_equal(scripted_server_count_requests(bench->server), 1);
}

static void
reset_inside_the_answer_is_unknown(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE, JSON_HEAD "Content-Length: 12\r\n\r\n{" },
                                      { SERVER_RESET } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);
  assert_cut(bench_get(bench, BENCH_AMPLE_MS));
}

static void
answer_that_is_no_http_is_unknown(void **state)
{
  assert_cut(get_answer(*state, "SSH-2.0-OpenSSH_9.2\r\n\r\n"));
}

static void
endless_header_is_unknown(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE, "HTTP/1.1 200 OK\r\nX-Long: " },
                                      { SERVER_FLOOD, NULL, 8 * 1024 * 1024 },
                                      { 0 } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);
  assert_cut(bench_get(bench, BENCH_AMPLE_MS));
}

typedef struct {
  const char *answer;
  ShopcaisseReplyKind kind;
} StatusCase;

static const StatusCase status_cases[] = {
  { "200 OK", SHOPCAISSE_REPLY_OK },
  { "201 Created", SHOPCAISSE_REPLY_OK },
  { "300 Multiple Choices", SHOPCAISSE_REPLY_UNKNOWN },
  { "304 Not Modified", SHOPCAISSE_REPLY_UNKNOWN },
  { "400 Bad Request", SHOPCAISSE_REPLY_REFUSED },
  { "401 Unauthorized", SHOPCAISSE_REPLY_UNAUTHORIZED },
  { "402 Payment Required", SHOPCAISSE_REPLY_REFUSED },
  { "403 Forbidden", SHOPCAISSE_REPLY_FORBIDDEN },
  { "404 Not Found", SHOPCAISSE_REPLY_NOT_FOUND },
  { "405 Method Not Allowed", SHOPCAISSE_REPLY_REFUSED },
  { "407 Proxy Authentication Required", SHOPCAISSE_REPLY_FORBIDDEN },
  { "408 Request Timeout", SHOPCAISSE_REPLY_UNKNOWN },
  { "409 Conflict", SHOPCAISSE_REPLY_CONFLICT },
  { "413 Content Too Large", SHOPCAISSE_REPLY_REFUSED },
  { "422 Unprocessable Content", SHOPCAISSE_REPLY_REFUSED },
  { "429 Too Many Requests", SHOPCAISSE_REPLY_THROTTLED },
  { "500 Internal Server Error", SHOPCAISSE_REPLY_UNKNOWN },
  { "502 Bad Gateway", SHOPCAISSE_REPLY_UNKNOWN },
  { "503 Service Unavailable", SHOPCAISSE_REPLY_UNKNOWN },
  { "504 Gateway Timeout", SHOPCAISSE_REPLY_UNKNOWN },
  { "599 Odd", SHOPCAISSE_REPLY_UNKNOWN },
};

static void
each_status_has_its_kind(void **state)
{
  Bench *bench = *state;
  ServerStep steps[G_N_ELEMENTS(status_cases)][3] = { 0 };
  g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func(g_free);
  bench_serve(bench, "127.0.0.1", NULL);
  for (guint i = 0; i < G_N_ELEMENTS(status_cases); i++) {
    g_ptr_array_add(
        answers,
        g_strdup_printf("HTTP/1.1 %s\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 2\r\n\r\n{}",
                        status_cases[i].answer));
    steps[i][0].action = SERVER_READ_REQUEST;
    steps[i][1].action = SERVER_WRITE;
    steps[i][1].text = answers->pdata[i];
    scripted_server_play(bench->server, steps[i]);
  }
  g_autofree char *url = scripted_server_dup_url(bench->server, "http");
  bench_open(bench, url, "");

  for (guint i = 0; i < G_N_ELEMENTS(status_cases); i++) {
    ShopcaisseReply *reply = bench_post(bench, "{}", BENCH_AMPLE_MS);
    assert_int_equal(reply->kind, status_cases[i].kind);
    assert_string_equal(reply->status, status_cases[i].answer);
    assert_null(reply->error);
  }
  assert_int_equal(scripted_server_count_requests(bench->server), G_N_ELEMENTS(status_cases));
  bench_close(bench);
  g_clear_pointer(&bench->server, scripted_server_free); /* its scripts go out of scope */
}

static void
refusal_keeps_its_body(void **state)
{
  ShopcaisseReply *reply =
      get_answer(*state, "HTTP/1.1 422 No\r\nContent-Type: application/json\r\n"
                         "Content-Length: 7\r\n\r\n{\"e\":1}");
  assert_kind(reply, REFUSED);
  g_autofree char *body = bench_dup_body(reply);
  assert_string_equal(body, "{\"e\":1}");
}

static void
throttled_answer_keeps_retry_after_verbatim(void **state)
{
  ShopcaisseReply *reply = get_answer(*state, "HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n"
                                              "Retry-After: Wed, 21 Oct 2099 07:28:00 GMT\r\n\r\n");
  assert_kind(reply, THROTTLED);
  assert_string_equal(reply->retry_after, "Wed, 21 Oct 2099 07:28:00 GMT");
}

static void
unavailable_with_retry_after_is_throttled(void **state)
{
  ShopcaisseReply *reply =
      get_answer(*state, "HTTP/1.1 503 No\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n");
  assert_kind(reply, THROTTLED);
  assert_string_equal(reply->retry_after, "120");
}

static void
strange_reason_is_made_printable(void **state)
{
  ShopcaisseReply *reply =
      get_answer(*state, "HTTP/1.1 400 a\x1b[31m\xff\r\nContent-Length: 0\r\n\r\n");
  assert_kind(reply, REFUSED);
  assert_true(g_utf8_validate(reply->status, -1, NULL));
  assert_null(strchr(reply->status, 0x1b));
}

static int
run(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(whole_json_answer_is_ok),
    bench_test(request_goes_out_as_asked),
    bench_test(each_method_goes_out_by_its_name),
    bench_test(html_answer_is_ok_but_no_json),
    bench_test(json_type_is_known_with_parameters_and_suffix),
    bench_test(empty_answer_is_ok),
    bench_test(answer_without_content_is_ok),
    bench_test(interim_answer_is_passed_over),
    bench_test(chunked_answer_on_an_open_connection_is_ok),
    bench_test(chunked_answer_then_closed_is_ok),
    bench_test(chunked_answer_with_trailer_is_ok),
    bench_test(chunked_answer_cut_between_chunks_is_unknown),
    bench_test(chunked_answer_cut_after_a_chunks_bytes_is_unknown),
    bench_test(chunked_answer_cut_inside_a_chunk_is_unknown),
    bench_test(chunked_answer_cut_before_the_first_chunk_is_unknown),
    bench_test(chunked_answer_cut_and_announced_as_closing_is_unknown),
    bench_test(answer_shorter_than_its_length_is_unknown),
    bench_test(answer_shorter_than_its_length_and_closing_is_unknown),
    bench_test(header_cut_off_is_unknown),
    bench_test(close_without_an_answer_is_unknown),
    bench_test(reset_without_an_answer_is_unknown),
    bench_test(reset_inside_the_answer_is_unknown),
    bench_test(answer_that_is_no_http_is_unknown),
    bench_test(endless_header_is_unknown),
    bench_test(each_status_has_its_kind),
    bench_test(refusal_keeps_its_body),
    bench_test(throttled_answer_keeps_retry_after_verbatim),
    bench_test(unavailable_with_retry_after_is_throttled),
    bench_test(strange_reason_is_made_printable),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

int
main(int argc, char **argv)
{
  return bench_main(argc, argv, run);
}
