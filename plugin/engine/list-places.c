/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Companies, stores, registers and price lists, as the token sees them. */
#include "engine/configuration-places.h"
#include "engine/context.h"
#include "engine/list-short.h"
#include "engine/reach.h"
#include "model/text.h"
#include "store/mirror.h"
#include "store/places.h"
#include "store/settings.h"

static void
insert_text(GVariantDict *row, const char *key, const char *text)
{
  g_variant_dict_insert(row, key, "s", text != NULL ? text : "");
}

/* What a company sells in, "" before it was asked. */
static void
insert_currency(GVariantDict *row, ShopcaisseContext *context, const char *company_id)
{
  g_autofree char *currency = shopcaisse_configuration_dup_currency(
      context->database, company_id != NULL ? company_id : "");

  insert_text(row, "currency", currency);
}

static void
insert_company(GVariantDict *row, ShopcaisseContext *context, const char *company_id)
{
  g_autoptr(ShopcaissePlace) company = NULL;

  if (company_id != NULL)
    company =
        shopcaisse_mirror_get_place(context->database, SHOPCAISSE_PLACE_COMPANY, company_id, NULL);
  insert_text(row, "company_name", company != NULL ? company->name : "");
}

static GVariant *
build_place(ShopcaisseContext *context, const ShopcaissePlace *place)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  insert_text(&row, "id", place->id);
  insert_text(&row, "name", place->name);
  insert_text(&row, "parent_id", place->parent_id);
  insert_text(&row, "city", place->city);
  g_variant_dict_insert(&row, "active", "b", place->active);
  if (place->kind == SHOPCAISSE_PLACE_COMPANY) {
    insert_currency(&row, context, place->id);
    g_variant_dict_insert(&row, "usable", "b",
                          shopcaisse_reach_has_company(context->configuration, place->id));
  }
  if (place->kind != SHOPCAISSE_PLACE_STORE)
    return g_variant_dict_end(&row);
  insert_company(&row, context, place->parent_id);
  insert_currency(&row, context, place->parent_id);
  g_variant_dict_insert(&row, "usable", "b",
                        shopcaisse_reach_has_store(context->configuration, place));
  return g_variant_dict_end(&row);
}

/* By name and city. */
static gboolean
is_wanted(const ShopcaisseListPage *page, const ShopcaissePlace *place)
{
  const char *name = place->name != NULL ? place->name : "";
  const char *city = place->city != NULL ? place->city : "";
  g_autofree char *text = g_strdup_printf("%s\n%s", name, city);
  g_autofree char *folded = shopcaisse_text_fold(text);

  return shopcaisse_text_has_words(folded, page->asked->query.words);
}

static gboolean
fill_places(ShopcaisseListPage *page, ShopcaissePlaceKind kind, GError **error)
{
  g_autoptr(GPtrArray) places =
      shopcaisse_mirror_list_places(page->context->database, kind, NULL, error);

  if (places == NULL)
    return FALSE;
  for (guint i = 0; i < places->len; i++) {
    if (is_wanted(page, places->pdata[i]))
      shopcaisse_list_page_add(page, build_place(page->context, places->pdata[i]));
  }
  return TRUE;
}

/**
 * shopcaisse_list_fill_companies:
 * @page: (inout): a page
 * @error: return location for an error
 *
 * Lists companies.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_list_fill_companies(ShopcaisseListPage *page, GError **error)
{
  return fill_places(page, SHOPCAISSE_PLACE_COMPANY, error);
}

/**
 * shopcaisse_list_fill_stores:
 * @page: (inout): a page
 * @error: return location for an error
 *
 * Lists stores.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_list_fill_stores(ShopcaisseListPage *page, GError **error)
{
  return fill_places(page, SHOPCAISSE_PLACE_STORE, error);
}

/**
 * shopcaisse_list_fill_registers:
 * @page: (inout): a page
 * @error: return location for an error
 *
 * Lists registers.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_list_fill_registers(ShopcaisseListPage *page, GError **error)
{
  return fill_places(page, SHOPCAISSE_PLACE_POS, error);
}

/* Prices of every list hold the tax; docs/PROTOCOL.md 3.10. */
static GVariant *
build_price_list(ShopcaisseContext *context,
                 const ShopcaissePriceList *list,
                 const char *company_id)
{
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  insert_text(&row, "id", list->id);
  insert_text(&row, "name", list->name);
  insert_text(&row, "parent_id", company_id);
  insert_currency(&row, context, company_id);
  g_variant_dict_insert(&row, "tax_included", "b", TRUE);
  return g_variant_dict_end(&row);
}

static gboolean
fill_lists_of(ShopcaisseListPage *page, const char *company_id, GError **error)
{
  g_autoptr(GPtrArray) lists =
      shopcaisse_mirror_list_price_lists(page->context->database, company_id, error);

  if (lists == NULL)
    return FALSE;
  for (guint i = 0; i < lists->len; i++)
    shopcaisse_list_page_add(page, build_price_list(page->context, lists->pdata[i], company_id));
  return TRUE;
}

/**
 * shopcaisse_list_fill_price_lists:
 * @page: (inout): a page
 * @error: return location for an error
 *
 * Lists price lists, company by company.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_list_fill_price_lists(ShopcaisseListPage *page, GError **error)
{
  g_autoptr(GPtrArray) companies =
      shopcaisse_mirror_list_places(page->context->database, SHOPCAISSE_PLACE_COMPANY, NULL, error);

  if (companies == NULL)
    return FALSE;
  for (guint i = 0; i < companies->len; i++) {
    if (!fill_lists_of(page, ((const ShopcaissePlace *)companies->pdata[i])->id, error))
      return FALSE;
  }
  return TRUE;
}
