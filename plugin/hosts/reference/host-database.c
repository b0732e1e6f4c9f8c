/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host's own books: one SQLite file. Opening, schema, statements, counters. Used from the
 * thread of host-worker alone; articles, sales and the rest have a file each. */

#include "host-database.h"

#include <comptoir/comptoir.h>

#define SCHEMA_VERSION  1
#define BUSY_TIMEOUT_MS 10000

struct _HostDatabase {
  sqlite3 *handle; /* (owned) */
};

static const char schema[] =
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE articles ("
    "  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, variant TEXT,"
    "  parent_id TEXT, reference TEXT, barcodes TEXT, price TEXT, price_includes_tax INTEGER,"
    "  currency TEXT, vat_rate TEXT, stock TEXT, unit TEXT, family TEXT, external_id TEXT,"
    "  deleted INTEGER NOT NULL DEFAULT 0, changed_at INTEGER NOT NULL);"
    "CREATE INDEX articles_changed ON articles (changed_at, seq);"
    "CREATE INDEX articles_reference ON articles (reference);"
    "CREATE TABLE sales ("
    "  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, number TEXT NOT NULL, till TEXT,"
    "  sold_at INTEGER NOT NULL, order_type TEXT, payload TEXT NOT NULL, total TEXT NOT NULL,"
    "  status TEXT NOT NULL DEFAULT 'paid', state TEXT NOT NULL DEFAULT 'paid', order_id TEXT,"
    "  external_id TEXT, kitchen TEXT, fiscal TEXT, reason TEXT, message TEXT,"
    "  updated_at INTEGER NOT NULL);"
    "CREATE INDEX sales_sold ON sales (sold_at, seq);"
    "CREATE INDEX sales_number ON sales (number);"
    "CREATE TABLE applied (key TEXT PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL)"
    "  WITHOUT ROWID;"
    "CREATE TABLE till_sales ("
    "  seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, id TEXT NOT NULL, sold_at TEXT NOT NULL,"
    "  total TEXT NOT NULL, order_sale_id TEXT, payload TEXT NOT NULL, recorded_at INTEGER NOT "
    "NULL);"
    "CREATE TABLE notices ("
    "  id TEXT PRIMARY KEY, level TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL)"
    "  WITHOUT ROWID;"
    "PRAGMA user_version = 1;";

/* Translates what SQLite says into what a caller can do. */
static void
set_error(HostDatabase *self, GError **error)
{
  int code = sqlite3_errcode(self->handle) & 0xff;
  gboolean is_busy = code == SQLITE_BUSY || code == SQLITE_LOCKED;

  g_set_error(error, COMPTOIR_ERROR, is_busy ? COMPTOIR_ERROR_BUSY : COMPTOIR_ERROR_STORAGE,
              "host database: %s", sqlite3_errmsg(self->handle));
}

/**
 * host_database_execute:
 * @self: the database
 * @sql: statements without parameters
 * @error: return location for an error
 *
 * Runs @sql.
 *
 * Returns: %TRUE when all of it ran
 */
gboolean
host_database_execute(HostDatabase *self, const char *sql, GError **error)
{
  if (sqlite3_exec(self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error(self, error);
  return FALSE;
}

static gboolean
read_version(HostDatabase *self, int *version, GError **error)
{
  g_autoptr(sqlite3_stmt) statement = host_database_prepare(self, "PRAGMA user_version", error);
  gboolean has_row = FALSE;

  if (statement == NULL || !host_database_step(self, statement, &has_row, error))
    return FALSE;
  *version = has_row ? sqlite3_column_int(statement, 0) : 0;
  return TRUE;
}

static gboolean
create_schema(HostDatabase *self, GError **error)
{
  g_autofree char *instance_id = g_uuid_string_random();
  g_autoptr(sqlite3_stmt) statement = NULL;
  gboolean has_row = FALSE;

  if (!host_database_execute(self, schema, error))
    return FALSE;
  /* Order ids derive from it: made once, here, and never again. */
  statement = host_database_prepare(
      self, "INSERT INTO meta (name, value) VALUES ('instance_id', ?)", error);
  if (statement == NULL)
    return FALSE;
  host_database_bind_text(statement, 1, instance_id);
  return host_database_step(self, statement, &has_row, error);
}

/* The version is read under the write lock: two first starts make one schema. */
static gboolean
prepare_schema(HostDatabase *self, GError **error)
{
  int version = 0;
  gboolean is_ready = FALSE;

  if (!host_database_begin(self, error))
    return FALSE;
  if (!read_version(self, &version, error))
    is_ready = FALSE;
  else if (version > SCHEMA_VERSION)
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION,
                "host database: made by a newer program (version %d)", version);
  else
    is_ready = version == SCHEMA_VERSION || create_schema(self, error);
  if (is_ready)
    return host_database_commit(self, error);
  host_database_roll_back(self);
  return FALSE;
}

/**
 * host_database_open:
 * @path: the file, made when it is missing
 * @error: return location for an error
 *
 * Opens the host's books. Fails with %COMPTOIR_ERROR_VERSION when a newer program made them, and
 * with %COMPTOIR_ERROR_STORAGE when they cannot be read.
 *
 * Returns: (transfer full) (nullable): the database
 */
HostDatabase *
host_database_open(const char *path, GError **error)
{
  g_autoptr(HostDatabase) self = g_new0(HostDatabase, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

  if (sqlite3_open_v2(path, &self->handle, flags, NULL) != SQLITE_OK) {
    set_error(self, error);
    return NULL;
  }
  (void)sqlite3_extended_result_codes(self->handle, 1);
  (void)sqlite3_busy_timeout(self->handle, BUSY_TIMEOUT_MS);
  if (!host_database_execute(self, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", error))
    return NULL;
  if (!prepare_schema(self, error))
    return NULL;
  return g_steal_pointer(&self);
}

/**
 * host_database_close:
 * @self: (transfer full) (nullable): the database
 *
 * Closes and frees @self.
 */
void
host_database_close(HostDatabase *self)
{
  if (self == NULL)
    return;
  (void)sqlite3_close_v2(self->handle);
  g_free(self);
}

/**
 * host_database_begin:
 * @self: the database
 * @error: return location for an error
 *
 * Starts a transaction that writes.
 *
 * Returns: %TRUE when it started
 */
gboolean
host_database_begin(HostDatabase *self, GError **error)
{
  return host_database_execute(self, "BEGIN IMMEDIATE", error);
}

/**
 * host_database_commit:
 * @self: the database
 * @error: return location for an error
 *
 * Ends the transaction; on failure it is undone.
 *
 * Returns: %TRUE once all of it is on disk
 */
gboolean
host_database_commit(HostDatabase *self, GError **error)
{
  if (host_database_execute(self, "COMMIT", error))
    return TRUE;
  host_database_roll_back(self);
  return FALSE;
}

/**
 * host_database_roll_back:
 * @self: the database
 *
 * Undoes the transaction, if one is open.
 */
void
host_database_roll_back(HostDatabase *self)
{
  /* Without a transaction there is nothing to undo, and no other failure can be answered. */
  if (sqlite3_get_autocommit(self->handle) == 0)
    (void)sqlite3_exec(self->handle, "ROLLBACK", NULL, NULL, NULL);
}

/**
 * host_database_prepare:
 * @self: the database
 * @sql: one statement
 * @error: return location for an error
 *
 * Compiles a statement.
 *
 * Returns: (transfer full) (nullable): the statement
 */
sqlite3_stmt *
host_database_prepare(HostDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2(self->handle, sql, -1, &statement, NULL) == SQLITE_OK)
    return statement;
  set_error(self, error);
  return NULL;
}

/**
 * host_database_step:
 * @self: the database
 * @statement: a statement of it
 * @has_row: (out): whether a row can be read now
 * @error: return location for an error
 *
 * Goes one step.
 *
 * Returns: %FALSE on failure
 */
gboolean
host_database_step(HostDatabase *self, sqlite3_stmt *statement, gboolean *has_row, GError **error)
{
  int code = sqlite3_step(statement);

  if (code != SQLITE_ROW && code != SQLITE_DONE) {
    set_error(self, error);
    return FALSE;
  }
  *has_row = code == SQLITE_ROW;
  return TRUE;
}

/**
 * host_database_bind_text:
 * @statement: a statement
 * @index: the parameter, from 1
 * @text: (nullable): copied; %NULL and the empty text bind as NULL
 *
 * Binds a text. Nothing said and nothing there are one thing in these tables.
 */
void
host_database_bind_text(sqlite3_stmt *statement, int index, const char *text)
{
  if (text == NULL || text[0] == '\0')
    (void)sqlite3_bind_null(statement, index);
  else
    (void)sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT);
}

/**
 * host_database_bind_key:
 * @statement: a statement
 * @index: the parameter, from 1
 * @row: a dictionary
 * @key: the key of a text in it
 *
 * Binds a text of a row, or NULL.
 */
void
host_database_bind_key(sqlite3_stmt *statement, int index, GVariant *row, const char *key)
{
  const char *text = NULL;

  (void)g_variant_lookup(row, key, "&s", &text);
  host_database_bind_text(statement, index, text);
}

/**
 * host_database_column_text:
 * @statement: a statement with a row
 * @column: the column, from 0
 *
 * Reads a text; valid until the next step.
 *
 * Returns: (transfer none) (nullable): the text
 */
const char *
host_database_column_text(sqlite3_stmt *statement, int column)
{
  return (const char *)sqlite3_column_text(statement, column);
}

/**
 * host_database_insert_column:
 * @row: the dictionary to fill
 * @key: its key
 * @statement: a statement with a row
 * @column: the column, from 0
 *
 * Copies a text column into @row, unless it is NULL.
 */
void
host_database_insert_column(GVariantDict *row, const char *key, sqlite3_stmt *statement, int column)
{
  const char *text = host_database_column_text(statement, column);

  if (text != NULL)
    g_variant_dict_insert(row, key, "s", text);
}

/**
 * host_database_next_number:
 * @self: the database, in a transaction
 * @counter: the counter's name
 * @number: (out): the next number, from 1
 * @error: return location for an error
 *
 * Counts one further. A number is never given twice, even when what it named is deleted.
 *
 * Returns: %FALSE on failure
 */
gboolean
host_database_next_number(HostDatabase *self, const char *counter, gint64 *number, GError **error)
{
  g_autoptr(sqlite3_stmt) statement = host_database_prepare(
      self,
      "INSERT INTO meta (name, value) VALUES (?, '1')"
      " ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  host_database_bind_text(statement, 1, counter);
  if (!host_database_step(self, statement, &has_row, error))
    return FALSE;
  *number = sqlite3_column_int64(statement, 0);
  /* The row of RETURNING is written when the statement ends. */
  return host_database_step(self, statement, &has_row, error);
}

static gboolean
count_sales(HostDatabase *self, GVariantDict *summary, GError **error)
{
  g_auto(GVariantDict) states = G_VARIANT_DICT_INIT(NULL);
  g_autoptr(sqlite3_stmt) statement =
      host_database_prepare(self, "SELECT state, count(*) FROM sales GROUP BY state", error);
  gboolean has_row = FALSE;
  guint n_sales = 0;

  if (statement == NULL)
    return FALSE;
  while (host_database_step(self, statement, &has_row, error)) {
    guint count = 0;

    if (!has_row) {
      g_variant_dict_insert(summary, "sales", "u", n_sales);
      g_variant_dict_insert_value(summary, "sale_states", g_variant_dict_end(&states));
      return TRUE;
    }
    count = (guint)sqlite3_column_int64(statement, 1);
    g_variant_dict_insert(&states, host_database_column_text(statement, 0), "u", count);
    n_sales += count;
  }
  return FALSE;
}

/**
 * host_database_read_summary:
 * @self: the database
 * @argument: (nullable): not used
 * @error: return location for an error
 *
 * Reads who this database is and how much is in it: `instance_id`, `articles`, `sales`,
 * `sale_states`, `till_sales`.
 *
 * Returns: (transfer full) (nullable): a dictionary
 */
GVariant *
host_database_read_summary(HostDatabase *self, GVariant *argument, GError **error)
{
  g_auto(GVariantDict) summary = G_VARIANT_DICT_INIT(NULL);
  g_autoptr(sqlite3_stmt) statement =
      host_database_prepare(self,
                            "SELECT (SELECT value FROM meta WHERE name = 'instance_id'),"
                            " (SELECT count(*) FROM articles WHERE deleted = 0),"
                            " (SELECT count(DISTINCT id) FROM till_sales)",
                            error);
  gboolean has_row = FALSE;

  (void)argument;
  if (statement == NULL || !host_database_step(self, statement, &has_row, error))
    return NULL;
  host_database_insert_column(&summary, "instance_id", statement, 0);
  g_variant_dict_insert(&summary, "articles", "u", (guint)sqlite3_column_int64(statement, 1));
  g_variant_dict_insert(&summary, "till_sales", "u", (guint)sqlite3_column_int64(statement, 2));
  if (!count_sales(self, &summary, error))
    return NULL;
  return g_variant_ref_sink(g_variant_dict_end(&summary));
}

/**
 * host_database_format_time:
 * @time_us: microseconds since 1970
 *
 * Writes a time as the contract wants it: ISO 8601, UTC, whole seconds.
 *
 * Returns: (transfer full): the text
 */
char *
host_database_format_time(gint64 time_us)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(time_us / G_USEC_PER_SEC);

  if (time == NULL)
    return g_strdup("1970-01-01T00:00:00Z");
  return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}

/**
 * host_database_parse_time:
 * @text: (nullable): ISO 8601
 * @time_us: (out): microseconds since 1970
 *
 * Reads a time. Without a zone it is UTC.
 *
 * Returns: %FALSE when @text is not a time
 */
gboolean
host_database_parse_time(const char *text, gint64 *time_us)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  g_autoptr(GDateTime) time = text == NULL ? NULL : g_date_time_new_from_iso8601(text, utc);

  if (time == NULL)
    return FALSE;
  *time_us = g_date_time_to_unix(time) * G_USEC_PER_SEC + g_date_time_get_microsecond(time);
  return TRUE;
}
