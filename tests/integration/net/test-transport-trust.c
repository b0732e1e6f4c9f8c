/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who gets the token: certificates, protocol versions, redirects. */

#include "bench.h"
#include "error.h"

#include <string.h>

static const ServerStep plain_steps[] = { { SERVER_READ_REQUEST },
                                          { SERVER_WRITE, JSON_OK },
                                          { SERVER_AGAIN } };
static const ServerStep secured_steps[] = {
  { SERVER_TLS }, { SERVER_READ_REQUEST }, { SERVER_WRITE, JSON_OK }, { SERVER_AGAIN, NULL, 1 }
};

static void
assert_token_never_came(Bench *bench)
{
  g_autofree char *received = scripted_server_dup_received(bench->server);
  assert_null(strstr(received, BENCH_TOKEN));
  assert_null(strstr(received, "Bearer"));
}

static void
good_certificate_is_trusted(void **state)
{
  Bench *bench = *state;
  bench_serve_secured(bench, "good", secured_steps);
  assert_kind(bench_get(bench, BENCH_AMPLE_MS), OK);
}

static void
only_http_1_1_is_offered(void **state)
{
  Bench *bench = *state;
  bench_serve_secured(bench, "good", secured_steps);

  assert_kind(bench_get(bench, BENCH_AMPLE_MS), OK);

  g_autofree char *protocol = scripted_server_dup_protocol(bench->server);
  assert_string_equal(protocol, "http/1.1");
}

static void
assert_refused_certificate(Bench *bench, const char *certificate)
{
  bench_serve_secured(bench, certificate, secured_steps);

  ShopcaisseReply *reply = bench_post(bench, "{}", BENCH_AMPLE_MS);

  assert_kind(reply, UNTRUSTED);
  assert_comptoir_error(reply, UNREACHABLE);
  assert_int_equal(scripted_server_count_requests(bench->server), 0);
  assert_token_never_came(bench);
}

static const char *
get_message(Bench *bench)
{
  const ShopcaisseReply *reply = bench->replies->pdata[bench->replies->len - 1];
  return reply->error->message;
}

static void
unknown_authority_is_untrusted(void **state)
{
  assert_refused_certificate(*state, "stranger");
  assert_non_null(strstr(get_message(*state), "authority"));
}

static void
wrong_name_is_untrusted(void **state)
{
  assert_refused_certificate(*state, "other-name");
  assert_non_null(strstr(get_message(*state), "name"));
}

static void
expired_certificate_is_untrusted(void **state)
{
  assert_refused_certificate(*state, "expired");
  assert_non_null(strstr(get_message(*state), "expired"));
}

static void
certificate_of_the_future_is_untrusted(void **state)
{
  assert_refused_certificate(*state, "not-yet");
  assert_non_null(strstr(get_message(*state), "not valid yet"));
}

static void
plain_text_in_the_handshake_is_untrusted(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_SOME, NULL, 50 },
                                      { SERVER_WRITE, "HTTP/1.1 400 Bad Request\r\n\r\n" },
                                      { 0 } };
  Bench *bench = *state;
  bench_serve_secured(bench, "good", steps);

  ShopcaisseReply *reply = bench_post(bench, "{}", BENCH_AMPLE_MS);

  assert_kind(reply, UNTRUSTED);
  assert_token_never_came(bench);
}

/* The library at hand still speaks old TLS to a server of another make. */
static GSubprocess *
start_old_server(const char *version, guint *port)
{
  const char *source = g_getenv("G_TEST_SRCDIR");
  g_autofree char *certificate = g_build_filename(source, "data", "tls", "good.pem", NULL);
  g_autofree char *key = g_build_filename(source, "data", "tls", "good.key.pem", NULL);
  g_autoptr(GError) error = NULL;
  GSubprocess *server = g_subprocess_new(
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE |
          G_SUBPROCESS_FLAGS_STDIN_PIPE,
      &error, bench_get_argument(0), "s_server", "-accept", "127.0.0.1:0", version, "-cipher",
      "ALL:@SECLEVEL=0", "-naccept", "1", "-cert", certificate, "-key", key, NULL);
  assert_null(error);

  g_autoptr(GDataInputStream) lines = g_data_input_stream_new(g_subprocess_get_stdout_pipe(server));
  g_filter_input_stream_set_close_base_stream(G_FILTER_INPUT_STREAM(lines), FALSE);
  g_buffered_input_stream_set_buffer_size(G_BUFFERED_INPUT_STREAM(lines), 1);
  g_autofree char *line = NULL;
  do {
    g_free(line);
    line = g_data_input_stream_read_line(lines, NULL, NULL, NULL);
    assert_non_null(line);
  } while (!g_str_has_prefix(line, "ACCEPT "));
  *port = (guint)g_ascii_strtoull(strrchr(line, ':') + 1, NULL, 10);
  return server;
}

