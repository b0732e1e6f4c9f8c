/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir-row.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A GListModel of ComptoirRow as GTK 3 wants it. An iterator is a number: nothing is made for a row
 * that is not looked at. */
#define SHOPCAISSE_TYPE_LIST_STORE (shopcaisse_list_store_get_type())
G_DECLARE_FINAL_TYPE(ShopcaisseListStore, shopcaisse_list_store, SHOPCAISSE, LIST_STORE, GObject)

/* Called before and after a change of many rows: a tree view is quicker without its model. */
typedef void (*ShopcaisseListStoreReset)(gboolean is_over, gpointer user_data);

ShopcaisseListStore *
shopcaisse_list_store_new(GListModel *list, ShopcaisseListStoreReset reset, gpointer user_data);

ComptoirRow *shopcaisse_list_store_dup_row(ShopcaisseListStore *self, GtkTreeIter *iter);

G_END_DECLS
