/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sorts many rows without standing still: runs of some thousands first, then two become one until
 * one is left. */
#include "store/list-sort.h"

#include <string.h>

#define RUN 4096 /* rows; about a millisecond */

typedef struct {
  gint64 row;
  const char *text; /* (nullable) (not owned): in the chunk; of a text order */
  gint64 number;
  gboolean is_without;
} Entry;

struct ShopcaisseListSort {
  gboolean is_descending;
  GStringChunk *texts; /* (owned) */
  GArray *entries;     /* (owned) (element-type Entry) */
  GArray *merged;      /* (owned) (element-type Entry): of the pass that is underway */
  guint width;         /* of sorted runs; 0: they are being sorted */
  guint next;          /* the first entry that this pass has not seen */
};

/**
 * shopcaisse_list_sort_new:
 * @is_descending: the greatest first
 *
 * Returns: (transfer full): a sort without rows
 */
ShopcaisseListSort *
shopcaisse_list_sort_new(gboolean is_descending)
{
  ShopcaisseListSort *self = g_new0(ShopcaisseListSort, 1);

  self->is_descending = is_descending;
  self->texts = g_string_chunk_new(16 * 1024);
  self->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
  self->merged = g_array_new(FALSE, FALSE, sizeof(Entry));
  return self;
}

/**
 * shopcaisse_list_sort_free:
 * @self: (transfer full) (nullable): the sort
 *
 * Frees it.
 */
void
shopcaisse_list_sort_free(ShopcaisseListSort *self)
{
  if (self == NULL)
    return;
  g_string_chunk_free(self->texts);
  g_array_unref(self->entries);
  g_array_unref(self->merged);
  g_free(self);
}

/**
 * shopcaisse_list_sort_add_number:
 * @self: the sort
 * @row: the row
 * @has_number: whether it has one
 * @number: what it is ordered by
 *
 * Adds a row.
 */
void
shopcaisse_list_sort_add_number(ShopcaisseListSort *self,
                                gint64 row,
                                gboolean has_number,
                                gint64 number)
{
  Entry entry = { .row = row, .number = number, .is_without = !has_number };

  g_array_append_val(self->entries, entry);
}

/**
 * shopcaisse_list_sort_add_text:
 * @self: the sort
 * @row: the row
 * @text: what it is ordered by; copied
 *
 * Adds a row.
 */
void
shopcaisse_list_sort_add_text(ShopcaisseListSort *self, gint64 row, const char *text)
{
  Entry entry = { .row = row,
                  .text = g_string_chunk_insert(self->texts, text),
                  .is_without = *text == '\0' };

  g_array_append_val(self->entries, entry);
}

static int
compare_entries(gconstpointer a, gconstpointer b, gpointer user_data)
{
  const ShopcaisseListSort *self = user_data;
  const Entry *one = a;
  const Entry *other = b;
  int order = 0;

  if (one->is_without || other->is_without)
    return one->is_without - other->is_without;
  if (one->text != NULL)
    order = strcmp(one->text, other->text);
  else
    order = (one->number > other->number) - (one->number < other->number);
  return self->is_descending ? -order : order;
}

static Entry *
get_entry(ShopcaisseListSort *self, guint index)
{
  return &g_array_index(self->entries, Entry, index);
}

/* Stable, as g_qsort_with_data() is: the first of equals comes first. */
static void
merge_runs(ShopcaisseListSort *self, guint begin, guint middle, guint end)
{
  guint left = begin;
  guint right = middle;

  while (left < middle || right < end) {
    gboolean is_left =
        right == end || (left < middle &&
                         compare_entries(get_entry(self, left), get_entry(self, right), self) <= 0);

    g_array_append_vals(self->merged, get_entry(self, is_left ? left++ : right++), 1);
  }
}

static void
end_pass(ShopcaisseListSort *self)
{
  GArray *sorted = self->merged;

  self->next = 0;
  if (self->width == 0) {
    self->width = RUN;
    return;
  }
  self->merged = self->entries;
  self->entries = sorted;
  g_array_set_size(self->merged, 0);
  self->width *= 2;
}

/**
 * shopcaisse_list_sort_step:
 * @self: the sort, to which nothing is added any more
 *
 * Goes on.
 *
 * Returns: %TRUE when all is sorted
 */
gboolean
shopcaisse_list_sort_step(ShopcaisseListSort *self)
{
  guint len = self->entries->len;
  guint width = self->width == 0 ? RUN : self->width;
  guint middle = MIN(len, self->next + width);
  guint end = MIN(len, middle + width);

  if (self->width >= len && self->width > 0)
    return TRUE;
  if (self->width == 0) {
    g_qsort_with_data(get_entry(self, self->next), (gint)(middle - self->next), sizeof(Entry),
                      compare_entries, self);
    self->next = middle;
  } else {
    merge_runs(self, self->next, middle, end);
    self->next = end;
  }
  if (self->next == len)
    end_pass(self);
  return self->width >= len && self->width > 0;
}

/**
 * shopcaisse_list_sort_collect:
 * @self: the sort, done
 * @rows: (element-type gint64): gets the rows
 *
 * Gives the rows in order.
 */
void
shopcaisse_list_sort_collect(ShopcaisseListSort *self, GArray *rows)
{
  for (guint i = 0; i < self->entries->len; i++)
    g_array_append_vals(rows, &get_entry(self, i)->row, 1);
}
