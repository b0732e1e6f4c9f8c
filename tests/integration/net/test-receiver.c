/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a receiver lets through, and what it refuses before a library has read it. */
#include "door.h"

#include <string.h>

#define POST_BODY(length) DOOR_LINE DOOR_HOST "Content-Length: " length "\r\n\r\n"
#define POST_CHUNKS       DOOR_LINE DOOR_HOST "Transfer-Encoding: chunked\r\n\r\n"

static void
assert_body(const Door *door, const char *text)
{
  gsize size = 0;
  const char *data = g_bytes_get_data(door->body, &size);

  assert_int_equal(size, strlen(text));
  assert_memory_equal(data, text, size);
}

static void
body_and_signature_come_through(void **state)
{
  Door *door = *state;

  door_open(door);
  assert_int_equal(
      door_ask(door, DOOR_LINE DOOR_HOST "X-SIGNATURE:  abc \r\nContent-Length: 5\r\n\r\nhello"),
      200);
  assert_int_equal(door->n_received, 1);
  assert_string_equal(door->signature, "abc");
  assert_body(door, "hello");
}

static void
missing_signature_is_told(void **state)
{
  Door *door = *state;

  door_open(door);
  door_ask(door, POST_BODY("5") "hello");
  assert_int_equal(door->n_received, 1);
  assert_null(door->signature);
}

static void
bytes_are_not_changed(void **state)
{
  static const char body[] = "\0\xff\r\n\r\nPOST";
  g_autoptr(GString) text = g_string_new(POST_BODY("10"));
  Door *door = *state;

  door_open(door);
  g_string_append_len(text, body, 10);
  assert_int_equal(call_wait(door_call_bytes(door, text->str, text->len)), 200);
  assert_int_equal(g_bytes_get_size(door->body), 10);
  assert_memory_equal(g_bytes_get_data(door->body, NULL), body, 10);
}

static void
each_verdict_has_its_status(void **state)
{
  static const guint statuses[] = { 200, 202, 400, 401, 503 };
  Door *door = *state;

  door_open(door);
  for (guint i = 0; i < G_N_ELEMENTS(statuses); i++) {
    door->answer = (ShopcaisseReceived)i;
    assert_int_equal(door_ask(door, POST_BODY("2") "{}"), statuses[i]);
  }
}

static void
connection_is_closed_after_one_request(void **state)
{
  Door *door = *state;
  Call *call = NULL;

  door_open(door);
  call = door_call(door, POST_BODY("2") "{}" POST_BODY("2") "{}");
  assert_int_equal(call_wait(call), 200);
  assert_non_null(strstr(call->answer->str, "Connection: close\r\n"));
  assert_int_equal(door->n_received, 1);
}

static void
request_may_come_byte_by_byte(void **state)
{
  static const char text[] = POST_BODY("2") "{}";
  Door *door = *state;
  Call *call = NULL;

  door_open(door);
  call = door_call(door, "");
  for (gsize i = 0; i < strlen(text); i++) {
    char byte[] = { text[i], '\0' };

    call_send(call, byte);
    while (call->unsent->len > 0)
      g_main_context_iteration(door->context, TRUE);
  }
  assert_int_equal(call_wait(call), 200);
}

static void
proxy_may_speak_the_older_version(void **state)
{
  Door *door = *state;

  door_open(door);
  assert_int_equal(door_ask(door, "POST " DOOR_PATH " HTTP/1.0\r\n" DOOR_HOST
                                  "Connection: close\r\nContent-Length: 2\r\n\r\n{}"),
                   200);
}

static void
chunks_come_through_as_one_body(void **state)
{
  Door *door = *state;

  door_open(door);
  assert_int_equal(door_ask(door, POST_CHUNKS "3\r\nhel\r\n02\r\nlo\r\n0\r\n\r\n"), 200);
  assert_body(door, "hello");
}

