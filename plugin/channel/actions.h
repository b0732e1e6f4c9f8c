/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The tasks of the channel as actions, for a host's menus. */

typedef void (*ShopcaisseRunFunc)(const char *task, gpointer user_data);

GSimpleActionGroup *shopcaisse_actions_new(ShopcaisseRunFunc run, gpointer user_data);

typedef enum {
  SHOPCAISSE_ACTIONS_DISABLED,
  SHOPCAISSE_ACTIONS_ENABLED
} ShopcaisseActionsState;

void shopcaisse_actions_set_state(GSimpleActionGroup *actions, ShopcaisseActionsState state);

G_END_DECLS
