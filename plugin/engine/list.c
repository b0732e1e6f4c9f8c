/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Windows over journal, orders, links and places. */
#include "engine/list.h"

#include "engine/context.h"
#include "engine/progress.h"
#include "store/journal.h"
#include "store/links.h"
#include "store/places.h"
#include "store/sales-read.h"

typedef struct {
  GVariantBuilder rows;
  guint total;
  guint offset;
  guint limit;
} Window;

static void
clear_window(Window *window)
{
  g_variant_builder_clear(&window->rows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Window, clear_window)

static const char *
lookup_text(GVariant *query, const char *key)
{
  const char *text = NULL;

  if (query != NULL)
    g_variant_lookup(query, key, "&s", &text);
  return text;
}

static gboolean
fill_journal(ShopcaisseContext *context,
             Window *window,
             ShopcaisseJournalQuery *query,
             GError **error)
{
  g_autoptr(GPtrArray) lines = shopcaisse_journal_list(context->database, query, error);

  if (lines == NULL || !shopcaisse_journal_count(context->database, query, &window->total, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    g_variant_builder_add_value(&window->rows, lines->pdata[i]);
  return TRUE;
}

static guint
sum_counts(GVariant *counts)
{
  GVariantIter iter;
  guint32 count = 0;
  guint sum = 0;

  g_variant_iter_init(&iter, counts);
  while (g_variant_iter_next(&iter, "{&su}", NULL, &count))
    sum += count;
  return sum;
}

static guint
get_count(GVariant *counts, const char *state)
{
  guint32 count = 0;

  if (state == NULL)
    return sum_counts(counts);
  g_variant_lookup(counts, state, "u", &count);
  return count;
}

static gboolean
fill_orders(ShopcaisseContext *context, Window *window, ShopcaisseSalesQuery *query, GError **error)
{
  g_autoptr(GPtrArray) sales = shopcaisse_sales_list(context->database, query, error);
  g_autoptr(GVariant) counts = NULL;

  if (sales == NULL)
    return FALSE;
  counts = shopcaisse_sales_count(context->database, error);
  if (counts == NULL)
    return FALSE;
  window->total = get_count(counts, query->state);
  for (guint i = 0; i < sales->len; i++)
    g_variant_builder_add_value(&window->rows, shopcaisse_progress_row(sales->pdata[i]));
  return TRUE;
}

static GVariant *
build_link(const ShopcaisseLink *link)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "id", "s", link->article_id);
  g_variant_dict_insert(&row, "external_id", "s", link->item_id);
  g_variant_dict_insert(&row, "method", "s", link->method);
  return g_variant_dict_end(&row);
}

static gboolean
fill_links(ShopcaisseContext *context, Window *window, guint offset, guint limit, GError **error)
{
  g_autoptr(GPtrArray) links = shopcaisse_links_list(context->database, offset, limit, error);
  g_autoptr(GVariant) counts = NULL;

  if (links == NULL)
    return FALSE;
  counts = shopcaisse_links_count(context->database, error);
  if (counts == NULL)
    return FALSE;
  window->total = sum_counts(counts);
  for (guint i = 0; i < links->len; i++)
    g_variant_builder_add_value(&window->rows, build_link(links->pdata[i]));
  return TRUE;
}

/* Stores with their registers, as the token sees them. */
static gboolean
fill_places(ShopcaisseContext *context, Window *window, ShopcaissePlaceKind kind, GError **error)
{
  g_autoptr(GPtrArray) places = shopcaisse_mirror_list_places(context->database, kind, NULL, error);

  if (places == NULL)
    return FALSE;
  window->total = places->len;
  for (guint i = window->offset; i < places->len && i - window->offset < window->limit; i++) {
    const ShopcaissePlace *place = places->pdata[i];
    g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

    g_variant_dict_insert(&row, "id", "s", place->id);
    g_variant_dict_insert(&row, "name", "s", place->name);
    g_variant_dict_insert(&row, "parent_id", "s", place->parent_id != NULL ? place->parent_id : "");
    g_variant_dict_insert(&row, "city", "s", place->city != NULL ? place->city : "");
    g_variant_dict_insert(&row, "active", "b", place->active);
    g_variant_builder_add_value(&window->rows, g_variant_dict_end(&row));
  }
  return TRUE;
}

/**
 * shopcaisse_list_window:
 * @context: the engine's parts
 * @kind: journal, orders, links, stores or registers
 * @query: (nullable): a{sv}: search, level, state, subject
 * @offset: the first row
 * @limit: at most so many
 * @error: return location for an error
 *
 * Reads a window of a list.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for a kind that is not known, %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full): {rows, total}
 */
GVariant *
shopcaisse_list_window(ShopcaisseContext *context,
                       const char *kind,
                       GVariant *query,
                       guint offset,
                       guint limit,
                       GError **error)
{
  g_auto(Window) window = { .offset = offset, .limit = limit };
  g_auto(GVariantDict) answer = G_VARIANT_DICT_INIT(NULL);
  ShopcaisseJournalQuery journal = { lookup_text(query, "subject"), lookup_text(query, "search"),
                                     lookup_text(query, "level"), offset, limit };
  ShopcaisseSalesQuery sales = { .state = lookup_text(query, "state"),
                                 .offset = offset,
                                 .limit = limit };
  gboolean ok = FALSE;

  g_variant_builder_init(&window.rows, G_VARIANT_TYPE("aa{sv}"));
  if (g_str_equal(kind, "journal"))
    ok = fill_journal(context, &window, &journal, error);
  else if (g_str_equal(kind, "orders"))
    ok = fill_orders(context, &window, &sales, error);
  else if (g_str_equal(kind, "links"))
    ok = fill_links(context, &window, offset, limit, error);
  else if (g_str_equal(kind, "stores"))
    ok = fill_places(context, &window, SHOPCAISSE_PLACE_STORE, error);
  else if (g_str_equal(kind, "registers"))
    ok = fill_places(context, &window, SHOPCAISSE_PLACE_POS, error);
  else
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "there is no list \"%s\"", kind);
  if (!ok)
    return NULL;
  g_variant_dict_insert_value(&answer, "rows", g_variant_builder_end(&window.rows));
  g_variant_dict_insert(&answer, "total", "u", window.total);
  return g_variant_ref_sink(g_variant_dict_end(&answer));
}
