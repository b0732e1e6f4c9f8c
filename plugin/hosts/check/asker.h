/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "question.h"

typedef struct _Asker Asker;

/**
 * Reply:
 * @answer: (nullable): what the host answered; owned
 * @error: (nullable): why there is no answer; owned
 * @request: (nullable): the question, when it is to be kept; owned
 * @call_us: how long the function held the host's thread
 * @gap_us: the longest that the host's main loop stood still until the answer
 * @cpu_us: what the host's thread computed until the answer
 * @total_us: from the question to the answer
 *
 * What came of one question.
 */
typedef struct {
  GVariant *answer;
  GError *error;
  ComptoirRequest *request;
  gint64 call_us;
  gint64 gap_us;
  gint64 cpu_us;
  gint64 total_us;
} Reply;

void reply_clear(Reply *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reply, reply_clear)

/**
 * AskerOptions:
 * @timeout_ms: how long the host may take
 * @is_kept: keep the request, to see further answers to it
 *
 * How to ask.
 */
typedef struct {
  guint timeout_ms;
  gboolean is_kept;
} AskerOptions;

typedef void (*AskerFunction)(ComptoirHost *host, gpointer user_data);

Asker *asker_new(ComptoirHost *host);
void asker_free(Asker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Asker, asker_free)

ComptoirHost *asker_get_host(Asker *self);
gboolean asker_is_dead(Asker *self);
gboolean asker_stood_still(Asker *self);
void asker_stop(Asker *self);

gboolean asker_ask(
    Asker *self, Question question, GVariant *argument, const AskerOptions *options, Reply *reply);

gint64 asker_call(Asker *self, AskerFunction function, gpointer user_data);
