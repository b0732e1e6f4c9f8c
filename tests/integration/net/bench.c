/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Loads the transport named on the command line and drives one exchange after the other. Every wait
 * has a watchdog; at a test's end nothing is in flight, no descriptor is left, no log has the
 * token.
 */

#include "bench.h"

#include <dlfcn.h>
#include <string.h>

#define WATCHDOG_MS 180000

/* What cannot be handed through cmocka: the command line, and the log that GLib lets be set once.
 */
static struct {
  int argc;
  char **argv;
  ShopcaisseTransportOpenFunc open;
  GMutex lock;
  GString *log;
} program;

static GLogWriterOutput
capture_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  (void)user_data;
  g_mutex_lock(&program.lock);
  for (gsize i = 0; i < n_fields; i++) {
    if (fields[i].length < 0)
      g_string_append_printf(program.log, "%s\n", (const char *)fields[i].value);
  }
  g_mutex_unlock(&program.lock);
  return (level & G_LOG_LEVEL_MASK) <= G_LOG_LEVEL_WARNING
             ? g_log_writer_standard_streams(level, fields, n_fields, NULL)
             : G_LOG_WRITER_HANDLED;
}

/* GLib opens descriptors of its own once per process; from here on the number stays. */
static void
warm_up(void)
{
  static const ServerStep steps[] = {
    { SERVER_TLS }, { SERVER_READ_REQUEST }, { SERVER_WRITE, JSON_OK }, { 0 }
  };
  static const char *const url = "https://localhost";
  g_auto(GStrv) routes = g_proxy_resolver_lookup(g_proxy_resolver_get_default(), url, NULL, NULL);

  void *state = NULL;
  (void)bench_setup(&state);
  ((Bench *)state)->n_descriptors = G_MAXUINT;
  bench_serve_secured(state, "good", steps);
  (void)bench_get(state, BENCH_AMPLE_MS);
  (void)bench_teardown(&state);
}

/**
 * bench_main:
 * @argc: of main
 * @argv: of main; the first argument is the module
 * @run: runs the groups and returns the number of failures
 *
 * Loads the module and runs the tests against it.
 *
 * Returns: the exit status
 */
int
bench_main(int argc, char **argv, int (*run)(void))
{
  if (argc < 2)
    return 2;

  program.argc = argc;
  program.argv = argv;
  program.log = g_string_new(NULL);
  g_log_set_writer_func(capture_log, NULL, NULL);

  void *module = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (module == NULL) {
    g_warning("%s", dlerror());
    return 2;
  }
  *(void **)&program.open = dlsym(module, SHOPCAISSE_TRANSPORT_SYMBOL);
  if (program.open == NULL)
    return 2;

  warm_up();
  int n_failed = run();
  (void)g_string_free(program.log, TRUE);
  return n_failed == 0 ? 0 : 1;
}

/**
 * bench_get_argument:
 * @i: which, from 0, after the module
 *
 * Gives what else the build said on the command line.
 *
 * Returns: (transfer none) (nullable): the argument
 */
const char *
bench_get_argument(guint i)
{
  return (int)i + 2 < program.argc ? program.argv[i + 2] : NULL;
}

static guint
count_descriptors(void)
{
  guint n_open = 0;
  g_autoptr(GDir) folder = g_dir_open("/proc/self/fd", 0, NULL);
  while (g_dir_read_name(folder) != NULL)
    n_open++;
  return n_open;
}

static char *
build_tls_path(const char *name, const char *ending)
{
  g_autofree char *file = g_strconcat(name, ending, NULL);
  return g_build_filename(g_getenv("G_TEST_SRCDIR"), "data", "tls", file, NULL);
}

int
bench_setup(void **state)
{
  Bench *self = g_new0(Bench, 1);
  self->context = g_main_context_new();
  g_main_context_push_thread_default(self->context);
  self->open = program.open;
  self->replies = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_reply_free);

  g_autofree char *path = build_tls_path("ca", ".pem");
  self->authorities = g_tls_file_database_new(path, NULL);
  assert_non_null(self->authorities);
  self->n_descriptors = count_descriptors(); /* now that GLib's own worker has its own */
  *state = self;
  return 0;
}

