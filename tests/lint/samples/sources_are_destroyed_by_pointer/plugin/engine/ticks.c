/* SPDX-License-Identifier: LGPL-2.1-or-later */
static void
call(void)
{
  self->timer = g_timeout_add_seconds(1, tick_cb, self);
}
