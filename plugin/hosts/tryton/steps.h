/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "rpc.h"

/**
 * TrytonStep:
 * @ask: fills in the next call; %FALSE when this step has nothing to ask (any more)
 * @take: reads the answer; %FALSE with an error ends the story
 * @repeats: whether it is asked again after its answer, until it has nothing to ask
 *
 * One step of a story that takes several calls.
 */
typedef struct {
  gboolean (*ask)(gpointer story, TrytonCall *call);
  gboolean (*take)(gpointer story, json_t *result, GError **error);
  gboolean repeats;
} TrytonStep;

typedef void (*TrytonStepsDone)(gpointer story, const GError *error);

void
tryton_steps_run(TrytonRpc *rpc, const TrytonStep *steps, TrytonStepsDone done, gpointer story);
