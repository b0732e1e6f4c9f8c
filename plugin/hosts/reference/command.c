/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What all commands share: finding one by its words, doing it, printing its answer. */

#include "command.h"

#include "arguments.h"
#include "commands.h"
#include "text-table.h"

static void answer_cb(GObject *source, GAsyncResult *result, gpointer user_data);
static void books_cb(GObject *source, GAsyncResult *result, gpointer user_data);

/* In the order of the help. */
static const Command *const tables[] = {
  article_commands,  sale_commands, send_commands, settings_commands,
  task_commands,     plan_commands, link_commands, report_commands,
  customer_commands, list_commands, run_commands,
};

static const Command *
find_name(const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
    for (const Command *command = tables[i]; command->name != NULL; command++) {
      if (g_str_equal(command->name, name))
        return command;
    }
  }
  return NULL;
}

static void
drop_words(char **words, guint n_words)
{
  guint length = g_strv_length(words);

  for (guint i = 0; i < n_words; i++)
    g_free(words[i]);
  for (guint i = n_words; i <= length; i++)
    words[i - n_words] = words[i];
}

/**
 * command_find:
 * @words: (inout): a command line; the name is taken out
 * @error: return location for an error
 *
 * Finds the command that a line names with its first word or its first two.
 *
 * Returns: (transfer none) (nullable): the command
 */
const Command *
command_find(char ***words, GError **error)
{
  const Command *command = NULL;

  if ((*words)[0] == NULL) {
    g_set_error_literal(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, "a command is missing");
    return NULL;
  }
  if ((*words)[1] != NULL) {
    g_autofree char *name = g_strdup_printf("%s %s", (*words)[0], (*words)[1]);

    command = find_name(name);
    if (command != NULL) {
      drop_words(*words, 2);
      return command;
    }
  }
  command = find_name((*words)[0]);
  if (command != NULL)
    drop_words(*words, 1);
  else
    g_set_error(error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_USAGE, "\"%s\" is not a command",
                (*words)[0]);
  return command;
}

static void
prefix_usage(const Command *self, GError **error)
{
  if (!g_error_matches(*error, ARGUMENTS_ERROR, ARGUMENTS_ERROR_HELP)) {
    g_prefix_error(error, "%s: ", self->name);
    return;
  }
  g_prefix_error(error, "Usage:\n  comptoir-host --state DIR %s %s\n\n%s.\n", self->name,
                 self->synopsis, self->summary);
}

/**
 * command_parse:
 * @self: the command
 * @words: (inout): the words behind its name
 * @error: return location for an error
 *
 * Reads the command's words. Fails with %ARGUMENTS_ERROR_USAGE, or with %ARGUMENTS_ERROR_HELP.
 *
 * Returns: (transfer full) (nullable): the request
 */
GVariant *
command_parse(const Command *self, char ***words, GError **error)
{
  GError *local_error = NULL;
  GVariant *request = NULL;

  if (self->parse != NULL)
    request = self->parse(words, &local_error);
  else if (arguments_parse(words, NULL, (ArgumentsCount){ 0, 0 }, &local_error))
    request = arguments_build_one("", NULL);
  if (request != NULL)
    return g_variant_ref_sink(request);
  prefix_usage(self, &local_error);
  g_propagate_error(error, local_error);
  return NULL;
}

/**
 * command_get_parts:
 * @self: the command
 * @request: its request
 *
 * Tells what must be open. A request with `no_submit` is content with the books.
 *
 * Returns: the parts
 */
SessionParts
command_get_parts(const Command *self, GVariant *request)
{
  gboolean is_local = FALSE;

  (void)g_variant_lookup(request, "no_submit", "b", &is_local);
  return is_local ? SESSION_BOOKS : self->parts;
}

/* Articles and sales of the program's own, which nobody sees when Tryton is the host. */
static gboolean
is_of_books(const Command *self)
{
  const Command *const own[] = { article_commands, sale_commands };

  for (gsize i = 0; i < G_N_ELEMENTS(own); i++) {
    for (const Command *command = own[i]; command->name != NULL; command++) {
      if (command == self)
        return TRUE;
    }
  }
  return FALSE;
}

/**
 * command_perform_async:
 * @self: the command
 * @session: an open session
 * @request: the request
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Does the command.
 */
void
command_perform_async(const Command *self,
                      Session *session,
                      GVariant *request,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new(session, cancellable, callback, user_data);

  g_task_set_source_tag(task, command_perform_async);
  if (session_get_tryton(session) != NULL && is_of_books(self)) {
    g_task_return_new_error(task, COMPTOIR_ERROR, COMPTOIR_ERROR_NOT_SUPPORTED,
                            "%s is for the books of this program: do that in Tryton", self->name);
    g_object_unref(task);
    return;
  }
  if (self->start != NULL)
    self->start(self, session, request, task);
  else
    command_ask_channel(session_get_channel(session), self->operation, request, task);
}

/**
 * command_perform_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends command_perform_async().
 *
 * Returns: (transfer full) (nullable): the answer, a dictionary
 */
GVariant *
command_perform_finish(GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer(G_TASK(result), error);
}

/**
 * command_ask_channel:
 * @channel: the channel
 * @operation: what for
 * @argument: its argument; a floating reference is taken
 * @task: (transfer full): returns what the channel answers
 *
 * Asks the channel for one operation.
 */
void
command_ask_channel(ComptoirChannel *channel,
                    ComptoirOperation operation,
                    GVariant *argument,
                    GTask *task)
{
  comptoir_channel_perform_async(channel, operation, argument, g_task_get_cancellable(task),
                                 answer_cb, task);
}

static void
answer_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GVariant *answer = comptoir_channel_perform_finish(COMPTOIR_CHANNEL(source), result, &error);

  if (answer != NULL)
    g_task_return_pointer(task, answer, (GDestroyNotify)g_variant_unref);
  else
    g_task_return_error(task, error);
}

/**
 * command_ask_books:
 * @session: an open session
 * @function: what to do
 * @argument: (nullable): with what; a floating reference is taken
 * @task: (transfer full): returns what the function answers
 *
 * Does one thing in the host's database.
 */
void
command_ask_books(Session *session, HostWorkerFunction function, GVariant *argument, GTask *task)
{
  host_worker_run_async(session_get_worker(session), function, argument, books_cb, task);
}

static void
books_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Session *session = HOST_SESSION(g_task_get_source_object(task));
  GError *error = NULL;
  GVariant *answer = host_worker_run_finish(session_get_worker(session), result, &error);

  if (answer != NULL)
    g_task_return_pointer(task, answer, (GDestroyNotify)g_variant_unref);
  else
    g_task_return_error(task, error);
}

/**
 * command_print:
 * @self: the command
 * @answer: its answer
 *
 * Writes an answer for people.
 *
 * Returns: (transfer full): lines, or the empty text
 */
char *
command_print(const Command *self, GVariant *answer)
{
  GString *out = g_string_new(NULL);

  if (self->print != NULL)
    self->print(answer, out);
  else
    text_table_append_dictionary(out, answer);
  return g_string_free(out, FALSE);
}

/**
 * command_list_all:
 *
 * Writes the list of commands for the help.
 *
 * Returns: (transfer full): lines
 */
char *
command_list_all(void)
{
  GString *out = g_string_new("Commands:\n");

  for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
    for (const Command *command = tables[i]; command->name != NULL; command++)
      g_string_append_printf(out, "  %-16s %s\n", command->name, command->summary);
  }
  g_string_append(out, "\nEach command has its own --help.");
  return g_string_free(out, FALSE);
}
