/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The day close, from the wish to the report: orders are read, then tickets and shifts, then the
 * host is given what it lacks, then both sides are compared in slices. */
#include "engine/close-day.h"

#include "config.h"
#include "engine/context.h"
#include "engine/progress.h"
#include "engine/reconcile.h"
#include "engine/record.h"
#include "engine/run.h"
#include "engine/slices.h"

#include <glib/gi18n-lib.h>

/* As engine/run.c asks for them. */
#define ORDERS_BEFORE  SHOPCAISSE_DAY
#define ORDERS_AFTER   (30 * SHOPCAISSE_DAY)
#define TICKETS_BEFORE (6 * SHOPCAISSE_HOUR)

/* One day that is being closed, or waits for its turn. */
typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
  ShopcaisseReconcileWindow window;
  ShopcaisseReconciliation *reconciliation; /* (owned) (nullable) */
} Closing;

struct ShopcaisseClosings {
  GQueue waiting;   /* (owned) (element-type Closing) */
  gboolean is_busy; /* one of them is underway, which owns itself */
  GVariant *report; /* (owned) (nullable): the last */
};

static void orders_cb(ShopcaisseTask *task, const GError *error, gpointer user_data);
static void sales_cb(ShopcaisseTask *task, const GError *error, gpointer user_data);
static void recorded_cb(const GError *error, gpointer user_data);
static gboolean compare_step(guint limit, gboolean *is_done, gpointer user_data, GError **error);
static void compared_cb(const GError *error, gpointer user_data);

static GVariant *
build_options(gint64 from)
{
  g_auto(GVariantDict) options = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&options, "from", "x", from);
  return g_variant_ref_sink(g_variant_dict_end(&options));
}

static struct ShopcaisseClosings *
get_closings(ShopcaisseContext *context)
{
  if (context->closings == NULL) {
    context->closings = g_new0(struct ShopcaisseClosings, 1);
    g_queue_init(&context->closings->waiting);
  }
  return context->closings;
}

static void
cancel_waiting(struct ShopcaisseClosings *closings)
{
  Closing *self = NULL;

  while ((self = g_queue_pop_head(&closings->waiting)) != NULL) {
    shopcaisse_answer_fail(self->answer, g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                             _("the channel closes")));
    g_free(self);
  }
}

static void
start_next(ShopcaisseContext *context)
{
  struct ShopcaisseClosings *closings = get_closings(context);
  Closing *self = NULL;
  g_autoptr(GVariant) options = NULL;

  if (context->is_closing)
    cancel_waiting(closings);
  self = g_queue_pop_head(&closings->waiting);
  closings->is_busy = self != NULL;
  if (self == NULL)
    return;
  self->window.listed_at = shopcaisse_context_get_now(context);
  self->window.listed_from = MAX(0, self->window.from - ORDERS_BEFORE);
  self->window.listed_to = self->window.listed_at + ORDERS_AFTER;
  options = build_options(self->window.listed_from);
  shopcaisse_run(context, "close-day-orders", options, orders_cb, self);
}

/* @report is (nullable) and consumed when it floats. */
static void
end_closing(Closing *self, GVariant *report, const GError *error)
{
  ShopcaisseContext *context = self->context;
  struct ShopcaisseClosings *closings = get_closings(context);

  if (error != NULL) {
    shopcaisse_answer_fail_copy(self->answer, error);
  } else {
    g_clear_pointer(&closings->report, g_variant_unref);
    closings->report = g_variant_ref_sink(report);
    shopcaisse_answer_take(self->answer, g_variant_ref(closings->report));
  }
  shopcaisse_reconciliation_free(self->reconciliation);
  g_free(self);
  if (error == NULL)
    shopcaisse_progress_tell(context);
  start_next(context);
}

/**
 * shopcaisse_close_day:
 * @context: the engine's parts
 * @day: (nullable): "2026-03-01", or today
 * @answer: (transfer full): for whoever asked
 *
 * Closes a day.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for a text that is no day, and with what reading fails with.
 */
void
shopcaisse_close_day(ShopcaisseContext *context, const char *day, ShopcaisseAnswer *answer)
{
  struct ShopcaisseClosings *closings = get_closings(context);
  g_autofree Closing *self = g_new0(Closing, 1);
  g_autoptr(GError) error = NULL;

  self->context = context;
  self->answer = answer;
  if (!shopcaisse_reconcile_get_day(context, day, &self->window.from, &self->window.to, &error)) {
    shopcaisse_answer_fail(answer, g_steal_pointer(&error));
    return;
  }
  g_queue_push_tail(&closings->waiting, g_steal_pointer(&self));
  if (!closings->is_busy)
    start_next(context);
}

static void
orders_cb(ShopcaisseTask *task, const GError *error, gpointer user_data)
{
  Closing *self = user_data;
  g_autoptr(GVariant) options = build_options(MAX(0, self->window.from - TICKETS_BEFORE));

  if (error != NULL) {
    end_closing(self, NULL, error);
    return;
  }
  /* Of a list that was not read whole nobody can say what is not on it. */
  if (task->is_partial)
    self->window.is_partial = TRUE;
  else
    self->window.sweep = task->run;
  shopcaisse_run(self->context, "close-day-sales", options, sales_cb, self);
}

static void
sales_cb(ShopcaisseTask *task, const GError *error, gpointer user_data)
{
  Closing *self = user_data;

  if (error != NULL) {
    end_closing(self, NULL, error);
    return;
  }
  if (task->is_partial)
    self->window.is_partial = TRUE;
  shopcaisse_record_tickets(self->context, recorded_cb, self);
}

/* What the host did not take is in the report. */
static void
recorded_cb(const GError *error, gpointer user_data)
{
  Closing *self = user_data;

  (void)error;
  self->reconciliation = shopcaisse_reconciliation_new(self->context, &self->window);
  /* It reads alone: a power cut takes nothing back. */
  shopcaisse_slices_run_repeatable(self->context, compare_step, compared_cb, self);
}

static gboolean
compare_step(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  Closing *self = user_data;

  return shopcaisse_reconciliation_step(self->reconciliation, limit, is_done, error);
}

static void
compared_cb(const GError *error, gpointer user_data)
{
  Closing *self = user_data;
  GVariant *report =
      error == NULL ? shopcaisse_reconciliation_take_report(self->reconciliation) : NULL;

  end_closing(self, report, error);
}

/**
 * shopcaisse_close_day_get_report:
 * @context: the engine's parts
 * @compared_at: when it was compared, as the report says
 *
 * Finds the last report.
 *
 * Returns: (transfer none) (nullable): it, if it is that one
 */
GVariant *
shopcaisse_close_day_get_report(ShopcaisseContext *context, const char *compared_at)
{
  GVariant *report = get_closings(context)->report;
  const char *last = "";

  if (report == NULL || *compared_at == '\0')
    return NULL;
  g_variant_lookup(report, "compared_at", "&s", &last);
  return g_str_equal(last, compared_at) ? report : NULL;
}

/**
 * shopcaisse_close_day_forget:
 * @context: the engine's parts
 *
 * Releases what was kept.
 */
void
shopcaisse_close_day_forget(ShopcaisseContext *context)
{
  struct ShopcaisseClosings *closings = g_steal_pointer(&context->closings);

  if (closings == NULL)
    return;
  cancel_waiting(closings);
  g_clear_pointer(&closings->report, g_variant_unref);
  g_free(closings);
}
