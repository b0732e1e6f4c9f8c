/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From an operation of the contract to whoever does it. */
#include "engine/operation.h"

#include "engine/binding.h"
#include "engine/cancel.h"
#include "engine/catch-up.h"
#include "engine/close-day.h"
#include "engine/connection.h"
#include "engine/context.h"
#include "engine/disconnect.h"
#include "engine/doctor.h"
#include "engine/drain.h"
#include "engine/erase.h"
#include "engine/export.h"
#include "engine/plan.h"
#include "engine/prepare.h"
#include "engine/progress.h"
#include "engine/reach.h"
#include "engine/record.h"
#include "engine/resend.h"
#include "engine/restored.h"
#include "engine/run.h"
#include "engine/set-token.h"
#include "store/links.h"
#include "store/mirror.h"
#include "store/sales.h"

typedef void (*OperationFunc)(ShopcaisseContext *context,
                              GVariant *argument,
                              ShopcaisseAnswer *answer);

static const char *
lookup_text(GVariant *argument, const char *key)
{
  const char *text = "";

  g_variant_lookup(argument, key, "&s", &text);
  return text;
}

static void
refuse(ShopcaisseAnswer *answer, ComptoirError code, const char *message)
{
  shopcaisse_answer_fail(answer, g_error_new_literal(COMPTOIR_ERROR, code, message));
}

/* What the till has recorded was not cancelled, whatever was noted for it. */
static void
answer_cancellation(const ShopcaisseSaleRecord *record, ShopcaisseAnswer *answer)
{
  if (!g_str_equal(record->fiscal, "finalised"))
    return shopcaisse_answer_take(answer, shopcaisse_progress_row(record));
  refuse(answer, COMPTOIR_ERROR_REJECTED, record->message);
}

static void
cancel_sale(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  g_autoptr(ShopcaisseSaleRecord) record = NULL;
  g_autoptr(GError) error = NULL;

  if (shopcaisse_database_begin(context->database, &error)) {
    record = shopcaisse_cancel_sale(context, lookup_text(argument, "id"), &error);
    if (record != NULL && shopcaisse_database_commit(context->database, &error)) {
      answer_cancellation(record, answer);
      shopcaisse_progress_tell(context);
      shopcaisse_worker_wake(context->worker);
      return;
    }
    shopcaisse_database_rollback(context->database);
  }
  shopcaisse_answer_fail(answer, g_steal_pointer(&error));
}

static void
make_plan(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  shopcaisse_plan_make(context, argument, answer);
}

static void
apply_plan(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  shopcaisse_plan_execute(context, lookup_text(argument, "plan"), SHOPCAISSE_PLAN_APPLY, answer);
}

static void
undo(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  shopcaisse_plan_execute(context, lookup_text(argument, "plan"), SHOPCAISSE_PLAN_UNDO, answer);
}

static void
diagnose(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  (void)argument;
  shopcaisse_doctor_examine(context, answer);
}

static void
close_day(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  shopcaisse_close_day(context, lookup_text(argument, "day"), answer);
}

typedef gboolean (*LinkFunc)(ShopcaisseContext *context, GVariant *row, GError **error);

static gboolean
add_link(ShopcaisseContext *context, GVariant *row, GError **error)
{
  const char *article_id = lookup_text(row, "id");
  const char *item_id = lookup_text(row, "external_id");

  if (*article_id == '\0' || *item_id == '\0') {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        "a link needs id, the article's, and external_id, the item's");
    return FALSE;
  }
  return shopcaisse_links_add(context->database, article_id, item_id, "hand",
                              shopcaisse_context_get_now(context), error);
}

static gboolean
remove_link(ShopcaisseContext *context, GVariant *row, GError **error)
{
  return shopcaisse_links_remove(context->database, lookup_text(row, "id"), error);
}

static gboolean
change_links(ShopcaisseContext *context, GVariant *argument, LinkFunc change, GError **error)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(argument, "rows", G_VARIANT_TYPE("aa{sv}"));
  GVariantIter iter;
  GVariant *row = NULL;

  if (rows == NULL)
    return TRUE;
  g_variant_iter_init(&iter, rows);
  while ((row = g_variant_iter_next_value(&iter)) != NULL) {
    g_autoptr(GVariant) owned = row;

    if (!change(context, owned, error))
      return FALSE;
  }
  return shopcaisse_prepare_held(context, error);
}

