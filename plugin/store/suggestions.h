/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "store/list-walk.h"

G_BEGIN_DECLS

/* An article or an item that is like one of the other side, and is linked to nothing. */
typedef struct {
  gint64 row;           /* as store/list-rows.h reads it */
  const char *likeness; /* "barcode", "reference" or "name" */
} ShopcaisseSuggestion;

/* (transfer full) (element-type ShopcaisseSuggestion): of @source, for @id of the other side. */
GArray *shopcaisse_suggestions_find(ShopcaisseDatabase *database,
                                    ShopcaisseListSource source,
                                    const char *id,
                                    GError **error);

G_END_DECLS
