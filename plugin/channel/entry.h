/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The names that GIO derives from the file's name. */
void g_io_shopcaisse_load(GIOModule *module);
void g_io_shopcaisse_unload(GIOModule *module);
char **g_io_shopcaisse_query(void);

G_END_DECLS
