/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What GIO calls when it opens the page for GTK 3; the only symbols that are exported. */
#include "ui/gtk3/entry.h"

#include "language.h"
#include "ui/page/page.h"

#include <comptoir/comptoir-version.h>

/* A channel has one page. */
#define PRIORITY 10

/**
 * g_io_shopcaisse_gtk3_load: (skip)
 * @module: the module
 *
 * Registers the page. The module stays for good: its types are static.
 */
void
g_io_shopcaisse_gtk3_load(GIOModule *module)
{
  g_type_module_use(G_TYPE_MODULE(module));
  shopcaisse_language_bind();
  g_io_extension_point_implement(COMPTOIR_PAGE_GTK3_EXTENSION_POINT, SHOPCAISSE_TYPE_PAGE,
                                 "shopcaisse", PRIORITY);
}

/**
 * g_io_shopcaisse_gtk3_unload: (skip)
 * @module: the module
 *
 * Does nothing: the module was used for good.
 */
void
g_io_shopcaisse_gtk3_unload(GIOModule *module)
{
}

/**
 * g_io_shopcaisse_gtk3_query: (skip)
 *
 * Says where the module would register, for GIO's cache.
 *
 * Returns: (transfer full): the extension points
 */
char **
g_io_shopcaisse_gtk3_query(void)
{
  static const char *const points[] = { COMPTOIR_PAGE_GTK3_EXTENSION_POINT, NULL };
  return g_strdupv((char **)points);
}
