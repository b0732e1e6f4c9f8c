/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The GTK 3 half of ui/toolkit.h; its twin is gtk4/toolkit.c. */
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
 * A dialog that shows all there is in it would show what the page hides.
 */
void
shopcaisse_toolkit_guard_page(GtkWidget *page)
{
  gtk_widget_show(page);
  gtk_widget_set_no_show_all(page, TRUE);
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
  gtk_widget_show(child);
  gtk_container_add(GTK_CONTAINER(box), child);
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
  gtk_widget_show(child);
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
  GtkWidget *former = gtk_bin_get_child(GTK_BIN(parent));
  if (former != NULL)
    gtk_container_remove(GTK_CONTAINER(parent), former);
  gtk_widget_show(child);
  gtk_container_add(GTK_CONTAINER(parent), child);
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
  gtk_container_remove(GTK_CONTAINER(box), child);
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
  g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(box));
  for (GList *link = children; link != NULL; link = link->next)
    gtk_widget_destroy(link->data);
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
  GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER,
                                 GTK_POLICY_AUTOMATIC);
  gtk_widget_show(child);
  gtk_container_add(GTK_CONTAINER(scrolled), child);
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
  gtk_widget_set_can_focus(pane, FALSE);
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
  return gtk_bin_get_child(GTK_BIN(button));
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
  return gtk_widget_has_focus(entry);
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
  return gtk_entry_get_text(GTK_ENTRY(entry));
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
    gtk_entry_set_text(GTK_ENTRY(entry), text);
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
  return gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(check));
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
  gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(check), is_active);
}

static gboolean
leave_cb(GtkWidget *entry, GdkEvent *event, gpointer user_data)
{
  const Leave *leave = user_data;
  leave->func(leave->data);
  return GDK_EVENT_PROPAGATE;
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
  g_signal_connect(entry, "focus-out-event", G_CALLBACK(leave_cb), leave);
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
  atk_object_set_accessible_id(gtk_widget_get_accessible(widget), id);
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
  atk_object_set_name(gtk_widget_get_accessible(widget), name);
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
  atk_object_set_description(gtk_widget_get_accessible(widget), description);
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
  gtk_style_context_add_class(gtk_widget_get_style_context(widget), name);
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
  gtk_style_context_remove_class(gtk_widget_get_style_context(widget), name);
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
  (void)gtk_css_provider_load_from_data(style, css, -1, NULL);
  gtk_style_context_add_provider_for_screen(gdk_screen_get_default(), GTK_STYLE_PROVIDER(style),
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
  gtk_style_context_remove_provider_for_screen(gdk_screen_get_default(), GTK_STYLE_PROVIDER(style));
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
  GtkClipboard *clipboard = gtk_widget_get_clipboard(widget, GDK_SELECTION_CLIPBOARD);
  gtk_clipboard_set_text(clipboard, text, -1);
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
  GtkWidget *popover = gtk_popover_new(button);
  gtk_widget_show(child);
  gtk_container_add(GTK_CONTAINER(popover), child);
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
  GtkWidget *window = gtk_widget_get_toplevel(near);
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new(title, GTK_IS_WINDOW(window) ? GTK_WINDOW(window) : NULL,
                                  GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_file_chooser_set_do_overwrite_confirmation(GTK_FILE_CHOOSER(chooser), TRUE);
  return chooser;
}
