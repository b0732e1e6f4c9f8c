/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A channel's list as a tree model. Rows that were looked at last are watched, so that a cell is
 * drawn again when its window came. */
#include "ui/gtk3/list-store.h"

#define N_WATCHED 256  /* more than any screen shows */
#define MANY_ROWS 500U /* told one by one they would take longer than all anew */

typedef struct {
  ComptoirRow *row; /* (owned) (nullable) */
  guint index;
  ShopcaisseListStore *store; /* not owned: it owns this */
} Watch;

struct _ShopcaisseListStore {
  GObject parent_instance;

  GListModel *list; /* (owned) */
  guint n_rows;     /* as told */
  int stamp;
  Watch watches[N_WATCHED]; /* by index, modulo */
  ShopcaisseListStoreReset reset;
  gpointer user_data; /* of reset */
};

static void tree_model_iface_init(GtkTreeModelIface *iface);
static void changed_cb(ShopcaisseListStore *self, guint position, guint removed, guint added);
static void values_cb(Watch *watch);

G_DEFINE_FINAL_TYPE_WITH_CODE(ShopcaisseListStore,
                              shopcaisse_list_store,
                              G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(GTK_TYPE_TREE_MODEL, tree_model_iface_init))

/**
 * shopcaisse_list_store_new:
 * @list: of [class@Comptoir.Row]
 * @reset: called around a change of many rows
 * @user_data: for @reset
 *
 * Makes a tree model of a list.
 *
 * Returns: (transfer full): the tree model
 */
