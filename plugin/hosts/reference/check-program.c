/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* comptoir-host --check: makes a host in an empty folder, lets it open the channel "check", and
 * prints what that saw. A host in Python is driven by a script that does the same. */

#include "check-program.h"

#include "checked-host.h"
#include "failure.h"
#include "json-out.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>

#define DEADLINE_MS 20000
#define N_ROWS      10000
#define N_ROUNDS    100
#define SCRIPT      "check-python-host.py"

typedef struct {
  char *module; /* (owned) (nullable) */
  char *python; /* (owned) (nullable) */
  gboolean is_json;
  gboolean is_read_only;
  int n_rows;
  int n_rounds;
  int deadline_ms;
  GStrv names; /* (owned) (nullable) */
} CheckOptions;

typedef struct {
  const CheckOptions *options;
  CheckedHost maker;
  const char *folder;
  ComptoirChannel *channel; /* (owned) (nullable) */
} Check;

static void
clear_options(CheckOptions *self)
{
  g_free(self->module);
  g_free(self->python);
  g_strfreev(self->names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CheckOptions, clear_options)

static void
clear_check(Check *self)
{
  g_clear_object(&self->channel);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Check, clear_check)

static gboolean
parse_options(CheckOptions *self, char **argv, GError **error)
{
  gboolean is_check = FALSE;
  const GOptionEntry entries[] = {
    { "check", 0, 0, G_OPTION_ARG_NONE, &is_check, "Check a host", NULL },
    { "module", 0, 0, G_OPTION_ARG_FILENAME, &self->module,
      "A module that exports comptoir_check_new_host", "HOST.so" },
    { "python", 0, 0, G_OPTION_ARG_FILENAME, &self->python, "A file that defines new_host(folder)",
      "HOST.py" },
    { "read-only", 0, 0, G_OPTION_ARG_NONE, &self->is_read_only, "Write nothing into the host",
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->is_json, "Answer in JSON, one line", NULL },
    { "rows", 0, 0, G_OPTION_ARG_INT, &self->n_rows, "Articles to make; default: 10000", "N" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &self->n_rounds,
      "How often to open and close; default: 100", "N" },
    { "deadline", 0, 0, G_OPTION_ARG_INT, &self->deadline_ms,
      "How long the host may take for an answer; default: 20000", "MS" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->names, NULL, "[CHECK...]" },
    { .long_name = NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_auto(GStrv) words = g_strdupv(argv);

  g_option_context_set_summary(
      context, "Asks a host all that the contract says, and tells what it does with it.");
  g_option_context_set_description(
      context,
      "Without a host it checks its own. Each check prints a line: ok, FAILED, warning, not offered"
      " (the\nhost has not got it), not checked. The exit code is 1 when one has failed.\n\n"
      "The host is made for an empty folder that is removed afterwards, and is WRITTEN INTO:"
      " thousands of\narticles, and sales. One that keeps its books elsewhere is to be checked with"
      " --read-only.\n\n"
      "To check a program that runs, let it open the channel \"check\": see HOST-ABI.md.\n");
  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse_strv(context, &words, error))
    return FALSE;
  if (self->n_rows >= 0 && self->n_rounds >= 0 && self->deadline_ms > 0 &&
      (self->module == NULL || self->python == NULL))
    return TRUE;
  g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                      "one host and numbers that make sense are needed");
  return FALSE;
}

/* Beside the modules that sell, so that no host finds the channel by chance. */
static char *
dup_check_dir(void)
{
  const char *override = g_getenv("COMPTOIR_CHECK_DIR");

  return g_strdup(override != NULL ? override : COMPTOIR_CHECK_DIR);
}

static void
remove_folder(const char *path)
{
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  const char *name = folder == NULL ? NULL : g_dir_read_name(folder);

  for (; name != NULL; name = g_dir_read_name(folder)) {
    g_autofree char *child = g_build_filename(path, name, NULL);

    if (g_file_test(child, G_FILE_TEST_IS_DIR) && !g_file_test(child, G_FILE_TEST_IS_SYMLINK))
      remove_folder(child);
    else
      (void)g_unlink(child);
  }
  (void)g_rmdir(path);
}

static void
keep_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void)g_set_object((GAsyncResult **)user_data, result);
}

/* (transfer none): the main loop turns until the answer is there */
static GAsyncResult *
wait_for(GAsyncResult **kept)
{
  while (*kept == NULL)
    (void)g_main_context_iteration(NULL, TRUE);
  return *kept;
}

