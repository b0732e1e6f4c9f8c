/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* comptoir-host: opens the books and the channel, does one command, closes, and says by its exit
 * code how it went. */

#include "arguments.h"
#include "check-program.h"
#include "command.h"
#include "failure.h"
#include "json-out.h"
#include "progress-line.h"

#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>

typedef struct {
  char *state_dir;   /* (owned) (nullable) */
  char *channel_dir; /* (owned) (nullable) */
  char *channel;     /* (owned) (nullable) */
  char *location;    /* (owned) (nullable) */
  gboolean is_json;
  gboolean is_quiet;
  gboolean is_version;
  gboolean is_check; /* only for the help: it must come first */
  GStrv words;       /* (owned): the command */
  TrytonServer tryton;
} Options;

typedef struct {
  Options options;
  const Command *command;    /* what to do */
  GVariant *request;         /* (owned) (nullable) */
  Session *session;          /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  ProgressLine *progress;    /* (owned) (nullable) */
  GMainLoop *loop;           /* (owned) */
  ExitCode exit_code;
} Program;

static void opened_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void performed_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void closed_cb(GObject *source, GAsyncResult *result, gpointer user_data);

static void
clear_program(Program *self)
{
  g_clear_pointer(&self->progress, progress_line_free);
  g_clear_object(&self->session);
  g_clear_object(&self->cancellable);
  g_clear_pointer(&self->request, g_variant_unref);
  g_clear_pointer(&self->loop, g_main_loop_unref);
  g_clear_pointer(&self->options.words, g_strfreev);
  g_free(self->options.state_dir);
  g_free(self->options.channel_dir);
  g_free(self->options.channel);
  g_free(self->options.location);
  tryton_server_clear(&self->options.tryton);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Program, clear_program)

static gboolean
parse_options(Options *self, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "state", 's', 0, G_OPTION_ARG_FILENAME, &self->state_dir, "The profile's folder", "DIR" },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &self->channel, "Default: shopcaisse", "NAME" },
    { "channel-state", 0, 0, G_OPTION_ARG_FILENAME, &self->channel_dir,
      "The channel's folder; default: channel in the profile's", "DIR" },
    { "location", 0, 0, G_OPTION_ARG_STRING, &self->location, "The place of sale", "TEXT" },
    { "tryton", 0, 0, G_OPTION_ARG_STRING, &self->tryton.url,
      "Sell from a company in Tryton, as in https://erp.example.org/shop/", "URL" },
    { "tryton-user", 0, 0, G_OPTION_ARG_STRING, &self->tryton.user,
      "Its user; default: COMPTOIR_TRYTON_USER", "NAME" },
    { "tryton-password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->tryton.password_file,
      "The password; default: COMPTOIR_TRYTON_PASSWORD", "FILE" },
    { "tryton-authority", 0, 0, G_OPTION_ARG_FILENAME, &self->tryton.authority,
      "Certificates that vouch for it; default: the system's", "FILE" },
    { "tryton-interval", 0, 0, G_OPTION_ARG_INT, &self->tryton.interval_s,
      "Seconds between two looks for changes; default: 30", "SECONDS" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->is_json, "Answer in JSON, one line", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &self->is_quiet, "Show no progress", NULL },
    { "check", 0, 0, G_OPTION_ARG_NONE, &self->is_check, "Check a host instead: --check --help",
      NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->is_version, "Show the version", NULL },
    { .long_name = NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new("COMMAND [ARGUMENT...]");
  g_autofree char *commands = command_list_all();

  g_option_context_set_summary(context, "A point of sale without a till of its own: articles and"
                                        " sales in SQLite, and a sales channel.");
  g_option_context_set_description(context, commands);
  g_option_context_add_main_entries(context, entries, NULL);
  /* What stands behind the command's name is the command's. */
  g_option_context_set_strict_posix(context, TRUE);
  self->words = g_strdupv(argv);
  if (!g_option_context_parse_strv(context, &self->words, error))
    return FALSE;
  g_free(self->words[0]);
  for (guint i = 0; self->words[i] != NULL; i++)
    self->words[i] = self->words[i + 1];
  if (arguments_take_flag(self->words, "--json"))
    self->is_json = TRUE;
  return TRUE;
}

static gboolean
parse_command(Program *self, GError **error)
{
  self->command = command_find(&self->options.words, error);
  if (self->command == NULL)
    return FALSE;
  self->request = command_parse(self->command, &self->options.words, error);
  if (self->request == NULL)
    return FALSE;
  if (self->options.state_dir != NULL)
    return TRUE;
  g_set_error_literal(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, "--state is missing");
  return FALSE;
}

