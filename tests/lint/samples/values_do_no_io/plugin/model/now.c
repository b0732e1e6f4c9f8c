/* SPDX-License-Identifier: LGPL-2.1-or-later */
static void
call(void)
{
  now = g_get_real_time();
}
