/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An engine on a bench: nothing happens on it that the test did not say. */
#include "engine-bench.h"

#include "answer.h"
#include "engine-shop.h"
#include "folder-copy.h"
#include "store/settings.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define TURNS_MAX   2000000 /* of the context without a rest: something turns in a circle */
#define WATCHDOG_US (50 * G_USEC_PER_SEC)

static void
status_changed(
    ComptoirStatus status, const char *last_error, gboolean busy, double progress, gpointer data)
{
  Bench *self = data;

  (void)progress;
  self->status = status;
  g_free(self->last_error);
  self->last_error = g_strdup(last_error);
  self->is_busy = busy;
}

static void
list_changed(const char *kind, gpointer data)
{
  g_string_append_printf(((Bench *)data)->changed, "%s ", kind);
}

static void
settings_changed(GVariant *settings, gpointer data)
{
  Bench *self = data;

  g_clear_pointer(&self->settings, g_variant_unref);
  self->settings = g_variant_ref(settings);
}

static const ShopcaisseListener listener = { .status_changed = status_changed,
                                             .settings_changed = settings_changed };
static const ShopcaisseListener list_listener = { .status_changed = status_changed,
                                                  .settings_changed = settings_changed,
                                                  .list_changed = list_changed };

static void
free_answer(gpointer data)
{
  BenchAnswer *answer = data;

  g_clear_pointer(&answer->value, g_variant_unref);
  g_clear_error(&answer->error);
  g_free(answer);
}

static void
make_folder(Bench *self)
{
  /* In memory where there is such a folder: these tests commit by the thousand. */
  const char *parent = g_access("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir();

  self->parent = g_build_filename(parent, "shopcaisse-engine-XXXXXX", NULL);
  assert_non_null(g_mkdtemp(self->parent));
  self->folder = g_build_filename(self->parent, "0", NULL);
}

int
bench_set_up(void **state)
{
  Bench *self = g_new0(Bench, 1);

  make_folder(self);
  self->context = g_main_context_new();
  g_main_context_push_thread_default(self->context);
  fake_clock_init(&self->clock, BENCH_NOW);
  fake_network_init(&self->network, self->context);
  fake_host_init(&self->host, self->context);
  fake_secrets_init(&self->secrets, self->context);
  self->last_error = g_strdup("");
  self->changed = g_string_new(NULL);
  self->answers = g_ptr_array_new_with_free_func(free_answer);
  *state = self;
  return 0;
}

int
bench_set_up_ready(void **state)
{
  static FolderCopy *furnished; /* the same for all tests of a program */
  int result = bench_set_up(state);
  Bench *self = *state;

  self->secrets.secret = bench_make_token("prod");
  if (furnished != NULL) {
    folder_copy_write(furnished, self->folder);
    return result;
  }
  engine_shop_furnish(self);
  furnished = folder_copy_new(self->folder);
  return result;
}

static void
delete_folder(const char *folder)
{
  g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
  const char *name = NULL;

  while (directory != NULL && (name = g_dir_read_name(directory)) != NULL) {
    g_autofree char *path = g_build_filename(folder, name, NULL);

    if (g_file_test(path, G_FILE_TEST_IS_DIR))
      delete_folder(path);
    else
      g_unlink(path);
  }
  g_rmdir(folder);
}

int
bench_tear_down(void **state)
{
  Bench *self = *state;
  gboolean is_clean = FALSE;

  if (self->engine != NULL)
    bench_close(self);
  is_clean = self->network.n_open == 0 && self->network.door.n_open == 0 &&
             self->clock.timers->len == 0 && !g_main_context_pending(self->context);
  g_main_context_pop_thread_default(self->context);
  g_main_context_unref(self->context);
  g_ptr_array_unref(self->answers);
  fake_secrets_clear(&self->secrets);
  fake_host_clear(&self->host);
  fake_network_clear(&self->network);
  fake_clock_clear(&self->clock);
  delete_folder(self->parent);
  g_free(self->parent);
  g_free(self->folder);
  g_free(self->bindings);
  g_clear_pointer(&self->settings, g_variant_unref);
  g_free(self->last_error);
  g_string_free(self->changed, TRUE);
  g_free(self);
  return is_clean ? 0 : -1;
}

ShopcaisseDatabase *
bench_open_store(Bench *self)
{
  ShopcaisseDatabaseConfig config = { .folder = self->folder, .owner = "bench" };
  g_autoptr(GError) error = NULL;
  ShopcaisseDatabase *database = NULL;

  assert_null(self->engine);
  database = shopcaisse_database_open(&config, &error);
  if (database == NULL)
    fail_msg("the profile does not open: %s", error->message);
  return database;
}

void
bench_set(Bench *self, const char *key, const char *value)
{
  g_autoptr(ShopcaisseDatabase) database = bench_open_store(self);

  assert_true(shopcaisse_settings_set(database, key, value, NULL));
}

void
bench_start(Bench *self)
{
  g_autoptr(GError) error = NULL;

  self->config = (ShopcaisseEngineConfig){
    .folder = self->folder,
    .bindings_folder = self->bindings,
    .location = self->bindings != NULL ? "Lille" : NULL,
    .context = self->context,
    .clock = &self->clock.clock,
    .host = &self->host.host,
    .secrets = &self->secrets.store,
    .load_transport = fake_network_load,
    .listener = self->hears_lists ? &list_listener : &listener,
    .listener_data = self,
    .step = self->step,
    .step_data = self,
  };
  self->is_closed = FALSE;
  self->host.is_closing = FALSE;
  self->engine = shopcaisse_engine_open(&self->config, &error);
  if (self->engine == NULL)
    fail_msg("the engine does not open: %s", error->message);
}

void
bench_open(Bench *self)
{
  bench_start(self);
  bench_reply(self, bench_take(self, SHOPCAISSE_METHOD_GET, "/v1/authentication"),
              SHOPCAISSE_REPLY_OK, BENCH_GRANT);
}

static void
closed_cb(const GError *error, gpointer user_data)
{
  (void)error;
  ((Bench *)user_data)->is_closed = TRUE;
}

void
bench_close(Bench *self)
{
  g_autoptr(GError) closing =
      g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "the host closes");

  self->host.is_closing = TRUE;
  shopcaisse_engine_close(self->engine, closed_cb, self);
  while (self->host.questions->len > 0)
    fake_host_fail(&self->host, g_ptr_array_steal_index(self->host.questions, 0), closing);
  bench_run(self);
  assert_true(self->is_closed);
  g_clear_pointer(&self->engine, shopcaisse_engine_free);
}

