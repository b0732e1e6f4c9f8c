/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads a channel's list to its end. Such a list is made to be looked at: its rows are placeholders
 * that fill when asked for, the channel keeps few of them, and it may grow. A program that wants
 * all of it asks for a block of rows, waits until they are filled, and goes on; at the end it waits
 * until the list says that it is complete, and has been quiet. */

#include "list-reader.h"

#include <comptoir/comptoir.h>

#define BLOCK       500
#define QUIET_MS    250
#define DEADLINE_MS 30000

typedef struct {
  GListModel *model; /* (owned) */
  GPtrArray *values; /* (owned): GVariant, of the blocks that are read */
  GPtrArray *block;  /* (owned): ComptoirRow, of the block that is being read */
  guint limit;       /* rows */
  guint quiet_id;    /* source in the default context, 0: not running */
  guint deadline_id; /* source in the default context, 0: not running */
} Reader;

static void items_changed_cb(
    GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data);
static void filled_cb(ComptoirRow *row, GParamSpec *pspec, gpointer user_data);
static gboolean quiet_cb(gpointer user_data);
static gboolean deadline_cb(gpointer user_data);

static void
free_reader(Reader *self)
{
  g_clear_handle_id(&self->quiet_id, g_source_remove);
  g_clear_handle_id(&self->deadline_id, g_source_remove);
  g_clear_object(&self->model);
  g_ptr_array_unref(self->values);
  g_ptr_array_unref(self->block);
  g_free(self);
}

static void
drop_block(GTask *task)
{
  Reader *self = g_task_get_task_data(task);

  for (guint i = 0; i < self->block->len; i++)
    g_signal_handlers_disconnect_by_data(g_ptr_array_index(self->block, i), task);
  g_ptr_array_set_size(self->block, 0);
}

/* Taking a row asks the channel for its window. */
static void
take_block(GTask *task)
{
  Reader *self = g_task_get_task_data(task);
  guint n_items = MIN(g_list_model_get_n_items(self->model), self->limit);
  guint start = self->values->len;

  drop_block(task);
  for (guint i = start; i < n_items && i < start + BLOCK; i++) {
    ComptoirRow *row = g_list_model_get_item(self->model, i);

    (void)g_signal_connect(row, "notify::values", G_CALLBACK(filled_cb), task);
    g_ptr_array_add(self->block, row);
  }
}

static guint
count_placeholders(Reader *self)
{
  guint count = 0;

  for (guint i = 0; i < self->block->len; i++) {
    if (comptoir_row_get_values(g_ptr_array_index(self->block, i)) == NULL)
      count++;
  }
  return count;
}

static void
keep_values(Reader *self)
{
  for (guint i = 0; i < self->block->len; i++) {
    GVariant *values = comptoir_row_get_values(g_ptr_array_index(self->block, i));

    if (values != NULL)
      g_ptr_array_add(self->values, g_variant_ref(values));
  }
}

/* As many blocks as are filled already; then it waits for filled_cb(). */
static void
read_blocks(GTask *task)
{
  Reader *self = g_task_get_task_data(task);

  take_block(task);
  while (self->block->len > 0 && count_placeholders(self) == 0) {
    keep_values(self);
    take_block(task);
  }
}

/* (transfer full) (nullable): what the channel says is wrong; not every list can say it. */
static GError *
get_error(GListModel *model)
{
  GError *error = NULL;

  if (g_object_class_find_property(G_OBJECT_GET_CLASS(model), "error") != NULL)
    g_object_get(model, "error", &error, NULL);
  return error;
}

/* FALSE: the first window is still being made; not every list can say it. */
static gboolean
is_complete(GListModel *model)
{
  gboolean complete = TRUE;

  if (g_object_class_find_property(G_OBJECT_GET_CLASS(model), "complete") != NULL)
    g_object_get(model, "complete", &complete, NULL);
  return complete;
}

