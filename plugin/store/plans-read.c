/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of a plan as a page shows them. Counts and filters read an index alone. */
#include "store/plan-row.h"

#define FOUND_SQL                                                                                  \
  " FROM plan_line INDEXED BY plan_line_state WHERE plan_id = ?1"                                  \
  " AND (?2 IS NULL OR change = ?2) AND (?3 IS NULL OR state = ?3)"

static void
bind_query(ShopcaisseStatement *statement, const char *id, const ShopcaissePlanQuery *query)
{
  shopcaisse_statement_bind_text(statement, 1, id);
  shopcaisse_statement_bind_text(statement, 2, query->change);
  shopcaisse_statement_bind_text(statement, 3, query->state);
}

/**
 * shopcaisse_plans_find_lines:
 * @database: the database
 * @id: the plan
 * @query: which lines
 * @error: return location for an error
 *
 * Lists lines, by position.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaissePlanLine): the lines; %NULL on failure
 */
GPtrArray *
shopcaisse_plans_find_lines(ShopcaisseDatabase *database,
                            const char *id,
                            const ShopcaissePlanQuery *query,
                            GError **error)
{
  g_autoptr(GPtrArray) lines =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_plan_line_free);
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT position, change, article_id, item_id, name, before, after, reason, state, message"
      " FROM plan_line WHERE plan_id = ?1 AND position IN (SELECT position" FOUND_SQL
      " ORDER BY position LIMIT ?4 OFFSET ?5) ORDER BY position",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  bind_query(statement, id, query);
  sqlite3_bind_int64(statement, 4, query->limit);
  sqlite3_bind_int64(statement, 5, query->offset);
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&lines);

    ShopcaissePlanLine *line = shopcaisse_plan_line_read(statement, error);

    if (line == NULL)
      return NULL;
    g_ptr_array_add(lines, line);
  }
}

/**
 * shopcaisse_plans_count_found:
 * @database: the database
 * @id: the plan
 * @query: which lines; its window does not count
 * @n_lines: (out): how many
 * @error: return location for an error
 *
 * Counts lines.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_plans_count_found(ShopcaisseDatabase *database,
                             const char *id,
                             const ShopcaissePlanQuery *query,
                             guint *n_lines,
                             GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, "SELECT count(*)" FOUND_SQL, error);
  gint64 number = 0;

  if (statement == NULL)
    return FALSE;
  bind_query(statement, id, query);
  if (!shopcaisse_statement_read_number(statement, 0, &number, error))
    return FALSE;
  *n_lines = (guint)number;
  return TRUE;
}

/**
 * shopcaisse_plans_count_changes:
 * @database: the database
 * @id: the plan
 * @error: return location for an error
 *
 * Counts the lines of a plan by change. One look at each, without sorting, takes half as long as
 * grouping them.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full): an `a{su}` of the changes that there are; %NULL on failure
 */
GVariant *
shopcaisse_plans_count_changes(ShopcaisseDatabase *database, const char *id, GError **error)
{
  static const char *const changes[] = { "create", "update", "delete", "link", "ambiguous" };
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT sum(change = 'create'), sum(change = 'update'), sum(change = 'delete'),"
      " sum(change = 'link'), sum(change = 'ambiguous')"
      " FROM plan_line INDEXED BY plan_line_state WHERE plan_id = ?1",
      error);
  g_auto(GVariantBuilder) counts = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a{su}"));
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, id);
  if (!shopcaisse_statement_step(statement, &has_row, error))
    return NULL;
  for (int i = 0; has_row && i < (int)G_N_ELEMENTS(changes); i++) {
    guint32 count = (guint32)sqlite3_column_int64(statement, i);

    if (count > 0)
      g_variant_builder_add(&counts, "{su}", changes[i], count);
  }
  return g_variant_ref_sink(g_variant_builder_end(&counts));
}

/**
 * shopcaisse_plans_count_lines:
 * @database: the database
 * @id: the plan
 * @n_lines: (out): how many it has
 * @error: return location for an error
 *
 * Tells how long a plan is, by its last position.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_plans_count_lines(ShopcaisseDatabase *database,
                             const char *id,
                             guint *n_lines,
                             GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "SELECT max(position) + 1 FROM plan_line WHERE plan_id = ?1", error);
  gint64 number = 0;

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, id);
  if (!shopcaisse_statement_read_number(statement, 0, &number, error))
    return FALSE;
  *n_lines = (guint)number;
  return TRUE;
}

/**
 * shopcaisse_plans_dup_last:
 * @database: the database
 * @error: return location for an error
 *
 * Finds the plan that was made last.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): its id; %NULL without an error when there is none
 */
char *
shopcaisse_plans_dup_last(ShopcaisseDatabase *database, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "SELECT id FROM plan ORDER BY created_at DESC, id DESC LIMIT 1", error);
  gboolean has_row = FALSE;

  if (statement == NULL || !shopcaisse_statement_step(statement, &has_row, error) || !has_row)
    return NULL;
  return shopcaisse_statement_dup_text(statement, 0);
}
