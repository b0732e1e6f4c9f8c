/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The channel "check": sells nothing, and asks the host that opens it all that the contract says.
 *
 * Tasks: "check" {names, timeout_ms, rows, write, sell} answers the report; "refused" {message,
 * code} notes that the host could not open it; "report" waits until the hosts of all rounds are
 * gone. In a host that knows nothing of this, COMPTOIR_CHECK names the file for the report. */

#include "channel.h"

#include "rounds.h"
#include "run.h"

#define TIMEOUT_MS   20000
#define N_ROWS       10000
#define LOOK_MS      20
#define N_LOOKS      100
#define REPORT_ENV   "COMPTOIR_CHECK"
#define WRITE_ENV    "COMPTOIR_CHECK_WRITE"
#define ROWS_ENV     "COMPTOIR_CHECK_ROWS"
#define PHASE_BIT(p) (1u << (p))

struct _CheckChannel {
  GSimpleActionGroup parent_instance;

  guint version;
  gboolean is_stranger;
  ComptoirStatus status;
  ComptoirHost *host;    /* (owned) (nullable): while open */
  GMainContext *context; /* (owned) (nullable): the host's, while open */
  Report *report;        /* (owned) */
  Rounds *rounds;        /* (owned) */
  Run *run;              /* (owned) (nullable): of this opening */
  GThread *thread;       /* (owned) (nullable): while the checks are at work */
  guint phases;          /* bits: what the thread does */
  GTask *waiting;        /* (owned) (nullable): who waits for the thread */
  GTask *closing;        /* (owned) (nullable): a close that waits for the thread */
  guint n_looks;         /* how often it was looked whether the hosts are gone */
};

typedef enum {
  PROP_STATUS = 1,
  PROP_LAST_ERROR,
  PROP_BUSY,
  PROP_PROGRESS,
  PROP_SETTINGS
} CheckChannelProperty;

static gpointer work(gpointer user_data);
static gboolean worked_cb(gpointer user_data);
static gboolean look_cb(gpointer user_data);
static void check_channel_iface_init(ComptoirChannelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE(CheckChannel,
                              check_channel,
                              G_TYPE_SIMPLE_ACTION_GROUP,
                              G_IMPLEMENT_INTERFACE(COMPTOIR_TYPE_CHANNEL,
                                                    check_channel_iface_init))

static void
set_status(CheckChannel *self, ComptoirStatus status)
{
  self->status = status;
  g_object_notify(G_OBJECT(self), "status");
}

static GVariant *
build_answer(CheckChannel *self)
{
  g_autoptr(GVariant) report = g_variant_ref_sink(report_build(self->report));
  g_auto(GVariantDict) answer = G_VARIANT_DICT_INIT(report);
  g_autofree char *text = report_dup_text(self->report);

  g_variant_dict_insert(&answer, "text", "s", text);
  return g_variant_ref_sink(g_variant_dict_end(&answer));
}

static void
write_report(CheckChannel *self)
{
  const char *path = g_getenv(REPORT_ENV);
  g_autofree char *text = report_dup_text(self->report);
  g_autoptr(GError) error = NULL;

  if (path != NULL && !g_file_set_contents(path, text, -1, &error))
    g_warning("the report cannot be written: %s", error->message);
}

/* Takes the task that waits. */
static void
start_thread(CheckChannel *self, guint phases, GTask *task)
{
  self->phases = phases;
  self->waiting = task;
  self->thread = g_thread_new("comptoir-check", work, g_object_ref(self));
}

static gpointer
work(gpointer user_data)
{
  CheckChannel *self = user_data;
  g_autoptr(GSource) source = g_idle_source_new();

  if ((self->phases & PHASE_BIT(RUN_QUESTIONS)) != 0)
    run_execute(self->run, RUN_QUESTIONS);
  if ((self->phases & PHASE_BIT(RUN_SALES)) != 0)
    run_execute(self->run, RUN_SALES);
  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  /* With it goes the thread's own reference, so that it ends in the host's thread. */
  g_source_set_callback(source, worked_cb, self, g_object_unref);
  g_source_attach(source, self->context);
  return NULL;
}

static void
end_opening(CheckChannel *self, GTask *task)
{
  g_autoptr(GTask) owned = task;

  g_clear_pointer(&self->run, run_free);
  g_clear_object(&self->host);
  g_clear_pointer(&self->context, g_main_context_unref);
  set_status(self, COMPTOIR_STATUS_CLOSED);
  g_task_return_boolean(owned, TRUE);
}

/* The thread has said its last word. */
static gboolean
worked_cb(gpointer user_data)
{
  CheckChannel *self = user_data;
  g_autoptr(GTask) waiting = g_steal_pointer(&self->waiting);

  (void)g_thread_join(g_steal_pointer(&self->thread));
  write_report(self);
  if (waiting != NULL && g_task_get_source_tag(waiting) == start_thread)
    g_task_return_pointer(waiting, build_answer(self), (GDestroyNotify)g_variant_unref);
  else if (waiting != NULL)
    g_task_return_boolean(waiting, TRUE);
  if (self->closing != NULL)
    end_opening(self, g_steal_pointer(&self->closing));
  return G_SOURCE_REMOVE;
}

static guint
check_channel_get_api_version(ComptoirChannel *channel)
{
  return CHECK_CHANNEL(channel)->version;
}

/* How many articles are made, if any may be. */
static guint
get_n_rows(void)
{
  const char *text = g_getenv(ROWS_ENV);
  guint64 n_rows = N_ROWS;

  if (text != NULL && !g_ascii_string_to_unsigned(text, 10, 1, N_ROWS, &n_rows, NULL))
    g_warning("%s is not a number from 1 to %d", ROWS_ENV, N_ROWS);
  return (guint)n_rows;
}

static void
check_channel_open_async(ComptoirChannel *channel,
                         ComptoirHost *host,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  CheckChannel *self = CHECK_CHANNEL(channel);
  g_autoptr(GTask) task = g_task_new(channel, NULL, callback, user_data);
  const RunOptions options = {
    .timeout_ms = TIMEOUT_MS,
    .n_rows = get_n_rows(),
    .can_write = g_strcmp0(g_getenv(WRITE_ENV), "1") == 0,
  };

  if (self->is_stranger || self->host != NULL) {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY, "not to be opened");
    return;
  }
  self->host = g_object_ref(host);
  self->context = g_main_context_ref_thread_default();
  set_status(self, COMPTOIR_STATUS_READY);
  rounds_add(self->rounds, host);
  if (g_getenv(REPORT_ENV) != NULL) {
    self->run = run_new(host, self->report, &options);
    start_thread(self, PHASE_BIT(RUN_QUESTIONS), g_steal_pointer(&task));
    return;
  }
  rounds_ask_in_flight(host);
  g_task_return_boolean(task, TRUE);
}

