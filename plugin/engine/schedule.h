/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;
typedef struct ShopcaisseSchedule ShopcaisseSchedule;

/* When each flow ended last. */
#define SHOPCAISSE_CURSOR_CATALOGUE "catalogue"
#define SHOPCAISSE_CURSOR_STOCK     "stock"
#define SHOPCAISSE_CURSOR_ORDERS    "orders"
#define SHOPCAISSE_CURSOR_TICKETS   "tickets"
#define SHOPCAISSE_CURSOR_CATCH_UP  "catch-up"

/* The last pull of tickets that could read every one of them. */
#define SHOPCAISSE_CURSOR_TICKETS_WHOLE "tickets-whole"

/* Each flow on its own interval, with jitter, while the channel is open. */
ShopcaisseSchedule *shopcaisse_schedule_new(ShopcaisseContext *context);
void shopcaisse_schedule_free(ShopcaisseSchedule *self);

/* The settings changed, or the channel has just been connected. */
void shopcaisse_schedule_restart(ShopcaisseSchedule *self);

/* Somebody says that there is something new for a task; at most one such word waits for each. */
gboolean shopcaisse_schedule_hint(ShopcaisseSchedule *self, const char *task, GError **error);

G_END_DECLS