/* Nothing is to come any more, or nobody waits for it. */
static gboolean
is_at_its_end(GTask *task)
{
  Reader *self = g_task_get_task_data(task);
  g_autoptr(GError) error = get_error(self->model);

  return g_cancellable_is_cancelled(g_task_get_cancellable(task)) || error != NULL ||
         (self->block->len == 0 && is_complete(self->model));
}

static void
stop_reading(GTask *task)
{
  Reader *self = g_task_get_task_data(task);

  drop_block(task);
  g_clear_handle_id(&self->quiet_id, g_source_remove);
  g_clear_handle_id(&self->deadline_id, g_source_remove);
  g_signal_handlers_disconnect_by_data(self->model, task);
}

static GVariant *
build_answer(Reader *self, guint n_missing)
{
  g_auto(GVariantDict) answer = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert_value(
      &answer, COMPTOIR_KEY_ROWS,
      comptoir_rows_new((GVariant **)self->values->pdata, self->values->len));
  if (n_missing > 0)
    g_variant_dict_insert(&answer, "missing", "u", n_missing);
  return g_variant_ref_sink(g_variant_dict_end(&answer));
}

static void
finish(GTask *task)
{
  Reader *self = g_task_get_task_data(task);
  GError *error = get_error(self->model);
  guint n_missing = count_placeholders(self);

  keep_values(self);
  stop_reading(task);
  if (error != NULL)
    g_task_return_error(task, error);
  else
    g_task_return_pointer(task, build_answer(self, n_missing), (GDestroyNotify)g_variant_unref);
  g_object_unref(task);
}

/**
 * list_reader_read_async:
 * @model: a list of a channel
 * @limit: at most so many rows
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called with the rows
 * @user_data: for @callback
 *
 * Reads a list.
 *
 * Fails with what the channel says of its list, such as %COMPTOIR_ERROR_INVALID.
 */
void
list_reader_read_async(GListModel *model,
                       guint limit,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new(NULL, cancellable, callback, user_data);
  Reader *self = g_new0(Reader, 1);

  self->model = g_object_ref(model);
  self->values = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  self->block = g_ptr_array_new_with_free_func(g_object_unref);
  self->limit = limit;
  g_task_set_source_tag(task, list_reader_read_async);
  g_task_set_task_data(task, self, (GDestroyNotify)free_reader);
  (void)g_signal_connect(model, "items-changed", G_CALLBACK(items_changed_cb), task);
  self->quiet_id = g_timeout_add(QUIET_MS, quiet_cb, task);
  self->deadline_id = g_timeout_add(DEADLINE_MS, deadline_cb, task);
  read_blocks(task);
}

static void
items_changed_cb(
    GListModel *model, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  Reader *self = g_task_get_task_data(G_TASK(user_data));

  g_clear_handle_id(&self->quiet_id, g_source_remove);
  self->quiet_id = g_timeout_add(QUIET_MS, quiet_cb, user_data);
  read_blocks(G_TASK(user_data));
}

static void
filled_cb(ComptoirRow *row, GParamSpec *pspec, gpointer user_data)
{
  Reader *self = g_task_get_task_data(G_TASK(user_data));

  if (count_placeholders(self) > 0)
    return;
  keep_values(self);
  read_blocks(G_TASK(user_data));
}

static gboolean
quiet_cb(gpointer user_data)
{
  GTask *task = G_TASK(user_data);
  Reader *self = g_task_get_task_data(task);

  if (!is_at_its_end(task))
    return G_SOURCE_CONTINUE;
  self->quiet_id = 0;
  finish(task);
  return G_SOURCE_REMOVE;
}

static gboolean
deadline_cb(gpointer user_data)
{
  GTask *task = G_TASK(user_data);
  Reader *self = g_task_get_task_data(task);

  self->deadline_id = 0;
  finish(task);
  return G_SOURCE_REMOVE;
}

/**
 * list_reader_read_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends list_reader_read_async().
 *
 * Returns: (transfer full) (nullable): `{rows}`, and `missing` when some did not fill in time
 */
GVariant *
list_reader_read_finish(GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer(G_TASK(result), error);
}
