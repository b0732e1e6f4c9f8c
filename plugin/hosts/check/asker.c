/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asks a host from the thread of the checks: each question travels to the host's main context, as
 * with a real channel, and the answer travels back. So the checks read from top to bottom, and the
 * host's main loop is its own. */

#include "asker.h"

#include <time.h>

#define TICK_MS       5
#define STANDSTILL_MS 10000 /* more than a deadline: the main loop does not turn */

struct _Asker {
  ComptoirHost *host;    /* (owned) */
  GMainContext *context; /* (owned): the host's */
  gint is_dead;          /* atomic: nothing is asked any more */
  gint stood_still;      /* atomic: because the main loop did not turn */
};

/* One visit to the host's thread; its results are read when is_done was seen under the lock. */
typedef struct {
  gatomicrefcount references;
  GMutex lock;
  GCond changed;
  gboolean is_done;
  ComptoirHost *host;    /* (owned) */
  GMainContext *context; /* (unowned): the host's, kept by the source that is dispatched */
  Question question;
  GVariant *argument; /* (owned) (nullable) */
  AskerOptions options;
  AskerFunction function; /* (nullable): instead of a question */
  gpointer user_data;
  GSource *ticker; /* (owned) (nullable) */
  gint64 started_us;
  gint64 last_us;
  gint64 cpu_us;
  Reply reply;
} Visit;

static gboolean put_cb(gpointer user_data);
static gboolean tick_cb(gpointer user_data);
static void answered_cb(GVariant *answer, const GError *error, gpointer user_data);
static gboolean function_cb(gpointer user_data);

/**
 * reply_clear:
 * @self: the reply
 *
 * Releases what @self owns.
 */
void
reply_clear(Reply *self)
{
  g_clear_pointer(&self->answer, g_variant_unref);
  g_clear_error(&self->error);
  g_clear_object(&self->request);
}

static Visit *
visit_new(Asker *asker)
{
  Visit *self = g_new0(Visit, 1);

  g_atomic_ref_count_init(&self->references);
  g_mutex_init(&self->lock);
  g_cond_init(&self->changed);
  self->host = g_object_ref(asker->host);
  self->context = asker->context;
  return self;
}

static Visit *
visit_ref(Visit *self)
{
  g_atomic_ref_count_inc(&self->references);
  return self;
}

