/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs each flow when its time has come: nothing to paste into a scheduler anywhere. */
#include "engine/schedule.h"

#include "engine/catch-up.h"
#include "engine/context.h"
#include "engine/run.h"
#include "store/settings.h"

#define JITTER_PERCENT 20
#define FIRST_DELAY    (2 * SHOPCAISSE_SECOND)
#define RETRY_DELAY    SHOPCAISSE_MINUTE /* doubled with each failure in a row */
#define RETRY_MAX      (15 * SHOPCAISSE_MINUTE)
#define HINT_DELAY     (SHOPCAISSE_SECOND / 2) /* what comes together is read together */
#define HINT_PREFIX    "hint:"                 /* of the cursor that keeps one */
#define FAILURE_PREFIX "failure:"              /* of the cursor that says why */

typedef struct {
  const char *task;     /* a task of engine/run.c, or "catch-up" */
  const char *interval; /* its setting */
  const char *cursor;
  gboolean at_start; /* whenever the program starts, however short ago the last time was */
  gint64 hint_gap;   /* from the end of one pull to the next that a hint causes, 0: takes none */
} FlowTime;

static const FlowTime flow_times[] = {
  { "catch-up", "catch-up-interval", SHOPCAISSE_CURSOR_CATCH_UP, TRUE, 0 },
  { "poll-orders", "orders-interval", SHOPCAISSE_CURSOR_ORDERS, FALSE, 5 * SHOPCAISSE_SECOND },
  { "pull-sales", "sales-interval", SHOPCAISSE_CURSOR_TICKETS, FALSE, 10 * SHOPCAISSE_SECOND },
  { "pull-stock", "stock-interval", SHOPCAISSE_CURSOR_STOCK, FALSE, 30 * SHOPCAISSE_SECOND },
  { "pull-catalogue", "catalogue-interval", SHOPCAISSE_CURSOR_CATALOGUE, FALSE,
    60 * SHOPCAISSE_SECOND },
};

#define N_FLOWS G_N_ELEMENTS(flow_times)

typedef struct {
  ShopcaisseSchedule *schedule; /* (not owned) */
  const FlowTime *time;
  ShopcaisseTimer *timer; /* (nullable) */
  gint64 next_at;         /* UTC, while there is a timer */
  gboolean is_running;
  gboolean has_started;  /* since the program did */
  gboolean is_hinted;    /* there is something that no pull has seen for sure */
  gboolean is_answering; /* the pull that runs began after the hint */
  gint64 ended_at;       /* monotonic, 0: not yet */
  guint n_failures;      /* in a row */
} Flow;

struct ShopcaisseSchedule {
  ShopcaisseContext *context; /* (not owned) */
  Flow flows[N_FLOWS];
};

static void flow_cb(gpointer user_data);

static void
set_flow_timer(Flow *flow, gint64 delay_us)
{
  ShopcaisseClock *clock = flow->schedule->context->clock;

  if (flow->timer != NULL)
    clock->cancel(clock, flow->timer);
  flow->timer = clock->call_after(clock, delay_us, flow_cb, flow);
  flow->next_at = shopcaisse_context_get_now(flow->schedule->context) + delay_us;
}

static gint64
add_jitter(ShopcaisseClock *clock, gint64 delay_us)
{
  guint32 span = (guint32)CLAMP(delay_us / 1000 * JITTER_PERCENT / 100, 1, G_MAXINT32);

  return delay_us - delay_us * JITTER_PERCENT / 200 + (gint64)clock->get_random(clock, span) * 1000;
}

/* A day without network is no reason to ask a thousand times. */
static gint64
find_retry_delay(const Flow *flow)
{
  return MIN(RETRY_DELAY << MIN(MAX(flow->n_failures, 1) - 1, 4), RETRY_MAX);
}

/* -1: never. */
static gint64
find_wait(Flow *flow, gboolean has_failed)
{
  ShopcaisseContext *context = flow->schedule->context;
  gint64 interval =
      shopcaisse_configuration_get_interval_min(context->database, flow->time->interval) *
      SHOPCAISSE_MINUTE;
  gint64 now = shopcaisse_context_get_now(context);
  gint64 last = shopcaisse_cursors_get_time(context->database, flow->time->cursor, 0);
  gint64 wait = last + interval - now;

  if (interval == 0)
    return -1;
  /* Never, long ago, or in a future that only a wrong clock has seen. At the start there may be a
   * sale that the host recorded just before it died. */
  if (last == 0 || wait > interval || (flow->time->at_start && !flow->has_started))
    wait = 0;
  return add_jitter(context->clock, MAX(wait, has_failed ? find_retry_delay(flow) : FIRST_DELAY));
}

