/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Filters with their counts, which serve as counters on top of a list. */
#include "ui/page/filter-bar.h"

#include "config.h"
#include "ui/model/list-state.h"
#include "ui/page/parts.h"

#include <glib/gi18n-lib.h>

#define BAR_KEY     "shopcaisse-filter-bar"
#define FILTERS_MAX 8

typedef struct {
  GtkWidget *root;                 /* (not owned): this */
  const ShopcaisseFilter *filters; /* (not owned): static */
  guint n_filters;
  GtkWidget *buttons[FILTERS_MAX]; /* (not owned) */
  ShopcaisseFilterChosen chosen;
  gpointer user_data; /* of chosen */
  gboolean is_changing;
} Bar;

static void toggle_cb(Bar *self, GtkToggleButton *button);

static GtkWidget *
make_button(Bar *self, const char *id, const ShopcaisseFilter *filter)
{
  g_autofree char *button_id =
      g_strdup_printf("%s-%s", id, *filter->value != '\0' ? filter->value : "all");
  GtkWidget *button = gtk_toggle_button_new_with_label(_(filter->label));
  shopcaisse_toolkit_set_id(button, button_id);
  shopcaisse_toolkit_set_name(button, _(filter->label));
  shopcaisse_part_connect(self->root, button, "toggled", G_CALLBACK(toggle_cb), self);
  return button;
}

/**
 * shopcaisse_filter_bar_new:
 * @id: its name for programs
 * @filters: the filters; the first is down
 * @n_filters: how many
 * @chosen: called with the value of another filter
 * @user_data: for @chosen; lives at least as long
 *
 * Makes a bar of filters.
 *
 * Returns: (transfer floating): the bar
 */
GtkWidget *
shopcaisse_filter_bar_new(const char *id,
                          const ShopcaisseFilter *filters,
                          guint n_filters,
                          ShopcaisseFilterChosen chosen,
                          gpointer user_data)
{
  g_return_val_if_fail(n_filters <= FILTERS_MAX, NULL);

  Bar *self = g_new0(Bar, 1);
  self->root = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  self->filters = filters;
  self->n_filters = n_filters;
  self->user_data = user_data;
  g_object_set_data_full(G_OBJECT(self->root), BAR_KEY, self, g_free);
  shopcaisse_toolkit_add_class(self->root, "linked");
  for (guint i = 0; i < n_filters; i++) {
    self->buttons[i] = make_button(self, id, &filters[i]);
    shopcaisse_toolkit_append(self->root, self->buttons[i]);
  }
  gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(self->buttons[0]), TRUE);
  self->chosen = chosen;
  return self->root;
}

/* Exactly one is down: who presses it again leaves it down. */
static void
toggle_cb(Bar *self, GtkToggleButton *button)
{
  if (self->is_changing)
    return;
  self->is_changing = TRUE;
  for (guint i = 0; i < self->n_filters; i++) {
    gboolean is_this = self->buttons[i] == GTK_WIDGET(button);
    if (self->buttons[i] != NULL)
      gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(self->buttons[i]), is_this);
    if (is_this && self->chosen != NULL)
      self->chosen(self->user_data, self->filters[i].value);
  }
  self->is_changing = FALSE;
}

static char *
dup_label(const ShopcaisseFilter *filter, GListModel *list)
{
  guint count = *filter->value != '\0' ? shopcaisse_page_list_get_count(list, filter->value)
                                       : shopcaisse_page_list_sum_counts(list);
  /* Translators: a filter and how many rows it shows, as in "Linked 12". */
  return g_strdup_printf(_("%1$s %2$u"), _(filter->label), count);
}

/**
 * shopcaisse_filter_bar_set_counts:
 * @bar: the bar
 * @list: (nullable): the list whose rows are counted
 *
 * Shows how many rows there are of each.
 */
void
shopcaisse_filter_bar_set_counts(GtkWidget *bar, GListModel *list)
{
  Bar *self = g_object_get_data(G_OBJECT(bar), BAR_KEY);
  for (guint i = 0; list != NULL && i < self->n_filters; i++) {
    g_autofree char *label = dup_label(&self->filters[i], list);
    shopcaisse_part_set_label(self->buttons[i], label);
  }
}
