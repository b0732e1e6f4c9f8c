/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs of outbox rows that somebody waits for. */
#include "engine/task.h"

#include "config.h"
#include "engine/context.h"
#include "store/outbox-many.h"
#include "store/outbox.h"

#include <glib/gi18n-lib.h>

typedef struct {
  ShopcaisseTaskDone done;
  gpointer user_data;
} Waiter;

typedef struct {
  ShopcaisseTask task;
  GArray *waiters; /* (owned) (element-type Waiter) */
  char *name;      /* (owned) */
} Entry;

/* A run whose row has moved in a transaction that is not committed yet. */
typedef struct {
  gint64 run;
  GError *error; /* (owned) (nullable): the run has failed */
} Ending;

struct ShopcaisseTasks {
  ShopcaisseContext *context; /* (not owned) */
  GArray *endings;            /* (owned) (element-type Ending) */
  GPtrArray *entries;         /* (owned) (element-type Entry): in the order they started */
  gint64 last_run;
};

static void
free_entry(gpointer data)
{
  Entry *entry = data;

  g_hash_table_unref(entry->task.first_ids);
  g_hash_table_unref(entry->task.results);
  g_array_unref(entry->waiters);
  g_free(entry->name);
  g_free(entry);
}

static void
clear_ending(gpointer data)
{
  g_clear_error(&((Ending *)data)->error);
}

static GArray *
make_endings(void)
{
  GArray *endings = g_array_new(FALSE, FALSE, sizeof(Ending));

  g_array_set_clear_func(endings, clear_ending);
  return endings;
}

/**
 * shopcaisse_tasks_new:
 * @context: the engine's parts
 *
 * Returns: (transfer full): no tasks yet
 */
ShopcaisseTasks *
shopcaisse_tasks_new(ShopcaisseContext *context)
{
  ShopcaisseTasks *self = g_new0(ShopcaisseTasks, 1);

  self->context = context;
  self->entries = g_ptr_array_new();
  self->endings = make_endings();
  return self;
}

/**
 * shopcaisse_tasks_free:
 * @self: (nullable): the tasks
 *
 * Releases them; whoever still waits hears nothing, so cancel them first.
 */
void
shopcaisse_tasks_free(ShopcaisseTasks *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->entries->len; i++)
    free_entry(self->entries->pdata[i]);
  g_ptr_array_unref(self->entries);
  g_array_unref(self->endings);
  g_free(self);
}

/**
 * shopcaisse_tasks_start:
 * @self: the tasks
 * @name: what it is; the same name may run once
 * @done: called once
 * @user_data: for @done
 *
 * Starts a run. Its number is new, and also serves as the number of its sweep.
 *
 * Returns: (transfer none): the task, until @done
 */
ShopcaisseTask *
shopcaisse_tasks_start(ShopcaisseTasks *self,
                       const char *name,
                       ShopcaisseTaskDone done,
                       gpointer user_data)
{
  Entry *entry = g_new0(Entry, 1);

  self->last_run = MAX(self->last_run + 1, shopcaisse_context_get_now(self->context));
  entry->name = g_strdup(name);
  entry->waiters = g_array_new(FALSE, FALSE, sizeof(Waiter));
  entry->task.context = self->context;
  entry->task.name = entry->name;
  entry->task.run = self->last_run;
  entry->task.first_ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  entry->task.results =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_variant_unref);
  g_ptr_array_add(self->entries, entry);
  shopcaisse_task_join(&entry->task, done, user_data);
  shopcaisse_status_begin(self->context->status);
  return &entry->task;
}

/**
 * shopcaisse_tasks_find:
 * @self: the tasks
 * @run: a run
 *
 * Returns: (transfer none) (nullable): the task that waits for it
 */
ShopcaisseTask *
shopcaisse_tasks_find(ShopcaisseTasks *self, gint64 run)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    if (entry->task.run == run)
      return &entry->task;
  }
  return NULL;
}

/**
 * shopcaisse_tasks_find_name:
 * @self: the tasks
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the task of that name that runs
 */
ShopcaisseTask *
shopcaisse_tasks_find_name(ShopcaisseTasks *self, const char *name)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    if (g_str_equal(entry->name, name))
      return &entry->task;
  }
  return NULL;
}

/**
 * shopcaisse_task_join:
 * @task: a task
 * @done: called once, when it ends
 * @user_data: for @done
 *
 * Adds somebody who waits.
 */
void
shopcaisse_task_join(ShopcaisseTask *task, ShopcaisseTaskDone done, gpointer user_data)
{
  Entry *entry = (Entry *)task;
  Waiter waiter = { done, user_data };

  g_array_append_val(entry->waiters, waiter);
}

/**
 * shopcaisse_task_set_result:
 * @task: a task
 * @key: a key of its answer
 * @value: (transfer floating): the value
 *
 * Keeps something for whoever asked.
 */
void
shopcaisse_task_set_result(ShopcaisseTask *task, const char *key, GVariant *value)
{
  g_hash_table_insert(task->results, g_strdup(key), g_variant_ref_sink(value));
}

