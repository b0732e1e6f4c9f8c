/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "basket.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A line of @basket, to be shown in a list. */
GtkWidget *basket_row_new(Basket *basket, BasketLine *line);

G_END_DECLS
