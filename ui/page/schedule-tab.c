/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When a sale is sent; and the flows: how often each runs, when it did and will, running it now. */
#include "config.h"
#include "ui/format.h"
#include "ui/model/row.h"
#include "ui/page/rows.h"
#include "ui/page/setting-field.h"
#include "ui/page/tabs.h"

#include <glib/gi18n-lib.h>

#define TAB_KEY    "shopcaisse-schedule-tab"
#define FLOW_KEY   "shopcaisse-flow"
#define NAME_CHARS 28

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *sending;             /* (not owned): the settings of when a sale is sent */
  GtkWidget *rows;                /* (not owned) */
  GtkWidget *form;                /* (not owned): for a channel that tells of no flows */
} ScheduleTab;

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *name;                /* (not owned) */
  GtkWidget *state;               /* (not owned) */
  GtkWidget *times;               /* (not owned) */
  GtkWidget *run;                 /* (not owned) */
  GtkWidget *line;                /* (not owned) */
  GtkWidget *field;               /* (not owned) (nullable): its interval */
  char *task;                     /* (owned) */
} Flow;

static void run_cb(Flow *self);

static void
free_flow(gpointer data)
{
  Flow *self = data;
  g_free(self->task);
  g_free(self);
}

static GtkWidget *
make_flow(gpointer user_data, const char *id)
{
  Flow *self = g_new0(Flow, 1);
  GtkWidget *head = shopcaisse_part_bar_new();
  g_autofree char *run_id = g_strdup_printf("shopcaisse-run-%s", id);
  self->context = user_data;
  self->task = g_strdup(id);
  self->root = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);
  g_object_set_data_full(G_OBJECT(self->root), FLOW_KEY, self, free_flow);
  self->name = shopcaisse_part_heading_new(NULL);
  self->state = shopcaisse_part_text_new(NULL);
  self->times = shopcaisse_part_text_new(NULL);
  self->run = shopcaisse_part_button_new(run_id, _("Run now"));
  self->line = shopcaisse_work_line_new();
  g_object_set(self->name, "width-chars", NAME_CHARS, NULL);
  shopcaisse_toolkit_add_class(self->times, "shopcaisse-dim");
  shopcaisse_toolkit_append(head, self->name);
  shopcaisse_toolkit_append(head, self->run);
  shopcaisse_toolkit_append(self->root, head);
  shopcaisse_toolkit_append(self->root, self->state);
  shopcaisse_toolkit_append(self->root, self->times);
  shopcaisse_toolkit_append(self->root, self->line);
  shopcaisse_part_connect(self->root, self->run, "clicked", G_CALLBACK(run_cb), self);
  return self->root;
}

static char *
dup_state(GVariant *row)
{
  const char *state = shopcaisse_page_row_get_text(row, "state");
  const char *message = shopcaisse_page_row_get_text(row, "message");
  if (g_str_equal(state, "running"))
    return g_strdup(_("Running…"));
  if (g_str_equal(state, "off"))
    return g_strdup(_("– Off"));
  if (g_str_equal(state, "asked"))
    return g_strdup(message);
  if (!g_str_equal(state, "failed"))
    return g_strdup("");
  if (*message == '\0')
    return g_strdup(_("✗ The last run failed."));
  /* Translators: what follows is the reason, a sentence of its own. */
  return g_strdup_printf(_("✗ The last run failed: %s"), message);
}

static char *
dup_times(GVariant *row)
{
  const char *last = shopcaisse_page_row_get_text(row, "last_run");
  g_autofree char *next = shopcaisse_format_time(shopcaisse_page_row_get_text(row, "next_run"));
  if (g_str_equal(shopcaisse_page_row_get_text(row, "state"), "asked"))
    return g_strdup("");
  if (*last == '\0')
    return *next != '\0' ? g_strdup_printf(_("Never run yet; next at %s."), next)
                         : g_strdup(_("Never run yet."));
  g_autofree char *at = shopcaisse_format_time(last);
  g_autofree char *age = shopcaisse_format_age(last, g_get_real_time());
  if (*next == '\0' && g_str_equal(at, age)) /* too long ago to be told in days */
    return g_strdup_printf(_("Last run: %s."), at);
  if (*next == '\0')
    /* Translators: when something ran last, and how long ago that is. */
    return g_strdup_printf(_("Last run: %1$s (%2$s)."), at, age);
  /* Translators: when something ran last, how long ago that is, when it runs next. */
  return g_strdup_printf(_("Last run: %1$s (%2$s); next at %3$s."), at, age, next);
}

