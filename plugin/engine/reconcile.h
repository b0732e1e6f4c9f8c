/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

/* A day of the shop, in its own time zone: [from, to), UTC microseconds. @day: "2026-03-01",
 * (nullable) for today. */
gboolean shopcaisse_reconcile_get_day(
    ShopcaisseContext *context, const char *day, gint64 *from, gint64 *to, GError **error);

/* Compares, cent by cent, what the host sold with what the till recorded, out of what has been
 * read. (transfer floating): the day's report, comptoir.h: close_day. */
GVariant *shopcaisse_reconcile_day(
    ShopcaisseContext *context, gint64 from, gint64 to, gboolean is_partial, GError **error);

G_END_DECLS
