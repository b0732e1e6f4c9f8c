/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Moves the rows of the outbox. One commit settles an answer and leases what goes out next; nothing
 * is said to anyone before that commit. */
#include "engine/worker.h"

#include "engine/block.h"
#include "engine/drain.h"
#include "engine/job.h"
#include "engine/progress.h"
#include "engine/settle.h"
#include "store/outbox.h"

#define IN_FLIGHT_MAX    6
#define STORAGE_PAUSE    (5 * SHOPCAISSE_SECOND)
#define OFFLINE_FAILURES 3
#define IDLE_CHECK       (15 * SHOPCAISSE_MINUTE)

typedef struct {
  ShopcaisseWorker *worker;   /* (not owned) */
  ShopcaisseJob *job;         /* (owned) */
  ShopcaisseRequest *request; /* (owned) */
} Exchange;

struct ShopcaisseWorker {
  ShopcaisseContext *context;     /* (not owned) */
  ShopcaisseTransport *transport; /* (owned) (nullable) */
  GPtrArray *retired;        /* (owned) (element-type ShopcaisseTransport): until they answered */
  GSource *pump;             /* (owned) (nullable): set while a pump is queued */
  ShopcaisseTimer *timer;    /* (nullable): until something is due */
  GCancellable *cancellable; /* (owned) */
  guint n_in_flight;
  guint n_failures;    /* in a row, without any answer */
  gint64 paused_until; /* monotonic; 0: not paused */
  GArray *lost;        /* (owned) (element-type gint64): rows whose answer could not be stored */
  GPtrArray *claimed;  /* (owned) (element-type Exchange): leased, to be sent after the commit */
  GDestroyNotify stopped;
  gpointer stopped_data;
  gboolean is_stopping;
};

static gboolean pump_cb(gpointer user_data);
static void reply_cb(ShopcaisseReply *reply, gpointer user_data);

static void
free_exchange(gpointer data)
{
  Exchange *exchange = data;

  shopcaisse_job_free(exchange->job);
  shopcaisse_request_free(exchange->request);
  g_free(exchange);
}

static void
free_transport(gpointer data)
{
  ShopcaisseTransport *transport = data;

  if (transport != NULL)
    transport->free(transport);
}

/**
 * shopcaisse_worker_new:
 * @context: the engine's parts
 *
 * Returns: (transfer full): a worker without a transport
 */
ShopcaisseWorker *
shopcaisse_worker_new(ShopcaisseContext *context)
{
  ShopcaisseWorker *self = g_new0(ShopcaisseWorker, 1);

  self->context = context;
  self->cancellable = g_cancellable_new();
  self->retired = g_ptr_array_new_with_free_func(free_transport);
  self->lost = g_array_new(FALSE, FALSE, sizeof(gint64));
  self->claimed = g_ptr_array_new_with_free_func(free_exchange);
  return self;
}

static void
clear_timer(ShopcaisseWorker *self)
{
  if (self->timer != NULL)
    self->context->clock->cancel(self->context->clock, self->timer);
  self->timer = NULL;
}

static void
clear_pump(ShopcaisseWorker *self)
{
  if (self->pump != NULL)
    g_source_destroy(self->pump);
  g_clear_pointer(&self->pump, g_source_unref);
}

/**
 * shopcaisse_worker_free:
 * @self: (nullable): the worker, stopped
 *
 * Releases it.
 */
void
shopcaisse_worker_free(ShopcaisseWorker *self)
{
  if (self == NULL)
    return;
  clear_timer(self);
  clear_pump(self);
  free_transport(self->transport);
  g_ptr_array_unref(self->retired);
  g_object_unref(self->cancellable);
  g_array_unref(self->lost);
  g_ptr_array_unref(self->claimed);
  g_free(self);
}

/**
 * shopcaisse_worker_has_transport:
 * @self: the worker
 *
 * Returns: whether anything can be sent
 */
gboolean
shopcaisse_worker_has_transport(ShopcaisseWorker *self)
{
  return self->transport != NULL;
}