static void
show_field(Flow *self, GVariant *row)
{
  const char *setting = shopcaisse_page_row_get_text(row, "setting");
  ShopcaissePageSettings *settings = shopcaisse_page_model_get_settings(self->context->model);
  g_autoptr(GVariant) known = shopcaisse_page_settings_dup_row(settings, setting);
  if (self->field != NULL) {
    shopcaisse_setting_field_update(self->field);
  } else if (known != NULL) {
    self->field = shopcaisse_setting_field_new(self->context, setting);
    shopcaisse_toolkit_append(self->root, self->field);
  }
}

static void
fill_flow(GtkWidget *widget, GVariant *row, gpointer user_data)
{
  Flow *self = g_object_get_data(G_OBJECT(widget), FLOW_KEY);
  const char *name = shopcaisse_page_row_get_text(row, "name");
  g_autofree char *state = dup_state(row);
  g_autofree char *times = dup_times(row);
  const ShopcaissePageWorkStatus *status =
      shopcaisse_page_model_get_work(self->context->model, SHOPCAISSE_PAGE_WORK_TASK, self->task);
  /* Translators: a button, read aloud with what it runs. */
  g_autofree char *spoken = g_strdup_printf(_("Run now: %s"), name);
  gboolean is_running = status->state == SHOPCAISSE_PAGE_RUNNING ||
                        g_str_equal(shopcaisse_page_row_get_text(row, "state"), "running");

  gtk_label_set_text(GTK_LABEL(self->name), name);
  shopcaisse_part_show_text(self->state, state);
  shopcaisse_part_show_text(self->times, times);
  shopcaisse_toolkit_set_name(self->run, spoken);
  gtk_widget_set_sensitive(self->run,
                           shopcaisse_page_model_is_open(self->context->model) && !is_running);
  shopcaisse_work_line_show(self->line, status);
  show_field(self, row);
}

static void
run_cb(Flow *self)
{
  shopcaisse_page_model_run(self->context->model, self->task);
}

static gboolean
is_interval(const char *key)
{
  return g_str_has_suffix(key, "-interval");
}

static const ShopcaisseRowsKind flows = { "flows", N_("What runs by itself, and how often"),
                                          N_("Nothing runs yet: no store has been chosen."),
                                          make_flow, fill_flow };

static void update(GtkWidget *tab, ShopcaissePageTopics topics);

static GtkWidget *
make(ShopcaissePageContext *context)
{
  ScheduleTab *self = g_new0(ScheduleTab, 1);
  GtkWidget *column = shopcaisse_part_column_new();
  self->context = context;
  self->root = shopcaisse_toolkit_scrolled_new(column);
  g_object_set_data_full(G_OBJECT(self->root), TAB_KEY, self, g_free);
  shopcaisse_toolkit_set_name(self->root, _("Schedule"));
  self->sending = shopcaisse_settings_form_new(context, shopcaisse_page_settings_is_sending);
  self->rows = shopcaisse_rows_new(context, &flows, context);
  self->form = shopcaisse_settings_form_new(context, is_interval);
  shopcaisse_toolkit_append(column, self->sending);
  shopcaisse_toolkit_append(column, self->rows);
  shopcaisse_toolkit_append(column, self->form);
  update(self->root, SHOPCAISSE_PAGE_TOPIC_WORK);
  return self->root;
}

static void
update(GtkWidget *tab, ShopcaissePageTopics topics)
{
  ScheduleTab *self = g_object_get_data(G_OBJECT(tab), TAB_KEY);
  if ((topics & SHOPCAISSE_PAGE_TOPIC_LISTS) != 0)
    shopcaisse_rows_reload(self->rows);
  shopcaisse_rows_update(self->rows);
  shopcaisse_settings_form_update(self->sending);
  shopcaisse_settings_form_update(self->form);
  gtk_widget_set_visible(self->form, shopcaisse_rows_is_empty(self->rows));
}

const ShopcaisseTab shopcaisse_schedule_tab = {
  .id = "shopcaisse-tab-schedule",
  .title = N_("_Schedule"),
  .make = make,
  .update = update,
};
