/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Items and articles for the tests of the store. */
#include "store-catalogue.h"

#include "store/mirror.h"

ShopcaisseItem *
store_catalogue_new_item(const char *id)
{
  ShopcaisseItem *item = g_new0(ShopcaisseItem, 1);

  item->id = g_strdup(id);
  item->company_id = g_strdup("company");
  item->name = g_strconcat("item ", id, NULL);
  item->type = SHOPCAISSE_ITEM_SIMPLE;
  item->type_text = g_strdup("SIMPLE");
  item->unit = g_strdup("UNIT");
  item->reference = g_strdup("");
  item->barcodes = g_new0(char *, 1);
  item->has_price = TRUE;
  item->price_minor = 1234;
  item->vat_on_site_bp = 1000;
  item->vat_take_away_bp = SHOPCAISSE_VAT_UNKNOWN;
  return item;
}

void
store_catalogue_set_keys(ShopcaisseItem *item, const char *reference, const char *barcodes)
{
  g_free(item->reference);
  g_strfreev(item->barcodes);
  item->reference = g_strdup(reference);
  item->barcodes = g_strsplit(barcodes != NULL ? barcodes : "", ",", -1);
}

void
store_catalogue_put_item(StoreFixture *self, const ShopcaisseItem *item, gint64 sweep)
{
  g_autoptr(GError) error = NULL;

  assert_true(shopcaisse_mirror_put_item(self->database, item, sweep, &error));
  assert_no_error(error);
}

void
store_catalogue_add_item(StoreFixture *self,
                         const char *id,
                         const char *reference,
                         const char *barcodes)
{
  g_autoptr(ShopcaisseItem) item = store_catalogue_new_item(id);

  store_catalogue_set_keys(item, reference, barcodes);
  store_catalogue_put_item(self, item, 1);
}

void
store_catalogue_add_article(StoreFixture *self,
                            const char *id,
                            const char *reference,
                            const char *barcodes)
{
  g_autoptr(ShopcaisseArticle) article = shopcaisse_article_new();

  g_free(article->id);
  g_free(article->reference);
  g_strfreev(article->barcodes);
  article->id = g_strdup(id);
  article->reference = g_strdup(reference);
  article->barcodes = g_strsplit(barcodes != NULL ? barcodes : "", ",", -1);
  assert_true(shopcaisse_articles_put(self->database, article, 1, NULL));
}

void
store_catalogue_end_read(StoreFixture *self, gint64 number)
{
  ShopcaisseArticleSweep sweep = { .number = number };

  while (!sweep.is_done)
    assert_true(shopcaisse_articles_end_sweep(self->database, &sweep, 1, NULL));
}