/* However many hints come, the service is asked at this pace. */
static gint64
find_hint_wait(Flow *flow, gboolean has_failed)
{
  ShopcaisseClock *clock = flow->schedule->context->clock;
  gint64 rest = flow->ended_at + flow->time->hint_gap - clock->get_monotonic(clock);

  if (has_failed)
    return find_retry_delay(flow);
  return flow->ended_at == 0 ? HINT_DELAY : MAX(HINT_DELAY, rest);
}

static void
plan_flow(Flow *flow, gboolean has_failed)
{
  gint64 wait = find_wait(flow, has_failed);
  gint64 hint_wait = flow->is_hinted ? find_hint_wait(flow, has_failed) : -1;

  if (wait < 0 || (hint_wait >= 0 && hint_wait < wait))
    wait = hint_wait;
  /* Without a connection the host alone can be asked. */
  if (wait < 0 ||
      (!flow->time->at_start && !shopcaisse_worker_has_transport(flow->schedule->context->worker)))
    return;
  set_flow_timer(flow, wait);
  shopcaisse_context_list_changed(flow->schedule->context, "flows");
}

/* On disk until a pull that began later has ended well. */
static gboolean
write_hint(Flow *flow, const char *value, GError **error)
{
  g_autofree char *cursor = g_strconcat(HINT_PREFIX, flow->time->task, NULL);

  return shopcaisse_cursors_set(flow->schedule->context->database, cursor, value, error);
}

static void
recall_hint(Flow *flow)
{
  g_autofree char *cursor = g_strconcat(HINT_PREFIX, flow->time->task, NULL);
  g_autofree char *value = shopcaisse_cursors_get(flow->schedule->context->database, cursor, NULL);

  flow->is_hinted = flow->is_hinted || (flow->time->hint_gap > 0 && value != NULL);
}

static void
answer_hint(Flow *flow, const GError *pull_error)
{
  ShopcaisseClock *clock = flow->schedule->context->clock;
  g_autoptr(GError) error = NULL;

  flow->ended_at = clock->get_monotonic(clock);
  if (!flow->is_answering)
    return;
  flow->is_answering = FALSE;
  if (pull_error != NULL)
    flow->is_hinted = TRUE;
  else if (!flow->is_hinted && !write_hint(flow, NULL, &error))
    g_info("%s: %s, it is repeated once", flow->time->task, error->message);
}

static void
end_flow(Flow *flow, const GError *error)
{
  flow->is_running = FALSE;
  answer_hint(flow, error);
  /* What is not configured is tried again when the settings change. */
  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED) ||
      g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED))
    return;
  if (error != NULL)
    g_info("%s: %s", flow->time->task, error->message);
  flow->n_failures = error != NULL ? flow->n_failures + 1 : 0;
  plan_flow(flow, error != NULL);
}

static void
task_cb(ShopcaisseTask *task, const GError *error, gpointer user_data)
{
  (void)task;
  end_flow(user_data, error);
}

static void
catch_up_cb(guint n_found, const GError *error, gpointer user_data)
{
  (void)n_found;
  end_flow(user_data, error);
}

static void
flow_cb(gpointer user_data)
{
  Flow *flow = user_data;
  ShopcaisseContext *context = flow->schedule->context;

  flow->timer = NULL;
  if (flow->is_running)
    return;
  flow->is_running = TRUE;
  flow->has_started = TRUE;
  /* A pull that runs already may have read too early: it is joined, and repeated. */
  if (flow->is_hinted && shopcaisse_tasks_find_name(context->tasks, flow->time->task) == NULL) {
    flow->is_hinted = FALSE;
    flow->is_answering = TRUE;
  }
  if (g_str_equal(flow->time->task, "catch-up"))
    shopcaisse_catch_up(context, catch_up_cb, flow);
  else
    shopcaisse_run(context, flow->time->task, NULL, task_cb, flow);
}

/**
 * shopcaisse_schedule_new:
 * @context: the engine's parts
 *
 * Returns: (transfer full): a schedule that has not started
 */
ShopcaisseSchedule *
shopcaisse_schedule_new(ShopcaisseContext *context)
{
  ShopcaisseSchedule *self = g_new0(ShopcaisseSchedule, 1);

  self->context = context;
  for (gsize i = 0; i < N_FLOWS; i++) {
    self->flows[i].schedule = self;
    self->flows[i].time = &flow_times[i];
  }
  return self;
}

/**
 * shopcaisse_schedule_free:
 * @self: (nullable): the schedule, with no task running
 *
 * Releases it.
 */
void
shopcaisse_schedule_free(ShopcaisseSchedule *self)
{
  ShopcaisseClock *clock = NULL;

  if (self == NULL)
    return;
  clock = self->context->clock;
  for (gsize i = 0; i < N_FLOWS; i++) {
    if (self->flows[i].timer != NULL)
      clock->cancel(clock, self->flows[i].timer);
  }
  g_free(self);
}

