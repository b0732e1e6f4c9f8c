/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

/**
 * HostProgram:
 * @folder: the profile; owned
 * @status: how the last command ended
 * @out: what it wrote to stdout; owned
 * @err: what it wrote to stderr; owned
 * @running: (nullable): the process of `run`; owned
 * @input: (nullable): its stdin; unowned
 * @output: (nullable): its stdout; owned
 *
 * comptoir-host and a profile for it.
 */
typedef struct {
  char *folder;
  int status;
  char *out;
  char *err;
  GSubprocess *running;
  GOutputStream *input;
  GDataInputStream *output;
} HostProgram;

int host_program_set_up(void **state);
int host_program_tear_down(void **state);

void host_program_call(HostProgram *self, const char *line);
void host_program_call_with_input(HostProgram *self, const char *line, const char *input);
json_t *host_program_parse(HostProgram *self);

void host_program_start(HostProgram *self, const char *line);
void host_program_send(HostProgram *self, const char *line);
json_t *host_program_read(HostProgram *self);
json_t *host_program_read_until(HostProgram *self, const char *key, const char *value);
int host_program_wait(HostProgram *self);

const char *host_program_text(json_t *object, const char *key);
