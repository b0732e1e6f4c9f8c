/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The settings in the words of people. */

GVariant *shopcaisse_settings_label(GVariant *rows);

G_END_DECLS
