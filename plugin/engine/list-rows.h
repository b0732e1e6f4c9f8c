/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/list-walk.h"

G_BEGIN_DECLS

typedef struct ShopcaisseContext ShopcaisseContext;

typedef struct {
  ShopcaisseListSource source;
  const gint64 *rows; /* (not owned) */
  guint n_rows;
  GHashTable *ambiguous; /* (nullable) (not owned) */
} ShopcaisseListRows;

/* (transfer floating) aa{sv}: the keys of comptoir-rows.h. */
GVariant *shopcaisse_list_rows_build(ShopcaisseContext *context,
                                     const ShopcaisseListRows *rows,
                                     GError **error);

const char *shopcaisse_link_state_to_text(ShopcaisseLinkState state);

G_END_DECLS
