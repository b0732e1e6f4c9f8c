/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* run: stays open, takes commands from stdin, a line each, and answers each with a line. */

#include "arguments.h"
#include "commands.h"
#include "failure.h"
#include "json-out.h"
#include "run-events.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <unistd.h>

typedef struct {
  RunEvents *events;       /* (owned) (nullable): set while it runs */
  GDataInputStream *input; /* (owned) */
  GSource *interruption;   /* (owned) (nullable): set while it runs; holds the task */
  guint n_lines;           /* read so far */
  guint n_pending;         /* commands under way */
  gboolean quits_at_end;   /* the end of stdin ends the program */
  gboolean is_over;        /* no more lines are wanted */
} Run;

/* One line on its way. */
typedef struct {
  GTask *task; /* (owned): of the run */
  const Command *command;
  guint line;             /* from 1 */
  gboolean is_background; /* the next line was read without waiting for this one */
} Entry;

static void line_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void performed_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static void
free_run(Run *self)
{
  g_clear_pointer(&self->events, run_events_free);
  g_clear_object(&self->input);
  g_clear_pointer(&self->interruption, g_source_unref);
  g_free(self);
}

/* A line of JSON begins with what it is. */
static void
print_line(GVariantBuilder *line)
{
  g_autoptr(GVariant) complete = g_variant_ref_sink(g_variant_builder_end(line));
  g_autofree char *text = json_out_line(complete);

  (void)fputs(text, stdout);
  (void)fflush(stdout);
}

static void
print_text(const Command *command, GVariant *answer, const GError *error)
{
  if (error != NULL) {
    (void)fprintf(stderr, "comptoir-host: %s\n", error->message);
  } else if (command != NULL) {
    g_autofree char *text = command_print(command, answer);

    (void)fputs(text, stdout);
    (void)fflush(stdout);
  }
}

static void
print_answer(
    GTask *task, const Command *command, guint number, GVariant *answer, const GError *error)
{
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  g_auto(GVariantBuilder) line = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);

  if (session_get_output(session) == SESSION_OUTPUT_TEXT) {
    print_text(command, answer, error);
    return;
  }
  g_variant_builder_add(&line, "{sv}", "answer",
                        g_variant_new_string(command == NULL ? "" : command->name));
  g_variant_builder_add(&line, "{sv}", "line", g_variant_new_uint32(number));
  g_variant_builder_add(&line, "{sv}", "ok", g_variant_new_boolean(error == NULL));
  if (error != NULL)
    g_variant_builder_add(&line, "{sv}", "error", failure_build(error));
  else if (answer != NULL)
    g_variant_builder_add(&line, "{sv}", "result", answer);
  print_line(&line);
}

static void
print_quit(GTask *task)
{
  Run *self = g_task_get_task_data(task);
  g_auto(GVariantBuilder) line = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE_VARDICT);

  if (session_get_output(HOST_SESSION(g_task_get_source_object(task))) == SESSION_OUTPUT_TEXT)
    return;
  g_variant_builder_add(&line, "{sv}", "answer", g_variant_new_string("quit"));
  g_variant_builder_add(&line, "{sv}", "line", g_variant_new_uint32(self->n_lines));
  g_variant_builder_add(&line, "{sv}", "ok", g_variant_new_boolean(TRUE));
  print_line(&line);
}

/* Over when no line is wanted and no command is under way; when interrupted, without waiting. */
static void
finish_if_over(GTask *task)
{
  Run *self = g_task_get_task_data(task);
  g_auto(GVariantDict) answer = G_VARIANT_DICT_INIT(NULL);
  gboolean is_interrupted = g_cancellable_is_cancelled(g_task_get_cancellable(task));

  if (self->events == NULL)
    return;
  if (!self->is_over || (self->n_pending > 0 && !is_interrupted))
    return;
  if (!is_interrupted)
    print_quit(task);
  g_clear_pointer(&self->events, run_events_free);
  g_source_destroy(self->interruption);
  g_variant_dict_insert(&answer, "event", "s", "ended");
  g_variant_dict_insert(&answer, "lines", "u", self->n_lines);
  g_task_return_pointer(task, g_variant_ref_sink(g_variant_dict_end(&answer)),
                        (GDestroyNotify)g_variant_unref);
}

static void
read_line(GTask *task)
{
  Run *self = g_task_get_task_data(task);

  if (!self->is_over)
    g_data_input_stream_read_line_async(self->input, G_PRIORITY_DEFAULT,
                                        g_task_get_cancellable(task), line_cb, g_object_ref(task));
  finish_if_over(task);
}

static void
perform_line(GTask *task, const Command *command, GVariant *request, gboolean is_background)
{
  Run *self = g_task_get_task_data(task);
  Entry *entry = g_new0(Entry, 1);

  entry->task = g_object_ref(task);
  entry->command = command;
  entry->line = self->n_lines;
  entry->is_background = is_background;
  self->n_pending++;
  command_perform_async(command, HOST_SESSION(g_task_get_source_object(task)), request,
                        g_task_get_cancellable(task), performed_cb, entry);
}

