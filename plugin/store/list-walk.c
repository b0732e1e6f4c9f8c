/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the rows of a list. Where an index has the order wanted, rows are final as they are found;
 * else the table is read as it lies on the disk, which is quicker, and sorted. */
#include "store/list-walk.h"

#include "model/text.h"
#include "model/vat.h"
#include "store/list-sort.h"
#include "store/statement.h"

#define MISSING G_STRINGIFY(SHOPCAISSE_VAT_UNKNOWN)

typedef enum {
  PHASE_GONE, /* items that complete pulls did not see: the index does not know */
  PHASE_ROWS,
  PHASE_SORT,
  PHASE_DONE
} Phase;

struct ShopcaisseListWalk {
  ShopcaisseDatabase *database; /* (not owned) */
  ShopcaisseListQuery query;
  GHashTable *ambiguous; /* (owned) (nullable) */
  const char *sql;       /* static */
  gboolean is_by_index;
  Phase phase;
  gint64 after;             /* the last row so far, where rows are read as they lie */
  gint64 after_seen;        /* the same of the phase before */
  char *after_text;         /* (owned) (nullable): where an index is read; NULL before the first */
  char *after_id;           /* (owned) (nullable) */
  GHashTable *gone;         /* (owned) (element-type gint64) */
  ShopcaisseListSort *sort; /* (owned) (nullable) */
  GArray *rows;             /* (owned) (element-type gint64) */
  guint n_found[SHOPCAISSE_LINK_ANY];
};

/* A row that is looked at. */
typedef struct {
  gint64 number;
  const char *search;
  const char *id;
  gboolean is_linked;
  gboolean is_out; /* deleted, or gone, or of another rate than asked for */
} Row;

/* By index: row, search, id, is linked. No table is read for these. */
#define NAME_SQL(table, column, compare, direction)                                                \
  "SELECT r.rowid, r.search, r.id, EXISTS (SELECT 1 FROM link l WHERE l." column " = r.id)"        \
  " FROM " table " r INDEXED BY " table "_search"                                                  \
  " WHERE r.deleted = 0 AND (r.search, r.id) " compare " (?1, ?2)"                                 \
  " ORDER BY r.search " direction ", r.id " direction " LIMIT ?3"

static const char *const name_sql[][2] = {
  [SHOPCAISSE_LIST_ARTICLES] = { NAME_SQL("article", "article_id", ">", "ASC"),
                                 NAME_SQL("article", "article_id", "<", "DESC") },
  [SHOPCAISSE_LIST_ITEMS] = { NAME_SQL("item", "item_id", ">", "ASC"),
                              NAME_SQL("item", "item_id", "<", "DESC") },
};

/* As they lie: row, search, id, is linked, is deleted, has the rate asked for, reference, price. */
static const char *const table_sql[] = {
  [SHOPCAISSE_LIST_ARTICLES] =
      "SELECT r.rowid, r.search, r.id, EXISTS (SELECT 1 FROM link l WHERE l.article_id = r.id),"
      " r.deleted, CASE ?3 WHEN 0 THEN 1 WHEN 1 THEN r.vat_bp = " MISSING
      "  ELSE r.vat_bp <> " MISSING
      "   AND EXISTS (SELECT 1 FROM link l JOIN item i ON i.id = l.item_id"
      "    WHERE l.article_id = r.id AND r.vat_bp NOT IN (i.vat_on_site_bp, i.vat_take_away_bp)"
      "    AND max(i.vat_on_site_bp, i.vat_take_away_bp) <> " MISSING ") END,"
      " r.reference, r.price_minor FROM article r WHERE r.rowid > ?1"
      " ORDER BY r.rowid LIMIT ?2",
  [SHOPCAISSE_LIST_ITEMS] =
      "SELECT r.rowid, r.search, r.id, EXISTS (SELECT 1 FROM link l WHERE l.item_id = r.id),"
      " r.deleted <> 0 OR (r.sweep < (SELECT w.before FROM item_sweep w"
      "  WHERE w.company_id = r.company_id)) IS TRUE,"
      " CASE ?3 WHEN 0 THEN 1"
      "  WHEN 1 THEN max(r.vat_on_site_bp, r.vat_take_away_bp) = " MISSING
      "  ELSE max(r.vat_on_site_bp, r.vat_take_away_bp) <> " MISSING
      "   AND EXISTS (SELECT 1 FROM link l JOIN article a ON a.id = l.article_id"
      "    WHERE l.item_id = r.id AND a.vat_bp <> " MISSING
      "    AND a.vat_bp NOT IN (r.vat_on_site_bp, r.vat_take_away_bp)) END,"
      " r.reference, CASE WHEN ?4 IS NULL THEN r.price_minor ELSE coalesce("
      "  (SELECT p.price_minor FROM price p WHERE p.list_id = ?4 AND p.item_id = r.id),"
      "  r.price_minor) END"
      " FROM item r WHERE r.rowid > ?1 ORDER BY r.rowid LIMIT ?2",
};

