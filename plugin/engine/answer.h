/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

/* Somebody waits for an operation. Giving the answer consumes it; the caller hears it later, never
 * from inside. */
typedef struct ShopcaisseAnswer ShopcaisseAnswer;

ShopcaisseAnswer *
shopcaisse_answer_new(GMainContext *context, ShopcaisseAnswerFunc callback, gpointer user_data);

/* @value: a{sv}, floating or not. */
void shopcaisse_answer_take(ShopcaisseAnswer *self, GVariant *value);

/* @error is taken. */
void shopcaisse_answer_fail(ShopcaisseAnswer *self, GError *error);

/* The same with a copy. */
void shopcaisse_answer_fail_copy(ShopcaisseAnswer *self, const GError *error);

G_END_DECLS
