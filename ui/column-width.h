/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/model/columns.h"
#include "ui/toolkit.h"

G_BEGIN_DECLS

/* Pixels, in the font that the widget has now. */
int shopcaisse_column_measure(GtkWidget *widget, const ShopcaissePageColumn *column);

G_END_DECLS
