/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a request may go and by which way: base URLs, paths, proxies, addresses. */

#include "bench.h"
#include "error.h"
#include "silent-resolver.h"

#include <glib/gstdio.h>
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

static const char *const refused_urls[] = {
  "http://shop.test",
  "http://192.0.2.1",
  "http://127.0.0.1.shop.test",
  "http://[::2]",
  "http://localhost.shop.test",
  "http://10.0.0.1:80",
  "https://user@shop.test",
  "https://user:secret@shop.test",
  "https://shop.test/v1",
  "https://shop.test?x",
  "https://shop.test#x",
  "https://",
  "https:shop.test",
  "ftp://shop.test",
  "shop.test",
  "",
};

static void
unsafe_base_url_is_refused(void **state)
{
  Bench *bench = *state;
  for (guint i = 0; i < G_N_ELEMENTS(refused_urls); i++) {
    g_autoptr(GError) error = NULL;
    ShopcaisseTransport *transport = bench->open(
        &(ShopcaisseTransportConfig){ .context = bench->context, .base_url = refused_urls[i] },
        &error);
    assert_null(transport);
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
    assert_null(strstr(error->message, "secret"));
  }
}

static const char *const taken_urls[] = { "https://shop.test",      "https://shop.test/",
                                          "HTTPS://shop.test:8443", "http://127.0.0.1:8080",
                                          "http://127.9.9.9",       "http://[::1]:8080",
                                          "http://localhost",       "https://192.0.2.1:443" };

static void
safe_base_url_is_taken(void **state)
{
  Bench *bench = *state;
  for (guint i = 0; i < G_N_ELEMENTS(taken_urls); i++) {
    bench_open(bench, taken_urls[i], "");
    bench_close(bench);
  }
}

static void
unusable_proxy_is_refused(void **state)
{
  static const char *const proxies[] = { "proxy:3128", "ftp://proxy", "http://user:secret@proxy",
                                         "http://proxy/x", "//" };
  Bench *bench = *state;
  for (guint i = 0; i < G_N_ELEMENTS(proxies); i++) {
    g_autoptr(GError) error = NULL;
    ShopcaisseTransport *transport = bench->open(
        &(ShopcaisseTransportConfig){
            .context = bench->context, .base_url = "https://shop.test", .proxy = proxies[i] },
        &error);
    assert_null(transport);
    assert_true(g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID));
    assert_null(strstr(error->message, "secret"));
  }
}

static void
path_cannot_leave_the_origin(void **state)
{
  static const char *const paths[] = { "",           "v1",        "http://shop.test/",
                                       "@shop.test", "/a b",      "/a\r\nX: y",
                                       "/a#b",       "/\xc3\xa9", ".shop.test/" };
  Bench *bench = *state;
  bench_serve_plain(bench, plain_steps);
  for (guint i = 0; i < G_N_ELEMENTS(paths); i++) {
    g_autofree char *path = g_strdup(paths[i]);
    ShopcaisseRequest request = { .method = SHOPCAISSE_METHOD_GET,
                                  .path = path,
                                  .timeout_ms = BENCH_AMPLE_MS,
                                  .max_answer = 4096 };
    bench_send_request(bench, &request, NULL);
    ShopcaisseReply *reply = bench_wait_reply(bench, i);
    assert_kind(reply, NOT_SENT);
    assert_comptoir_error(reply, INVALID);
  }
  assert_int_equal(scripted_server_count_connections(bench->server), 0);
}

static void
path_of_two_slashes_stays_a_path(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, plain_steps);
  g_autoptr(ShopcaisseRequest) request =
      shopcaisse_request_new(SHOPCAISSE_METHOD_GET, g_strdup("//shop.test/x?a=%20b"), NULL, 4096);

  bench_send_request(bench, request, NULL);

  assert_kind(bench_wait_reply(bench, 0), OK);
  g_autofree char *text = scripted_server_dup_request(bench->server, 0);
  assert_true(g_str_has_prefix(text, "GET //shop.test/x?a=%20b HTTP/1.1\r\n"));
  assert_non_null(strstr(text, "\r\nHost: 127.0.0.1"));
}

static void
no_token_no_authorization(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, plain_steps);
  bench->transport->set_token(bench->transport, NULL);

  assert_kind(bench_get(bench, BENCH_AMPLE_MS), OK);

  assert_token_never_came(bench);
}