static gboolean
watchdog_cb(gpointer user_data)
{
  gboolean *is_late = user_data;
  *is_late = TRUE;
  return G_SOURCE_CONTINUE;
}

static GSource *
start_watchdog(Bench *self, guint after_ms, gboolean *is_late)
{
  GSource *watchdog = g_timeout_source_new(after_ms);
  g_source_set_callback(watchdog, watchdog_cb, is_late, NULL);
  (void)g_source_attach(watchdog, self->context);
  return watchdog;
}

static void
stop_watchdog(GSource *watchdog)
{
  g_source_destroy(watchdog);
  g_source_unref(watchdog);
}

/**
 * bench_close:
 * @self: the bench
 *
 * Stops the transport, waits for its answers and releases it.
 */
void
bench_close(Bench *self)
{
  if (self->transport == NULL)
    return;

  self->transport->stop(self->transport);
  gboolean is_late = FALSE;
  GSource *watchdog = start_watchdog(self, WATCHDOG_MS, &is_late);
  while (self->transport->count_in_flight(self->transport) > 0 && !is_late)
    (void)g_main_context_iteration(self->context, TRUE);
  stop_watchdog(watchdog);
  assert_false(is_late);
  ShopcaisseTransport *transport = g_steal_pointer(&self->transport);
  transport->free(transport);
}

/* Connections of a freed transport close while the context still turns. */
static gboolean
wait_for_descriptors(Bench *self, guint n_expected)
{
  gboolean is_late = FALSE;
  gboolean tick = FALSE;
  GSource *watchdog = start_watchdog(self, WATCHDOG_MS, &is_late);
  GSource *ticker = start_watchdog(self, 1, &tick); /* a thread's end wakes no context */
  while (count_descriptors() > n_expected && !is_late)
    (void)g_main_context_iteration(self->context, TRUE);
  stop_watchdog(ticker);
  stop_watchdog(watchdog);
  return !is_late;
}

static gboolean
is_token_in_log(void)
{
  g_mutex_lock(&program.lock);
  gboolean is_there = strstr(program.log->str, BENCH_TOKEN) != NULL;
  g_string_truncate(program.log, 0);
  g_mutex_unlock(&program.lock);
  return is_there;
}

int
bench_teardown(void **state)
{
  Bench *self = *state;

  bench_close(self);
  g_clear_pointer(&self->server, scripted_server_free);
  gboolean is_settled = wait_for_descriptors(self, self->n_descriptors);
  while (g_main_context_iteration(self->context, FALSE))
    continue;
  g_main_context_pop_thread_default(self->context);
  g_main_context_unref(self->context);
  g_object_unref(self->authorities);
  g_ptr_array_unref(self->replies);
  g_free(self);

  if (is_token_in_log() || !is_settled) {
    print_error("the token is in a log, or a descriptor is left\n");
    return -1;
  }
  return 0;
}

static GTlsCertificate *
load_certificate(const char *name)
{
  g_autofree char *path = build_tls_path(name, ".pem");
  g_autofree char *key_path = build_tls_path(name, ".key.pem");
  GTlsCertificate *certificate = g_tls_certificate_new_from_files(path, key_path, NULL);
  assert_non_null(certificate);
  return certificate;
}

/**
 * bench_serve:
 * @self: the bench
 * @address: a numeric loopback address
 * @certificate: (nullable): a file's name under tests/data/tls, without its ending
 *
 * Starts the server.
 */
void
bench_serve(Bench *self, const char *address, const char *certificate)
{
  g_autoptr(GTlsCertificate) loaded = NULL;
  if (certificate != NULL)
    loaded = load_certificate(certificate);
  self->server = scripted_server_new(address, loaded, self->context);
}