static const char journal_sql[] =
    "SELECT id, level, text FROM journal WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
static const char journal_level_sql[] =
    "SELECT id, level, text FROM journal WHERE level <> 'info' AND level = ?3 AND id < ?1"
    " ORDER BY id DESC LIMIT ?2";
static const char journal_subject_sql[] =
    "SELECT id, level, text FROM journal WHERE subject = ?3 AND id < ?1 ORDER BY id DESC LIMIT ?2";

/* What is not older than the last but one pull of any company needs no look. */
static const char gone_sql[] =
    "SELECT i.rowid, i.sweep, i.sweep < (SELECT w.before FROM item_sweep w"
    "  WHERE w.company_id = i.company_id) FROM item i INDEXED BY item_seen"
    " WHERE i.sweep < (SELECT max(w.before) FROM item_sweep w) AND (i.sweep, i.rowid) > (?1, ?2)"
    " ORDER BY i.sweep, i.rowid LIMIT ?3";

/**
 * shopcaisse_list_query_clear:
 * @self: the query
 *
 * Frees what it owns.
 */
void
shopcaisse_list_query_clear(ShopcaisseListQuery *self)
{
  g_strfreev(self->words);
  g_free(self->level);
  g_free(self->subject);
  g_free(self->price_list);
  *self = (ShopcaisseListQuery){ 0 };
}

static const char *
choose_journal(const ShopcaisseListQuery *query)
{
  if (query->subject != NULL)
    return journal_subject_sql;
  if (query->level != NULL && !g_str_equal(query->level, "info"))
    return journal_level_sql;
  return journal_sql;
}

static void
choose_sql(ShopcaisseListWalk *self)
{
  const ShopcaisseListQuery *query = &self->query;

  self->phase = PHASE_ROWS;
  if (query->source == SHOPCAISSE_LIST_JOURNAL) {
    self->sql = choose_journal(query);
    self->after = G_MAXINT64;
    return;
  }
  self->is_by_index = query->order == SHOPCAISSE_LIST_BY_NAME && !query->is_deleted &&
                      query->vat == SHOPCAISSE_LIST_VAT_ANY;
  if (!self->is_by_index) {
    self->sql = table_sql[query->source];
    self->sort = shopcaisse_list_sort_new(query->is_descending);
    return;
  }
  self->sql = name_sql[query->source][query->is_descending ? 1 : 0];
  if (query->source == SHOPCAISSE_LIST_ITEMS)
    self->phase = PHASE_GONE;
}

/**
 * shopcaisse_list_walk_new:
 * @database: the database; outlives this
 * @query: (transfer full): which rows; it is empty afterwards
 * @ambiguous: (element-type utf8) (nullable): ids of rows that are ambiguous unless linked
 *
 * Begins to look for rows. Nothing is ever written.
 *
 * Returns: (transfer full): a walk
 */
ShopcaisseListWalk *
shopcaisse_list_walk_new(ShopcaisseDatabase *database,
                         ShopcaisseListQuery *query,
                         GHashTable *ambiguous)
{
  ShopcaisseListWalk *self = g_new0(ShopcaisseListWalk, 1);

  self->database = database;
  self->query = *query;
  *query = (ShopcaisseListQuery){ 0 };
  self->ambiguous = ambiguous != NULL ? g_hash_table_ref(ambiguous) : NULL;
  self->gone = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  self->rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  self->after_seen = G_MININT64;
  choose_sql(self);
  return self;
}

/**
 * shopcaisse_list_walk_free:
 * @self: (transfer full) (nullable): the walk
 *
 * Frees it with what it found.
 */
