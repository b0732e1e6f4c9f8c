/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* sync: a plan, its application, then the tasks one after another. A task that the channel has not
 * got is passed over; one that fails is reported and holds up no other. */

#include "command-sync.h"

static void planned_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void applied_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void task_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static const char *const tasks[] = { "pull-stock", "catch-up", "send-orders", "poll-orders",
                                     "pull-sales" };

typedef struct {
  GVariant *plan;    /* (owned) (nullable) */
  GVariant *applied; /* (owned) (nullable) */
  GPtrArray *rows;   /* (owned): a GVariant for each task done */
  guint n_failed;
} Sync;

static void
free_sync(Sync *self)
{
  g_clear_pointer(&self->plan, g_variant_unref);
  g_clear_pointer(&self->applied, g_variant_unref);
  g_ptr_array_unref(self->rows);
  g_free(self);
}

/**
 * command_sync_start:
 * @command: the command
 * @session: an open session
 * @request: options for the plan
 * @task: (transfer full): the task
 *
 * Synchronises all there is. Answers `{plan, applied, tasks, failed}`.
 */
void
command_sync_start(const Command *command, Session *session, GVariant *request, GTask *task)
{
  Sync *self = g_new0(Sync, 1);

  self->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  g_task_set_task_data(task, self, (GDestroyNotify)free_sync);
  comptoir_channel_plan_async(session_get_channel(session), request, g_task_get_cancellable(task),
                              planned_cb, task);
}

static void
planned_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  ComptoirChannel *channel = COMPTOIR_CHANNEL(source);
  Sync *self = g_task_get_task_data(task);
  const char *plan_id = "";
  GError *error = NULL;

  self->plan = comptoir_channel_plan_finish(channel, result, &error);
  if (self->plan == NULL) {
    g_prefix_error(&error, "plan: ");
    g_task_return_error(task, error);
    return;
  }
  (void)g_variant_lookup(self->plan, "plan", "&s", &plan_id);
  comptoir_channel_apply_plan_async(channel, plan_id, g_task_get_cancellable(task), applied_cb,
                                    g_object_ref(task));
}

static GVariant *
build_answer(Sync *self)
{
  g_auto(GVariantDict) answer = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert_value(&answer, "plan", self->plan);
  g_variant_dict_insert_value(&answer, "applied", self->applied);
  g_variant_dict_insert_value(&answer, "tasks",
                              comptoir_rows_new((GVariant **)self->rows->pdata, self->rows->len));
  g_variant_dict_insert(&answer, "failed", "u", self->n_failed);
  return g_variant_ref_sink(g_variant_dict_end(&answer));
}

static void
run_next(ComptoirChannel *channel, GTask *task)
{
  Sync *self = g_task_get_task_data(task);

  if (self->rows->len == G_N_ELEMENTS(tasks))
    g_task_return_pointer(task, build_answer(self), (GDestroyNotify)g_variant_unref);
  else
    comptoir_channel_run_async(channel, tasks[self->rows->len], NULL, g_task_get_cancellable(task),
                               task_cb, g_object_ref(task));
}

static void
applied_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  ComptoirChannel *channel = COMPTOIR_CHANNEL(source);
  Sync *self = g_task_get_task_data(task);
  guint n_failed = 0;
  GError *error = NULL;

  self->applied = comptoir_channel_apply_plan_finish(channel, result, &error);
  if (self->applied == NULL) {
    g_prefix_error(&error, "apply: ");
    g_task_return_error(task, error);
    return;
  }
  (void)g_variant_lookup(self->applied, "failed", "u", &n_failed);
  self->n_failed += n_failed;
  run_next(channel, task);
}

static GVariant *
build_row(const char *name, const GError *error)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);
  const char *status = "done";

  if (g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED))
    status = "absent";
  else if (error != NULL)
    status = "failed";
  g_variant_dict_insert(&row, "task", "s", name);
  g_variant_dict_insert(&row, COMPTOIR_KEY_STATUS, "s", status);
  if (error != NULL)
    g_variant_dict_insert(&row, COMPTOIR_KEY_MESSAGE, "s", error->message);
  return g_variant_ref_sink(g_variant_dict_end(&row));
}

static void
task_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  ComptoirChannel *channel = COMPTOIR_CHANNEL(source);
  Sync *self = g_task_get_task_data(task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = comptoir_channel_run_finish(channel, result, &error);

  if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error(task, g_steal_pointer(&error));
    return;
  }
  if (answer == NULL && !g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED))
    self->n_failed++;
  g_ptr_array_add(self->rows, build_row(tasks[self->rows->len], error));
  run_next(channel, task);
}
