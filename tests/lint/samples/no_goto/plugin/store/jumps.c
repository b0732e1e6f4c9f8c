/* SPDX-License-Identifier: LGPL-2.1-or-later */
static void
call(void)
{
  goto out;
}
