/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* {rows}: findings, the gravest first missing prerequisite named. @answer is taken. */
void shopcaisse_doctor_examine(ShopcaisseContext *context, ShopcaisseAnswer *answer);

/* One more finding, for a part that tells its own. */
void shopcaisse_doctor_add(GVariantBuilder *rows,
                           const char *id,
                           const char *level,
                           const char *title,
                           const char *next_step);

G_END_DECLS
