/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rows of a window as the contract has them. */
#include "engine/list-rows.h"

#include "engine/context.h"
#include "engine/list-journal.h"
#include "model/money.h"
#include "store/list-rows.h"

static const char *const state_names[] = {
  [SHOPCAISSE_LINK_LINKED] = "linked",
  [SHOPCAISSE_LINK_UNLINKED] = "unlinked",
  [SHOPCAISSE_LINK_AMBIGUOUS] = "ambiguous",
};

/**
 * shopcaisse_link_state_to_text:
 * @state: a state
 *
 * Returns: (transfer none) (nullable): its word in the contract
 */
const char *
shopcaisse_link_state_to_text(ShopcaisseLinkState state)
{
  return state < SHOPCAISSE_LINK_ANY ? state_names[state] : NULL;
}

static void
insert_text(GVariantDict *row, const char *key, const char *text)
{
  if (text != NULL && *text != '\0')
    g_variant_dict_insert(row, key, "s", text);
}

static void
insert_price(GVariantDict *row, gboolean has_price, gint64 minor)
{
  g_autofree char *text = NULL;

  if (!has_price)
    return;
  text = shopcaisse_money_to_text(shopcaisse_money(minor, "EUR"));
  g_variant_dict_insert(row, "price", "s", text);
  g_variant_dict_insert(row, "currency", "s", "EUR");
}

static void
insert_rate(GVariantDict *row, const char *key, gint64 vat_bp)
{
  g_autofree char *text = shopcaisse_vat_to_percent(vat_bp);

  insert_text(row, key, text);
}

static void
insert_stock(GVariantDict *row, gboolean has_stock, gint64 milli)
{
  g_autofree char *text = NULL;

  if (!has_stock)
    return;
  text = shopcaisse_quantity_to_text(milli);
  g_variant_dict_insert(row, "stock", "s", text);
}

static void
insert_state(GVariantDict *row,
             const ShopcaisseListRows *rows,
             const char *id,
             const char *other_id)
{
  ShopcaisseLinkState state = SHOPCAISSE_LINK_UNLINKED;

  if (other_id != NULL)
    state = SHOPCAISSE_LINK_LINKED;
  else if (rows->ambiguous != NULL && g_hash_table_contains(rows->ambiguous, id))
    state = SHOPCAISSE_LINK_AMBIGUOUS;
  g_variant_dict_insert(row, "state", "s", state_names[state]);
}

/* The rate that a new article would get. */
static gint64
choose_rate(gint64 take_away_bp, gint64 on_site_bp)
{
  return take_away_bp != SHOPCAISSE_VAT_UNKNOWN ? take_away_bp : on_site_bp;
}

static GVariant *
build_article(const ShopcaisseListRows *rows, const ShopcaisseListedArticle *listed)
{
  const ShopcaisseArticle *article = listed->article;
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "id", "s", article->id);
  g_variant_dict_insert(&row, "name", "s", article->name);
  insert_text(&row, "variant", article->variant);
  insert_text(&row, "reference", article->reference);
  if (*article->barcodes != NULL)
    g_variant_dict_insert(&row, "barcodes", "^as", article->barcodes);
  insert_price(&row, article->has_price, article->price_minor);
  insert_rate(&row, "vat_rate", article->vat_bp);
  insert_stock(&row, article->has_stock, article->stock_milli);
  insert_state(&row, rows, article->id, listed->item_id);
  insert_text(&row, "external_id", listed->item_id);
  insert_text(&row, "method", listed->method);
  insert_rate(&row, "linked_vat_rate",
              choose_rate(listed->vat_take_away_bp, listed->vat_on_site_bp));
  if (article->deleted)
    g_variant_dict_insert(&row, "deleted", "b", TRUE);
  return g_variant_dict_end(&row);
}

static GVariant *
build_item(const ShopcaisseListRows *rows, const ShopcaisseListedItem *listed)
{
  const ShopcaisseItem *item = listed->item;
  g_auto(GVariantDict) row = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&row, "id", "s", item->id);
  g_variant_dict_insert(&row, "name", "s", item->name);
  insert_text(&row, "parent_id", item->parent_id);
  insert_text(&row, "parent_name", listed->parent_name);
  insert_text(&row, "reference", item->reference);
  if (*item->barcodes != NULL)
    g_variant_dict_insert(&row, "barcodes", "^as", item->barcodes);
  insert_price(&row, item->has_price, item->price_minor);
  insert_rate(&row, "vat_rate", choose_rate(item->vat_take_away_bp, item->vat_on_site_bp));
  insert_stock(&row, listed->has_stock && item->manage_stock, listed->available_milli);
  insert_text(&row, "unit", item->unit);
  insert_text(&row, "family", item->family_name);
  insert_state(&row, rows, item->id, listed->article_id);
  insert_text(&row, "article_id", listed->article_id);
  insert_text(&row, "method", listed->method);
  insert_rate(&row, "linked_vat_rate", listed->vat_bp);
  if (listed->is_gone)
    g_variant_dict_insert(&row, "deleted", "b", TRUE);
  return g_variant_dict_end(&row);
}

static GVariant *
read_article(ShopcaisseContext *context,
             const ShopcaisseListRows *rows,
             gint64 number,
             GError **error)
{
  g_autoptr(ShopcaisseListedArticle) listed =
      shopcaisse_list_read_article(context->database, number, error);

  return listed != NULL ? build_article(rows, listed) : NULL;
}

static GVariant *
read_item(ShopcaisseContext *context, const ShopcaisseListRows *rows, gint64 number, GError **error)
{
  const ShopcaisseListedPlace place = {
    .store_id = context->configuration->store_id,
    .price_list = context->configuration->price_list,
  };
  g_autoptr(ShopcaisseListedItem) listed =
      shopcaisse_list_read_item(context->database, number, &place, error);

  return listed != NULL ? build_item(rows, listed) : NULL;
}

static GVariant *
read_line(ShopcaisseContext *context, const ShopcaisseListRows *rows, gint64 number, GError **error)
{
  g_autoptr(GVariant) line = shopcaisse_journal_read(context->database, number, error);

  (void)rows;
  return line != NULL ? shopcaisse_list_name_line(context, line, error) : NULL;
}

/* (nullable), floating or not: NULL without an error for a row that has gone. */
static GVariant *(*const read_row[])(ShopcaisseContext *context,
                                     const ShopcaisseListRows *rows,
                                     gint64 number,
                                     GError **error) = {
  [SHOPCAISSE_LIST_ARTICLES] = read_article,
  [SHOPCAISSE_LIST_ITEMS] = read_item,
  [SHOPCAISSE_LIST_JOURNAL] = read_line,
};

/**
 * shopcaisse_list_rows_build:
 * @context: the engine's parts
 * @rows: which rows
 * @error: return location for an error
 *
 * Reads rows as they are now. One that has gone meanwhile is left out.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer floating): an `aa{sv}`, or %NULL
 */
GVariant *
shopcaisse_list_rows_build(ShopcaisseContext *context,
                           const ShopcaisseListRows *rows,
                           GError **error)
{
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("aa{sv}"));

  for (guint i = 0; i < rows->n_rows; i++) {
    g_autoptr(GError) row_error = NULL;
    GVariant *row = read_row[rows->source](context, rows, rows->rows[i], &row_error);
    g_autoptr(GVariant) owned = row != NULL ? g_variant_take_ref(row) : NULL;

    if (row_error != NULL) {
      g_propagate_error(error, g_steal_pointer(&row_error));
      return NULL;
    }
    if (owned != NULL)
      g_variant_builder_add_value(&builder, owned);
  }
  return g_variant_builder_end(&builder);
}
