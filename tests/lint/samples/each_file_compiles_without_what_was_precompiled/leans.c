/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib.h>

void *leans(void);

void *
leans(void)
{
  return g_file_new_for_path("/");
}
