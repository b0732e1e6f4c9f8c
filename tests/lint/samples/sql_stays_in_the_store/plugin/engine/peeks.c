/* SPDX-License-Identifier: LGPL-2.1-or-later */
static void
call(void)
{
  run("SELECT id FROM outbox");
}
