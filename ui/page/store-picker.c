/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The store: said when there is one, picked when there are several. */
#include "ui/page/store-picker.h"

#include "config.h"
#include "ui/model/row.h"
#include "ui/page/long-list.h"

#include <glib/gi18n-lib.h>

#define PICKER_KEY "shopcaisse-store-picker"
#define SETTING    "store"

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  GtkWidget *root;                /* (not owned): this */
  GtkWidget *bound;               /* (not owned) */
  GtkWidget *other;               /* (not owned): of the other stores */
  GtkWidget *list;                /* (not owned) */
  GtkWidget *use;                 /* (not owned) */
  GtkWidget *line;                /* (not owned) */
} Picker;

static const ShopcaisseLongListKind stores_kind = {
  .list = "stores",
  .table = SHOPCAISSE_PAGE_TABLE_STORES,
  .id = "shopcaisse-stores",
  .name = N_("Stores"),
  .empty = N_("This token opens no store. Tick a store in the application and paste its token."),
  .search = N_("Search stores"),
};

static void select_cb(gpointer user_data);
static void use_cb(gpointer user_data);

/**
 * shopcaisse_store_picker_new:
 * @context: the page's
 *
 * Makes the choice of a store.
 *
 * Returns: (transfer floating): the list with its button
 */
GtkWidget *
shopcaisse_store_picker_new(ShopcaissePageContext *context)
{
  Picker *self = g_new0(Picker, 1);
  self->context = context;
  self->root = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  g_object_set_data_full(G_OBJECT(self->root), PICKER_KEY, self, g_free);
  self->bound = shopcaisse_part_text_new(NULL);
  self->other = shopcaisse_part_text_new(
      _("One store belongs to one set of books. For another store, set it up in the books of that "
        "place: its own company, database or place of sale in this program, with this page."));
  shopcaisse_toolkit_add_class(self->other, "shopcaisse-dim");
  self->list = shopcaisse_long_list_new(context, &stores_kind);
  self->use = shopcaisse_part_button_new("shopcaisse-use-store", _("_Use this store"));
  self->line = shopcaisse_work_line_new();
  gtk_widget_set_halign(self->use, GTK_ALIGN_START);
  shopcaisse_toolkit_append(self->root, self->bound);
  shopcaisse_toolkit_append(self->root, self->list);
  shopcaisse_toolkit_append(self->root, self->use);
  shopcaisse_toolkit_append(self->root, self->other);
  shopcaisse_toolkit_append(self->root, self->line);
  shopcaisse_part_connect(self->root, self->use, "clicked", G_CALLBACK(use_cb), self);
  shopcaisse_long_list_watch(self->list, select_cb, use_cb, self);
  shopcaisse_long_list_reload(self->list);
  shopcaisse_store_picker_update(self->root);
  return self->root;
}

static char *
dup_bound(Picker *self)
{
  ShopcaissePageSettings *settings = shopcaisse_page_model_get_settings(self->context->model);
  g_autofree char *error = shopcaisse_page_settings_dup_error(settings, SETTING);
  g_autofree char *value = shopcaisse_page_settings_dup_value(settings, SETTING);
  g_autofree char *label = shopcaisse_page_settings_dup_choice(settings, SETTING);
  if (error != NULL)
    return g_steal_pointer(&error);
  if (*value == '\0')
    return g_strdup(_("Choose the store that receives the sales of this program."));
  return g_strdup_printf(_("Bound to the store %s."), label);
}

static const char *
get_selected_id(Picker *self)
{
  GVariant *row = shopcaisse_long_list_get_selected(self->list);
  return shopcaisse_page_row_is_false(row, "usable") ? "" : shopcaisse_page_row_get_text(row, "id");
}

/**
 * shopcaisse_store_picker_update:
 * @picker: the choice
 *
 * Shows which store is chosen.
 */
void
shopcaisse_store_picker_update(GtkWidget *picker)
{
  Picker *self = g_object_get_data(G_OBJECT(picker), PICKER_KEY);
  ShopcaissePageModel *model = self->context->model;
  ShopcaissePageSettings *settings = shopcaisse_page_model_get_settings(model);
  g_autofree char *value = shopcaisse_page_settings_dup_value(settings, SETTING);
  g_autofree char *bound = dup_bound(self);
  const char *selected = get_selected_id(self);
  shopcaisse_part_show_text(self->bound, bound);
  shopcaisse_work_line_show(
      self->line, shopcaisse_page_model_get_work(model, SHOPCAISSE_PAGE_WORK_SETTINGS, NULL));
  gtk_widget_set_sensitive(self->use, shopcaisse_page_model_is_open(model) && *selected != '\0' &&
                                          !g_str_equal(selected, value));
}

static void
select_cb(gpointer user_data)
{
  Picker *self = user_data;
  shopcaisse_store_picker_update(self->root);
}

static void
use_cb(gpointer user_data)
{
  Picker *self = user_data;
  const char *id = get_selected_id(self);
  if (*id != '\0')
    shopcaisse_page_model_change(self->context->model, SETTING, id);
}
