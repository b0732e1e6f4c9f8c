/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "asker.h"

/**
 * Walk:
 * @limit: how many rows were asked for at once
 * @rows: (element-type GVariant): all rows, in their order; owned
 * @places: id to the place of its first row, from 1 on; owned
 * @repeated: (nullable): the id of a row that came again; owned
 * @n_pages: how many pages
 * @longest: the rows of the longest page
 * @cpu_us: what the dearest page cost the host's thread
 * @is_complete: whether it came to the last page
 * @is_endless: whether the cursor leads in a circle
 * @error: (nullable): why a page did not come; owned
 *
 * All pages of a list, one after another.
 */
typedef struct {
  guint limit;
  GPtrArray *rows;
  GHashTable *places;
  char *repeated;
  guint n_pages;
  guint longest;
  gint64 cpu_us;
  gboolean is_complete;
  gboolean is_endless;
  char *error;
} Walk;

/**
 * WalkOptions:
 * @limit: how many rows to ask for at once
 * @max_pages: stop after so many; 0: at the end
 * @timeout_ms: how long the host may take for a page
 * @since: (nullable): only what changed at or after it
 *
 * How to go.
 */
typedef struct {
  guint limit;
  guint max_pages;
  guint timeout_ms;
  const char *since;
} WalkOptions;

Walk *walk_new(Asker *asker, Question question, const WalkOptions *options);
void walk_free(Walk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Walk, walk_free)

guint walk_find(Walk *self, const char *id);
GVariant *walk_get_row(Walk *self, const char *id);
