/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "channel/bridge.h"
#include "channel/facade.h"

G_BEGIN_DECLS

/* Inside the facade only. */

typedef enum {
  SHOPCAISSE_CHANNEL_CLOSED,
  SHOPCAISSE_CHANNEL_OPENING,
  SHOPCAISSE_CHANNEL_OPEN,
  SHOPCAISSE_CHANNEL_CLOSING
} ShopcaisseChannelState;

struct _ShopcaisseChannel {
  GObject parent_instance;

  GThread *thread; /* atomic, not owned: of open; NULL while closed */
  ShopcaisseChannelState state;
  ShopcaisseBridge *bridge;    /* (owned) (nullable): set unless closed */
  GTask *opening;              /* (owned) (nullable): until it is open */
  GSource *cancelled;          /* (owned) (nullable): of `opening` */
  GPtrArray *closing;          /* (owned): the tasks that wait for the end */
  GSimpleActionGroup *actions; /* (owned) */
  GPtrArray *lists;            /* (owned): weak references to lists that somebody holds */
  GVariant *settings;          /* (owned): aa{sv}, as last described */
  ComptoirStatus status;
  char *last_error; /* (owned) (nullable) */
  gboolean is_busy;
  double progress; /* 0 to 1, -1 unknown */
};

/* facade.c */
void shopcaisse_channel_set_status(
    ComptoirStatus status, const char *last_error, gboolean busy, double progress, gpointer self);
void shopcaisse_channel_set_settings(GVariant *settings, gpointer self);
void shopcaisse_channel_refresh_lists(const char *kind, gpointer self);

/* facade-session.c */
void shopcaisse_channel_init_session(ComptoirChannelInterface *iface);
void shopcaisse_channel_end_session(ShopcaisseChannel *self);
gboolean shopcaisse_channel_is_foreign_thread(ShopcaisseChannel *self);
void shopcaisse_channel_run_task(const char *task, gpointer self);

G_END_DECLS
