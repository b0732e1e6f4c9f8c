/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a file goes: a question of the desktop's own, that nobody waits for. */
#include "ui/page/save-file.h"

#define CHOOSER_KEY "shopcaisse-chooser"

typedef struct {
  ShopcaisseFileFunc func;
  gpointer data; /* of func */
} Choice;

static void file_chosen_cb(GtkNativeDialog *chooser, int response, gpointer user_data);

/**
 * shopcaisse_save_file:
 * @near: a widget of the page; with it the question goes
 * @title: of the question
 * @name: what is proposed
 * @chosen: hears where
 * @data: for @chosen
 *
 * Asks where a file is to be saved, and whether one that is there may be replaced.
 */
void
shopcaisse_save_file(
    GtkWidget *near, const char *title, const char *name, ShopcaisseFileFunc chosen, gpointer data)
{
  GtkFileChooserNative *chooser = shopcaisse_toolkit_save_dialog_new(near, title);
  Choice *choice = g_new0(Choice, 1);
  choice->func = chosen;
  choice->data = data;
  gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(chooser), name);
  g_object_set_data_full(G_OBJECT(chooser), CHOOSER_KEY, choice, g_free);
  g_object_set_data_full(G_OBJECT(near), CHOOSER_KEY, chooser, g_object_unref);
  g_signal_connect_object(chooser, "response", G_CALLBACK(file_chosen_cb), near, 0);
  gtk_native_dialog_show(GTK_NATIVE_DIALOG(chooser));
}

static void
file_chosen_cb(GtkNativeDialog *chooser, int response, gpointer user_data)
{
  GtkWidget *near = user_data;
  const Choice *choice = g_object_get_data(G_OBJECT(chooser), CHOOSER_KEY);
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr(GFile) file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(chooser));
    if (file != NULL)
      choice->func(file, choice->data);
  }
  g_object_set_data(G_OBJECT(near), CHOOSER_KEY, NULL);
}
