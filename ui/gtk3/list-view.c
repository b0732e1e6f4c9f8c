/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A long list in GTK 3: a tree view whose rows are all of one height, so that it asks for those
 * alone that it draws. Its twin is gtk4/list-view.c. */
#include "ui/list-view.h"

#include "config.h"
#include "ui/column-width.h"
#include "ui/gtk3/list-store.h"

#include <glib/gi18n-lib.h>

#define VIEW_KEY   "shopcaisse-list-view"
#define COLUMN_KEY "shopcaisse-column"
#define CELL_GAP   8 /* pixels of a cell that are no text */

typedef struct {
  GtkWidget *tree_view;       /* (not owned): a child of the pane */
  ShopcaisseListStore *store; /* (owned) (nullable) */
  ComptoirRow *watched;       /* (owned) (nullable): the selected row */
  double scrolled;            /* where it was before all rows came anew */
  int selected;               /* the same, -1 for none */
  gboolean is_resetting;
  ShopcaisseToolkitFunc changed; /* (nullable) */
  ShopcaisseToolkitFunc activated;
  gpointer user_data; /* of both */
} View;

static void values_cb(View *self);

static View *
get_view(GtkWidget *widget)
{
  return g_object_get_data(G_OBJECT(widget), VIEW_KEY);
}

static void
watch_row(View *self, ComptoirRow *row)
{
  if (self->watched != NULL)
    g_signal_handlers_disconnect_by_data(self->watched, self);
  g_set_object(&self->watched, row);
  if (row != NULL)
    g_signal_connect_swapped(row, "notify::values", G_CALLBACK(values_cb), self);
}

static void
free_view(gpointer data)
{
  View *self = data;
  watch_row(self, NULL);
  g_clear_object(&self->store);
  g_free(self);
}

static void
values_cb(View *self)
{
  if (self->changed != NULL)
    self->changed(self->user_data);
}

static GtkTreeSelection *
get_selection(View *self)
{
  return gtk_tree_view_get_selection(GTK_TREE_VIEW(self->tree_view));
}

static void
selected_cb(View *self)
{
  GtkTreeIter iter;
  g_autoptr(ComptoirRow) row = NULL;
  if (self->is_resetting)
    return;
  if (self->store != NULL && gtk_tree_selection_get_selected(get_selection(self), NULL, &iter))
    row = shopcaisse_list_store_dup_row(self->store, &iter);
  if (row == self->watched)
    return;
  watch_row(self, row);
  values_cb(self);
}

static void
activate_cb(View *self)
{
  if (self->activated != NULL)
    self->activated(self->user_data);
}

/* (transfer full) */
static char *
dup_cell(ShopcaisseListStore *store, GtkTreeIter *iter, const ShopcaissePageColumn *column)
{
  g_autoptr(ComptoirRow) row = shopcaisse_list_store_dup_row(store, iter);
  GVariant *values = row != NULL ? comptoir_row_get_values(row) : NULL;
  return values != NULL ? column->dup_text(values) : g_strdup("…");
}

static void
fill_cell(GtkTreeViewColumn *view_column,
          GtkCellRenderer *cell,
          GtkTreeModel *model,
          GtkTreeIter *iter,
          gpointer user_data)
{
  g_autofree char *text = dup_cell(SHOPCAISSE_LIST_STORE(model), iter, user_data);
  g_object_set(cell, "text", text, NULL);
}

static gboolean
is_shortened(View *self, GtkTreeViewColumn *column, const char *text)
{
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout(self->tree_view, text);
  int width = 0;
  pango_layout_get_pixel_size(layout, &width, NULL);
  return width + CELL_GAP > gtk_tree_view_column_get_width(column);
}

