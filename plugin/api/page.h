/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "api/tally.h"
#include "error.h"

G_BEGIN_DECLS

/* One page of a list; docs/PROTOCOL.md 2.2. */
typedef struct {
  GPtrArray *rows;     /* (owned): of the list's own type */
  GPtrArray *rejected; /* (owned) (element-type utf8): why a row was left out, with its path */
  gboolean has_next;
  guint skipped;            /* rows the service left out: more than 0 never proves a deletion */
  guint n_seen;             /* rows on the wire, rejected ones included */
  ShopcaisseTally *unknown; /* (owned): fields and words that are not known, in all rows */
} ShopcaissePage;

void shopcaisse_page_free(ShopcaissePage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaissePage, shopcaisse_page_free)

G_END_DECLS
