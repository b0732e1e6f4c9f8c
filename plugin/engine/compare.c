/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which articles to make, and which prices and stocks to set: a merchant's own words in the host
 * are never written over. docs/decisions/0008-what-a-sync-writes.md. */
#include "engine/compare.h"

#include "model/money.h"
#include "model/text.h"

/**
 * shopcaisse_compare_same_value:
 * @key: unused
 * @value: a text
 * @text: another
 *
 * Returns: whether they are equal
 */
gboolean
shopcaisse_compare_same_value(gpointer key, gpointer value, gpointer text)
{
  (void)key;
  return g_str_equal(value, text);
}

/**
 * shopcaisse_compare_make_line:
 * @change: create, update, delete or link
 * @article_id: the host's id, "" for create
 * @item_id: Shopcaisse's
 * @name: for people
 *
 * Returns: (transfer full): a line without fields
 */
ShopcaissePlanLine *
shopcaisse_compare_make_line(const char *change,
                             const char *article_id,
                             const char *item_id,
                             const char *name)
{
  ShopcaissePlanLine *line = shopcaisse_plan_line_new();

  shopcaisse_text_replace(&line->change, change);
  shopcaisse_text_replace(&line->article_id, article_id);
  shopcaisse_text_replace(&line->item_id, item_id);
  shopcaisse_text_replace(&line->name, name);
  return line;
}

/**
 * shopcaisse_compare_adopt:
 * @offer: (inout): an item that is linked to nothing
 * @article: an article
 *
 * Looks at the item as if the article were linked to it.
 */
void
shopcaisse_compare_adopt(ShopcaisseOffer *offer, const ShopcaisseArticle *article)
{
  shopcaisse_text_replace(&offer->article_id, article->id);
  shopcaisse_text_replace(&offer->article_name, article->name);
  offer->article_deleted = article->deleted;
  offer->article_has_price = article->has_price;
  offer->article_price_minor = article->price_minor;
  offer->article_has_stock = article->has_stock;
  offer->article_stock_milli = article->stock_milli;
}

/* Menus and options need their steps and groups; a price of 0 is a key for a free amount, and must
 * not be sold at 0: docs/PROTOCOL.md 6.2 (13). */
static gboolean
is_sellable(const ShopcaisseOffer *offer)
{
  const ShopcaisseItem *item = offer->item;

  if (offer->is_gone || offer->has_variations || !item->has_price || item->price_minor == 0 ||
      *item->name == '\0')
    return FALSE;
  return item->type == SHOPCAISSE_ITEM_SIMPLE || item->type == SHOPCAISSE_ITEM_VARIATION ||
         item->type == SHOPCAISSE_ITEM_PACK;
}

static void
insert_money(GVariantDict *fields, const char *key, gint64 minor)
{
  g_autofree char *text = shopcaisse_money_to_text(shopcaisse_money(minor, "EUR"));

  g_variant_dict_insert(fields, key, "s", text);
}

static void
insert_quantity(GVariantDict *fields, const char *key, gint64 milli)
{
  g_autofree char *text = shopcaisse_quantity_to_text(milli);

  g_variant_dict_insert(fields, key, "s", text);
}

static void
insert_text(GVariantDict *fields, const char *key, const char *text)
{
  if (text != NULL && *text != '\0')
    g_variant_dict_insert(fields, key, "s", text);
}

static void
insert_vat(GVariantDict *fields, const ShopcaisseItem *item)
{
  gint64 vat_bp = item->vat_take_away_bp != SHOPCAISSE_VAT_UNKNOWN ? item->vat_take_away_bp
                                                                   : item->vat_on_site_bp;
  g_autofree char *text = NULL;

  if (vat_bp == SHOPCAISSE_VAT_UNKNOWN)
    return;
  text = shopcaisse_vat_to_percent(vat_bp);
  g_variant_dict_insert(fields, "vat_rate", "s", text);
}

