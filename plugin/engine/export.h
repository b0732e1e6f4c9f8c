/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* @argument: {kind, format}: "support" as "text". {name, media_type, text}. */
void shopcaisse_export(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer);

G_END_DECLS
