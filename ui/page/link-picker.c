/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The other side's articles, searched by the name of the one that is to be linked. */
#include "ui/page/link-picker.h"

#include "config.h"
#include "ui/model/row.h"
#include "ui/page/long-list.h"
#include "ui/page/suggestions.h"

#include <glib/gi18n-lib.h>

#define PICKER_KEY "shopcaisse-link-picker"

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  ShopcaissePageSide side;        /* of the article that is to be linked */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *question;            /* (not owned) */
  GtkWidget *suggestions;         /* (not owned) */
  GtkWidget *list;                /* (not owned) */
  GtkWidget *link;                /* (not owned) */
  GVariant *row;                  /* (owned) (nullable): what is to be linked */
} Picker;

static const ShopcaisseLongListKind kinds[] = {
  [SHOPCAISSE_PAGE_SIDE_ITEMS] = {
    .list = "articles",
    .table = SHOPCAISSE_PAGE_TABLE_ARTICLES,
    .id = "shopcaisse-link-articles",
    .name = N_("Articles of this program to link to"),
    .empty = N_("This program has told of no article yet."),
    .search = N_("Search by name, reference or barcode"),
  },
  [SHOPCAISSE_PAGE_SIDE_ARTICLES] = {
    .list = "items",
    .table = SHOPCAISSE_PAGE_TABLE_ITEMS,
    .id = "shopcaisse-link-items",
    .name = N_("Articles of Shopcaisse to link to"),
    .empty = N_("No article of Shopcaisse has been read yet."),
    .search = N_("Search by name, reference or barcode"),
  },
};

static void select_cb(gpointer user_data);
static void link_cb(gpointer user_data);
static void close_cb(Picker *self);
static void suggestion_cb(GVariant *row, gpointer user_data);

static void
free_picker(gpointer data)
{
  Picker *self = data;
  g_clear_pointer(&self->row, g_variant_unref);
  g_free(self);
}

/**
 * shopcaisse_link_picker_new:
 * @context: the page's
 * @side: which side the articles are on that are to be linked
 *
 * Makes the choice, closed.
 *
 * Returns: (transfer floating): the choice
 */
GtkWidget *
shopcaisse_link_picker_new(ShopcaissePageContext *context, ShopcaissePageSide side)
{
  Picker *self = g_new0(Picker, 1);
  GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *bar = shopcaisse_part_bar_new();
  GtkWidget *close = shopcaisse_part_button_new("shopcaisse-link-close", _("_Close"));
  self->context = context;
  self->side = side;
  self->root = gtk_revealer_new();
  g_object_set_data_full(G_OBJECT(self->root), PICKER_KEY, self, free_picker);
  self->question = shopcaisse_part_heading_new(NULL);
  self->suggestions = shopcaisse_suggestions_new(context, side, suggestion_cb, self);
  self->list = shopcaisse_long_list_new(context, &kinds[side]);
  self->link = shopcaisse_part_button_new("shopcaisse-link", _("Lin_k these two"));
  shopcaisse_toolkit_append(column, self->question);
  shopcaisse_toolkit_append(column, self->suggestions);
  gtk_widget_set_visible(self->suggestions, FALSE);
  shopcaisse_toolkit_append(column, self->list);
  shopcaisse_toolkit_append(bar, self->link);
  shopcaisse_toolkit_append(bar, close);
  shopcaisse_toolkit_append(column, bar);
  gtk_revealer_set_transition_type(GTK_REVEALER(self->root), GTK_REVEALER_TRANSITION_TYPE_NONE);
  shopcaisse_toolkit_set_child(self->root, column);
  shopcaisse_long_list_watch(self->list, select_cb, link_cb, self);
  shopcaisse_part_connect(self->root, self->link, "clicked", G_CALLBACK(link_cb), self);
  shopcaisse_part_connect(self->root, close, "clicked", G_CALLBACK(close_cb), self);
  gtk_widget_set_visible(self->root, FALSE);
  return self->root;
}

static void
select_cb(gpointer user_data)
{
  Picker *self = user_data;
  ShopcaissePageSide other = self->side == SHOPCAISSE_PAGE_SIDE_ITEMS
                                 ? SHOPCAISSE_PAGE_SIDE_ARTICLES
                                 : SHOPCAISSE_PAGE_SIDE_ITEMS;
  GVariant *row = shopcaisse_long_list_get_selected(self->list);
  ShopcaissePageActions actions = shopcaisse_page_actions_of_article(row, other);
  gtk_widget_set_sensitive(self->link, (actions & SHOPCAISSE_PAGE_CAN_LINK) != 0);
}

/**
 * shopcaisse_link_picker_open:
 * @picker: the choice
 * @row: what is to be linked
 *
 * Asks which article it is.
 */
void
shopcaisse_link_picker_open(GtkWidget *picker, GVariant *row)
{
  Picker *self = g_object_get_data(G_OBJECT(picker), PICKER_KEY);
  const char *name = shopcaisse_page_row_get_text(row, "name");
  /* Translators: the name of an article of one side. */
  g_autofree char *text = g_strdup_printf(_("Which article of the other side is “%s”?"), name);
  g_variant_ref(row);
  g_clear_pointer(&self->row, g_variant_unref);
  self->row = row;
  shopcaisse_part_show_text(self->question, text);
  shopcaisse_suggestions_ask(self->suggestions, shopcaisse_page_row_get_text(row, "id"));
  shopcaisse_long_list_search(self->list, name);
  shopcaisse_long_list_reload(self->list);
  select_cb(self);
  gtk_widget_set_visible(picker, TRUE);
  gtk_revealer_set_reveal_child(GTK_REVEALER(picker), TRUE);
  gtk_widget_child_focus(shopcaisse_long_list_get_bar(self->list), GTK_DIR_TAB_FORWARD);
}

/**
 * shopcaisse_link_picker_close:
 * @picker: the choice
 *
 * Asks no longer.
 */
void
shopcaisse_link_picker_close(GtkWidget *picker)
{
  gtk_revealer_set_reveal_child(GTK_REVEALER(picker), FALSE);
  gtk_widget_set_visible(picker, FALSE);
}

static void
suggestion_cb(GVariant *row, gpointer user_data)
{
  Picker *self = user_data;
  if (self->row == NULL)
    return;
  shopcaisse_page_model_perform(self->context->model, SHOPCAISSE_PAGE_WORK_LINK, NULL,
                                shopcaisse_page_link_build(self->row, row, self->side));
  shopcaisse_link_picker_close(self->root);
}

static void
link_cb(gpointer user_data)
{
  Picker *self = user_data;
  GVariant *other = shopcaisse_long_list_get_selected(self->list);
  if (other != NULL && gtk_widget_get_sensitive(self->link))
    suggestion_cb(other, self);
}

static void
close_cb(Picker *self)
{
  shopcaisse_link_picker_close(self->root);
}
