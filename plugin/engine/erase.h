/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"
#include "engine/person-walk.h"

G_BEGIN_DECLS

/* "Erase this customer": docs/decisions/0023. @argument as comptoir-rows.h has it. */
void
shopcaisse_erase_plan(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer);
void
shopcaisse_erase_customer(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer);

/* What a crash or a closing left; nobody waits for it. */
void shopcaisse_erase_resume(ShopcaisseContext *context);

/* (transfer full): {name, media_type, text} for whoever asked for all that is known. */
void shopcaisse_export_customer(ShopcaisseContext *context,
                                GVariant *argument,
                                ShopcaisseAnswer *answer);

/* (transfer full): what was found, or done, in sentences for people. */
char *shopcaisse_erase_describe(const ShopcaisseWalk *walk, guint n_set_aside);

G_END_DECLS