/* Transports that were replaced and have answered everything. */
static void
free_silent(ShopcaisseWorker *self)
{
  for (guint i = self->retired->len; i > 0; i--) {
    ShopcaisseTransport *transport = self->retired->pdata[i - 1];

    if (transport->count_in_flight(transport) == 0)
      g_ptr_array_remove_index(self->retired, i - 1);
  }
}

/**
 * shopcaisse_worker_take_transport:
 * @self: the worker
 * @transport: (transfer full) (nullable): where to send
 *
 * Changes the transport. What is on the wire by the old one still answers.
 */
void
shopcaisse_worker_take_transport(ShopcaisseWorker *self, ShopcaisseTransport *transport)
{
  if (self->transport != NULL)
    g_ptr_array_add(self->retired, self->transport);
  self->transport = transport;
  free_silent(self);
  shopcaisse_worker_resume(self);
}

/**
 * shopcaisse_worker_wake:
 * @self: the worker
 *
 * Looks at the outbox soon; many wakes are one look.
 */
void
shopcaisse_worker_wake(ShopcaisseWorker *self)
{
  if (self->pump != NULL || self->is_stopping || self->transport == NULL)
    return;
  self->pump = g_idle_source_new();
  g_source_set_priority(self->pump, G_PRIORITY_DEFAULT);
  g_source_set_callback(self->pump, pump_cb, self, NULL);
  g_source_attach(self->pump, self->context->config->context);
}

/**
 * shopcaisse_worker_try:
 * @self: the worker
 *
 * Tries once, pause or not: there is something new.
 */
void
shopcaisse_worker_try(ShopcaisseWorker *self)
{
  self->paused_until = 0;
  shopcaisse_worker_wake(self);
}

/**
 * shopcaisse_worker_resume:
 * @self: the worker
 *
 * Forgets failures and looks at once.
 */
void
shopcaisse_worker_resume(ShopcaisseWorker *self)
{
  self->n_failures = 0;
  shopcaisse_worker_try(self);
}

static void
timer_cb(gpointer user_data)
{
  ShopcaisseWorker *self = user_data;

  self->timer = NULL;
  shopcaisse_worker_wake(self);
}

static void
set_timer(ShopcaisseWorker *self, gint64 delay_us)
{
  clear_timer(self);
  if (!self->is_stopping)
    self->timer = self->context->clock->call_after(self->context->clock, delay_us, timer_cb, self);
}

static gint64
get_pause(ShopcaisseWorker *self)
{
  ShopcaisseClock *clock = self->context->clock;

  if (self->paused_until == 0)
    return 0;
  return MAX(0, self->paused_until - clock->get_monotonic(clock));
}

/* Sleeps until the next row is due; a row of the far future means that the clock was set back. */
static void
schedule_next(ShopcaisseWorker *self)
{
  gint64 due_at = -1;
  gint64 delay = IDLE_CHECK;

  if (!shopcaisse_outbox_next_due(self->context->database, &due_at, NULL) ||
      !shopcaisse_block_next_end(self->context, &due_at, NULL))
    delay = STORAGE_PAUSE;
  else if (due_at < 0)
    return clear_timer(self);
  else
    delay = CLAMP(due_at - shopcaisse_context_get_now(self->context), 0, IDLE_CHECK);
  delay = MAX(delay, get_pause(self));
  if (delay > 0)
    set_timer(self, delay);
  else if (self->n_in_flight == 0)
    set_timer(self, SHOPCAISSE_SECOND);
  else
    clear_timer(self); /* due, but its lane is full: the answer on its way looks again */
}

static void
count_failure(ShopcaisseWorker *self)
{
  ShopcaisseClock *clock = self->context->clock;

  self->n_failures++;
  self->paused_until =
      clock->get_monotonic(clock) + shopcaisse_retry_pause(clock, self->n_failures);
  if (self->n_failures >= OFFLINE_FAILURES)
    shopcaisse_status_set(self->context->status, COMPTOIR_STATUS_OFFLINE, NULL);
}

static gboolean
conclude(ShopcaisseWorker *self,
         const ShopcaisseJob *job,
         const ShopcaisseVerdict *verdict,
         GError **error)
{
  if (!shopcaisse_settle_row(self->context, job, verdict, error))
    return FALSE;
  if (verdict->is_offline)
    count_failure(self);
  shopcaisse_settle_note_end(self->context, job, verdict);
  return TRUE;
}

