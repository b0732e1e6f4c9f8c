/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What GIO calls when a host looks for channels in the folder of the check. */

#include "channel.h"

#include <gio/gio.h>

void g_io_comptoir_check_load(GIOModule *module);
void g_io_comptoir_check_unload(GIOModule *module);
char **g_io_comptoir_check_query(void);

/* The types are static, so the module stays: it takes a use of itself. */
G_MODULE_EXPORT void
g_io_comptoir_check_load(GIOModule *module)
{
  (void)g_type_module_use(G_TYPE_MODULE(module));
  (void)g_io_extension_point_implement(COMPTOIR_CHANNEL_EXTENSION_POINT, CHECK_TYPE_CHANNEL,
                                       "check", 0);
}

G_MODULE_EXPORT void
g_io_comptoir_check_unload(GIOModule *module)
{
  (void)module; /* stays for good */
}

G_MODULE_EXPORT char **
g_io_comptoir_check_query(void)
{
  char *points[] = { (char *)COMPTOIR_CHANNEL_EXTENSION_POINT, NULL };

  return g_strdupv(points);
}
