/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The articles of the books that can be sold, read page by page in the books' own thread. */

#include "shelf.h"

#include "host-articles.h"

#include <string.h>

#define PAGE 500

struct _Shelf {
  GObject parent_instance;

  Session *session;  /* not owned: outlives the window */
  GPtrArray *rows;   /* (owned) (element-type ComptoirRow) */
  GHashTable *codes; /* (owned): barcode or reference -> its row of rows, NULL if several have it */
  GPtrArray *reading; /* (owned) (nullable): what has come of the reading that is underway */
  gboolean is_stale;  /* somebody wants them read once more afterwards */
  gboolean is_read;   /* once all of them have come */
};

/* An article on its way to its place. */
typedef struct {
  char *key;        /* (owned): what it is sorted by */
  ComptoirRow *row; /* (owned) */
} Entry;

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

/**
 * shelf_is_read:
 * @self: the list
 *
 * Tells whether the list has been read: before that, nothing is known of what is for sale.
 *
 * Returns: %TRUE once it has been
 */
gboolean
shelf_is_read(Shelf *self)
{
  return self->is_read;
}

/* A number is the same with zeros before it: twelve digits of a UPC are thirteen of an EAN. */
static const char *
skip_zeros(const char *code)
{
  gsize n_zeros = strspn(code, "0");

  return code[strspn(code, "0123456789")] == '\0' ? code + n_zeros : code;
}

/**
 * shelf_find:
 * @self: the list
 * @code: what was scanned
 *
 * Finds the one article with this barcode or reference.
 *
 * Returns: (transfer none) (nullable): the article; %NULL if there is none, or more than one
 */
ComptoirRow *
shelf_find(Shelf *self, const char *code)
{
  return *code != '\0' ? g_hash_table_lookup(self->codes, skip_zeros(code)) : NULL;
}

static void
free_entry(gpointer data)
{
  Entry *entry = data;

  g_free(entry->key);
  g_clear_object(&entry->row);
  g_free(entry);
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
 * Reads all articles anew; what is as it was stays where it is. Asked while it reads, it does so
 * once more afterwards.
 */
void
shelf_read(Shelf *self)
{
  if (self->reading != NULL) {
    self->is_stale = TRUE;
    return;
  }
  self->reading = g_ptr_array_new_with_free_func(free_entry);
  read_page(self, NULL);
}

/* What a customer pays is the price with tax. */
static gboolean
is_for_sale(GVariant *article)
{
  gboolean is_deleted = FALSE;
  gboolean has_tax = TRUE;
  const char *price = NULL;

  (void)g_variant_lookup(article, "deleted", "b", &is_deleted);
  (void)g_variant_lookup(article, "price_includes_tax", "b", &has_tax);
  return !is_deleted && has_tax && g_variant_lookup(article, "price", "&s", &price);
}

/* By family, then by name, as people sort; what has no family comes last. */
static char *
build_key(GVariant *article)
{
  const char *family = "";
  const char *name = "";
  g_autofree char *family_key = NULL;
  g_autofree char *name_key = NULL;

  (void)g_variant_lookup(article, "family", "&s", &family);
  (void)g_variant_lookup(article, COMPTOIR_KEY_NAME, "&s", &name);
  family_key = g_utf8_collate_key(family, -1);
  name_key = g_utf8_collate_key(name, -1);
  return g_strconcat(*family == '\0' ? "1" : "0", family_key, "\x01", name_key, NULL);
}

static int
compare_entries(gconstpointer a, gconstpointer b)
{
  const Entry *first = *(const Entry *const *)a;
  const Entry *second = *(const Entry *const *)b;

  return strcmp(first->key, second->key);
}

static void
take_rows(Shelf *self, GVariant *page)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(page, COMPTOIR_KEY_ROWS, NULL);

  for (gsize i = 0; rows != NULL && i < g_variant_n_children(rows); i++) {
    g_autoptr(GVariant) article = g_variant_get_child_value(rows, i);
    Entry *entry = NULL;

    if (!is_for_sale(article))
      continue;
    entry = g_new0(Entry, 1);
    entry->key = build_key(article);
    entry->row = comptoir_row_new(article);
    g_ptr_array_add(self->reading, entry);
  }
}

static GPtrArray *
sort_rows(GPtrArray *entries)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func(g_object_unref);

  g_ptr_array_sort(entries, compare_entries);
  for (guint i = 0; i < entries->len; i++) {
    Entry *entry = entries->pdata[i];

    g_ptr_array_add(rows, g_steal_pointer(&entry->row));
  }
  return rows;
}

static gboolean
is_same(GPtrArray *former, guint i, GPtrArray *rows, guint j)
{
  return g_variant_equal(comptoir_row_get_values(former->pdata[i]),
                         comptoir_row_get_values(rows->pdata[j]));
}

static void
index_code(Shelf *self, const char *code, ComptoirRow *row)
{
  const char *key = skip_zeros(code);
  ComptoirRow *other = NULL;

  if (*key == '\0')
    return;
  if (g_hash_table_lookup_extended(self->codes, key, NULL, (gpointer *)&other) && other != row)
    row = NULL;
  g_hash_table_replace(self->codes, g_strdup(key), row);
}

static void
index_codes(Shelf *self)
{
  g_hash_table_remove_all(self->codes);
  for (guint i = 0; i < self->rows->len; i++) {
    ComptoirRow *row = self->rows->pdata[i];
    GVariant *article = comptoir_row_get_values(row);
    const char *reference = "";
    g_autofree const char **barcodes = NULL;

    (void)g_variant_lookup(article, "reference", "&s", &reference);
    index_code(self, reference, row);
    if (!g_variant_lookup(article, "barcodes", "^a&s", &barcodes))
      continue;
    for (gsize j = 0; barcodes[j] != NULL; j++)
      index_code(self, barcodes[j], row);
  }
}

/* Only what differs is told: who looks at the list stays where he is. */
static void
replace_rows(Shelf *self, GPtrArray *rows)
{
  g_autoptr(GPtrArray) former = self->rows;
  guint n_common = MIN(former->len, rows->len);
  guint n_before = 0;
  guint n_behind = 0;

  while (n_before < n_common && is_same(former, n_before, rows, n_before))
    n_before++;
  while (n_behind < n_common - n_before &&
         is_same(former, former->len - 1 - n_behind, rows, rows->len - 1 - n_behind))
    n_behind++;
  self->rows = rows;
  index_codes(self);
  g_list_model_items_changed(G_LIST_MODEL(self), n_before, former->len - n_before - n_behind,
                             rows->len - n_before - n_behind);
}

static void
finish(Shelf *self)
{
  g_autoptr(GPtrArray) entries = g_steal_pointer(&self->reading);

  self->is_read = TRUE;
  replace_rows(self, sort_rows(entries));
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

  g_clear_pointer(&self->codes, g_hash_table_unref);
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
  self->codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}
