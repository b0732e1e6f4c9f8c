/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host's books, opened, and where needed the channel with them: the order in which a program
 * opens and closes them. */

#include "session.h"

#include "reference-host.h"

#include <glib/gstdio.h>

#define FOLDER_MODE 0700

struct _Session {
  GObject parent_instance;

  char *state_dir;    /* (owned) */
  char *channel_dir;  /* (owned) */
  char *channel_name; /* (owned) */
  char *location;     /* (owned) (nullable) */
  HostWorker *worker; /* (owned) (nullable): set while open */
  ComptoirHost *host; /* (owned) (nullable): set while open */
  TrytonServer tryton;
  ComptoirChannel *channel; /* (owned) (nullable): set while the channel is open */
  SessionParts parts;
  SessionOutput output;
  gboolean has_claimed_input;
};

static void summary_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void started_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void opened_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void closed_cb(GObject *source, GAsyncResult *result, gpointer user_data);

G_DEFINE_FINAL_TYPE(Session, session, G_TYPE_OBJECT)

/**
 * session_new:
 * @options: what to open; copied
 *
 * Makes a session that is not open yet.
 *
 * Returns: (transfer full): the session
 */
Session *
session_new(const SessionOptions *options)
{
  Session *self = g_object_new(TYPE_SESSION, NULL);

  /* Absolute, because a channel need not know which folder the program was started in. */
  self->state_dir = g_canonicalize_filename(options->state_dir, NULL);
  if (options->channel_dir != NULL)
    self->channel_dir = g_canonicalize_filename(options->channel_dir, NULL);
  else
    self->channel_dir = g_build_filename(self->state_dir, "channel", NULL);
  self->channel_name = g_strdup(options->channel);
  self->location = g_strdup(options->location);
  self->output = options->output;
  tryton_server_copy(&self->tryton, &options->tryton);
  return self;
}

static gboolean
make_folder(const char *path, GError **error)
{
  if (g_mkdir_with_parents(path, FOLDER_MODE) == 0)
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, "%s: %s", path, g_strerror(errno));
  return FALSE;
}

/**
 * session_open_async:
 * @self: a session that is not open
 * @parts: what to open
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called when it is open
 * @user_data: for @callback
 *
 * Opens the books, then the channel if it is wanted.
 */
void
session_open_async(Session *self,
                   SessionParts parts,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new(self, cancellable, callback, user_data);
  g_autofree char *path = g_build_filename(self->state_dir, "host.sqlite", NULL);
  GError *error = NULL;

  g_return_if_fail(self->worker == NULL);

  g_task_set_source_tag(task, session_open_async);
  self->parts = parts;
  if (!make_folder(self->state_dir, &error) || !make_folder(self->channel_dir, &error)) {
    g_task_return_error(task, error);
    return;
  }
  self->worker = host_worker_new(path);
  host_worker_run_async(self->worker, host_database_read_summary, NULL, summary_cb,
                        g_steal_pointer(&task));
}

static void
open_channel(GTask *task)
{
  Session *self = g_task_get_source_object(task);
  GError *error = NULL;

  self->channel = comptoir_channel_new(self->channel_name, &error);
  if (self->channel == NULL) {
    g_task_return_error(task, error);
    return;
  }
  comptoir_channel_open_async(self->channel, self->host, g_task_get_cancellable(task), opened_cb,
                              g_object_ref(task));
}

/* With Tryton the books here keep what the channel tells, and no more. */
static void
start_tryton(GTask *task)
{
  Session *self = g_task_get_source_object(task);
  GError *error = NULL;
  ComptoirTrytonHost *host = tryton_server_new_host(&self->tryton, self->channel_dir, &error);

  if (host == NULL) {
    g_task_return_error(task, error);
    return;
  }
  self->host = COMPTOIR_HOST(host);
  comptoir_tryton_host_start_async(host, g_task_get_cancellable(task), started_cb,
                                   g_object_ref(task));
}

static void
started_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (comptoir_tryton_host_start_finish(COMPTOIR_TRYTON_HOST(source), result, &error))
    open_channel(task);
  else
    g_task_return_error(task, error);
}

static void
summary_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *self = g_task_get_source_object(task);
  ReferenceHostProfile profile = { .location = self->location, .channel_dir = self->channel_dir };
  GError *error = NULL;
  g_autoptr(GVariant) summary = host_worker_run_finish(self->worker, result, &error);

  if (summary == NULL) {
    g_task_return_error(task, error);
    return;
  }
  (void)g_variant_lookup(summary, "instance_id", "&s", &profile.instance_id);
  if (self->tryton.url != NULL) {
    start_tryton(task);
    return;
  }
  self->host = COMPTOIR_HOST(reference_host_new(self->worker, &profile));
  if (self->parts == SESSION_BOOKS)
    g_task_return_boolean(task, TRUE);
  else
    open_channel(task);
}

