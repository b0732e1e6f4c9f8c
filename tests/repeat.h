/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How often a test repeats the same path with other numbers. */
#pragma once

#include <gio/gio.h>

/* As under valgrind and with sanitisers: they ask how memory is used along the path, not whether
 * every number comes out right. */
static inline gboolean
is_small(void)
{
  return g_strcmp0(g_getenv("SHOPCAISSE_TEST_SIZE"), "small") == 0;
}

/* A twentieth where it is small. Never for a number that is a limit. */
static inline guint
repeat(guint n_times)
{
  return is_small() ? n_times / 20 : n_times;
}

/* Of a long row of cases that walk the same path, one in so many where it is small. */
static inline guint
one_in(guint n_cases)
{
  return is_small() ? n_cases : 1;
}