static void
check_channel_close_async(ComptoirChannel *channel,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  CheckChannel *self = CHECK_CHANNEL(channel);
  g_autoptr(GTask) task = g_task_new(channel, NULL, callback, user_data);

  if (self->host == NULL || self->closing != NULL) {
    g_task_return_boolean(task, TRUE);
    return;
  }
  if (self->thread != NULL) {
    run_stop(self->run);
    self->closing = g_steal_pointer(&task);
    return;
  }
  if (g_getenv(REPORT_ENV) != NULL) {
    self->closing = g_steal_pointer(&task);
    start_thread(self, PHASE_BIT(RUN_SALES), NULL);
    return;
  }
  end_opening(self, g_steal_pointer(&task));
}

static gboolean
check_channel_finish(ComptoirChannel *channel, GAsyncResult *result, GError **error)
{
  (void)channel;
  return g_task_propagate_boolean(G_TASK(result), error);
}

/* (transfer full) (nullable): the first name that is none */
static char *
find_unknown(GStrv names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    if (!run_knows(names[i]) && !g_str_equal(names[i], "open-close"))
      return g_strdup(names[i]);
  }
  return NULL;
}

static void
start_check(CheckChannel *self, GTask *task, GVariant *argument)
{
  RunOptions options = { .timeout_ms = TIMEOUT_MS, .n_rows = N_ROWS };
  g_auto(GStrv) names = NULL;
  g_autofree char *unknown = NULL;

  (void)g_variant_lookup(argument, "names", "^as", &names);
  (void)g_variant_lookup(argument, "timeout_ms", "u", &options.timeout_ms);
  (void)g_variant_lookup(argument, "rows", "u", &options.n_rows);
  (void)g_variant_lookup(argument, "write", "b", &options.can_write);
  (void)g_variant_lookup(argument, "sell", "b", &options.will_sell);
  options.names = names;
  unknown = find_unknown(names);
  if (unknown != NULL) {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                            "there is no check \"%s\"", unknown);
    return;
  }
  if (self->host == NULL || self->run != NULL) {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY,
                            "a host is checked once, while the channel is open");
    return;
  }
  g_task_set_source_tag(task, start_thread);
  self->run = run_new(self->host, self->report, &options);
  start_thread(self, PHASE_BIT(RUN_QUESTIONS) | PHASE_BIT(RUN_SALES), g_object_ref(task));
}

static void
note_refusal(CheckChannel *self, GTask *task, GVariant *argument)
{
  const char *message = "";
  gint32 code = COMPTOIR_ERROR_INVALID;

  (void)g_variant_lookup(argument, "message", "&s", &message);
  (void)g_variant_lookup(argument, "code", "i", &code);
  report_add(self->report, code == COMPTOIR_ERROR_VERSION ? "api-version" : "instance-id",
             VERDICT_FAILED, message);
  g_task_return_pointer(task, build_answer(self), (GDestroyNotify)g_variant_unref);
}

