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

/* A flow as it is shown. */
typedef struct {
  const char *task;    /* static, as the next two */
  const char *setting; /* of its interval */
  const char *cursor;
  guint minutes;       /* of its interval, 0: off */
  gint64 next_at;      /* UTC, 0: not planned */
  gint64 last_at;      /* UTC, 0: never */
  gboolean is_running; /* for whoever asked */
  char *failure;       /* (owned) (nullable): why it failed the last time */
} ShopcaisseFlowView;

/* The flow at @index, FALSE: there are no more. */
gboolean shopcaisse_schedule_look(ShopcaisseSchedule *self, guint index, ShopcaisseFlowView *view);
void shopcaisse_flow_view_clear(ShopcaisseFlowView *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ShopcaisseFlowView, shopcaisse_flow_view_clear)

/* How a task ended, whoever ran it: kept until it ends otherwise. @message is (nullable): well. */
gboolean shopcaisse_schedule_note_end(ShopcaisseSchedule *self,
                                      const char *task,
                                      const char *message,
                                      GError **error);

/* Somebody says that there is something new for a task; at most one such word waits for each. */
gboolean shopcaisse_schedule_hint(ShopcaisseSchedule *self, const char *task, GError **error);

G_END_DECLS
