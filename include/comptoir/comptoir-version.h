/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * COMPTOIR_API_VERSION:
 *
 * The version of the contract in this header. It grows when something is appended; a break makes a
 * new library and new extension points, installable beside these.
 */
#define COMPTOIR_API_VERSION 1

/**
 * COMPTOIR_CHANNEL_EXTENSION_POINT:
 *
 * The GIO extension point at which sales channels register themselves.
 */
#define COMPTOIR_CHANNEL_EXTENSION_POINT "comptoir-sales-channel-1"

/**
 * COMPTOIR_PAGE_GTK3_EXTENSION_POINT:
 *
 * Where GTK 3 settings pages register: the extension has its channel's name, its type is a
 * `GtkWidget` with a construct property `channel`.
 */
#define COMPTOIR_PAGE_GTK3_EXTENSION_POINT "comptoir-settings-page-gtk3-1"

/**
 * COMPTOIR_PAGE_GTK4_EXTENSION_POINT:
 *
 * The same for GTK 4.
 */
#define COMPTOIR_PAGE_GTK4_EXTENSION_POINT "comptoir-settings-page-gtk4-1"

guint comptoir_get_api_version(void);

G_END_DECLS