/**
 * shopcaisse_schedule_restart:
 * @self: the schedule
 *
 * Sets every timer anew, by the settings as they are now.
 */
void
shopcaisse_schedule_restart(ShopcaisseSchedule *self)
{
  ShopcaisseClock *clock = self->context->clock;

  for (gsize i = 0; i < N_FLOWS; i++) {
    Flow *flow = &self->flows[i];

    if (flow->timer != NULL)
      clock->cancel(clock, flow->timer);
    flow->timer = NULL;
    flow->n_failures = 0;
    recall_hint(flow);
    if (!flow->is_running)
      plan_flow(flow, FALSE);
  }
}

static Flow *
find_flow(ShopcaisseSchedule *self, const char *task)
{
  for (gsize i = 0; i < N_FLOWS; i++) {
    if (g_str_equal(flow_times[i].task, task))
      return &self->flows[i];
  }
  return NULL;
}

/**
 * shopcaisse_schedule_hint:
 * @self: the schedule
 * @task: one that takes hints
 * @error: return location for an error
 *
 * Notes that there is something new: the task runs soon, and once more after one that runs now,
 * however often this is called; also after the program has been killed.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE; nothing is noted then.
 *
 * Returns: %TRUE once it is on disk
 */
gboolean
shopcaisse_schedule_hint(ShopcaisseSchedule *self, const char *task, GError **error)
{
  Flow *flow = find_flow(self, task);

  g_return_val_if_fail(flow != NULL && flow->time->hint_gap > 0, FALSE);
  if (flow->is_hinted)
    return TRUE;
  if (!write_hint(flow, "new", error))
    return FALSE;
  flow->is_hinted = TRUE;
  if (!flow->is_running)
    plan_flow(flow, FALSE);
  return TRUE;
}

/**
 * shopcaisse_schedule_note_end:
 * @self: the schedule
 * @task: a task
 * @message: (nullable): why it failed, %NULL when it ended well
 * @error: return location for an error
 *
 * Remembers how a flow ended, whoever ran it; what is no flow is not remembered. Writes nothing
 * when it is known.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_schedule_note_end(ShopcaisseSchedule *self,
                             const char *task,
                             const char *message,
                             GError **error)
{
  ShopcaisseDatabase *database = self->context->database;
  g_autofree char *cursor = g_strconcat(FAILURE_PREFIX, task, NULL);
  g_autofree char *known = NULL;

  if (find_flow(self, task) == NULL)
    return TRUE;
  shopcaisse_context_list_changed(self->context, "flows");
  known = shopcaisse_cursors_get(database, cursor, NULL);
  return g_strcmp0(known, message) == 0 || shopcaisse_cursors_set(database, cursor, message, error);
}

static gboolean
is_flow_running(const Flow *flow)
{
  ShopcaisseContext *context = flow->schedule->context;

  if (g_str_equal(flow->time->task, "catch-up"))
    return context->is_catching_up;
  return shopcaisse_tasks_find_name(context->tasks, flow->time->task) != NULL;
}

/**
 * shopcaisse_schedule_look:
 * @self: the schedule
 * @index: from 0 on
 * @view: (out caller-allocates): how that flow is
 *
 * Tells how a flow is: when it ran, when it will, how it ended.
 *
 * Returns: %FALSE when there is none
 */
gboolean
shopcaisse_schedule_look(ShopcaisseSchedule *self, guint index, ShopcaisseFlowView *view)
{
  ShopcaisseDatabase *database = self->context->database;
  const Flow *flow = NULL;
  g_autofree char *cursor = NULL;

  if (index >= N_FLOWS)
    return FALSE;
  flow = &self->flows[index];
  cursor = g_strconcat(FAILURE_PREFIX, flow->time->task, NULL);
  *view = (ShopcaisseFlowView){
    .task = flow->time->task,
    .setting = flow->time->interval,
    .cursor = flow->time->cursor,
    .minutes = shopcaisse_configuration_get_interval_min(database, flow->time->interval),
    .next_at = flow->timer != NULL ? flow->next_at : 0,
    .last_at = shopcaisse_cursors_get_time(database, flow->time->cursor, 0),
    .is_running = is_flow_running(flow),
    .failure = shopcaisse_cursors_get(database, cursor, NULL),
  };
  return TRUE;
}

/**
 * shopcaisse_flow_view_clear:
 * @self: a view
 *
 * Frees what it owns.
 */
void
shopcaisse_flow_view_clear(ShopcaisseFlowView *self)
{
  g_clear_pointer(&self->failure, g_free);
}