void
shopcaisse_list_walk_free(ShopcaisseListWalk *self)
{
  if (self == NULL)
    return;
  shopcaisse_list_query_clear(&self->query);
  g_clear_pointer(&self->ambiguous, g_hash_table_unref);
  g_free(self->after_text);
  g_free(self->after_id);
  g_hash_table_unref(self->gone);
  shopcaisse_list_sort_free(self->sort);
  g_array_unref(self->rows);
  g_free(self);
}

static gboolean
read_gone(ShopcaisseListWalk *self, guint limit, GError **error)
{
  g_autoptr(ShopcaisseStatement) row = shopcaisse_database_prepare(self->database, gone_sql, error);
  gboolean has_row = FALSE;
  guint n_rows = 0;

  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64(row, 1, self->after_seen);
  sqlite3_bind_int64(row, 2, self->after);
  sqlite3_bind_int64(row, 3, limit);
  for (; shopcaisse_statement_step(row, &has_row, error); n_rows++) {
    if (!has_row) {
      self->phase = n_rows < limit ? PHASE_ROWS : PHASE_GONE;
      return TRUE;
    }
    self->after = sqlite3_column_int64(row, 0);
    self->after_seen = sqlite3_column_int64(row, 1);
    if (sqlite3_column_int(row, 2) != 0)
      g_hash_table_add(self->gone, g_memdup2(&self->after, sizeof(self->after)));
  }
  return FALSE;
}

static ShopcaisseLinkState
get_state(const ShopcaisseListWalk *self, const Row *row)
{
  if (row->is_linked)
    return SHOPCAISSE_LINK_LINKED;
  if (self->ambiguous != NULL && g_hash_table_contains(self->ambiguous, row->id))
    return SHOPCAISSE_LINK_AMBIGUOUS;
  return SHOPCAISSE_LINK_UNLINKED;
}

/* Counts every row that is there; keeps those of the state asked for. */
static gboolean
is_wanted(ShopcaisseListWalk *self, const Row *row)
{
  ShopcaisseLinkState state = SHOPCAISSE_LINK_ANY;

  if (row->is_out || !shopcaisse_text_has_words(row->search, self->query.words))
    return FALSE;
  state = get_state(self, row);
  self->n_found[state]++;
  return self->query.state == SHOPCAISSE_LINK_ANY || self->query.state == state;
}

static void
sort_row(ShopcaisseListWalk *self, ShopcaisseStatement *statement, const Row *row)
{
  g_autofree char *reference = NULL;

  switch (self->query.order) {
  case SHOPCAISSE_LIST_BY_REFERENCE:
    reference = shopcaisse_text_fold((const char *)sqlite3_column_text(statement, 6));
    shopcaisse_list_sort_add_text(self->sort, row->number, reference);
    return;
  case SHOPCAISSE_LIST_BY_PRICE:
    shopcaisse_list_sort_add_number(self->sort, row->number,
                                    sqlite3_column_type(statement, 7) != SQLITE_NULL,
                                    sqlite3_column_int64(statement, 7));
    return;
  case SHOPCAISSE_LIST_BY_NAME:
  default:
    shopcaisse_list_sort_add_text(self->sort, row->number, row->search);
    return;
  }
}

static void
take_catalogue(ShopcaisseListWalk *self, ShopcaisseStatement *statement)
{
  Row row = { .number = sqlite3_column_int64(statement, 0),
              .search = (const char *)sqlite3_column_text(statement, 1),
              .id = (const char *)sqlite3_column_text(statement, 2),
              .is_linked = sqlite3_column_int(statement, 3) != 0 };

  if (self->is_by_index) {
    shopcaisse_text_replace(&self->after_text, row.search);
    shopcaisse_text_replace(&self->after_id, row.id);
    row.is_out = g_hash_table_contains(self->gone, &row.number);
    if (is_wanted(self, &row))
      g_array_append_val(self->rows, row.number);
    return;
  }
  self->after = row.number;
  row.is_out = (sqlite3_column_int(statement, 4) != 0) != self->query.is_deleted ||
               sqlite3_column_int(statement, 5) == 0;
  if (is_wanted(self, &row))
    sort_row(self, statement, &row);
}

static void
take_line(ShopcaisseListWalk *self, ShopcaisseStatement *statement)
{
  const ShopcaisseListQuery *query = &self->query;

  self->after = sqlite3_column_int64(statement, 0);
  if (query->level != NULL &&
      !g_str_equal(query->level, (const char *)sqlite3_column_text(statement, 1)))
    return;
  if (query->words != NULL) {
    g_autofree char *text = shopcaisse_text_fold((const char *)sqlite3_column_text(statement, 2));

    if (!shopcaisse_text_has_words(text, query->words))
      return;
  }
  g_array_append_val(self->rows, self->after);
}

