/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Has the name of libsoup 2 and nothing else of it. */
#include <gmodule.h>

G_MODULE_EXPORT int rival_mark(void);

int
rival_mark(void)
{
  return 2;
}
