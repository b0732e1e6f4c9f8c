/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page with the real channel and a profile of the reference host, or with a sample of
 * everything, to look at it: page-window-gtk4 --state DIR | --sample [--size 1024x600] [--shots
 * DIR] [--setup] */
#include "page-fixture.h"
#include "session.h"
#include "window.h"

#include <locale.h>
#include <stdio.h>

typedef struct {
  char *state_dir; /* (owned) */
  char *shots_dir; /* (owned) (nullable): write pictures there and end */
  char *size;      /* (owned) (nullable) */
  gboolean is_setup;
  gboolean is_sample;
  gboolean is_open;
  gboolean is_closed;
  GError *error; /* (owned) (nullable) */
} Program;

static void
opened_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  session_open_finish(HOST_SESSION(source), result, &self->error);
  self->is_open = TRUE;
}

static void
closed_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  session_close_finish(HOST_SESSION(source), result, NULL);
  self->is_closed = TRUE;
}

static gboolean
is_true(gpointer user_data)
{
  return *(gboolean *)user_data;
}

static void
save(GtkWidget *window, const char *folder, const char *name, int number)
{
  g_autofree char *file = g_strdup_printf("gtk%d-%s-%d.png", GTK_MAJOR_VERSION, name, number);
  g_autofree char *path = g_build_filename(folder, file, NULL);
  for (int i = 0; i < 10; i++)
    window_settle();
  if (!window_save(window, path))
    fprintf(stderr, "%s was not written\n", path);
}

static void
save_all(Program *self, GtkWidget *window)
{
  GtkWidget *tabs = window_find(window, "shopcaisse-tabs");
  if (self->is_setup && tabs != NULL)
    window_press(window, "shopcaisse-open-setup");
  while (self->is_setup && window_can_press(window, "shopcaisse-back"))
    window_press(window, "shopcaisse-back");
  for (int i = 0; (self->is_setup || tabs == NULL) && i < 9; i++) {
    save(window, self->shots_dir, "setup", i);
    if (!window_can_press(window, "shopcaisse-next"))
      break;
    window_press(window, "shopcaisse-next");
  }
  for (int i = 0; !self->is_setup && tabs != NULL && i < 6; i++) {
    window_show_tab(window, i);
    save(window, self->shots_dir, "tab", i);
  }
}

static void
show(Program *self, ComptoirChannel *channel)
{
  int width = 1024;
  int height = 600;
  if (self->size != NULL) {
    g_auto(GStrv) numbers = g_strsplit(self->size, "x", 2);
    width = (int)g_ascii_strtoll(numbers[0], NULL, 10);
    height = (int)g_ascii_strtoll(numbers[1], NULL, 10);
  }
  gint64 began = g_get_monotonic_time();
  GtkWidget *window = window_open(channel, width, height);
  printf("opened in %" G_GINT64_FORMAT " ms, 60 of them waiting for silence\n",
         (g_get_monotonic_time() - began) / 1000);
  if (self->shots_dir != NULL) {
    save_all(self, window);
    window_close(window);
    return;
  }
  gboolean is_over = FALSE;
  g_object_add_weak_pointer(G_OBJECT(window), (gpointer *)&window);
  while (window != NULL && !is_over)
    g_main_context_iteration(NULL, TRUE);
}

static gboolean
parse(Program *self, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &self->state_dir, "The profile's folder", "DIR" },
    { "shots", 0, 0, G_OPTION_ARG_FILENAME, &self->shots_dir, "Where pictures go", "DIR" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &self->size, "Of the window", "WxH" },
    { "sample", 0, 0, G_OPTION_ARG_NONE, &self->is_sample, "Without a channel", NULL },
    { "setup", 0, 0, G_OPTION_ARG_NONE, &self->is_setup, "The guided set-up", NULL },
    { .long_name = NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_option_context_add_main_entries(context, entries, NULL);
  return g_option_context_parse(context, argc, argv, NULL) &&
         (self->is_sample || self->state_dir != NULL);
}

static int
show_sample(Program *self)
{
  g_autoptr(ScriptedChannel) channel = page_fixture_new_ready();
  show(self, COMPTOIR_CHANNEL(channel));
  scripted_channel_fail_all(channel);
  return 0;
}

static int
show_profile(Program *self)
{
  const SessionOptions options = { .state_dir = self->state_dir, .channel = "shopcaisse" };
  g_autoptr(Session) session = session_new(&options);
  session_open_async(session, SESSION_CHANNEL, NULL, opened_cb, self);
  window_wait(is_true, &self->is_open);
  if (self->error != NULL) {
    fprintf(stderr, "%s\n", self->error->message);
    return 1;
  }
  show(self, session_get_channel(session));
  session_close_async(session, closed_cb, self);
  window_wait(is_true, &self->is_closed);
  return 0;
}

int
main(int argc, char **argv)
{
  Program self = { NULL };
  setlocale(LC_ALL, "");
  if (!parse(&self, &argc, &argv))
    return 2;
  window_start();
  return self.is_sample ? show_sample(&self) : show_profile(&self);
}
