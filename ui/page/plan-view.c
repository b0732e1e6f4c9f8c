/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The dry run as a table. Only the plan that is shown is made. */
#include "ui/page/plan-view.h"

#include "config.h"
#include "ui/model/row.h"
#include "ui/page/long-list.h"

#include <glib/gi18n-lib.h>

#define VIEW_KEY "shopcaisse-plan-view"

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *compare;             /* (not owned) */
  GtkWidget *apply;               /* (not owned) */
  GtkWidget *undo;                /* (not owned) */
  GtkWidget *counts;              /* (not owned) */
  GtkWidget *list;                /* (not owned) */
  GtkWidget *lines[3];            /* (not owned): of the three works */
  char *plan;                     /* (owned): which is shown, "" for none */
} View;

static const ShopcaissePageWork works[] = { SHOPCAISSE_PAGE_WORK_PLAN, SHOPCAISSE_PAGE_WORK_APPLY,
                                            SHOPCAISSE_PAGE_WORK_UNDO };

static const ShopcaisseLongListKind lines_kind = {
  .list = "plan",
  .table = SHOPCAISSE_PAGE_TABLE_PLAN,
  .id = "shopcaisse-plan",
  .name = N_("Proposed changes"),
  .empty = N_("Press “Compare” to see what would be changed. Nothing is written by that."),
};

static void compare_cb(View *self);
static void apply_cb(View *self);
static void undo_cb(View *self);

static void
free_view(gpointer data)
{
  View *self = data;
  g_free(self->plan);
  g_free(self);
}

static GtkWidget *
append_button(View *self, GtkWidget *bar, const char *id, const char *label, GCallback clicked)
{
  GtkWidget *button = shopcaisse_part_button_new(id, label);
  shopcaisse_toolkit_append(bar, button);
  shopcaisse_part_connect(self->root, button, "clicked", clicked, self);
  return button;
}

/**
 * shopcaisse_plan_view_new:
 * @context: the page's
 *
 * Makes the table of what would be changed.
 *
 * Returns: (transfer floating): the table with its buttons
 */
GtkWidget *
shopcaisse_plan_view_new(ShopcaissePageContext *context)
{
  View *self = g_new0(View, 1);
  GtkWidget *bar = shopcaisse_part_bar_new();
  self->context = context;
  self->plan = g_strdup("");
  self->root = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  g_object_set_data_full(G_OBJECT(self->root), VIEW_KEY, self, free_view);
  self->compare =
      append_button(self, bar, "shopcaisse-compare", _("Com_pare"), G_CALLBACK(compare_cb));
  self->apply =
      append_button(self, bar, "shopcaisse-apply", _("_Make these changes"), G_CALLBACK(apply_cb));
  self->undo =
      append_button(self, bar, "shopcaisse-undo", _("Take them _back"), G_CALLBACK(undo_cb));
  self->counts = shopcaisse_part_text_new(NULL);
  self->list = shopcaisse_long_list_new(context, &lines_kind);
  shopcaisse_toolkit_append(self->root, bar);
  for (gsize i = 0; i < G_N_ELEMENTS(works); i++) {
    self->lines[i] = shopcaisse_work_line_new();
    shopcaisse_toolkit_append(self->root, self->lines[i]);
  }
  shopcaisse_toolkit_append(self->root, self->counts);
  shopcaisse_toolkit_append(self->root, self->list);
  shopcaisse_plan_view_update(self->root);
  return self->root;
}

static const ShopcaissePageWorkStatus *
get_work(View *self, ShopcaissePageWork work)
{
  return shopcaisse_page_model_get_work(self->context->model, work, NULL);
}

static gboolean
is_running(View *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS(works); i++) {
    if (get_work(self, works[i])->state == SHOPCAISSE_PAGE_RUNNING)
      return TRUE;
  }
  return FALSE;
}

static char *
dup_counts(GVariant *plan)
{
  if (plan == NULL)
    return g_strdup("");
  /* Translators: numbers of articles that would be made, changed, removed, linked. */
  return g_strdup_printf(
      _("New: %1$u. Changed: %2$u. Removed: %3$u. Links: %4$u. Ambiguous: %5$u."),
      shopcaisse_page_row_get_number(plan, "create"),
      shopcaisse_page_row_get_number(plan, "update"),
      shopcaisse_page_row_get_number(plan, "delete"), shopcaisse_page_row_get_number(plan, "links"),
      shopcaisse_page_row_get_number(plan, "ambiguous"));
}

static gboolean
has_changes(GVariant *plan)
{
  static const char *const changes[] = { "create", "update", "delete", "links" };
  for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
    if (shopcaisse_page_row_get_number(plan, changes[i]) > 0)
      return TRUE;
  }
  return FALSE;
}

static void
show_plan(View *self, GVariant *plan)
{
  const char *id = shopcaisse_page_row_get_text(plan, "plan");
  if (g_str_equal(id, self->plan))
    return;
  g_free(self->plan);
  self->plan = g_strdup(id);
  shopcaisse_page_query_set(&shopcaisse_long_list_get_query(self->list)->plan, id);
  shopcaisse_long_list_reload(self->list);
}

/**
 * shopcaisse_plan_view_update:
 * @view: the table
 *
 * Shows how the plan is.
 */
void
shopcaisse_plan_view_update(GtkWidget *view)
{
  View *self = g_object_get_data(G_OBJECT(view), VIEW_KEY);
  GVariant *plan = get_work(self, SHOPCAISSE_PAGE_WORK_PLAN)->answer;
  const ShopcaissePageWorkStatus *applied = get_work(self, SHOPCAISSE_PAGE_WORK_APPLY);
  gboolean can_ask = shopcaisse_page_model_is_open(self->context->model) && !is_running(self);
  g_autofree char *counts = dup_counts(plan);
  gboolean is_applied = applied->state == SHOPCAISSE_PAGE_DONE &&
                        get_work(self, SHOPCAISSE_PAGE_WORK_UNDO)->state != SHOPCAISSE_PAGE_DONE;

  show_plan(self, plan);
  shopcaisse_part_show_text(self->counts, counts);
  for (gsize i = 0; i < G_N_ELEMENTS(works); i++)
    shopcaisse_work_line_show(self->lines[i], get_work(self, works[i]));
  gtk_widget_set_sensitive(self->compare, can_ask);
  gtk_widget_set_sensitive(self->apply, can_ask && has_changes(plan) && !is_applied);
  gtk_widget_set_sensitive(self->undo, can_ask && is_applied);
}

/* What was said of the former plan would be taken for this one's. */
static void
compare_cb(View *self)
{
  shopcaisse_page_model_forget(self->context->model, SHOPCAISSE_PAGE_WORK_APPLY);
  shopcaisse_page_model_forget(self->context->model, SHOPCAISSE_PAGE_WORK_UNDO);
  shopcaisse_page_model_perform(self->context->model, SHOPCAISSE_PAGE_WORK_PLAN, NULL, NULL);
}

static void
apply_cb(View *self)
{
  shopcaisse_page_model_forget(self->context->model, SHOPCAISSE_PAGE_WORK_UNDO);
  shopcaisse_page_model_perform(self->context->model, SHOPCAISSE_PAGE_WORK_APPLY, NULL,
                                g_variant_new_parsed("{'plan': <%s>}", self->plan));
}

static void
undo_cb(View *self)
{
  shopcaisse_page_model_perform(self->context->model, SHOPCAISSE_PAGE_WORK_UNDO, NULL,
                                g_variant_new_parsed("{'plan': <%s>}", self->plan));
}
