/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"
#include "engine/engine.h"

G_BEGIN_DECLS

/* What stands around an engine in a till: the host with its books, a file for the token, a clock.
 */
typedef struct Desk Desk;

/* @books is the caller's and outlives the desk; @token_file is where a token is kept. */
Desk *desk_new(GMainContext *context, Books *books, const char *token_file);
void desk_free(Desk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Desk, desk_free)

/* Fills in what the desk offers. */
void desk_equip(Desk *self, ShopcaisseEngineConfig *config);

G_END_DECLS