/* Hosts may end in threads of their own, or with a late answer: looked for during 2 s. */
static gboolean
look_cb(gpointer user_data)
{
  GTask *task = user_data;
  CheckChannel *self = g_task_get_source_object(task);

  self->n_looks++;
  if (rounds_count_alive(self->rounds) > 0 && self->n_looks < N_LOOKS)
    return G_SOURCE_CONTINUE;
  rounds_judge(self->rounds, self->report);
  g_task_return_pointer(task, build_answer(self), (GDestroyNotify)g_variant_unref);
  return G_SOURCE_REMOVE;
}

static void
start_looking(GTask *task)
{
  g_autoptr(GSource) source = g_timeout_source_new(LOOK_MS);

  g_source_set_callback(source, look_cb, g_object_ref(task), g_object_unref);
  g_source_attach(source, g_task_get_context(task));
}

static void
submit(CheckChannel *self, GTask *task, GVariant *sale)
{
  const char *id = "";

  (void)g_variant_lookup(sale, COMPTOIR_KEY_ID, "&s", &id);
  if (self->run != NULL)
    run_add_sale(self->run, sale);
  g_task_return_pointer(
      task, g_variant_ref_sink(g_variant_new_parsed("{'id': <%s>, 'state': <'waiting'>}", id)),
      (GDestroyNotify)g_variant_unref);
}

static void
check_channel_perform_async(ComptoirChannel *channel,
                            ComptoirOperation operation,
                            GVariant *argument,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  CheckChannel *self = CHECK_CHANNEL(channel);
  g_autoptr(GTask) task = g_task_new(channel, NULL, callback, user_data);
  const char *name = "";

  if (operation == COMPTOIR_OPERATION_RUN)
    (void)g_variant_lookup(argument, "task", "&s", &name);
  if (operation == COMPTOIR_OPERATION_SUBMIT_SALE)
    submit(self, task, argument);
  else if (g_str_equal(name, "check"))
    start_check(self, task, argument);
  else if (g_str_equal(name, "refused"))
    note_refusal(self, task, argument);
  else if (g_str_equal(name, "report"))
    start_looking(task);
  else
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
                            "the channel that checks hosts has not got this");
}

static GVariant *
check_channel_perform_finish(ComptoirChannel *channel, GAsyncResult *result, GError **error)
{
  (void)channel;
  return g_task_propagate_pointer(G_TASK(result), error);
}

static void
check_channel_iface_init(ComptoirChannelInterface *iface)
{
  iface->get_api_version = check_channel_get_api_version;
  iface->open_async = check_channel_open_async;
  iface->open_finish = check_channel_finish;
  iface->close_async = check_channel_close_async;
  iface->close_finish = check_channel_finish;
  iface->perform_async = check_channel_perform_async;
  iface->perform_finish = check_channel_perform_finish;
}

static void
check_channel_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CheckChannel *self = CHECK_CHANNEL(object);

  switch ((CheckChannelProperty)id) {
  case PROP_STATUS:
    g_value_set_enum(value, self->status);
    break;
  case PROP_LAST_ERROR:
    g_value_set_string(value, NULL);
    break;
  case PROP_BUSY:
    g_value_set_boolean(value, self->thread != NULL);
    break;
  case PROP_PROGRESS:
    g_value_set_double(value, -1);
    break;
  case PROP_SETTINGS:
    g_value_take_variant(value, comptoir_channel_describe_settings(COMPTOIR_CHANNEL(object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
}

/* A channel that is let go while it is open: the thread holds a reference, so it has ended. */
static void
check_channel_finalize(GObject *object)
{
  CheckChannel *self = CHECK_CHANNEL(object);

  g_clear_pointer(&self->run, run_free);
  g_clear_object(&self->host);
  g_clear_pointer(&self->context, g_main_context_unref);
  g_clear_pointer(&self->rounds, rounds_free);
  g_clear_pointer(&self->report, report_free);
  G_OBJECT_CLASS(check_channel_parent_class)->finalize(object);
}

static void
check_channel_init(CheckChannel *self)
{
  self->version = COMPTOIR_API_VERSION;
  self->report = report_new();
  self->rounds = rounds_new();
}

static void
check_channel_class_init(CheckChannelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS(class);

  object_class->get_property = check_channel_get_property;
  object_class->finalize = check_channel_finalize;
  g_object_class_override_property(object_class, PROP_STATUS, "status");
  g_object_class_override_property(object_class, PROP_LAST_ERROR, "last-error");
  g_object_class_override_property(object_class, PROP_BUSY, "busy");
  g_object_class_override_property(object_class, PROP_PROGRESS, "progress");
  g_object_class_override_property(object_class, PROP_SETTINGS, "settings");
}

/**
 * check_channel_new_stranger:
 * @version: the version of the contract it speaks
 *
 * Makes a channel that is to be refused.
 *
 * Returns: (transfer full): the channel
 */
ComptoirChannel *
check_channel_new_stranger(guint version)
{
  CheckChannel *self = g_object_new(CHECK_TYPE_CHANNEL, NULL);

  self->version = version;
  self->is_stranger = TRUE;
  return COMPTOIR_CHANNEL(self);
}