/* A lone "&" at the end, as in a shell: the next line does not wait for this one. */
static gboolean
take_ampersand(char **words)
{
  guint n_words = g_strv_length(words);

  if (n_words == 0 || !g_str_equal(words[n_words - 1], "&"))
    return FALSE;
  g_clear_pointer(&words[n_words - 1], g_free);
  return TRUE;
}

/* TRUE: the next line can be read now */
static gboolean
take_words(GTask *task, char ***words)
{
  Run *self = g_task_get_task_data(task);
  gboolean is_background = take_ampersand(*words);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) request = NULL;
  const Command *command = NULL;

  (void)arguments_take_flag(*words, "--json");
  if (g_strv_length(*words) == 1 && g_str_equal((*words)[0], "quit")) {
    self->is_over = TRUE;
    return TRUE;
  }
  command = command_find(words, &error);
  if (command == run_commands)
    g_set_error_literal(&error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, "run: runs already");
  else if (command != NULL)
    request = command_parse(command, words, &error);
  if (request == NULL) {
    print_answer(task, command, self->n_lines, NULL, error);
    return TRUE;
  }
  perform_line(task, command, request, is_background);
  return is_background;
}

static gboolean
take_line(GTask *task, const char *line)
{
  Run *self = g_task_get_task_data(task);
  g_auto(GStrv) words = NULL;
  g_autoptr(GError) error = NULL;

  if (g_shell_parse_argv(line, NULL, &words, &error))
    return take_words(task, &words);
  if (!g_error_matches(error, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING)) {
    g_autoptr(GError) usage =
        g_error_new_literal(ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, error->message);

    print_answer(task, NULL, self->n_lines, NULL, usage);
  }
  return TRUE;
}

static void
line_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Run *self = g_task_get_task_data(task);
  g_autoptr(GError) error = NULL;
  g_autofree char *line =
      g_data_input_stream_read_line_finish_utf8(G_DATA_INPUT_STREAM(source), result, NULL, &error);

  if (line != NULL) {
    self->n_lines++;
    if (take_line(task, line))
      read_line(task);
    return;
  }
  /* At the end of stdin a service goes on until it is told to end by a signal. */
  if (error != NULL || self->quits_at_end)
    self->is_over = TRUE;
  finish_if_over(task);
}

static void
performed_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Entry *entry = user_data;
  Run *self = g_task_get_task_data(entry->task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = command_perform_finish(result, &error);

  self->n_pending--;
  if (self->events != NULL) {
    print_answer(entry->task, entry->command, entry->line, answer, error);
    if (entry->is_background)
      finish_if_over(entry->task);
    else
      read_line(entry->task);
  }
  g_object_unref(entry->task);
  g_free(entry);
}

static gboolean
interrupted_cb(GCancellable *cancellable, gpointer user_data)
{
  GTask *task = G_TASK(user_data);
  Run *self = g_task_get_task_data(task);

  self->is_over = TRUE;
  finish_if_over(task);
  return G_SOURCE_REMOVE;
}

/* The signal may come while nothing is read: behind the end of stdin, or during a command. */
static void
watch_cancellable(GTask *task)
{
  Run *self = g_task_get_task_data(task);

  self->interruption = g_cancellable_source_new(g_task_get_cancellable(task));
  g_source_set_callback(self->interruption, G_SOURCE_FUNC(interrupted_cb), g_object_ref(task),
                        g_object_unref);
  (void)g_source_attach(self->interruption, NULL);
}

static GVariant *
parse_run(char ***words, GError **error)
{
  g_auto(GVariantDict) request = G_VARIANT_DICT_INIT(NULL);
  gboolean quits_at_end = FALSE;
  const GOptionEntry entries[] = {
    { "quit-at-end", 0, 0, G_OPTION_ARG_NONE, &quits_at_end, "End when stdin ends", NULL },
    { .long_name = NULL },
  };

  if (!arguments_parse(words, entries, (ArgumentsCount){ 0, 0 }, error))
    return NULL;
  g_variant_dict_insert(&request, "quit_at_end", "b", quits_at_end);
  return g_variant_dict_end(&request);
}

static void
start_run(const Command *command, Session *session, GVariant *request, GTask *task)
{
  Run *self = g_new0(Run, 1);
  g_autoptr(GInputStream) input = g_unix_input_stream_new(STDIN_FILENO, FALSE);

  (void)session_claim_input(session);
  self->input = g_data_input_stream_new(input);
  (void)g_variant_lookup(request, "quit_at_end", "b", &self->quits_at_end);
  g_task_set_task_data(task, self, (GDestroyNotify)free_run);
  /* To be interrupted is how a service ends, not how it fails. */
  g_task_set_check_cancellable(task, FALSE);
  watch_cancellable(task);
  self->events = run_events_new(session);
  read_line(task);
  g_object_unref(task);
}

static void
print_nothing(GVariant *answer, GString *out)
{
  (void)answer;
  (void)out;
}

const Command run_commands[] = {
  {
      .name = "run",
      .synopsis = "[--quit-at-end]",
      .summary = "Stay open, without a window; commands come on stdin",
      .parts = SESSION_CHANNEL,
      .parse = parse_run,
      .start = start_run,
      .print = print_nothing,
  },
  { .name = NULL },
};
