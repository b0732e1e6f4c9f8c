/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds pairs that are exact: one article and one item share a value, and nothing speaks for
 * another pair. Two candidates or more link nothing; a person decides. */
#include "store/links.h"
#include "store/mirror.h"
#include "store/statement.h"

/* One value that both sides have, free articles and free items alone. */
typedef struct {
  char *article_id; /* (owned): one of them when there are several */
  char *item_id;    /* (owned): the same */
  gboolean is_ambiguous;
} SharedValue;

static void
free_shared_value(SharedValue *self)
{
  g_free(self->article_id);
  g_free(self->item_id);
  g_free(self);
}

/* Counts each side by itself before they meet: a value that many share costs no product of both. A
 * value is ambiguous when several have it, or when one of its two ends has another such value. */
static const char key_sql[] =
    "WITH free_article (value, id) AS MATERIALIZED ("
    "  SELECT k.value, k.id FROM match_key k JOIN article a ON a.id = k.id"
    "  LEFT JOIN link l ON l.article_id = k.id"
    "  WHERE k.side = 'article' AND k.kind = ?1 AND a.deleted = 0 AND l.article_id IS NULL"
    "), free_item (value, id) AS MATERIALIZED ("
    "  SELECT k.value, k.id FROM match_key k JOIN item i ON i.id = k.id"
    "  LEFT JOIN link l ON l.item_id = k.id"
    "  WHERE k.side = 'item' AND k.kind = ?1 AND i.deleted = 0 AND i.missing < ?2"
    "    AND l.item_id IS NULL"
    "), article_value (value, id, n) AS MATERIALIZED ("
    "  SELECT value, min(id), count(*) FROM free_article GROUP BY value"
    "), item_value (value, id, n) AS MATERIALIZED ("
    "  SELECT value, min(id), count(*) FROM free_item GROUP BY value"
    "), shared (value, article_id, item_id, is_crowded) AS MATERIALIZED ("
    "  SELECT a.value, a.id, i.id, a.n > 1 OR i.n > 1"
    "  FROM article_value a JOIN item_value i ON i.value = a.value"
    "), crowded_article (id) AS MATERIALIZED ("
    "  SELECT DISTINCT f.id FROM shared s JOIN free_article f ON f.value = s.value"
    "  WHERE s.is_crowded"
    "), crowded_item (id) AS MATERIALIZED ("
    "  SELECT DISTINCT f.id FROM shared s JOIN free_item f ON f.value = s.value"
    "  WHERE s.is_crowded"
    ") SELECT article_id, item_id, is_crowded"
    "   OR article_id IN (SELECT id FROM crowded_article)"
    "   OR item_id IN (SELECT id FROM crowded_item)"
    " FROM shared ORDER BY article_id, item_id, value";

static const char id_sql[] =
    "SELECT min(a.id), i.id, count(*) > 1 FROM article a JOIN item i ON i.id = a.external_id"
    " LEFT JOIN link la ON la.article_id = a.id LEFT JOIN link li ON li.item_id = i.id"
    " WHERE a.external_id <> '' AND ?1 = 'id' AND a.deleted = 0 AND i.deleted = 0"
    " AND i.missing < ?2 AND la.article_id IS NULL AND li.item_id IS NULL"
    " GROUP BY i.id ORDER BY 1, 2";

static GPtrArray *
read_shared_values(ShopcaisseDatabase *database, const char *kind, GError **error)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func((GDestroyNotify)free_shared_value);
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, g_str_equal(kind, "id") ? id_sql : key_sql, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, kind);
  sqlite3_bind_int(statement, 2, SHOPCAISSE_MISSING_SWEEPS);
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&values);

    SharedValue *value = g_new0(SharedValue, 1);

    value->article_id = shopcaisse_statement_dup_text(statement, 0);
    value->item_id = shopcaisse_statement_dup_text(statement, 1);
    value->is_ambiguous = sqlite3_column_int(statement, 2) != 0;
    g_ptr_array_add(values, value);
  }
}

/* Notes the one partner of @id in @partners, or "" once there are two. */
static void
note_partner(GHashTable *partners, const char *id, const char *partner)
{
  const char *present = g_hash_table_lookup(partners, id);

  if (present == NULL)
    g_hash_table_insert(partners, (gpointer)id, (gpointer)partner);
  else if (!g_str_equal(present, partner))
    g_hash_table_insert(partners, (gpointer)id, (gpointer) "");
}

static gboolean
has_one_partner(GHashTable *partners, const char *id)
{
  const char *partner = g_hash_table_lookup(partners, id);

  return partner != NULL && partner[0] != '\0';
}

static ShopcaisseLink *
build_link(const SharedValue *value, const char *kind)
{
  ShopcaisseLink *link = g_new0(ShopcaisseLink, 1);

  link->article_id = g_strdup(value->article_id);
  link->item_id = g_strdup(value->item_id);
  link->method = g_strdup(kind);
  return link;
}

/* An article that leads to two items by two values, or the reverse, is no exact pair either. */
static GPtrArray *
choose_pairs(GPtrArray *values, const char *kind, guint *n_ambiguous)
{
  GPtrArray *links = g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_link_free);
  g_autoptr(GHashTable) items = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) articles = g_hash_table_new(g_str_hash, g_str_equal);
  const char *last = NULL;
  guint n_refused = 0;

  for (guint i = 0; i < values->len; i++) {
    const SharedValue *value = values->pdata[i];

    note_partner(items, value->article_id, value->item_id);
    note_partner(articles, value->item_id, value->article_id);
  }
  for (guint i = 0; i < values->len; i++) {
    const SharedValue *value = values->pdata[i];

    if (value->is_ambiguous || !has_one_partner(items, value->article_id) ||
        !has_one_partner(articles, value->item_id))
      n_refused++;
    /* The same pair by a second value follows at once. */
    else if (g_strcmp0(last, value->article_id) != 0)
      g_ptr_array_add(links, build_link(value, kind));
    last = value->article_id;
  }
  *n_ambiguous = n_refused;
  return links;
}

/**
 * shopcaisse_links_match:
 * @database: the database
 * @kind: "barcode", "reference" or "id"
 * @n_ambiguous: (out): how many values both sides share without leading to one pair
 * @error: return location for an error
 *
 * Finds what matching would link: one exact candidate on both sides, neither linked, neither
 * deleted or gone. Nothing is written.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaisseLink): the pairs, by article; %NULL on failure
 */
GPtrArray *
shopcaisse_links_match(ShopcaisseDatabase *database,
                       const char *kind,
                       guint *n_ambiguous,
                       GError **error)
{
  g_return_val_if_fail(kind != NULL && n_ambiguous != NULL, NULL);

  g_autoptr(GPtrArray) values = read_shared_values(database, kind, error);

  return values != NULL ? choose_pairs(values, kind, n_ambiguous) : NULL;
}
