/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plans: what a sync would change, line by line, written before anything is done and applied
 * exactly as written. */
#include "store/plans.h"

#include "config.h"
#include "store/plan-row.h"
#include "store/statement.h"

#include <glib/gi18n-lib.h>

/**
 * shopcaisse_plan_line_new:
 *
 * Makes an empty planned line.
 *
 * Returns: (transfer full): the line
 */
ShopcaissePlanLine *
shopcaisse_plan_line_new(void)
{
  ShopcaissePlanLine *self = g_new0(ShopcaissePlanLine, 1);

  self->change = g_strdup("update");
  self->article_id = g_strdup("");
  self->item_id = g_strdup("");
  self->name = g_strdup("");
  self->before = g_variant_ref_sink(g_variant_new("a{sv}", NULL));
  self->after = g_variant_ref_sink(g_variant_new("a{sv}", NULL));
  self->reason = g_strdup("");
  self->state = g_strdup("planned");
  self->message = g_strdup("");
  return self;
}

/**
 * shopcaisse_plan_line_free:
 * @self: (transfer full) (nullable): the line
 *
 * Frees a line.
 */
void
shopcaisse_plan_line_free(ShopcaissePlanLine *self)
{
  if (self == NULL)
    return;
  g_free(self->change);
  g_free(self->article_id);
  g_free(self->item_id);
  g_free(self->name);
  g_clear_pointer(&self->before, g_variant_unref);
  g_clear_pointer(&self->after, g_variant_unref);
  g_free(self->reason);
  g_free(self->state);
  g_free(self->message);
  g_free(self);
}

/**
 * shopcaisse_plans_create:
 * @database: the database
 * @id: the plan's id, new
 * @now: the time
 * @error: return location for an error
 *
 * Starts a plan.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when the id is taken, and with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_plans_create(ShopcaisseDatabase *database, const char *id, gint64 now, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "INSERT INTO plan (id, state, created_at) VALUES (?1, 'planned', ?2)", error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, id);
  sqlite3_bind_int64(statement, 2, now);
  return shopcaisse_statement_run(statement, error);
}

static gboolean
find_position(ShopcaisseDatabase *database, const char *id, guint *position, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "SELECT max(position) + 1 FROM plan_line WHERE plan_id = ?1", error);
  gint64 number = 0;

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, id);
  if (!shopcaisse_statement_read_number(statement, 0, &number, error))
    return FALSE;
  *position = (guint)number;
  return TRUE;
}

/**
 * shopcaisse_plans_add_line:
 * @database: the database
 * @id: the plan
 * @line: (inout): the line; copied. Its position is filled in, from 0
 * @error: return location for an error
 *
 * Adds a line at the end.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_plans_add_line(ShopcaisseDatabase *database,
                          const char *id,
                          ShopcaissePlanLine *line,
                          GError **error)
{
  guint position = 0;

  if (!find_position(database, id, &position, error))
    return FALSE;

  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO plan_line (plan_id, position, change, article_id, item_id, name, before, after,"
      " reason, state, message) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, id);
  sqlite3_bind_int64(statement, 2, position);
  shopcaisse_statement_bind_text(statement, 3, line->change);
  shopcaisse_statement_bind_text(statement, 4, line->article_id);
  shopcaisse_statement_bind_text(statement, 5, line->item_id);
  shopcaisse_statement_bind_text(statement, 6, line->name);
  shopcaisse_statement_bind_variant(statement, 7, line->before);
  shopcaisse_statement_bind_variant(statement, 8, line->after);
  shopcaisse_statement_bind_text(statement, 9, line->reason);
  shopcaisse_statement_bind_text(statement, 10, line->state);
  shopcaisse_statement_bind_text(statement, 11, line->message);
  if (!shopcaisse_statement_run(statement, error))
    return FALSE;
  line->position = position;
  return TRUE;
}

/**
 * shopcaisse_plans_get_state:
 * @database: the database
 * @id: the plan
 * @error: return location for an error
 *
 * Tells how far a plan is: planned, applying, applied or undone.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the state; %NULL without an error when there is no such plan
 */
char *
shopcaisse_plans_get_state(ShopcaisseDatabase *database, const char *id, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, "SELECT state FROM plan WHERE id = ?1", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, id);
  if (!shopcaisse_statement_step(statement, &has_row, error) || !has_row)
    return NULL;
  return shopcaisse_statement_dup_text(statement, 0);
}

/* Runs a statement that is to change one row. */
static gboolean
run_for_plan(ShopcaisseDatabase *database,
             ShopcaisseStatement *statement,
             const char *id,
             GError **error)
{
  if (!shopcaisse_statement_run(statement, error))
    return FALSE;
  if (shopcaisse_database_count_changes(database) > 0)
    return TRUE;
  g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_CONFLICT, _("plan %s or its line is not known"),
              id);
  return FALSE;
}