static void
visit_unref(Visit *self)
{
  if (!g_atomic_ref_count_dec(&self->references))
    return;
  reply_clear(&self->reply);
  g_clear_pointer(&self->argument, g_variant_unref);
  g_clear_pointer(&self->ticker, g_source_unref);
  g_clear_object(&self->host);
  g_mutex_clear(&self->lock);
  g_cond_clear(&self->changed);
  g_free(self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Visit, visit_unref)

/* The host is let go in its own thread, and before the other side hears of the end. */
static void
finish(Visit *self)
{
  g_clear_object(&self->host);
  g_mutex_lock(&self->lock);
  self->is_done = TRUE;
  g_cond_signal(&self->changed);
  g_mutex_unlock(&self->lock);
}

static gint64
get_thread_cpu_us(void)
{
  struct timespec used = { 0 };

  (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return (gint64)used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static void
note_turn(Visit *self)
{
  gint64 now_us = g_get_monotonic_time();

  self->reply.gap_us = MAX(self->reply.gap_us, now_us - self->last_us);
  self->last_us = now_us;
}

static void
start_ticker(Visit *self)
{
  self->ticker = g_timeout_source_new(TICK_MS);
  g_source_set_callback(self->ticker, tick_cb, self, NULL);
  g_source_attach(self->ticker, self->context);
}

static gboolean
put_cb(gpointer user_data)
{
  Visit *self = user_data;
  g_autoptr(ComptoirRequest) request = NULL;

  self->cpu_us = get_thread_cpu_us();
  self->started_us = g_get_monotonic_time();
  self->last_us = self->started_us;
  start_ticker(self);
  g_main_context_push_thread_default(self->context);
  request = comptoir_request_new(self->options.timeout_ms, answered_cb, visit_ref(self));
  if (self->options.is_kept)
    self->reply.request = g_object_ref(request);
  question_put(self->question, self->host, self->argument, request);
  self->reply.call_us = g_get_monotonic_time() - self->started_us;
  g_main_context_pop_thread_default(self->context);
  return G_SOURCE_REMOVE;
}

static gboolean
tick_cb(gpointer user_data)
{
  note_turn(user_data);
  return G_SOURCE_CONTINUE;
}

static void
answered_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  g_autoptr(Visit) self = user_data;

  note_turn(self);
  self->reply.total_us = g_get_monotonic_time() - self->started_us;
  self->reply.cpu_us = get_thread_cpu_us() - self->cpu_us;
  self->reply.answer = answer == NULL ? NULL : g_variant_ref(answer);
  self->reply.error = error == NULL ? NULL : g_error_copy(error);
  g_source_destroy(self->ticker);
  finish(self);
}

static gboolean
function_cb(gpointer user_data)
{
  Visit *self = user_data;

  self->started_us = g_get_monotonic_time();
  g_main_context_push_thread_default(self->context);
  self->function(self->host, self->user_data);
  g_main_context_pop_thread_default(self->context);
  self->reply.call_us = g_get_monotonic_time() - self->started_us;
  finish(self);
  return G_SOURCE_REMOVE;
}

static gboolean
travel(Asker *self, Visit *visit, GSourceFunc callback)
{
  g_autoptr(GSource) source = g_idle_source_new();
  gint64 end_us = g_get_monotonic_time() +
                  ((gint64)visit->options.timeout_ms + STANDSTILL_MS) * G_TIME_SPAN_MILLISECOND;
  gboolean is_in_time = TRUE;

  if (asker_is_dead(self))
    return FALSE;
  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_callback(source, callback, visit_ref(visit), (GDestroyNotify)visit_unref);
  g_source_attach(source, self->context);
  g_mutex_lock(&visit->lock);
  while (!visit->is_done && is_in_time)
    is_in_time = g_cond_wait_until(&visit->changed, &visit->lock, end_us);
  g_mutex_unlock(&visit->lock);
  if (!is_in_time) {
    g_atomic_int_set(&self->stood_still, 1);
    asker_stop(self);
  }
  return is_in_time;
}

/**
 * asker_new:
 * @host: the host
 *
 * Makes an asker for the main context that is this thread's default now.
 *
 * Returns: (transfer full): the asker
 */
Asker *
asker_new(ComptoirHost *host)
{
  Asker *self = g_new0(Asker, 1);

  self->host = g_object_ref(host);
  self->context = g_main_context_ref_thread_default();
  return self;
}

/**
 * asker_free:
 * @self: (transfer full): the asker
 *
 * Lets the host go: to be called in the host's thread.
 */
void
asker_free(Asker *self)
{
  g_object_unref(self->host);
  g_main_context_unref(self->context);
  g_free(self);
}

/**
 * asker_get_host:
 * @self: the asker
 *
 * Gets the host, to be touched in its own thread alone.
 *
 * Returns: (transfer none): the host
 */
ComptoirHost *
asker_get_host(Asker *self)
{
  return self->host;
}

/**
 * asker_is_dead:
 * @self: the asker
 *
 * Tells whether asking has become pointless. From any thread.
 *
 * Returns: %TRUE when nothing is asked any more
 */
gboolean
asker_is_dead(Asker *self)
{
  return g_atomic_int_get(&self->is_dead) != 0;
}

/**
 * asker_stood_still:
 * @self: the asker
 *
 * Tells whether the host's main loop did not turn for longer than any deadline.
 *
 * Returns: %TRUE if it stood still
 */
gboolean
asker_stood_still(Asker *self)
{
  return g_atomic_int_get(&self->stood_still) != 0;
}

/**
 * asker_stop:
 * @self: the asker
 *
 * Asks nothing any more. From any thread.
 */
void
asker_stop(Asker *self)
{
  g_atomic_int_set(&self->is_dead, 1);
}

/**
 * asker_ask:
 * @self: the asker
 * @question: what to ask
 * @argument: with what; a floating reference is consumed
 * @options: how
 * @reply: (out caller-allocates): what came of it
 *
 * Asks and waits. A main loop that stands still fails with %COMPTOIR_ERROR_UNREACHABLE and ends
 * all asking.
 *
 * Returns: %TRUE when the host answered
 */
gboolean
asker_ask(
    Asker *self, Question question, GVariant *argument, const AskerOptions *options, Reply *reply)
{
  g_autoptr(Visit) visit = visit_new(self);

  visit->question = question;
  visit->argument = g_variant_ref_sink(argument);
  visit->options = *options;
  if (travel(self, visit, put_cb)) {
    *reply = visit->reply;
    visit->reply = (Reply){ 0 };
  } else {
    *reply = (Reply){ .error = g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE,
                                                   "the host's main loop stands still") };
  }
  return reply->answer != NULL;
}

/**
 * asker_call:
 * @self: the asker
 * @function: what to do
 * @user_data: for @function
 *
 * Runs @function in the host's thread and waits.
 *
 * Returns: how long it took in microseconds, or -1 when the main loop stands still
 */
gint64
asker_call(Asker *self, AskerFunction function, gpointer user_data)
{
  g_autoptr(Visit) visit = visit_new(self);

  visit->function = function;
  visit->user_data = user_data;
  return travel(self, visit, function_cb) ? visit->reply.call_us : -1;
}
