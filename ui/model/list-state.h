/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How a list of the channel is; one without the properties of the contract is taken for whole. */
gboolean shopcaisse_page_list_is_known(GListModel *list);
gboolean shopcaisse_page_list_is_complete(GListModel *list);
gboolean shopcaisse_page_list_has_begun(GListModel *list);
char *shopcaisse_page_list_dup_error(GListModel *list);
guint shopcaisse_page_list_get_count(GListModel *list, const char *state);
guint shopcaisse_page_list_sum_counts(GListModel *list);
char *shopcaisse_page_list_dup_text(GListModel *list, const char *empty);

G_END_DECLS
