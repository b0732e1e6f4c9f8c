/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "controls.h"

#include "window.h"

#define N_STEPS 200 /* more controls than a tab has */

static void
print_nameless(GtkWidget *widget, gpointer user_data)
{
  if (!window_is_control(widget) || window_has_name(widget))
    return;
  *(guint *)user_data += 1;
  g_printerr("no name: %s %s\n", G_OBJECT_TYPE_NAME(widget), gtk_widget_get_name(widget));
}

guint
controls_count_nameless(GtkWidget *root)
{
  guint n_nameless = 0;
  window_visit(root, print_nameless, &n_nameless);
  return n_nameless;
}

/* Whether it takes the keyboard or not: that is the question. */
static void
collect_buttons(GtkWidget *widget, gpointer user_data)
{
  if (gtk_widget_get_mapped(widget) && gtk_widget_is_sensitive(widget) &&
      (GTK_IS_BUTTON(widget) || GTK_IS_ENTRY(widget) || GTK_IS_CHECK_BUTTON(widget)) &&
      g_str_has_prefix(gtk_widget_get_name(widget), "shopcaisse-"))
    g_hash_table_add(user_data, (gpointer)gtk_widget_get_name(widget));
}

/* Tab after Tab, and what was not reached at the end. */
guint
controls_count_unreached(GtkWidget *window)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new(g_str_hash, g_str_equal);
  window_visit(window, collect_buttons, wanted);
  for (guint i = 0; i < N_STEPS; i++) {
    gtk_widget_child_focus(window, GTK_DIR_TAB_FORWARD);
    for (GtkWidget *widget = window_get_focus(window); widget != NULL;
         widget = gtk_widget_get_parent(widget))
      g_hash_table_remove(wanted, gtk_widget_get_name(widget));
  }
  GHashTableIter iter;
  gpointer name = NULL;
  g_hash_table_iter_init(&iter, wanted);
  while (g_hash_table_iter_next(&iter, &name, NULL))
    g_printerr("not reached: %s\n", (const char *)name);
  return g_hash_table_size(wanted);
}
