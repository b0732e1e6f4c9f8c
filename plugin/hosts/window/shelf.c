/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The articles of the books that can be sold, read page by page in the books' own thread. */

#include "shelf.h"

#include "host-articles.h"

#define PAGE 500

struct _Shelf {
  GObject parent_instance;

  Session *session;   /* not owned: outlives the window */
  GPtrArray *rows;    /* (owned) (element-type ComptoirRow) */
  GPtrArray *reading; /* (owned) (nullable): what has come of the reading that is underway */
  gboolean is_stale;  /* somebody wants them read once more afterwards */
};

static void model_iface_init(GListModelInterface *iface);
static void page_cb(GObject *source, GAsyncResult *result, gpointer user_data);

G_DEFINE_FINAL_TYPE_WITH_CODE(Shelf,
                              shelf,
                              G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(G_TYPE_LIST_MODEL, model_iface_init))

/**
 * shelf_new:
 * @session: an open session
 *
 * Makes an empty list.
 *
 * Returns: (transfer full): the list
 */
Shelf *
shelf_new(Session *session)
{
  Shelf *self = g_object_new(TYPE_SHELF, NULL);

  self->session = session;
  return self;
}

static void
read_page(Shelf *self, const char *cursor)
{
  g_auto(GVariantDict) query = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&query, COMPTOIR_KEY_LIMIT, "u", (guint)PAGE);
  if (cursor != NULL)
    g_variant_dict_insert(&query, COMPTOIR_KEY_CURSOR, "s", cursor);
  host_worker_run_async(session_get_worker(self->session), host_articles_list,
                        g_variant_dict_end(&query), page_cb, g_object_ref(self));
}

/**
 * shelf_read:
 * @self: the list
 *
 * Reads all articles anew. Asked while it reads, it does so once more afterwards.
 */
void
shelf_read(Shelf *self)
{
  if (self->reading != NULL) {
    self->is_stale = TRUE;
    return;
  }
  self->reading = g_ptr_array_new_with_free_func(g_object_unref);
  read_page(self, NULL);
}

static gboolean
is_for_sale(GVariant *article)
{
  gboolean is_deleted = FALSE;
  const char *price = NULL;

  (void)g_variant_lookup(article, "deleted", "b", &is_deleted);
  return !is_deleted && g_variant_lookup(article, "price", "&s", &price);
}

static void
take_rows(Shelf *self, GVariant *page)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(page, COMPTOIR_KEY_ROWS, NULL);

  for (gsize i = 0; rows != NULL && i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) article = g_variant_get_child_value(rows, i);

    if (is_for_sale(article))
      g_ptr_array_add(self->reading, comptoir_row_new(article));
  }
}

static void
finish(Shelf *self)
{
  guint former = self->rows->len;

  g_ptr_array_unref(self->rows);
  self->rows = g_steal_pointer(&self->reading);
  g_list_model_items_changed(G_LIST_MODEL(self), 0, former, self->rows->len);
  if (!self->is_stale)
    return;
  self->is_stale = FALSE;
  shelf_read(self);
}

static void
page_cb(GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Shelf) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) page =
      host_worker_run_finish(session_get_worker(self->session), result, &error);
  const char *cursor = NULL;

  (void)source;
  if (page == NULL) {
    g_warning("articles: %s, showing the former ones", error->message);
    g_clear_pointer(&self->reading, g_ptr_array_unref);
    return;
  }
  take_rows(self, page);
  if (g_variant_lookup(page, COMPTOIR_KEY_CURSOR, "&s", &cursor))
    read_page(self, cursor);
  else
    finish(self);
}

static GType
get_item_type(GListModel *list)
{
  (void)list;
  return COMPTOIR_TYPE_ROW;
}

static guint
get_n_items(GListModel *list)
{
  return TILL_SHELF(list)->rows->len;
}

static gpointer
get_item(GListModel *list, guint position)
{
  Shelf *self = TILL_SHELF(list);

  return position < self->rows->len ? g_object_ref(self->rows->pdata[position]) : NULL;
}

static void
shelf_finalize(GObject *object)
{
  Shelf *self = TILL_SHELF(object);

  g_clear_pointer(&self->rows, g_ptr_array_unref);
  g_clear_pointer(&self->reading, g_ptr_array_unref);
  G_OBJECT_CLASS(shelf_parent_class)->finalize(object);
}

static void
model_iface_init(GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
shelf_class_init(ShelfClass *class)
{
  G_OBJECT_CLASS(class)->finalize = shelf_finalize;
}

static void
shelf_init(Shelf *self)
{
  self->rows = g_ptr_array_new_with_free_func(g_object_unref);
}
