/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A short list, all of it shown. What changes is shown once a turn of the main loop. */
#include "ui/page/rows.h"

#include "config.h"
#include "ui/model/list-state.h"
#include "ui/model/row.h"

#include <comptoir/comptoir-row.h>
#include <glib/gi18n-lib.h>

#define ROWS_KEY "shopcaisse-rows"
#define ID_KEY   "shopcaisse-row-id"
#define ROWS_MAX 200 /* more are no short list */

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  const ShopcaisseRowsKind *kind; /* (not owned): static */
  gpointer user_data;             /* of kind */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *box;                 /* (not owned) */
  GtkWidget *text;                /* (not owned): loading, failed, empty */
  GPtrArray *widgets;             /* (owned) (element-type GtkWidget): not owned each */
  GPtrArray *rows;                /* (owned) (element-type ComptoirRow): watched */
  GListModel *list;               /* (owned) (nullable) */
  GSource *source;                /* (owned) (nullable): shows what has changed */
} Rows;

static void changed_cb(Rows *self);
static gboolean show_cb(gpointer user_data);

static void
forget_rows(Rows *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    g_signal_handlers_disconnect_by_data(self->rows->pdata[i], self);
  g_ptr_array_set_size(self->rows, 0);
}

static void
close_list(Rows *self)
{
  forget_rows(self);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data(self->list, self);
  g_clear_object(&self->list);
  if (self->source != NULL)
    g_source_destroy(self->source);
  g_clear_pointer(&self->source, g_source_unref);
}

static void
free_rows(gpointer data)
{
  Rows *self = data;
  close_list(self);
  g_ptr_array_unref(self->rows);
  g_ptr_array_unref(self->widgets);
  g_free(self);
}

/**
 * shopcaisse_rows_new:
 * @context: the page's
 * @kind: how rows are shown
 * @user_data: for @kind; lives at least as long
 *
 * Makes a short list, and asks for its rows.
 *
 * Returns: (transfer floating): the list
 */
GtkWidget *
shopcaisse_rows_new(ShopcaissePageContext *context,
                    const ShopcaisseRowsKind *kind,
                    gpointer user_data)
{
  Rows *self = g_new0(Rows, 1);
  self->context = context;
  self->kind = kind;
  self->user_data = user_data;
  self->root = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  self->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  self->text = shopcaisse_part_text_new(NULL);
  self->widgets = g_ptr_array_new();
  self->rows = g_ptr_array_new_with_free_func(g_object_unref);
  shopcaisse_toolkit_add_class(self->text, "shopcaisse-dim");
  if (kind->title != NULL)
    shopcaisse_toolkit_append(self->root, shopcaisse_part_heading_new(_(kind->title)));
  shopcaisse_toolkit_append(self->root, self->text);
  shopcaisse_toolkit_append(self->root, self->box);
  g_object_set_data_full(G_OBJECT(self->root), ROWS_KEY, self, free_rows);
  shopcaisse_rows_reload(self->root);
  return self->root;
}

/**
 * shopcaisse_rows_reload:
 * @rows: the list
 *
 * Asks the channel for the list anew.
 */
void
shopcaisse_rows_reload(GtkWidget *rows)
{
  Rows *self = g_object_get_data(G_OBJECT(rows), ROWS_KEY);
  close_list(self);
  self->list = shopcaisse_page_model_list(self->context->model, self->kind->list, NULL);
  g_signal_connect_swapped(self->list, "items-changed", G_CALLBACK(changed_cb), self);
  g_signal_connect_swapped(self->list, "notify", G_CALLBACK(changed_cb), self);
  shopcaisse_rows_update(rows);
}

static void
changed_cb(Rows *self)
{
  if (self->source != NULL)
    return;
  self->source = g_idle_source_new();
  g_source_set_priority(self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback(self->source, show_cb, self, NULL);
  g_source_attach(self->source, g_main_context_get_thread_default());
}

static gboolean
show_cb(gpointer user_data)
{
  Rows *self = user_data;
  g_clear_pointer(&self->source, g_source_unref);
  shopcaisse_rows_update(self->root);
  return G_SOURCE_REMOVE;
}

static void
watch_rows(Rows *self)
{
  guint n_rows = MIN(g_list_model_get_n_items(self->list), ROWS_MAX);
  forget_rows(self);
  for (guint i = 0; i < n_rows; i++) {
    ComptoirRow *row = g_list_model_get_item(self->list, i);
    if (row == NULL)
      continue;
    g_signal_connect_swapped(row, "notify::values", G_CALLBACK(changed_cb), self);
    g_ptr_array_add(self->rows, row);
  }
}

static void
drop_widgets_from(Rows *self, guint n_rows)
{
  while (self->widgets->len > n_rows) {
    shopcaisse_toolkit_remove(self->box, self->widgets->pdata[self->widgets->len - 1]);
    g_ptr_array_remove_index(self->widgets, self->widgets->len - 1);
  }
}

/* (transfer none): the widget for a row; from the first that is another, all are made anew. */
static GtkWidget *
find_widget(Rows *self, guint index, const char *id)
{
  if (index < self->widgets->len &&
      g_strcmp0(g_object_get_data(self->widgets->pdata[index], ID_KEY), id) == 0)
    return self->widgets->pdata[index];
  drop_widgets_from(self, index);
  GtkWidget *widget = self->kind->make(self->user_data, id);
  g_object_set_data_full(G_OBJECT(widget), ID_KEY, g_strdup(id), g_free);
  g_ptr_array_add(self->widgets, widget);
  shopcaisse_toolkit_append(self->box, widget);
  return widget;
}

/**
 * shopcaisse_rows_update:
 * @rows: the list
 *
 * Shows the rows as they are.
 */
void
shopcaisse_rows_update(GtkWidget *rows)
{
  Rows *self = g_object_get_data(G_OBJECT(rows), ROWS_KEY);
  guint n_shown = 0;
  watch_rows(self);
  for (guint i = 0; i < self->rows->len; i++) {
    GVariant *values = comptoir_row_get_values(self->rows->pdata[i]);
    if (values == NULL)
      continue;
    GtkWidget *widget = find_widget(self, n_shown, shopcaisse_page_row_get_text(values, "id"));
    self->kind->fill(widget, values, self->user_data);
    n_shown++;
  }
  drop_widgets_from(self, n_shown);
  g_autofree char *text = shopcaisse_page_list_dup_text(self->list, _(self->kind->empty));
  shopcaisse_part_show_text(self->text, text != NULL ? text : "");
  gtk_widget_set_visible(self->root, shopcaisse_page_list_is_known(self->list));
}

/**
 * shopcaisse_rows_is_empty:
 * @rows: the list
 *
 * Returns: %TRUE if no row is shown
 */
gboolean
shopcaisse_rows_is_empty(GtkWidget *rows)
{
  Rows *self = g_object_get_data(G_OBJECT(rows), ROWS_KEY);
  return self->widgets->len == 0;
}
