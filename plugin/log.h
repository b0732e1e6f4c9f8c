/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Before any GLib header is read: every source file of the plugin logs in this domain, which the
 * build sets on the command line. */
#ifndef G_LOG_DOMAIN
#error "G_LOG_DOMAIN is set by the build"
#endif

#include <glib.h>
