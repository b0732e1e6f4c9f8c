/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Stands for a toolkit: its file name is all that is looked at. */
int toolkit_stands_for_one(void);

int
toolkit_stands_for_one(void)
{
  return 1;
}