/* All links of a call, or none. */
static void
perform_links(ShopcaisseContext *context,
              GVariant *argument,
              LinkFunc change,
              ShopcaisseAnswer *answer)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) counts = NULL;

  if (!shopcaisse_database_begin(context->database, &error)) {
    shopcaisse_answer_fail(answer, g_steal_pointer(&error));
    return;
  }
  if (!change_links(context, argument, change, &error) ||
      !shopcaisse_database_commit(context->database, &error)) {
    shopcaisse_database_rollback(context->database);
    shopcaisse_answer_fail(answer, g_steal_pointer(&error));
    return;
  }
  counts = shopcaisse_links_count(context->database, &error);
  if (counts != NULL)
    shopcaisse_answer_take(answer, g_variant_new_parsed("{'links': <%*>}", counts));
  else
    shopcaisse_answer_fail(answer, g_steal_pointer(&error));
  shopcaisse_progress_tell(context);
  shopcaisse_context_catalogue_changed(context);
  shopcaisse_worker_wake(context->worker);
}

static void
link_rows(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  perform_links(context, argument, add_link, answer);
}

static void
unlink_rows(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  perform_links(context, argument, remove_link, answer);
}

static void
set_token(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  shopcaisse_set_token(context, argument, answer);
}

static void
disconnect(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  shopcaisse_disconnect(context, lookup_text(argument, "policy"), answer);
}

static void
export_report(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  shopcaisse_export(context, argument, answer);
}

static gboolean
store_settings(ShopcaisseContext *context, GVariant *argument, GError **error)
{
  if (!shopcaisse_database_begin(context->database, error))
    return FALSE;
  if (shopcaisse_configuration_change(context->configuration, context->database, argument, error) &&
      shopcaisse_prepare_held(context, error) &&
      shopcaisse_database_commit(context->database, error))
    return TRUE;
  shopcaisse_database_rollback(context->database);
  (void)shopcaisse_configuration_reload(context->configuration, context->database, NULL);
  return FALSE;
}

/* Another store than the one that is chosen. */
static gboolean
may_choose_store(ShopcaisseContext *context, GVariant *argument, GError **error)
{
  const char *store_id = lookup_text(argument, "store");

  return g_str_equal(store_id, context->configuration->store_id) ||
         (shopcaisse_reach_check_store(context, store_id, error) &&
          shopcaisse_binding_choose(context, store_id, error));
}

static void
change_settings(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  g_autoptr(GVariant) settings = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_stored =
      may_choose_store(context, argument, &error) && store_settings(context, argument, &error);

  shopcaisse_binding_settle(context);
  if (!is_stored) {
    shopcaisse_answer_fail(answer, g_steal_pointer(&error));
    return;
  }
  shopcaisse_context_tell_settings(context);
  /* Of the store and the price list that are chosen now. */
  shopcaisse_context_list_changed(context, "items");
  settings = shopcaisse_configuration_describe(context->configuration, context->database);
  shopcaisse_connection_restart(context);
  shopcaisse_progress_tell(context);
  shopcaisse_worker_wake(context->worker);
  shopcaisse_answer_take(answer, g_variant_new_parsed("{'rows': <%*>}", settings));
}

static void
task_cb(ShopcaisseTask *task, const GError *error, gpointer user_data)
{
  ShopcaisseAnswer *answer = user_data;

  if (error != NULL)
    shopcaisse_answer_fail_copy(answer, error);
  else
    shopcaisse_answer_take(answer, shopcaisse_task_get_results(task));
}

static void
catch_up_cb(guint n_found, const GError *error, gpointer user_data)
{
  ShopcaisseAnswer *answer = user_data;

  if (error != NULL)
    shopcaisse_answer_fail_copy(answer, error);
  else
    shopcaisse_answer_take(answer, g_variant_new_parsed("{'found': <%u>}", n_found));
}

static gboolean
release_orders(ShopcaisseContext *context, const char *sale_id, GError **error)
{
  if (!shopcaisse_database_begin(context->database, error))
    return FALSE;
  if ((*sale_id == '\0' || shopcaisse_resend_sale(context, sale_id, error)) &&
      shopcaisse_resend_waiting(context, error) && shopcaisse_prepare_held(context, error) &&
      shopcaisse_database_commit(context->database, error))
    return TRUE;
  shopcaisse_database_rollback(context->database);
  return FALSE;
}

/* "Send now": what waits goes at once; what stops all orders still stops them. */
static void
send_orders(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  g_autoptr(GError) error = NULL;

  if (!release_orders(context, lookup_text(argument, "sale"), &error)) {
    shopcaisse_answer_fail(answer, g_steal_pointer(&error));
    return;
  }
  shopcaisse_progress_tell(context);
  shopcaisse_drain_add(context, answer);
  shopcaisse_worker_resume(context->worker);
}

typedef struct {
  ShopcaisseAnswer *answer; /* (owned) */
  GVariant *results;        /* (owned) */
} Pull;