/* Who stays on a shortened text is told all of it. */
static gboolean
tooltip_cb(View *self, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip)
{
  GtkTreeView *tree_view = GTK_TREE_VIEW(self->tree_view);
  g_autoptr(GtkTreePath) path = NULL;
  GtkTreeViewColumn *column = NULL;
  GtkTreeIter iter;
  gtk_tree_view_convert_widget_to_bin_window_coords(tree_view, x, y, &x, &y);
  if (is_keyboard)
    gtk_tree_view_get_cursor(tree_view, &path, &column);
  else
    gtk_tree_view_get_path_at_pos(tree_view, x, y, &path, &column, NULL, NULL);
  if (path == NULL || column == NULL ||
      !gtk_tree_model_get_iter(GTK_TREE_MODEL(self->store), &iter, path))
    return FALSE;
  g_autofree char *text =
      dup_cell(self->store, &iter, g_object_get_data(G_OBJECT(column), COLUMN_KEY));
  if (!is_shortened(self, column, text))
    return FALSE;
  gtk_tooltip_set_text(tooltip, text);
  gtk_tree_view_set_tooltip_cell(tree_view, tooltip, path, column, NULL);
  return TRUE;
}

static void
append_column(View *self, const ShopcaissePageColumn *column)
{
  GtkCellRenderer *cell = gtk_cell_renderer_text_new();
  float xalign = column->shape == SHOPCAISSE_PAGE_COLUMN_NUMBER ? 1.0f : 0.0f;
  g_object_set(cell, "ellipsize", PANGO_ELLIPSIZE_END, "single-paragraph-mode", TRUE, "xalign",
               xalign, NULL);
  GtkTreeViewColumn *made = gtk_tree_view_column_new();
  gtk_tree_view_column_set_title(made, _(column->title));
  gtk_tree_view_column_set_alignment(made, xalign);
  gtk_tree_view_column_pack_start(made, cell, TRUE);
  gtk_tree_view_column_set_cell_data_func(made, cell, fill_cell, (gpointer)column, NULL);
  gtk_tree_view_column_set_sizing(made, GTK_TREE_VIEW_COLUMN_FIXED);
  gtk_tree_view_column_set_fixed_width(made, shopcaisse_column_measure(self->tree_view, column));
  g_object_set_data(G_OBJECT(made), COLUMN_KEY, (gpointer)column);
  gtk_tree_view_column_set_resizable(made, TRUE);
  gtk_tree_view_column_set_expand(made, column->shape == SHOPCAISSE_PAGE_COLUMN_WIDE);
  gtk_tree_view_append_column(GTK_TREE_VIEW(self->tree_view), made);
}

static GtkWidget *
make_pane(View *self)
{
  GtkWidget *pane = gtk_scrolled_window_new(NULL, NULL);
  gtk_scrolled_window_set_shadow_type(GTK_SCROLLED_WINDOW(pane), GTK_SHADOW_IN);
  gtk_widget_show(self->tree_view);
  gtk_container_add(GTK_CONTAINER(pane), self->tree_view);
  gtk_widget_set_can_focus(pane, FALSE);
  gtk_widget_set_hexpand(pane, TRUE);
  gtk_widget_set_vexpand(pane, TRUE);
  g_object_set_data_full(G_OBJECT(pane), VIEW_KEY, self, free_view);
  return pane;
}

static void
destroy_cb(View *self)
{
  g_signal_handlers_disconnect_by_data(get_selection(self), self);
  self->changed = NULL;
}

/**
 * shopcaisse_list_view_new:
 * @table: which columns
 * @id: the list's name for programs
 * @accessible_name: what it is, in words
 *
 * Makes a list that shows nothing yet.
 *
 * Returns: (transfer floating): a pane with the list in it
 */
GtkWidget *
shopcaisse_list_view_new(ShopcaissePageTable table, const char *id, const char *accessible_name)
{
  guint n_columns = 0;
  const ShopcaissePageColumn *columns = shopcaisse_page_columns_get(table, &n_columns);
  View *self = g_new0(View, 1);
  self->tree_view = gtk_tree_view_new();
  for (guint i = 0; i < n_columns; i++)
    append_column(self, &columns[i]);
  gtk_tree_view_set_fixed_height_mode(GTK_TREE_VIEW(self->tree_view), TRUE);
  gtk_tree_view_set_enable_search(GTK_TREE_VIEW(self->tree_view), FALSE);
  shopcaisse_toolkit_set_id(self->tree_view, id);
  shopcaisse_toolkit_add_class(self->tree_view, "shopcaisse-list");
  shopcaisse_toolkit_set_name(self->tree_view, accessible_name);
  g_signal_connect_swapped(get_selection(self), "changed", G_CALLBACK(selected_cb), self);
  g_signal_connect_swapped(self->tree_view, "row-activated", G_CALLBACK(activate_cb), self);
  gtk_widget_set_has_tooltip(self->tree_view, TRUE);
  g_signal_connect_swapped(self->tree_view, "query-tooltip", G_CALLBACK(tooltip_cb), self);
  GtkWidget *pane = make_pane(self);
  g_signal_connect_swapped(self->tree_view, "destroy", G_CALLBACK(destroy_cb), self);
  return pane;
}

