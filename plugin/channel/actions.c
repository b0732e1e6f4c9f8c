/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The actions: one for each task, without parameter or state. What a task does is the engine's
 * affair. */
#include "channel/actions.h"

typedef struct {
  ShopcaisseRunFunc run;
  gpointer user_data; /* the caller's */
} Runner;

static void activate_cb(GSimpleAction *action, GVariant *parameter, gpointer user_data);

static const char *const tasks[] = {
  "test-connection",                             /* asks the service who we are */
  "discover",                                    /* reads stores, registers and price lists */
  "pull-catalogue",  "pull-stock",  "calibrate", /* finds the unit of money, by a test order */
  "send-orders",     "poll-orders", "pull-sales",
  "catch-up",      /* asks the host for sales that were missed */
  "host-restored", /* a person says that a backup of the host was restored */
  "sync-articles", /* plans only: what it would change is shown first */
};

static void
free_runner(gpointer data, GClosure *closure)
{
  g_free(data);
}

/**
 * shopcaisse_actions_new:
 * @run: what an activated action calls
 * @user_data: the data for @run
 *
 * Makes the actions, disabled until the channel is open.
 *
 * Returns: (transfer full): the actions
 */
GSimpleActionGroup *
shopcaisse_actions_new(ShopcaisseRunFunc run, gpointer user_data)
{
  GSimpleActionGroup *actions = g_simple_action_group_new();
  for (gsize i = 0; i < G_N_ELEMENTS(tasks); i++) {
    g_autoptr(GSimpleAction) action = g_simple_action_new(tasks[i], NULL);
    Runner *runner = g_new0(Runner, 1);
    runner->run = run;
    runner->user_data = user_data;
    g_signal_connect_data(action, "activate", G_CALLBACK(activate_cb), runner, free_runner, 0);
    g_simple_action_set_enabled(action, FALSE);
    g_action_map_add_action(G_ACTION_MAP(actions), G_ACTION(action));
  }
  return actions;
}

static void
activate_cb(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const Runner *runner = user_data;
  runner->run(g_action_get_name(G_ACTION(action)), runner->user_data);
}

/**
 * shopcaisse_actions_set_state:
 * @actions: the actions
 * @state: whether they can be activated
 *
 * Enables or disables all of them.
 */
void
shopcaisse_actions_set_state(GSimpleActionGroup *actions, ShopcaisseActionsState state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(tasks); i++) {
    GAction *action = g_action_map_lookup_action(G_ACTION_MAP(actions), tasks[i]);
    g_simple_action_set_enabled(G_SIMPLE_ACTION(action), state == SHOPCAISSE_ACTIONS_ENABLED);
  }
}
