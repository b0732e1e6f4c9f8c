/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Articles with their links: counters on top that filter, and below what can be done with the one
 * that is selected. What was unlinked last can be linked again. */
#include "ui/page/article-pane.h"

#include "config.h"
#include "ui/model/row.h"
#include "ui/page/filter-bar.h"
#include "ui/page/link-picker.h"
#include "ui/page/long-list.h"

#include <glib/gi18n-lib.h>

#define PANE_KEY "shopcaisse-article-pane"

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  ShopcaisseArticlePane options;
  GtkWidget *root;    /* (not owned): this */
  GtkWidget *list;    /* (not owned) */
  GtkWidget *filters; /* (not owned) */
  GtkWidget *picker;  /* (not owned) */
  GtkWidget *open;    /* (not owned) */
  GtkWidget *import;  /* (not owned) (nullable) */
  GtkWidget *unlink;  /* (not owned) */
  GtkWidget *again;   /* (not owned) */
  GtkWidget *lines[2];
  GVariant *unlinked; /* (owned) (nullable): what links it again */
} Pane;

static const ShopcaissePageWork works[] = { SHOPCAISSE_PAGE_WORK_LINK,
                                            SHOPCAISSE_PAGE_WORK_UNLINK };

static const ShopcaisseFilter filters[] = {
  { "", N_("All") },
  { "linked", N_("✓ Linked") },
  { "unlinked", N_("✗ Not linked") },
  { "ambiguous", N_("? Ambiguous") },
};

static const ShopcaisseLongListKind kinds[] = {
  [SHOPCAISSE_PAGE_SIDE_ITEMS] = {
    .list = "items",
    .table = SHOPCAISSE_PAGE_TABLE_ITEMS,
    .id = "shopcaisse-items",
    .name = N_("Articles of Shopcaisse"),
    .empty = N_("No article of Shopcaisse has been read yet. Compare both sides to read them."),
    .search = N_("Search by name, reference or barcode"),
  },
  [SHOPCAISSE_PAGE_SIDE_ARTICLES] = {
    .list = "articles",
    .table = SHOPCAISSE_PAGE_TABLE_ARTICLES,
    .id = "shopcaisse-articles",
    .name = N_("Articles of this program"),
    .empty = N_("This program has told of no article yet. Compare both sides to read them."),
    .search = N_("Search by name, reference or barcode"),
  },
};

static void select_cb(gpointer user_data);
static void open_cb(gpointer user_data);
static void import_cb(gpointer user_data);
static void unlink_cb(gpointer user_data);
static void again_cb(gpointer user_data);
static void filter_cb(gpointer user_data, const char *state);

static void
free_pane(gpointer data)
{
  Pane *self = data;
  g_clear_pointer(&self->unlinked, g_variant_unref);
  g_free(self);
}

static GtkWidget *
append_button(Pane *self, GtkWidget *bar, const char *label, ShopcaisseToolkitFunc clicked)
{
  static const char *const names[] = { "open", "import", "unlink", "again" };
  const ShopcaisseToolkitFunc funcs[] = { open_cb, import_cb, unlink_cb, again_cb };
  const char *name = names[0];
  for (gsize i = 0; i < G_N_ELEMENTS(funcs); i++)
    name = funcs[i] == clicked ? names[i] : name;
  g_autofree char *id = g_strdup_printf("%s-%s", kinds[self->options.side].id, name);
  GtkWidget *button = shopcaisse_part_button_new(id, label);
  shopcaisse_toolkit_append(bar, button);
  shopcaisse_part_connect(self->root, button, "clicked", G_CALLBACK(clicked), self);
  return button;
}

static void
append_actions(Pane *self)
{
  GtkWidget *bar = shopcaisse_part_bar_new();
  self->open = append_button(self, bar, _("_Link…"), open_cb);
  if (self->options.side == SHOPCAISSE_PAGE_SIDE_ITEMS)
    self->import = append_button(self, bar, _("_Import…"), import_cb);
  self->unlink = append_button(self, bar, _("_Unlink"), unlink_cb);
  self->again = append_button(self, bar, _("Link it a_gain"), again_cb);
  shopcaisse_toolkit_append(self->root, bar);
  for (gsize i = 0; i < G_N_ELEMENTS(works); i++) {
    self->lines[i] = shopcaisse_work_line_new();
    shopcaisse_toolkit_append(self->root, self->lines[i]);
  }
}

/**
 * shopcaisse_article_pane_new:
 * @context: the page's
 * @options: whose articles
 *
 * Makes the list of one side.
 *
 * Returns: (transfer floating): the list
 */
