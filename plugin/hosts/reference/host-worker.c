/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One thread that owns the host's database. Jobs run in the order given; answers come back to the
 * caller's main context. This is how a host keeps its main loop free: nothing else opens SQLite. */

#include "host-worker.h"

typedef struct {
  HostWorkerFunction function; /* NULL: the last job, the thread ends */
  GVariant *argument;          /* (owned) (nullable) */
  GTask *task;                 /* (owned) (nullable) */
} Job;

struct _HostWorker {
  GThread *thread;   /* (owned) */
  GAsyncQueue *jobs; /* (owned) of Job */
  char *path;        /* (owned) */
};

static void
free_job(Job *job)
{
  g_clear_pointer(&job->argument, g_variant_unref);
  g_clear_object(&job->task);
  g_free(job);
}

static void
do_job(Job *job, HostDatabase *database, const GError *open_error)
{
  GError *error = NULL;
  GVariant *answer = NULL;

  if (database == NULL) {
    g_task_return_error(job->task, g_error_copy(open_error));
    return;
  }
  answer = job->function(database, job->argument, &error);
  /* A GTask that is returned in another thread calls back in the context that made it. */
  if (answer == NULL)
    g_task_return_error(job->task, error);
  else
    g_task_return_pointer(job->task, answer, (GDestroyNotify)g_variant_unref);
}

static gpointer
work(gpointer data)
{
  HostWorker *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(HostDatabase) database = host_database_open(self->path, &error);
  gboolean is_last = FALSE;

  while (!is_last) {
    Job *job = g_async_queue_pop(self->jobs);

    is_last = job->function == NULL;
    if (!is_last)
      do_job(job, database, error);
    free_job(job);
  }
  return NULL;
}

/**
 * host_worker_new:
 * @path: the database's file
 *
 * Starts the thread, which opens the database. When that fails, each job fails with the reason.
 *
 * Returns: (transfer full): the worker
 */
HostWorker *
host_worker_new(const char *path)
{
  HostWorker *self = g_new0(HostWorker, 1);

  self->path = g_strdup(path);
  self->jobs = g_async_queue_new();
  self->thread = g_thread_new("host-database", work, self);
  return self;
}

/**
 * host_worker_free:
 * @self: (transfer full) (nullable): the worker
 *
 * Waits for the jobs that were given, closes the database and frees @self. It waits: call it when
 * the main loop has ended.
 */
void
host_worker_free(HostWorker *self)
{
  if (self == NULL)
    return;
  g_async_queue_push(self->jobs, g_new0(Job, 1));
  (void)g_thread_join(self->thread);
  g_async_queue_unref(self->jobs);
  g_free(self->path);
  g_free(self);
}

/**
 * host_worker_run_async:
 * @self: the worker
 * @function: what to do
 * @argument: (nullable): with what; a floating reference is taken
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Does @function in the worker's thread, after every job given before.
 */
void
host_worker_run_async(HostWorker *self,
                      HostWorkerFunction function,
                      GVariant *argument,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Job *job = g_new0(Job, 1);

  g_return_if_fail(function != NULL);

  job->function = function;
  job->argument = argument == NULL ? NULL : g_variant_ref_sink(argument);
  job->task = g_task_new(NULL, NULL, callback, user_data);
  g_task_set_source_tag(job->task, host_worker_run_async);
  g_async_queue_push(self->jobs, job);
}

/**
 * host_worker_run_finish:
 * @self: the worker
 * @result: the result
 * @error: return location for an error
 *
 * Ends host_worker_run_async().
 *
 * Returns: (transfer full) (nullable): what the function answered
 */
GVariant *
host_worker_run_finish(HostWorker *self, GAsyncResult *result, GError **error)
{
  (void)self;
  return g_task_propagate_pointer(G_TASK(result), error);
}
