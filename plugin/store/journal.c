/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What happened, one line each, for the merchant. Texts may hold names that strangers chose, so
 * nothing that could forge a line or turn its reading direction gets in (CWE-117). */
#include "store/journal.h"

#include "store/statement.h"

#define MAX_CHARACTERS 500
#define MAX_LINES      100000
#define SEARCHED_LINES 10000

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

/* By what lines are found. Most are of the level "info", which no index has; a subject has few
 * lines, so that its level is looked at there. */
typedef enum {
  BY_AGE,
  BY_LEVEL,
  BY_SUBJECT
} Order;

/* Between these, without the ends. */
typedef struct {
  gint64 floor;
  gint64 ceiling;
  guint offset; /* of the lines below the ceiling */
} Bounds;

static const char *const list_sql[] = {
  [BY_AGE] = "SELECT id, at, level, flow, subject, text FROM journal WHERE id > ?4 AND id < ?5"
             " AND (?2 IS NULL OR level = ?2)"
             " AND (?3 IS NULL OR instr(lower(text), lower(?3)) > 0)"
             " ORDER BY id DESC LIMIT ?6 OFFSET ?7",
  [BY_LEVEL] = "SELECT id, at, level, flow, subject, text FROM journal"
               " WHERE level <> 'info' AND level = ?2 AND id > ?4 AND id < ?5"
               " AND (?3 IS NULL OR instr(lower(text), lower(?3)) > 0)"
               " ORDER BY id DESC LIMIT ?6 OFFSET ?7",
  [BY_SUBJECT] = "SELECT id, at, level, flow, subject, text FROM journal"
                 " WHERE subject = ?1 AND (?2 IS NULL OR level = ?2) AND id > ?4 AND id < ?5"
                 " AND (?3 IS NULL OR instr(lower(text), lower(?3)) > 0)"
                 " ORDER BY id DESC LIMIT ?6 OFFSET ?7",
};

static const char *const count_sql[] = {
  [BY_AGE] = "SELECT count(*) FROM journal WHERE id > ?4 AND id < ?5"
             " AND (?2 IS NULL OR level = ?2) AND instr(lower(text), lower(?3)) > 0",
  [BY_LEVEL] = "SELECT count(*) FROM journal"
               " WHERE level <> 'info' AND level = ?2 AND id > ?4 AND id < ?5"
               " AND (?3 IS NULL OR instr(lower(text), lower(?3)) > 0)",
  [BY_SUBJECT] = "SELECT count(*) FROM journal"
                 " WHERE subject = ?1 AND (?2 IS NULL OR level = ?2) AND id > ?4 AND id < ?5"
                 " AND (?3 IS NULL OR instr(lower(text), lower(?3)) > 0)",
};

/* Without a search: what the index has not is of the level "info". */
static const char count_all_sql[] =
    "SELECT (SELECT count(*) FROM journal)"
    " - iif(?2 IS NULL, 0, (SELECT count(*) FROM journal WHERE level <> 'info'))";

/* A journal of one piece is counted by its ids; one with a gap answers nothing. */
static const char newest_sql[] =
    "SELECT iif((SELECT max(id) FROM journal) - (SELECT min(id) FROM journal) + 1"
    " = (SELECT count(*) FROM journal), (SELECT max(id) FROM journal), NULL)";

static Order
choose_order(const ShopcaisseJournalQuery *query)
{
  if (query->subject != NULL)
    return BY_SUBJECT;
  return query->level != NULL && !g_str_equal(query->level, "info") ? BY_LEVEL : BY_AGE;
}

static const char *
choose_count(const ShopcaisseJournalQuery *query)
{
  Order order = choose_order(query);

  return order == BY_AGE && query->search == NULL ? count_all_sql : count_sql[order];
}

static gboolean
read_id(ShopcaisseDatabase *database, const char *sql, gint64 *id, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(database, sql, error);

  return statement != NULL && shopcaisse_statement_read_number(statement, 0, id, error);
}

/* A search reads every line it looks at; the end of a long list is not walked to. */
static gboolean
find_bounds(ShopcaisseDatabase *database,
            const ShopcaisseJournalQuery *query,
            Bounds *bounds,
            GError **error)
{
  gboolean is_all = query->subject == NULL && query->level == NULL && query->search == NULL;
  gint64 newest = 0;

  *bounds = (Bounds){ .floor = 0, .ceiling = G_MAXINT64, .offset = query->offset };
  if (query->search != NULL && query->subject == NULL) {
    if (!read_id(database, "SELECT max(id) FROM journal", &newest, error))
      return FALSE;
    bounds->floor = newest - SEARCHED_LINES;
  } else if (is_all) {
    if (!read_id(database, newest_sql, &newest, error))
      return FALSE;
    if (newest > 0)
      *bounds = (Bounds){ .ceiling = newest - query->offset + 1 };
  }
  return TRUE;
}

static void
bind_query(ShopcaisseStatement *statement,
           const ShopcaisseJournalQuery *query,
           const Bounds *bounds)
{
  shopcaisse_statement_bind_text(statement, 1, query->subject);
  shopcaisse_statement_bind_text(statement, 2, query->level);
  shopcaisse_statement_bind_text(statement, 3, query->search);
  sqlite3_bind_int64(statement, 4, bounds->floor);
  sqlite3_bind_int64(statement, 5, bounds->ceiling);
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

/**
 * shopcaisse_journal_list:
 * @database: the database
 * @query: which; the search finds its text in the line's, and ASCII letters in either case, in the
 *   newest 10 000 lines or in all of one subject
 * @error: return location for an error
 *
 * Lists lines, newest first: `a{sv}` with id (x), at (x), level, flow, subject and text.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type GVariant): the lines; %NULL on failure
 */
GPtrArray *
shopcaisse_journal_list(ShopcaisseDatabase *database,
                        const ShopcaisseJournalQuery *query,
                        GError **error)
{
  g_return_val_if_fail(query != NULL, NULL);

  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func((GDestroyNotify)g_variant_unref);
  g_autoptr(ShopcaisseStatement) statement = NULL;
  Bounds bounds = { 0, 0, 0 };
  gboolean has_row = FALSE;

  if (!find_bounds(database, query, &bounds, error))
    return NULL;
  statement = shopcaisse_database_prepare(database, list_sql[choose_order(query)], error);
  if (statement == NULL)
    return NULL;
  bind_query(statement, query, &bounds);
  sqlite3_bind_int64(statement, 6, query->limit);
  sqlite3_bind_int64(statement, 7, bounds.offset);
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&lines);
    g_ptr_array_add(lines, build_line(statement));
  }
}

/**
 * shopcaisse_journal_count:
 * @database: the database
 * @query: which; its offset and limit do not matter
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
shopcaisse_journal_count(ShopcaisseDatabase *database,
                         const ShopcaisseJournalQuery *query,
                         guint *n_lines,
                         GError **error)
{
  g_return_val_if_fail(query != NULL, FALSE);

  g_autoptr(ShopcaisseStatement) statement = NULL;
  Bounds bounds = { 0, 0, 0 };
  gint64 number = 0;

  if (!find_bounds(database, query, &bounds, error))
    return FALSE;
  statement = shopcaisse_database_prepare(database, choose_count(query), error);
  if (statement == NULL)
    return FALSE;
  bind_query(statement, query, &bounds);
  if (!shopcaisse_statement_read_number(statement, 0, &number, error))
    return FALSE;
  *n_lines = (guint)number;
  return TRUE;
}