static void
opened_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *self = g_task_get_source_object(task);
  GError *error = NULL;

  if (comptoir_channel_open_finish(self->channel, result, &error)) {
    g_task_return_boolean(task, TRUE);
    return;
  }
  g_clear_object(&self->channel);
  g_prefix_error(&error, "channel %s: ", self->channel_name);
  g_task_return_error(task, error);
}

/**
 * session_open_finish:
 * @self: the session
 * @result: the result
 * @error: return location for an error
 *
 * Ends session_open_async(). A session that failed to open is closed like any other.
 *
 * Returns: %TRUE when all that was wanted is open
 */
gboolean
session_open_finish(Session *self, GAsyncResult *result, GError **error)
{
  (void)self;
  return g_task_propagate_boolean(G_TASK(result), error);
}

/**
 * session_close_async:
 * @self: the session
 * @callback: (scope async): called when it is closed
 * @user_data: for @callback
 *
 * Closes the channel. The books close when @self is freed, after everything given to them is
 * written.
 */
void
session_close_async(Session *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new(self, NULL, callback, user_data);

  g_task_set_source_tag(task, session_close_async);
  if (self->channel == NULL) {
    g_task_return_boolean(task, TRUE);
    return;
  }
  comptoir_host_emit_closing(self->host);
  comptoir_channel_close_async(self->channel, closed_cb, g_steal_pointer(&task));
}

static void
closed_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *self = g_task_get_source_object(task);
  GError *error = NULL;

  if (comptoir_channel_close_finish(self->channel, result, &error)) {
    g_task_return_boolean(task, TRUE);
    return;
  }
  g_prefix_error(&error, "channel %s: ", self->channel_name);
  g_task_return_error(task, error);
}

/**
 * session_close_finish:
 * @self: the session
 * @result: the result
 * @error: return location for an error
 *
 * Ends session_close_async().
 *
 * Returns: %TRUE when the channel committed everything
 */
gboolean
session_close_finish(Session *self, GAsyncResult *result, GError **error)
{
  (void)self;
  return g_task_propagate_boolean(G_TASK(result), error);
}

/**
 * session_get_worker:
 * @self: an open session
 *
 * Gets the database's thread.
 *
 * Returns: (transfer none): the worker
 */
HostWorker *
session_get_worker(Session *self)
{
  return self->worker;
}

/**
 * session_get_host:
 * @self: an open session
 *
 * Gets the host.
 *
 * Returns: (transfer none) (nullable): the host
 */
ComptoirHost *
session_get_host(Session *self)
{
  return self->host;
}

/**
 * session_get_tryton:
 * @self: an open session
 *
 * Gets the host when it is a company in Tryton.
 *
 * Returns: (transfer none) (nullable): the host
 */
ComptoirTrytonHost *
session_get_tryton(Session *self)
{
  return COMPTOIR_TRYTON_IS_HOST(self->host) ? COMPTOIR_TRYTON_HOST(self->host) : NULL;
}

/**
 * session_get_channel:
 * @self: a session
 *
 * Gets the channel.
 *
 * Returns: (transfer none) (nullable): the channel, if it was wanted
 */
ComptoirChannel *
session_get_channel(Session *self)
{
  return self->channel;
}

/**
 * session_get_channel_name:
 * @self: a session
 *
 * Gets the channel's name.
 *
 * Returns: (transfer none): the name
 */
const char *
session_get_channel_name(Session *self)
{
  return self->channel_name;
}

/**
 * session_get_output:
 * @self: a session
 *
 * Tells how answers are written.
 *
 * Returns: text or JSON
 */
SessionOutput
session_get_output(Session *self)
{
  return self->output;
}

/**
 * session_claim_input:
 * @self: a session
 *
 * Claims the standard input, which serves one reader only.
 *
 * Returns: %FALSE when it is somebody else's already
 */
gboolean
session_claim_input(Session *self)
{
  if (self->has_claimed_input)
    return FALSE;
  self->has_claimed_input = TRUE;
  return TRUE;
}

static void
session_finalize(GObject *object)
{
  Session *self = HOST_SESSION(object);

  g_clear_object(&self->channel);
  if (self->host != NULL && session_get_tryton(self) != NULL)
    comptoir_tryton_host_stop(session_get_tryton(self));
  g_clear_object(&self->host);
  tryton_server_clear(&self->tryton);
  g_clear_pointer(&self->worker, host_worker_free);
  g_free(self->state_dir);
  g_free(self->channel_dir);
  g_free(self->channel_name);
  g_free(self->location);
  G_OBJECT_CLASS(session_parent_class)->finalize(object);
}

static void
session_class_init(SessionClass *class)
{
  G_OBJECT_CLASS(class)->finalize = session_finalize;
}

static void
session_init(Session *self)
{
  (void)self; /* filled by session_new() */
}
