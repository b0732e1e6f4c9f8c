/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which article is which item, one to one. Finding pairs is in store/links-match.c. */
#include "store/links.h"

#include "config.h"
#include "store/statement.h"

#include <glib/gi18n-lib.h>

/**
 * shopcaisse_link_free:
 * @self: (transfer full) (nullable): the link
 *
 * Frees a link.
 */
void
shopcaisse_link_free(ShopcaisseLink *self)
{
  if (self == NULL)
    return;
  g_free(self->article_id);
  g_free(self->item_id);
  g_free(self->method);
  g_free(self);
}

static char *
get_other(ShopcaisseDatabase *database, const char *sql, const char *id, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(database, sql, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, id);
  if (!shopcaisse_statement_step(statement, &has_row, error) || !has_row)
    return NULL;
  return shopcaisse_statement_dup_text(statement, 0);
}

static gboolean
insert_link(ShopcaisseDatabase *database, const ShopcaisseLink *link, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO link (article_id, item_id, method, linked_at) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT DO NOTHING",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, link->article_id);
  shopcaisse_statement_bind_text(statement, 2, link->item_id);
  shopcaisse_statement_bind_text(statement, 3, link->method);
  sqlite3_bind_int64(statement, 4, link->linked_at);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_links_add:
 * @database: the database
 * @article_id: the host's article
 * @item_id: the service's item
 * @method: how it was found: id, barcode, reference, hand or import
 * @now: the time
 * @error: return location for an error
 *
 * Links the two. The same link again succeeds and changes nothing.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when either is linked to another, and with
 * %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_links_add(ShopcaisseDatabase *database,
                     const char *article_id,
                     const char *item_id,
                     const char *method,
                     gint64 now,
                     GError **error)
{
  ShopcaisseLink link = { .article_id = (char *)article_id,
                          .item_id = (char *)item_id,
                          .method = (char *)method,
                          .linked_at = now };
  g_autoptr(GError) local_error = NULL;

  if (!insert_link(database, &link, error))
    return FALSE;
  if (shopcaisse_database_count_changes(database) > 0) {
    shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_LINKS);
    return TRUE;
  }

  g_autofree char *present = shopcaisse_links_get_item(database, article_id, &local_error);

  if (local_error != NULL) {
    g_propagate_error(error, g_steal_pointer(&local_error));
    return FALSE;
  }
  if (g_strcmp0(present, item_id) == 0)
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT,
              present != NULL ? _("article %1$s is linked to another item than %2$s")
                              : _("article %1$s: item %2$s is linked to another article"),
              article_id, item_id);
  return FALSE;
}

/**
 * shopcaisse_links_remove:
 * @database: the database
 * @article_id: the host's article
 * @error: return location for an error
 *
 * Takes a link away. It succeeds when there is none.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_links_remove(ShopcaisseDatabase *database, const char *article_id, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, "DELETE FROM link WHERE article_id = ?1", error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_LINKS);
  shopcaisse_statement_bind_text(statement, 1, article_id);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_links_get_item:
 * @database: the database
 * @article_id: the host's article
 * @error: return location for an error
 *
 * Looks up what an article is linked to.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the item; %NULL without an error when there is none
 */
char *
shopcaisse_links_get_item(ShopcaisseDatabase *database, const char *article_id, GError **error)
{
  return get_other(database, "SELECT item_id FROM link WHERE article_id = ?1", article_id, error);
}

/**
 * shopcaisse_links_get_article:
 * @database: the database
 * @item_id: the service's item
 * @error: return location for an error
 *
 * Looks up what an item is linked to.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the article; %NULL without an error when there is none
 */
char *
shopcaisse_links_get_article(ShopcaisseDatabase *database, const char *item_id, GError **error)
{
  return get_other(database, "SELECT article_id FROM link WHERE item_id = ?1", item_id, error);
}

static ShopcaisseLink *
read_link(ShopcaisseStatement *row)
{
  ShopcaisseLink *link = g_new0(ShopcaisseLink, 1);

  link->article_id = shopcaisse_statement_dup_text(row, 0);
  link->item_id = shopcaisse_statement_dup_text(row, 1);
  link->method = shopcaisse_statement_dup_text(row, 2);
  link->linked_at = sqlite3_column_int64(row, 3);
  return link;
}

/**
 * shopcaisse_links_list:
 * @database: the database
 * @offset: how many to leave out
 * @limit: at most as many
 * @error: return location for an error
 *
 * Lists links, by article.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseLink): the links; %NULL on failure
 */
GPtrArray *
shopcaisse_links_list(ShopcaisseDatabase *database, guint offset, guint limit, GError **error)
{
  g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_link_free);
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database,
                                  "SELECT article_id, item_id, method, linked_at FROM link"
                                  " ORDER BY article_id LIMIT ?1 OFFSET ?2",
                                  error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64(statement, 1, limit);
  sqlite3_bind_int64(statement, 2, offset);
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&links);
    g_ptr_array_add(links, read_link(statement));
  }
}

/**
 * shopcaisse_links_count:
 * @database: the database
 * @error: return location for an error
 *
 * Counts links by method.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full): an `a{su}`; %NULL on failure
 */
GVariant *
shopcaisse_links_count(ShopcaisseDatabase *database, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "SELECT method, count(*) FROM link GROUP BY method ORDER BY method", error);

  return statement != NULL ? shopcaisse_statement_read_counts(statement, error) : NULL;
}

/**
 * shopcaisse_links_count_unlinked:
 * @database: the database
 * @limit: how many articles more are looked at
 * @count: (inout): how far it is
 * @error: return location for an error
 *
 * Goes on counting the articles that are on sale and linked to nothing.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_links_count_unlinked(ShopcaisseDatabase *database,
                                guint limit,
                                ShopcaisseUnlinkedCount *count,
                                GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT count(*), max(place), count(*) FILTER (WHERE is_unlinked) FROM ("
      "  SELECT a.rowid AS place, a.deleted = 0 AND l.article_id IS NULL AS is_unlinked"
      "  FROM article a LEFT JOIN link l ON l.article_id = a.id"
      "  WHERE a.rowid > ?1 ORDER BY a.rowid LIMIT ?2)",
      error);
  gint64 n_looked = 0;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, count->after);
  sqlite3_bind_int64(statement, 2, limit);
  if (!shopcaisse_statement_read_number(statement, 0, &n_looked, error))
    return FALSE;
  if (n_looked > 0)
    count->after = sqlite3_column_int64(statement, 1);
  count->n += (guint)sqlite3_column_int64(statement, 2);
  count->is_done = n_looked < limit;
  return TRUE;
}

/**
 * shopcaisse_links_dup_company:
 * @database: the database
 * @error: return location for an error
 *
 * Tells whose items are linked.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the company; %NULL without an error when nothing is linked
 */
char *
shopcaisse_links_dup_company(ShopcaisseDatabase *database, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database,
                                  "SELECT i.company_id FROM link l JOIN item i ON i.id = l.item_id"
                                  " WHERE i.company_id IS NOT NULL LIMIT 1",
                                  error);
  gboolean has_row = FALSE;

  if (statement == NULL || !shopcaisse_statement_step(statement, &has_row, error) || !has_row)
    return NULL;
  return shopcaisse_statement_dup_text(statement, 0);
}