static ShopcaissePlanLine *
make_create(const ShopcaisseOffer *offer)
{
  const ShopcaisseItem *item = offer->item;
  gboolean is_variation = offer->parent_name != NULL;
  const char *name = is_variation ? offer->parent_name : item->name;
  ShopcaissePlanLine *line = shopcaisse_compare_make_line("create", "", item->id, name);
  g_auto(GVariantDict) fields = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&fields, "name", "s", name);
  if (is_variation)
    g_variant_dict_insert(&fields, "variant", "s", item->name);
  insert_text(&fields, "reference", item->reference);
  if (*item->barcodes != NULL)
    g_variant_dict_insert(&fields, "barcodes", "^as", item->barcodes);
  insert_money(&fields, "price", item->price_minor);
  g_variant_dict_insert(&fields, "price_includes_tax", "b", TRUE);
  g_variant_dict_insert(&fields, "currency", "s", "EUR");
  insert_vat(&fields, item);
  if (offer->has_stock && item->manage_stock)
    insert_quantity(&fields, "stock", offer->available_milli);
  insert_text(&fields, "unit", item->unit);
  if ((item->flags & SHOPCAISSE_ITEM_FLAG_TECHNICAL_FAMILY) == 0)
    insert_text(&fields, "family", item->family_name);
  g_variant_dict_insert(&fields, "external_id", "s", item->id);
  g_variant_unref(line->after);
  line->after = g_variant_ref_sink(g_variant_dict_end(&fields));
  shopcaisse_text_replace(&line->reason, "new");
  return line;
}

static gboolean
has_new_price(const ShopcaisseOffer *offer)
{
  return offer->item->has_price && offer->item->price_minor != 0 &&
         (!offer->article_has_price || offer->article_price_minor != offer->item->price_minor);
}

/* An article whose stock the host does not manage is left alone. */
static gboolean
has_new_stock(const ShopcaisseOffer *offer)
{
  return offer->has_stock && offer->item->manage_stock && offer->article_has_stock &&
         offer->article_stock_milli != offer->available_milli;
}

static ShopcaissePlanLine *
make_update(const ShopcaisseOffer *offer)
{
  ShopcaissePlanLine *line = shopcaisse_compare_make_line("update", offer->article_id,
                                                          offer->item->id, offer->article_name);
  g_auto(GVariantDict) before = G_VARIANT_DICT_INIT(NULL);
  g_auto(GVariantDict) after = G_VARIANT_DICT_INIT(NULL);

  if (has_new_price(offer)) {
    if (offer->article_has_price)
      insert_money(&before, "price", offer->article_price_minor);
    insert_money(&after, "price", offer->item->price_minor);
    g_variant_dict_insert(&after, "price_includes_tax", "b", TRUE);
  }
  if (has_new_stock(offer)) {
    insert_quantity(&before, "stock", offer->article_stock_milli);
    insert_quantity(&after, "stock", offer->available_milli);
  }
  g_variant_unref(line->before);
  line->before = g_variant_ref_sink(g_variant_dict_end(&before));
  g_variant_unref(line->after);
  line->after = g_variant_ref_sink(g_variant_dict_end(&after));
  shopcaisse_text_replace(&line->reason, has_new_price(offer) ? "price" : "stock");
  return line;
}

/**
 * shopcaisse_compare_offer:
 * @offer: an item, its price and stock, and the article it is linked to
 *
 * Finds what the host should be told. Nothing is ever deleted because it is gone from the till.
 *
 * Returns: (transfer full) (nullable): a line of a plan
 */
ShopcaissePlanLine *
shopcaisse_compare_offer(const ShopcaisseOffer *offer)
{
  if (offer->article_id == NULL)
    return is_sellable(offer) ? make_create(offer) : NULL;
  if (offer->is_gone || offer->article_deleted)
    return NULL;
  return has_new_price(offer) || has_new_stock(offer) ? make_update(offer) : NULL;
}
