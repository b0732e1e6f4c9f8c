/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tasks by name: what each puts into the outbox, what is to do when all of it has come back. */
#include "engine/run.h"

#include "config.h"
#include "engine/binding.h"
#include "engine/block.h"
#include "engine/configuration-places.h"
#include "engine/context.h"
#include "engine/flow.h"
#include "engine/job-calibrate.h"
#include "engine/prepare.h"
#include "engine/reach.h"
#include "engine/record.h"
#include "engine/schedule.h"
#include "engine/unseen.h"
#include "store/journal.h"
#include "store/mirror.h"
#include "store/outbox.h"
#include "store/places.h"
#include "store/sales-read.h"
#include "store/settings.h"

#include <glib/gi18n-lib.h>

#define ORDERS_BEFORE  SHOPCAISSE_DAY
#define ORDERS_AFTER   (30 * SHOPCAISSE_DAY)
#define TICKETS_BEFORE (2 * SHOPCAISSE_HOUR)

#define TICKETS_BACK_MAX (7 * SHOPCAISSE_DAY)

typedef struct {
  const char *name;
  const char *title; /* for people */
  gboolean needs_store;
  gboolean (*append)(ShopcaisseContext *context,
                     ShopcaisseTask *task,
                     GVariant *options,
                     GError **error);
  /* (nullable): in a transaction, after the last row. */
  gboolean (*finish)(ShopcaisseContext *context, ShopcaisseTask *task, GError **error);
} Definition;

static gboolean
append_discover(ShopcaisseContext *context, ShopcaisseTask *task, GVariant *options, GError **error)
{
  (void)options;
  return shopcaisse_flow_discover(context, task->run, error);
}

static gboolean
append_connection(ShopcaisseContext *context,
                  ShopcaisseTask *task,
                  GVariant *options,
                  GError **error)
{
  (void)options;
  return shopcaisse_flow_authenticate(context, task->run, error);
}

/* (element-type ShopcaissePlace): those that the token may act on. */
static GPtrArray *
list_usable_stores(ShopcaisseContext *context, GError **error)
{
  GPtrArray *stores =
      shopcaisse_mirror_list_places(context->database, SHOPCAISSE_PLACE_STORE, NULL, error);

  for (guint i = stores != NULL ? stores->len : 0; i > 0; i--) {
    if (!shopcaisse_reach_has_store(context->configuration, stores->pdata[i - 1]))
      g_ptr_array_remove_index(stores, i - 1);
  }
  return stores;
}

/* One store: bound without a question, unless another program of this computer has it. */
static gboolean
bind_only_store(ShopcaisseContext *context, const GPtrArray *stores, GError **error)
{
  g_autoptr(GError) binding_error = NULL;
  const char *store_id = NULL;

  if (stores->len != 1 || *context->configuration->store_id != '\0')
    return TRUE;
  store_id = ((const ShopcaissePlace *)stores->pdata[0])->id;
  if (shopcaisse_binding_choose(context, store_id, &binding_error))
    return shopcaisse_settings_set(context->database, "store", store_id, error);
  shopcaisse_binding_suffer(context, binding_error->message);
  return TRUE;
}

/* Several: a person picks. */
static gboolean
finish_discover(ShopcaisseContext *context, ShopcaisseTask *task, GError **error)
{
  ShopcaisseDatabase *database = context->database;
  g_autofree char *company_id = g_strdup(context->configuration->company_id);
  g_autoptr(GPtrArray) stores = list_usable_stores(context, error);
  g_autoptr(GPtrArray) companies =
      shopcaisse_mirror_list_places(database, SHOPCAISSE_PLACE_COMPANY, NULL, error);
  g_autoptr(GPtrArray) registers =
      shopcaisse_mirror_list_places(database, SHOPCAISSE_PLACE_POS, NULL, error);

  if (stores == NULL || companies == NULL || registers == NULL)
    return FALSE;
  shopcaisse_task_set_result(task, "companies", g_variant_new_uint32(companies->len));
  shopcaisse_task_set_result(task, "stores", g_variant_new_uint32(stores->len));
  shopcaisse_task_set_result(task, "registers", g_variant_new_uint32(registers->len));
  return bind_only_store(context, stores, error) &&
         shopcaisse_configuration_reload(context->configuration, database, error) &&
         shopcaisse_configuration_choose_company(context->configuration, database, company_id,
                                                 error) &&
         shopcaisse_block_tell_status(context, error) && shopcaisse_prepare_held(context, error);
}

static gboolean
append_catalogue(ShopcaisseContext *context,
                 ShopcaisseTask *task,
                 GVariant *options,
                 GError **error)
{
  (void)options;
  if (!shopcaisse_mirror_count_items(context->database, &task->n_expected, error))
    return FALSE;
  return shopcaisse_flow_pull_catalogue(context, task->run, error);
}

