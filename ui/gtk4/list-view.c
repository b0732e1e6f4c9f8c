/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A long list in GTK 4: a column view makes widgets for what is seen, the channel reads windows for
 * it. Cells follow their row, which is a placeholder until its window came. */
#include "ui/list-view.h"

#include "config.h"
#include "ui/column-width.h"

#include <glib/gi18n-lib.h>

#define VIEW_KEY   "shopcaisse-list-view"
#define COLUMN_KEY "shopcaisse-column"
#define CELL_KEY   "shopcaisse-cell"

typedef struct {
  GtkWidget *column_view;        /* (not owned): a child of the pane */
  GtkSingleSelection *selection; /* (owned) */
  ComptoirRow *watched;          /* (owned) (nullable): the selected row */
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
  g_signal_handlers_disconnect_by_data(self->selection, self);
  g_object_unref(self->selection);
  g_free(self);
}

static void
values_cb(View *self)
{
  if (self->changed != NULL)
    self->changed(self->user_data);
}

static void
selected_cb(View *self)
{
  watch_row(self, gtk_single_selection_get_selected_item(self->selection));
  values_cb(self);
}

static void
activate_cb(View *self)
{
  if (self->activated != NULL)
    self->activated(self->user_data);
}

static void
fill_cell(GtkWidget *label, ComptoirRow *row)
{
  const ShopcaissePageColumn *column = g_object_get_data(G_OBJECT(label), COLUMN_KEY);
  GVariant *values = comptoir_row_get_values(row);
  g_autofree char *text = values != NULL ? column->dup_text(values) : g_strdup("…");
  gtk_label_set_text(GTK_LABEL(label), text);
  GtkWidget *cell = gtk_widget_get_parent(label);
  GtkWidget *whole = cell != NULL ? gtk_widget_get_parent(cell) : NULL;
  if (whole != NULL && g_object_get_data(G_OBJECT(label), CELL_KEY) != NULL)
    shopcaisse_toolkit_set_name(whole, text);
}

static void
row_cb(ComptoirRow *row, GParamSpec *pspec, gpointer label)
{
  fill_cell(label, row);
}

/* Who stays on a shortened text is told all of it. */
static gboolean
tooltip_cb(GtkLabel *label, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized(gtk_label_get_layout(label)))
    return FALSE;
  gtk_tooltip_set_text(tooltip, gtk_label_get_text(label));
  return TRUE;
}

static void
setup_cb(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const ShopcaissePageColumn *column = user_data;
  GtkWidget *label = gtk_label_new(NULL);
  gboolean is_number = column->shape == SHOPCAISSE_PAGE_COLUMN_NUMBER;
  g_object_set(label, "xalign", is_number ? 1.0f : 0.0f, "ellipsize", PANGO_ELLIPSIZE_END,
               "has-tooltip", TRUE, NULL);
  g_signal_connect(label, "query-tooltip", G_CALLBACK(tooltip_cb), NULL);
  g_object_set_data(G_OBJECT(label), COLUMN_KEY, user_data);
  if (column->names_row)
    g_object_set_data(G_OBJECT(label), CELL_KEY, label);
  gtk_list_item_set_child(item, label);
}

static void
bind_cb(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_list_item_get_child(item);
  ComptoirRow *row = gtk_list_item_get_item(item);
  g_signal_connect(row, "notify::values", G_CALLBACK(row_cb), label);
  fill_cell(label, row);
}

static void
unbind_cb(GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_list_item_get_child(item);
  g_signal_handlers_disconnect_by_data(gtk_list_item_get_item(item), label);
}

static void
append_column(View *self, const ShopcaissePageColumn *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
  g_signal_connect(factory, "setup", G_CALLBACK(setup_cb), (gpointer)column);
  g_signal_connect(factory, "bind", G_CALLBACK(bind_cb), NULL);
  g_signal_connect(factory, "unbind", G_CALLBACK(unbind_cb), NULL);
  g_autoptr(GtkColumnViewColumn) made = gtk_column_view_column_new(_(column->title), factory);
  gtk_column_view_column_set_fixed_width(made,
                                         shopcaisse_column_measure(self->column_view, column));
  gtk_column_view_column_set_expand(made, column->shape == SHOPCAISSE_PAGE_COLUMN_WIDE);
  gtk_column_view_column_set_resizable(made, TRUE);
  gtk_column_view_append_column(GTK_COLUMN_VIEW(self->column_view), made);
}

static GtkWidget *
make_pane(View *self)
{
  GtkWidget *pane = gtk_scrolled_window_new();
  gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(pane), self->column_view);
  gtk_scrolled_window_set_has_frame(GTK_SCROLLED_WINDOW(pane), TRUE);
  gtk_widget_set_hexpand(pane, TRUE);
  gtk_widget_set_vexpand(pane, TRUE);
  g_object_set_data_full(G_OBJECT(pane), VIEW_KEY, self, free_view);
  return pane;
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
  self->selection = gtk_single_selection_new(NULL);
  gtk_single_selection_set_autoselect(self->selection, FALSE);
  gtk_single_selection_set_can_unselect(self->selection, TRUE);
  self->column_view = gtk_column_view_new(GTK_SELECTION_MODEL(g_object_ref(self->selection)));
  for (guint i = 0; i < n_columns; i++)
    append_column(self, &columns[i]);
  shopcaisse_toolkit_set_id(self->column_view, id);
  shopcaisse_toolkit_add_class(self->column_view, "shopcaisse-list");
  shopcaisse_toolkit_set_name(self->column_view, accessible_name);
  shopcaisse_toolkit_set_name(gtk_widget_get_last_child(self->column_view), accessible_name);
  g_signal_connect_swapped(self->selection, "notify::selected-item", G_CALLBACK(selected_cb), self);
  GtkWidget *pane = make_pane(self);
  shopcaisse_toolkit_set_name(pane, accessible_name);
  g_signal_connect_swapped(self->column_view, "activate", G_CALLBACK(activate_cb), self);
  return pane;
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
  GtkSingleSelection *selection = get_view(view)->selection;
  /* None in between: what GTK 4 shows of the former rows it would look for in all of the new ones,
   * and so read a long list whole. */
  if (model != gtk_single_selection_get_model(selection))
    gtk_single_selection_set_model(selection, NULL);
  gtk_single_selection_set_model(selection, model);
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
  return gtk_single_selection_get_selected_item(get_view(view)->selection);
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
  return get_view(view)->column_view;
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
  GtkWidget *rows = gtk_widget_get_last_child(self->column_view);
  gtk_single_selection_set_selected(self->selection, position);
  gtk_widget_activate_action(rows, "list.scroll-to-item", "u", position);
}
