/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Starts and stops the simulator named by the environment. */

#include "process.h"

#include <jansson.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define READY_FD 3

static char *
read_all(int fd)
{
  GString *text = g_string_new(NULL);
  char buffer[4096];
  ssize_t n_read = 0;

  while ((n_read = read(fd, buffer, sizeof buffer)) > 0)
    g_string_append_len(text, buffer, n_read);
  close(fd);
  return g_string_free(text, FALSE);
}

static void
run_child(const char *const *arguments, int fd, int target)
{
  const char *program = g_getenv("SIMULATOR");
  g_autoptr(GPtrArray) argv = g_ptr_array_new();

  g_ptr_array_add(argv, (gpointer)program);
  for (gsize i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_ptr_array_add(argv, (gpointer)arguments[i]);
  g_ptr_array_add(argv, NULL);
  if (fd != target) {
    dup2(fd, target);
    close(fd);
  }
  execv(program, (char *const *)argv->pdata);
  _exit(127);
}

static pid_t
spawn(const char *const *arguments, int target, int *output)
{
  int fds[2] = { -1, -1 };

  g_assert_nonnull(g_getenv("SIMULATOR"));
  g_assert_cmpint(pipe(fds), ==, 0);
  pid_t pid = fork();
  if (pid == 0) {
    close(fds[0]);
    run_child(arguments, fds[1], target);
  }
  close(fds[1]);
  *output = fds[0];
  return pid;
}

static guint16
read_port(const json_t *ready, const char *key)
{
  const char *url = json_string_value(json_object_get(ready, key));
  return (guint16)g_ascii_strtoull(strrchr(url, ':') + 1, NULL, 10);
}

/**
 * process_start:
 * @arguments: (nullable): further arguments, ended by %NULL
 *
 * Starts a simulator and waits until it listens.
 *
 * Returns: (transfer full): the process
 */
Process *
process_start(const char *const *arguments)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new();
  Process *self = g_new0(Process, 1);
  int output = -1;

  g_ptr_array_add(all, (gpointer) "--exit-with-parent");
  g_ptr_array_add(all, (gpointer) "--ready-fd=3");
  for (gsize i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_ptr_array_add(all, (gpointer)arguments[i]);
  g_ptr_array_add(all, NULL);
  self->pid = spawn((const char *const *)all->pdata, READY_FD, &output);

  g_autofree char *line = read_all(output);
  json_t *ready = json_loads(line, 0, NULL);
  g_assert_nonnull(ready);
  self->api = read_port(ready, "api");
  self->control = read_port(ready, "control");
  self->token = g_strdup(json_string_value(json_object_get(ready, "token")));
  self->application = g_strdup(json_string_value(json_object_get(ready, "applicationId")));
  json_decref(ready);
  return self;
}

/**
 * process_stop:
 * @self: (transfer full): a process
 *
 * Ends a simulator as a user does.
 *
 * Returns: its exit status
 */
int
process_stop(Process *self)
{
  int status = 0;

  kill(self->pid, SIGTERM);
  waitpid(self->pid, &status, 0);
  g_free(self->token);
  g_free(self->application);
  g_free(self);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/**
 * process_run:
 * @arguments: arguments, ended by %NULL
 * @output: (out): standard output
 *
 * Runs the simulator to its end.
 *
 * Returns: its exit status
 */
int
process_run(const char *const *arguments, char **output)
{
  int fd = -1;
  int status = 0;
  pid_t pid = spawn(arguments, STDOUT_FILENO, &fd);

  *output = read_all(fd);
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