static void
report_error(Program *self, const GError *error)
{
  g_auto(GVariantDict) line = G_VARIANT_DICT_INIT(NULL);
  g_autoptr(GVariant) complete = NULL;
  g_autofree char *text = NULL;

  if (self->exit_code == EXIT_CODE_DONE)
    self->exit_code = failure_get_exit_code(error);
  (void)fprintf(stderr, "comptoir-host: %s\n", error->message);
  if (!self->options.is_json)
    return;
  g_variant_dict_insert_value(&line, "error", failure_build(error));
  complete = g_variant_ref_sink(g_variant_dict_end(&line));
  text = json_out_line(complete);
  (void)fputs(text, stdout);
  (void)fflush(stdout);
}

static void
close_session(Program *self)
{
  g_clear_pointer(&self->progress, progress_line_free);
  session_close_async(self->session, closed_cb, self);
}

static void
opened_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!session_open_finish(self->session, result, &error)) {
    report_error(self, error);
    close_session(self);
    return;
  }
  if (session_get_channel(self->session) != NULL && !self->options.is_quiet &&
      !self->options.is_json)
    self->progress = progress_line_new(session_get_channel(self->session));
  command_perform_async(self->command, self->session, self->request, self->cancellable,
                        performed_cb, self);
}

static void
print_answer(Program *self, GVariant *answer)
{
  g_autofree char *text = NULL;

  if (self->options.is_json)
    text = json_out_line(answer);
  else
    text = command_print(self->command, answer);
  (void)fputs(text, stdout);
  if (fflush(stdout) != 0)
    self->exit_code = EXIT_CODE_FAILED;
}

static void
performed_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = command_perform_finish(result, &error);

  g_clear_pointer(&self->progress, progress_line_free);
  if (answer == NULL) {
    report_error(self, error);
  } else {
    self->exit_code = failure_check_answer(answer);
    print_answer(self, answer);
  }
  close_session(self);
}

static void
closed_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!session_close_finish(self->session, result, &error))
    report_error(self, error);
  g_main_loop_quit(self->loop);
}

static gboolean
signal_cb(gpointer user_data)
{
  Program *self = user_data;

  g_cancellable_cancel(self->cancellable);
  return G_SOURCE_CONTINUE;
}

static void
run_program(Program *self)
{
  SessionOptions options = {
    .state_dir = self->options.state_dir,
    .channel_dir = self->options.channel_dir,
    .channel = self->options.channel == NULL ? "shopcaisse" : self->options.channel,
    .location = self->options.location,
    .output = self->options.is_json ? SESSION_OUTPUT_JSON : SESSION_OUTPUT_TEXT,
    .tryton = self->options.tryton,
  };
  guint interrupt_id = g_unix_signal_add(SIGINT, signal_cb, self);
  guint terminate_id = g_unix_signal_add(SIGTERM, signal_cb, self);

  self->cancellable = g_cancellable_new();
  self->loop = g_main_loop_new(NULL, FALSE);
  self->session = session_new(&options);
  session_open_async(self->session, command_get_parts(self->command, self->request),
                     self->cancellable, opened_cb, self);
  g_main_loop_run(self->loop);
  /* What was answered by closing still has to reach those who asked. */
  while (g_main_context_iteration(NULL, FALSE))
    continue;
  (void)g_source_remove(interrupt_id);
  (void)g_source_remove(terminate_id);
}

int
main(int argc, char **argv)
{
  g_auto(Program) self = { 0 };
  g_autoptr(GError) error = NULL;

  (void)setlocale(LC_ALL, "");
  /* Standard output is for answers: G_MESSAGES_DEBUG must not break a reader of JSON. */
  g_log_writer_default_set_use_stderr(TRUE);
  if (argc > 1 && g_str_equal(argv[1], "--check"))
    return check_program_run(argv);
  if (!parse_options(&self.options, argv, &error)) {
    report_error(&self, error);
    return EXIT_CODE_USAGE;
  }
  if (self.options.is_version) {
    (void)puts("comptoir-host " COMPTOIR_HOST_VERSION);
    return EXIT_CODE_DONE;
  }
  if (!parse_command(&self, &error)) {
    if (g_error_matches(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_HELP)) {
      (void)fputs(error->message, stdout);
      return EXIT_CODE_DONE;
    }
    report_error(&self, error);
    return EXIT_CODE_USAGE;
  }
  run_program(&self);
  return self.exit_code;
}