GtkWidget *
shopcaisse_article_pane_new(ShopcaissePageContext *context, const ShopcaisseArticlePane *options)
{
  Pane *self = g_new0(Pane, 1);
  g_autofree char *id = g_strdup_printf("%s-filter", kinds[options->side].id);
  self->context = context;
  self->options = *options;
  self->root = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  g_object_set_data_full(G_OBJECT(self->root), PANE_KEY, self, free_pane);
  self->list = shopcaisse_long_list_new(context, &kinds[options->side]);
  self->filters = shopcaisse_filter_bar_new(id, filters, G_N_ELEMENTS(filters), filter_cb, self);
  self->picker = shopcaisse_link_picker_new(context, options->side);
  shopcaisse_toolkit_append(self->root, self->filters);
  shopcaisse_toolkit_append(self->root, self->list);
  append_actions(self);
  shopcaisse_toolkit_append(self->root, self->picker);
  gtk_widget_set_visible(self->picker, FALSE);
  shopcaisse_long_list_watch(self->list, select_cb, open_cb, self);
  shopcaisse_long_list_reload(self->list);
  select_cb(self);
  return self->root;
}

static void
show_actions(Pane *self)
{
  GVariant *row = shopcaisse_long_list_get_selected(self->list);
  ShopcaissePageActions actions = shopcaisse_page_actions_of_article(row, self->options.side);
  if (!shopcaisse_page_model_is_open(self->context->model))
    actions = SHOPCAISSE_PAGE_CAN_NOTHING;
  gtk_widget_set_sensitive(self->open, (actions & SHOPCAISSE_PAGE_CAN_LINK) != 0);
  gtk_widget_set_sensitive(self->unlink, (actions & SHOPCAISSE_PAGE_CAN_UNLINK) != 0);
  if (self->import != NULL)
    gtk_widget_set_sensitive(self->import, (actions & SHOPCAISSE_PAGE_CAN_IMPORT) != 0);
  gtk_widget_set_visible(self->again, self->unlinked != NULL);
}

static void
select_cb(gpointer user_data)
{
  Pane *self = user_data;
  show_actions(self);
  shopcaisse_filter_bar_set_counts(self->filters, shopcaisse_long_list_get_model(self->list));
}

/**
 * shopcaisse_article_pane_update:
 * @pane: the list
 * @topics: what has changed
 *
 * Shows it.
 */
void
shopcaisse_article_pane_update(GtkWidget *pane, ShopcaissePageTopics topics)
{
  Pane *self = g_object_get_data(G_OBJECT(pane), PANE_KEY);
  if ((topics & SHOPCAISSE_PAGE_TOPIC_LISTS) != 0)
    shopcaisse_long_list_reload(self->list);
  for (gsize i = 0; i < G_N_ELEMENTS(works); i++)
    shopcaisse_work_line_show(self->lines[i],
                              shopcaisse_page_model_get_work(self->context->model, works[i], NULL));
  show_actions(self);
}

static void
filter_cb(gpointer user_data, const char *state)
{
  Pane *self = user_data;
  if (shopcaisse_page_query_set(&shopcaisse_long_list_get_query(self->list)->state, state))
    shopcaisse_long_list_reload(self->list);
}

static void
open_cb(gpointer user_data)
{
  Pane *self = user_data;
  GVariant *row = shopcaisse_long_list_get_selected(self->list);
  if (row != NULL && gtk_widget_get_sensitive(self->open))
    shopcaisse_link_picker_open(self->picker, row);
}

/* A plan of this article alone: shown before anything is written, as any other. */
static void
import_cb(gpointer user_data)
{
  Pane *self = user_data;
  GVariant *row = shopcaisse_long_list_get_selected(self->list);
  const char *id = shopcaisse_page_row_get_text(row, "id");
  shopcaisse_page_model_forget(self->context->model, SHOPCAISSE_PAGE_WORK_APPLY);
  shopcaisse_page_model_forget(self->context->model, SHOPCAISSE_PAGE_WORK_UNDO);
  shopcaisse_page_model_perform(self->context->model, SHOPCAISSE_PAGE_WORK_PLAN, NULL,
                                g_variant_new_parsed("{'items': <[%s]>, 'refresh': <false>}", id));
  if (self->options.import != NULL)
    self->options.import(self->options.data);
}

static void
unlink_cb(gpointer user_data)
{
  Pane *self = user_data;
  GVariant *row = shopcaisse_long_list_get_selected(self->list);
  if (row == NULL)
    return;
  g_autoptr(GVariant) links =
      g_variant_ref_sink(shopcaisse_page_unlink_build(row, self->options.side));
  if (!shopcaisse_page_model_perform(self->context->model, SHOPCAISSE_PAGE_WORK_UNLINK, NULL,
                                     links))
    return;
  shopcaisse_page_model_forget(self->context->model, SHOPCAISSE_PAGE_WORK_LINK);
  g_clear_pointer(&self->unlinked, g_variant_unref);
  self->unlinked = g_steal_pointer(&links);
  show_actions(self);
}

static void
again_cb(gpointer user_data)
{
  Pane *self = user_data;
  g_autoptr(GVariant) links = g_steal_pointer(&self->unlinked);
  shopcaisse_page_model_forget(self->context->model, SHOPCAISSE_PAGE_WORK_UNLINK);
  if (links != NULL)
    shopcaisse_page_model_perform(self->context->model, SHOPCAISSE_PAGE_WORK_LINK, NULL, links);
  show_actions(self);
}