ShopcaisseListStore *
shopcaisse_list_store_new(GListModel *list, ShopcaisseListStoreReset reset, gpointer user_data)
{
  ShopcaisseListStore *self = g_object_new(SHOPCAISSE_TYPE_LIST_STORE, NULL);
  self->list = g_object_ref(list);
  self->n_rows = g_list_model_get_n_items(list);
  self->reset = reset;
  self->user_data = user_data;
  g_signal_connect_object(list, "items-changed", G_CALLBACK(changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

static void
clear_watch(Watch *watch)
{
  if (watch->row != NULL)
    g_signal_handlers_disconnect_by_data(watch->row, watch);
  g_clear_object(&watch->row);
}

static void
watch_row(ShopcaisseListStore *self, guint index, ComptoirRow *row)
{
  Watch *watch = &self->watches[index % N_WATCHED];
  if (watch->row == row && watch->index == index)
    return;
  clear_watch(watch);
  watch->row = g_object_ref(row);
  watch->index = index;
  watch->store = self;
  g_signal_connect_swapped(row, "notify::values", G_CALLBACK(values_cb), watch);
}

static void
set_iter(ShopcaisseListStore *self, GtkTreeIter *iter, guint index)
{
  *iter = (GtkTreeIter){ .stamp = self->stamp, .user_data = GUINT_TO_POINTER(index) };
}

static guint
get_index(GtkTreeIter *iter)
{
  return GPOINTER_TO_UINT(iter->user_data);
}

static void
values_cb(Watch *watch)
{
  GtkTreeIter iter;
  g_autoptr(GtkTreePath) path = gtk_tree_path_new_from_indices((int)watch->index, -1);
  set_iter(watch->store, &iter, watch->index);
  if (watch->index < watch->store->n_rows)
    gtk_tree_model_row_changed(GTK_TREE_MODEL(watch->store), path, &iter);
}

static void
remove_rows(ShopcaisseListStore *self, guint position, guint n_rows)
{
  g_autoptr(GtkTreePath) path = gtk_tree_path_new_from_indices((int)position, -1);
  for (guint i = 0; i < n_rows; i++) {
    self->n_rows--;
    gtk_tree_model_row_deleted(GTK_TREE_MODEL(self), path);
  }
}

static void
insert_rows(ShopcaisseListStore *self, guint position, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++) {
    GtkTreeIter iter;
    g_autoptr(GtkTreePath) path = gtk_tree_path_new_from_indices((int)(position + i), -1);
    self->n_rows++;
    set_iter(self, &iter, position + i);
    gtk_tree_model_row_inserted(GTK_TREE_MODEL(self), path, &iter);
  }
}

static void
changed_cb(ShopcaisseListStore *self, guint position, guint removed, guint added)
{
  for (guint i = 0; i < N_WATCHED; i++)
    clear_watch(&self->watches[i]);
  if (removed + added > MANY_ROWS) {
    self->reset(FALSE, self->user_data);
    self->n_rows = g_list_model_get_n_items(self->list);
    self->reset(TRUE, self->user_data);
    return;
  }
  remove_rows(self, position, removed);
  insert_rows(self, position, added);
}

/**
 * shopcaisse_list_store_dup_row:
 * @self: the tree model
 * @iter: a row
 *
 * Gives a row and follows it from now on.
 *
 * Returns: (transfer full) (nullable): the row
 */
ComptoirRow *
shopcaisse_list_store_dup_row(ShopcaisseListStore *self, GtkTreeIter *iter)
{
  guint index = get_index(iter);
  ComptoirRow *row = g_list_model_get_item(self->list, index);
  if (row != NULL)
    watch_row(self, index, row);
  return row;
}

static GtkTreeModelFlags
get_flags(GtkTreeModel *model)
{
  return GTK_TREE_MODEL_LIST_ONLY;
}

static int
get_n_columns(GtkTreeModel *model)
{
  return 1;
}

static GType
get_column_type(GtkTreeModel *model, int column)
{
  return COMPTOIR_TYPE_ROW;
}

static gboolean
seek(GtkTreeModel *model, GtkTreeIter *iter, gint64 index)
{
  ShopcaisseListStore *self = SHOPCAISSE_LIST_STORE(model);
  if (index < 0 || index >= self->n_rows)
    return FALSE;
  set_iter(self, iter, (guint)index);
  return TRUE;
}

static gboolean
get_iter(GtkTreeModel *model, GtkTreeIter *iter, GtkTreePath *path)
{
  return gtk_tree_path_get_depth(path) == 1 &&
         seek(model, iter, gtk_tree_path_get_indices(path)[0]);
}

static GtkTreePath *
get_path(GtkTreeModel *model, GtkTreeIter *iter)
{
  return gtk_tree_path_new_from_indices((int)get_index(iter), -1);
}

static void
get_value(GtkTreeModel *model, GtkTreeIter *iter, int column, GValue *value)
{
  g_value_init(value, COMPTOIR_TYPE_ROW);
  g_value_take_object(value, shopcaisse_list_store_dup_row(SHOPCAISSE_LIST_STORE(model), iter));
}

static gboolean
iter_next(GtkTreeModel *model, GtkTreeIter *iter)
{
  return seek(model, iter, (gint64)get_index(iter) + 1);
}

static gboolean
iter_previous(GtkTreeModel *model, GtkTreeIter *iter)
{
  return seek(model, iter, (gint64)get_index(iter) - 1);
}

static gboolean
iter_children(GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent)
{
  return parent == NULL && seek(model, iter, 0);
}

static gboolean
iter_has_child(GtkTreeModel *model, GtkTreeIter *iter)
{
  return FALSE;
}

static int
iter_n_children(GtkTreeModel *model, GtkTreeIter *iter)
{
  return iter == NULL ? (int)SHOPCAISSE_LIST_STORE(model)->n_rows : 0;
}

static gboolean
iter_nth_child(GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent, int n)
{
  return parent == NULL && seek(model, iter, n);
}

static gboolean
iter_parent(GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *child)
{
  return FALSE;
}

static void
shopcaisse_list_store_dispose(GObject *object)
{
  ShopcaisseListStore *self = SHOPCAISSE_LIST_STORE(object);
  for (guint i = 0; i < N_WATCHED; i++)
    clear_watch(&self->watches[i]);
  g_clear_object(&self->list);
  G_OBJECT_CLASS(shopcaisse_list_store_parent_class)->dispose(object);
}

static void
shopcaisse_list_store_init(ShopcaisseListStore *self)
{
  self->stamp = (int)g_random_int();
}

static void
shopcaisse_list_store_class_init(ShopcaisseListStoreClass *class)
{
  G_OBJECT_CLASS(class)->dispose = shopcaisse_list_store_dispose;
}

static void
tree_model_iface_init(GtkTreeModelIface *iface)
{
  iface->get_flags = get_flags;
  iface->get_n_columns = get_n_columns;
  iface->get_column_type = get_column_type;
  iface->get_iter = get_iter;
  iface->get_path = get_path;
  iface->get_value = get_value;
  iface->iter_next = iter_next;
  iface->iter_previous = iter_previous;
  iface->iter_children = iter_children;
  iface->iter_has_child = iter_has_child;
  iface->iter_n_children = iter_n_children;
  iface->iter_nth_child = iter_nth_child;
  iface->iter_parent = iter_parent;
}
