/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a person could not read: walks over all that is shown, which say what they find. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Labels that have less room than their text needs, and shortened ones that do not tell all of it
 * to who stays on them. */
guint looks_count_clipped(GtkWidget *window);

/* Labels and controls that what is around them, the window in the end, cuts off, and that cannot be
 * scrolled to either. */
guint looks_count_outside(GtkWidget *window);

/* Labels whose text, as drawn, stands out by less than 4.5 to 1. */
guint looks_count_faint(GtkWidget *window);

/* How bright the window is, 0 to 1: the colour that most of it has. */
double looks_measure_brightness(GtkWidget *window);

G_END_DECLS
