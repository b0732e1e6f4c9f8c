/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Labels that wrap, buttons with names, and the line that says how something is. Text is text: no
 * label reads markup, whoever wrote it. */
#include "ui/page/parts.h"

#define SPACING        6
#define MARGIN         12
#define LINE_KEY       "shopcaisse-line"
#define TEXT_CHARS     40
#define TEXT_CHARS_MIN 16
#define HEADING_SIZE   1.1

typedef struct {
  GtkWidget *spinner; /* (not owned) */
  GtkWidget *label;   /* (not owned) */
} Line;

/**
 * shopcaisse_part_column_new:
 *
 * Returns: (transfer floating): a box whose children stand below one another
 */
GtkWidget *
shopcaisse_part_column_new(void)
{
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, SPACING);
  g_object_set(box, "margin-start", MARGIN, "margin-end", MARGIN, "margin-top", MARGIN,
               "margin-bottom", MARGIN, NULL);
  return box;
}

/**
 * shopcaisse_part_bar_new:
 *
 * Returns: (transfer floating): a box whose children stand beside one another
 */
GtkWidget *
shopcaisse_part_bar_new(void)
{
  return gtk_box_new(GTK_ORIENTATION_HORIZONTAL, SPACING);
}

/**
 * shopcaisse_part_text_new:
 * @text: a text
 *
 * Returns: (transfer floating): a label that wraps
 */
GtkWidget *
shopcaisse_part_text_new(const char *text)
{
  GtkWidget *label = gtk_label_new(text);
  g_object_set(label, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f,
               "width-chars", TEXT_CHARS_MIN, "max-width-chars", TEXT_CHARS, "hexpand", TRUE, NULL);
  return label;
}

/**
 * shopcaisse_part_heading_new:
 * @text: a title
 *
 * Returns: (transfer floating): a label that stands out
 */
GtkWidget *
shopcaisse_part_heading_new(const char *text)
{
  GtkWidget *label = shopcaisse_part_text_new(text);
  PangoAttrList *attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD));
  pango_attr_list_insert(attributes, pango_attr_scale_new(HEADING_SIZE));
  gtk_label_set_attributes(GTK_LABEL(label), attributes);
  pango_attr_list_unref(attributes);
  gtk_widget_set_margin_top(label, SPACING);
  return label;
}

/* (transfer full): a label as it is read aloud, its mnemonic left out. */
static char *
dup_plain(const char *label)
{
  g_autoptr(GString) plain = g_string_new(NULL);
  for (; *label != '\0'; label++) {
    if (*label == '_' && label[1] != '\0')
      label++;
    g_string_append_c(plain, *label);
  }
  return g_string_free(g_steal_pointer(&plain), FALSE);
}

/**
 * shopcaisse_part_button_new:
 * @id: its name for programs
 * @label: what is on it, translated, with a mnemonic
 *
 * Returns: (transfer floating): a button
 */
GtkWidget *
shopcaisse_part_button_new(const char *id, const char *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic(label);
  g_autofree char *plain = dup_plain(label);
  shopcaisse_toolkit_set_id(button, id);
  shopcaisse_toolkit_set_name(button, plain);
  gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
  return button;
}

/**
 * shopcaisse_part_set_label:
 * @button: a button
 * @label: what is to be on it, with a mnemonic or not
 *
 * Changes what is on a button.
 */
void
shopcaisse_part_set_label(GtkWidget *button, const char *label)
{
  if (g_strcmp0(gtk_button_get_label(GTK_BUTTON(button)), label) == 0)
    return;
  g_autofree char *plain = dup_plain(label);
  gtk_button_set_use_underline(GTK_BUTTON(button), TRUE);
  gtk_button_set_label(GTK_BUTTON(button), label);
  shopcaisse_toolkit_set_name(button, plain);
}

/**
 * shopcaisse_part_entry_new:
 * @id: its name for programs
 * @label: (nullable): the label that stands beside it, with a mnemonic
 * @name: what it is, in words
 *
 * Returns: (transfer floating): an entry
 */
GtkWidget *
shopcaisse_part_entry_new(const char *id, GtkWidget *label, const char *name)
{
  GtkWidget *entry = gtk_entry_new();
  shopcaisse_toolkit_set_id(entry, id);
  gtk_widget_set_hexpand(entry, TRUE);
  if (label != NULL)
    gtk_label_set_mnemonic_widget(GTK_LABEL(label), entry);
  shopcaisse_toolkit_set_name(entry, name);
  return entry;
}

