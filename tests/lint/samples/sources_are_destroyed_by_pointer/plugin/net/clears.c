/* SPDX-License-Identifier: LGPL-2.1-or-later */
static void
call(void)
{
  g_clear_handle_id(&self->timer, g_source_remove);
}