void
bench_crash(Bench *self)
{
  g_autofree char *old = g_steal_pointer(&self->folder);
  g_autoptr(FolderCopy) left = NULL;

  self->folder = g_strconcat(old, "0", NULL);
  left = folder_copy_new(old);
  folder_copy_write(left, self->folder);
  bench_close(self);
  g_ptr_array_set_size(self->host.progress, 0);
  g_ptr_array_set_size(self->host.notices, 0);
}

void
bench_run(Bench *self)
{
  gint64 deadline = g_get_monotonic_time() + WATCHDOG_US;

  for (guint i = 0; i < TURNS_MAX; i++) {
    if (!g_main_context_iteration(self->context, FALSE) && !fake_clock_fire(&self->clock))
      return;
    if (i % 1000 == 999 && g_get_monotonic_time() > deadline)
      break;
  }
  fail_msg("it does not come to rest");
}

void
bench_pass(Bench *self, gint64 duration_us)
{
  gint64 end = self->clock.monotonic + duration_us;

  bench_run(self);
  while (self->clock.monotonic < end) {
    gint64 next = fake_clock_next(&self->clock);
    gint64 step = next >= 0 ? CLAMP(next, self->clock.monotonic, end) : end;

    self->clock.now += step - self->clock.monotonic;
    self->clock.monotonic = step;
    bench_run(self);
  }
}

FakeExchange *
bench_take(Bench *self, ShopcaisseMethod method, const char *path)
{
  GPtrArray *requests = self->network.requests;

  bench_run(self);
  for (guint i = 0; i < requests->len; i++) {
    FakeExchange *exchange = requests->pdata[i];

    if (exchange->method != method || !g_str_equal(exchange->path, path))
      continue;
    g_ptr_array_remove_index(requests, i);
    g_ptr_array_add(self->network.taken, exchange);
    return exchange;
  }
  fail_msg("%s was not sent, but %s", path,
           requests->len > 0 ? ((FakeExchange *)requests->pdata[0])->path : "nothing");
  return NULL;
}

