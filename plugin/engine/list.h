/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* A window of a list as the settings page shows it: {rows, total, complete, counts}. @answer is
 * taken. */
void shopcaisse_list_answer(ShopcaisseContext *context,
                            const ShopcaisseWindow *window,
                            ShopcaisseAnswer *answer);

G_END_DECLS
