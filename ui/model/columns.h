/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which columns a list has. */
typedef enum {
  SHOPCAISSE_PAGE_TABLE_ITEMS,
  SHOPCAISSE_PAGE_TABLE_ARTICLES,
  SHOPCAISSE_PAGE_TABLE_ORDERS,
  SHOPCAISSE_PAGE_TABLE_JOURNAL,
  SHOPCAISSE_PAGE_TABLE_PLAN,
  SHOPCAISSE_PAGE_TABLE_STORES,
  SHOPCAISSE_PAGE_TABLE_TIMELINE
} ShopcaissePageTable;

typedef enum {
  SHOPCAISSE_PAGE_COLUMN_NARROW,
  SHOPCAISSE_PAGE_COLUMN_WIDE,
  SHOPCAISSE_PAGE_COLUMN_NUMBER
} ShopcaissePageColumnShape;

/**
 * ShopcaissePageColumn:
 * @title: what stands above it, not translated
 * @dup_text: (transfer full): what a cell says of a row, `a{sv}`
 * @shape: how it shares the room
 * @n_chars: how many characters it wants
 * @words: (array zero-terminated=1): what its cells may say, not translated: it is as
 *   wide as the longest of them
 * @names_row: whether its cells are what a row is called by those who do not see it
 *
 * One column of a list.
 */
typedef struct {
  const char *title;
  char *(*dup_text)(GVariant *row);
  ShopcaissePageColumnShape shape;
  int n_chars;
  const char *const *words;
  gboolean names_row;
} ShopcaissePageColumn;

const ShopcaissePageColumn *shopcaisse_page_columns_get(ShopcaissePageTable table,
                                                        guint *n_columns);

char *shopcaisse_page_dup_link_state(GVariant *row);

G_END_DECLS
