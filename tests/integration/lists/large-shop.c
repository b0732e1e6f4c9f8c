/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fills a database with a large shop, through the store. */
#include "large-shop.h"

#include "model/text.h"
#include "store/articles.h"
#include "store/journal.h"
#include "store/links.h"
#include "store/mirror.h"

#define BATCH 500

static const char *const words[LARGE_SHOP_WORDS] = { "Crème brûlée",   "Bœuf haché",   "Weißbier",
                                                     "Één kopje",      "Eau minérale", "T-shirt",
                                                     "Pâte à tartiner" };

typedef gboolean (*PutRow)(ShopcaisseDatabase *database, guint number, GError **error);

/* Ids in no order, as a real shop's are. */
static char *
make_id(const char *side, guint number)
{
  g_autofree char *seed = g_strdup_printf("%s %u", side, number);
  g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_MD5, seed, -1);

  return g_strdup_printf("%.8s-%.4s-4%.3s-8%.3s-%.12s", hash, hash + 8, hash + 12, hash + 15,
                         hash + 18);
}

static char **
make_barcodes(guint number)
{
  guint like = number % 100 == 3 ? number - 2 : number;
  char **barcodes = g_new0(char *, 2);

  if (number % 2 == 1)
    barcodes[0] = g_strdup_printf("376%010u", like);
  return barcodes;
}

static char *
make_name(guint number)
{
  return g_strdup_printf("%s %u", words[number % LARGE_SHOP_WORDS], number);
}

static gboolean
put_item(ShopcaisseDatabase *database, guint number, GError **error)
{
  g_autoptr(ShopcaisseItem) item = g_new0(ShopcaisseItem, 1);

  item->id = make_id("item", number);
  item->company_id = g_strdup("company-1");
  item->name = make_name(number);
  item->type = SHOPCAISSE_ITEM_SIMPLE;
  item->type_text = g_strdup("SIMPLE");
  item->unit = g_strdup("UNIT");
  item->reference = number % 10 == 0 ? g_strdup_printf("REF-%u", number) : g_strdup("");
  item->barcodes = make_barcodes(number);
  item->has_price = TRUE;
  item->price_minor = 100 + (number * 37) % 5000;
  item->manage_stock = TRUE;
  item->family_name = g_strdup("Famille");
  item->description = g_strdup("Quelques mots, comme il y en a dans un catalogue.");
  item->vat_on_site_bp = 1000;
  item->vat_take_away_bp = 550;
  return shopcaisse_mirror_put_item(database, item, 1, error);
}

static gboolean
put_article(ShopcaisseDatabase *database, guint number, GError **error)
{
  g_autoptr(ShopcaisseArticle) article = shopcaisse_article_new();
  g_autofree char *id = make_id("article", number);
  g_autofree char *name = make_name(number);
  g_autofree char *reference = g_strdup_printf("REF-%u", number);

  shopcaisse_text_replace(&article->id, id);
  shopcaisse_text_replace(&article->name, name);
  if (number % 10 == 0)
    shopcaisse_text_replace(&article->reference, reference);
  g_strfreev(article->barcodes);
  article->barcodes = make_barcodes(number);
  article->has_price = TRUE;
  article->price_minor = 100 + (number * 37) % 5000;
  article->vat_bp = number % 5 == 0 && number < 5 * LARGE_SHOP_DIFFERENT ? 2000 : 550;
  return shopcaisse_articles_put(database, article, 1, error);
}

static gboolean
put_link(ShopcaisseDatabase *database, guint number, GError **error)
{
  g_autofree char *article_id = make_id("article", number * 5);
  g_autofree char *item_id = make_id("item", number * 5);

  return shopcaisse_links_add(database, article_id, item_id, "id", 1, error);
}

static gboolean
put_line(ShopcaisseDatabase *database, guint number, GError **error)
{
  g_autofree char *subject = g_strdup_printf("sale-%u", number);
  g_autofree char *text =
      g_strdup_printf("order %u: accepted after %u s%s%s", number, number % 60,
                      number % 1000 == 0 ? ", Payé" : "", number == 0 ? ", Aiguille à Noël" : "");
  ShopcaisseJournalLine line = {
    .at = number,
    .level = number % 50 == 0 ? SHOPCAISSE_JOURNAL_WARNING : SHOPCAISSE_JOURNAL_INFO,
    .flow = "orders",
    .subject = subject,
    .text = text,
  };

  return shopcaisse_journal_append(database, &line, error);
}

static gboolean
put_rows(ShopcaisseDatabase *database, PutRow put, guint n_rows, GError **error)
{
  for (guint next = 0; next < n_rows;) {
    guint end = MIN(n_rows, next + BATCH);

    if (!shopcaisse_database_begin(database, error))
      return FALSE;
    for (; next < end; next++) {
      if (!put(database, next, error)) {
        shopcaisse_database_rollback(database);
        return FALSE;
      }
    }
    if (!shopcaisse_database_commit(database, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
large_shop_fill(ShopcaisseDatabase *database, GError **error)
{
  return put_rows(database, put_item, LARGE_SHOP_ROWS, error) &&
         put_rows(database, put_article, LARGE_SHOP_ROWS, error) &&
         put_rows(database, put_link, LARGE_SHOP_LINKED, error) &&
         put_rows(database, put_line, LARGE_SHOP_LINES, error);
}
