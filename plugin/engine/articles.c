/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host's articles, as they are now. */
#include "engine/articles.h"

#include "engine/context.h"
#include "engine/slices.h"
#include "model/money.h"
#include "model/text.h"
#include "store/articles.h"
#include "store/journal.h"

#define PAGE_MAX  200
#define PAGES_MAX 100000

typedef struct {
  ShopcaisseContext *context; /* (not owned) */
  ShopcaisseSequenceDone done;
  gpointer user_data;
  ShopcaisseArticleSweep sweep;
  guint limit;
  guint n_pages;
  char *cursor;   /* (owned) (nullable): of the page to ask for; NULL: the first, or no more */
  GVariant *rows; /* (owned) (nullable): of the page that is being written */
  gsize next_row; /* the first of them that is not written */
} Reading;

static void page_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data);
static gboolean put_rows(guint limit, gboolean *is_done, gpointer user_data, GError **error);
static void page_put_cb(const GError *error, gpointer user_data);
static gboolean end_sweep(guint limit, gboolean *is_done, gpointer user_data, GError **error);
static void swept_cb(const GError *error, gpointer user_data);

static void
end(const GError *error, gpointer user_data)
{
  Reading *self = user_data;

  self->done(error, self->user_data);
  g_clear_pointer(&self->rows, g_variant_unref);
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

static gboolean
has_text(GVariant *row, const char *key)
{
  return g_variant_lookup(row, key, "&s", NULL);
}

static void
read_text(char **text, GVariant *row, const char *key)
{
  if (has_text(row, key))
    shopcaisse_text_replace(text, lookup_text(row, key));
}

/* What the row has; the rest stays as it is. */
static void
read_fields(ShopcaisseArticle *article, GVariant *row)
{
  g_autoptr(GVariant) barcodes =
      g_variant_lookup_value(row, "barcodes", G_VARIANT_TYPE_STRING_ARRAY);

  read_text(&article->id, row, "id");
  read_text(&article->name, row, "name");
  read_text(&article->variant, row, "variant");
  read_text(&article->reference, row, "reference");
  read_text(&article->external_id, row, "external_id");
  if (barcodes != NULL) {
    g_strfreev(article->barcodes);
    article->barcodes = g_variant_dup_strv(barcodes, NULL);
  }
  if (has_text(row, "vat_rate"))
    (void)shopcaisse_vat_parse_percent(lookup_text(row, "vat_rate"), &article->vat_bp, NULL);
  read_price(article, row);
  if (has_text(row, "stock"))
    article->has_stock =
        shopcaisse_quantity_parse(lookup_text(row, "stock"), &article->stock_milli, NULL);
  g_variant_lookup(row, "deleted", "b", &article->deleted);
}

static ShopcaisseArticle *
read_article(GVariant *row)
{
  ShopcaisseArticle *article = shopcaisse_article_new();

  article->vat_bp = SHOPCAISSE_VAT_UNKNOWN;
  read_fields(article, row);
  return article;
}

/**
 * shopcaisse_articles_note_written:
 * @context: the engine's parts
 * @id: an article of the host
 * @fields: a{sv}: what was written
 * @error: return location for an error
 *
 * Brings our copy of an article up to what the host has said that it wrote. Inside the caller's
 * transaction.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_articles_note_written(ShopcaisseContext *context,
                                 const char *id,
                                 GVariant *fields,
                                 GError **error)
{
  g_autoptr(GError) read_error = NULL;
  g_autoptr(ShopcaisseArticle) article =
      shopcaisse_articles_get(context->database, id, &read_error);

  if (read_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&read_error));
    return FALSE;
  }
  if (article == NULL) {
    article = shopcaisse_article_new();
    article->vat_bp = SHOPCAISSE_VAT_UNKNOWN;
  }
  read_fields(article, fields);
  shopcaisse_text_replace(&article->id, id);
  return shopcaisse_articles_put(context->database, article, shopcaisse_context_get_now(context),
                                 error);
}

static gboolean
put_row(Reading *self, GVariant *row, GError **error)
{
  g_autoptr(ShopcaisseArticle) article = read_article(row);

  if (*article->id != '\0')
    return shopcaisse_articles_put(self->context->database, article, self->sweep.number, error);
  g_warning("the host gave an article without an id, ignoring");
  return TRUE;
}

static void
page_cb(GVariant *answer, const GError *error, gint64 cost_us, gpointer user_data)
{
  Reading *self = user_data;
  g_autoptr(GError) page_error = NULL;
  g_autofree char *cursor = NULL;

  if (error != NULL)
    return end(error, self);
  g_variant_lookup(answer, "cursor", "s", &cursor);
  self->rows = g_variant_lookup_value(answer, "rows", G_VARIANT_TYPE("aa{sv}"));
  if (g_strcmp0(cursor, self->cursor) == 0 && cursor != NULL)
    page_error = g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                                     "the host answers the same page again");
  else if (self->rows == NULL)
    page_error = g_error_new_literal(COMPTOIR_ERROR, COMPTOIR_ERROR_PROTOCOL,
                                     "the host answered articles without rows");
  if (page_error != NULL)
    return end(page_error, self);
  self->limit = shopcaisse_host_page_adapt(self->limit, PAGE_MAX, cost_us);
  g_free(self->cursor);
  self->cursor = g_steal_pointer(&cursor);
  shopcaisse_slices_run(self->context, put_rows, page_put_cb, self);
}

static gboolean
put_rows(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  Reading *self = user_data;
  gsize n_rows = g_variant_n_children(self->rows);
  gsize last = MIN(n_rows, self->next_row + limit);

  for (; self->next_row < last; self->next_row++) {
    g_autoptr(GVariant) row = g_variant_get_child_value(self->rows, self->next_row);

    if (!put_row(self, row, error))
      return FALSE;
  }
  *is_done = last == n_rows;
  return TRUE;
}

static void
page_put_cb(const GError *error, gpointer user_data)
{
  Reading *self = user_data;

  g_clear_pointer(&self->rows, g_variant_unref);
  self->next_row = 0;
  shopcaisse_context_catalogue_changed(self->context);
  if (error != NULL)
    return end(error, self);
  if (self->cursor == NULL)
    return shopcaisse_slices_run(self->context, end_sweep, swept_cb, self);
  if (++self->n_pages >= PAGES_MAX)
    return end(NULL, self);
  ask_page(self);
}

/* What no page had is deleted in the host. Looking costs less than writing. */
static gboolean
end_sweep(guint limit, gboolean *is_done, gpointer user_data, GError **error)
{
  Reading *self = user_data;

  if (!shopcaisse_articles_end_sweep(self->context->database, &self->sweep, limit, error))
    return FALSE;
  *is_done = self->sweep.is_done;
  return TRUE;
}

/* Who was told of the last page may have looked before the rest was deleted. */
static void
swept_cb(const GError *error, gpointer user_data)
{
  Reading *self = user_data;

  shopcaisse_context_catalogue_changed(self->context);
  end(error, self);
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
  self->sweep.number = shopcaisse_context_get_now(context);
  self->limit = SHOPCAISSE_HOST_PAGE_FIRST;
  ask_page(self);
}
