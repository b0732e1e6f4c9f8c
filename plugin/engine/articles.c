/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host's articles, as they are now. */
#include "engine/articles.h"

#include "engine/context.h"
#include "model/money.h"
#include "model/text.h"
#include "store/articles.h"
#include "store/journal.h"

#define LIMIT_FIRST 200
#define LIMIT_MIN   10
#define COST_MAX    (4 * 1000)
#define PAGES_MAX   100000

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseSequenceDone done;
  gpointer user_data;
  gint64 sweep;
  guint limit;
  guint n_pages;
  char *cursor; /* (owned) (nullable): of the page that was asked for last */
} Reading;

static void page_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data);

static void
end(Reading *self, const GError *error)
{
  self->done(error, self->user_data);
  g_free(self->cursor);
  g_free(self);
}

static void
ask_page(Reading *self)
{
  g_auto(GVariantDict) query = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&query, "limit", "u", (guint32)self->limit);
  if (self->cursor != NULL)
    g_variant_dict_insert(&query, "cursor", "s", self->cursor);
  self->context->host->ask(self->context->host, SHOPCAISSE_ASK_LIST_ARTICLES,
                           g_variant_dict_end(&query), page_cb, self);
}

static const char *
lookup_text(GVariant *row, const char *key)
{
  const char *text = "";

  g_variant_lookup(row, key, "&s", &text);
  return text;
}

/* A price without tax is worth with it what its rate says; without a rate it is not known. */
static void
read_price(ShopcaisseArticle *article, GVariant *row)
{
  const char *price = lookup_text(row, "price");
  gboolean includes_tax = TRUE;
  ShopcaisseMoney money = { 0, "" };

  g_variant_lookup(row, "price_includes_tax", "b", &includes_tax);
  if (*price == '\0' || !shopcaisse_money_parse(price, "EUR", &money, NULL))
    return;
  if (!includes_tax && article->vat_bp == SHOPCAISSE_VAT_UNKNOWN)
    return;
  article->has_price = TRUE;
  article->price_minor =
      includes_tax ? money.minor : (money.minor * (10000 + article->vat_bp) + 5000) / 10000;
}

static ShopcaisseArticle *
read_article(GVariant *row)
{
  ShopcaisseArticle *article = shopcaisse_article_new();
  g_autoptr(GVariant) barcodes =
      g_variant_lookup_value(row, "barcodes", G_VARIANT_TYPE_STRING_ARRAY);

  shopcaisse_text_replace(&article->id, lookup_text(row, "id"));
  shopcaisse_text_replace(&article->name, lookup_text(row, "name"));
  shopcaisse_text_replace(&article->variant, lookup_text(row, "variant"));
  shopcaisse_text_replace(&article->reference, lookup_text(row, "reference"));
  shopcaisse_text_replace(&article->external_id, lookup_text(row, "external_id"));
  if (barcodes != NULL) {
    g_strfreev(article->barcodes);
    article->barcodes = g_variant_dup_strv(barcodes, NULL);
  }
  article->vat_bp = SHOPCAISSE_VAT_UNKNOWN;
  (void)shopcaisse_vat_parse_percent(lookup_text(row, "vat_rate"), &article->vat_bp, NULL);
  read_price(article, row);
  article->has_stock =
      shopcaisse_quantity_parse(lookup_text(row, "stock"), &article->stock_milli, NULL);
  g_variant_lookup(row, "deleted", "b", &article->deleted);
  return article;
}

static gboolean
put_rows(Reading *self, GVariant *rows, GError **error)
{
  GVariantIter iter;
  GVariant *row = NULL;

  g_variant_iter_init(&iter, rows);
  while ((row = g_variant_iter_next_value(&iter)) != NULL) {
    g_autoptr(GVariant) owned = row;
    g_autoptr(ShopcaisseArticle) article = read_article(owned);

    if (*article->id == '\0') {
      g_warning("the host gave an article without an id, ignoring");
      continue;
    }
    if (!shopcaisse_articles_put(self->context->database, article, self->sweep, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
put_page(Reading *self, GVariant *answer, gboolean is_last, GError **error)
{
  g_autoptr(GVariant) rows = g_variant_lookup_value(answer, "rows", G_VARIANT_TYPE("aa{sv}"));

  if (rows == NULL) {
    g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                        "the host answered articles without rows");
    return FALSE;
  }
  if (!shopcaisse_database_begin(self->context->database, error))
    return FALSE;
  if (put_rows(self, rows, error) &&
      (!is_last || shopcaisse_articles_end_sweep(self->context->database, self->sweep, error)) &&
      shopcaisse_database_commit(self->context->database, error))
    return TRUE;
  shopcaisse_database_rollback(self->context->database);
  return FALSE;
}

static void
page_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data)
{
  Reading *self = user_data;
  g_autoptr(GError) page_error = NULL;
  g_autofree char *cursor = NULL;

  if (error != NULL)
    return end(self, error);
  g_variant_lookup(answer, "cursor", "s", &cursor);
  if (g_strcmp0(cursor, self->cursor) == 0 && cursor != NULL)
    page_error = g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                                     "the host answers the same page again");
  if (page_error != NULL || !put_page(self, answer, cursor == NULL, &page_error))
    return end(self, page_error);
  if (cursor == NULL || ++self->n_pages >= PAGES_MAX)
    return end(self, NULL);
  if (cost_us > COST_MAX)
    self->limit = MAX(LIMIT_MIN, self->limit / 2);
  g_free(self->cursor);
  self->cursor = g_steal_pointer(&cursor);
  ask_page(self);
}

/**
 * shopcaisse_articles_read:
 * @context: the engine's parts
 * @done: called once
 * @user_data: for @done
 *
 * Reads the host's articles. A host that has none to list is one without articles.
 */
void
shopcaisse_articles_read(ShopcaisseContext *context,
                         ShopcaisseSequenceDone done,
                         gpointer user_data)
{
  Reading *self = g_new0(Reading, 1);

  self->context = context;
  self->done = done;
  self->user_data = user_data;
  self->sweep = shopcaisse_context_get_now(context);
  self->limit = LIMIT_FIRST;
  ask_page(self);
}
