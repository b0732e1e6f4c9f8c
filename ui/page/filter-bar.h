/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ui/toolkit.h"

G_BEGIN_DECLS

/**
 * ShopcaisseFilter:
 * @value: what is asked for, "" for all
 * @label: what it is called, not translated
 *
 * One filter of a list.
 */
typedef struct {
  const char *value;
  const char *label;
} ShopcaisseFilter;

typedef void (*ShopcaisseFilterChosen)(gpointer user_data, const char *value);

/* Buttons of which one is down; each says how many rows it would show. */
GtkWidget *shopcaisse_filter_bar_new(const char *id,
                                     const ShopcaisseFilter *filters,
                                     guint n_filters,
                                     ShopcaisseFilterChosen chosen,
                                     gpointer user_data);
void shopcaisse_filter_bar_set_counts(GtkWidget *bar, GListModel *list);

G_END_DECLS
