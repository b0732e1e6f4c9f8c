/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sets the scene for the tests of the channel, and looks at the end that nothing stayed behind. */
#include "bench.h"

#include <glib/gstdio.h>

#define WATCHDOG_S 90

static gboolean
expire_cb(gpointer user_data)
{
  Bench *self = user_data;
  self->has_expired = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
raise_cb(gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static GSource *
attach(Bench *self, guint delay_ms, GSourceFunc callback, gpointer user_data)
{
  GSource *source = g_timeout_source_new(delay_ms);
  g_source_set_callback(source, callback, user_data, NULL);
  g_source_attach(source, self->context);
  return source;
}

static guint
count_entries(const char *path)
{
  guint n_entries = 0;
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  while (g_dir_read_name(folder) != NULL)
    n_entries++;
  return n_entries;
}

guint
bench_count_threads(void)
{
  return count_entries("/proc/self/task");
}

guint
bench_count_descriptors(void)
{
  return count_entries("/proc/self/fd");
}

int
bench_setup(void **state)
{
  Bench *self = g_new0(Bench, 1);
  self->context = g_main_context_new();
  g_main_context_push_thread_default(self->context);
  self->watchdog = attach(self, WATCHDOG_S * 1000, expire_cb, self);
  self->folder = g_dir_make_tmp("channel-XXXXXX", NULL);
  self->host = fake_host_new("till-1", self->folder);
  self->channel = g_object_new(SHOPCAISSE_TYPE_CHANNEL, NULL);
  self->n_threads = bench_count_threads();
  self->n_descriptors = bench_count_descriptors();
  *state = self;
  return 0;
}

int
bench_teardown(void **state)
{
  Bench *self = *state;
  gboolean is_closed =
      self->channel == NULL ||
      comptoir_channel_get_status(COMPTOIR_CHANNEL(self->channel)) == COMPTOIR_STATUS_CLOSED;
  bench_run_ready(self);
  gboolean is_channel_kept = self->channel != NULL && G_OBJECT(self->channel)->ref_count != 1;
  gboolean is_host_kept = G_OBJECT(self->host)->ref_count != 1;
  g_clear_object(&self->channel);
  g_clear_object(&self->host);
  g_source_destroy(self->watchdog);
  g_source_unref(self->watchdog);
  g_main_context_pop_thread_default(self->context);
  g_main_context_unref(self->context);
  (void)g_rmdir(self->folder);
  g_free(self->folder);
  g_free(self);
  return is_closed && !is_channel_kept && !is_host_kept ? 0 : -1;
}

void
bench_run_until(Bench *self, const gboolean *flag)
{
  while (!*flag && !self->has_expired)
    g_main_context_iteration(self->context, TRUE);
  assert_false(self->has_expired);
}

void
bench_run_ready(Bench *self)
{
  while (g_main_context_iteration(self->context, FALSE))
    continue;
}

void
bench_run_for(Bench *self, guint delay_ms)
{
  gboolean is_over = FALSE;
  g_source_unref(attach(self, delay_ms, raise_cb, &is_over));
  bench_run_until(self, &is_over);
}

void
outcome_clear(Outcome *outcome)
{
  g_clear_pointer(&outcome->answer, g_variant_unref);
  g_clear_error(&outcome->error);
}

static void
opened_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;
  outcome->is_done = TRUE;
  outcome->thread = g_thread_self();
  (void)COMPTOIR_CHANNEL_GET_IFACE(source)->open_finish(COMPTOIR_CHANNEL(source), result,
                                                        &outcome->error);
}

/* Past the library, which looks at versions too. */
void
bench_start_open(Bench *self, GCancellable *cancellable, Outcome *outcome)
{
  COMPTOIR_CHANNEL_GET_IFACE(self->channel)
      ->open_async(COMPTOIR_CHANNEL(self->channel), COMPTOIR_HOST(self->host), cancellable,
                   opened_cb, outcome);
}

void
bench_open(Bench *self)
{
  g_auto(Outcome) outcome = { 0 };
  bench_start_open(self, NULL, &outcome);
  bench_run_until(self, &outcome.is_done);
  assert_null(outcome.error);
}

static void
closed_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;
  outcome->is_done = TRUE;
  outcome->thread = g_thread_self();
  (void)comptoir_channel_close_finish(COMPTOIR_CHANNEL(source), result, &outcome->error);
}

void
bench_start_close(Bench *self, Outcome *outcome)
{
  comptoir_channel_close_async(COMPTOIR_CHANNEL(self->channel), closed_cb, outcome);
}

void
bench_close(Bench *self)
{
  g_auto(Outcome) outcome = { 0 };
  bench_start_close(self, &outcome);
  bench_run_until(self, &outcome.is_done);
  assert_null(outcome.error);
}

void
bench_performed_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;
  outcome->is_done = TRUE;
  outcome->thread = g_thread_self();
  outcome->answer =
      comptoir_channel_perform_finish(COMPTOIR_CHANNEL(source), result, &outcome->error);
}

void
bench_start_run(Bench *self, const char *task, GCancellable *cancellable, Outcome *outcome)
{
  comptoir_channel_run_async(COMPTOIR_CHANNEL(self->channel), task, NULL, cancellable,
                             bench_performed_cb, outcome);
}

void
bench_run(Bench *self, const char *task, Outcome *outcome)
{
  bench_start_run(self, task, NULL, outcome);
  bench_run_until(self, &outcome->is_done);
}
