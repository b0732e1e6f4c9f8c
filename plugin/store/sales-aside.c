/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a restored host has forgotten: sales that lose their ids to others, tickets that it is given
 * once more. */
#include "store/sales-aside.h"

#include "store/statement.h"

/* No progress gets there: the host knows another sale by that id. */
#define NEVER_TOLD "2147483647"

static gboolean
run_with(ShopcaisseDatabase *database,
         const char *sql,
         const char *one,
         const char *other,
         GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(database, sql, error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, one);
  shopcaisse_statement_bind_text(statement, 2, other);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_sales_set_aside:
 * @database: the database, in a transaction
 * @sale_id: the host's id of a sale
 * @aside_id: what it is called instead; no other sale is
 * @error: return location for an error
 *
 * Frees the id of a sale for another one. Its order, its ticket, its timeline and its lines of the
 * journal stay with it; the host hears no more of it.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_sales_set_aside(ShopcaisseDatabase *database,
                           const char *sale_id,
                           const char *aside_id,
                           GError **error)
{
  static const char *const statements[] = {
    "UPDATE sale SET sale_id = ?2, told = " NEVER_TOLD " WHERE sale_id = ?1",
    "UPDATE outbox SET subject = ?2 WHERE subject = ?1 AND kind IN ('order', 'cancel', 'client')",
    "UPDATE sale_event SET sale_id = ?2 WHERE sale_id = ?1",
    "UPDATE ticket SET sale_id = ?2 WHERE sale_id = ?1",
    "UPDATE journal SET subject = ?2 WHERE subject = ?1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS(statements); i++) {
    if (!run_with(database, statements[i], sale_id, aside_id, error))
      return FALSE;
  }
  return TRUE;
}

/* Answers the text of a statement's first row; NULL without an error when it has none. */
static gboolean
read_text(ShopcaisseStatement *statement, char **text, GError **error)
{
  gboolean has_row = FALSE;

  if (!shopcaisse_statement_step(statement, &has_row, error))
    return FALSE;
  *text = has_row && sqlite3_column_type(statement, 0) != SQLITE_NULL
              ? shopcaisse_statement_dup_text(statement, 0)
              : NULL;
  return TRUE;
}

/**
 * shopcaisse_sales_find_same:
 * @database: the database
 * @sale_id: the host's id
 * @discriminator: till and time of sale
 * @held_for: (out) (transfer full) (nullable): why that very sale is held, "" when it is not; %NULL
 *   when it was not taken over
 * @error: return location for an error
 *
 * Looks a sale up without reading it: most sales that a host lists are known.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_sales_find_same(ShopcaisseDatabase *database,
                           const char *sale_id,
                           const char *discriminator,
                           char **held_for,
                           GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database,
                                  "SELECT CASE state WHEN 'held' THEN reason ELSE '' END FROM sale"
                                  " WHERE sale_id = ?1 AND discriminator = ?2",
                                  error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, sale_id);
  shopcaisse_statement_bind_text(statement, 2, discriminator);
  return read_text(statement, held_for, error);
}

/**
 * shopcaisse_sales_find_newest:
 * @database: the database
 * @since: sold then or later
 * @sale_id: (out) (transfer full) (nullable): the host's id
 * @error: return location for an error
 *
 * Finds the sale that was sold last, of those that the host still wants and knows.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_sales_find_newest(ShopcaisseDatabase *database,
                             gint64 since,
                             char **sale_id,
                             GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT sale_id FROM sale WHERE sold_at >= ?1 AND told < " NEVER_TOLD
      " AND state NOT IN ('cancelling', 'cancelled')"
      " ORDER BY sold_at DESC, sale_id DESC LIMIT 1",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, since);
  return read_text(statement, sale_id, error);
}

static gboolean
find_last(ShopcaisseDatabase *database, guint limit, const char *id, char **last, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "SELECT max(id) FROM (SELECT id FROM ticket WHERE id > ?1 ORDER BY id LIMIT ?2)",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, id);
  sqlite3_bind_int64(statement, 2, limit);
  return read_text(statement, last, error);
}

/**
 * shopcaisse_tickets_forget_recorded:
 * @database: the database
 * @limit: at most so many
 * @id: (inout) (nullable): the ticket before; the last of these, %NULL when there were none
 * @error: return location for an error
 *
 * Lets the host be given tickets again that it has had; it tells by their keys which it still has.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_tickets_forget_recorded(ShopcaisseDatabase *database,
                                   guint limit,
                                   char **id,
                                   GError **error)
{
  const char *first = *id != NULL ? *id : "";
  g_autofree char *last = NULL;

  if (!find_last(database, limit, first, &last, error))
    return FALSE;
  if (last != NULL && !run_with(database,
                                "UPDATE ticket SET recorded = 0"
                                " WHERE recorded <> 0 AND id > ?1 AND id <= ?2",
                                first, last, error))
    return FALSE;
  g_free(*id);
  *id = g_steal_pointer(&last);
  return TRUE;
}
