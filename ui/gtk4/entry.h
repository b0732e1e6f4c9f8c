/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What libshopcaisse-gtk4.so exports: what GIO calls. */
#pragma once

#include <gio/gio.h>
#include <gmodule.h>

G_BEGIN_DECLS

G_MODULE_EXPORT void g_io_shopcaisse_gtk4_load(GIOModule *module);
G_MODULE_EXPORT void g_io_shopcaisse_gtk4_unload(GIOModule *module);
G_MODULE_EXPORT char **g_io_shopcaisse_gtk4_query(void);

G_END_DECLS