static GtkAdjustment *
get_adjustment(View *self)
{
  return gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(self->tree_view));
}

static int
get_selected_index(View *self)
{
  GtkTreeIter iter;
  if (!gtk_tree_selection_get_selected(get_selection(self), NULL, &iter))
    return -1;
  return GPOINTER_TO_INT(iter.user_data);
}

static void
reset(gboolean is_over, gpointer user_data)
{
  View *self = user_data;
  GtkTreeView *tree_view = GTK_TREE_VIEW(self->tree_view);
  self->is_resetting = !is_over;
  if (!is_over) {
    self->scrolled = gtk_adjustment_get_value(get_adjustment(self));
    self->selected = get_selected_index(self);
    gtk_tree_view_set_model(tree_view, NULL);
    return;
  }
  gtk_tree_view_set_model(tree_view, GTK_TREE_MODEL(self->store));
  gtk_adjustment_set_value(get_adjustment(self), self->scrolled);
  if (self->selected >= 0) {
    g_autoptr(GtkTreePath) path = gtk_tree_path_new_from_indices(self->selected, -1);
    gtk_tree_selection_select_path(get_selection(self), path);
  }
  selected_cb(self);
}

/**
 * shopcaisse_list_view_set_model:
 * @view: the list
 * @model: (nullable): of [class@Comptoir.Row]
 *
 * Shows other rows, from the first one on.
 */
void
shopcaisse_list_view_set_model(GtkWidget *view, GListModel *model)
{
  View *self = get_view(view);
  g_autoptr(ShopcaisseListStore) former = g_steal_pointer(&self->store);
  if (model != NULL)
    self->store = shopcaisse_list_store_new(model, reset, self);
  gtk_tree_view_set_model(GTK_TREE_VIEW(self->tree_view), (GtkTreeModel *)self->store);
  selected_cb(self);
}

/**
 * shopcaisse_list_view_get_selected:
 * @view: the list
 *
 * Returns: (transfer none) (nullable): the row that is selected
 */
ComptoirRow *
shopcaisse_list_view_get_selected(GtkWidget *view)
{
  return get_view(view)->watched;
}

/**
 * shopcaisse_list_view_watch:
 * @view: the list
 * @changed: another row is selected, or its values came
 * @activated: (nullable): a row was activated
 * @user_data: for both; lives at least as long as @view
 *
 * Hears of what is selected.
 */
void
shopcaisse_list_view_watch(GtkWidget *view,
                           ShopcaisseToolkitFunc changed,
                           ShopcaisseToolkitFunc activated,
                           gpointer user_data)
{
  View *self = get_view(view);
  self->changed = changed;
  self->activated = activated;
  self->user_data = user_data;
}

/**
 * shopcaisse_list_view_get_focus:
 * @view: the list
 *
 * Returns: (transfer none): what takes the keyboard
 */
GtkWidget *
shopcaisse_list_view_get_focus(GtkWidget *view)
{
  return get_view(view)->tree_view;
}

/**
 * shopcaisse_list_view_scroll_to:
 * @view: the list
 * @position: a row
 *
 * Brings a row into sight and selects it.
 */
void
shopcaisse_list_view_scroll_to(GtkWidget *view, guint position)
{
  View *self = get_view(view);
  g_autoptr(GtkTreePath) path = gtk_tree_path_new_from_indices((int)position, -1);
  gtk_tree_view_scroll_to_cell(GTK_TREE_VIEW(self->tree_view), path, NULL, FALSE, 0, 0);
  gtk_tree_selection_select_path(get_selection(self), path);
}