static GVariant *
run_task(Check *self, const char *task, GVariant *options, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  comptoir_channel_run_async(self->channel, task, options, NULL, keep_cb, &result);
  return comptoir_channel_run_finish(self->channel, wait_for(&result), error);
}

/* (transfer full) (nullable): a host that has opened the channel */
static GObject *
open_channel(Check *self, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GObject) host = self->maker.new_host(self->folder);

  if (host == NULL || !COMPTOIR_IS_HOST(host)) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
                        "comptoir_check_new_host made no ComptoirHost");
    return NULL;
  }
  comptoir_channel_open_async(self->channel, COMPTOIR_HOST(host), NULL, keep_cb, &result);
  if (!comptoir_channel_open_finish(self->channel, wait_for(&result), error))
    return NULL;
  return g_steal_pointer(&host);
}

static void
close_channel(Check *self)
{
  g_autoptr(GAsyncResult) result = NULL;

  comptoir_channel_close_async(self->channel, keep_cb, &result);
  (void)comptoir_channel_close_finish(self->channel, wait_for(&result), NULL);
}

static GVariant *
build_task(const Check *self)
{
  const CheckOptions *options = self->options;
  g_auto(GVariantDict) task = G_VARIANT_DICT_INIT(NULL);

  if (options->names != NULL)
    g_variant_dict_insert(&task, "names", "^as", options->names);
  g_variant_dict_insert(&task, "timeout_ms", "u", (guint)options->deadline_ms);
  g_variant_dict_insert(&task, "rows", "u", (guint)options->n_rows);
  g_variant_dict_insert(&task, "write", "b", !options->is_read_only);
  g_variant_dict_insert(&task, "sell", "b", self->maker.sell != NULL && !options->is_read_only);
  return g_variant_dict_end(&task);
}

/* A host that cannot be made is an error, one that cannot open the channel has failed. */
static GVariant *
report_refusal(Check *self, const GError *refusal, GError **error)
{
  if (refusal->code != COMPTOIR_ERROR_NOT_SUPPORTED)
    return run_task(
        self, "refused",
        g_variant_new_parsed("{'message': <%s>, 'code': <%i>}", refusal->message, refusal->code),
        error);
  if (error != NULL)
    *error = g_error_copy(refusal);
  return NULL;
}

static GVariant *
check_once(Check *self, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) refusal = NULL;
  g_autoptr(GObject) host = open_channel(self, &refusal);
  GVariant *answer = NULL;

  if (host == NULL)
    return report_refusal(self, refusal, error);
  comptoir_channel_run_async(self->channel, "check", build_task(self), NULL, keep_cb, &result);
  if (self->maker.sell != NULL && !self->options->is_read_only)
    self->maker.sell(host, self->channel);
  answer = comptoir_channel_run_finish(self->channel, wait_for(&result), error);
  close_channel(self);
  return answer;
}

static gboolean
wants_rounds(const CheckOptions *options)
{
  return options->n_rounds > 0 &&
         (options->names == NULL ||
          g_strv_contains((const char *const *)options->names, "open-close"));
}

static GVariant *
check_host(Check *self, GError **error)
{
  g_autoptr(GVariant) answer = check_once(self, error);

  /* Only a host that was opened once can be opened again. */
  if (answer == NULL || !wants_rounds(self->options))
    return g_steal_pointer(&answer);
  for (int i = 0; i < self->options->n_rounds; i++) {
    g_autoptr(GError) refusal = NULL;
    g_autoptr(GObject) host = open_channel(self, &refusal);

    if (host == NULL)
      return report_refusal(self, refusal, error);
    close_channel(self);
  }
  return run_task(self, "report", NULL, error);
}

static ExitCode
print_report(const CheckOptions *options, GVariant *answer)
{
  g_auto(GVariantDict) report = G_VARIANT_DICT_INIT(answer);
  g_autofree char *text = NULL;
  guint n_failed = 0;

  (void)g_variant_dict_lookup(&report, "failed", "u", &n_failed);
  (void)g_variant_dict_lookup(&report, "text", "s", &text);
  (void)g_variant_dict_remove(&report, "text");
  if (options->is_json) {
    g_autoptr(GVariant) rows = g_variant_ref_sink(g_variant_dict_end(&report));

    g_free(text);
    text = json_out_line(rows);
  }
  (void)fputs(text, stdout);
  return fflush(stdout) == 0 && n_failed == 0 ? EXIT_CODE_DONE : EXIT_CODE_FAILED;
}

