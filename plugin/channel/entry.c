/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What GIO calls when it opens the module; the only symbols that are exported. */
#include "channel/entry.h"

#include "channel/facade.h"
#include "language.h"

#include <comptoir/comptoir-version.h>

/* Among several channels of one host none is preferred. */
#define PRIORITY 10

/**
 * g_io_shopcaisse_load: (skip)
 * @module: the module
 *
 * Registers the channel. The module stays for good: its types are static and its thread may run.
 */
void
g_io_shopcaisse_load(GIOModule *module)
{
  g_type_module_use(G_TYPE_MODULE(module));
  shopcaisse_language_bind();
  g_io_extension_point_implement(COMPTOIR_CHANNEL_EXTENSION_POINT, SHOPCAISSE_TYPE_CHANNEL,
                                 "shopcaisse", PRIORITY);
}

/**
 * g_io_shopcaisse_unload: (skip)
 * @module: the module
 *
 * Does nothing: the module was used for good.
 */
void
g_io_shopcaisse_unload(GIOModule *module)
{
}

/**
 * g_io_shopcaisse_query: (skip)
 *
 * Says where the module would register, for GIO's cache.
 *
 * Returns: (transfer full): the extension points
 */
char **
g_io_shopcaisse_query(void)
{
  static const char *const points[] = { COMPTOIR_CHANNEL_EXTENSION_POINT, NULL };
  return g_strdupv((char **)points);
}
