/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_GNUC_INTERNAL gboolean comptoir_text_add(GVariantBuilder *row, const char *key, const char *text);

G_GNUC_INTERNAL gboolean comptoir_text_add_optional(GVariantBuilder *row,
                                                    const char *key,
                                                    const char *text);
