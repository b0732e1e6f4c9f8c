/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/context.h"
#include "engine/slices.h"
#include "model/mask.h"

G_BEGIN_DECLS

/* The files behind an erasure: docs/decisions/0023. Each washing is a row of the database until it
 * is finished, so that a start finishes it. */

/* The washing of the row @id. @mask is (transfer full) (nullable): what must not be in the files;
 * NULL: nobody knows any more, so all is written anew. @done hears the end. */
void shopcaisse_wash_run(ShopcaisseContext *context,
                         gint64 id,
                         ShopcaisseMask *mask,
                         ShopcaisseSlicesDone done,
                         gpointer user_data);

/* Washes after the caller's transaction. @mask as above. */
gboolean shopcaisse_wash_later(ShopcaisseContext *context, ShopcaisseMask *mask, GError **error);

G_END_DECLS
