/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looks through sentences for a person, a slice at a time. */
#include "store/texts.h"

#include "store/statement.h"

typedef struct {
  const char *read;
  const char *write;
} Sql;

static const Sql statements[] = {
  [SHOPCAISSE_TEXTS_JOURNAL] = { "SELECT id, text FROM journal WHERE id > ?1 ORDER BY id LIMIT ?2",
                                 "UPDATE journal SET text = ?2 WHERE id = ?1" },
  [SHOPCAISSE_TEXTS_EVENTS] = { "SELECT id, message FROM sale_event WHERE id > ?1 ORDER BY id"
                                " LIMIT ?2",
                                "UPDATE sale_event SET message = ?2 WHERE id = ?1" },
  [SHOPCAISSE_TEXTS_JOBS] = { "SELECT id, message FROM outbox WHERE id > ?1 ORDER BY id LIMIT ?2",
                              "UPDATE outbox SET message = ?2 WHERE id = ?1" },
};

static gboolean
write_text(ShopcaisseDatabase *database,
           ShopcaisseTexts place,
           gint64 id,
           const char *text,
           GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, statements[place].write, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, id);
  shopcaisse_statement_bind_text(statement, 2, text);
  if (place == SHOPCAISSE_TEXTS_JOURNAL)
    shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_JOURNAL);
  return shopcaisse_statement_run(statement, error);
}

/* One row: counted, and written anew if that is wanted. */
static gboolean
look_at(ShopcaisseDatabase *database,
        ShopcaisseTextsSearch *search,
        ShopcaisseStatement *row,
        GError **error)
{
  g_autofree char *masked =
      shopcaisse_mask_apply(search->mask, (const char *)sqlite3_column_text(row, 1));

  search->after = sqlite3_column_int64(row, 0);
  if (masked == NULL)
    return TRUE;
  search->n_found++;
  return search->use == SHOPCAISSE_TEXTS_COUNT ||
         write_text(database, search->place, search->after, masked, error);
}

/**
 * shopcaisse_texts_search:
 * @database: the database
 * @search: (inout): what to look for, and where; it goes on from there
 * @error: return location for an error
 *
 * Looks through some rows, and takes what it finds out of their sentences if it is to.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_texts_search(ShopcaisseDatabase *database, ShopcaisseTextsSearch *search, GError **error)
{
  g_autoptr(ShopcaisseStatement) row =
      shopcaisse_database_prepare(database, statements[search->place].read, error);
  gboolean has_row = FALSE;
  guint n_rows = 0;

  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64(row, 1, search->after);
  sqlite3_bind_int64(row, 2, search->limit);
  do {
    if (!shopcaisse_statement_step(row, &has_row, error) ||
        (has_row && !look_at(database, search, row, error)))
      return FALSE;
    n_rows += has_row ? 1 : 0;
  } while (has_row);
  if (n_rows < search->limit)
    search->after = G_MAXINT64;
  return TRUE;
}
