/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The items of a sale's articles, read once for all of its lines. */
#include "engine/sold-items.h"

#include "config.h"
#include "store/links.h"
#include "store/mirror.h"

#include <glib/gi18n-lib.h>

#define NAMED_MAX 5

struct ShopcaisseSoldItems {
  ShopcaisseContext *context; /* (not owned) */
  GHashTable *items;          /* (owned) (element-type utf8 ShopcaisseItem): by article */
  GPtrArray *missing;         /* (owned) (element-type utf8): names of articles without an item */
};

/* What was linked to the articles of another company is no article of this one. */
static gboolean
is_sold_here(const ShopcaisseConfiguration *configuration, const ShopcaisseItem *item)
{
  return item != NULL && !item->deleted &&
         (item->company_id == NULL || *configuration->company_id == '\0' ||
          g_str_equal(item->company_id, configuration->company_id));
}

static gboolean
find_item(ShopcaisseSoldItems *self, const ShopcaisseSaleLine *line, GError **error)
{
  ShopcaisseDatabase *database = self->context->database;
  g_autoptr(GError) read_error = NULL;
  g_autofree char *item_id = NULL;
  ShopcaisseItem *item = NULL;

  if (g_hash_table_contains(self->items, line->article_id))
    return TRUE;
  item_id = shopcaisse_links_get_item(database, line->article_id, &read_error);
  if (item_id != NULL)
    item = shopcaisse_mirror_get_item(database, item_id, &read_error);
  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  if (!is_sold_here(self->context->configuration, item)) {
    shopcaisse_item_free(item);
    g_ptr_array_add(self->missing, g_strdup_printf("%s (%s)", line->name, line->article_id));
    return TRUE;
  }
  g_hash_table_insert(self->items, g_strdup(line->article_id), item);
  return TRUE;
}

static gboolean
find_items(ShopcaisseSoldItems *self, const GPtrArray *lines, GError **error)
{
  for (guint i = 0; i < lines->len; i++) {
    const ShopcaisseSaleLine *line = lines->pdata[i];

    if (!find_item(self, line, error) || !find_items(self, line->children, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_sold_items_new:
 * @context: the engine's parts
 * @sale: a sale
 * @error: return location for an error
 *
 * Looks up the item of each article.
 *
 * Returns: (transfer full): what was found; %NULL with %COMPTOIR_ERROR_STORAGE
 */
ShopcaisseSoldItems *
shopcaisse_sold_items_new(ShopcaisseContext *context, const ShopcaisseSale *sale, GError **error)
{
  g_autoptr(ShopcaisseSoldItems) self = g_new0(ShopcaisseSoldItems, 1);

  self->context = context;
  self->items =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)shopcaisse_item_free);
  self->missing = g_ptr_array_new_with_free_func(g_free);
  return find_items(self, sale->lines, error) ? g_steal_pointer(&self) : NULL;
}

/**
 * shopcaisse_sold_items_free:
 * @self: (nullable): the items
 *
 * Releases them.
 */
void
shopcaisse_sold_items_free(ShopcaisseSoldItems *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref(self->items);
  g_ptr_array_unref(self->missing);
  g_free(self);
}

/**
 * shopcaisse_sold_items_find:
 * @article_id: an article of the sale
 * @item: (out caller-allocates): its item
 * @user_data: the #ShopcaisseSoldItems
 *
 * Returns: %FALSE when it is not linked
 */
gboolean
shopcaisse_sold_items_find(const char *article_id, ShopcaisseDraftItem *item, gpointer user_data)
{
  ShopcaisseSoldItems *self = user_data;
  const ShopcaisseItem *found = g_hash_table_lookup(self->items, article_id);

  if (found == NULL)
    return FALSE;
  item->item_id = found->id;
  item->type = found->type;
  item->name = found->name;
  return TRUE;
}

/**
 * shopcaisse_sold_items_check:
 * @self: the items
 * @obstacle: (inout): what is in the way of the order
 *
 * Names the articles that are not linked.
 */
void
shopcaisse_sold_items_check(const ShopcaisseSoldItems *self, ShopcaisseObstacle *obstacle)
{
  g_autoptr(GString) names = g_string_new(NULL);
  guint n_more = self->missing->len - MIN(self->missing->len, NAMED_MAX);

  if (self->missing->len == 0)
    return;
  for (guint i = 0; i < self->missing->len - n_more; i++)
    g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", (const char *)self->missing->pdata[i]);
  shopcaisse_obstacle_clear(obstacle);
  obstacle->reason = "unlinked";
  if (n_more > 0)
    /* Translators: %1$s are names of articles, %2$u says how many more there are. */
    obstacle->message = g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "not linked to an item of Shopcaisse: %1$s and %2$u more",
                    "not linked to an item of Shopcaisse: %1$s and %2$u more", n_more),
        names->str, n_more);
  else
    /* Translators: %s are names of articles. */
    obstacle->message = g_strdup_printf(_("not linked to an item of Shopcaisse: %s"), names->str);
}
