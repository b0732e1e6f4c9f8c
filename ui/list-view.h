/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A long list, of which only what is seen is made; one half for each toolkit. */
#pragma once

#include "ui/model/columns.h"
#include "ui/toolkit.h"

#include <comptoir/comptoir-row.h>

G_BEGIN_DECLS

GtkWidget *
shopcaisse_list_view_new(ShopcaissePageTable table, const char *id, const char *accessible_name);

void shopcaisse_list_view_set_model(GtkWidget *view, GListModel *model);
ComptoirRow *shopcaisse_list_view_get_selected(GtkWidget *view);

/* @changed: another row is selected, or its values have changed. @activated: Enter, double click.
 */
void shopcaisse_list_view_watch(GtkWidget *view,
                                ShopcaisseToolkitFunc changed,
                                ShopcaisseToolkitFunc activated,
                                gpointer user_data);

GtkWidget *shopcaisse_list_view_get_focus(GtkWidget *view);
void shopcaisse_list_view_scroll_to(GtkWidget *view, guint position);

G_END_DECLS