static void
token_with_a_line_break_is_not_sent(void **state)
{
  Bench *bench = *state;
  bench_serve_plain(bench, plain_steps);
  bench->transport->set_token(bench->transport, "a\r\nX-Other: b");

  ShopcaisseReply *reply = bench_get(bench, BENCH_AMPLE_MS);

  assert_kind(reply, NOT_SENT);
  assert_comptoir_error(reply, INVALID);
  assert_int_equal(scripted_server_count_connections(bench->server), 0);
}

static void
open_through_proxy(Bench *bench, const char *certificate, const ServerStep *steps)
{
  bench_serve(bench, "127.0.0.1", certificate);
  scripted_server_play(bench->server, steps);
  g_autofree char *proxy = scripted_server_dup_url(bench->server, "http");
  bench_open(bench, "https://shop.test", proxy);
}

static void
proxy_sees_the_tunnel_but_no_token(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE, "HTTP/1.1 200 Tunnel\r\n\r\n" },
                                      { SERVER_TLS },
                                      { SERVER_READ_REQUEST },
                                      { SERVER_WRITE, JSON_OK },
                                      { 0 } };
  Bench *bench = *state;
  open_through_proxy(bench, "good", steps);

  assert_kind(bench_post(bench, "{}", BENCH_AMPLE_MS), OK);

  g_autofree char *tunnel = scripted_server_dup_request(bench->server, 0);
  assert_true(g_str_has_prefix(tunnel, "CONNECT shop.test:443 HTTP/1."));
  assert_null(strstr(tunnel, BENCH_TOKEN));
  g_autofree char *request = scripted_server_dup_request(bench->server, 1);
  assert_non_null(strstr(request, BENCH_TOKEN));
}

static void
proxy_with_its_own_certificate_is_untrusted(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE, "HTTP/1.1 200 Tunnel\r\n\r\n" },
                                      { SERVER_TLS },
                                      { SERVER_READ_REQUEST },
                                      { 0 } };
  Bench *bench = *state;
  open_through_proxy(bench, "stranger", steps);

  assert_kind(bench_post(bench, "{}", BENCH_AMPLE_MS), UNTRUSTED);
  assert_token_never_came(bench);
}

static void
proxy_that_wants_a_password_is_forbidden(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE,
                                        "HTTP/1.1 407 Password\r\nProxy-Authenticate: Basic "
                                        "realm=\"x\"\r\nContent-Length: 0\r\n\r\n" },
                                      { 0 } };
  Bench *bench = *state;
  open_through_proxy(bench, NULL, steps);

  ShopcaisseReply *reply = bench_post(bench, "{}", BENCH_AMPLE_MS);

  assert_kind(reply, FORBIDDEN);
  assert_non_null(reply->error);
  assert_int_equal(scripted_server_count_requests(bench->server), 1);
  assert_token_never_came(bench);
}

static void
proxy_that_refuses_is_not_sent(void **state)
{
  static const ServerStep steps[] = { { SERVER_READ_REQUEST },
                                      { SERVER_WRITE,
                                        "HTTP/1.1 502 No way\r\nContent-Length: 4\r\n\r\nnope" },
                                      { 0 } };
  Bench *bench = *state;
  open_through_proxy(bench, NULL, steps);

  assert_kind(bench_post(bench, "{}", BENCH_AMPLE_MS), NOT_SENT);
  assert_token_never_came(bench);
}

static void
proxy_that_is_down_is_not_sent(void **state)
{
  Bench *bench = *state;
  open_through_proxy(bench, NULL, plain_steps);
  g_clear_pointer(&bench->server, scripted_server_free);
  assert_kind(bench_post(bench, "{}", BENCH_AMPLE_MS), NOT_SENT);
}

static void
loopback_goes_past_the_proxy(void **state)
{
  Bench *bench = *state;
  g_autoptr(ScriptedServer) proxy = scripted_server_new("127.0.0.1", NULL, bench->context);
  g_autofree char *proxy_url = scripted_server_dup_url(proxy, "http");
  bench_serve(bench, "127.0.0.1", NULL);
  scripted_server_play(bench->server, plain_steps);
  g_autofree char *url = scripted_server_dup_url(bench->server, "http");
  bench_open(bench, url, proxy_url);

  assert_kind(bench_get(bench, BENCH_AMPLE_MS), OK);
  assert_int_equal(scripted_server_count_connections(proxy), 0);
}

