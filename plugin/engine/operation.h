/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Does one operation of the contract, all but submit_sale. Consumes @answer. */
void shopcaisse_operation_perform(ShopcaisseContext *context,
                                  ComptoirOperation operation,
                                  GVariant *argument,
                                  ShopcaisseAnswer *answer);

G_END_DECLS