/**
 * shopcaisse_task_get_results:
 * @task: a task that ends
 *
 * Returns: (transfer floating): a{sv}: what was kept, and "read", the rows that were read
 */
GVariant *
shopcaisse_task_get_results(ShopcaisseTask *task)
{
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;

  g_variant_dict_insert(&dict, "task", "s", task->name);
  g_variant_dict_insert(&dict, "read", "u", (guint32)task->n_rows);
  g_hash_table_iter_init(&iter, task->results);
  while (g_hash_table_iter_next(&iter, &key, &value))
    g_variant_dict_insert_value(&dict, key, value);
  return g_variant_dict_end(&dict);
}

/**
 * shopcaisse_task_count:
 * @task: a task
 * @n_rows: rows that were read
 *
 * Moves the progress.
 */
void
shopcaisse_task_count(ShopcaisseTask *task, guint n_rows)
{
  task->n_rows += n_rows;
  if (task->n_expected > 0)
    shopcaisse_status_set_progress(task->context->status,
                                   MIN(0.99, (double)task->n_rows / task->n_expected));
}

static void
end_entry(ShopcaisseTasks *self, Entry *entry, const GError *error)
{
  g_ptr_array_remove(self->entries, entry);
  shopcaisse_status_end(self->context->status);
  for (guint i = 0; i < entry->waiters->len; i++) {
    Waiter waiter = g_array_index(entry->waiters, Waiter, i);

    waiter.done(&entry->task, error, waiter.user_data);
  }
  free_entry(entry);
}

static void
drop_rows(ShopcaisseTasks *self, gint64 run)
{
  g_autoptr(GError) error = NULL;

  if (!shopcaisse_outbox_drop_run(self->context->database, run, &error))
    g_warning("rows of a task that has ended stay in the outbox: %s", error->message);
}

/**
 * shopcaisse_tasks_check:
 * @self: the tasks
 * @run: a run whose row has moved, or 0
 *
 * Ends the task when none of its rows is open. Call after a commit.
 */
void
shopcaisse_tasks_check(ShopcaisseTasks *self, gint64 run)
{
  ShopcaisseTask *task = run == 0 ? NULL : shopcaisse_tasks_find(self, run);
  g_autoptr(GError) error = NULL;
  guint n_open = 0;

  if (run == 0)
    return;
  if (!shopcaisse_outbox_count_run(self->context->database, run, &n_open, &error)) {
    if (task != NULL)
      end_entry(self, (Entry *)task, error);
    return;
  }
  if (n_open > 0)
    return;
  drop_rows(self, run);
  if (task != NULL)
    end_entry(self, (Entry *)task, NULL);
}

/**
 * shopcaisse_tasks_fail:
 * @self: the tasks
 * @run: a run
 * @error: (transfer full): why
 *
 * Drops the rows that are left and ends the task. Call outside a transaction.
 */
void
shopcaisse_tasks_fail(ShopcaisseTasks *self, gint64 run, GError *error)
{
  ShopcaisseTask *task = shopcaisse_tasks_find(self, run);
  g_autoptr(GError) reason = error;

  drop_rows(self, run);
  if (task != NULL)
    end_entry(self, (Entry *)task, reason);
}

/**
 * shopcaisse_tasks_note:
 * @self: the tasks
 * @run: a run whose row has moved, or 0
 * @error: (transfer full) (nullable): why the run has failed
 *
 * Remembers to look at a run after the commit.
 */
void
shopcaisse_tasks_note(ShopcaisseTasks *self, gint64 run, GError *error)
{
  Ending ending = { run, error };

  if (run != 0)
    g_array_append_val(self->endings, ending);
  else
    g_clear_error(&error);
}

/**
 * shopcaisse_tasks_forget:
 * @self: the tasks
 *
 * The transaction was rolled back: what was noted has not happened.
 */
void
shopcaisse_tasks_forget(ShopcaisseTasks *self)
{
  g_array_set_size(self->endings, 0);
}

/**
 * shopcaisse_tasks_tell:
 * @self: the tasks
 *
 * After the commit: ends the runs that have come to their end.
 */
void
shopcaisse_tasks_tell(ShopcaisseTasks *self)
{
  g_autoptr(GArray) endings = self->endings;

  self->endings = make_endings();
  for (guint i = 0; i < endings->len; i++) {
    Ending *ending = &g_array_index(endings, Ending, i);

    if (ending->error != NULL)
      shopcaisse_tasks_fail(self, ending->run, g_steal_pointer(&ending->error));
    else
      shopcaisse_tasks_check(self, ending->run);
  }
}

/**
 * shopcaisse_tasks_cancel_all:
 * @self: the tasks
 *
 * Ends every task with %G_IO_ERROR_CANCELLED; rows that can go on after a start stay.
 */
void
shopcaisse_tasks_cancel_all(ShopcaisseTasks *self)
{
  g_autoptr(GError) error =
      g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, _("the channel closes"));

  while (self->entries->len > 0)
    end_entry(self, self->entries->pdata[0], error);
}
