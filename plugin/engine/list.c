/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a query asks for. Short lists are read at once; long ones are found in slices. */
#include "engine/list.h"

#include "engine/context.h"
#include "engine/list-journal.h"
#include "engine/list-short.h"
#include "engine/listing.h"
#include "store/links.h"

static void
clear_page(ShopcaisseListPage *page)
{
  g_variant_builder_clear(&page->rows);
  g_clear_pointer(&page->counts, g_variant_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ShopcaisseListPage, clear_page)

/**
 * shopcaisse_list_page_add:
 * @page: (inout): a page
 * @row: (transfer floating): the next row of the list
 *
 * Counts a row, and keeps it if it is in the window.
 */
void
shopcaisse_list_page_add(ShopcaisseListPage *page, GVariant *row)
{
  g_autoptr(GVariant) owned = g_variant_ref_sink(row);
  guint index = page->total++;

  if (index >= page->offset && index - page->offset < page->limit)
    g_variant_builder_add_value(&page->rows, owned);
}

/* All of it, which is long, but of one piece. */
static gboolean
fill_journal(ShopcaisseListPage *page, GError **error)
{
  ShopcaisseDatabase *database = page->context->database;
  g_autoptr(GPtrArray) lines = shopcaisse_journal_list(database, page->offset, page->limit, error);

  if (lines == NULL || !shopcaisse_journal_count(database, &page->total, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++) {
    g_autoptr(GVariant) line = shopcaisse_list_name_line(page->context, lines->pdata[i], error);

    if (line == NULL)
      return FALSE;
    g_variant_builder_add_value(&page->rows, line);
  }
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
fill_links(ShopcaisseListPage *page, GError **error)
{
  ShopcaisseDatabase *database = page->context->database;
  g_autoptr(GPtrArray) links = shopcaisse_links_list(database, page->offset, page->limit, error);
  g_autoptr(GVariant) counts = NULL;

  if (links == NULL)
    return FALSE;
  counts = shopcaisse_links_count(database, error);
  if (counts == NULL)
    return FALSE;
  page->total = sum_counts(counts);
  for (guint i = 0; i < links->len; i++)
    g_variant_builder_add_value(&page->rows, build_link(links->pdata[i]));
  return TRUE;
}

static const struct {
  const char *kind;
  ShopcaisseListFill fill;
} short_lists[] = {
  { "checklist", shopcaisse_list_fill_checklist },
  { "companies", shopcaisse_list_fill_companies },
  { "facts", shopcaisse_list_fill_facts },
  { "flows", shopcaisse_list_fill_flows },
  { "journal", fill_journal },
  { "links", fill_links },
  { "orders", shopcaisse_list_fill_orders },
  { "plan", shopcaisse_list_fill_plan },
  { "price-lists", shopcaisse_list_fill_price_lists },
  { "registers", shopcaisse_list_fill_registers },
  { "rights", shopcaisse_list_fill_rights },
  { "stores", shopcaisse_list_fill_stores },
  { "suggestions", shopcaisse_list_fill_suggestions },
  { "timeline", shopcaisse_list_fill_timeline },
};

static gboolean
fill_page(ShopcaisseListPage *page, const char *kind, GError **error)
{
  g_variant_builder_init(&page->rows, G_VARIANT_TYPE("aa{sv}"));
  for (gsize i = 0; i < G_N_ELEMENTS(short_lists); i++) {
    if (g_str_equal(kind, short_lists[i].kind))
      return short_lists[i].fill(page, error);
  }
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID, "there is no list \"%s\"", kind);
  return FALSE;
}

/**
 * shopcaisse_list_read_all:
 * @context: the engine's parts
 * @kind: a short list
 * @error: return location for an error
 *
 * Reads a short list whole.
 *
 * Fails with %COMPTOIR_ERROR_INVALID for a list that is none of these, or %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full): aa{sv}
 */
GVariant *
shopcaisse_list_read_all(ShopcaisseContext *context, const char *kind, GError **error)
{
  g_auto(ShopcaisseListAsked) asked = { .is_long = FALSE };
  g_auto(ShopcaisseListPage) page = { .context = context, .asked = &asked, .limit = G_MAXINT32 };

  if (!fill_page(&page, kind, error))
    return NULL;
  return g_variant_ref_sink(g_variant_builder_end(&page.rows));
}

static void
answer_short(ShopcaisseContext *context,
             const ShopcaisseWindow *wanted,
             const ShopcaisseListAsked *asked,
             ShopcaisseAnswer *answer)
{
  g_auto(ShopcaisseListPage) page = {
    .context = context, .asked = asked, .offset = wanted->offset, .limit = wanted->limit
  };
  g_auto(GVariantDict) values = G_VARIANT_DICT_INIT(NULL);
  g_autoptr(GError) error = NULL;

  if (!fill_page(&page, wanted->kind, &error))
    return shopcaisse_answer_fail(answer, g_steal_pointer(&error));
  g_variant_dict_insert_value(&values, "rows", g_variant_builder_end(&page.rows));
  g_variant_dict_insert(&values, "total", "u", page.total);
  g_variant_dict_insert(&values, "complete", "b", TRUE);
  if (page.counts != NULL)
    g_variant_dict_insert_value(&values, "counts", page.counts);
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
