/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long the page takes to open, and how long it holds up its host with 50 000 rows: figures, not
 * tests. One line each, in milliseconds. */
#include "page-fixture.h"
#include "window.h"

#include <stdio.h>

#define N_ROWS  50000
#define N_STEPS 60
#define QUIET_S 0.15

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
    double turn_ms = (double)(g_get_monotonic_time() - began) / 1000;
    longest_ms = MAX(longest_ms, turn_ms);
    if (turn_ms > 1)
      g_timer_start(quiet);
  }
  return longest_ms;
}

static double
measure_opening(ScriptedChannel *channel)
{
  gint64 began = g_get_monotonic_time();
  GType type = comptoir_find_settings_page("shopcaisse", NULL);
  GtkWidget *page = g_object_ref_sink(g_object_new(type, "channel", channel, NULL));
  double ms = (double)(g_get_monotonic_time() - began) / 1000;
#if GTK_MAJOR_VERSION == 3
  gtk_widget_destroy(page);
#endif
  g_object_unref(page);
  return ms;
}

static double
scroll(GtkWidget *list)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(list));
  double longest_ms = 0;
  for (guint i = 1; i <= N_STEPS; i++) {
    gint64 began = g_get_monotonic_time();
    gtk_adjustment_set_value(adjustment, gtk_adjustment_get_upper(adjustment) * i / N_STEPS);
    double step_ms = (double)(g_get_monotonic_time() - began) / 1000;
    longest_ms = MAX(longest_ms, MAX(step_ms, find_longest_turn()));
  }
  return longest_ms;
}

int
main(void)
{
  g_autoptr(ScriptedChannel) channel = page_fixture_new_ready();
  window_start();
  printf("make the page, first: %.0f\n", measure_opening(channel));
  printf("make the page, again: %.0f\n", measure_opening(channel));
  gint64 began = g_get_monotonic_time();
  GtkWidget *window = window_open(COMPTOIR_CHANNEL(channel), 1024, 600);
  printf("open a window with it: %.0f, 60 of them waiting for quiet\n",
         (double)(g_get_monotonic_time() - began) / 1000);
  window_show_tab(window, 1);
  began = g_get_monotonic_time();
  scripted_channel_set_long_list(channel, "items", N_ROWS);
  double change_ms = (double)(g_get_monotonic_time() - began) / 1000;
  printf("%d rows come: %.0f\n", N_ROWS, MAX(change_ms, find_longest_turn()));
  printf("scroll through them, longest step: %.0f\n",
         scroll(window_find(window, "shopcaisse-items")));
  printf("windows read: %u of %d\n", scripted_channel_count_windows(channel, "items"),
         N_ROWS / 100);
  window_close(window);
  scripted_channel_fail_all(channel);
  return 0;
}
