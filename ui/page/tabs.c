/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tabs. One is made when it is first shown, so the page opens at once however many there are,
 * and one that is not seen does not follow what changes. */
#include "ui/page/tabs.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#define TABS_KEY "shopcaisse-tabs"

/* In their order. */
static const ShopcaisseTab *const tabs[] = {
  &shopcaisse_connection_tab, &shopcaisse_articles_tab, &shopcaisse_orders_tab,
  &shopcaisse_schedule_tab,   &shopcaisse_day_tab,      &shopcaisse_journal_tab,
};

typedef struct {
  ShopcaissePageContext *context;                  /* (not owned): outlives all parts */
  GtkWidget *root;                                 /* (not owned): this */
  GtkWidget *places[G_N_ELEMENTS(tabs)];           /* (not owned) */
  GtkWidget *made[G_N_ELEMENTS(tabs)];             /* (not owned) (nullable) */
  ShopcaissePageTopics missed[G_N_ELEMENTS(tabs)]; /* while it was not seen */
} Tabs;

static void switch_cb(Tabs *self, GtkWidget *page, guint index);

static void
append_tab(Tabs *self, guint i)
{
  self->places[i] = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new_with_mnemonic(_(tabs[i]->title));
  shopcaisse_toolkit_set_id(self->places[i], tabs[i]->id);
  gtk_widget_show(self->places[i]);
  gtk_notebook_append_page(GTK_NOTEBOOK(self->root), self->places[i], label);
}

static void
show_tab(Tabs *self, guint i)
{
  if (self->made[i] == NULL) {
    self->made[i] = tabs[i]->make(self->context);
    gtk_widget_set_vexpand(self->made[i], TRUE);
    shopcaisse_toolkit_append(self->places[i], self->made[i]);
    self->missed[i] = 0;
  } else if (self->missed[i] != 0) {
    tabs[i]->update(self->made[i], self->missed[i]);
    self->missed[i] = 0;
  }
}

/**
 * shopcaisse_tabs_new:
 * @context: the page's
 *
 * Makes the tabs and shows the first one.
 *
 * Returns: (transfer floating): the tabs
 */
GtkWidget *
shopcaisse_tabs_new(ShopcaissePageContext *context)
{
  Tabs *self = g_new0(Tabs, 1);
  self->context = context;
  self->root = gtk_notebook_new();
  g_object_set_data_full(G_OBJECT(self->root), TABS_KEY, self, g_free);
  shopcaisse_toolkit_set_id(self->root, "shopcaisse-tabs");
  shopcaisse_toolkit_set_name(self->root, _("Settings of Shopcaisse"));
  gtk_notebook_set_scrollable(GTK_NOTEBOOK(self->root), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS(tabs); i++)
    append_tab(self, i);
  show_tab(self, 0);
  shopcaisse_part_connect(self->root, self->root, "switch-page", G_CALLBACK(switch_cb), self);
  return self->root;
}

/* A notebook that goes away shows one tab after the other. */
static void
switch_cb(Tabs *self, GtkWidget *page, guint index)
{
  if (!shopcaisse_page_model_is_closed(self->context->model) && index < G_N_ELEMENTS(tabs))
    show_tab(self, index);
}

/**
 * shopcaisse_tabs_update:
 * @widget: the tabs
 * @topics: what has changed
 *
 * Shows it, in a tab that is not seen when it is seen again.
 */
void
shopcaisse_tabs_update(GtkWidget *widget, ShopcaissePageTopics topics)
{
  Tabs *self = g_object_get_data(G_OBJECT(widget), TABS_KEY);
  int current = gtk_notebook_get_current_page(GTK_NOTEBOOK(widget));
  for (guint i = 0; i < G_N_ELEMENTS(tabs); i++)
    self->missed[i] |= topics;
  if (current >= 0)
    show_tab(self, (guint)current);
}
