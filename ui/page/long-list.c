/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A long list with its search, and what is said instead of its rows. Rows of a former search stay
 * until the first of the next have come, so nothing flickers while somebody types. */
#include "ui/page/long-list.h"

#include "config.h"
#include "ui/model/list-state.h"

#include <glib/gi18n-lib.h>

#define LONG_LIST_KEY "shopcaisse-long-list"

typedef struct {
  ShopcaissePageContext *context;     /* (not owned): outlives all parts */
  const ShopcaisseLongListKind *kind; /* (not owned): static */
  GtkWidget *root;                    /* (not owned): this */
  GtkWidget *bar;                     /* (not owned) */
  GtkWidget *search;                  /* (not owned) (nullable) */
  GtkWidget *stack;                   /* (not owned) */
  GtkWidget *view;                    /* (not owned) */
  GtkWidget *text;                    /* (not owned) */
  ShopcaissePageQuery query;
  GListModel *shown;             /* (owned) (nullable) */
  GListModel *coming;            /* (owned) (nullable): takes its place when it has begun */
  ShopcaisseToolkitFunc changed; /* (nullable) */
  gpointer user_data;            /* of changed */
} LongList;

static void search_cb(LongList *self);
static void list_cb(LongList *self);

static LongList *
get_long_list(GtkWidget *widget)
{
  return g_object_get_data(G_OBJECT(widget), LONG_LIST_KEY);
}

static void
drop(LongList *self, GListModel **list)
{
  if (*list != NULL)
    g_signal_handlers_disconnect_by_data(*list, self);
  g_clear_object(list);
}

static void
free_long_list(gpointer data)
{
  LongList *self = data;
  drop(self, &self->shown);
  drop(self, &self->coming);
  shopcaisse_page_query_clear(&self->query);
  g_free(self);
}

static void
make_bar(LongList *self)
{
  self->bar = shopcaisse_part_bar_new();
  shopcaisse_toolkit_append(self->root, self->bar);
  if (self->kind->search == NULL)
    return;
  g_autofree char *id = g_strdup_printf("%s-search", self->kind->id);
  self->search = gtk_search_entry_new();
  g_object_set(self->search, "placeholder-text", _(self->kind->search), "hexpand", TRUE, NULL);
  shopcaisse_toolkit_set_id(self->search, id);
  shopcaisse_toolkit_set_name(self->search, _(self->kind->search));
  shopcaisse_toolkit_append(self->bar, self->search);
  shopcaisse_part_connect(self->root, self->search, "search-changed", G_CALLBACK(search_cb), self);
}

