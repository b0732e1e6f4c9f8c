/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a person may have meant: rows that share a barcode, a reference or the name with one of the
 * other side, the surest first. Nothing is linked by that. */
#include "store/suggestions.h"

#include "store/statement.h"

#define FOUND_MAX 20 /* of each way; more are no help */

/* The first line of search is the folded name. The one row that is asked about comes first, as
 * CROSS JOIN has it: without that every key of the other side is looked at. */
static const char article_sql[] =
    "SELECT row, kind FROM (SELECT * FROM ("
    "  SELECT r.rowid AS row, o.kind AS kind, o.kind = 'reference' AS rank, r.search AS search"
    "  FROM match_key k"
    "  CROSS JOIN match_key o ON o.side = 'article' AND o.kind = k.kind AND o.value = k.value"
    "  JOIN article r ON r.id = o.id AND r.deleted = 0 LEFT JOIN link l ON l.article_id = r.id"
    "  WHERE k.side = 'item' AND k.id = ?1 AND l.article_id IS NULL LIMIT ?2)"
    " UNION ALL SELECT * FROM ("
    "  SELECT r.rowid, 'name', 2, r.search FROM item w CROSS JOIN article r ON r.deleted = 0"
    "  AND r.search >= substr(w.search, 1, instr(w.search, char(10)))"
    "  AND r.search < substr(w.search, 1, instr(w.search, char(10)) - 1) || char(11)"
    "  LEFT JOIN link l ON l.article_id = r.id"
    "  WHERE w.id = ?1 AND instr(w.search, char(10)) > 1 AND l.article_id IS NULL LIMIT ?2)"
    ") ORDER BY rank, search";

static const char item_sql[] =
    "SELECT row, kind FROM (SELECT * FROM ("
    "  SELECT r.rowid AS row, o.kind AS kind, o.kind = 'reference' AS rank, r.search AS search"
    "  FROM match_key k"
    "  CROSS JOIN match_key o ON o.side = 'item' AND o.kind = k.kind AND o.value = k.value"
    "  JOIN item r ON r.id = o.id AND r.deleted = 0 LEFT JOIN link l ON l.item_id = r.id"
    "  WHERE k.side = 'article' AND k.id = ?1 AND l.item_id IS NULL LIMIT ?2)"
    " UNION ALL SELECT * FROM ("
    "  SELECT r.rowid, 'name', 2, r.search FROM article w CROSS JOIN item r ON r.deleted = 0"
    "  AND r.search >= substr(w.search, 1, instr(w.search, char(10)))"
    "  AND r.search < substr(w.search, 1, instr(w.search, char(10)) - 1) || char(11)"
    "  LEFT JOIN link l ON l.item_id = r.id"
    "  WHERE w.id = ?1 AND instr(w.search, char(10)) > 1 AND l.item_id IS NULL LIMIT ?2)"
    ") ORDER BY rank, search";

static const char *
get_likeness(const char *kind)
{
  static const char *const known[] = { "barcode", "reference", "name" };

  for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
    if (g_str_equal(known[i], kind))
      return known[i];
  }
  return "";
}

/* What is alike in two ways is there once, by the surer one. */
static gboolean
has_row(const GArray *found, gint64 row)
{
  for (guint i = 0; i < found->len; i++) {
    if (g_array_index(found, ShopcaisseSuggestion, i).row == row)
      return TRUE;
  }
  return FALSE;
}

/**
 * shopcaisse_suggestions_find:
 * @database: the store
 * @source: articles or items: what is looked for
 * @id: an item or an article, of the other side
 * @error: return location for an error
 *
 * Finds what is like it and is linked to nothing: by a barcode, then by a reference, then by the
 * name, in whatever letters.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseSuggestion): the surest first, or %NULL
 */
GArray *
shopcaisse_suggestions_find(ShopcaisseDatabase *database,
                            ShopcaisseListSource source,
                            const char *id,
                            GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, source == SHOPCAISSE_LIST_ARTICLES ? article_sql : item_sql, error);
  g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(ShopcaisseSuggestion));
  gboolean has_more = FALSE;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, id);
  sqlite3_bind_int(statement, 2, FOUND_MAX);
  while (shopcaisse_statement_step(statement, &has_more, error)) {
    g_autofree char *kind = has_more ? shopcaisse_statement_dup_text(statement, 1) : NULL;
    ShopcaisseSuggestion suggestion = { .row = 0 };

    if (!has_more)
      return g_steal_pointer(&found);
    suggestion.row = sqlite3_column_int64(statement, 0);
    suggestion.likeness = get_likeness(kind);
    if (!has_row(found, suggestion.row))
      g_array_append_val(found, suggestion);
  }
  return NULL;
}