static void
assert_environment_is_not_heeded(Bench *bench, const char *proxy)
{
  static const char *const names[] = { "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                       "ALL_PROXY" };
  SilentResolver *resolver = silent_resolver_install();
  bench_serve(bench, "127.0.0.1", NULL);
  scripted_server_play(bench->server, plain_steps);
  g_autofree char *url = scripted_server_dup_url(bench->server, "http");
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    (void)g_setenv(names[i], url, TRUE);
  bench_open(bench, "https://shop.test", proxy);

  ShopcaisseReply *reply = bench_post(bench, "{}", BENCH_SHORT_MS);

  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    g_unsetenv(names[i]);
  silent_resolver_remove(resolver);
  assert_kind(reply, NOT_SENT);
  assert_int_equal(scripted_server_count_connections(bench->server), 0);
}

static void
environment_has_no_say_when_there_is_no_proxy(void **state)
{
  assert_environment_is_not_heeded(*state, "");
}

/* GIO's resolver of this program knows no proxy. */
static void
environment_has_no_say_beside_the_systems_resolver(void **state)
{
  assert_environment_is_not_heeded(*state, NULL);
}

static void
password_file_has_no_say(void **state)
{
  Bench *bench = *state;
  g_autofree char *home = g_dir_make_tmp("transport-XXXXXX", NULL);
  g_autofree char *file = g_build_filename(home, ".netrc", NULL);
  assert_true(g_file_set_contents(file, "default login ada password lovelace\n", -1, NULL));
  g_autofree char *former = g_strdup(g_getenv("HOME"));
  (void)g_setenv("HOME", home, TRUE);
  bench_serve_plain(bench, plain_steps);
  bench->transport->set_token(bench->transport, NULL);

  ShopcaisseReply *reply = bench_get(bench, BENCH_AMPLE_MS);

  if (former != NULL)
    (void)g_setenv("HOME", former, TRUE);
  (void)g_unlink(file);
  (void)g_rmdir(home);
  assert_kind(reply, OK);
  g_autofree char *text = scripted_server_dup_request(bench->server, 0);
  assert_null(strstr(text, "Authorization"));
}

/* TLS towards an IPv6 number is another matter: the library sends it as a server name. */
static void
ipv6_number_works(void **state)
{
  Bench *bench = *state;
  bench_serve(bench, "::1", NULL);
  scripted_server_play(bench->server, plain_steps);
  g_autofree char *url = scripted_server_dup_url(bench->server, "http");
  bench_open(bench, url, NULL);
  assert_kind(bench_get(bench, BENCH_AMPLE_MS), OK);
}

static void
assert_name_leads_to(Bench *bench, const char *address)
{
  bench_serve(bench, address, "good");
  scripted_server_play(bench->server, secured_steps);
  guint port = scripted_server_get_port(bench->server);
  g_autofree char *url = g_strdup_printf("https://localhost:%u", port);
  bench_open(bench, url, NULL);
  assert_kind(bench_get(bench, BENCH_AMPLE_MS), OK);
}

static void
name_served_by_ipv6_alone_works(void **state)
{
  assert_name_leads_to(*state, "::1");
}

static void
name_served_by_ipv4_alone_works(void **state)
{
  assert_name_leads_to(*state, "127.0.0.1");
}

static int
run(void)
{
  const struct CMUnitTest tests[] = {
    bench_test(unsafe_base_url_is_refused),
    bench_test(safe_base_url_is_taken),
    bench_test(unusable_proxy_is_refused),
    bench_test(path_cannot_leave_the_origin),
    bench_test(path_of_two_slashes_stays_a_path),
    bench_test(no_token_no_authorization),
    bench_test(token_with_a_line_break_is_not_sent),
    bench_test(proxy_sees_the_tunnel_but_no_token),
    bench_test(proxy_with_its_own_certificate_is_untrusted),
    bench_test(proxy_that_wants_a_password_is_forbidden),
    bench_test(proxy_that_refuses_is_not_sent),
    bench_test(proxy_that_is_down_is_not_sent),
    bench_test(loopback_goes_past_the_proxy),
    bench_test(environment_has_no_say_when_there_is_no_proxy),
    bench_test(environment_has_no_say_beside_the_systems_resolver),
    bench_test(password_file_has_no_say),
    bench_test(ipv6_number_works),
    bench_test(name_served_by_ipv6_alone_works),
    bench_test(name_served_by_ipv4_alone_works),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

int
main(int argc, char **argv)
{
  return bench_main(argc, argv, run);
}
