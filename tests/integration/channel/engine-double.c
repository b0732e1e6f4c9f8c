/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An engine without store or network, for the tests of the bridge: what it does is said by the name
 * of the task it is given. It watches over its thread: every call must come in that of open. */
#include "engine/engine.h"

#include <comptoir/comptoir-rows.h>

#define LIST_TOTAL    1234
#define SLOW_CLOSE_MS 4000
#define SLOW_OPEN_MS  300
#define STORM         10000
#define SOON_MS       20

struct ShopcaisseEngine {
  const ShopcaisseListener *listener;
  gpointer listener_data;
  ShopcaisseHost *host;
  GThread *thread;
  GMainContext *context;
  GHashTable *underway; /* (owned): operations that were not answered */
  guint n_hints;        /* of the host, that something changed */
  gboolean is_slow_to_close;
};

typedef struct {
  ShopcaisseEngine *engine; /* not owned */
  ShopcaisseAnswerFunc callback;
  gpointer user_data;
  GVariant *answer; /* (owned) (nullable) */
  GSource *timer;   /* (owned) (nullable) */
} Operation;

static void
check_thread(ShopcaisseEngine *self)
{
  if (g_thread_self() != self->thread || !g_main_context_is_owner(self->context))
    g_critical("the engine was called in a foreign thread");
}

static void
operation_free(Operation *operation)
{
  if (operation->timer != NULL)
    g_source_destroy(operation->timer);
  g_clear_pointer(&operation->timer, g_source_unref);
  g_clear_pointer(&operation->answer, g_variant_unref);
  g_free(operation);
}

static void
end_operation(Operation *operation, GVariant *answer, const GError *error)
{
  ShopcaisseEngine *self = operation->engine;
  check_thread(self);
  g_hash_table_steal(self->underway, operation);
  g_autoptr(GVariant) owned = answer != NULL ? g_variant_ref_sink(answer) : NULL;
  operation->callback(owned, error, operation->user_data);
  operation_free(operation);
}

static gboolean
answer_cb(gpointer user_data)
{
  Operation *operation = user_data;
  end_operation(operation, operation->answer, NULL);
  return G_SOURCE_REMOVE;
}

static void
answer_after(Operation *operation, guint delay_ms, GVariant *answer)
{
  operation->answer = g_variant_ref_sink(answer);
  operation->timer = g_timeout_source_new(delay_ms);
  g_source_set_callback(operation->timer, answer_cb, operation, NULL);
  g_source_attach(operation->timer, operation->engine->context);
}

static gboolean
cancelled_cb(gpointer user_data)
{
  g_autoptr(GError) error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CANCELLED, "closing");
  end_operation(user_data, NULL, error);
  return G_SOURCE_REMOVE;
}

static void
cancel_later(Operation *operation)
{
  if (operation->timer != NULL)
    g_source_destroy(operation->timer);
  g_clear_pointer(&operation->timer, g_source_unref);
  operation->timer = g_idle_source_new();
  g_source_set_callback(operation->timer, cancelled_cb, operation, NULL);
  g_source_attach(operation->timer, operation->engine->context);
}

static GVariant *
build_text(const char *key, const char *text)
{
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);
  g_variant_dict_insert(&dict, key, "s", text);
  return g_variant_dict_end(&dict);
}

static GVariant *
build_number(const char *key, guint number)
{
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);
  g_variant_dict_insert(&dict, key, "u", number);
  return g_variant_dict_end(&dict);
}

static void
host_answered_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data)
{
  Operation *operation = user_data;
  check_thread(operation->engine);
  if (error != NULL) {
    end_operation(operation, NULL, error);
    return;
  }
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(answer);
  g_variant_dict_insert(&dict, "cost", "x", cost_us);
  end_operation(operation, g_variant_dict_end(&dict), NULL);
}

static void
ask(Operation *operation, ShopcaisseQuestion question, GVariant *argument)
{
  ShopcaisseHost *host = operation->engine->host;
  host->ask(host, question, argument, host_answered_cb, operation);
}

static GVariant *
build_setting_rows(void)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  g_variant_builder_add_value(&rows, build_text("key", "api-url"));
  return g_variant_builder_end(&rows);
}

static void
make_storm(ShopcaisseEngine *self)
{
  for (guint i = 0; i < STORM; i++) {
    self->listener->status_changed(COMPTOIR_STATUS_READY, NULL, TRUE, (double)i / STORM,
                                   self->listener_data);
    self->listener->list_changed(i % 2 == 0 ? "journal" : "orders", self->listener_data);
  }
  self->listener->status_changed(COMPTOIR_STATUS_OFFLINE, "no network", FALSE, 1,
                                 self->listener_data);
}

static GVariant *
build_rows_argument(const char *id)
{
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  g_variant_builder_add_value(&rows, build_text("key", id));
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);
  g_variant_dict_insert_value(&dict, "rows", g_variant_builder_end(&rows));
  return g_variant_dict_end(&dict);
}