static void
make_stack(LongList *self)
{
  self->stack = gtk_stack_new();
  self->view = shopcaisse_list_view_new(self->kind->table, self->kind->id, _(self->kind->name));
  self->text = shopcaisse_part_text_new(_(self->kind->empty));
  gtk_widget_set_valign(self->text, GTK_ALIGN_CENTER);
  gtk_label_set_justify(GTK_LABEL(self->text), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign(GTK_LABEL(self->text), 0.5f);
  gtk_widget_show(self->view);
  gtk_widget_show(self->text);
  gtk_stack_add_named(GTK_STACK(self->stack), self->text, "text");
  gtk_stack_add_named(GTK_STACK(self->stack), self->view, "rows");
  gtk_widget_set_vexpand(self->stack, TRUE);
  shopcaisse_toolkit_append(self->root, self->stack);
}

/**
 * shopcaisse_long_list_new:
 * @context: the page's
 * @kind: how it is shown
 *
 * Makes a long list; call [func@long_list_reload] when its query is set.
 *
 * Returns: (transfer floating): the list
 */
GtkWidget *
shopcaisse_long_list_new(ShopcaissePageContext *context, const ShopcaisseLongListKind *kind)
{
  LongList *self = g_new0(LongList, 1);
  self->context = context;
  self->kind = kind;
  self->root = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  g_object_set_data_full(G_OBJECT(self->root), LONG_LIST_KEY, self, free_long_list);
  gtk_widget_set_vexpand(self->root, TRUE);
  make_bar(self);
  make_stack(self);
  return self->root;
}

/**
 * shopcaisse_long_list_get_bar:
 * @long_list: the list
 *
 * Returns: (transfer none): the box above it, for filters
 */
GtkWidget *
shopcaisse_long_list_get_bar(GtkWidget *long_list)
{
  return get_long_list(long_list)->bar;
}

/**
 * shopcaisse_long_list_get_query:
 * @long_list: the list
 *
 * Returns: (transfer none): what it is asked for
 */
ShopcaissePageQuery *
shopcaisse_long_list_get_query(GtkWidget *long_list)
{
  return &get_long_list(long_list)->query;
}

/**
 * shopcaisse_long_list_get_view:
 * @long_list: the list
 *
 * Returns: (transfer none): the rows
 */
GtkWidget *
shopcaisse_long_list_get_view(GtkWidget *long_list)
{
  return get_long_list(long_list)->view;
}

/**
 * shopcaisse_long_list_get_model:
 * @long_list: the list
 *
 * Returns: (transfer none) (nullable): what is shown
 */
GListModel *
shopcaisse_long_list_get_model(GtkWidget *long_list)
{
  return get_long_list(long_list)->shown;
}

/**
 * shopcaisse_long_list_get_selected:
 * @long_list: the list
 *
 * Returns: (transfer none) (nullable): the row that is selected, `a{sv}`
 */
GVariant *
shopcaisse_long_list_get_selected(GtkWidget *long_list)
{
  ComptoirRow *row = shopcaisse_list_view_get_selected(get_long_list(long_list)->view);
  return row != NULL ? comptoir_row_get_values(row) : NULL;
}

/**
 * shopcaisse_long_list_watch:
 * @long_list: the list
 * @changed: another row is selected, or there are other values or counts
 * @activated: (nullable): a row was activated
 * @user_data: for both; lives at least as long as @long_list
 *
 * Hears of the list.
 */
void
shopcaisse_long_list_watch(GtkWidget *long_list,
                           ShopcaisseToolkitFunc changed,
                           ShopcaisseToolkitFunc activated,
                           gpointer user_data)
{
  LongList *self = get_long_list(long_list);
  self->changed = changed;
  self->user_data = user_data;
  shopcaisse_list_view_watch(self->view, changed, activated, user_data);
}

/**
 * shopcaisse_long_list_search:
 * @long_list: the list
 * @words: what to look for
 *
 * Searches as if somebody had typed it, at once.
 */
void
shopcaisse_long_list_search(GtkWidget *long_list, const char *words)
{
  LongList *self = get_long_list(long_list);
  if (self->search != NULL)
    shopcaisse_toolkit_set_text(self->search, words);
  if (shopcaisse_page_query_set(&self->query.search, words))
    shopcaisse_long_list_reload(long_list);
}

static void
search_cb(LongList *self)
{
  if (shopcaisse_page_query_set(&self->query.search, shopcaisse_toolkit_get_text(self->search)))
    shopcaisse_long_list_reload(self->root);
}

/**
 * shopcaisse_long_list_reload:
 * @long_list: the list
 *
 * Asks the channel for the rows of the query.
 */
void
shopcaisse_long_list_reload(GtkWidget *long_list)
{
  LongList *self = get_long_list(long_list);
  drop(self, &self->coming);
  self->coming = shopcaisse_page_model_list(self->context->model, self->kind->list,
                                            shopcaisse_page_query_build(&self->query));
  g_signal_connect_swapped(self->coming, "items-changed", G_CALLBACK(list_cb), self);
  g_signal_connect_swapped(self->coming, "notify", G_CALLBACK(list_cb), self);
  list_cb(self);
}

static const char *
get_empty(LongList *self)
{
  const char *search = self->query.search;
  if (search != NULL && *search != '\0')
    return _("Nothing matches the search.");
  return _(self->kind->empty);
}

static void
list_cb(LongList *self)
{
  if (self->coming != NULL &&
      (self->shown == NULL || shopcaisse_page_list_has_begun(self->coming))) {
    drop(self, &self->shown);
    self->shown = g_steal_pointer(&self->coming);
    shopcaisse_list_view_set_model(self->view, self->shown);
  }
  g_autofree char *text = shopcaisse_page_list_dup_text(self->shown, get_empty(self));
  gtk_label_set_text(GTK_LABEL(self->text), text != NULL ? text : "");
  gtk_stack_set_visible_child_name(GTK_STACK(self->stack), text != NULL ? "text" : "rows");
  if (self->changed != NULL)
    self->changed(self->user_data);
}
