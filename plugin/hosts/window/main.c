/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* comptoir-till: the reference host with a window. Its books are those of comptoir-host. */

#include "config.h"
#include "till-window.h"

#include <glib-unix.h>
#include <libintl.h>
#include <locale.h>
#include <signal.h>

#define APPLICATION_ID "org.comptoir.Till"

typedef struct {
  AdwApplication *application; /* (owned) */
  Session *session;            /* (owned) (nullable): once it was activated */
  char *state_dir;             /* (owned) (nullable) */
  char *channel;               /* (owned) (nullable) */
  char *location;              /* (owned) (nullable) */
  gboolean is_closing;
  int status;
} Till;

static void opened_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void closed_cb(GObject *source, GAsyncResult *result, gpointer user_data);

/* (transfer none) (nullable): not one of those that stand before it */
static GtkWindow *
find_window(Till *self)
{
  GtkWindow *window = gtk_application_get_active_window(GTK_APPLICATION(self->application));

  while (window != NULL && gtk_window_get_transient_for(window) != NULL)
    window = gtk_window_get_transient_for(window);
  return window;
}

static void
load_style(void)
{
  GtkCssProvider *provider = gtk_css_provider_new();

  gtk_css_provider_load_from_resource(provider, "/org/comptoir/till/style.css");
  gtk_style_context_add_provider_for_display(gdk_display_get_default(),
                                             GTK_STYLE_PROVIDER(provider),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref(provider);
}

/* Held while the session opens and closes: there may be no window then. */
static void
activate_cb(GApplication *application, gpointer user_data)
{
  Till *self = user_data;
  g_autofree char *state_dir = self->state_dir != NULL
                                   ? g_strdup(self->state_dir)
                                   : g_build_filename(g_get_user_data_dir(), "comptoir-host", NULL);
  SessionOptions options = { .state_dir = state_dir,
                             .channel = self->channel != NULL ? self->channel : "shopcaisse",
                             .location = self->location };
  GtkWindow *window = find_window(self);

  if (window != NULL) {
    gtk_window_present(window);
    return;
  }
  if (self->session != NULL)
    return;
  load_style();
  self->session = session_new(&options);
  g_application_hold(application);
  session_open_async(self->session, SESSION_CHANNEL, NULL, opened_cb, self);
}

/* The window has seen to it that no sale is underway; this commits what the channel does. */
static gboolean
close_request_cb(GtkWindow *window, gpointer user_data)
{
  Till *self = user_data;

  if (self->is_closing)
    return GDK_EVENT_STOP;
  self->is_closing = TRUE;
  gtk_widget_set_visible(GTK_WIDGET(window), FALSE);
  g_application_hold(G_APPLICATION(self->application));
  session_close_async(self->session, closed_cb, self);
  return GDK_EVENT_STOP;
}

static void
opened_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Till *self = user_data;
  g_autoptr(GError) error = NULL;

  if (session_open_finish(HOST_SESSION(source), result, &error)) {
    TillWindow *window = till_window_new(self->application, self->session);

    g_signal_connect_after(window, "close-request", G_CALLBACK(close_request_cb), self);
    gtk_window_present(GTK_WINDOW(window));
  } else {
    g_printerr("comptoir-till: %s\n", error->message);
    self->status = 1;
  }
  g_application_release(G_APPLICATION(self->application));
}

static void
closed_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Till *self = user_data;
  g_autoptr(GError) error = NULL;
  GtkWindow *window = find_window(self);

  if (!session_close_finish(HOST_SESSION(source), result, &error)) {
    g_printerr("comptoir-till: %s\n", error->message);
    self->status = 1;
  }
  if (window != NULL)
    gtk_window_destroy(window);
  g_application_release(G_APPLICATION(self->application));
}

/* As the button in the corner; before there is a window there is nothing to close. */
static gboolean
signal_cb(gpointer user_data)
{
  Till *self = user_data;
  GtkWindow *window = find_window(self);

  if (window != NULL)
    gtk_window_close(window);
  else if (self->session == NULL)
    g_application_quit(G_APPLICATION(self->application));
  return G_SOURCE_CONTINUE;
}

static void
set_keys(GtkApplication *application)
{
  static const struct {
    const char *action;
    const char *keys[2];
  } entries[] = {
    { "win.page::sell", { "<Alt>1" } },       { "win.page::orders", { "<Alt>2" } },
    { "win.settings", { "<Control>comma" } }, { "win.fullscreen", { "F11" } },
    { "channel.poll-orders", { "F5" } },      { "window.close", { "<Control>q" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS(entries); i++)
    gtk_application_set_accels_for_action(application, entries[i].action, entries[i].keys);
}

/* The catalogues lie where they are installed, or where a build folder says; the channel and its
 * page are told the same. */
static void
speak_the_language(void)
{
  const char *folder = g_getenv("SHOPCAISSE_LOCALE_PATH");

  setlocale(LC_ALL, "");
  bindtextdomain(GETTEXT_PACKAGE, folder != NULL ? folder : LOCALEDIR);
  bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
  textdomain(GETTEXT_PACKAGE);
}

static void
till_clear(Till *self)
{
  g_clear_object(&self->session);
  g_clear_object(&self->application);
  g_free(self->state_dir);
  g_free(self->channel);
  g_free(self->location);
}

int
main(int argc, char **argv)
{
  Till self = { .application = NULL };
  const GOptionEntry options[] = {
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &self.state_dir, "The profile's folder", "DIR" },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &self.channel, "Default: shopcaisse", "NAME" },
    { "location", 0, 0, G_OPTION_ARG_STRING, &self.location, "The place of sale", "TEXT" },
    { .long_name = NULL },
  };

  speak_the_language();
  self.application = adw_application_new(APPLICATION_ID, G_APPLICATION_NON_UNIQUE);
  g_application_add_main_option_entries(G_APPLICATION(self.application), options);
  g_signal_connect(self.application, "activate", G_CALLBACK(activate_cb), &self);
  set_keys(GTK_APPLICATION(self.application));

  guint interrupt_id = g_unix_signal_add(SIGINT, signal_cb, &self);
  guint terminate_id = g_unix_signal_add(SIGTERM, signal_cb, &self);
  int status = g_application_run(G_APPLICATION(self.application), argc, argv);

  (void)g_source_remove(interrupt_id);
  (void)g_source_remove(terminate_id);
  if (status == 0)
    status = self.status;
  till_clear(&self);
  return status;
}