/**
 * shopcaisse_plans_set_state:
 * @database: the database
 * @id: the plan
 * @state: planned, applying, applied or undone
 * @now: the time
 * @error: return location for an error
 *
 * Notes how far a plan is.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when there is no such plan, and with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_plans_set_state(
    ShopcaisseDatabase *database, const char *id, const char *state, gint64 now, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "UPDATE plan SET state = ?2,"
      " applied_at = CASE ?2 WHEN 'applied' THEN ?3 ELSE applied_at END WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, id);
  shopcaisse_statement_bind_text(statement, 2, state);
  sqlite3_bind_int64(statement, 3, now);
  return run_for_plan(database, statement, id, error);
}

/**
 * shopcaisse_plan_line_read:
 * @row: a row
 * @error: return location for an error
 *
 * Reads a line.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE when it is damaged.
 *
 * Returns: (transfer full): the line
 */
ShopcaissePlanLine *
shopcaisse_plan_line_read(ShopcaisseStatement *row, GError **error)
{
  g_autoptr(ShopcaissePlanLine) line = g_new0(ShopcaissePlanLine, 1);

  line->position = (guint)sqlite3_column_int64(row, 0);
  line->change = shopcaisse_statement_dup_text(row, 1);
  line->article_id = shopcaisse_statement_dup_text(row, 2);
  line->item_id = shopcaisse_statement_dup_text(row, 3);
  line->name = shopcaisse_statement_dup_text(row, 4);
  line->reason = shopcaisse_statement_dup_text(row, 7);
  line->state = shopcaisse_statement_dup_text(row, 8);
  line->message = shopcaisse_statement_dup_text(row, 9);
  if (shopcaisse_statement_read_variant(row, 5, G_VARIANT_TYPE_VARDICT, &line->before, error) &&
      shopcaisse_statement_read_variant(row, 6, G_VARIANT_TYPE_VARDICT, &line->after, error))
    return g_steal_pointer(&line);
  g_prefix_error(error, _("line %u of the plan: "), line->position);
  return NULL;
}

/**
 * shopcaisse_plans_list_lines:
 * @database: the database
 * @id: the plan
 * @state: (nullable): lines in this state; %NULL: in any
 * @position: from there on
 * @limit: at most as many
 * @error: return location for an error
 *
 * Lists lines, by position.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaissePlanLine): the lines; %NULL on failure
 */
GPtrArray *
shopcaisse_plans_list_lines(ShopcaisseDatabase *database,
                            const char *id,
                            const char *state,
                            guint position,
                            guint limit,
                            GError **error)
{
  g_autoptr(GPtrArray) lines =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_plan_line_free);
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT position, change, article_id, item_id, name, before, after, reason, state, message"
      " FROM plan_line WHERE plan_id = ?1 AND position >= ?2 AND (?3 IS NULL OR state = ?3)"
      " ORDER BY position LIMIT ?4",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, id);
  sqlite3_bind_int64(statement, 2, position);
  shopcaisse_statement_bind_text(statement, 3, state);
  sqlite3_bind_int64(statement, 4, limit);
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
 * shopcaisse_plans_set_line:
 * @database: the database
 * @id: the plan
 * @line: the line at its position
 * @error: return location for an error
 *
 * Notes what became of a line: its article, item, state, reason and message. What it was to change
 * stays as planned.
 *
 * Fails with %COMPTOIR_ERROR_CONFLICT when there is no such line, and with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_plans_set_line(ShopcaisseDatabase *database,
                          const char *id,
                          const ShopcaissePlanLine *line,
                          GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "UPDATE plan_line SET article_id = ?3, item_id = ?4, state = ?5, reason = ?6, message = ?7"
      " WHERE plan_id = ?1 AND position = ?2",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, id);
  sqlite3_bind_int64(statement, 2, line->position);
  shopcaisse_statement_bind_text(statement, 3, line->article_id);
  shopcaisse_statement_bind_text(statement, 4, line->item_id);
  shopcaisse_statement_bind_text(statement, 5, line->state);
  shopcaisse_statement_bind_text(statement, 6, line->reason);
  shopcaisse_statement_bind_text(statement, 7, line->message);
  return run_for_plan(database, statement, id, error);
}

/**
 * shopcaisse_plans_count:
 * @database: the database
 * @id: the plan
 * @position: from there on
 * @limit: at most as many lines
 * @error: return location for an error
 *
 * Counts some lines by change and, as "state:" and the word, by state.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full): an `a{su}`, empty when no line is left; %NULL on failure
 */
GVariant *
shopcaisse_plans_count(
    ShopcaisseDatabase *database, const char *id, guint position, guint limit, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "WITH counted (change, state, n) AS MATERIALIZED (SELECT change, state, count(*)"
      " FROM plan_line WHERE plan_id = ?1 AND position >= ?2 AND position < ?2 + ?3"
      " GROUP BY change, state)"
      " SELECT change, sum(n) FROM counted GROUP BY change"
      " UNION ALL SELECT 'state:' || state, sum(n) FROM counted GROUP BY state ORDER BY 1",
      error);

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, id);
  sqlite3_bind_int64(statement, 2, position);
  sqlite3_bind_int64(statement, 3, limit);
  return shopcaisse_statement_read_counts(statement, error);
}