/**
 * shopcaisse_part_check_new:
 * @id: its name for programs
 * @label: what it says, with a mnemonic or not
 *
 * Returns: (transfer floating): a check button
 */
GtkWidget *
shopcaisse_part_check_new(const char *id, const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic(label);
  g_autofree char *plain = dup_plain(label);
  shopcaisse_toolkit_set_id(check, id);
  shopcaisse_toolkit_set_name(check, plain);
  return check;
}

/**
 * shopcaisse_part_show_text:
 * @label: a label
 * @text: a text; "" hides the label
 *
 * Changes what a label says.
 */
void
shopcaisse_part_show_text(GtkWidget *label, const char *text)
{
  if (!g_str_equal(gtk_label_get_text(GTK_LABEL(label)), text))
    gtk_label_set_text(GTK_LABEL(label), text);
  gtk_widget_set_visible(label, *text != '\0');
}

/**
 * shopcaisse_part_detail_new:
 * @id: its name for programs
 *
 * Makes the place below a list for what its columns shorten: the keyboard reaches it, and what is
 * in it can be copied.
 *
 * Returns: (transfer floating): a label that wraps
 */
GtkWidget *
shopcaisse_part_detail_new(const char *id)
{
  GtkWidget *label = shopcaisse_part_text_new(NULL);
  gtk_label_set_selectable(GTK_LABEL(label), TRUE);
  shopcaisse_toolkit_set_id(label, id);
  return label;
}

/**
 * shopcaisse_part_show_detail:
 * @label: such a place
 * @list: whose selected row it is about
 * @text: all of it; "" hides the label
 *
 * Shows what can be known of a row; who cannot see it hears it with the list.
 */
void
shopcaisse_part_show_detail(GtkWidget *label, GtkWidget *list, const char *text)
{
  shopcaisse_part_show_text(label, text);
  shopcaisse_toolkit_set_name(label, text);
  shopcaisse_toolkit_set_description(list, text);
}

/**
 * shopcaisse_part_connect:
 * @root: who owns @data
 * @instance: who emits
 * @signal: what
 * @callback: called with @data first
 * @data: for @callback
 *
 * Connects a signal until @root is gone, even if @instance stays.
 */
void
shopcaisse_part_connect(
    GtkWidget *root, gpointer instance, const char *signal, GCallback callback, gpointer data)
{
  GClosure *closure = g_cclosure_new_swap(callback, data, NULL);
  g_object_watch_closure(G_OBJECT(root), closure);
  g_signal_connect_closure(instance, signal, closure, FALSE);
}

/**
 * shopcaisse_work_line_new:
 *
 * Makes a line that says how a work is: nothing while idle, else a sentence.
 *
 * Returns: (transfer floating): the line
 */
GtkWidget *
shopcaisse_work_line_new(void)
{
  GtkWidget *box = shopcaisse_part_bar_new();
  Line *line = g_new0(Line, 1);
  line->spinner = gtk_spinner_new();
  line->label = shopcaisse_part_text_new(NULL);
  shopcaisse_toolkit_append(box, line->spinner);
  shopcaisse_toolkit_append(box, line->label);
  gtk_widget_set_visible(line->spinner, FALSE);
  gtk_widget_set_visible(line->label, FALSE);
  g_object_set_data_full(G_OBJECT(box), LINE_KEY, line, g_free);
  return box;
}

/**
 * shopcaisse_work_line_show:
 * @box: the line
 * @status: how the work is
 *
 * Shows how a work is.
 */
void
shopcaisse_work_line_show(GtkWidget *box, const ShopcaissePageWorkStatus *status)
{
  Line *line = g_object_get_data(G_OBJECT(box), LINE_KEY);
  gboolean is_running = status->state == SHOPCAISSE_PAGE_RUNNING;
  gtk_widget_set_visible(line->spinner, is_running);
  if (is_running)
    gtk_spinner_start(GTK_SPINNER(line->spinner));
  else
    gtk_spinner_stop(GTK_SPINNER(line->spinner));
  if (status->state == SHOPCAISSE_PAGE_FAILED)
    shopcaisse_toolkit_add_class(line->label, "shopcaisse-error");
  else
    shopcaisse_toolkit_remove_class(line->label, "shopcaisse-error");
  shopcaisse_part_show_text(line->label, status->text);
}
