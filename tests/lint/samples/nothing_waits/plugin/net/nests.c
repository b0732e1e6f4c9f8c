/* SPDX-License-Identifier: LGPL-2.1-or-later */
static void
call(void)
{
  g_main_loop_run(loop);
}
