/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Shows on stderr how far long work has come: one line that changes on a terminal, elsewhere a line
 * at most each second. */

#include "progress-line.h"

#include <stdio.h>
#include <unistd.h>

#define INTERVAL_US G_USEC_PER_SEC

struct _ProgressLine {
  ComptoirChannel *channel; /* (owned) */
  gulong progress_id;       /* signal handler */
  gulong busy_id;           /* signal handler */
  gint64 shown_at;          /* monotonic, microseconds; 0: nothing shown yet */
  gboolean is_terminal;
  gboolean is_shown; /* a line stands on the terminal */
};

static void
clear_line(ProgressLine *self)
{
  if (self->is_shown && self->is_terminal)
    (void)fputs("\r\033[K", stderr);
  self->is_shown = FALSE;
}

static void
changed_cb(GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ProgressLine *self = user_data;
  double progress = comptoir_channel_get_progress(self->channel);
  gint64 now = g_get_monotonic_time();

  if (!comptoir_channel_is_busy(self->channel)) {
    clear_line(self);
    return;
  }
  if (progress < 0 || (!self->is_terminal && now - self->shown_at < INTERVAL_US))
    return;
  (void)fprintf(stderr, self->is_terminal ? "\r%3.0f %%" : "comptoir-host: %.0f %%\n",
                progress * 100);
  (void)fflush(stderr);
  self->shown_at = now;
  self->is_shown = TRUE;
}

/**
 * progress_line_new:
 * @channel: the channel to watch
 *
 * Starts to show progress.
 *
 * Returns: (transfer full): the line
 */
ProgressLine *
progress_line_new(ComptoirChannel *channel)
{
  ProgressLine *self = g_new0(ProgressLine, 1);

  self->channel = g_object_ref(channel);
  self->is_terminal = isatty(STDERR_FILENO) == 1;
  self->progress_id = g_signal_connect(channel, "notify::progress", G_CALLBACK(changed_cb), self);
  self->busy_id = g_signal_connect(channel, "notify::busy", G_CALLBACK(changed_cb), self);
  return self;
}

/**
 * progress_line_free:
 * @self: (transfer full) (nullable): the line
 *
 * Clears the line and stops watching.
 */
void
progress_line_free(ProgressLine *self)
{
  if (self == NULL)
    return;
  clear_line(self);
  g_clear_signal_handler(&self->progress_id, self->channel);
  g_clear_signal_handler(&self->busy_id, self->channel);
  g_object_unref(self->channel);
  g_free(self);
}