static char *
read_rest(GSubprocess *server)
{
  g_autoptr(GOutputStream) text = g_memory_output_stream_new_resizable();
  g_output_stream_splice(text, g_subprocess_get_stdout_pipe(server),
                         G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
  (void)g_subprocess_wait(server, NULL, NULL);
  g_autoptr(GBytes) bytes = g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(text));
  return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static void
assert_old_version_refused(Bench *bench, const char *version)
{
  guint port = 0;
  GSubprocess *server = start_old_server(version, &port);
  g_autofree char *url = g_strdup_printf("https://127.0.0.1:%u", port);
  bench_open(bench, url, "");

  ShopcaisseReply *reply = bench_post(bench, "{}", BENCH_AMPLE_MS);

  if (reply->kind != SHOPCAISSE_REPLY_UNTRUSTED)
    g_subprocess_force_exit(server); /* it would wait for more */
  g_autofree char *received = read_rest(server);
  g_object_unref(server);
  assert_kind(reply, UNTRUSTED);
  assert_null(strstr(received, BENCH_TOKEN));
  assert_null(strstr(received, "POST"));
}

static void
tls_1_1_is_refused_before_the_token_leaves(void **state)
{
  assert_old_version_refused(*state, "-tls1_1");
}

static void
tls_1_0_is_refused_before_the_token_leaves(void **state)
{
  assert_old_version_refused(*state, "-tls1");
}

static void
assert_not_followed(Bench *bench, const char *status)
{
  g_autoptr(ScriptedServer) other = scripted_server_new("127.0.0.1", NULL, bench->context);
  scripted_server_play(other, plain_steps);
  g_autofree char *target = scripted_server_dup_url(other, "http");
  g_autofree char *answer = g_strdup_printf(
      "HTTP/1.1 %s Moved\r\nLocation: %s/v1\r\nContent-Length: 0\r\n\r\n", status, target);
  ServerStep steps[] = { { SERVER_READ_REQUEST }, { SERVER_WRITE, answer }, { SERVER_AGAIN } };
  bench_serve_plain(bench, steps);

  assert_kind(bench_get(bench, BENCH_AMPLE_MS), UNKNOWN);
  assert_kind(bench_post(bench, "{}", BENCH_AMPLE_MS), UNKNOWN);

  assert_int_equal(scripted_server_count_requests(bench->server), 2);
  assert_int_equal(scripted_server_count_connections(other), 0);
  bench_close(bench);
  g_clear_pointer(&bench->server, scripted_server_free); /* its script goes out of scope */
}

static void
redirect_301_is_not_followed(void **state)
{
  assert_not_followed(*state, "301");
}

static void
redirect_302_is_not_followed(void **state)
{
  assert_not_followed(*state, "302");
}

static void
redirect_303_is_not_followed(void **state)
{
  assert_not_followed(*state, "303");
}

static void
redirect_307_is_not_followed(void **state)
{
  assert_not_followed(*state, "307");
}

static void
redirect_308_is_not_followed(void **state)
{
  assert_not_followed(*state, "308");
}

static int
run(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(good_certificate_is_trusted),
    bench_test(only_http_1_1_is_offered),
    bench_test(unknown_authority_is_untrusted),
    bench_test(wrong_name_is_untrusted),
    bench_test(expired_certificate_is_untrusted),
    bench_test(certificate_of_the_future_is_untrusted),
    bench_test(plain_text_in_the_handshake_is_untrusted),
    bench_test(tls_1_1_is_refused_before_the_token_leaves),
    bench_test(tls_1_0_is_refused_before_the_token_leaves),
    bench_test(redirect_301_is_not_followed),
    bench_test(redirect_302_is_not_followed),
    bench_test(redirect_303_is_not_followed),
    bench_test(redirect_307_is_not_followed),
    bench_test(redirect_308_is_not_followed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

int
main(int argc, char **argv)
{
  return bench_main(argc, argv, run);
}
