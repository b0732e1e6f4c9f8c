/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guided set-up. A step can be left when nothing after it would be in vain, and looked at again
 * at any time; which one is due comes from the channel alone. */
#include "ui/page/setup-view.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#define VIEW_KEY   "shopcaisse-setup-view"
#define NAME_CHARS 20

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *signs[SHOPCAISSE_PAGE_N_STEPS];
  GtkWidget *names[SHOPCAISSE_PAGE_N_STEPS];
  GtkWidget *panes[SHOPCAISSE_PAGE_N_STEPS]; /* (nullable) each: made when first shown */
  GtkWidget *title;                          /* (not owned) */
  GtkWidget *stack;                          /* (not owned) */
  GtkWidget *back;                           /* (not owned) */
  GtkWidget *next;                           /* (not owned) */
  GtkWidget *leave;                          /* (not owned) */
  ShopcaissePageStep step;
  ShopcaisseToolkitFunc finished;
  gpointer user_data; /* of finished */
} View;

static void back_cb(View *self);
static void next_cb(View *self);
static void leave_cb(View *self);

static GtkWidget *
make_steps(View *self)
{
  GtkWidget *grid = gtk_grid_new();
  g_object_set(grid, "row-spacing", 6, "column-spacing", 6, "margin-start", 12, "margin-top", 12,
               NULL);
  for (guint i = 0; i < SHOPCAISSE_PAGE_N_STEPS; i++) {
    self->signs[i] = gtk_label_new(NULL);
    self->names[i] = shopcaisse_part_text_new(shopcaisse_page_step_get_title(i));
    g_object_set(self->signs[i], "width-chars", 2, NULL);
    g_object_set(self->names[i], "hexpand", FALSE, "width-chars", NAME_CHARS, "max-width-chars",
                 NAME_CHARS, NULL);
    shopcaisse_toolkit_attach(grid, self->signs[i], 0, (int)i);
    shopcaisse_toolkit_attach(grid, self->names[i], 1, (int)i);
  }
  return grid;
}

static GtkWidget *
append_button(View *self, GtkWidget *bar, const char *id, const char *label, GCallback clicked)
{
  GtkWidget *button = shopcaisse_part_button_new(id, label);
  shopcaisse_toolkit_append(bar, button);
  shopcaisse_part_connect(self->root, button, "clicked", clicked, self);
  return button;
}

static GtkWidget *
make_right(View *self)
{
  GtkWidget *column = shopcaisse_part_column_new();
  GtkWidget *bar = shopcaisse_part_bar_new();
  self->title = shopcaisse_part_heading_new(NULL);
  self->stack = gtk_stack_new();
  gtk_widget_set_vexpand(self->stack, TRUE);
  shopcaisse_toolkit_append(column, self->title);
  shopcaisse_toolkit_append(column, self->stack);
  self->back = append_button(self, bar, "shopcaisse-back", _("_Back"), G_CALLBACK(back_cb));
  self->next = append_button(self, bar, "shopcaisse-next", _("_Next"), G_CALLBACK(next_cb));
  self->leave = append_button(self, bar, "shopcaisse-leave-setup", _("Show all _settings"),
                              G_CALLBACK(leave_cb));
  shopcaisse_toolkit_append(column, bar);
  gtk_widget_set_hexpand(column, TRUE);
  return column;
}

/**
 * shopcaisse_setup_view_new:
 * @context: the page's
 * @finished: called when somebody leaves the set-up
 * @user_data: for @finished
 *
 * Makes the guided set-up, at the step that is due.
 *
 * Returns: (transfer floating): the set-up
 */
GtkWidget *
shopcaisse_setup_view_new(ShopcaissePageContext *context,
                          ShopcaisseToolkitFunc finished,
                          gpointer user_data)
{
  View *self = g_new0(View, 1);
  self->context = context;
  self->finished = finished;
  self->user_data = user_data;
  self->root = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
  g_object_set_data_full(G_OBJECT(self->root), VIEW_KEY, self, g_free);
  shopcaisse_toolkit_set_id(self->root, "shopcaisse-setup");
  shopcaisse_toolkit_append(self->root, make_steps(self));
  shopcaisse_toolkit_append(self->root, gtk_separator_new(GTK_ORIENTATION_VERTICAL));
  shopcaisse_toolkit_append(self->root, make_right(self));
  shopcaisse_setup_view_go_to_due(self->root);
  return self->root;
}