static gboolean
settle_reply(ShopcaisseWorker *self, ShopcaisseJob *job, ShopcaisseReply *reply, GError **error)
{
  g_auto(ShopcaisseVerdict) verdict = { .action = SHOPCAISSE_VERDICT_SETTLE };

  return shopcaisse_settle_judge(self->context, job, reply, &verdict, error) &&
         conclude(self, job, &verdict, error);
}

/* Builds one row's request and leases it, or moves it another way. Takes the row. */
static gboolean
claim_row(ShopcaisseWorker *self, ShopcaisseJob *job, GError **error)
{
  g_autoptr(ShopcaisseJob) owned = job;
  g_autoptr(ShopcaisseRequest) request = NULL;
  g_auto(ShopcaisseVerdict) verdict = { .action = SHOPCAISSE_VERDICT_SEND };
  Exchange *exchange = NULL;

  if (!shopcaisse_settle_build(self->context, job, &request, &verdict, error))
    return FALSE;
  if (request == NULL)
    return conclude(self, job, &verdict, error);
  job->is_look_up = verdict.action == SHOPCAISSE_VERDICT_LOOK_UP;
  if (!shopcaisse_outbox_claim(self->context->database, job, error) ||
      !shopcaisse_settle_note(self->context, job, &verdict, error))
    return FALSE;
  exchange = g_new0(Exchange, 1);
  exchange->worker = self;
  exchange->job = g_steal_pointer(&owned);
  exchange->request = g_steal_pointer(&request);
  g_ptr_array_add(self->claimed, exchange);
  return TRUE;
}

static gboolean
claim_due(ShopcaisseWorker *self, GError **error)
{
  while (!self->is_stopping && self->transport != NULL && get_pause(self) == 0 &&
         self->n_in_flight + self->claimed->len < IN_FLIGHT_MAX) {
    g_autoptr(GError) peek_error = NULL;
    ShopcaisseJob *job = shopcaisse_outbox_peek(
        self->context->database, shopcaisse_context_get_now(self->context), &peek_error);

    if (peek_error != NULL) {
      g_propagate_error(error, g_steal_pointer(&peek_error));
      return FALSE;
    }
    if (job == NULL)
      return TRUE;
    if (!claim_row(self, job, error))
      return FALSE;
  }
  return TRUE;
}

static void
send_claimed(ShopcaisseWorker *self)
{
  g_autoptr(GPtrArray) claimed = self->claimed;

  self->claimed = g_ptr_array_new_with_free_func(free_exchange);
  g_ptr_array_set_free_func(claimed, NULL);
  for (guint i = 0; i < claimed->len; i++) {
    Exchange *exchange = claimed->pdata[i];

    shopcaisse_context_step(self->context, "leased", exchange->job->subject);
    self->n_in_flight++;
    self->transport->send(self->transport, exchange->request, self->cancellable, reply_cb,
                          exchange);
  }
}

static void
drop_changes(ShopcaisseWorker *self)
{
  shopcaisse_database_rollback(self->context->database);
  g_ptr_array_set_size(self->claimed, 0);
  shopcaisse_tasks_forget(self->context->tasks);
}

static void
suffer_storage(ShopcaisseWorker *self, const GError *error)
{
  const char *message = error != NULL ? error->message : NULL;

  drop_changes(self);
  g_warning("outbox: %s, retrying in 5 s", message != NULL ? message : "no reason given");
  shopcaisse_status_set(self->context->status, COMPTOIR_STATUS_BLOCKED, message);
  set_timer(self, STORAGE_PAUSE);
}

/* The answer could not be stored. A row that is gone needs none: its run has ended meanwhile. */
static void
suffer(ShopcaisseWorker *self, const ShopcaisseJob *job, const GError *error)
{
  g_autoptr(GError) find_error = NULL;
  g_autoptr(ShopcaisseJob) row = NULL;

  drop_changes(self);
  row = shopcaisse_outbox_find(self->context->database, job->key, &find_error);
  if (row == NULL && find_error == NULL)
    return shopcaisse_worker_wake(self);
  g_array_append_val(self->lost, job->id);
  suffer_storage(self, error);
}