/* Before the first row: below every text, or above, as every blob is. */
static void
bind_after(ShopcaisseListWalk *self, ShopcaisseStatement *statement)
{
  shopcaisse_statement_bind_text(statement, 1, self->after_text != NULL ? self->after_text : "");
  shopcaisse_statement_bind_text(statement, 2, self->after_id != NULL ? self->after_id : "");
  if (self->after_text == NULL && self->query.is_descending)
    (void)sqlite3_bind_zeroblob(statement, 1, 1);
}

static ShopcaisseStatement *
prepare_rows(ShopcaisseListWalk *self, guint limit, GError **error)
{
  const ShopcaisseListQuery *query = &self->query;
  ShopcaisseStatement *statement = shopcaisse_database_prepare(self->database, self->sql, error);

  if (statement == NULL)
    return NULL;
  if (self->is_by_index) {
    bind_after(self, statement);
    sqlite3_bind_int64(statement, 3, limit);
    return statement;
  }
  sqlite3_bind_int64(statement, 1, self->after);
  sqlite3_bind_int64(statement, 2, limit);
  if (self->sql == journal_level_sql)
    shopcaisse_statement_bind_text(statement, 3, query->level);
  else if (self->sql == journal_subject_sql)
    shopcaisse_statement_bind_text(statement, 3, query->subject);
  else if (query->source != SHOPCAISSE_LIST_JOURNAL)
    sqlite3_bind_int(statement, 3, (int)query->vat);
  if (query->source == SHOPCAISSE_LIST_ITEMS)
    shopcaisse_statement_bind_text(statement, 4, query->price_list);
  return statement;
}

static gboolean
read_rows(ShopcaisseListWalk *self, guint limit, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = prepare_rows(self, limit, error);
  gboolean has_row = FALSE;
  guint n_rows = 0;

  if (statement == NULL)
    return FALSE;
  for (; shopcaisse_statement_step(statement, &has_row, error); n_rows++) {
    if (!has_row) {
      if (n_rows < limit)
        self->phase = self->sort != NULL ? PHASE_SORT : PHASE_DONE;
      return TRUE;
    }
    if (self->query.source == SHOPCAISSE_LIST_JOURNAL)
      take_line(self, statement);
    else
      take_catalogue(self, statement);
  }
  return FALSE;
}

/**
 * shopcaisse_list_walk_step:
 * @self: the walk
 * @limit: about how many rows more are looked at
 * @is_done: (out): whether all were
 * @error: return location for an error
 *
 * Goes on. What changes in the database meanwhile may be seen or not.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_list_walk_step(ShopcaisseListWalk *self, guint limit, gboolean *is_done, GError **error)
{
  gboolean ok = TRUE;

  switch (self->phase) {
  case PHASE_GONE:
    ok = read_gone(self, limit, error);
    break;
  case PHASE_ROWS:
    ok = read_rows(self, limit, error);
    break;
  case PHASE_SORT:
    if (shopcaisse_list_sort_step(self->sort)) {
      shopcaisse_list_sort_collect(self->sort, self->rows);
      g_clear_pointer(&self->sort, shopcaisse_list_sort_free);
      self->phase = PHASE_DONE;
    }
    break;
  case PHASE_DONE:
  default:
    break;
  }
  *is_done = self->phase == PHASE_DONE;
  return ok;
}

/**
 * shopcaisse_list_walk_get_rows:
 * @self: the walk
 *
 * Gives what was found so far. Where it has to be sorted, that is nothing before the last step.
 *
 * Returns: (transfer none) (element-type gint64): the rows
 */
GArray *
shopcaisse_list_walk_get_rows(ShopcaisseListWalk *self)
{
  return self->rows;
}

/**
 * shopcaisse_list_walk_count:
 * @self: the walk
 * @state: a state
 *
 * Returns: how many of the rows looked at are in this state
 */
guint
shopcaisse_list_walk_count(ShopcaisseListWalk *self, ShopcaisseLinkState state)
{
  g_return_val_if_fail(state < SHOPCAISSE_LINK_ANY, 0);

  return self->n_found[state];
}
