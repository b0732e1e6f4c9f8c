/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <sys/types.h>

/* A running simulator. */
typedef struct {
  pid_t pid;
  guint16 api;
  guint16 control;
  char *token;       /* (owned) */
  char *application; /* (owned) */
} Process;

Process *process_start(const char *const *arguments);
int process_stop(Process *self);
int process_run(const char *const *arguments, char **output);
