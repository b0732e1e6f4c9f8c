/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir-error.h>

G_BEGIN_DECLS

/**
 * ComptoirRequest:
 *
 * A question to the host that waits for one answer. The host calls comptoir_request_answer() or
 * comptoir_request_fail() once, now or later, from any thread; a request that is dropped, or that
 * nobody answers before its deadline, fails by itself.
 */
#define COMPTOIR_TYPE_REQUEST (comptoir_request_get_type())
G_DECLARE_FINAL_TYPE(ComptoirRequest, comptoir_request, COMPTOIR, REQUEST, GObject)

/**
 * ComptoirRequestDone: (skip)
 * @answer: (nullable): what the host answered
 * @error: (nullable): why there is no answer
 * @user_data: the data given to comptoir_request_new()
 *
 * Called exactly once, in the main context in which the request was made, never from inside the
 * call that answers.
 */
typedef void (*ComptoirRequestDone)(GVariant *answer, const GError *error, gpointer user_data);

ComptoirRequest *
comptoir_request_new(guint timeout_ms, ComptoirRequestDone done, gpointer user_data);

void comptoir_request_answer(ComptoirRequest *self, GVariant *answer);

void comptoir_request_fail(ComptoirRequest *self, ComptoirError code, const char *message);

gboolean comptoir_request_is_answered(ComptoirRequest *self);

guint comptoir_request_get_n_answers(ComptoirRequest *self);

G_END_DECLS
