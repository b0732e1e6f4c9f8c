/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What happened, and what support needs to know of it. */
#include "config.h"
#include "ui/list-view.h"
#include "ui/model/row.h"
#include "ui/model/sentence.h"
#include "ui/page/filter-bar.h"
#include "ui/page/long-list.h"
#include "ui/page/setting-field.h"
#include "ui/page/tabs.h"

#include <glib/gi18n-lib.h>

#define TAB_KEY "shopcaisse-journal-tab"

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *list;                /* (not owned) */
  GtkWidget *form;                /* (not owned): the detailed log */
  GtkWidget *copy;                /* (not owned) */
  GtkWidget *line;                /* (not owned) */
  GtkWidget *text;                /* (not owned): the whole of the selected line */
  ShopcaissePageWorkState former; /* of the support bundle, as shown last */
} JournalTab;

static const ShopcaisseFilter filters[] = {
  { "", N_("All") },
  { "info", N_("Notes") },
  { "warning", N_("Warnings") },
  { "error", N_("Errors") },
};

static const ShopcaisseLongListKind journal_kind = {
  .list = "journal",
  .table = SHOPCAISSE_PAGE_TABLE_JOURNAL,
  .id = "shopcaisse-journal",
  .name = N_("Journal"),
  .empty = N_("Nothing has happened yet."),
  .search = N_("Search the journal"),
};

static void select_cb(gpointer user_data);
static void copy_cb(JournalTab *self);
static void update(GtkWidget *tab, ShopcaissePageTopics topics);

static void
filter_cb(gpointer user_data, const char *level)
{
  JournalTab *self = user_data;
  if (shopcaisse_page_query_set(&shopcaisse_long_list_get_query(self->list)->level, level))
    shopcaisse_long_list_reload(self->list);
}

static gboolean
is_debug(const char *key)
{
  return g_str_equal(key, "debug");
}

static GtkWidget *
make(ShopcaissePageContext *context)
{
  JournalTab *self = g_new0(JournalTab, 1);
  self->context = context;
  self->root = shopcaisse_part_column_new();
  g_object_set_data_full(G_OBJECT(self->root), TAB_KEY, self, g_free);
  self->list = shopcaisse_long_list_new(context, &journal_kind);
  self->text = shopcaisse_part_detail_new("shopcaisse-journal-details");
  self->form = shopcaisse_settings_form_new(context, is_debug);
  self->copy = shopcaisse_part_button_new("shopcaisse-support", _("Copy the support _bundle"));
  self->line = shopcaisse_work_line_new();
  gtk_widget_set_halign(self->copy, GTK_ALIGN_START);
  shopcaisse_toolkit_append(self->root,
                            shopcaisse_filter_bar_new("shopcaisse-journal-filter", filters,
                                                      G_N_ELEMENTS(filters), filter_cb, self));
  shopcaisse_toolkit_append(self->root, self->list);
  shopcaisse_toolkit_append(self->root, self->text);
  shopcaisse_toolkit_append(self->root, self->copy);
  shopcaisse_toolkit_append(self->root, self->line);
  shopcaisse_toolkit_append(self->root, self->form);
  shopcaisse_part_connect(self->root, self->copy, "clicked", G_CALLBACK(copy_cb), self);
  shopcaisse_long_list_watch(self->list, select_cb, NULL, self);
  shopcaisse_long_list_reload(self->list);
  update(self->root, SHOPCAISSE_PAGE_TOPIC_WORK);
  return self->root;
}

static void
select_cb(gpointer user_data)
{
  JournalTab *self = user_data;
  GVariant *row = shopcaisse_long_list_get_selected(self->list);
  g_autofree char *text = shopcaisse_page_sentence_dup(shopcaisse_page_row_get_text(row, "text"));
  GtkWidget *rows = shopcaisse_list_view_get_focus(shopcaisse_long_list_get_view(self->list));
  shopcaisse_part_show_detail(self->text, rows, text);
}

static void
follow(JournalTab *self, const ShopcaissePageWorkStatus *status)
{
  if (self->former == SHOPCAISSE_PAGE_RUNNING && status->state == SHOPCAISSE_PAGE_DONE)
    shopcaisse_toolkit_copy(self->root, shopcaisse_page_row_get_text(status->answer, "text"));
  self->former = status->state;
}

static void
update(GtkWidget *tab, ShopcaissePageTopics topics)
{
  JournalTab *self = g_object_get_data(G_OBJECT(tab), TAB_KEY);
  const ShopcaissePageWorkStatus *status =
      shopcaisse_page_model_get_work(self->context->model, SHOPCAISSE_PAGE_WORK_SUPPORT, NULL);
  if ((topics & SHOPCAISSE_PAGE_TOPIC_LISTS) != 0)
    shopcaisse_long_list_reload(self->list);
  select_cb(self);
  shopcaisse_settings_form_update(self->form);
  shopcaisse_work_line_show(self->line, status);
  gtk_widget_set_sensitive(self->copy, shopcaisse_page_model_is_open(self->context->model) &&
                                           status->state != SHOPCAISSE_PAGE_RUNNING);
  follow(self, status);
}

static void
copy_cb(JournalTab *self)
{
  shopcaisse_page_model_perform(self->context->model, SHOPCAISSE_PAGE_WORK_SUPPORT, NULL,
                                g_variant_new_parsed("{'kind': <'support'>, 'format': <'text'>}"));
  update(self->root, SHOPCAISSE_PAGE_TOPIC_WORK);
}

const ShopcaisseTab shopcaisse_journal_tab = {
  .id = "shopcaisse-tab-journal",
  .title = N_("_Journal"),
  .make = make,
  .update = update,
};
