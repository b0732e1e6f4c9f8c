/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* Inside store/ only. Rows in an order that no index has, sorted a little at a time. */
typedef struct ShopcaisseListSort ShopcaisseListSort;

ShopcaisseListSort *shopcaisse_list_sort_new(gboolean is_descending);
void shopcaisse_list_sort_free(ShopcaisseListSort *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseListSort, shopcaisse_list_sort_free)

/* What a row is ordered by; those without it come last, either way. Equals stay as added. */
void shopcaisse_list_sort_add_number(ShopcaisseListSort *self,
                                     gint64 row,
                                     gboolean has_number,
                                     gint64 number);
void shopcaisse_list_sort_add_text(ShopcaisseListSort *self, gint64 row, const char *text);

/* Sorts a run, or merges two; call until it is done. */
gboolean shopcaisse_list_sort_step(ShopcaisseListSort *self);

/* The rows in order, after the last step. */
void shopcaisse_list_sort_collect(ShopcaisseListSort *self, GArray *rows);

G_END_DECLS