void
bench_open(Bench *self, const char *base_url, const char *proxy)
{
  g_autoptr(GError) error = NULL;
  self->transport = self->open(&(ShopcaisseTransportConfig){ .context = self->context,
                                                             .base_url = base_url,
                                                             .user_agent = "bench/1",
                                                             .proxy = proxy,
                                                             .tls_database = self->authorities },
                               &error);
  assert_null(error);
  assert_non_null(self->transport);
  assert_int_equal(self->transport->abi, SHOPCAISSE_TRANSPORT_ABI);
  self->transport->set_token(self->transport, BENCH_TOKEN);
}

static void
serve_and_open(Bench *self, const char *scheme, const char *certificate, const ServerStep *steps)
{
  bench_serve(self, "127.0.0.1", certificate);
  scripted_server_play(self->server, steps);
  g_autofree char *url = scripted_server_dup_url(self->server, scheme);
  bench_open(self, url, "");
}

void
bench_serve_plain(Bench *self, const ServerStep *steps)
{
  serve_and_open(self, "http", NULL, steps);
}

void
bench_serve_secured(Bench *self, const char *certificate, const ServerStep *steps)
{
  serve_and_open(self, "https", certificate, steps);
}

static void
reply_cb(ShopcaisseReply *reply, gpointer user_data)
{
  Bench *self = user_data;
  g_ptr_array_add(self->replies, reply);
}

void
bench_send_request(Bench *self, const ShopcaisseRequest *request, GCancellable *cancellable)
{
  guint n_before = self->replies->len;
  self->transport->send(self->transport, request, cancellable, reply_cb, self);
  assert_int_equal(self->replies->len, n_before);
}

void
bench_send(Bench *self,
           ShopcaisseMethod method,
           const char *body,
           guint timeout_ms,
           GCancellable *cancellable)
{
  g_autoptr(GBytes) bytes = body != NULL ? g_bytes_new(body, strlen(body)) : NULL;
  g_autoptr(ShopcaisseRequest) request =
      shopcaisse_request_new(method, g_strdup("/v1/things?page=2"), bytes, 4096);
  request->timeout_ms = timeout_ms;
  bench_send_request(self, request, cancellable);
}

ShopcaisseReply *
bench_get(Bench *self, guint timeout_ms)
{
  bench_send(self, SHOPCAISSE_METHOD_GET, NULL, timeout_ms, NULL);
  return bench_wait_reply(self, self->replies->len);
}

ShopcaisseReply *
bench_post(Bench *self, const char *body, guint timeout_ms)
{
  bench_send(self, SHOPCAISSE_METHOD_POST, body, timeout_ms, NULL);
  return bench_wait_reply(self, self->replies->len);
}

/**
 * bench_wait_reply:
 * @self: the bench
 * @i: which, from 0
 *
 * Turns the context until reply @i has come.
 *
 * Returns: (transfer none): the reply
 */
ShopcaisseReply *
bench_wait_reply(Bench *self, guint i)
{
  gboolean is_late = FALSE;
  GSource *watchdog = start_watchdog(self, WATCHDOG_MS, &is_late);
  while (self->replies->len <= i && !is_late)
    (void)g_main_context_iteration(self->context, TRUE);
  stop_watchdog(watchdog);
  assert_false(is_late);
  return self->replies->pdata[i];
}

/**
 * bench_wait_held:
 * @self: the bench
 * @n_held: how many connections
 *
 * Turns the context until the server is silent on @n_held connections.
 */
void
bench_wait_held(Bench *self, guint n_held)
{
  gboolean is_late = FALSE;
  GSource *watchdog = start_watchdog(self, WATCHDOG_MS, &is_late);
  while (scripted_server_count_held(self->server) < n_held && !is_late)
    (void)g_main_context_iteration(self->context, TRUE);
  stop_watchdog(watchdog);
  assert_false(is_late);
}

/**
 * bench_dup_body:
 * @reply: a reply
 *
 * Copies the body as text.
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
bench_dup_body(const ShopcaisseReply *reply)
{
  if (reply->body == NULL)
    return NULL;

  gsize length = 0;
  const char *bytes = g_bytes_get_data(reply->body, &length);
  return g_strndup(bytes != NULL ? bytes : "", length);
}
