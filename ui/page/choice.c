/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One of several, alike in both toolkits: GTK 3 has no drop-down that can be searched. */
#include "ui/page/choice.h"

#include "config.h"
#include "ui/model/row.h"
#include "ui/page/parts.h"

#include <glib/gi18n-lib.h>

#define CHOICE_KEY  "shopcaisse-choice"
#define LABEL_KEY   "shopcaisse-choice-label"
#define SEARCH_FROM 10 /* choices; fewer are seen at a glance */
#define HEIGHT_MIN  40
#define LABEL_CHARS 48 /* a longer one is told whole to who stays on it */
#define HEIGHT_MAX  280

typedef struct {
  GtkWidget *button;  /* (not owned): this */
  GtkWidget *popover; /* (not owned) (nullable): made when first opened, as the two in it */
  GtkWidget *search;  /* (not owned) (nullable) */
  GtkWidget *list;    /* (not owned) (nullable) */
  char *name;         /* (owned): what is chosen, in words */
  GVariant *choices;  /* (owned): aa{sv} */
  char *value;        /* (owned) */
  ShopcaisseChoiceChosen chosen;
  gpointer user_data; /* of chosen */
} Choice;

static void open_cb(Choice *self);
static void search_cb(Choice *self);
static void activate_cb(Choice *self, GtkListBoxRow *row);
static gboolean is_found(GtkListBoxRow *row, gpointer user_data);

static Choice *
get_choice(GtkWidget *widget)
{
  return g_object_get_data(G_OBJECT(widget), CHOICE_KEY);
}

static void
free_choice(gpointer data)
{
  Choice *self = data;
  g_variant_unref(self->choices);
  g_free(self->value);
  g_free(self->name);
  g_free(self);
}

static GtkWidget *
make_pane(GtkWidget *list)
{
  GtkWidget *pane = shopcaisse_toolkit_scrolled_new(list);
  g_object_set(pane, "min-content-height", HEIGHT_MIN, "max-content-height", HEIGHT_MAX,
               "propagate-natural-height", TRUE, "propagate-natural-width", TRUE, NULL);
  return pane;
}

static void
make_popover(Choice *self)
{
  GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
  self->search = gtk_search_entry_new();
  self->list = gtk_list_box_new();
  shopcaisse_toolkit_set_name(self->search, _("Search the choices"));
  shopcaisse_toolkit_set_name(self->list, self->name);
  gtk_list_box_set_filter_func(GTK_LIST_BOX(self->list), is_found, self, NULL);
  gtk_list_box_set_selection_mode(GTK_LIST_BOX(self->list), GTK_SELECTION_BROWSE);
  shopcaisse_toolkit_append(column, self->search);
  shopcaisse_toolkit_append(column, make_pane(self->list));
  self->popover = shopcaisse_toolkit_popover_new(self->button, column);
  shopcaisse_part_connect(self->button, self->search, "search-changed", G_CALLBACK(search_cb),
                          self);
  shopcaisse_part_connect(self->button, self->list, "row-activated", G_CALLBACK(activate_cb), self);
}

/**
 * shopcaisse_choice_new:
 * @id: its name for programs
 * @name: what is chosen, in words
 *
 * Makes a choice of nothing yet.
 *
 * Returns: (transfer floating): a button
 */
GtkWidget *
shopcaisse_choice_new(const char *id, const char *name)
{
  Choice *self = g_new0(Choice, 1);
  self->button = gtk_button_new_with_label("");
  self->name = g_strdup(name);
  self->value = g_strdup("");
  self->choices = g_variant_ref_sink(g_variant_new("aa{sv}", NULL));
  g_object_set_data_full(G_OBJECT(self->button), CHOICE_KEY, self, free_choice);
  shopcaisse_toolkit_set_id(self->button, id);
  gtk_widget_set_halign(self->button, GTK_ALIGN_START);
  shopcaisse_part_connect(self->button, self->button, "clicked", G_CALLBACK(open_cb), self);
  shopcaisse_choice_set_value(self->button, "");
  return self->button;
}

static const char *
find_label(Choice *self, const char *value)
{
  for (gsize i = 0; i < g_variant_n_children(self->choices); i++) {
    g_autoptr(GVariant) choice = g_variant_get_child_value(self->choices, i);
    if (g_str_equal(shopcaisse_page_row_get_text(choice, "value"), value))
      return shopcaisse_page_row_get_text(choice, "label");
  }
  return *value != '\0' ? value : _("Not chosen yet");
}

/**
 * shopcaisse_choice_set_value:
 * @choice: the choice
 * @value: what is chosen
 *
 * Shows a value.
 */
