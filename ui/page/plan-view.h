/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/page/parts.h"

G_BEGIN_DECLS

/* What a synchronisation would change: compared, shown, then made, and taken back if need be. */
GtkWidget *shopcaisse_plan_view_new(ShopcaissePageContext *context);
void shopcaisse_plan_view_update(GtkWidget *view);

G_END_DECLS
