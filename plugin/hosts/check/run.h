/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "asker.h"
#include "report.h"

typedef struct _Run Run;

/**
 * RunOptions:
 * @names: (nullable): the checks that are wanted; all, if none is named
 * @timeout_ms: how long the host may take for an answer
 * @n_rows: how many articles to make, where the host can be written to
 * @can_write: whether the host is a throw-away
 * @will_sell: whether a sale is about to come
 *
 * What is to be checked.
 */
typedef struct {
  GStrv names;
  guint timeout_ms;
  guint n_rows;
  gboolean can_write;
  gboolean will_sell;
} RunOptions;

/**
 * RunPhase:
 * @RUN_QUESTIONS: what can be asked at any time
 * @RUN_SALES: what needs a sale of the host's
 *
 * When a check has its turn.
 */
typedef enum {
  RUN_QUESTIONS,
  RUN_SALES
} RunPhase;

Run *run_new(ComptoirHost *host, Report *report, const RunOptions *options);
void run_free(Run *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Run, run_free)

void run_stop(Run *self);
void run_execute(Run *self, RunPhase phase);
void run_add_sale(Run *self, GVariant *sale);
gboolean run_knows(const char *name);
