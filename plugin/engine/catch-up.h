/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

typedef void (*ShopcaisseCatchUpDone)(guint n_found, const GError *error, gpointer user_data);

/* Asks the host for paid sales since the last time less 48 h, and takes over what is missing: the
 * host may have died between its own commit and ours. A second wish while one runs is BUSY. */
void
shopcaisse_catch_up(ShopcaisseContext *context, ShopcaisseCatchUpDone done, gpointer user_data);

/* The same for nobody in particular; a wish that comes while one runs is not lost. */
void shopcaisse_catch_up_soon(ShopcaisseContext *context);

G_END_DECLS
