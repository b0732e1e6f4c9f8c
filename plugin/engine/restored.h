/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"
#include "store/sales.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* A host whose database was restored from a backup: it gives ids out again and has forgotten what
 * it was told. That is noticed and asked; nothing stops, since each sale is told from the others by
 * till and time. docs/decisions/0022-restored-host.md. */

/* Raises the question, once; inside the caller's transaction. */
gboolean shopcaisse_restored_ask(ShopcaisseContext *context, const char *text, GError **error);

/* Takes it back: the host has all that it had. */
void shopcaisse_restored_withdraw(ShopcaisseContext *context);

/* Raises a question again that another life of the program left open. */
void shopcaisse_restored_start(ShopcaisseContext *context);

char *shopcaisse_restored_dup_question(ShopcaisseContext *context);

/* Whether a person has said of the time when the sale was taken over that it is gone. */
gboolean shopcaisse_restored_covers(ShopcaisseContext *context,
                                    const ShopcaisseSaleRecord *record,
                                    gboolean *is_covered,
                                    GError **error);

/* A person says that a backup was restored. */
void shopcaisse_restored_confirm(ShopcaisseContext *context, ShopcaisseAnswer *answer);

G_END_DECLS
