/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/page/parts.h"

G_BEGIN_DECLS

/* Where the token is pasted, and what came of it. */
GtkWidget *shopcaisse_token_box_new(ShopcaissePageContext *context);
void shopcaisse_token_box_update(GtkWidget *box);

G_END_DECLS
