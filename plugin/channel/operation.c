/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One operation: over the bridge, and back to the task of who asked, unless that is cancelled
 * first. */
#include "channel/operation.h"

#include "channel/settings.h"

#include <comptoir/comptoir-rows.h>

typedef struct {
  ShopcaisseBridge *bridge; /* (owned) */
  GTask *task;              /* (owned) */
  GSource *cancelled;       /* (owned) (nullable) */
  ComptoirOperation operation;
  guint64 id; /* on the bridge */
} Pending;

static void answered_cb(GVariant *answer, const GError *error, gpointer user_data);
static gboolean cancelled_cb(GCancellable *cancellable, gpointer user_data);

static void
pending_free(Pending *pending)
{
  if (pending->cancelled != NULL)
    g_source_destroy(pending->cancelled);
  g_clear_pointer(&pending->cancelled, g_source_unref);
  g_object_unref(pending->task);
  shopcaisse_bridge_unref(pending->bridge);
  g_free(pending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pending, pending_free)

static void
watch_cancellable(Pending *pending)
{
  GCancellable *cancellable = g_task_get_cancellable(pending->task);
  if (cancellable == NULL)
    return;
  pending->cancelled = g_cancellable_source_new(cancellable);
  g_source_set_static_name(pending->cancelled, "shopcaisse operation cancelled");
  g_source_set_callback(pending->cancelled, G_SOURCE_FUNC(cancelled_cb), pending, NULL);
  g_source_attach(pending->cancelled, g_task_get_context(pending->task));
}

/**
 * shopcaisse_operation_start:
 * @bridge: the bridge, open
 * @task: (transfer none): returns a dictionary; kept until then
 * @operation: what to do
 * @argument: its argument
 *
 * Does one operation. A cancelled task returns at once; the operation may still happen.
 */
void
shopcaisse_operation_start(ShopcaisseBridge *bridge,
                           GTask *task,
                           ComptoirOperation operation,
                           GVariant *argument)
{
  Pending *pending = g_new0(Pending, 1);
  pending->bridge = shopcaisse_bridge_ref(bridge);
  pending->task = g_object_ref(task);
  pending->operation = operation;
  watch_cancellable(pending);
  pending->id = shopcaisse_bridge_perform(bridge, operation, argument, answered_cb, pending);
}

static gboolean
cancelled_cb(GCancellable *cancellable, gpointer user_data)
{
  g_autoptr(Pending) pending = user_data;
  shopcaisse_bridge_forget(pending->bridge, pending->id);
  (void)g_task_return_error_if_cancelled(pending->task); /* it is */
  return G_SOURCE_REMOVE;
}

/* Settings come back without words for people. */
static GVariant *
finish_answer(ComptoirOperation operation, GVariant *answer)
{
  if (answer == NULL)
    return g_variant_ref_sink(g_variant_new("a{sv}", NULL));
  g_autoptr(GVariant) rows = NULL;
  if (operation == COMPTOIR_OPERATION_CHANGE_SETTINGS)
    rows = g_variant_lookup_value(answer, COMPTOIR_KEY_ROWS, G_VARIANT_TYPE("aa{sv}"));
  if (rows == NULL)
    return g_variant_ref(answer);
  g_autoptr(GVariant) labelled = shopcaisse_settings_label(rows);
  g_auto(GVariantDict) page = G_VARIANT_DICT_INIT(answer);
  g_variant_dict_insert_value(&page, COMPTOIR_KEY_ROWS, labelled);
  return g_variant_ref_sink(g_variant_dict_end(&page));
}

static void
answered_cb(GVariant *answer, const GError *error, gpointer user_data)
{
  g_autoptr(Pending) pending = user_data;
  if (error != NULL)
    g_task_return_error(pending->task, g_error_copy(error));
  else
    g_task_return_pointer(pending->task, finish_answer(pending->operation, answer),
                          (GDestroyNotify)g_variant_unref);
}
