/* SPDX-License-Identifier: LGPL-2.1-or-later */
static void
call(void)
{
  wait_ms = g_random_int_range(1, 9);
}
