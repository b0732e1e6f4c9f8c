/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which articles, or items, a person may want to link with one of the other side, and why. */
#include "engine/context.h"
#include "engine/list-rows.h"
#include "engine/list-short.h"
#include "store/suggestions.h"

static gboolean
add_suggestion(ShopcaisseListPage *page,
               ShopcaisseListSource source,
               const ShopcaisseSuggestion *suggestion,
               GError **error)
{
  const ShopcaisseListRows wanted = { .source = source, .rows = &suggestion->row, .n_rows = 1 };
  GVariant *built = shopcaisse_list_rows_build(page->context, &wanted, error);
  g_autoptr(GVariant) rows = built != NULL ? g_variant_ref_sink(built) : NULL;

  if (rows == NULL)
    return FALSE;
  if (g_variant_n_children(rows) > 0) {
    g_autoptr(GVariant) row = g_variant_get_child_value(rows, 0);
    g_auto(GVariantDict) values = G_VARIANT_DICT_INIT(row);

    g_variant_dict_insert(&values, "likeness", "s", suggestion->likeness);
    shopcaisse_list_page_add(page, g_variant_dict_end(&values));
  }
  return TRUE;
}

/**
 * shopcaisse_list_fill_suggestions:
 * @page: (inout): a page
 * @error: return location for an error
 *
 * Lists what is like the item, or the article, that was asked about, the surest first.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when neither was named, and with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_list_fill_suggestions(ShopcaisseListPage *page, GError **error)
{
  const ShopcaisseListAsked *asked = page->asked;
  ShopcaisseListSource source =
      asked->item != NULL ? SHOPCAISSE_LIST_ARTICLES : SHOPCAISSE_LIST_ITEMS;
  const char *id = asked->item != NULL ? asked->item : asked->article;
  g_autoptr(GArray) found = NULL;

  if (id == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                        "list suggestions: neither an item nor an article is said");
    return FALSE;
  }
  found = shopcaisse_suggestions_find(page->context->database, source, id, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++) {
    if (!add_suggestion(page, source, &g_array_index(found, ShopcaisseSuggestion, i), error))
      return FALSE;
  }
  return TRUE;
}
