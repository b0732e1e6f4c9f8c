/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Goes through a list page by page, and remembers what it met. Judges nothing. */

#include "walk.h"

static GVariant *
build_query(const WalkOptions *options, const char *cursor)
{
  g_auto(GVariantDict) query = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&query, COMPTOIR_KEY_LIMIT, "u", options->limit);
  if (options->since != NULL)
    g_variant_dict_insert(&query, COMPTOIR_KEY_SINCE, "s", options->since);
  if (cursor != NULL)
    g_variant_dict_insert(&query, COMPTOIR_KEY_CURSOR, "s", cursor);
  return g_variant_dict_end(&query);
}

static void
note_row(Walk *self, GVariant *row)
{
  const char *id = NULL;

  g_ptr_array_add(self->rows, g_variant_ref(row));
  if (!g_variant_lookup(row, COMPTOIR_KEY_ID, "&s", &id))
    return; /* the checks of rows say so */
  if (walk_find(self, id) == 0)
    g_hash_table_insert(self->places, g_strdup(id), GUINT_TO_POINTER(self->rows->len));
  else if (self->repeated == NULL)
    self->repeated = g_strdup(id);
}

static gboolean
note_page(Walk *self, GVariant *page)
{
  g_autoptr(GVariant) rows =
      g_variant_lookup_value(page, COMPTOIR_KEY_ROWS, G_VARIANT_TYPE("aa{sv}"));
  gsize n_rows = rows == NULL ? 0 : g_variant_n_children(rows);

  if (rows == NULL) {
    self->error = g_strdup("a page has no rows");
    return FALSE;
  }
  self->n_pages++;
  self->longest = MAX(self->longest, (guint)n_rows);
  for (gsize i = 0; i < n_rows; i++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, i);

    note_row(self, row);
  }
  return TRUE;
}

static GVariant *
fetch(Walk *self, Asker *asker, Question question, const WalkOptions *options, const char *cursor)
{
  const AskerOptions how = { .timeout_ms = options->timeout_ms };
  g_auto(Reply) reply = { 0 };

  if (asker_ask(asker, question, build_query(options, cursor), &how, &reply)) {
    self->cpu_us = MAX(self->cpu_us, reply.cpu_us);
    return g_steal_pointer(&reply.answer);
  }
  self->error = g_strdup(reply.error->message);
  return NULL;
}

/**
 * walk_new:
 * @asker: the asker
 * @question: a list
 * @options: how
 *
 * Goes through the list, and waits.
 *
 * Returns: (transfer full): what was met
 */
Walk *
walk_new(Asker *asker, Question question, const WalkOptions *options)
{
  Walk *self = g_new0(Walk, 1);
  g_autoptr(GHashTable) cursors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *cursor = NULL;

  self->limit = options->limit;
  self->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  self->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  while (options->max_pages == 0 || self->n_pages < options->max_pages) {
    g_autoptr(GVariant) page = fetch(self, asker, question, options, cursor);

    if (page == NULL || !note_page(self, page))
      return self;
    g_clear_pointer(&cursor, g_free);
    if (!g_variant_lookup(page, COMPTOIR_KEY_CURSOR, "s", &cursor)) {
      self->is_complete = TRUE;
      return self;
    }
    if (!g_hash_table_add(cursors, g_strdup(cursor))) {
      self->is_endless = TRUE;
      return self;
    }
  }
  return self;
}

/**
 * walk_free:
 * @self: (transfer full): the walk
 *
 * Frees it.
 */
void
walk_free(Walk *self)
{
  g_ptr_array_unref(self->rows);
  g_hash_table_unref(self->places);
  g_free(self->repeated);
  g_free(self->error);
  g_free(self);
}

/**
 * walk_find:
 * @self: the walk
 * @id: an id
 *
 * Looks for a row.
 *
 * Returns: its place, from 1 on, or 0
 */
guint
walk_find(Walk *self, const char *id)
{
  return GPOINTER_TO_UINT(g_hash_table_lookup(self->places, id));
}

/**
 * walk_get_row:
 * @self: the walk
 * @id: an id
 *
 * Looks for a row.
 *
 * Returns: (transfer none) (nullable): the row
 */
GVariant *
walk_get_row(Walk *self, const char *id)
{
  guint place = walk_find(self, id);

  return place == 0 ? NULL : g_ptr_array_index(self->rows, place - 1);
}
