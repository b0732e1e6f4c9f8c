/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host's articles as last read. */
#include "store/articles.h"

#include "store/article-row.h"
#include "store/digest.h"
#include "store/match-keys.h"

/**
 * shopcaisse_article_new:
 *
 * Makes an empty article without price, rate and stock.
 *
 * Returns: (transfer full): the article
 */
ShopcaisseArticle *
shopcaisse_article_new(void)
{
  ShopcaisseArticle *self = g_new0(ShopcaisseArticle, 1);

  self->id = g_strdup("");
  self->name = g_strdup("");
  self->variant = g_strdup("");
  self->reference = g_strdup("");
  self->barcodes = g_new0(char *, 1);
  self->vat_bp = SHOPCAISSE_VAT_UNKNOWN;
  self->external_id = g_strdup("");
  return self;
}

/**
 * shopcaisse_article_free:
 * @self: (transfer full) (nullable): the article
 *
 * Frees an article.
 */
void
shopcaisse_article_free(ShopcaisseArticle *self)
{
  if (self == NULL)
    return;
  g_free(self->id);
  g_free(self->name);
  g_free(self->variant);
  g_free(self->reference);
  g_strfreev(self->barcodes);
  g_free(self->external_id);
  g_free(self);
}

static gint64
digest_article(const ShopcaisseArticle *article, const char *barcodes)
{
  ShopcaisseDigest *digest = shopcaisse_digest_new();

  shopcaisse_digest_add_text(digest, article->name);
  shopcaisse_digest_add_text(digest, article->variant);
  shopcaisse_digest_add_text(digest, article->reference);
  shopcaisse_digest_add_text(digest, barcodes);
  shopcaisse_digest_add_number(digest, article->has_price);
  shopcaisse_digest_add_number(digest, article->has_price ? article->price_minor : 0);
  shopcaisse_digest_add_number(digest, article->vat_bp);
  shopcaisse_digest_add_number(digest, article->has_stock);
  shopcaisse_digest_add_number(digest, article->has_stock ? article->stock_milli : 0);
  shopcaisse_digest_add_text(digest, article->external_id);
  shopcaisse_digest_add_number(digest, article->deleted);
  return shopcaisse_digest_finish(digest);
}

/* TRUE and *is_same when the article was there with the same digest, and not marked deleted since.
 */
static gboolean
touch_article(ShopcaisseDatabase *database,
              const ShopcaisseArticle *article,
              gint64 digest,
              gint64 sweep,
              gboolean *is_same,
              GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "UPDATE article SET sweep = ?3 WHERE id = ?1 AND digest = ?2 AND deleted = ?4",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, article->id);
  sqlite3_bind_int64(statement, 2, digest);
  sqlite3_bind_int64(statement, 3, sweep);
  sqlite3_bind_int(statement, 4, article->deleted);
  if (!shopcaisse_statement_run(statement, error))
    return FALSE;
  *is_same = shopcaisse_database_count_changes(database) > 0;
  return TRUE;
}

static gboolean
has_other_keys(ShopcaisseDatabase *database,
               const ShopcaisseArticle *article,
               const char *barcodes,
               gboolean *is_other,
               GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT 1 FROM article WHERE id = ?1 AND reference = ?2 AND barcodes = ?3 AND deleted = ?4",
      error);
  gint64 is_same = 0;

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, article->id);
  shopcaisse_statement_bind_text(statement, 2, article->reference);
  shopcaisse_statement_bind_text(statement, 3, barcodes);
  sqlite3_bind_int(statement, 4, article->deleted);
  if (!shopcaisse_statement_read_number(statement, 0, &is_same, error))
    return FALSE;
  *is_other = is_same == 0;
  return TRUE;
}

