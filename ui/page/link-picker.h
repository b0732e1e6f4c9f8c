/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/model/actions.h"
#include "ui/page/parts.h"

G_BEGIN_DECLS

/* Which article of the other side is this one? Opens below the list that asks. */
GtkWidget *shopcaisse_link_picker_new(ShopcaissePageContext *context, ShopcaissePageSide side);
void shopcaisse_link_picker_open(GtkWidget *picker, GVariant *row);
void shopcaisse_link_picker_close(GtkWidget *picker);

G_END_DECLS
