/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How often names turned up that are not known here. The number of names is bounded, so that a
 * service cannot fill the memory with them. */
#include "api/tally.h"

static void
free_entry(gpointer data)
{
  ShopcaisseTallyEntry *entry = data;

  g_free(entry->name);
  g_free(entry);
}

static guint
add_bounded(guint sum, guint n)
{
  return sum > G_MAXUINT - n ? G_MAXUINT : sum + n;
}

/**
 * shopcaisse_tally_new:
 *
 * Makes an empty tally.
 *
 * Returns: (transfer full): the tally
 */
ShopcaisseTally *
shopcaisse_tally_new(void)
{
  ShopcaisseTally *self = g_new0(ShopcaisseTally, 1);

  self->entries = g_ptr_array_new_with_free_func(free_entry);
  return self;
}

/**
 * shopcaisse_tally_add:
 * @self: the tally
 * @name: what turned up
 * @n: how often
 *
 * Counts @name. When there is no room for another name, it is counted without it.
 *
 * Returns: %TRUE when the name is new and kept
 */
gboolean
shopcaisse_tally_add(ShopcaisseTally *self, const char *name, guint n)
{
  g_return_val_if_fail(self != NULL && name != NULL, FALSE);

  ShopcaisseTallyEntry *entry = NULL;

  for (guint i = 0; i < self->entries->len; i++) {
    entry = g_ptr_array_index(self->entries, i);
    if (g_str_equal(entry->name, name)) {
      entry->n = add_bounded(entry->n, n);
      return FALSE;
    }
  }
  if (self->entries->len == SHOPCAISSE_TALLY_MAX_NAMES) {
    self->n_more = add_bounded(self->n_more, n);
    return FALSE;
  }
  entry = g_new0(ShopcaisseTallyEntry, 1);
  entry->name = g_strdup(name);
  entry->n = n;
  g_ptr_array_add(self->entries, entry);
  return TRUE;
}

/**
 * shopcaisse_tally_merge:
 * @self: the tally
 * @other: (nullable): another, which stays as it is
 *
 * Adds what @other has counted.
 *
 * Returns: how many names are new
 */
guint
shopcaisse_tally_merge(ShopcaisseTally *self, const ShopcaisseTally *other)
{
  g_return_val_if_fail(self != NULL, 0);

  guint n_new = 0;

  for (guint i = 0; other != NULL && i < other->entries->len; i++) {
    const ShopcaisseTallyEntry *entry = g_ptr_array_index(other->entries, i);

    n_new += shopcaisse_tally_add(self, entry->name, entry->n);
  }
  if (other != NULL)
    self->n_more = add_bounded(self->n_more, other->n_more);
  return n_new;
}

/**
 * shopcaisse_tally_to_text:
 * @self: the tally
 *
 * Prints the names and their counts, for a line of a log.
 *
 * Returns: (transfer full): such as "item.colour (12), item.type=BUNDLE (1)"; "" when nothing
 *   turned up
 */
char *
shopcaisse_tally_to_text(const ShopcaisseTally *self)
{
  g_return_val_if_fail(self != NULL, NULL);

  GString *text = g_string_new(NULL);

  for (guint i = 0; i < self->entries->len; i++) {
    const ShopcaisseTallyEntry *entry = g_ptr_array_index(self->entries, i);

    g_string_append_printf(text, "%s%s (%u)", i > 0 ? ", " : "", entry->name, entry->n);
  }
  if (self->n_more > 0)
    g_string_append_printf(text, ", others (%u)", self->n_more);
  return g_string_free(text, FALSE);
}

/**
 * shopcaisse_tally_free:
 * @self: (nullable) (transfer full): a tally
 *
 * Frees a tally.
 */
void
shopcaisse_tally_free(ShopcaisseTally *self)
{
  if (self == NULL)
    return;
  g_clear_pointer(&self->entries, g_ptr_array_unref);
  g_free(self);
}