static gboolean
write_article(ShopcaisseDatabase *database,
              const ShopcaisseArticle *article,
              const char *barcodes,
              gint64 digest,
              gint64 sweep,
              GError **error)
{
  g_autofree char *name = g_strdup_printf("%s %s", article->name, article->variant);
  g_autofree char *search = shopcaisse_match_keys_build_search(name, article->reference, barcodes);
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO article (id, name, variant, reference, barcodes, price_minor, vat_bp,"
      " stock_milli, external_id, deleted, digest, sweep, search)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
      " ON CONFLICT (id) DO UPDATE SET name = excluded.name, variant = excluded.variant,"
      " reference = excluded.reference, barcodes = excluded.barcodes,"
      " price_minor = excluded.price_minor, vat_bp = excluded.vat_bp,"
      " stock_milli = excluded.stock_milli, external_id = excluded.external_id,"
      " deleted = excluded.deleted, digest = excluded.digest, sweep = excluded.sweep,"
      " search = excluded.search",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, article->id);
  shopcaisse_statement_bind_text(statement, 2, article->name);
  shopcaisse_statement_bind_text(statement, 3, article->variant);
  shopcaisse_statement_bind_text(statement, 4, article->reference);
  shopcaisse_statement_bind_text(statement, 5, barcodes);
  if (article->has_price)
    sqlite3_bind_int64(statement, 6, article->price_minor);
  sqlite3_bind_int64(statement, 7, article->vat_bp);
  if (article->has_stock)
    sqlite3_bind_int64(statement, 8, article->stock_milli);
  shopcaisse_statement_bind_text(statement, 9, article->external_id);
  sqlite3_bind_int(statement, 10, article->deleted);
  sqlite3_bind_int64(statement, 11, digest);
  sqlite3_bind_int64(statement, 12, sweep);
  shopcaisse_statement_bind_text(statement, 13, search);
  return shopcaisse_statement_run(statement, error);
}

static gboolean
replace_article(ShopcaisseDatabase *database,
                const ShopcaisseArticle *article,
                const char *barcodes,
                gint64 digest,
                gint64 sweep,
                GError **error)
{
  ShopcaisseMatchKeys keys = { .side = SHOPCAISSE_SIDE_ARTICLE,
                               .id = article->id,
                               .reference = article->reference,
                               .barcodes = article->barcodes,
                               .is_deleted = article->deleted };
  gboolean is_other = FALSE;

  return has_other_keys(database, article, barcodes, &is_other, error) &&
         write_article(database, article, barcodes, digest, sweep, error) &&
         (!is_other || shopcaisse_match_keys_replace(database, &keys, error));
}

/**
 * shopcaisse_articles_put:
 * @database: the database
 * @article: the article; copied
 * @sweep: the number of the read that saw it
 * @error: return location for an error
 *
 * Writes an article as it was read. Nothing but the sweep is written when it is as before.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_articles_put(ShopcaisseDatabase *database,
                        const ShopcaisseArticle *article,
                        gint64 sweep,
                        GError **error)
{
  g_return_val_if_fail(article != NULL && article->id != NULL, FALSE);

  g_autofree char *barcodes = shopcaisse_barcodes_join(article->barcodes);
  gint64 digest = digest_article(article, barcodes);
  gboolean is_same = FALSE;

  if (!touch_article(database, article, digest, sweep, &is_same, error))
    return FALSE;
  if (is_same)
    return TRUE;
  if (!shopcaisse_database_begin(database, error))
    return FALSE;
  shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_ARTICLES);
  shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_KEYS); /* its external id */
  if (replace_article(database, article, barcodes, digest, sweep, error))
    return shopcaisse_database_commit(database, error);
  shopcaisse_database_rollback(database);
  return FALSE;
}

/**
 * shopcaisse_article_read:
 * @row: a row that begins with the columns named in store/article-row.h
 *
 * Reads an article.
 *
 * Returns: (transfer full): the article
 */
