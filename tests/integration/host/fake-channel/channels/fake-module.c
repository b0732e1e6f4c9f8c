/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The GIO module around the fake channel, which is called "fake". */

#include "fake-channel.h"

G_MODULE_EXPORT void g_io_fake_load(GIOModule *module);
G_MODULE_EXPORT void g_io_fake_unload(GIOModule *module);
G_MODULE_EXPORT char **g_io_fake_query(void);

void
g_io_fake_load(GIOModule *module)
{
  (void)g_type_module_use(G_TYPE_MODULE(module));
  (void)g_io_extension_point_implement(COMPTOIR_CHANNEL_EXTENSION_POINT, TYPE_FAKE_CHANNEL, "fake",
                                       0);
}

void
g_io_fake_unload(GIOModule *module)
{
  (void)module; /* never: the module stays in use */
}

char **
g_io_fake_query(void)
{
  const char *const points[] = { COMPTOIR_CHANNEL_EXTENSION_POINT, NULL };

  return g_strdupv((char **)points);
}