void
bench_reply(Bench *self, FakeExchange *exchange, ShopcaisseReplyKind kind, const char *json)
{
  ShopcaisseReply *reply = shopcaisse_reply_new(kind);

  if (json != NULL)
    reply->body = answer_quoted(json);
  reply->is_json = json != NULL && (*json == '{' || *json == '[');
  fake_network_answer(&self->network, exchange, reply);
  bench_run(self);
}

FakeQuestion *
bench_take_question(Bench *self, ShopcaisseQuestion question)
{
  FakeQuestion *asked = NULL;

  bench_run(self);
  if (self->host.questions->len == 0)
    fail_msg("the host was not asked question %d", question);
  asked = g_ptr_array_steal_index(self->host.questions, 0);
  assert_int_equal(asked->question, question);
  return asked;
}

void
bench_answer(Bench *self, FakeQuestion *question, GVariant *answer)
{
  fake_host_answer(&self->host, question, answer, 0);
  bench_run(self);
}

static void
answered_cb(GVariant *value, const GError *error, gpointer user_data)
{
  BenchAnswer *answer = user_data;

  answer->n_given++;
  answer->value = value != NULL ? g_variant_ref(value) : NULL;
  answer->error = error != NULL ? g_error_copy(error) : NULL;
}

BenchAnswer *
bench_perform_row(Bench *self, ComptoirOperation operation, GVariant *argument)
{
  g_autoptr(GVariant) owned = g_variant_ref_sink(argument);
  BenchAnswer *answer = g_new0(BenchAnswer, 1);

  g_ptr_array_add(self->answers, answer);
  shopcaisse_engine_perform(self->engine, operation, owned, answered_cb, answer);
  assert_int_equal(answer->n_given, 0);
  bench_run(self);
  return answer;
}

BenchAnswer *
bench_perform(Bench *self, ComptoirOperation operation, const char *argument)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) row = g_variant_parse(G_VARIANT_TYPE_VARDICT,
                                            argument != NULL ? argument : "{}", NULL, NULL, &error);

  if (row == NULL)
    fail_msg("the test's argument: %s", error->message);
  return bench_perform_row(self, operation, row);
}

BenchAnswer *
bench_list_window(Bench *self, const char *kind, const char *query, guint offset, guint limit)
{
  g_autoptr(GVariant) asked =
      query != NULL ? g_variant_parse(G_VARIANT_TYPE_VARDICT, query, NULL, NULL, NULL) : NULL;
  const ShopcaisseWindow window = { kind, asked, offset, limit };
  BenchAnswer *answer = g_new0(BenchAnswer, 1);

  g_ptr_array_add(self->answers, answer);
  shopcaisse_engine_list(self->engine, &window, answered_cb, answer);
  assert_int_equal(answer->n_given, 0);
  return answer;
}

GVariant *
bench_list(Bench *self, const char *kind)
{
  BenchAnswer *answer = bench_list_window(self, kind, NULL, 0, 100);

  bench_run(self);
  return g_variant_lookup_value(bench_assert_done(answer), "rows", G_VARIANT_TYPE("aa{sv}"));
}

const char *
bench_text(GVariant *row, const char *key)
{
  const char *text = "";

  g_variant_lookup(row, key, "&s", &text);
  return text;
}

const char *
bench_progress(Bench *self, const char *sale_id, const char *key)
{
  GPtrArray *progress = self->host.progress;

  bench_run(self);
  for (guint i = progress->len; i > 0; i--) {
    if (g_str_equal(bench_text(progress->pdata[i - 1], "id"), sale_id))
      return bench_text(progress->pdata[i - 1], key);
  }
  return "";
}

void
bench_assert_quiet(Bench *self)
{
  bench_run(self);
  if (self->network.requests->len > 0)
    fail_msg("an unexpected request: %s", ((FakeExchange *)self->network.requests->pdata[0])->path);
  assert_int_equal(self->host.questions->len, 0);
}

void
bench_assert_error(const BenchAnswer *answer, ComptoirError code, const char *part)
{
  assert_int_equal(answer->n_given, 1);
  assert_non_null(answer->error);
  if (!g_error_matches(answer->error, COMPTOIR_ERROR, code) ||
      strstr(answer->error->message, part) == NULL)
    fail_msg("another error, %d: %s", answer->error->code, answer->error->message);
}

GVariant *
bench_assert_done(const BenchAnswer *answer)
{
  assert_int_equal(answer->n_given, 1);
  if (answer->error != NULL)
    fail_msg("it failed: %s", answer->error->message);
  assert_non_null(answer->value);
  return answer->value;
}
