/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A main context of the test's own, with a watchdog, for the tests of the contract. */
#pragma once

#include <gio/gio.h>

/* cmocka wants its predecessors in this order. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define TEST_WATCHDOG_S 30

typedef struct {
  GMainContext *context; /* (owned) */
  GSource *watchdog;     /* (owned) */
  gboolean has_expired;
} TestLoop;

static gboolean
expire_cb(gpointer user_data)
{
  TestLoop *loop = user_data;
  loop->has_expired = TRUE;
  return G_SOURCE_REMOVE;
}

static int
set_up_loop(void **state)
{
  TestLoop *loop = g_new0(TestLoop, 1);
  loop->context = g_main_context_new();
  g_main_context_push_thread_default(loop->context);
  loop->watchdog = g_timeout_source_new_seconds(TEST_WATCHDOG_S);
  g_source_set_callback(loop->watchdog, expire_cb, loop, NULL);
  g_source_attach(loop->watchdog, loop->context);
  *state = loop;
  return 0;
}

static int
tear_down_loop(void **state)
{
  TestLoop *loop = *state;
  g_source_destroy(loop->watchdog);
  gboolean is_pending = g_main_context_pending(loop->context);
  g_source_unref(loop->watchdog);
  g_main_context_pop_thread_default(loop->context);
  g_main_context_unref(loop->context);
  g_free(loop);
  return is_pending ? -1 : 0;
}

/* Runs the loop until @flag is not 0. */
static inline void
run_until(TestLoop *loop, const guint *flag)
{
  while (*flag == 0 && !loop->has_expired)
    g_main_context_iteration(loop->context, TRUE);
  assert_false(loop->has_expired);
}

/* Runs what is ready now. */
static inline void
run_ready(TestLoop *loop)
{
  while (g_main_context_iteration(loop->context, FALSE))
    continue;
}
