/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "memory-host.h"

G_BEGIN_DECLS

/* A host's main loop with the real channel in it, and what the loop sees of it. */
typedef struct {
  GMainContext *context; /* (not owned): the default one */
  MemoryHost *host;      /* (owned) */
  ComptoirChannel *channel;
  gint64 dispatch_ns; /* processor time of the longest dispatch so far */
  GArray *gaps;       /* (owned) (element-type gint64): microseconds between two ticks */
  gint64 ticked_at;
  GSource *ticker; /* (owned) (nullable) */
} Stage;

void stage_init(Stage *self, const char *folder, MemoryHostMood mood);
void stage_clear(Stage *self);

void stage_open(Stage *self);
void stage_close(Stage *self);

/* Goes round the loop once; waits for something to do. */
void stage_iterate(Stage *self);

/* One operation, to its end; what fails ends the program with its message. */
GVariant *stage_perform(Stage *self, ComptoirOperation operation, const char *argument, ...)
    G_GNUC_WARN_UNUSED_RESULT;

/* Without waiting: *answer is set in its time. @argument is consumed. */
void stage_start(Stage *self, ComptoirOperation operation, GVariant *argument, GVariant **answer);
void stage_wait(Stage *self, GVariant **answer);

/* A tick every millisecond, from now on. */
void stage_tick(Stage *self);
void stage_run_for(Stage *self, double seconds);

/* Sorts @values; the value below which that share of them lies. */
double stage_get_quantile(GArray *values, double share);

void stage_say(const char *key, double value);
_Noreturn void stage_fail(const char *what, const GError *error);

G_END_DECLS
