/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* {rows}: findings, the gravest first missing prerequisite named. @answer is taken. */
void shopcaisse_doctor_examine(ShopcaisseContext *context, ShopcaisseAnswer *answer);

G_END_DECLS
