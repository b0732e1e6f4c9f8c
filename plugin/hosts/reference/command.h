/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session.h"

typedef struct _Command Command;

/**
 * CommandParse:
 * @words: (inout): the words behind the command's name
 * @error: return location for an error
 *
 * Reads the words into a request. Does nothing else: no file, no clock.
 *
 * Returns: (transfer full) (nullable): a dictionary; may be floating
 */
typedef GVariant *(*CommandParse)(char ***words, GError **error);

/**
 * CommandStart:
 * @command: the command
 * @session: an open session
 * @request: what `parse` made
 * @task: (transfer full): returns the answer, a dictionary, as a pointer
 *
 * Does the command.
 */
typedef void (*CommandStart)(const Command *command,
                             Session *session,
                             GVariant *request,
                             GTask *task);

/**
 * CommandPrint:
 * @answer: the command's answer
 * @out: where to write
 *
 * Writes the answer for people.
 */
typedef void (*CommandPrint)(GVariant *answer, GString *out);

/**
 * Command:
 * @name: what is typed, one word or two
 * @synopsis: its arguments
 * @summary: what it does
 * @parts: what must be open
 * @operation: what the channel is asked for when there is no @start
 * @parse: (nullable): %NULL: no arguments
 * @start: (nullable): %NULL: @operation, with the request as its argument
 * @print: (nullable): %NULL: a line for each key
 *
 * One command.
 */
struct _Command {
  const char *name;
  const char *synopsis;
  const char *summary;
  SessionParts parts;
  ComptoirOperation operation;
  CommandParse parse;
  CommandStart start;
  CommandPrint print;
};

const Command *command_find(char ***words, GError **error);

GVariant *command_parse(const Command *self, char ***words, GError **error);

SessionParts command_get_parts(const Command *self, GVariant *request);

void command_perform_async(const Command *self,
                           Session *session,
                           GVariant *request,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GVariant *command_perform_finish(GAsyncResult *result, GError **error);

void command_ask_channel(ComptoirChannel *channel,
                         ComptoirOperation operation,
                         GVariant *argument,
                         GTask *task);
void
command_ask_books(Session *session, HostWorkerFunction function, GVariant *argument, GTask *task);

char *command_print(const Command *self, GVariant *answer);

char *command_list_all(void);
