/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The GTK 4 half of ui/toolkit.h; its twin is gtk3/toolkit.c, which has the words for both. */
#include "ui/toolkit.h"

#define LEAVE_KEY "shopcaisse-leave"

typedef struct {
  ShopcaisseToolkitFunc func;
  gpointer data; /* of func */
} Leave;

/**
 * shopcaisse_toolkit_guard_page:
 * @page: the page
 *
 * Does nothing: GTK 4 shows nothing by itself.
 */
void
shopcaisse_toolkit_guard_page(GtkWidget *page)
{
  (void)page;
}

/**
 * shopcaisse_toolkit_append:
 * @box: a box
 * @child: (transfer floating): what comes last in it
 *
 * Adds a child.
 */
void
shopcaisse_toolkit_append(GtkWidget *box, GtkWidget *child)
{
  gtk_box_append(GTK_BOX(box), child);
}

/**
 * shopcaisse_toolkit_attach:
 * @grid: a grid
 * @child: (transfer floating): a child
 * @column: its column
 * @row: its row
 *
 * Adds a child.
 */
void
shopcaisse_toolkit_attach(GtkWidget *grid, GtkWidget *child, int column, int row)
{
  gtk_grid_attach(GTK_GRID(grid), child, column, row, 1, 1);
}

/**
 * shopcaisse_toolkit_set_child:
 * @parent: a revealer, a button or a row of a list box
 * @child: (transfer floating): its only child
 *
 * Gives it its child.
 */
void
shopcaisse_toolkit_set_child(GtkWidget *parent, GtkWidget *child)
{
  g_object_set(parent, "child", child, NULL);
}

/**
 * shopcaisse_toolkit_remove:
 * @box: a box
 * @child: a child of it
 *
 * Takes a child away.
 */
void
shopcaisse_toolkit_remove(GtkWidget *box, GtkWidget *child)
{
  gtk_box_remove(GTK_BOX(box), child);
}

/**
 * shopcaisse_toolkit_remove_all:
 * @box: a box, a grid or a list box
 *
 * Takes all children away.
 */
void
shopcaisse_toolkit_remove_all(GtkWidget *box)
{
  for (GtkWidget *child = gtk_widget_get_first_child(box); child != NULL;
       child = gtk_widget_get_first_child(box)) {
    if (GTK_IS_GRID(box))
      gtk_grid_remove(GTK_GRID(box), child);
    else if (GTK_IS_LIST_BOX(box))
      gtk_list_box_remove(GTK_LIST_BOX(box), child);
    else
      gtk_box_remove(GTK_BOX(box), child);
  }
}

/**
 * shopcaisse_toolkit_scrolled_new:
 * @child: (transfer floating): what may be higher than the page
 *
 * Makes a pane that scrolls up and down.
 *
 * Returns: (transfer floating): the pane
 */
GtkWidget *
shopcaisse_toolkit_scrolled_new(GtkWidget *child)
{
  GtkWidget *scrolled = gtk_scrolled_window_new();
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER,
                                 GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled), child);
  gtk_widget_set_hexpand(scrolled, TRUE);
  gtk_widget_set_vexpand(scrolled, TRUE);
  return scrolled;
}

/**
 * shopcaisse_toolkit_pane_new:
 * @child: (transfer floating): what wants as much room as it can get
 *
 * Makes a pane that is as large as its child where there is room, and scrolls both ways where there
 * is none. It takes no keyboard of its own.
 *
 * Returns: (transfer floating): the pane
 */
GtkWidget *
shopcaisse_toolkit_pane_new(GtkWidget *child)
{
  GtkWidget *pane = shopcaisse_toolkit_scrolled_new(child);
  g_object_set(pane, "hscrollbar-policy", GTK_POLICY_AUTOMATIC, "propagate-natural-width", TRUE,
               "propagate-natural-height", TRUE, NULL);
  gtk_widget_set_focusable(pane, FALSE);
  return pane;
}

