/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/page/parts.h"

G_BEGIN_DECLS

/* One store out of many, by name, city or company. */
GtkWidget *shopcaisse_store_picker_new(ShopcaissePageContext *context);
void shopcaisse_store_picker_update(GtkWidget *picker);

G_END_DECLS
