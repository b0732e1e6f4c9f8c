/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Never answers and heeds no cancelling, until it is told to give up; in place of GLib's own. */
#define SILENT_TYPE_RESOLVER (silent_resolver_get_type())
G_DECLARE_FINAL_TYPE(SilentResolver, silent_resolver, SILENT, RESOLVER, GResolver)

SilentResolver *silent_resolver_install(void);

guint silent_resolver_count_asked(SilentResolver *self);

void silent_resolver_remove(SilentResolver *self);

G_END_DECLS
