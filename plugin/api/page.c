/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The envelope of lists: docs/PROTOCOL.md 2.2. A row that cannot be read is left out and named; the
 * page survives. */
#include "api/page.h"

#include "api/page-read.h"

static ShopcaissePage *
new_page(json_t *items, GDestroyNotify row_free)
{
  ShopcaissePage *page = g_new0(ShopcaissePage, 1);

  page->rows = g_ptr_array_new_with_free_func(row_free);
  page->rejected = g_ptr_array_new_with_free_func(g_free);
  page->n_seen = (guint)json_array_size(items);
  page->unknown = shopcaisse_tally_new();
  return page;
}

/**
 * shopcaisse_page_open:
 * @root: the answer
 * @row_free: frees a row
 * @error: return location for an error
 *
 * Reads all of the envelope but its rows. It is taken strictly: a page without hasNextPage would
 * look like the last one.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when @root is not such an envelope.
 *
 * Returns: (transfer full): a page without rows
 */
ShopcaissePage *
shopcaisse_page_open(json_t *root, GDestroyNotify row_free, GError **error)
{
  json_t *items = json_object_get(root, "items");
  json_t *has_next = json_object_get(root, "hasNextPage");
  gint64 skipped = 0;

  if (!json_is_array(items)) {
    shopcaisse_json_fail(error, "items", "an array", items);
    return NULL;
  }
  if (!json_is_boolean(has_next)) {
    shopcaisse_json_fail(error, "hasNextPage", "a boolean", has_next);
    return NULL;
  }
  if (!shopcaisse_json_get_integer(root, "skipped", &skipped, error))
    return NULL;
  if (skipped < 0 || skipped > G_MAXINT32 || json_array_size(items) > SHOPCAISSE_PAGE_MAX_ROWS) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                        "the page's counts are out of range");
    return NULL;
  }

  ShopcaissePage *page = new_page(items, row_free);

  page->has_next = json_is_true(has_next);
  page->skipped = (guint)skipped;
  return page;
}

/**
 * shopcaisse_page_reject:
 * @self: the page
 * @error: why it is left out, with the way to it
 *
 * Notes that a row is left out.
 */
void
shopcaisse_page_reject(ShopcaissePage *self, const GError *error)
{
  g_ptr_array_add(self->rejected, g_strdup(error->message));
}

static void
add_row(ShopcaissePage *page, json_t *value, const char *path, const ShopcaisseRowKind *kind)
{
  g_autoptr(GError) error = NULL;
  gpointer row = NULL;

  if (json_is_object(value)) {
    shopcaisse_shape_count(kind->shape, value, page->unknown);
    row = kind->row_read(value, &error);
    g_prefix_error(&error, "%s.", path);
  } else {
    shopcaisse_json_fail(&error, path, "an object", value);
  }
  if (row != NULL)
    g_ptr_array_add(page->rows, row);
  else
    shopcaisse_page_reject(page, error);
}

static void
add_rows(ShopcaissePage *page, json_t *items, const char *path, const ShopcaisseRowKind *kind)
{
  for (guint i = 0; i < page->n_seen; i++) {
    g_autofree char *row_path = g_strdup_printf("%s[%u]", path, i);

    add_row(page, json_array_get(items, i), row_path, kind);
  }
}

/**
 * shopcaisse_page_read:
 * @body: the answer
 * @kind: what its rows are
 * @error: return location for an error
 *
 * Reads a page.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a page.
 *
 * Returns: (transfer full): the page
 */
ShopcaissePage *
shopcaisse_page_read(GBytes *body, const ShopcaisseRowKind *kind, GError **error)
{
  g_return_val_if_fail(body != NULL && kind != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load_object(body, error);
  ShopcaissePage *page = NULL;

  if (root == NULL)
    return NULL;
  page = shopcaisse_page_open(root, kind->row_free, error);
  if (page != NULL)
    add_rows(page, json_object_get(root, "items"), "items", kind);
  return page;
}

/**
 * shopcaisse_list_read:
 * @array: (nullable): what should be an array
 * @path: where it stands in the answer, "" for all of it
 * @kind: what its rows are
 * @error: return location for an error
 *
 * Reads a list that has no envelope, as a page that is the only one; docs/PROTOCOL.md 2.2.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when @array is no array or too long.
 *
 * Returns: (transfer full): the page
 */
ShopcaissePage *
shopcaisse_list_read(json_t *array, const char *path, const ShopcaisseRowKind *kind, GError **error)
{
  g_return_val_if_fail(path != NULL && kind != NULL, NULL);

  const char *name = path[0] != '\0' ? path : "the answer";
  ShopcaissePage *page = NULL;

  if (!json_is_array(array)) {
    shopcaisse_json_fail(error, name, "an array", array);
    return NULL;
  }
  if (json_array_size(array) > SHOPCAISSE_PAGE_MAX_ROWS) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL, "%s: the array has too many rows",
                name);
    return NULL;
  }
  page = new_page(array, kind->row_free);
  add_rows(page, array, path, kind);
  return page;
}

/**
 * shopcaisse_rows_read:
 * @object: a row
 * @key: a key, whose array holds rows of their own
 * @row_read: reads one of them, which is an object
 * @rows: where they are added
 * @error: return location for an error
 *
 * Reads rows inside a row. Absent is empty.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when one cannot be read: the whole would be wrong without it.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_rows_read(
    json_t *object, const char *key, ShopcaisseRowRead row_read, GPtrArray *rows, GError **error)
{
  json_t *array = NULL;

  if (!shopcaisse_json_get_array(object, key, &array, error))
    return FALSE;
  for (gsize i = 0; i < json_array_size(array); i++) {
    g_autofree char *path = g_strdup_printf("%s[%" G_GSIZE_FORMAT "]", key, i);
    json_t *value = json_array_get(array, i);
    gpointer row = NULL;

    if (!json_is_object(value))
      return shopcaisse_json_fail(error, path, "an object", value);
    row = row_read(value, error);
    if (row == NULL) {
      g_prefix_error(error, "%s.", path);
      return FALSE;
    }
    g_ptr_array_add(rows, row);
  }
  return TRUE;
}

/**
 * shopcaisse_page_free:
 * @self: (nullable) (transfer full): a page
 *
 * Frees a page with its rows.
 */
void
shopcaisse_page_free(ShopcaissePage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer(&self->rows, g_ptr_array_unref);
  g_clear_pointer(&self->rejected, g_ptr_array_unref);
  g_clear_pointer(&self->unknown, shopcaisse_tally_free);
  g_free(self);
}