static gboolean
finish_catalogue(ShopcaisseContext *context, ShopcaisseTask *task, GError **error)
{
  const ShopcaisseConfiguration *configuration = context->configuration;
  ShopcaisseDatabase *database = context->database;
  gint64 now = shopcaisse_context_get_now(context);
  guint n_items = 0;

  if (!task->is_partial) {
    if (!shopcaisse_mirror_end_item_sweep(database, configuration->company_id, task->run, error))
      return FALSE;
    if (*configuration->price_list != '\0' &&
        !shopcaisse_mirror_end_price_sweep(database, configuration->price_list, task->run, error))
      return FALSE;
  }
  if (!shopcaisse_mirror_count_items(database, &n_items, error))
    return FALSE;
  shopcaisse_task_set_result(task, "items", g_variant_new_uint32(n_items));
  shopcaisse_task_set_result(task, "partial", g_variant_new_boolean(task->is_partial));
  return shopcaisse_cursors_set_time(database, SHOPCAISSE_CURSOR_CATALOGUE, now, error) &&
         shopcaisse_prepare_held(context, error);
}

static gboolean
append_stock(ShopcaisseContext *context, ShopcaisseTask *task, GVariant *options, GError **error)
{
  (void)options;
  return shopcaisse_flow_pull_stock(context, task->run, error);
}

static gboolean
finish_stock(ShopcaisseContext *context, ShopcaisseTask *task, GError **error)
{
  if (!task->is_partial &&
      !shopcaisse_mirror_end_stock_sweep(context->database, context->configuration->store_id,
                                         task->run, error))
    return FALSE;
  return shopcaisse_cursors_set_time(context->database, SHOPCAISSE_CURSOR_STOCK,
                                     shopcaisse_context_get_now(context), error);
}

static gboolean
append_calibration(ShopcaisseContext *context,
                   ShopcaisseTask *task,
                   GVariant *options,
                   GError **error)
{
  (void)options;
  return shopcaisse_calibrate_append(context, task->run, error);
}

/* From the oldest order that is still open; one day more, for pick-up times before the sale. */
static gboolean
append_orders(ShopcaisseContext *context, ShopcaisseTask *task, GVariant *options, GError **error)
{
  gint64 now = shopcaisse_context_get_now(context);
  gint64 from = 0;

  if (options == NULL || !g_variant_lookup(options, "from", "x", &from)) {
    if (!shopcaisse_sales_oldest_open(context->database, context->configuration->store_id, &from,
                                      error))
      return FALSE;
    if (from == 0)
      from = now;
    from -= ORDERS_BEFORE;
  }
  return shopcaisse_flow_poll_orders(context, task->run, from, now + ORDERS_AFTER, error);
}

static gboolean
append_sales(ShopcaisseContext *context, ShopcaisseTask *task, GVariant *options, GError **error)
{
  gint64 now = shopcaisse_context_get_now(context);
  gint64 from = 0;

  if (options == NULL || !g_variant_lookup(options, "from", "x", &from)) {
    gint64 last = shopcaisse_cursors_get_time(context->database, SHOPCAISSE_CURSOR_TICKETS_WHOLE,
                                              now - SHOPCAISSE_DAY);

    from = MAX(now - TICKETS_BACK_MAX, last - TICKETS_BEFORE);
    /* A time that only a wrong clock has seen does not tell how far was read. */
    if (last > now)
      from = now - TICKETS_BACK_MAX;
  }
  return shopcaisse_flow_pull_tickets(context, task->run, from, now + SHOPCAISSE_HOUR, error);
}

static gboolean
finish_orders(ShopcaisseContext *context, ShopcaisseTask *task, GError **error)
{
  (void)task;
  return shopcaisse_cursors_set_time(context->database, SHOPCAISSE_CURSOR_ORDERS,
                                     shopcaisse_context_get_now(context), error);
}

static gboolean
finish_sales(ShopcaisseContext *context, ShopcaisseTask *task, GError **error)
{
  gint64 now = shopcaisse_context_get_now(context);
  gint64 whole = now;

  /* One that could not be read is asked for again, until that is hopeless. */
  if (task->is_partial)
    whole = shopcaisse_cursors_get_time(context->database, SHOPCAISSE_CURSOR_TICKETS_WHOLE,
                                        now - SHOPCAISSE_DAY);
  return shopcaisse_cursors_set_time(context->database, SHOPCAISSE_CURSOR_TICKETS_WHOLE, whole,
                                     error) &&
         shopcaisse_cursors_set_time(context->database, SHOPCAISSE_CURSOR_TICKETS, now, error);
}

/* Translators: what was asked of the service, before a colon: "articles: 12 rows read". */
static const Definition definitions[] = {
  { "test-connection", N_("connection test"), FALSE, append_connection, NULL },
  { "discover", N_("stores and registers"), FALSE, append_discover, finish_discover },
  { "pull-catalogue", N_("articles"), TRUE, append_catalogue, finish_catalogue },
  { "pull-stock", N_("stock"), TRUE, append_stock, finish_stock },
  { "calibrate", N_("calibration"), TRUE, append_calibration, NULL },
  { "poll-orders", N_("orders"), TRUE, append_orders, finish_orders },
  { "pull-sales", N_("sales of the till"), TRUE, append_sales, finish_sales },
  /* The same from a day's beginning: never joined to a poll that began later. */
  { "close-day-orders", N_("orders for the day close"), TRUE, append_orders, finish_orders },
  { "close-day-sales", N_("sales for the day close"), TRUE, append_sales, finish_sales },
};