/**
 * shopcaisse_toolkit_get_child:
 * @button: a button
 *
 * Returns: (transfer none) (nullable): what is on it
 */
GtkWidget *
shopcaisse_toolkit_get_child(GtkWidget *button)
{
  return gtk_button_get_child(GTK_BUTTON(button));
}

/**
 * shopcaisse_toolkit_has_focus:
 * @entry: an entry
 *
 * Returns: %TRUE if somebody is at it
 */
gboolean
shopcaisse_toolkit_has_focus(GtkWidget *entry)
{
  GtkRoot *root = gtk_widget_get_root(entry);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus(root) : NULL;
  return focus != NULL && (focus == entry || gtk_widget_is_ancestor(focus, entry));
}

/**
 * shopcaisse_toolkit_get_text:
 * @entry: an entry
 *
 * Returns: (transfer none): what is in it
 */
const char *
shopcaisse_toolkit_get_text(GtkWidget *entry)
{
  return gtk_editable_get_text(GTK_EDITABLE(entry));
}

/**
 * shopcaisse_toolkit_set_text:
 * @entry: an entry
 * @text: what is to be in it
 *
 * Changes the text, if it is another.
 */
void
shopcaisse_toolkit_set_text(GtkWidget *entry, const char *text)
{
  if (!g_str_equal(shopcaisse_toolkit_get_text(entry), text))
    gtk_editable_set_text(GTK_EDITABLE(entry), text);
}

/**
 * shopcaisse_toolkit_is_active:
 * @check: a check button
 *
 * Returns: %TRUE if it is ticked
 */
gboolean
shopcaisse_toolkit_is_active(GtkWidget *check)
{
  return gtk_check_button_get_active(GTK_CHECK_BUTTON(check));
}

/**
 * shopcaisse_toolkit_set_active:
 * @check: a check button
 * @is_active: whether it is ticked
 *
 * Ticks it or not.
 */
void
shopcaisse_toolkit_set_active(GtkWidget *check, gboolean is_active)
{
  gtk_check_button_set_active(GTK_CHECK_BUTTON(check), is_active);
}

static void
leave_cb(GtkEventControllerFocus *controller, gpointer user_data)
{
  const Leave *leave = user_data;
  leave->func(leave->data);
}

/**
 * shopcaisse_toolkit_watch_leave:
 * @entry: an entry
 * @left: called when the focus leaves it
 * @data: for @left; lives at least as long
 *
 * Hears when somebody has done with an entry.
 */
void
shopcaisse_toolkit_watch_leave(GtkWidget *entry, ShopcaisseToolkitFunc left, gpointer data)
{
  Leave *leave = g_new0(Leave, 1);
  leave->func = left;
  leave->data = data;
  g_object_set_data_full(G_OBJECT(entry), LEAVE_KEY, leave, g_free);
  GtkEventController *controller = gtk_event_controller_focus_new();
  g_signal_connect(controller, "leave", G_CALLBACK(leave_cb), leave);
  gtk_widget_add_controller(entry, controller);
}

/**
 * shopcaisse_toolkit_set_id:
 * @widget: a widget
 * @id: its name among widgets
 *
 * Names a widget for programs.
 */
void
shopcaisse_toolkit_set_id(GtkWidget *widget, const char *id)
{
  gtk_widget_set_name(widget, id);
}

/**
 * shopcaisse_toolkit_set_name:
 * @widget: a control
 * @name: what it is, in words
 *
 * Names a control for those who do not see it.
 */
