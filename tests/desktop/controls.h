/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a person without a mouse, or without sight, needs of every control. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

guint controls_count_nameless(GtkWidget *root);
guint controls_count_unreached(GtkWidget *window);

G_END_DECLS