static const Definition *
find_definition(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(definitions); i++) {
    if (g_str_equal(definitions[i].name, name))
      return &definitions[i];
  }
  return NULL;
}

static gboolean
check_start(ShopcaisseContext *context, const Definition *definition, GError **error)
{
  const char *missing = NULL;

  if (!shopcaisse_worker_has_transport(context->worker))
    missing = _("no token has been set");
  else if (definition->needs_store && *context->configuration->store_id == '\0')
    missing = _("no store has been chosen");
  if (missing == NULL)
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_CONFIGURED, missing);
  return FALSE;
}

static gboolean
note_end(ShopcaisseContext *context, ShopcaisseTask *task, const GError *task_error, GError **error)
{
  const Definition *definition = find_definition(task->name);
  const char *title = _(definition->title);
  g_autofree char *text = NULL;

  if (task_error != NULL)
    /* Translators: what was asked of the service, and why that failed. */
    text = g_strdup_printf(_("%1$s: %2$s"), title, task_error->message);
  else if (definition->finish == NULL)
    /* Translators: what was done, such as "connection test". */
    text = g_strdup_printf(_("%s: done"), title);
  else
    /* Translators: what was asked of the service, and how many rows it answered. */
    text = g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "%1$s: %2$u row read", "%1$s: %2$u rows read", task->n_rows),
        title, task->n_rows);

  return shopcaisse_context_journal(
      context, task_error != NULL ? SHOPCAISSE_JOURNAL_ERROR : SHOPCAISSE_JOURNAL_INFO, task->name,
      "", text, error);
}

static void
recorded_cb(const GError *error, gpointer user_data)
{
  (void)user_data;
  if (error != NULL)
    g_info("sales of the till: the host says %s, repeating them later", error->message);
}

/* The first who waits for every task: ends its sweep before anyone else hears of it. */
static void
finish_cb(ShopcaisseTask *task, const GError *task_error, gpointer user_data)
{
  const Definition *definition = user_data;
  ShopcaisseContext *context = task->context;
  g_autoptr(GError) error = NULL;

  if (g_error_matches(task_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!shopcaisse_database_begin(context->database, &error) ||
      (task_error == NULL && definition->finish != NULL &&
       !definition->finish(context, task, &error)) ||
      !note_end(context, task, task_error, &error) ||
      !shopcaisse_schedule_note_end(context->schedule, task->name,
                                    task_error != NULL ? task_error->message : NULL, &error) ||
      !shopcaisse_database_commit(context->database, &error)) {
    shopcaisse_database_rollback(context->database);
    g_warning("%s: %s, its end is not recorded", task->name, error->message);
  }
  if (definition->finish == finish_discover)
    shopcaisse_binding_settle(context);
  if (task_error == NULL && definition->finish == finish_orders)
    shopcaisse_unseen_tell(context);
  if (task_error == NULL && definition->finish == finish_sales)
    shopcaisse_record_tickets(context, recorded_cb, NULL);
  shopcaisse_context_tell_settings(context);
  shopcaisse_worker_wake(context->worker);
}

static gboolean
append_rows(ShopcaisseContext *context,
            const Definition *definition,
            ShopcaisseTask *task,
            GVariant *options,
            GError **error)
{
  if (!shopcaisse_database_begin(context->database, error))
    return FALSE;
  if (definition->append(context, task, options, error) &&
      shopcaisse_database_commit(context->database, error))
    return TRUE;
  shopcaisse_database_rollback(context->database);
  return FALSE;
}

/**
 * shopcaisse_run:
 * @context: the engine's parts
 * @name: a task
 * @options: (nullable): a{sv}
 * @done: called once
 * @user_data: for @done
 *
 * Runs a task, or joins it when it runs already.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for a name that is no task, %COMPTOIR_ERROR_NOT_CONFIGURED,
 * %COMPTOIR_ERROR_STORAGE, and with whatever ended the exchanges.
 */
void
shopcaisse_run(ShopcaisseContext *context,
               const char *name,
               GVariant *options,
               ShopcaisseTaskDone done,
               gpointer user_data)
{
  const Definition *definition = find_definition(name);
  ShopcaisseTask *task = shopcaisse_tasks_find_name(context->tasks, name);
  g_autoptr(GError) error = NULL;
  gint64 run = 0;

  if (task != NULL)
    return shopcaisse_task_join(task, done, user_data);
  if (definition == NULL)
    g_set_error(&error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "there is no task \"%s\"", name);
  if (definition == NULL || !check_start(context, definition, &error)) {
    done(NULL, error, user_data);
    return;
  }
  task = shopcaisse_tasks_start(context->tasks, name, finish_cb, (gpointer)definition);
  shopcaisse_context_list_changed(context, "flows");
  shopcaisse_task_join(task, done, user_data);
  run = task->run;
  if (!append_rows(context, definition, task, options, &error)) {
    shopcaisse_tasks_fail(context->tasks, run, g_steal_pointer(&error));
    return;
  }
  shopcaisse_worker_try(context->worker);
}
