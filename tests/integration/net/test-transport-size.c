/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How much of an answer is read, and that nothing is unpacked. */

#include "bench.h"
#include "error.h"

#include <string.h>

#define BOMB_BYTES (16 * 1024 * 1024) /* unpacked */

static ShopcaisseReply *
get_from(Bench *bench, const ServerStep *steps)
{
  bench_serve_plain(bench, steps);
  return bench_get(bench, BENCH_AMPLE_MS);
}

static void
declared_size_above_the_limit_is_oversized(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE, JSON_HEAD "Content-Length: 4097\r\n\r\n" },
                                      { SERVER_HOLD } };
  ShopcaisseReply *reply = get_from(*state, steps);
  assert_kind(reply, OVERSIZED);
  assert_comptoir_error(reply, PROTOCOL);
  assert_null(reply->body);
}

static void
streamed_size_above_the_limit_is_oversized(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE, JSON_HEAD "\r\n" },
                                      { SERVER_FLOOD, NULL, 1024 * 1024 * 1024 },
                                      { 0 } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);

  ShopcaisseReply *reply = bench_get(bench, BENCH_AMPLE_MS);

  assert_kind(reply, OVERSIZED);
  assert_comptoir_error(reply, PROTOCOL);
}

static void
size_at_the_limit_is_ok(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE, JSON_HEAD "Content-Length: 4096\r\n\r\n" },
                                      { SERVER_FLOOD, NULL, 4096 },
                                      { 0 } };
  Bench *bench = *state;
  bench_serve_plain(bench, steps);

  ShopcaisseReply *reply = bench_get(bench, BENCH_AMPLE_MS);

  assert_kind(reply, OK);
  assert_int_equal(g_bytes_get_size(reply->body), 4096);
}

static void
compressed_answer_is_unknown(void **state)
{
  static const ServerStep steps[] = {
    { SERVER_READ_REQUEST },
    { SERVER_WRITE,
      JSON_HEAD "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x01" },
    { 0 }
  };
  ShopcaisseReply *reply = get_from(*state, steps);
  assert_kind(reply, UNKNOWN);
  assert_comptoir_error(reply, PROTOCOL);
  assert_null(reply->body);
}

/* A small answer that would be a large one; @coding is the header that says how. */
static void
assert_not_unpacked(Bench *bench, const char *coding)
{
  g_autoptr(GInputStream) zeros =
      g_memory_input_stream_new_from_data(g_malloc0(BOMB_BYTES), BOMB_BYTES, g_free);
  g_autoptr(GZlibCompressor) gzip = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr(GInputStream) packed = g_converter_input_stream_new(zeros, G_CONVERTER(gzip));
  g_autofree char *bomb = g_malloc(BOMB_BYTES);
  gsize length = 0;
  assert_true(g_input_stream_read_all(packed, bomb, BOMB_BYTES, &length, NULL, NULL));
  g_autofree char *head =
      g_strdup_printf(JSON_HEAD "%s\r\n\r\n%" G_GSIZE_MODIFIER "x\r\n", coding, length);
  ServerStep steps[] = { { SERVER_READ_REQUEST },
                         { SERVER_WRITE, head },
                         { SERVER_WRITE, bomb, (guint)length },
                         { SERVER_WRITE, "\r\n0\r\n\r\n" },
                         { 0 } };
  bench_serve_plain(bench, steps);
  g_autoptr(ShopcaisseRequest) request =
      shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_strdup("/"), NULL, 2 * BOMB_BYTES);

  bench_send_request(bench, request, NULL);

  const ShopcaisseReply *reply = bench_wait_reply(bench, 0);
  assert_kind(reply, UNKNOWN);
  assert_non_null(reply->error);
  assert_null(reply->body);
  bench_close(bench);
  g_clear_pointer(&bench->server, scripted_server_free); /* its script goes out of scope */
}

static void
gzip_bomb_is_not_unpacked(void **state)
{
  assert_not_unpacked(*state, "Content-Encoding: gzip\r\nTransfer-Encoding: chunked");
}

static void
bomb_in_a_transfer_coding_is_not_unpacked(void **state)
{
  assert_not_unpacked(*state, "Transfer-Encoding: gzip, chunked");
}

static int
run(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(declared_size_above_the_limit_is_oversized),
    bench_test(streamed_size_above_the_limit_is_oversized),
    bench_test(size_at_the_limit_is_ok),
    bench_test(compressed_answer_is_unknown),
    bench_test(gzip_bomb_is_not_unpacked),
    bench_test(bomb_in_a_transfer_coding_is_not_unpacked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

int
main(int argc, char **argv)
{
  return bench_main(argc, argv, run);
}
