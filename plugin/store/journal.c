/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What happened, one line each, for the merchant. Texts may hold names that strangers chose, so
 * nothing that could forge a line or turn its reading direction gets in (CWE-117). */
#include "store/journal.h"

#include "store/statement.h"

#define MAX_CHARACTERS 500
#define MAX_LINES      100000

static const char *const level_names[] = {
  [SHOPCAISSE_JOURNAL_INFO] = "info",
  [SHOPCAISSE_JOURNAL_WARNING] = "warning",
  [SHOPCAISSE_JOURNAL_ERROR] = "error",
};

/* The joiners are format characters too, but scripts and pictures need them. */
static gboolean
is_unsafe(gunichar character)
{
  if (character == 0x200c || character == 0x200d)
    return FALSE;
  switch (g_unichar_type(character)) {
  case G_UNICODE_CONTROL:
  case G_UNICODE_FORMAT:
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR:
  case G_UNICODE_SURROGATE:
  case G_UNICODE_UNASSIGNED:
    return TRUE;
  default:
    return FALSE;
  }
}

/* Invalid bytes are replaced, unsafe characters shown by number. (transfer full) */
static char *
escape_text(const char *text)
{
  g_autofree char *valid = g_utf8_make_valid(text != NULL ? text : "", -1);
  GString *escaped = g_string_new(NULL);
  guint n_characters = 0;

  for (const char *at = valid; *at != '\0' && n_characters < MAX_CHARACTERS;
       at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);

    if (is_unsafe(character))
      g_string_append_printf(escaped, "\\u{%x}", character);
    else
      g_string_append_unichar(escaped, character);
    n_characters++;
  }

  /* Escapes are longer than what they stand for. */
  char *end = g_utf8_strlen(escaped->str, -1) > MAX_CHARACTERS
                  ? g_utf8_offset_to_pointer(escaped->str, MAX_CHARACTERS)
                  : escaped->str + escaped->len;

  g_string_truncate(escaped, (gsize)(end - escaped->str));
  return g_string_free(escaped, FALSE);
}

static gboolean
insert_line(ShopcaisseDatabase *database,
            gint64 now,
            const char *level,
            const char *const *texts,
            GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "INSERT INTO journal (at, level, flow, subject, text) VALUES (?1, ?2, ?3, ?4, ?5)",
      error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_database_note_change(database, SHOPCAISSE_CHANGED_JOURNAL);
  sqlite3_bind_int64(statement, 1, now);
  shopcaisse_statement_bind_text(statement, 2, level);
  for (int i = 0; i < 3; i++) {
    g_autofree char *escaped = escape_text(texts[i]);

    shopcaisse_statement_bind_text(statement, 3 + i, escaped);
  }
  return shopcaisse_statement_run(statement, error);
}

static gboolean
prune(ShopcaisseDatabase *database, gint64 last_id, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, "DELETE FROM journal WHERE id <= ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64(statement, 1, last_id - MAX_LINES);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_journal_append:
 * @database: the database
 * @line: what happened; copied
 * @error: return location for an error
 *
 * Adds a line. The oldest of more than 100 000 go.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_journal_append(ShopcaisseDatabase *database,
                          const ShopcaisseJournalLine *line,
                          GError **error)
{
  g_return_val_if_fail((gsize)line->level < G_N_ELEMENTS(level_names), FALSE);

  const char *const texts[] = { line->flow, line->subject, line->text };

  if (!shopcaisse_database_begin(database, error))
    return FALSE;
  if (insert_line(database, line->at, level_names[line->level], texts, error) &&
      prune(database, shopcaisse_database_get_last_id(database), error))
    return shopcaisse_database_commit(database, error);
  shopcaisse_database_rollback(database);
  return FALSE;
}

/* A journal of one piece is counted by its ids, so that the end of a long one is not walked to; one
 * with a gap answers nothing. */
static const char newest_sql[] =
    "SELECT iif((SELECT max(id) FROM journal) - (SELECT min(id) FROM journal) + 1"
    " = (SELECT count(*) FROM journal), (SELECT max(id) FROM journal), NULL)";

static gboolean
read_number(ShopcaisseDatabase *database, const char *sql, gint64 *number, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(database, sql, error);

  return statement != NULL && shopcaisse_statement_read_number(statement, 0, number, error);
}

static GVariant *
build_line(ShopcaisseStatement *row)
{
  g_auto(GVariantDict) line = G_VARIANT_DICT_INIT(NULL);

  g_variant_dict_insert(&line, "id", "x", (gint64)sqlite3_column_int64(row, 0));
  g_variant_dict_insert(&line, "at", "x", (gint64)sqlite3_column_int64(row, 1));
  g_variant_dict_insert(&line, "level", "s", (const char *)sqlite3_column_text(row, 2));
  g_variant_dict_insert(&line, "flow", "s", (const char *)sqlite3_column_text(row, 3));
  g_variant_dict_insert(&line, "subject", "s", (const char *)sqlite3_column_text(row, 4));
  g_variant_dict_insert(&line, "text", "s", (const char *)sqlite3_column_text(row, 5));
  return g_variant_ref_sink(g_variant_dict_end(&line));
}

static ShopcaisseStatement *
prepare_list(ShopcaisseDatabase *database, guint offset, guint limit, GError **error)
{
  ShopcaisseStatement *statement = NULL;
  gint64 newest = 0;

  if (!read_number(database, newest_sql, &newest, error))
    return NULL;
  statement = shopcaisse_database_prepare(
      database,
      "SELECT id, at, level, flow, subject, text FROM journal WHERE id < ?1"
      " ORDER BY id DESC LIMIT ?2 OFFSET ?3",
      error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64(statement, 1, newest > 0 ? newest - offset + 1 : G_MAXINT64);
  sqlite3_bind_int64(statement, 2, limit);
  sqlite3_bind_int64(statement, 3, newest > 0 ? 0 : offset);
  return statement;
}

/**
 * shopcaisse_journal_list:
 * @database: the database
 * @offset: how many to leave out
 * @limit: at most as many
 * @error: return location for an error
 *
 * Lists lines, newest first: `a{sv}` with id (x), at (x), level, flow, subject and text. Lines of a
 * level, of a subject or with a text are found by store/list-walk.h.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type GVariant): the lines; %NULL on failure
 */
GPtrArray *
shopcaisse_journal_list(ShopcaisseDatabase *database, guint offset, guint limit, GError **error)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  g_autoptr(ShopcaisseStatement) statement = prepare_list(database, offset, limit, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&lines);
    g_ptr_array_add(lines, build_line(statement));
  }
}

/**
 * shopcaisse_journal_read:
 * @database: the database
 * @id: which line
 * @error: return location for an error
 *
 * Reads a line, as [func@Shopcaisse.journal_list] gives it.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the line; %NULL without an error when it has gone
 */
GVariant *
shopcaisse_journal_read(ShopcaisseDatabase *database, gint64 id, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database, "SELECT id, at, level, flow, subject, text FROM journal WHERE id = ?1", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64(statement, 1, id);
  if (!shopcaisse_statement_step(statement, &has_row, error) || !has_row)
    return NULL;
  return build_line(statement);
}

/**
 * shopcaisse_journal_count:
 * @database: the database
 * @n_lines: (out): how many there are
 * @error: return location for an error
 *
 * Counts lines.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_journal_count(ShopcaisseDatabase *database, guint *n_lines, GError **error)
{
  gint64 number = 0;

  if (!read_number(database, "SELECT count(*) FROM journal", &number, error))
    return FALSE;
  *n_lines = (guint)number;
  return TRUE;
}