ShopcaisseArticle *
shopcaisse_article_read(ShopcaisseStatement *row)
{
  ShopcaisseArticle *article = g_new0(ShopcaisseArticle, 1);

  article->id = shopcaisse_statement_dup_text(row, 0);
  article->name = shopcaisse_statement_dup_text(row, 1);
  article->variant = shopcaisse_statement_dup_text(row, 2);
  article->reference = shopcaisse_statement_dup_text(row, 3);
  article->barcodes = shopcaisse_barcodes_split((const char *)sqlite3_column_text(row, 4));
  article->has_price = sqlite3_column_type(row, 5) != SQLITE_NULL;
  article->price_minor = sqlite3_column_int64(row, 5);
  article->vat_bp = sqlite3_column_int64(row, 6);
  article->has_stock = sqlite3_column_type(row, 7) != SQLITE_NULL;
  article->stock_milli = sqlite3_column_int64(row, 7);
  article->external_id = shopcaisse_statement_dup_text(row, 8);
  article->deleted = sqlite3_column_int(row, 9) != 0;
  return article;
}

/**
 * shopcaisse_articles_get:
 * @database: the database
 * @id: the host's id
 * @error: return location for an error
 *
 * Looks an article up, also a deleted one.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the article; %NULL without an error when there is none
 */
ShopcaisseArticle *
shopcaisse_articles_get(ShopcaisseDatabase *database, const char *id, GError **error)
{
  g_autoptr(ShopcaisseStatement) row = shopcaisse_database_prepare(
      database,
      "SELECT id, name, variant, reference, barcodes, price_minor, vat_bp, stock_milli,"
      " external_id, deleted FROM article WHERE id = ?1",
      error);
  gboolean has_row = FALSE;

  if (row == NULL)
    return NULL;
  shopcaisse_statement_bind_text(row, 1, id);
  if (!shopcaisse_statement_step(row, &has_row, error) || !has_row)
    return NULL;
  return shopcaisse_article_read(row);
}

/* The last of the next @limit articles; 0 when there is none. */
static gboolean
find_last(ShopcaisseDatabase *database, gint64 after, guint limit, gint64 *last, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT max(place) FROM (SELECT rowid AS place FROM article WHERE rowid > ?1"
      " ORDER BY rowid LIMIT ?2)",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, after);
  sqlite3_bind_int64(statement, 2, limit);
  return shopcaisse_statement_read_number(statement, 0, last, error);
}

static gboolean
run_for_sweep(ShopcaisseDatabase *database,
              const char *sql,
              const ShopcaisseArticleSweep *sweep,
              gint64 last,
              GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(database, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, sweep->number);
  sqlite3_bind_int64(statement, 2, sweep->after);
  sqlite3_bind_int64(statement, 3, last);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_articles_end_sweep:
 * @database: the database
 * @sweep: (inout): a complete read, and how far its end is
 * @limit: how many articles more are looked at
 * @error: return location for an error
 *
 * Marks the articles deleted that a complete read did not see; they are matched no more. Call it
 * until it is done; doing it again does no harm.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_articles_end_sweep(ShopcaisseDatabase *database,
                              ShopcaisseArticleSweep *sweep,
                              guint limit,
                              GError **error)
{
  gint64 last = 0;

  if (!shopcaisse_database_begin(database, error))
    return FALSE;
  if (find_last(database, sweep->after, limit, &last, error) &&
      run_for_sweep(database,
                    "DELETE FROM match_key WHERE side = 'article' AND id IN"
                    " (SELECT id FROM article WHERE rowid > ?2 AND rowid <= ?3 AND sweep <> ?1"
                    "  AND deleted = 0)",
                    sweep, last, error) &&
      run_for_sweep(database,
                    "UPDATE article SET deleted = 1 WHERE rowid > ?2 AND rowid <= ?3"
                    " AND sweep <> ?1 AND deleted = 0",
                    sweep, last, error) &&
      shopcaisse_database_commit(database, error)) {
    shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_ARTICLES);
    shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_KEYS);
    sweep->is_done = last == 0;
    sweep->after = last;
    return TRUE;
  }
  shopcaisse_database_rollback(database);
  return FALSE;
}
