/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/page/parts.h"

G_BEGIN_DECLS

/* What became of one order, step by step. Opens below the list of orders. */
GtkWidget *shopcaisse_order_history_new(ShopcaissePageContext *context);
void shopcaisse_order_history_open(GtkWidget *history, const char *sale, const char *number);
void shopcaisse_order_history_close(GtkWidget *history);
void shopcaisse_order_history_update(GtkWidget *history);

G_END_DECLS
