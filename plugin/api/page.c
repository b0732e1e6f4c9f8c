/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The envelope of lists: docs/PROTOCOL.md 2.2. A row that cannot be read is left out and named; the
 * page survives. */
#include "api/page.h"

#include "api/page-read.h"

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

  ShopcaissePage *page = g_new0(ShopcaissePage, 1);

  page->rows = g_ptr_array_new_with_free_func(row_free);
  page->rejected = g_ptr_array_new_with_free_func(g_free);
  page->has_next = json_is_true(has_next);
  page->skipped = (guint)skipped;
  page->n_seen = (guint)json_array_size(items);
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
add_row(ShopcaissePage *page, json_t *value, guint index, ShopcaisseRowRead row_read)
{
  g_autofree char *path = g_strdup_printf("items[%u]", index);
  g_autoptr(GError) error = NULL;
  gpointer row = NULL;

  if (json_is_object(value)) {
    row = row_read(value, &error);
    g_prefix_error(&error, "%s.", path);
  } else {
    shopcaisse_json_fail(&error, path, "an object", value);
  }
  if (row != NULL)
    g_ptr_array_add(page->rows, row);
  else
    shopcaisse_page_reject(page, error);
}

/**
 * shopcaisse_page_read:
 * @body: the answer
 * @row_read: reads a row, which is an object
 * @row_free: frees a row
 * @error: return location for an error
 *
 * Reads a page.
 *
 * Fails with %COMPTOIR_ERROR_PROTOCOL when the answer is not a page.
 *
 * Returns: (transfer full): the page
 */
ShopcaissePage *
shopcaisse_page_read(GBytes *body,
                     ShopcaisseRowRead row_read,
                     GDestroyNotify row_free,
                     GError **error)
{
  g_return_val_if_fail(body != NULL && row_read != NULL, NULL);

  g_autoptr(json_t) root = shopcaisse_json_load_object(body, error);

  if (root == NULL)
    return NULL;

  g_autoptr(ShopcaissePage) page = shopcaisse_page_open(root, row_free, error);

  if (page == NULL)
    return NULL;
  for (guint i = 0; i < page->n_seen; i++)
    add_row(page, json_array_get(json_object_get(root, "items"), i), i, row_read);
  return g_steal_pointer(&page);
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
  g_free(self);
}