static void
show_step(View *self, guint i, const ShopcaissePageSetup *setup)
{
  gboolean is_needed = shopcaisse_page_setup_is_needed(setup, i);
  const char *sign = shopcaisse_page_setup_is_done(setup, i) ? "✓" : "○";
  gtk_label_set_text(GTK_LABEL(self->signs[i]), i == self->step ? "▸" : sign);
  gtk_widget_set_visible(self->signs[i], is_needed);
  gtk_widget_set_visible(self->names[i], is_needed);
  if (i == self->step)
    shopcaisse_toolkit_add_class(self->names[i], "shopcaisse-current");
  else
    shopcaisse_toolkit_remove_class(self->names[i], "shopcaisse-current");
}

static void
show_pane(View *self)
{
  const ShopcaisseStep *step = shopcaisse_step_get(self->step);
  if (self->panes[self->step] == NULL) {
    GtkWidget *pane = step->make(self->context);
    gtk_widget_show(pane);
    g_autofree char *name = g_strdup_printf("step-%d", (int)self->step);
    gtk_stack_add_named(GTK_STACK(self->stack), pane, name);
    self->panes[self->step] = pane;
  } else {
    step->update(self->panes[self->step], SHOPCAISSE_PAGE_TOPIC_WORK);
  }
  gtk_stack_set_visible_child(GTK_STACK(self->stack), self->panes[self->step]);
}

static void
show_frame(View *self)
{
  ShopcaissePageSetup setup;
  shopcaisse_page_model_get_setup(self->context->model, &setup);
  for (guint i = 0; i < SHOPCAISSE_PAGE_N_STEPS; i++)
    show_step(self, i, &setup);
  gtk_label_set_text(GTK_LABEL(self->title), shopcaisse_page_step_get_title(self->step));
  gtk_widget_set_sensitive(self->back,
                           shopcaisse_page_setup_find_former(&setup, self->step) != self->step);
  gtk_widget_set_sensitive(self->next, shopcaisse_page_setup_can_leave(&setup, self->step));
}

static void
go_to(View *self, ShopcaissePageStep step)
{
  self->step = step;
  show_pane(self);
  show_frame(self);
}

/**
 * shopcaisse_setup_view_go_to_due:
 * @view: the set-up
 *
 * Shows the first step that is not done.
 */
void
shopcaisse_setup_view_go_to_due(GtkWidget *view)
{
  View *self = g_object_get_data(G_OBJECT(view), VIEW_KEY);
  ShopcaissePageSetup setup;
  shopcaisse_page_model_get_setup(self->context->model, &setup);
  go_to(self, shopcaisse_page_setup_find_due(&setup));
}

/* A token that has just been accepted needs no button to go on: what it opens is shown at once. */
static void
advance(View *self)
{
  const ShopcaissePageWorkStatus *token =
      shopcaisse_page_model_get_work(self->context->model, SHOPCAISSE_PAGE_WORK_TOKEN, NULL);
  ShopcaissePageSetup setup;
  shopcaisse_page_model_get_setup(self->context->model, &setup);
  if (self->step == SHOPCAISSE_PAGE_STEP_TOKEN && setup.has_token &&
      token->state == SHOPCAISSE_PAGE_DONE) {
    shopcaisse_page_model_forget(self->context->model, SHOPCAISSE_PAGE_WORK_TOKEN);
    go_to(self, SHOPCAISSE_PAGE_STEP_CONNECTION);
  }
}

/**
 * shopcaisse_setup_view_update:
 * @view: the set-up
 * @topics: what has changed
 *
 * Shows it.
 */
void
shopcaisse_setup_view_update(GtkWidget *view, ShopcaissePageTopics topics)
{
  View *self = g_object_get_data(G_OBJECT(view), VIEW_KEY);
  for (guint i = 0; i < SHOPCAISSE_PAGE_N_STEPS; i++) {
    if (self->panes[i] != NULL)
      shopcaisse_step_get(i)->update(self->panes[i], topics);
  }
  advance(self);
  show_frame(self);
}

static void
back_cb(View *self)
{
  ShopcaissePageSetup setup;
  shopcaisse_page_model_get_setup(self->context->model, &setup);
  go_to(self, shopcaisse_page_setup_find_former(&setup, self->step));
}

static void
next_cb(View *self)
{
  ShopcaissePageSetup setup;
  shopcaisse_page_model_get_setup(self->context->model, &setup);
  if (shopcaisse_page_setup_can_leave(&setup, self->step))
    go_to(self, shopcaisse_page_setup_find_next(&setup, self->step));
}

static void
leave_cb(View *self)
{
  self->finished(self->user_data);
}
