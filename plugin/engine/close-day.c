/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The day close, from the wish to the report. */
#include "engine/close-day.h"

#include "engine/context.h"
#include "engine/progress.h"
#include "engine/reconcile.h"
#include "engine/run.h"

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
  gint64 from;
  gint64 to;
} Closing;

static void orders_cb(ShopcaisseTask *task, const GError *error, gpointer user_data);
static void sales_cb(ShopcaisseTask *task, const GError *error, gpointer user_data);

static GVariant *
build_options(gint64 from)
{
  g_auto(GVariantDict) options = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&options, "from", "x", from);
  return g_variant_ref_sink(g_variant_dict_end(&options));
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
  g_autofree Closing *self = g_new0(Closing, 1);
  g_autoptr(GVariant) options = NULL;
  g_autoptr(GError) error = NULL;

  self->context = context;
  self->answer = answer;
  if (!shopcaisse_reconcile_get_day(context, day, &self->from, &self->to, &error)) {
    shopcaisse_answer_fail(answer, g_steal_pointer(&error));
    return;
  }
  options = build_options(self->from - SHOPCAISSE_DAY);
  shopcaisse_run(context, "close-day-orders", options, orders_cb, g_steal_pointer(&self));
}

static void
orders_cb(ShopcaisseTask *task, const GError *error, gpointer user_data)
{
  g_autofree Closing *self = user_data;
  g_autoptr(GVariant) options = build_options(self->from);
  ShopcaisseContext *context = self->context;

  (void)task;
  if (error != NULL) {
    shopcaisse_answer_fail_copy(self->answer, error);
    return;
  }
  shopcaisse_run(context, "close-day-sales", options, sales_cb, g_steal_pointer(&self));
}

static void
sales_cb(ShopcaisseTask *task, const GError *error, gpointer user_data)
{
  g_autofree Closing *self = user_data;
  g_autoptr(GError) report_error = NULL;
  GVariant *report = NULL;

  if (error == NULL)
    report = shopcaisse_reconcile_day(self->context, self->from, self->to, task->is_partial,
                                      &report_error);
  if (report == NULL)
    return shopcaisse_answer_fail_copy(self->answer, error != NULL ? error : report_error);
  shopcaisse_progress_tell(self->context);
  shopcaisse_answer_take(self->answer, report);
}
