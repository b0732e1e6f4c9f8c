/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "run-private.h"

/**
 * Changed:
 * @reply: what the host answered; owned
 * @rows: (nullable): its rows; owned
 *
 * The answer to changes.
 */
typedef struct {
  Reply reply;
  GVariant *rows;
} Changed;

void changed_clear(Changed *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Changed, changed_clear)

gboolean changed_ask(Changed *self, Run *run, Question question, GVariant *rows);
GVariant *changed_find(const Changed *self, const char *key);
char *changed_dup_id(const Changed *self, const char *key);
char *changed_dup_fault(const Changed *self, const char *key);

GVariant *change_new(const char *key, const char *change, const char *id, GVariant *fields);
GVariant *change_new_article(const char *key, const char *name);
GVariant *till_sale_new(const char *key, const char *id);
