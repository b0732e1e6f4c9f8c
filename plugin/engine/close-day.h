/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine/answer.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* Reads the day's orders, sales and shifts once more, then compares. @day: (nullable): today. One
 * day at a time; the others wait. */
void shopcaisse_close_day(ShopcaisseContext *context, const char *day, ShopcaisseAnswer *answer);

/* (nullable): the last report, if it was compared then; owned by the engine. */
GVariant *shopcaisse_close_day_get_report(ShopcaisseContext *context, const char *compared_at);

/* When the engine goes. */
void shopcaisse_close_day_forget(ShopcaisseContext *context);

/* A report, as comptoir-rows.h describes it, as a file: {day, format, compared_at}. The report that
 * was compared then is written as it was, otherwise the day is closed once more. */
void
shopcaisse_export_day(ShopcaisseContext *context, GVariant *argument, ShopcaisseAnswer *answer);

G_END_DECLS
