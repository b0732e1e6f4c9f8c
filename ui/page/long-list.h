/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/list-view.h"
#include "ui/model/query.h"
#include "ui/page/parts.h"

G_BEGIN_DECLS

/**
 * ShopcaisseLongListKind:
 * @list: which list of the channel
 * @table: its columns
 * @id: its name for programs
 * @name: what it is, in words, not translated
 * @empty: what to say when there are no rows, not translated
 * @search: (nullable): what the search entry is called, not translated; %NULL for none
 *
 * How a long list is shown.
 */
typedef struct {
  const char *list;
  ShopcaissePageTable table;
  const char *id;
  const char *name;
  const char *empty;
  const char *search;
} ShopcaisseLongListKind;

GtkWidget *shopcaisse_long_list_new(ShopcaissePageContext *context,
                                    const ShopcaisseLongListKind *kind);
GtkWidget *shopcaisse_long_list_get_bar(GtkWidget *long_list);
ShopcaissePageQuery *shopcaisse_long_list_get_query(GtkWidget *long_list);
void shopcaisse_long_list_reload(GtkWidget *long_list);
void shopcaisse_long_list_search(GtkWidget *long_list, const char *words);
GVariant *shopcaisse_long_list_get_selected(GtkWidget *long_list);
GListModel *shopcaisse_long_list_get_model(GtkWidget *long_list);
GtkWidget *shopcaisse_long_list_get_view(GtkWidget *long_list);

/* @changed: another row, other values, other counts. */
void shopcaisse_long_list_watch(GtkWidget *long_list,
                                ShopcaisseToolkitFunc changed,
                                ShopcaisseToolkitFunc activated,
                                gpointer user_data);

G_END_DECLS
