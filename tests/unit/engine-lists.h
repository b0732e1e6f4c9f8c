/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "engine-shop.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): the row of a list that has this id; @query as bench_list_window(). */
GVariant *engine_lists_find(Bench *self, const char *kind, const char *query, const char *id);

/* (transfer full): a text of it, "none" when there is no such row. */
char *engine_lists_text(Bench *self, const char *kind, const char *id, const char *key);

#define assert_row_text(bench, kind, id, key, expected)                                            \
  do {                                                                                             \
    g_autofree char *row_text = engine_lists_text(bench, kind, id, key);                           \
    assert_string_equal(row_text, expected);                                                       \
  } while (FALSE)

G_END_DECLS
