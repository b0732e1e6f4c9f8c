/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs what docs/YOUR-HOST-IN-AN-HOUR.md says of the settings page, and ends when it is there.
 * PIECES is a file with what the page has for one toolkit. */
#include <comptoir/comptoir.h>
#include <gtk/gtk.h>

#define WATCHDOG_S 30

#include PIECES

static gboolean
is_page(GtkWidget *widget)
{
  GType type = comptoir_find_settings_page("shopcaisse", NULL);

  return type != G_TYPE_INVALID && G_TYPE_CHECK_INSTANCE_TYPE(widget, type);
}

static gboolean
watchdog_cb(gpointer user_data)
{
  g_error("no page was shown within %d s", WATCHDOG_S);
  return G_SOURCE_REMOVE;
}

static GtkWidget *
get_child(GtkWindow *window)
{
#if GTK_MAJOR_VERSION == 3
  return gtk_bin_get_child(GTK_BIN(window));
#else
  return gtk_window_get_child(window);
#endif
}

static gboolean
is_shown(void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels();

  for (GList *window = windows; window != NULL; window = window->next) {
    GtkWidget *child = get_child(window->data);

    if (child != NULL && is_page(child) && gtk_widget_get_mapped(child))
      return TRUE;
  }
  return FALSE;
}

int
main(int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ComptoirChannel) channel = comptoir_channel_new("shopcaisse", &error);

  g_assert_no_error(error);
#if GTK_MAJOR_VERSION == 3
  gtk_init(&argc, &argv);
#else
  gtk_init();
#endif
  (void)g_timeout_add_seconds(WATCHDOG_S, watchdog_cb, NULL);
  show_settings(NULL, channel);
  while (!is_shown())
    (void)g_main_context_iteration(NULL, TRUE);
  g_print("shown\n");
  return 0;
}
