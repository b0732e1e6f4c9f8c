/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "net/message.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* How fast catalogue pages go: four at once when it is calm, one by one with pauses between them
 * after the service was in trouble. docs/decisions/0006-page-sizes.md. */
typedef struct {
  gint64 pause_us; /* 0: it is calm */
  gint64 next_at;  /* monotonic, microseconds: when the next page may go */
  guint n_good;    /* pages since the last trouble */
} ShopcaissePace;

/* From build: *wait_us is 0 when a page may go now, else when to ask again. */
gboolean shopcaisse_pace_ask(ShopcaisseContext *context, gint64 *wait_us, GError **error);

/* From apply, from refuse: what became of a page. */
void shopcaisse_pace_note_page(ShopcaisseContext *context);
void shopcaisse_pace_note_refusal(ShopcaisseContext *context, ShopcaisseReplyKind reply);

G_END_DECLS