/* After the commit: out it goes, and who waits is told. */
static void
publish(ShopcaisseWorker *self)
{
  g_array_set_size(self->lost, 0);
  send_claimed(self);
  shopcaisse_progress_tell(self->context);
  shopcaisse_tasks_tell(self->context->tasks);
  shopcaisse_drain_check(self->context);
  schedule_next(self);
}

/* Many looks at the outbox write nothing; what the host has heard is no reason to flush. */
static gboolean
note_progress(ShopcaisseWorker *self, GError **error)
{
  return self->claimed->len == 0 || shopcaisse_progress_note(self->context, error);
}

static gboolean
pump_cb(gpointer user_data)
{
  ShopcaisseWorker *self = user_data;
  g_autoptr(GError) error = NULL;

  clear_pump(self);
  if (self->is_stopping)
    return G_SOURCE_REMOVE;
  if (shopcaisse_database_begin(self->context->database, &error) &&
      shopcaisse_settle_lost(self->context, self->lost, &error) &&
      shopcaisse_block_expire(self->context, &error) &&
      shopcaisse_settle_clock(self->context, &error) && claim_due(self, &error) &&
      note_progress(self, &error) && shopcaisse_database_commit(self->context->database, &error))
    publish(self);
  else
    suffer_storage(self, error);
  return G_SOURCE_REMOVE;
}

static void
note_answer(ShopcaisseWorker *self, const ShopcaisseReply *reply)
{
  if (!shopcaisse_reply_is_heard(reply))
    return;
  self->n_failures = 0;
  self->paused_until = 0;
  if (shopcaisse_status_get(self->context->status) == COMPTOIR_STATUS_OFFLINE)
    shopcaisse_status_set(self->context->status, COMPTOIR_STATUS_READY, NULL);
}

static void
end_stop(ShopcaisseWorker *self)
{
  GDestroyNotify stopped = g_steal_pointer(&self->stopped);

  if (stopped != NULL && self->n_in_flight == 0)
    stopped(self->stopped_data);
  else
    self->stopped = stopped;
}

static void
reply_cb(ShopcaisseReply *reply, gpointer user_data)
{
  g_autoptr(ShopcaisseReply) owned = reply;
  Exchange *exchange = user_data;
  ShopcaisseWorker *self = exchange->worker;
  g_autoptr(GError) error = NULL;

  self->n_in_flight--;
  note_answer(self, owned);
  if (owned->error != NULL)
    g_info("%s: %s", exchange->job->kind, owned->error->message);
  shopcaisse_context_step(self->context, "answered", exchange->job->subject);
  if (shopcaisse_database_begin(self->context->database, &error) &&
      shopcaisse_settle_lost(self->context, self->lost, &error) &&
      settle_reply(self, exchange->job, owned, &error) && claim_due(self, &error) &&
      shopcaisse_progress_note(self->context, &error) &&
      shopcaisse_database_commit(self->context->database, &error)) {
    shopcaisse_context_step(self->context, "settled", exchange->job->subject);
    publish(self);
  } else {
    suffer(self, exchange->job, error);
  }
  free_exchange(exchange);
  free_silent(self);
  end_stop(self);
}

/**
 * shopcaisse_worker_stop:
 * @self: the worker
 * @stopped: called when nothing is on the wire, perhaps at once
 * @user_data: for @stopped
 *
 * Cancels what is on the wire. Each answer that still comes is stored; rows without one are sent
 * again after the next start.
 */
void
shopcaisse_worker_stop(ShopcaisseWorker *self, GDestroyNotify stopped, gpointer user_data)
{
  self->is_stopping = TRUE;
  self->stopped = stopped;
  self->stopped_data = user_data;
  clear_timer(self);
  clear_pump(self);
  g_cancellable_cancel(self->cancellable);
  if (self->transport != NULL)
    self->transport->stop(self->transport);
  for (guint i = 0; i < self->retired->len; i++)
    ((ShopcaisseTransport *)self->retired->pdata[i])->stop(self->retired->pdata[i]);
  end_stop(self);
}
