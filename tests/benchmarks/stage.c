/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The loop is our own, round by round, so that each dispatch can be timed. */
#include "stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MAX_POLLS 64

void
stage_fail(const char *what, const GError *error)
{
  fprintf(stderr, "bench-channel: %s: %s\n", what, error != NULL ? error->message : "it failed");
  exit(1);
}

void
stage_say(const char *key, double value)
{
  printf("%s %.6f\n", key, value);
  fflush(stdout);
}

void
stage_init(Stage *self, const char *folder, MemoryHostMood mood)
{
  *self = (Stage){
    .context = g_main_context_default(),
    .host = memory_host_new(folder, mood),
    .gaps = g_array_new(FALSE, FALSE, sizeof(gint64)),
  };
}

void
stage_clear(Stage *self)
{
  if (self->ticker != NULL)
    g_source_destroy(self->ticker);
  g_clear_pointer(&self->ticker, g_source_unref);
  g_clear_object(&self->channel);
  g_clear_object(&self->host);
  g_array_unref(self->gaps);
}

static gint64
get_thread_ns(void)
{
  struct timespec now;

  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * 1000000000 + now.tv_nsec;
}

void
stage_iterate(Stage *self)
{
  GPollFD polls[MAX_POLLS];
  int priority = 0;
  int timeout_ms = 0;
  gint64 began_at = 0;

  if (!g_main_context_acquire(self->context))
    stage_fail("the main context", NULL);
  (void)g_main_context_prepare(self->context, &priority);
  int n_polls = g_main_context_query(self->context, priority, &timeout_ms, polls, MAX_POLLS);

  (void)g_poll(polls, (guint)n_polls, timeout_ms);
  if (g_main_context_check(self->context, priority, polls, n_polls)) {
    began_at = get_thread_ns();
    g_main_context_dispatch(self->context);
    self->dispatch_ns = MAX(self->dispatch_ns, get_thread_ns() - began_at);
  }
  g_main_context_release(self->context);
}

static void
keep_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void)source;
  g_set_object((GAsyncResult **)user_data, result);
}

void
stage_open(Stage *self)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  if (self->channel == NULL)
    self->channel = comptoir_channel_new("shopcaisse", &error);
  if (self->channel == NULL)
    stage_fail("channel", error);
  comptoir_channel_open_async(self->channel, COMPTOIR_HOST(self->host), NULL, keep_cb, &result);
  while (result == NULL)
    stage_iterate(self);
  if (!comptoir_channel_open_finish(self->channel, result, &error))
    stage_fail("open", error);
}

void
stage_close(Stage *self)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  comptoir_channel_close_async(self->channel, keep_cb, &result);
  while (result == NULL)
    stage_iterate(self);
  if (!comptoir_channel_close_finish(self->channel, result, &error))
    stage_fail("close", error);
}

static void
performed_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GError) error = NULL;
  GVariant *answer = comptoir_channel_perform_finish(COMPTOIR_CHANNEL(source), result, &error);

  if (answer == NULL)
    stage_fail("operation", error);
  *(GVariant **)user_data = answer;
}

void
stage_start(Stage *self, ComptoirOperation operation, GVariant *argument, GVariant **answer)
{
  comptoir_channel_perform_async(self->channel, operation, argument, NULL, performed_cb, answer);
}

void
stage_wait(Stage *self, GVariant **answer)
{
  while (*answer == NULL)
    stage_iterate(self);
}

GVariant *
stage_perform(Stage *self, ComptoirOperation operation, const char *argument, ...)
{
  GVariant *answer = NULL;
  va_list arguments;

  va_start(arguments, argument);
  stage_start(self, operation, g_variant_new_parsed_va(argument, &arguments), &answer);
  va_end(arguments);
  stage_wait(self, &answer);
  return answer;
}

static gboolean
tick_cb(gpointer user_data)
{
  Stage *self = user_data;
  gint64 now = g_get_monotonic_time();
  gint64 gap = now - self->ticked_at;

  if (self->ticked_at != 0)
    g_array_append_val(self->gaps, gap);
  self->ticked_at = now;
  return G_SOURCE_CONTINUE;
}

void
stage_tick(Stage *self)
{
  g_array_set_size(self->gaps, 0);
  self->ticked_at = 0;
  self->dispatch_ns = 0;
  self->ticker = g_timeout_source_new(1);
  g_source_set_callback(self->ticker, tick_cb, self, NULL);
  g_source_attach(self->ticker, self->context);
}

void
stage_run_for(Stage *self, double seconds)
{
  gint64 end = g_get_monotonic_time() + (gint64)(seconds * G_USEC_PER_SEC);

  while (g_get_monotonic_time() < end)
    stage_iterate(self);
}

static int
compare(gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *)a;
  gint64 right = *(const gint64 *)b;

  return (left > right) - (left < right);
}

double
stage_get_quantile(GArray *values, double share)
{
  if (values->len == 0)
    stage_fail("quantile: there are no values", NULL);
  g_array_sort(values, compare);
  return (double)g_array_index(values, gint64, (guint)(share * (values->len - 1)));
}