static void
recorded_cb(const GError *error, gpointer user_data)
{
  g_autofree Pull *pull = user_data;
  g_autoptr(GVariant) results = pull->results;

  if (error != NULL)
    shopcaisse_answer_fail_copy(pull->answer, error);
  else
    shopcaisse_answer_take(pull->answer, g_variant_ref(results));
}

/* What the till sold is in the host when this is answered. */
static void
pulled_cb(ShopcaisseTask *task, const GError *error, gpointer user_data)
{
  ShopcaisseAnswer *answer = user_data;
  Pull *pull = NULL;

  if (error != NULL)
    return shopcaisse_answer_fail_copy(answer, error);
  pull = g_new0(Pull, 1);
  pull->answer = answer;
  pull->results = g_variant_ref_sink(shopcaisse_task_get_results(task));
  shopcaisse_record_tickets(task->context, recorded_cb, pull);
}

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseAnswer *answer;   /* (owned) */
} Calibration;

static void
catalogue_cb(ShopcaisseTask *task, const GError *error, gpointer user_data)
{
  g_autofree Calibration *calibration = user_data;

  if (error != NULL)
    shopcaisse_answer_fail_copy(calibration->answer, error);
  else
    shopcaisse_run(calibration->context, "calibrate", NULL, task_cb, calibration->answer);
}

/* Something must be on the test order: an empty mirror is filled first. */
static void
calibrate(ShopcaisseContext *context, ShopcaisseAnswer *answer)
{
  g_autoptr(GError) error = NULL;
  Calibration *calibration = NULL;
  guint n_items = 0;

  if (!shopcaisse_mirror_count_items(context->database, &n_items, &error)) {
    shopcaisse_answer_fail(answer, g_steal_pointer(&error));
  } else if (n_items > 0) {
    shopcaisse_run(context, "calibrate", NULL, task_cb, answer);
  } else {
    calibration = g_new0(Calibration, 1);
    calibration->context = context;
    calibration->answer = answer;
    shopcaisse_run(context, "pull-catalogue", NULL, catalogue_cb, calibration);
  }
}

static void
run_task(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer)
{
  const char *task = lookup_text(argument, "task");

  if (g_str_equal(task, "catch-up"))
    shopcaisse_catch_up(context, catch_up_cb, answer);
  else if (g_str_equal(task, "calibrate"))
    calibrate(context, answer);
  else if (g_str_equal(task, "pull-sales"))
    shopcaisse_run(context, task, argument, pulled_cb, answer);
  else if (g_str_equal(task, "send-orders"))
    send_orders(context, argument, answer);
  else if (g_str_equal(task, "host-restored"))
    shopcaisse_restored_confirm(context, answer);
  else if (g_str_equal(task, "sync-articles"))
    shopcaisse_plan_make(context, argument, answer);
  else
    shopcaisse_run(context, task, argument, task_cb, answer);
}

static const OperationFunc operations[] = {
  [COMPTOIR_OPERATION_CANCEL_SALE] = cancel_sale,
  [COMPTOIR_OPERATION_PLAN] = make_plan,
  [COMPTOIR_OPERATION_APPLY_PLAN] = apply_plan,
  [COMPTOIR_OPERATION_UNDO] = undo,
  [COMPTOIR_OPERATION_DIAGNOSE] = diagnose,
  [COMPTOIR_OPERATION_CLOSE_DAY] = close_day,
  [COMPTOIR_OPERATION_LINK] = link_rows,
  [COMPTOIR_OPERATION_UNLINK] = unlink_rows,
  [COMPTOIR_OPERATION_EXPORT] = export_report,
  [COMPTOIR_OPERATION_SET_TOKEN] = set_token,
  [COMPTOIR_OPERATION_DISCONNECT] = disconnect,
  [COMPTOIR_OPERATION_CHANGE_SETTINGS] = change_settings,
  [COMPTOIR_OPERATION_RUN] = run_task,
  [COMPTOIR_OPERATION_PLAN_ERASURE] = shopcaisse_erase_plan,
  [COMPTOIR_OPERATION_ERASE_CUSTOMER] = shopcaisse_erase_customer,
};

/**
 * shopcaisse_operation_perform:
 * @context: the engine's parts
 * @operation: what is wanted
 * @argument: a{sv}
 * @answer: (transfer full): for whoever asked
 *
 * Does one operation.
 *
 * Fails with %COMPTOIR_ERROR_NOT_SUPPORTED for one that this channel has not got.
 */
void
shopcaisse_operation_perform(ShopcaisseContext *context,
                             ComptoirOperation operation,
                             GVariant *argument,
                             ShopcaisseAnswer *answer)
{
  if ((guint)operation < G_N_ELEMENTS(operations) && operations[operation] != NULL)
    operations[operation](context, argument, answer);
  else
    refuse(answer, COMPTOIR_ERROR_NOT_SUPPORTED, "this channel has not got that operation");
}
