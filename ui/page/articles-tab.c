/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The articles of both sides, and what a synchronisation would change. */
#include "config.h"
#include "ui/page/article-pane.h"
#include "ui/page/plan-view.h"
#include "ui/page/tabs.h"

#include <glib/gi18n-lib.h>

#define TAB_KEY "shopcaisse-articles-tab"

typedef struct {
  GtkWidget *stack; /* (not owned) */
  GtkWidget *panes[2];
  GtkWidget *plan; /* (not owned) */
} ArticlesTab;

static void
add_pane(ArticlesTab *self, GtkWidget *pane, const char *id, const char *title)
{
  gtk_widget_show(pane);
  gtk_stack_add_titled(GTK_STACK(self->stack), pane, id, title);
}

static void
import_cb(gpointer user_data)
{
  ArticlesTab *self = user_data;
  gtk_stack_set_visible_child(GTK_STACK(self->stack), self->plan);
}

static GtkWidget *
make(ShopcaissePageContext *context)
{
  ArticlesTab *self = g_new0(ArticlesTab, 1);
  GtkWidget *column = shopcaisse_part_column_new();
  GtkWidget *switcher = gtk_stack_switcher_new();
  const ShopcaisseArticlePane items = { SHOPCAISSE_PAGE_SIDE_ITEMS, import_cb, self };
  const ShopcaisseArticlePane articles = { SHOPCAISSE_PAGE_SIDE_ARTICLES, NULL, NULL };
  g_object_set_data_full(G_OBJECT(column), TAB_KEY, self, g_free);
  self->stack = gtk_stack_new();
  gtk_widget_set_halign(switcher, GTK_ALIGN_START);
  gtk_stack_switcher_set_stack(GTK_STACK_SWITCHER(switcher), GTK_STACK(self->stack));
  self->panes[0] = shopcaisse_article_pane_new(context, &items);
  self->panes[1] = shopcaisse_article_pane_new(context, &articles);
  self->plan = shopcaisse_plan_view_new(context);
  add_pane(self, self->panes[0], "items", _("Shopcaisse"));
  add_pane(self, self->panes[1], "articles", _("This program"));
  add_pane(self, self->plan, "plan", _("Synchronise"));
  shopcaisse_toolkit_append(column, switcher);
  shopcaisse_toolkit_append(column, self->stack);
  return column;
}

static void
update(GtkWidget *tab, ShopcaissePageTopics topics)
{
  ArticlesTab *self = g_object_get_data(G_OBJECT(tab), TAB_KEY);
  for (gsize i = 0; i < G_N_ELEMENTS(self->panes); i++)
    shopcaisse_article_pane_update(self->panes[i], topics);
  shopcaisse_plan_view_update(self->plan);
}

const ShopcaisseTab shopcaisse_articles_tab = {
  .id = "shopcaisse-tab-articles",
  .title = N_("_Articles"),
  .make = make,
  .update = update,
};
