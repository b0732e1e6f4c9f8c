/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs comptoir-host with a profile of the test's own: one command at a time, or staying open. */

#include "host-program.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define WATCHDOG_S     180
#define LAST_EXIT_CODE 9 /* a sanitiser ends the program with a greater one */

/**
 * host_program_set_up:
 * @state: (out): the program
 *
 * Makes a profile. A test that hangs is ended by an alarm.
 *
 * Returns: 0
 */
int
host_program_set_up(void **state)
{
  HostProgram *self = g_new0(HostProgram, 1);

  self->folder = g_dir_make_tmp("comptoir-host-XXXXXX", NULL);
  assert_non_null(self->folder);
  (void)alarm(WATCHDOG_S);
  *state = self;
  return 0;
}

/* A profile is a folder of files and of folders of files. */
static void
remove_folder(const char *path)
{
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  const char *name = folder == NULL ? NULL : g_dir_read_name(folder);

  for (; name != NULL; name = g_dir_read_name(folder)) {
    g_autofree char *child = g_build_filename(path, name, NULL);

    if (g_file_test(child, G_FILE_TEST_IS_DIR))
      remove_folder(child);
    else
      (void)g_unlink(child);
  }
  (void)g_rmdir(path);
}

/* As a user does, so that a leak checker in it can speak: its status must be 0. */
static int
end_running(HostProgram *self)
{
  if (self->running == NULL || g_subprocess_get_identifier(self->running) == NULL)
    return 0;
  g_subprocess_send_signal(self->running, SIGTERM);
  return host_program_wait(self);
}

/**
 * host_program_tear_down:
 * @state: the program
 *
 * Ends what still runs and removes the profile.
 *
 * Returns: 0 unless what ran did not end well
 */
int
host_program_tear_down(void **state)
{
  HostProgram *self = *state;
  int status = end_running(self);

  (void)alarm(0);
  if (status != 0)
    print_error("comptoir-host ended with %d\n", status);
  g_clear_object(&self->running);
  g_clear_object(&self->output);
  remove_folder(self->folder);
  g_free(self->folder);
  g_free(self->out);
  g_free(self->err);
  g_free(self);
  return status;
}

static GStrv
build_argv(HostProgram *self, const char *line)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  g_auto(GStrv) words = NULL;

  g_strv_builder_add_many(builder, g_getenv("COMPTOIR_HOST"), "--state", self->folder, "--channel",
                          "fake", NULL);
  assert_true(g_shell_parse_argv(line, NULL, &words, NULL));
  g_strv_builder_addv(builder, (const char **)words);
  return g_strv_builder_end(builder);
}

/**
 * host_program_call_with_input:
 * @self: the program
 * @line: a command line
 * @input: (nullable): what it reads on stdin
 *
 * Runs one command to its end.
 */
void
host_program_call_with_input(HostProgram *self, const char *line, const char *input)
{
  g_auto(GStrv) argv = build_argv(self, line);
  g_autoptr(GSubprocess) process =
      g_subprocess_newv((const char *const *)argv,
                        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                            G_SUBPROCESS_FLAGS_STDERR_PIPE,
                        NULL);

  assert_non_null(process);
  g_clear_pointer(&self->out, g_free);
  g_clear_pointer(&self->err, g_free);
  assert_true(g_subprocess_communicate_utf8(process, input, NULL, &self->out, &self->err, NULL));
  assert_true(g_subprocess_get_if_exited(process));
  self->status = g_subprocess_get_exit_status(process);
  if (self->status > LAST_EXIT_CODE)
    fail_msg("%s: ended with %d: %s", line, self->status, self->err);
}

/**
 * host_program_call:
 * @self: the program
 * @line: a command line
 *
 * Runs one command to its end.
 */
void
host_program_call(HostProgram *self, const char *line)
{
  host_program_call_with_input(self, line, NULL);
}

static json_t *
parse_line(const char *text)
{
  json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

  if (value == NULL)
    fail_msg("not JSON: %s", text);
  return value;
}

/**
 * host_program_parse:
 * @self: the program
 *
 * Parses what the last command wrote.
 *
 * Returns: (transfer full): the answer
 */
json_t *
host_program_parse(HostProgram *self)
{
  assert_non_null(self->out);
  return parse_line(self->out);
}

/**
 * host_program_start:
 * @self: the program
 * @line: a command line that stays open
 *
 * Starts a process and does not wait for it.
 */
void
host_program_start(HostProgram *self, const char *line)
{
  g_auto(GStrv) argv = build_argv(self, line);

  self->running =
      g_subprocess_newv((const char *const *)argv,
                        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  assert_non_null(self->running);
  self->input = g_subprocess_get_stdin_pipe(self->running);
  self->output = g_data_input_stream_new(g_subprocess_get_stdout_pipe(self->running));
}

/**
 * host_program_send:
 * @self: a program that runs
 * @line: a command, without its line feed
 *
 * Writes a line to its stdin.
 */
void
host_program_send(HostProgram *self, const char *line)
{
  assert_true(g_output_stream_write_all(self->input, line, strlen(line), NULL, NULL, NULL));
  assert_true(g_output_stream_write_all(self->input, "\n", 1, NULL, NULL, NULL));
}

/**
 * host_program_read:
 * @self: a program that runs
 *
 * Reads its next line.
 *
 * Returns: (transfer full) (nullable): the line; %NULL at the end
 */
json_t *
host_program_read(HostProgram *self)
{
  g_autofree char *line = g_data_input_stream_read_line_utf8(self->output, NULL, NULL, NULL);

  return line == NULL ? NULL : parse_line(line);
}

/**
 * host_program_read_until:
 * @self: a program that runs
 * @key: a key
 * @value: its value
 *
 * Reads lines until one has @value under @key; those before are passed over.
 *
 * Returns: (transfer full): the line
 */
json_t *
host_program_read_until(HostProgram *self, const char *key, const char *value)
{
  json_t *line = host_program_read(self);

  while (line != NULL && !g_str_equal(host_program_text(line, key), value)) {
    json_decref(line);
    line = host_program_read(self);
  }
  assert_non_null(line);
  return line;
}

/**
 * host_program_wait:
 * @self: a program that runs
 *
 * Waits until it ends.
 *
 * Returns: its exit code, or the signal that ended it, negative
 */
int
host_program_wait(HostProgram *self)
{
  assert_true(g_subprocess_wait(self->running, NULL, NULL));
  if (g_subprocess_get_if_exited(self->running))
    return g_subprocess_get_exit_status(self->running);
  return -g_subprocess_get_term_sig(self->running);
}

/**
 * host_program_text:
 * @object: a JSON object
 * @key: a key
 *
 * Reads a text.
 *
 * Returns: (transfer none): the text, empty when there is none
 */
const char *
host_program_text(json_t *object, const char *key)
{
  const char *text = json_string_value(json_object_get(object, key));

  return text == NULL ? "" : text;
}
