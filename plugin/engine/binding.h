/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* The chosen store is this profile's alone on this computer. Where the folder of bindings cannot be
 * used, that is said and nothing is refused. */

void shopcaisse_binding_start(ShopcaisseContext *context);

/* Takes a store that is about to be chosen, "" for none; CONFLICT names who has it. */
gboolean
shopcaisse_binding_choose(ShopcaisseContext *context, const char *store_id, GError **error);

/* What was chosen is stored, or was not: every other store is given back. */
void shopcaisse_binding_settle(ShopcaisseContext *context);

/* Says that a store could not be taken, until another is. */
void shopcaisse_binding_suffer(ShopcaisseContext *context, const char *message);

void shopcaisse_binding_end(ShopcaisseContext *context);

G_END_DECLS