void
shopcaisse_choice_set_value(GtkWidget *choice, const char *value)
{
  Choice *self = get_choice(choice);
  const char *label = find_label(self, value);
  /* Translators: the name of a setting and its value, read aloud. */
  g_autofree char *name = g_strdup_printf(_("%1$s: %2$s"), self->name, label);
  g_autofree char *copy = g_strdup(value);
  g_free(self->value);
  self->value = g_steal_pointer(&copy);
  /* Translators: the value that is chosen, on a button that opens the others. */
  g_autofree char *text = g_strdup_printf(_("%s ▾"), label);
  gtk_button_set_label(GTK_BUTTON(choice), text);
  gtk_widget_set_tooltip_text(choice, text);
  g_object_set(shopcaisse_toolkit_get_child(choice), "ellipsize", PANGO_ELLIPSIZE_END,
               "max-width-chars", LABEL_CHARS, NULL);
  shopcaisse_toolkit_set_name(choice, name);
}

static void
append_row(Choice *self, GVariant *choice)
{
  const char *label = shopcaisse_page_row_get_text(choice, "label");
  GtkWidget *row = gtk_list_box_row_new();
  g_object_set_data_full(G_OBJECT(row), CHOICE_KEY,
                         g_strdup(shopcaisse_page_row_get_text(choice, "value")), g_free);
  g_object_set_data_full(G_OBJECT(row), LABEL_KEY, g_strdup(label), g_free);
  GtkWidget *text = gtk_label_new(label);
  gtk_label_set_xalign(GTK_LABEL(text), 0);
  shopcaisse_toolkit_set_child(row, text);
  shopcaisse_toolkit_set_name(row, label);
  gtk_widget_show(row);
  gtk_list_box_insert(GTK_LIST_BOX(self->list), row, -1);
}

static void
fill_list(Choice *self)
{
  gsize n_choices = g_variant_n_children(self->choices);
  shopcaisse_toolkit_remove_all(self->list);
  for (gsize i = 0; i < n_choices; i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(self->choices, i);
    append_row(self, row);
  }
  gtk_widget_set_visible(self->search, n_choices >= SEARCH_FROM);
}

/**
 * shopcaisse_choice_set_choices:
 * @choice: the choice
 * @choices: `aa{sv}` of value and label
 *
 * Says what there is to choose from.
 */
void
shopcaisse_choice_set_choices(GtkWidget *choice, GVariant *choices)
{
  Choice *self = get_choice(choice);
  if (g_variant_equal(self->choices, choices))
    return;
  g_variant_ref_sink(choices);
  g_variant_unref(self->choices);
  self->choices = choices;
  if (self->popover != NULL)
    fill_list(self);
}

/**
 * shopcaisse_choice_watch:
 * @choice: the choice
 * @chosen: called with what somebody has chosen
 * @user_data: for @chosen
 *
 * Hears of the choice.
 */
void
shopcaisse_choice_watch(GtkWidget *choice, ShopcaisseChoiceChosen chosen, gpointer user_data)
{
  Choice *self = get_choice(choice);
  self->chosen = chosen;
  self->user_data = user_data;
}

/* (transfer none) (nullable): the row of what is chosen, else the first. */
static GtkListBoxRow *
find_row(Choice *self)
{
  for (int i = 0;; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index(GTK_LIST_BOX(self->list), i);
    if (row == NULL)
      return gtk_list_box_get_row_at_index(GTK_LIST_BOX(self->list), 0);
    if (g_str_equal(g_object_get_data(G_OBJECT(row), CHOICE_KEY), self->value))
      return row;
  }
}

/* The arrow keys go on from there. */
static void
focus_row(Choice *self)
{
  GtkListBoxRow *row = find_row(self);
  if (row == NULL)
    return;
  gtk_list_box_select_row(GTK_LIST_BOX(self->list), row);
  if (!gtk_widget_get_visible(self->search))
    gtk_widget_grab_focus(GTK_WIDGET(row));
}

static void
open_cb(Choice *self)
{
  if (self->popover == NULL) {
    make_popover(self);
    fill_list(self);
  }
  shopcaisse_toolkit_set_text(self->search, "");
  gtk_list_box_invalidate_filter(GTK_LIST_BOX(self->list));
  shopcaisse_toolkit_popover_open(self->popover);
  if (gtk_widget_get_visible(self->search))
    gtk_widget_grab_focus(self->search);
  focus_row(self);
}

static void
search_cb(Choice *self)
{
  gtk_list_box_invalidate_filter(GTK_LIST_BOX(self->list));
}

/* Accents and case do not matter, and every word has to be there. */
static gboolean
is_found(GtkListBoxRow *row, gpointer user_data)
{
  Choice *self = user_data;
  const char *words = shopcaisse_toolkit_get_text(self->search);
  const char *label = g_object_get_data(G_OBJECT(row), LABEL_KEY);
  return *words == '\0' || g_str_match_string(words, label, TRUE);
}

static void
activate_cb(Choice *self, GtkListBoxRow *row)
{
  g_autofree char *value = g_strdup(g_object_get_data(G_OBJECT(row), CHOICE_KEY));
  shopcaisse_toolkit_popover_close(self->popover);
  if (g_str_equal(value, self->value))
    return;
  shopcaisse_choice_set_value(self->button, value);
  if (self->chosen != NULL)
    self->chosen(self->user_data, value);
}