/* A check that is none is a word that was typed wrong, not a host that has failed. */
static ExitCode
find_exit_code(const GError *error)
{
  return g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID) ? EXIT_CODE_USAGE
                                                                        : EXIT_CODE_FAILED;
}

static ExitCode
check_here(const CheckOptions *options, const char *folder, GError **error)
{
  g_auto(Check) check = { .options = options, .folder = folder };
  g_autoptr(GError) check_error = NULL;
  g_autoptr(GVariant) answer = NULL;
  ExitCode exit_code = EXIT_CODE_FAILED;

  if (options->module == NULL)
    checked_host_use_reference(&check.maker);
  else if (!checked_host_load(&check.maker, options->module, error))
    return EXIT_CODE_FAILED;
  check.channel = comptoir_channel_new("check", error);
  if (check.channel == NULL)
    return EXIT_CODE_FAILED;
  answer = check_host(&check, &check_error);
  if (answer != NULL)
    return print_report(options, answer);
  exit_code = find_exit_code(check_error);
  g_propagate_error(error, g_steal_pointer(&check_error));
  return exit_code;
}

static char *
build_script_options(const CheckOptions *options)
{
  static char *no_names[] = { NULL };
  g_autoptr(GVariant) names =
      g_variant_ref_sink(g_variant_new("^as", options->names != NULL ? options->names : no_names));
  g_auto(GVariantDict) all = G_VARIANT_DICT_INIT(NULL);
  g_autoptr(GVariant) complete = NULL;

  g_variant_dict_insert_value(&all, "names", names);
  g_variant_dict_insert(&all, "timeout_ms", "i", options->deadline_ms);
  g_variant_dict_insert(&all, "rows", "i", options->n_rows);
  g_variant_dict_insert(&all, "rounds", "i", wants_rounds(options) ? options->n_rounds : 0);
  g_variant_dict_insert(&all, "write", "b", !options->is_read_only);
  g_variant_dict_insert(&all, "json", "b", options->is_json);
  complete = g_variant_ref_sink(g_variant_dict_end(&all));
  return json_out_line(complete);
}

static ExitCode
check_python(const CheckOptions *options, const char *folder, GError **error)
{
  g_autofree char *check_dir = dup_check_dir();
  g_autofree char *script = g_build_filename(check_dir, SCRIPT, NULL);
  g_autofree char *words = build_script_options(options);
  g_autoptr(GSubprocess) process = g_subprocess_new(G_SUBPROCESS_FLAGS_NONE, error, COMPTOIR_PYTHON,
                                                    script, options->python, folder, words, NULL);

  if (process == NULL || !g_subprocess_wait(process, NULL, error))
    return EXIT_CODE_FAILED;
  if (!g_subprocess_get_if_exited(process))
    return EXIT_CODE_FAILED;
  switch (g_subprocess_get_exit_status(process)) {
  case EXIT_CODE_DONE:
    return EXIT_CODE_DONE;
  case EXIT_CODE_USAGE:
    return EXIT_CODE_USAGE;
  default:
    return EXIT_CODE_FAILED;
  }
}

/**
 * check_program_run:
 * @argv: the command line, `--check` among it
 *
 * Checks a host, and waits for it: the program does nothing else.
 *
 * Returns: the exit code
 */
int
check_program_run(char **argv)
{
  g_auto(CheckOptions)
      options = { .n_rows = N_ROWS, .n_rounds = N_ROUNDS, .deadline_ms = DEADLINE_MS };
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *check_dir = dup_check_dir();
  ExitCode exit_code = EXIT_CODE_USAGE;

  if (!parse_options(&options, argv, &error)) {
    (void)fprintf(stderr, "comptoir-host: %s\n", error->message);
    return EXIT_CODE_USAGE;
  }
  folder = g_dir_make_tmp("comptoir-check-XXXXXX", &error);
  if (folder == NULL) {
    (void)fprintf(stderr, "comptoir-host: %s\n", error->message);
    return EXIT_CODE_FAILED;
  }
  if (!options.is_read_only)
    (void)fprintf(stderr,
                  "comptoir-host: WRITING into the host made for %s: it must keep everything"
                  " there\n",
                  folder);
  (void)g_setenv("COMPTOIR_PATH", check_dir, TRUE);
  g_unsetenv("COMPTOIR_CHECK");
  exit_code = options.python != NULL ? check_python(&options, folder, &error)
                                     : check_here(&options, folder, &error);
  if (error != NULL)
    (void)fprintf(stderr, "comptoir-host: %s\n", error->message);
  remove_folder(folder);
  return exit_code;
}
