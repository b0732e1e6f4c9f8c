/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SHOPCAISSE_TALLY_MAX_NAMES 32

typedef struct {
  char *name; /* (owned): "item.colour" for a field, "item.type=BUNDLE" for a word */
  guint n;
} ShopcaisseTallyEntry;

/* What answers hold beyond what this version knows. Names only, never values. */
typedef struct ShopcaisseTally {
  GPtrArray *entries; /* (owned) (element-type ShopcaisseTallyEntry): as they came */
  guint n_more;       /* occurrences of names for which there was no room */
} ShopcaisseTally;

ShopcaisseTally *shopcaisse_tally_new(void);
void shopcaisse_tally_free(ShopcaisseTally *self);

gboolean shopcaisse_tally_add(ShopcaisseTally *self, const char *name, guint n);
guint shopcaisse_tally_merge(ShopcaisseTally *self, const ShopcaisseTally *other);
char *shopcaisse_tally_to_text(const ShopcaisseTally *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ShopcaisseTally, shopcaisse_tally_free)

G_END_DECLS
