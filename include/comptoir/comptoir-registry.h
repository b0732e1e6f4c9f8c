/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir-channel.h>

G_BEGIN_DECLS

char **comptoir_list_channels(void);

ComptoirChannel *comptoir_channel_new(const char *name, GError **error);

GType comptoir_find_settings_page(const char *channel_name, GError **error);

G_END_DECLS
