/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a query asks for. Short lists are read at once; long ones are found in slices. */
#include "engine/list.h"

#include "engine/context.h"
#include "engine/list-query.h"
#include "engine/listing.h"
#include "engine/progress.h"
#include "store/links.h"
#include "store/places.h"
#include "store/sales-read.h"

typedef struct {
  GVariantBuilder rows;
  guint total;
  guint offset;
  guint limit;
  const char *state; /* (nullable) (not owned) */
  GVariant *counts;  /* (owned) (nullable) */
} Window;

static void
clear_window(Window *window)
{
  g_variant_builder_clear(&window->rows);
  g_clear_pointer(&window->counts, g_variant_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Window, clear_window)

/* All of it, which is long, but of one piece. */
static gboolean
fill_journal(ShopcaisseContext *context, Window *window, GError **error)
{
  g_autoptr(GPtrArray) lines =
      shopcaisse_journal_list(context->database, window->offset, window->limit, error);

  if (lines == NULL || !shopcaisse_journal_count(context->database, &window->total, error))
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
fill_orders(ShopcaisseContext *context, Window *window, GError **error)
{
  ShopcaisseSalesQuery query = { .state = window->state,
                                 .offset = window->offset,
                                 .limit = window->limit };
  g_autoptr(GPtrArray) sales = shopcaisse_sales_list(context->database, &query, error);

  if (sales == NULL)
    return FALSE;
  window->counts = shopcaisse_sales_count(context->database, error);
  if (window->counts == NULL)
    return FALSE;
  window->total = get_count(window->counts, window->state);
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
fill_links(ShopcaisseContext *context, Window *window, GError **error)
{
  g_autoptr(GPtrArray) links =
      shopcaisse_links_list(context->database, window->offset, window->limit, error);
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

static gboolean
fill_stores(ShopcaisseContext *context, Window *window, GError **error)
{
  return fill_places(context, window, SHOPCAISSE_PLACE_STORE, error);
}

static gboolean
fill_registers(ShopcaisseContext *context, Window *window, GError **error)
{
  return fill_places(context, window, SHOPCAISSE_PLACE_POS, error);
}

static const struct {
  const char *kind;
  gboolean (*fill)(ShopcaisseContext *context, Window *window, GError **error);
} short_lists[] = {
  { "journal", fill_journal },     { "orders", fill_orders }, { "links", fill_links },
  { "registers", fill_registers }, { "stores", fill_stores },
};

static void
answer_short(ShopcaisseContext *context,
             const ShopcaisseWindow *wanted,
             const ShopcaisseListAsked *asked,
             ShopcaisseAnswer *answer)
{
  g_auto(Window)
      window = { .offset = wanted->offset, .limit = wanted->limit, .state = asked->order_state };
  g_auto(GVariantDict) values = G_VARIANT_DICT_INIT(NULL);
  g_autoptr(GError) error = NULL;
  gboolean ok = FALSE;

  g_variant_builder_init(&window.rows, G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < G_N_ELEMENTS(short_lists); i++) {
    if (g_str_equal(wanted->kind, short_lists[i].kind))
      ok = short_lists[i].fill(context, &window, &error);
  }
  if (!ok)
    return shopcaisse_answer_fail(answer, g_steal_pointer(&error));
  g_variant_dict_insert_value(&values, "rows", g_variant_builder_end(&window.rows));
  g_variant_dict_insert(&values, "total", "u", window.total);
  g_variant_dict_insert(&values, "complete", "b", TRUE);
  if (window.counts != NULL)
    g_variant_dict_insert_value(&values, "counts", window.counts);
  shopcaisse_answer_take(answer, g_variant_dict_end(&values));
}

/**
 * shopcaisse_list_answer:
 * @context: the engine's parts
 * @window: which list, and what of it
 * @answer: (transfer full): gets `{rows, total, complete}`, and `counts` by state where there are
 *
 * Answers a window of a list.
 *
 * It is answered %COMPTOIR_ERROR_INVALID for a kind, an order or a filter that is not known, and
 * %COMPTOIR_ERROR_STORAGE.
 */
void
shopcaisse_list_answer(ShopcaisseContext *context,
                       const ShopcaisseWindow *window,
                       ShopcaisseAnswer *answer)
{
  g_auto(ShopcaisseListAsked) asked = { .is_long = FALSE };
  g_autoptr(GError) error = NULL;

  if (!shopcaisse_list_asked_parse(&asked, window->kind, window->query, &error))
    return shopcaisse_answer_fail(answer, g_steal_pointer(&error));
  if (!asked.is_long)
    return answer_short(context, window, &asked, answer);
  if (asked.query.source == SHOPCAISSE_LIST_ITEMS && *context->configuration->price_list != '\0')
    asked.query.price_list = g_strdup(context->configuration->price_list);
  shopcaisse_listings_answer(context->listings, window, &asked.query, answer);
}
