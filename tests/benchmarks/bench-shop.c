/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Items and articles of a large shop, always the same. */
#include "bench-shop.h"

/* The same number makes the same id. */
static char *
make_id(guint number, guint salt)
{
  g_autofree char *seed = g_strdup_printf("%u %u", salt, number);
  g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_MD5, seed, -1);

  return g_strdup_printf("%.8s-%.4s-4%.3s-8%.3s-%.12s", hash, hash + 8, hash + 12, hash + 15,
                         hash + 18);
}

static char **
make_barcodes(guint number)
{
  char **barcodes = g_new0(char *, 2);

  if (number % 2 == 0)
    barcodes[0] = g_strdup_printf("376%010u", number * 7919);
  return barcodes;
}

static char *
make_reference(guint number)
{
  return number % 10 == 0 ? g_strdup_printf("REF-%u", number) : g_strdup("");
}

char *
bench_shop_make_item_id(guint number)
{
  return make_id(number, 1);
}

ShopcaisseItem *
bench_shop_make_item(guint number)
{
  ShopcaisseItem *item = g_new0(ShopcaisseItem, 1);

  item->id = bench_shop_make_item_id(number);
  item->company_id = g_strdup(BENCH_COMPANY);
  item->name = g_strdup_printf("Article du magasin %u", number);
  item->type = SHOPCAISSE_ITEM_SIMPLE;
  item->type_text = g_strdup("SIMPLE");
  item->unit = g_strdup("UNIT");
  item->reference = make_reference(number);
  item->barcodes = make_barcodes(number);
  item->has_price = TRUE;
  item->price_minor = 100 + number % 5000;
  item->manage_stock = TRUE;
  item->family_id = make_id(number % 40, 3);
  item->family_name = g_strdup_printf("Famille %u", number % 40);
  item->description = g_strdup("Quelques mots, comme il y en a dans un catalogue.");
  item->vat_on_site_bp = 1000;
  item->vat_take_away_bp = 550;
  return item;
}

ShopcaisseArticle *
bench_shop_make_article(guint number)
{
  ShopcaisseArticle *article = shopcaisse_article_new();

  g_free(article->id);
  g_free(article->name);
  g_free(article->reference);
  g_strfreev(article->barcodes);
  article->id = make_id(number, 2);
  article->name = g_strdup_printf("Article du magasin %u", number);
  article->reference = make_reference(number);
  article->barcodes = make_barcodes(number);
  article->has_price = TRUE;
  article->price_minor = 100 + number % 5000;
  article->vat_bp = 550;
  return article;
}
