/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The program: options, readiness, serving until a signal. */

#include "options.h"
#include "simulator.h"
#include "switches.h"

#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static gboolean
signal_cb(gpointer data)
{
  g_main_loop_quit(data);
  return G_SOURCE_CONTINUE;
}

static gboolean
announce(Simulator *sim, int fd, GError **error)
{
  g_autofree char *line = sim_describe(sim);
  gsize length = strlen(line);
  int target = fd >= 0 ? fd : STDOUT_FILENO;

  for (gsize done = 0; done < length;) {
    gssize n_written = write(target, line + done, length - done);
    if (n_written <= 0) {
      g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED,
                          "the line of readiness cannot be written");
      return FALSE;
    }
    done += (gsize)n_written;
  }
  if (fd >= 0)
    close(fd);
  return TRUE;
}

static gboolean
serve(const SimOptions *options, GError **error)
{
  g_autoptr(Simulator) sim = sim_new(options, error);
  g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);

  if (sim == NULL || !announce(sim, options->ready_fd, error))
    return FALSE;
  guint term = g_unix_signal_add(SIGTERM, signal_cb, loop);
  guint interrupt = g_unix_signal_add(SIGINT, signal_cb, loop);
  g_main_loop_run(loop);
  g_source_remove(term);
  g_source_remove(interrupt);
  return TRUE;
}

int
main(int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SimOptions) options = sim_options_parse(&argc, &argv, &error);

  if (options == NULL) {
    g_printerr("shopcaisse-simulator: %s\n", error->message);
    return 2;
  }
  if (options->version) {
    g_print("shopcaisse-simulator %s\n", SIM_VERSION);
    return 0;
  }
  if (options->list_switches) {
    g_autofree char *list = sim_switches_list();
    g_print("%s", list);
    return 0;
  }
  if (options->with_parent) {
    pid_t parent = getppid();
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
      return 0;
  }
  if (!serve(options, &error)) {
    g_printerr("shopcaisse-simulator: %s\n", error->message);
    return 1;
  }
  return 0;
}
