/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long the page takes to open, until it is drawn, and how long it holds up its host while
 * 50 000 rows come and are scrolled through: figures, not tests. One line each, in milliseconds.
 * page-figures-gtk4: with a channel that has its rows at hand; --state DIR: with the real one and a
 * profile of the reference host. */
#include "page-fixture.h"
#include "session.h"
#include "window.h"

#include <locale.h>
#include <stdio.h>
#include <time.h>

#define WIDTH    1024
#define HEIGHT   600
#define N_ROWS   50000
#define N_JUMPS  60
#define N_FRAMES 200
#define QUIET_S  0.15
#define ARTICLES 1

typedef struct {
  char *state_dir;     /* (owned) (nullable) */
  gboolean is_opening; /* and nothing else */
  gboolean is_over;
  GError *error; /* (owned) (nullable) */
} Program;

static double
elapsed_ms(gint64 began)
{
  return (double)(g_get_monotonic_time() - began) / 1000;
}

/* What this thread has worked: on a machine that others use too, the wall's clock says little. */
static double
get_worked_ms(void)
{
  struct timespec time = { 0 };
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1000000;
}

/* The longest turn of the main loop until nothing has happened for a while. */
static double
find_longest_turn(void)
{
  double longest_ms = 0;
  g_autoptr(GTimer) quiet = g_timer_new();
  while (g_timer_elapsed(quiet, NULL) < QUIET_S) {
    gint64 began = g_get_monotonic_time();
    if (!g_main_context_iteration(NULL, FALSE)) {
      g_thread_yield();
      continue;
    }
    double turn_ms = elapsed_ms(began);
    longest_ms = MAX(longest_ms, turn_ms);
    if (turn_ms > 1)
      g_timer_start(quiet);
  }
  return longest_ms;
}

/* Fonts, styles, the display: what the first window of any program costs. */
static void
measure_bare(const char *which)
{
  gint64 began = g_get_monotonic_time();
  GtkWidget *window = window_new(gtk_label_new("Bare ✓"), WIDTH, HEIGHT);
  window_wait_frame(window);
  printf("a bare window, %s: %.0f\n", which, elapsed_ms(began));
  window_close(window);
}

/* In its parts: found, made, drawn; and what happens after that, when rows come. */
static GtkWidget *
measure_page(ComptoirChannel *channel, const char *which)
{
  double worked_ms = get_worked_ms();
  gint64 began = g_get_monotonic_time();
  (void)comptoir_find_settings_page("shopcaisse", NULL);
  double found_ms = elapsed_ms(began);
  GtkWidget *page = window_make_page(channel);
  double made_ms = elapsed_ms(began) - found_ms;
  GtkWidget *window = window_new(page, WIDTH, HEIGHT);
  window_wait_frame(window);
  double drawn_ms = elapsed_ms(began);
  printf("open the page, %s: %.0f (find %.0f, make %.0f, draw %.0f), of processor time %.0f\n",
         which, drawn_ms, found_ms, made_ms, drawn_ms - found_ms - made_ms,
         get_worked_ms() - worked_ms);
  printf("longest turn after that, %s: %.0f\n", which, find_longest_turn());
  return window;
}

static double
move_to(GtkAdjustment *adjustment, double value)
{
  gint64 began = g_get_monotonic_time();
  gtk_adjustment_set_value(adjustment, value);
  return elapsed_ms(began);
}

/* As with the bar: each time to somewhere else. */
static double
jump(GtkAdjustment *adjustment)
{
  double longest_ms = 0;
  for (guint i = 1; i <= N_JUMPS; i++) {
    double step_ms = move_to(adjustment, gtk_adjustment_get_upper(adjustment) * i / N_JUMPS);
    longest_ms = MAX(longest_ms, MAX(step_ms, find_longest_turn()));
  }
  return longest_ms;
}

