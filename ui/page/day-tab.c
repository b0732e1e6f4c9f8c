/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The day close: what was sold here and what the till recorded, to the cent. */
#include "config.h"
#include "ui/model/day.h"
#include "ui/page/day-files.h"
#include "ui/page/tabs.h"

#include <glib/gi18n-lib.h>

#define TAB_KEY   "shopcaisse-day-tab"
#define DAY_CHARS 12
#define SPACING   18

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *day;                 /* (not owned) */
  GtkWidget *compare;             /* (not owned) */
  GtkWidget *line;                /* (not owned) */
  GtkWidget *hint;                /* (not owned): before anything was compared */
  GtkWidget *grid;                /* (not owned) */
  GtkWidget *files;               /* (not owned) */
  GVariant *report;               /* (owned) (nullable): which is shown */
} DayTab;

static void changed_cb(DayTab *self);
static void former_cb(DayTab *self);
static void later_cb(DayTab *self);
static void compare_cb(DayTab *self);
static void update(GtkWidget *tab, ShopcaissePageTopics topics);

static void
free_tab(gpointer data)
{
  DayTab *self = data;
  g_clear_pointer(&self->report, g_variant_unref);
  g_free(self);
}

static GtkWidget *
append_button(DayTab *self, GtkWidget *bar, const char *id, const char *label, GCallback clicked)
{
  GtkWidget *button = shopcaisse_part_button_new(id, label);
  shopcaisse_toolkit_append(bar, button);
  shopcaisse_part_connect(self->root, button, "clicked", clicked, self);
  return button;
}

static void
append_bar(DayTab *self, GtkWidget *column)
{
  GtkWidget *bar = shopcaisse_part_bar_new();
  GtkWidget *label = gtk_label_new_with_mnemonic(_("Da_y"));
  g_autofree char *today = shopcaisse_page_day_dup_other("", 0);
  self->day = shopcaisse_part_entry_new("shopcaisse-day", label, _("Day"));
  g_object_set(self->day, "width-chars", DAY_CHARS, "hexpand", FALSE, NULL);
  shopcaisse_toolkit_set_text(self->day, today);
  shopcaisse_toolkit_append(bar, label);
  append_button(self, bar, "shopcaisse-day-former", _("_Earlier"), G_CALLBACK(former_cb));
  shopcaisse_toolkit_append(bar, self->day);
  append_button(self, bar, "shopcaisse-day-later", _("_Later"), G_CALLBACK(later_cb));
  self->compare = append_button(self, bar, "shopcaisse-day-compare", _("Com_pare with the till"),
                                G_CALLBACK(compare_cb));
  shopcaisse_toolkit_append(column, bar);
  shopcaisse_part_connect(self->root, self->day, "activate", G_CALLBACK(compare_cb), self);
  shopcaisse_part_connect(self->root, self->day, "changed", G_CALLBACK(changed_cb), self);
}

static GtkWidget *
make(ShopcaissePageContext *context)
{
  DayTab *self = g_new0(DayTab, 1);
  GtkWidget *column = shopcaisse_part_column_new();
  self->context = context;
  self->root = shopcaisse_toolkit_scrolled_new(column);
  g_object_set_data_full(G_OBJECT(self->root), TAB_KEY, self, free_tab);
  shopcaisse_toolkit_set_name(self->root, _("Day close"));
  self->line = shopcaisse_work_line_new();
  self->hint = shopcaisse_part_text_new(
      _("Choose a day. Its sales are read from the till and compared with those of this program, "
        "to the cent."));
  self->grid = gtk_grid_new();
  gtk_grid_set_column_spacing(GTK_GRID(self->grid), SPACING);
  append_bar(self, column);
  shopcaisse_toolkit_append(column, self->hint);
  shopcaisse_toolkit_append(column, self->line);
  shopcaisse_toolkit_append(column, self->grid);
  self->files = shopcaisse_day_files_new(context);
  shopcaisse_toolkit_append(column, self->files);
  update(self->root, SHOPCAISSE_PAGE_TOPIC_WORK);
  return self->root;
}

static void
append_cells(DayTab *self, const ShopcaissePageDayLine *line, int row)
{
  GtkWidget *name = line->is_heading ? shopcaisse_part_heading_new(line->name)
                                     : shopcaisse_part_text_new(line->name);
  GtkWidget *value = gtk_label_new(line->value);
  GtkWidget *note = shopcaisse_part_text_new(line->note);
  gtk_widget_set_hexpand(name, FALSE);
  gtk_widget_set_valign(name, GTK_ALIGN_START);
  g_object_set(value, "xalign", 1.0f, "valign", GTK_ALIGN_START, NULL);
  shopcaisse_toolkit_add_class(note, "shopcaisse-dim");
  shopcaisse_toolkit_attach(self->grid, name, 0, row);
  shopcaisse_toolkit_attach(self->grid, value, 1, row);
  shopcaisse_toolkit_attach(self->grid, note, 2, row);
}

static void
show_report(DayTab *self, GVariant *report)
{
  if (report == self->report)
    return;
  g_clear_pointer(&self->report, g_variant_unref);
  self->report = report != NULL ? g_variant_ref(report) : NULL;
  shopcaisse_toolkit_remove_all(self->grid);
  g_autoptr(GPtrArray) lines = shopcaisse_page_day_list_lines(report);
  for (guint i = 0; i < lines->len; i++)
    append_cells(self, lines->pdata[i], (int)i);
}

static void
update(GtkWidget *tab, ShopcaissePageTopics topics)
{
  DayTab *self = g_object_get_data(G_OBJECT(tab), TAB_KEY);
  const ShopcaissePageWorkStatus *status =
      shopcaisse_page_model_get_work(self->context->model, SHOPCAISSE_PAGE_WORK_DAY, NULL);
  gboolean is_date = shopcaisse_page_day_is_date(shopcaisse_toolkit_get_text(self->day));
  shopcaisse_work_line_show(self->line, status);
  gtk_widget_set_visible(self->hint, status->state == SHOPCAISSE_PAGE_IDLE);
  show_report(self, status->answer);
  shopcaisse_day_files_update(self->files, status->answer);
  gtk_widget_set_sensitive(self->compare, shopcaisse_page_model_is_open(self->context->model) &&
                                              is_date && status->state != SHOPCAISSE_PAGE_RUNNING);
  if (is_date)
    shopcaisse_toolkit_remove_class(self->day, "error");
  else
    shopcaisse_toolkit_add_class(self->day, "error");
}

static void
move(DayTab *self, int n_days)
{
  g_autofree char *day =
      shopcaisse_page_day_dup_other(shopcaisse_toolkit_get_text(self->day), n_days);
  shopcaisse_toolkit_set_text(self->day, day);
}

static void
changed_cb(DayTab *self)
{
  update(self->root, SHOPCAISSE_PAGE_TOPIC_WORK);
}

static void
former_cb(DayTab *self)
{
  move(self, -1);
}

static void
later_cb(DayTab *self)
{
  move(self, 1);
}

static void
compare_cb(DayTab *self)
{
  const char *day = shopcaisse_toolkit_get_text(self->day);
  if (shopcaisse_page_day_is_date(day))
    shopcaisse_page_model_perform(self->context->model, SHOPCAISSE_PAGE_WORK_DAY, NULL,
                                  g_variant_new_parsed("{'day': <%s>}", day));
}

const ShopcaisseTab shopcaisse_day_tab = {
  .id = "shopcaisse-tab-day",
  .title = N_("_Day close"),
  .make = make,
  .update = update,
};