static void
leave_to_send_the_body_is_given(void **state)
{
  Door *door = *state;
  Call *call = NULL;

  door_open(door);
  call = door_call(door, DOOR_LINE DOOR_HOST "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  while (call->answer->len == 0)
    g_main_context_iteration(door->context, TRUE);
  assert_int_equal(call_get_status(call), 100);
  call_send(call, "{}");
  call_wait(call);
  assert_non_null(strstr(call->answer->str, "HTTP/1.1 200 "));
}

typedef struct {
  const char *text;
  guint status;
} Refusal;

static void
assert_refused(Door *door, const Refusal *refusals, gsize n_refusals)
{
  door_open(door);
  for (gsize i = 0; i < n_refusals; i++) {
    guint status = door_ask(door, refusals[i].text);

    if (status != refusals[i].status)
      fail_msg("%u instead of %u for %s", status, refusals[i].status, refusals[i].text);
  }
  assert_int_equal(door->n_received, 0);
  door_wait_empty(door);
  assert_int_equal(door->receiver->count_refused(door->receiver), n_refusals);
}

static void
other_methods_and_paths_are_refused(void **state)
{
  static const Refusal refusals[] = {
    { "GET " DOOR_PATH " HTTP/1.1\r\n" DOOR_HOST "\r\n", 405 },
    { "GET " DOOR_PATH " HTTP/1.1\r\n" DOOR_HOST "Range: bytes=0-1,5-9\r\n\r\n", 405 },
    { "HEAD " DOOR_PATH " HTTP/1.1\r\n" DOOR_HOST "\r\n", 405 },
    { "TRACE " DOOR_PATH " HTTP/1.1\r\n" DOOR_HOST "\r\n", 405 },
    { "PUT " DOOR_PATH " HTTP/1.1\r\n" DOOR_HOST "Content-Length: 0\r\n\r\n", 405 },
    { "POST / HTTP/1.1\r\n" DOOR_HOST "Content-Length: 0\r\n\r\n", 404 },
    { "POST " DOOR_PATH "/more HTTP/1.1\r\n" DOOR_HOST "Content-Length: 0\r\n\r\n", 404 },
    { "POST " DOOR_PATH "?a=b HTTP/1.1\r\n" DOOR_HOST "Content-Length: 0\r\n\r\n", 404 },
    { "POST //hook HTTP/1.1\r\n" DOOR_HOST "Content-Length: 0\r\n\r\n", 404 },
    { "POST http://shop/hook HTTP/1.1\r\n" DOOR_HOST "Content-Length: 0\r\n\r\n", 404 },
    { "OPTIONS * HTTP/1.1\r\n" DOOR_HOST "\r\n", 404 },
    { "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505 },
    { "POST " DOOR_PATH " HTTP/1.2\r\n" DOOR_HOST "Content-Length: 0\r\n\r\n", 505 },
  };

  assert_refused(*state, refusals, G_N_ELEMENTS(refusals));
}

static void
exactly_one_host_is_wanted(void **state)
{
  static const Refusal refusals[] = {
    { DOOR_LINE "Content-Length: 0\r\n\r\n", 400 },
    { DOOR_LINE "Host:\r\nContent-Length: 0\r\n\r\n", 400 },
    { DOOR_LINE "Host: one\r\nHost: two\r\nContent-Length: 0\r\n\r\n", 400 },
    { DOOR_LINE "Host: one two\r\nContent-Length: 0\r\n\r\n", 400 },
  };

  assert_refused(*state, refusals, G_N_ELEMENTS(refusals));
}

static void
doubtful_length_is_refused(void **state)
{
  static const Refusal refusals[] = {
    { POST_BODY("+5") "hello", 400 },
    { POST_BODY("-1") "hello", 400 },
    { POST_BODY("") "hello", 400 },
    { POST_BODY("5, 5") "hello", 400 },
    { POST_BODY("0x5") "hello", 400 },
    { POST_BODY("5 5") "hello", 400 },
    { POST_BODY("99999999999999999999"), 413 },
    { DOOR_LINE DOOR_HOST "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400 },
    { DOOR_LINE DOOR_HOST "Content-Length: 5\r\nContent-Length: 0\r\n\r\nhello", 400 },
    { DOOR_LINE DOOR_HOST "\r\n", 411 },
  };

  assert_refused(*state, refusals, G_N_ELEMENTS(refusals));
}

static void
length_beside_an_encoding_is_refused(void **state)
{
  static const Refusal refusals[] = {
    { DOOR_LINE DOOR_HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
    { DOOR_LINE DOOR_HOST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400 },
    { DOOR_LINE DOOR_HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400 },
    { DOOR_LINE DOOR_HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501 },
    { DOOR_LINE DOOR_HOST "Transfer-Encoding: identity\r\n\r\n", 501 },
    { "POST " DOOR_PATH " HTTP/1.0\r\n" DOOR_HOST "Transfer-Encoding: chunked\r\n\r\n", 400 },
  };

  assert_refused(*state, refusals, G_N_ELEMENTS(refusals));
}

static void
doubtful_chunks_are_refused(void **state)
{
  static const Refusal refusals[] = {
    { POST_CHUNKS "5\nhello\r\n0\r\n\r\n", 400 },
    { POST_CHUNKS "5\r\nhello\n0\r\n\r\n", 400 },
    { POST_CHUNKS "5\r\nhello\r\n0\n\n", 400 },
    { POST_CHUNKS "+5\r\nhello\r\n0\r\n\r\n", 400 },
    { POST_CHUNKS "-5\r\nhello\r\n0\r\n\r\n", 400 },
    { POST_CHUNKS "0x5\r\nhello\r\n0\r\n\r\n", 400 },
    { POST_CHUNKS "5 \r\nhello\r\n0\r\n\r\n", 400 },
    { POST_CHUNKS "5;name=value\r\nhello\r\n0\r\n\r\n", 400 },
    { POST_CHUNKS "\r\nhello\r\n0\r\n\r\n", 400 },
    { POST_CHUNKS "5\r\nhelloo\r\n0\r\n\r\n", 400 },
    { POST_CHUNKS "0\r\nTrailer: x\r\n\r\n", 400 },
    { POST_CHUNKS "000000005\r\nhello\r\n0\r\n\r\n", 400 },
    { POST_CHUNKS "ffffffff\r\n", 413 },
  };

  assert_refused(*state, refusals, G_N_ELEMENTS(refusals));
}

static void
doubtful_lines_are_refused(void **state)
{
  static const Refusal refusals[] = {
    { "POST " DOOR_PATH " HTTP/1.1\nHost: shop\nContent-Length: 0\n\n", 400 },
    { DOOR_LINE DOOR_HOST "Content-Length: 0\r\n Folded: x\r\n\r\n", 400 },
    { DOOR_LINE DOOR_HOST "Content-Length : 0\r\n\r\n", 400 },
    { DOOR_LINE DOOR_HOST "Content-Length: 0\r\nno colon\r\n\r\n", 400 },
    { DOOR_LINE DOOR_HOST "Content-Length: 0\r\nX: a\rb\r\n\r\n", 400 },
    { DOOR_LINE DOOR_HOST "Content-Length: 0\r\r\n\r\n", 400 },
    { DOOR_LINE DOOR_HOST "Content-Length: 0\r\nX: \x01\r\n\r\n", 400 },
    { DOOR_LINE DOOR_HOST "X-Signature: a\r\nX-Signature: b\r\nContent-Length: 0\r\n\r\n", 400 },
    { "POST  " DOOR_PATH " HTTP/1.1\r\n" DOOR_HOST "Content-Length: 0\r\n\r\n", 400 },
    { "\r\n\r\n", 400 },
    { "\x16\x03\x01\x02", 400 },
  };

  assert_refused(*state, refusals, G_N_ELEMENTS(refusals));
}

static void
head_without_end_is_refused(void **state)
{
  g_autofree char *value = g_strnfill(20000, 'x');
  g_autofree char *text = g_strconcat(DOOR_LINE DOOR_HOST "X: ", value, NULL);
  Door *door = *state;

  door_open(door);
  assert_int_equal(door_ask(door, text), 431);
}

static void
too_many_lines_are_refused(void **state)
{
  g_autoptr(GString) text = g_string_new(DOOR_LINE DOOR_HOST "Content-Length: 0\r\n");
  Door *door = *state;

  door_open(door);
  for (guint i = 0; i < 200; i++)
    g_string_append(text, "X: y\r\n");
  g_string_append(text, "\r\n");
  assert_int_equal(door_ask(door, text->str), 431);
}

static void
body_may_be_256_kib(void **state)
{
  Door *door = *state;
  Call *call = NULL;

  door_open(door);
  call = door_call(door, POST_BODY("262144"));
  call_fill(call, 262144);
  assert_int_equal(call_wait(call), 200);
  assert_int_equal(g_bytes_get_size(door->body), 262144);
}

static void
body_may_not_be_a_byte_more(void **state)
{
  Door *door = *state;

  door_open(door);
  assert_int_equal(door_ask(door, POST_BODY("262145")), 413);
}

static void
address_that_is_none_is_refused(void **state)
{
  g_autoptr(GError) error = NULL;
  Door *door = *state;
  ShopcaisseReceiverOpenFunc open = NULL;

  door_open(door);
  open = door_get_open(door);
  door->config.address = "shop.example.org";
  assert_null(open(&door->config, &error));
  assert_non_null(strstr(error->message, "shop.example.org"));
}

static void
taken_port_is_an_error(void **state)
{
  g_autoptr(GError) error = NULL;
  Door *door = *state;
  ShopcaisseReceiverOpenFunc open = NULL;

  door_open(door);
  open = door_get_open(door);
  door->config.port = door->receiver->get_port(door->receiver);
  assert_null(open(&door->config, &error));
  assert_true(g_error_matches(error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE));
}

static int
run(void)
{
  const struct CMUnitTest tests[] = {
    door_test(body_and_signature_come_through),
    door_test(missing_signature_is_told),
    door_test(bytes_are_not_changed),
    door_test(each_verdict_has_its_status),
    door_test(connection_is_closed_after_one_request),
    door_test(request_may_come_byte_by_byte),
    door_test(proxy_may_speak_the_older_version),
    door_test(chunks_come_through_as_one_body),
    door_test(leave_to_send_the_body_is_given),
    door_test(other_methods_and_paths_are_refused),
    door_test(exactly_one_host_is_wanted),
    door_test(doubtful_length_is_refused),
    door_test(length_beside_an_encoding_is_refused),
    door_test(doubtful_chunks_are_refused),
    door_test(doubtful_lines_are_refused),
    door_test(head_without_end_is_refused),
    door_test(too_many_lines_are_refused),
    door_test(body_may_be_256_kib),
    door_test(body_may_not_be_a_byte_more),
    door_test(address_that_is_none_is_refused),
    door_test(taken_port_is_an_error),
  };

  return cmocka_run_group_tests(tests, NULL, NULL);
}

int
main(int argc, char **argv)
{
  return door_main(argc, argv, run);
}
