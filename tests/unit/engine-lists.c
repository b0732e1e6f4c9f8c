/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looks into the engine's lists. */
#include "engine-lists.h"

GVariant *
engine_lists_find(Bench *self, const char *kind, const char *query, const char *id)
{
  BenchAnswer *answer = bench_list_window(self, kind, query, 0, 100);
  g_autoptr(GVariant) rows = NULL;

  bench_run(self);
  rows = g_variant_lookup_value(bench_assert_done(answer), "rows", G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    if (g_str_equal(bench_text(row, "id"), id))
      return g_steal_pointer(&row);
  }
  return NULL;
}

char *
engine_lists_text(Bench *self, const char *kind, const char *id, const char *key)
{
  g_autoptr(GVariant) row = engine_lists_find(self, kind, NULL, id);

  return g_strdup(row != NULL ? bench_text(row, key) : "none");
}
