/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <gmodule.h>

G_BEGIN_DECLS

/* The names that GIO derives from the file's name. */
G_MODULE_EXPORT void g_io_shopcaisse_load(GIOModule *module);
G_MODULE_EXPORT void g_io_shopcaisse_unload(GIOModule *module);
G_MODULE_EXPORT char **g_io_shopcaisse_query(void);

G_END_DECLS
