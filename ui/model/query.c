/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What somebody typed and chose above a list, as the contract wants it. */
#include "ui/model/query.h"

/**
 * shopcaisse_page_query_clear:
 * @query: a query
 *
 * Releases what a query holds.
 */
void
shopcaisse_page_query_clear(ShopcaissePageQuery *query)
{
  g_clear_pointer(&query->search, g_free);
  g_clear_pointer(&query->state, g_free);
  g_clear_pointer(&query->level, g_free);
  g_clear_pointer(&query->sort, g_free);
  g_clear_pointer(&query->change, g_free);
  g_clear_pointer(&query->plan, g_free);
  g_clear_pointer(&query->sale, g_free);
}

static void
insert(GVariantDict *dict, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    g_variant_dict_insert(dict, key, "s", value);
}

/**
 * shopcaisse_page_query_build:
 * @query: a query
 *
 * Returns: (transfer floating): the same as `a{sv}`
 */
GVariant *
shopcaisse_page_query_build(const ShopcaissePageQuery *query)
{
  g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);
  g_autofree char *words = query->search != NULL ? g_strdup(query->search) : NULL;
  insert(&dict, "search", words != NULL ? g_strstrip(words) : NULL);
  insert(&dict, "state", query->state);
  insert(&dict, "level", query->level);
  insert(&dict, "sort", query->sort);
  insert(&dict, "change", query->change);
  insert(&dict, "plan", query->plan);
  insert(&dict, "sale", query->sale);
  return g_variant_dict_end(&dict);
}

/**
 * shopcaisse_page_query_set:
 * @field: a field of a query
 * @value: (nullable): its new value
 *
 * Changes one field.
 *
 * Returns: %TRUE if it was another one before
 */
gboolean
shopcaisse_page_query_set(char **field, const char *value)
{
  const char *former = *field != NULL ? *field : "";
  if (g_str_equal(former, value != NULL ? value : ""))
    return FALSE;
  g_free(*field);
  *field = g_strdup(value);
  return TRUE;
}