void
shopcaisse_toolkit_set_name(GtkWidget *widget, const char *name)
{
  /* A button is named by its label already: both would be read, one after the other. */
  gtk_accessible_reset_relation(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * shopcaisse_toolkit_set_description:
 * @widget: a control
 * @description: more about it: help, or what is wrong with its value
 *
 * Describes a control to those who do not see it.
 */
void
shopcaisse_toolkit_set_description(GtkWidget *widget, const char *description)
{
  gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                 description, -1);
}

/**
 * shopcaisse_toolkit_add_class:
 * @widget: a widget
 * @name: a class
 *
 * Gives it the looks of a class.
 */
void
shopcaisse_toolkit_add_class(GtkWidget *widget, const char *name)
{
  gtk_widget_add_css_class(widget, name);
}

/**
 * shopcaisse_toolkit_remove_class:
 * @widget: a widget
 * @name: a class
 *
 * Takes the looks of a class away.
 */
void
shopcaisse_toolkit_remove_class(GtkWidget *widget, const char *name)
{
  gtk_widget_remove_css_class(widget, name);
}

/**
 * shopcaisse_toolkit_style_new:
 * @css: rules for classes of our own
 *
 * Adds rules to the display.
 *
 * Returns: (transfer full): the rules
 */
GtkCssProvider *
shopcaisse_toolkit_style_new(const char *css)
{
  GtkCssProvider *style = gtk_css_provider_new();
  gtk_css_provider_load_from_data(style, css, -1);
  gtk_style_context_add_provider_for_display(gdk_display_get_default(), GTK_STYLE_PROVIDER(style),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  return style;
}

/**
 * shopcaisse_toolkit_style_free:
 * @style: (transfer full): the rules
 *
 * Takes the rules away again.
 */
void
shopcaisse_toolkit_style_free(GtkCssProvider *style)
{
  gtk_style_context_remove_provider_for_display(gdk_display_get_default(),
                                                GTK_STYLE_PROVIDER(style));
  g_object_unref(style);
}

/**
 * shopcaisse_toolkit_copy:
 * @widget: where it was asked for
 * @text: a text
 *
 * Puts a text on the clipboard.
 */
void
shopcaisse_toolkit_copy(GtkWidget *widget, const char *text)
{
  gdk_clipboard_set_text(gtk_widget_get_clipboard(widget), text);
}

static void
unparent_cb(GtkWidget *button, GtkWidget *popover)
{
  gtk_widget_unparent(popover);
}

/**
 * shopcaisse_toolkit_popover_new:
 * @button: where it opens
 * @child: (transfer floating): what is in it
 *
 * Makes a sheet that is closed yet and goes with its button.
 *
 * Returns: (transfer none): the sheet
 */
GtkWidget *
shopcaisse_toolkit_popover_new(GtkWidget *button, GtkWidget *child)
{
  GtkWidget *popover = gtk_popover_new();
  gtk_popover_set_child(GTK_POPOVER(popover), child);
  gtk_widget_set_parent(popover, button);
  g_signal_connect(button, "destroy", G_CALLBACK(unparent_cb), popover);
  return popover;
}

/**
 * shopcaisse_toolkit_popover_open:
 * @popover: a sheet
 *
 * Opens it.
 */
void
shopcaisse_toolkit_popover_open(GtkWidget *popover)
{
  gtk_popover_popup(GTK_POPOVER(popover));
}

/**
 * shopcaisse_toolkit_popover_close:
 * @popover: a sheet
 *
 * Closes it.
 */
void
shopcaisse_toolkit_popover_close(GtkWidget *popover)
{
  gtk_popover_popdown(GTK_POPOVER(popover));
}

/**
 * shopcaisse_toolkit_save_dialog_new:
 * @near: a widget of the page
 * @title: of the question
 *
 * Makes the question where to save, over the window of @near; it asks before it replaces a file.
 *
 * Returns: (transfer full): the question, not shown yet
 */
GtkFileChooserNative *
shopcaisse_toolkit_save_dialog_new(GtkWidget *near, const char *title)
{
  GtkRoot *window = gtk_widget_get_root(near);
  return gtk_file_chooser_native_new(title, GTK_IS_WINDOW(window) ? GTK_WINDOW(window) : NULL,
                                     GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
}
