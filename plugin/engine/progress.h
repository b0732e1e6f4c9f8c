/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/sales.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Tells the host of every sale that moved since it last heard; what it has not confirmed is said
 * again, after a crash too. Outside transactions. */
void shopcaisse_progress_tell(ShopcaisseContext *context);

/* What it has heard goes into a transaction that happens anyway, or into its own. */
gboolean shopcaisse_progress_note(ShopcaisseContext *context, GError **error);
gboolean shopcaisse_progress_flush(ShopcaisseContext *context);
void shopcaisse_progress_free(ShopcaisseContext *context);

/* (transfer floating): the progress row of a sale. */
GVariant *shopcaisse_progress_row(const ShopcaisseSaleRecord *record);

G_END_DECLS
