/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Reads the day's orders, sales and shifts once more, then compares. @day: (nullable): today. */
void shopcaisse_close_day(ShopcaisseContext *context, const char *day, ShopcaisseAnswer *answer);

G_END_DECLS
