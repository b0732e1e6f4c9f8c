/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every screen of the page, one after the other. */
#pragma once

#include "shop.h"

G_BEGIN_DECLS

typedef guint (*ScreensCount)(GtkWidget *window);

/* The sum of what @count finds on each screen: the tabs with what opens in them, and the set-up. */
guint screens_sum(Shop *shop, ScreensCount count);

G_END_DECLS
