/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an article may be linked to, with the reason on each button. A channel that has no such list
 * offers nothing. */
#include "ui/page/suggestions.h"

#include "config.h"
#include "ui/model/columns.h"
#include "ui/model/row.h"

#include <comptoir/comptoir-row.h>
#include <glib/gi18n-lib.h>

#define SUGGESTIONS_KEY "shopcaisse-suggestions"
#define SHOWN_MAX       3 /* more would leave a small screen no room to search */

typedef struct {
  ShopcaissePageContext *context; /* (not owned): outlives all parts */
  ShopcaissePageSide side;        /* of what is to be linked */
  ShopcaisseSuggestionChosen chosen;
  gpointer user_data; /* of chosen */
  GtkWidget *root;    /* (not owned): this */
  GtkWidget *buttons; /* (not owned) */
  GListModel *list;   /* (owned) (nullable) */
} Suggestions;

static void list_cb(Suggestions *self);
static void button_cb(GtkWidget *button, gpointer user_data);

static void
drop_list(Suggestions *self)
{
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data(self->list, self);
  g_clear_object(&self->list);
}

static void
free_suggestions(gpointer data)
{
  Suggestions *self = data;
  drop_list(self);
  g_free(self);
}

/**
 * shopcaisse_suggestions_new:
 * @context: the page's
 * @side: which side the articles are on that are to be linked
 * @chosen: hears of the choice
 * @user_data: for @chosen; lives at least as long
 *
 * Makes the suggestions, of nothing yet.
 *
 * Returns: (transfer floating): the suggestions
 */
GtkWidget *
shopcaisse_suggestions_new(ShopcaissePageContext *context,
                           ShopcaissePageSide side,
                           ShopcaisseSuggestionChosen chosen,
                           gpointer user_data)
{
  Suggestions *self = g_new0(Suggestions, 1);
  self->context = context;
  self->side = side;
  self->chosen = chosen;
  self->user_data = user_data;
  self->root = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  self->buttons = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_halign(self->buttons, GTK_ALIGN_START);
  g_object_set_data_full(G_OBJECT(self->root), SUGGESTIONS_KEY, self, free_suggestions);
  shopcaisse_toolkit_append(self->root, shopcaisse_part_text_new(_("Perhaps it is one of these:")));
  shopcaisse_toolkit_append(self->root, self->buttons);
  gtk_widget_set_visible(self->root, FALSE);
  return self->root;
}

/**
 * shopcaisse_suggestions_ask:
 * @suggestions: the suggestions
 * @id: of what is to be linked
 *
 * Asks the channel what is like it.
 */
void
shopcaisse_suggestions_ask(GtkWidget *suggestions, const char *id)
{
  Suggestions *self = g_object_get_data(G_OBJECT(suggestions), SUGGESTIONS_KEY);
  GVariant *query = self->side == SHOPCAISSE_PAGE_SIDE_ITEMS
                        ? g_variant_new_parsed("{'item': <%s>}", id)
                        : g_variant_new_parsed("{'article': <%s>}", id);
  drop_list(self);
  self->list = shopcaisse_page_model_list(self->context->model, "suggestions", query);
  g_signal_connect_swapped(self->list, "items-changed", G_CALLBACK(list_cb), self);
  list_cb(self);
}

static const char *
get_reason(GVariant *row)
{
  const char *likeness = shopcaisse_page_row_get_text(row, "likeness");
  if (g_str_equal(likeness, "barcode"))
    return _("Same barcode");
  if (g_str_equal(likeness, "reference"))
    return _("Same reference");
  return _("Same name");
}

static void
append_button(Suggestions *self, GVariant *row, guint index)
{
  guint n_columns = 0;
  const ShopcaissePageColumn *columns =
      shopcaisse_page_columns_get(SHOPCAISSE_PAGE_TABLE_ARTICLES, &n_columns);
  g_autofree char *name = columns[0].dup_text(row);
  /* Translators: an article that may be meant, and what it has in common, as "Same barcode". */
  g_autofree char *text = g_strdup_printf(_("%1$s – %2$s"), name, get_reason(row));
  g_autofree char *id = g_strdup_printf("shopcaisse-suggestion-%u", index);
  GtkWidget *button = gtk_button_new_with_label(text);
  shopcaisse_toolkit_set_id(button, id);
  shopcaisse_toolkit_set_name(button, text);
  g_object_set_data_full(G_OBJECT(button), SUGGESTIONS_KEY, g_variant_ref(row),
                         (GDestroyNotify)g_variant_unref);
  g_signal_connect(button, "clicked", G_CALLBACK(button_cb), self);
  shopcaisse_toolkit_append(self->buttons, button);
}

static void
list_cb(Suggestions *self)
{
  guint n_rows = MIN(g_list_model_get_n_items(self->list), SHOWN_MAX);
  guint n_shown = 0;
  shopcaisse_toolkit_remove_all(self->buttons);
  for (guint i = 0; i < n_rows; i++) {
    g_autoptr(ComptoirRow) row = g_list_model_get_item(self->list, i);
    GVariant *values = comptoir_row_get_values(row);
    if (values != NULL)
      append_button(self, values, n_shown++);
    else
      shopcaisse_part_connect(self->root, row, "notify::values", G_CALLBACK(list_cb), self);
  }
  gtk_widget_set_visible(self->root, n_shown > 0);
}

static void
button_cb(GtkWidget *button, gpointer user_data)
{
  Suggestions *self = user_data;
  g_autoptr(GVariant) row = g_variant_ref(g_object_get_data(G_OBJECT(button), SUGGESTIONS_KEY));
  self->chosen(row, self->user_data);
}