/* As with the wheel: half a page with each frame. */
static double
roll(GtkWidget *window, GtkAdjustment *adjustment)
{
  double longest_ms = 0;
  double step = gtk_adjustment_get_page_size(adjustment) / 2;
  for (guint i = 1; i <= N_FRAMES; i++) {
    gint64 began = g_get_monotonic_time();
    gtk_adjustment_set_value(adjustment, i * step);
    window_wait_frame(window);
    longest_ms = MAX(longest_ms, elapsed_ms(began));
  }
  return longest_ms;
}

static void
measure_list(GtkWidget *window)
{
  GtkWidget *list = window_find(window, "shopcaisse-items");
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(list));
  printf("roll through %d pages, longest frame: %.0f\n", N_FRAMES / 2, roll(window, adjustment));
  printf("jump %d times, longest turn: %.0f\n", N_JUMPS, jump(adjustment));
}

static void
measure_tab(GtkWidget *window, int tab)
{
  GtkWidget *tabs = window_find(window, "shopcaisse-tabs");
  gint64 began = g_get_monotonic_time();
  if (tabs == NULL)
    return;
  gtk_notebook_set_current_page(GTK_NOTEBOOK(tabs), tab);
  window_wait_frame(window);
  printf("show tab %d: %.0f\n", tab, elapsed_ms(began));
  printf("longest turn after that: %.0f\n", find_longest_turn());
}

static void
measure_sample(void)
{
  g_autoptr(ScriptedChannel) channel = page_fixture_new_ready();
  window_close(measure_page(COMPTOIR_CHANNEL(channel), "first"));
  GtkWidget *window = measure_page(COMPTOIR_CHANNEL(channel), "again");
  measure_tab(window, ARTICLES);
  scripted_channel_set_loading(channel, "items"); /* a channel never puts rows for others */
  gint64 began = g_get_monotonic_time();
  scripted_channel_set_long_list(channel, "items", N_ROWS);
  double change_ms = elapsed_ms(began);
  printf("%d rows come: %.0f\n", N_ROWS, MAX(change_ms, find_longest_turn()));
  measure_list(window);
  printf("windows read: %u, of them again: %u\n", scripted_channel_count_windows(channel, "items"),
         scripted_channel_count_windows_again(channel, "items"));
  window_close(window);
  scripted_channel_fail_all(channel);
}

static gboolean
is_true(gpointer user_data)
{
  return *(gboolean *)user_data;
}

static void
opened_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  session_open_finish(HOST_SESSION(source), result, &self->error);
  self->is_over = TRUE;
}

static void
closed_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  session_close_finish(HOST_SESSION(source), result, NULL);
  self->is_over = TRUE;
}

static int
measure_profile(Program *self)
{
  const SessionOptions options = { .state_dir = self->state_dir, .channel = "shopcaisse" };
  g_autoptr(Session) session = session_new(&options);
  session_open_async(session, SESSION_CHANNEL, NULL, opened_cb, self);
  window_wait(is_true, &self->is_over);
  if (self->error != NULL) {
    fprintf(stderr, "%s\n", self->error->message);
    return 1;
  }
  window_close(measure_page(session_get_channel(session), "first"));
  GtkWidget *window = measure_page(session_get_channel(session), "again");
  for (int tab = 0; !self->is_opening && tab < 6; tab++)
    measure_tab(window, tab);
  if (!self->is_opening) {
    measure_tab(window, ARTICLES);
    measure_list(window);
  }
  window_close(window);
  self->is_over = FALSE;
  session_close_async(session, closed_cb, self);
  window_wait(is_true, &self->is_over);
  return 0;
}

int
main(int argc, char **argv)
{
  Program self = { NULL };
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &self.state_dir, "The profile's folder", "DIR" },
    { "opening", 0, 0, G_OPTION_ARG_NONE, &self.is_opening, "Not the lists", NULL },
    { .long_name = NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  setlocale(LC_ALL, "");
  setvbuf(stdout, NULL, _IOLBF, 0);
  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse(context, &argc, &argv, NULL))
    return 2;
  window_start();
  measure_bare("first");
  measure_bare("again");
  if (self.state_dir != NULL)
    return measure_profile(&self);
  measure_sample();
  return 0;
}