static void
run(Operation *operation, const char *task)
{
  ShopcaisseEngine *self = operation->engine;
  if (g_str_equal(task, "never"))
    return;
  if (g_str_equal(task, "ask-articles"))
    ask(operation, SHOPCAISSE_ASK_LIST_ARTICLES, g_variant_new("a{sv}", NULL));
  else if (g_str_equal(task, "ask-apply"))
    ask(operation, SHOPCAISSE_ASK_APPLY_ARTICLES, build_rows_argument("k1"));
  else if (g_str_equal(task, "ask-secret"))
    ask(operation, SHOPCAISSE_ASK_LOOKUP_SECRET, build_text("name", "n"));
  else if (g_str_equal(task, "tell"))
    self->host->tell(self->host, SHOPCAISSE_TELL_PROGRESS, build_text("id", "s1"), host_answered_cb,
                     operation);
  else if (g_str_equal(task, "hints"))
    answer_after(operation, 0, build_number("n", self->n_hints));
  else {
    if (g_str_equal(task, "storm"))
      make_storm(self);
    if (g_str_equal(task, "slow-close"))
      self->is_slow_to_close = TRUE;
    answer_after(operation, SOON_MS, build_text("task", task));
  }
}

static gboolean
start_cb(gpointer user_data)
{
  ShopcaisseEngine *self = user_data;
  self->listener->settings_changed(build_setting_rows(), self->listener_data);
  self->listener->status_changed(COMPTOIR_STATUS_READY, NULL, FALSE, -1, self->listener_data);
  return G_SOURCE_REMOVE;
}

ShopcaisseEngine *
shopcaisse_engine_open(const ShopcaisseEngineConfig *config, GError **error)
{
  if (g_str_equal(config->host->instance_id, "slow"))
    g_usleep(SLOW_OPEN_MS * 1000);
  if (g_str_equal(config->host->instance_id, "broken")) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, "the double is broken");
    return NULL;
  }
  ShopcaisseEngine *self = g_new0(ShopcaisseEngine, 1);
  self->thread = g_thread_self();
  self->context = config->context;
  self->host = config->host;
  self->listener = config->listener;
  self->listener_data = config->listener_data;
  self->underway = g_hash_table_new_full(NULL, NULL, (GDestroyNotify)operation_free, NULL);
  g_autoptr(GSource) source = g_idle_source_new();
  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_callback(source, start_cb, self, NULL);
  g_source_attach(source, self->context);
  return self;
}

void
shopcaisse_engine_close(ShopcaisseEngine *self, ShopcaisseOpenDone done, gpointer user_data)
{
  check_thread(self);
  if (self->is_slow_to_close)
    g_usleep(SLOW_CLOSE_MS * 1000);
  g_autoptr(GList) all = g_hash_table_get_keys(self->underway);
  for (GList *link = all; link != NULL; link = link->next)
    cancel_later(link->data);
  done(NULL, user_data);
}

void
shopcaisse_engine_free(ShopcaisseEngine *self)
{
  check_thread(self);
  g_hash_table_unref(self->underway);
  g_free(self);
}

static Operation *
begin_operation(ShopcaisseEngine *self, ShopcaisseAnswerFunc callback, gpointer user_data)
{
  Operation *operation = g_new0(Operation, 1);
  operation->engine = self;
  operation->callback = callback;
  operation->user_data = user_data;
  g_hash_table_add(self->underway, operation);
  return operation;
}

void
shopcaisse_engine_perform(ShopcaisseEngine *self,
                          ComptoirOperation operation,
                          GVariant *argument,
                          ShopcaisseAnswerFunc callback,
                          gpointer user_data)
{
  check_thread(self);
  Operation *performed = begin_operation(self, callback, user_data);
  const char *text = NULL;
  if (operation == COMPTOIR_OPERATION_RUN && g_variant_lookup(argument, "task", "&s", &text))
    run(performed, text);
  else if (g_variant_lookup(argument, "id", "&s", &text))
    answer_after(performed, 0, build_text("id", text));
  else
    answer_after(performed, 0, g_variant_new_parsed("{'rows': <%@aa{sv}>}", build_setting_rows()));
}

void
shopcaisse_engine_list(ShopcaisseEngine *self,
                       const ShopcaisseWindow *window,
                       ShopcaisseAnswerFunc callback,
                       gpointer user_data)
{
  check_thread(self);
  Operation *listed = begin_operation(self, callback, user_data);
  guint total = g_str_equal(window->kind, "journal") ? LIST_TOTAL : 0;
  g_auto(GVariantBuilder) rows = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));
  for (guint i = window->offset; i < MIN(window->offset + window->limit, total); i++)
    g_variant_builder_add_value(&rows, build_number("number", i));
  g_auto(GVariantDict) page = G_VARIANT_DICT_INIT(NULL);
  g_variant_dict_insert_value(&page, "rows", g_variant_builder_end(&rows));
  g_variant_dict_insert(&page, "total", "u", (guint32)total);
  answer_after(listed, 0, g_variant_dict_end(&page));
}

void
shopcaisse_engine_host_changed(ShopcaisseEngine *self, ShopcaisseQuestion question)
{
  check_thread(self);
  self->n_hints++;
}

static void
free_clock(ShopcaisseClock *clock)
{
  g_free(clock);
}

ShopcaisseClock *
shopcaisse_system_clock_new(GMainContext *context)
{
  ShopcaisseClock *clock = g_new0(ShopcaisseClock, 1);
  clock->free = free_clock;
  return clock;
}
