/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How often a test repeats the same path with other numbers. */
#pragma once

#include <gio/gio.h>

/* A twentieth where SHOPCAISSE_TEST_SIZE is "small", as under valgrind: that asks how memory is
 * used along the path, not whether every number comes out right. Never for a number that is a
 * limit. */
static inline guint
repeat(guint n_times)
{
  return g_strcmp0(g_getenv("SHOPCAISSE_TEST_SIZE"), "small") == 0 ? n_times / 20 : n_times;
}
