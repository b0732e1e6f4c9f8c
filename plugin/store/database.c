/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one connection to a profile's file: opening it in a state that can be trusted, transactions,
 * and the prepared statements that the rest of store/ shares. */
#include "store/database.h"

#include "config.h"
#include "log.h"
#include "store/folder.h"
#include "store/schema.h"
#include "store/statement.h"

#include <glib/gi18n-lib.h>

#define BUSY_TIMEOUT_MS 2000

struct ShopcaisseDatabase {
  ShopcaisseFolder *folder; /* (owned) */
  sqlite3 *connection;      /* (owned) (nullable) */
  GHashTable *statements;   /* (owned): SQL to sqlite3_stmt, both owned by it */
  guint depth;              /* of transactions */
  gboolean is_doomed;       /* an inner transaction was rolled back: the outer one cannot commit */
  gboolean is_lazy;         /* the open one's commit waits for no flush */
  gboolean was_replaced;
  guint64 n_writes[SHOPCAISSE_N_CHANGED];
};

static void
finalise_statement(gpointer statement)
{
  /* It repeats the failure of its last step. */
  (void)sqlite3_finalize(statement);
}

/* Leaves the file as it is: no checkpoint on closing. */
static void
disconnect(ShopcaisseDatabase *self)
{
  g_hash_table_remove_all(self->statements);
  if (self->connection != NULL && sqlite3_close(self->connection) != SQLITE_OK)
    g_critical("the database is closed while it is in use");
  self->connection = NULL;
}

static gboolean
execute(ShopcaisseDatabase *self, const char *sql, GError **error)
{
  int code = sqlite3_exec(self->connection, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  shopcaisse_storage_set_error(error, self->connection, code);
  return FALSE;
}

/* What is done for every transaction is parsed once. */
static gboolean
execute_kept(ShopcaisseDatabase *self, const char *sql, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(self, sql, error);

  return statement != NULL && shopcaisse_statement_run(statement, error);
}

/* Until the file is known to be ours, nothing is written to it, not even when it is closed. */
static gboolean
connect_file(ShopcaisseDatabase *self, const char *vfs, GError **error)
{
  g_autofree char *path = shopcaisse_folder_dup_database_path(self->folder);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

  if (!shopcaisse_folder_make_database(self->folder, error))
    return FALSE;

  int code = sqlite3_open_v2(path, &self->connection, flags, vfs);

  if (code != SQLITE_OK) {
    shopcaisse_storage_set_error(error, self->connection, code);
    return FALSE;
  }
  if (sqlite3_db_readonly(self->connection, "main") != 0) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, _("%s cannot be written"), path);
    return FALSE;
  }
  /* None of these fails for a connection that is open. */
  (void)sqlite3_extended_result_codes(self->connection, 1);
  (void)sqlite3_busy_timeout(self->connection, BUSY_TIMEOUT_MS);
  (void)sqlite3_db_config(self->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  (void)sqlite3_db_config(self->connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  (void)sqlite3_db_config(self->connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return execute(self, "PRAGMA locking_mode = EXCLUSIVE", error);
}

/* SQLite throws the log of an empty file away, so this is asked before it looks. */
static gboolean
get_file_size(ShopcaisseDatabase *self, gint64 *size, GError **error)
{
  sqlite3_file *file = NULL;
  sqlite3_int64 n_bytes = 0;
  int code = sqlite3_file_control(self->connection, "main", SQLITE_FCNTL_FILE_POINTER, &file);

  if (code == SQLITE_OK)
    code = file->pMethods->xFileSize(file, &n_bytes);
  if (code != SQLITE_OK) {
    shopcaisse_storage_set_error(error, NULL, code);
    return FALSE;
  }
  *size = n_bytes;
  return TRUE;
}

static ShopcaisseSchemaState
examine(ShopcaisseDatabase *self, GError **error)
{
  gboolean had_database = shopcaisse_folder_has_marker(self->folder);
  gint64 size = 0;

  if (!get_file_size(self, &size, error))
    return SHOPCAISSE_SCHEMA_FAILED;
  if (size == 0)
    return had_database ? SHOPCAISSE_SCHEMA_DAMAGED : SHOPCAISSE_SCHEMA_EMPTY;

  ShopcaisseSchemaState state = shopcaisse_schema_examine(self->connection, error);

  if (state == SHOPCAISSE_SCHEMA_EMPTY && had_database)
    return SHOPCAISSE_SCHEMA_DAMAGED;
  return state;
}

static gboolean
replace_file(ShopcaisseDatabase *self, const char *vfs, GError **error)
{
  disconnect(self);
  self->was_replaced = TRUE;
  return shopcaisse_folder_set_aside(self->folder, error) && connect_file(self, vfs, error);
}

static gboolean
prepare_file(ShopcaisseDatabase *self, const char *vfs, GError **error)
{
  if (!connect_file(self, vfs, error))
    return FALSE;

  switch (examine(self, error)) {
  case SHOPCAISSE_SCHEMA_FAILED:
    return FALSE;
  case SHOPCAISSE_SCHEMA_DAMAGED:
    if (!replace_file(self, vfs, error))
      return FALSE;
    break;
  case SHOPCAISSE_SCHEMA_EMPTY:
  case SHOPCAISSE_SCHEMA_OURS:
  default:
    break;
  }
  return execute(self, "PRAGMA journal_mode = WAL", error) &&
         execute(self, "PRAGMA synchronous = FULL", error) &&
         execute(self, "PRAGMA temp_store = MEMORY", error) &&
         /* What is deleted is overwritten: docs/decisions/0023. */
         execute(self, "PRAGMA secure_delete = ON", error) &&
         shopcaisse_schema_migrate(self->connection, error) &&
         (shopcaisse_folder_has_marker(self->folder) ||
          shopcaisse_folder_write_marker(self->folder, "", error));
}

/**
 * shopcaisse_database_open:
 * @config: where, and for whom; copied
 * @error: return location for an error
 *
 * Opens a profile's database, making it when it is absent. A damaged one is renamed, never deleted,
 * and a new one is made.
 *
 * Fails with %COMPTOIR_ERROR_BUSY when a process has it open, this one included, with
 * %COMPTOIR_ERROR_VERSION when a newer program wrote it, and with %COMPTOIR_ERROR_STORAGE when the
 * disk refuses. The file is as it was then.
 *
 * Returns: (transfer full): the database; %NULL on failure
 */
ShopcaisseDatabase *
shopcaisse_database_open(const ShopcaisseDatabaseConfig *config, GError **error)
{
  g_return_val_if_fail(config != NULL && config->folder != NULL && config->owner != NULL, NULL);

  g_autoptr(ShopcaisseDatabase) self = g_new0(ShopcaisseDatabase, 1);

  self->statements = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, finalise_statement);
  self->folder = shopcaisse_folder_open(config->folder, config->owner, error);
  if (self->folder == NULL || !prepare_file(self, config->vfs, error))
    return NULL;
  /* Closing may now bring the log into the file. */
  (void)sqlite3_db_config(self->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  return g_steal_pointer(&self);
}

/**
 * shopcaisse_database_close:
 * @self: (transfer full) (nullable): the database
 *
 * Closes the file. An open transaction is rolled back.
 */
void
shopcaisse_database_close(ShopcaisseDatabase *self)
{
  if (self == NULL)
    return;
  disconnect(self);
  g_hash_table_unref(self->statements);
  shopcaisse_folder_close(self->folder);
  g_free(self);
}

/* What SQLite rolled back by itself must not go on outside a transaction. */
static gboolean
check_transaction(ShopcaisseDatabase *self, GError **error)
{
  if (self->depth == 0 || (!self->is_doomed && sqlite3_get_autocommit(self->connection) == 0))
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE,
                      "the transaction has failed and can only be rolled back");
  return FALSE;
}

/* Outside a transaction. */
static gboolean
set_lazy(ShopcaisseDatabase *self, gboolean is_lazy, GError **error)
{
  if (self->is_lazy == is_lazy)
    return TRUE;
  if (!execute(self, is_lazy ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL", error))
    return FALSE;
  self->is_lazy = is_lazy;
  return TRUE;
}

static void
end_transaction(ShopcaisseDatabase *self)
{
  g_autoptr(GError) error = NULL;

  self->depth = 0;
  self->is_doomed = FALSE;
  if (sqlite3_get_autocommit(self->connection) == 0 && !execute(self, "ROLLBACK", &error))
    g_warning("the transaction cannot be rolled back, retrying at the next: %s", error->message);
  else if (!set_lazy(self, FALSE, &error))
    g_warning("commits cannot be flushed, retrying at the next: %s", error->message);
}

static gboolean
begin(ShopcaisseDatabase *self, gboolean is_lazy, GError **error)
{
  if (!check_transaction(self, error))
    return FALSE;
  if (self->depth == 0) {
    end_transaction(self);
    if (!set_lazy(self, is_lazy, error) || !execute_kept(self, "BEGIN IMMEDIATE", error))
      return FALSE;
  }
  self->depth++;
  return TRUE;
}

/**
 * shopcaisse_database_begin:
 * @self: the database
 * @error: return location for an error
 *
 * Starts a transaction, or goes one level deeper into the one that is open.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE; there is nothing to end then.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_database_begin(ShopcaisseDatabase *self, GError **error)
{
  g_return_val_if_fail(self != NULL, FALSE);

  return begin(self, FALSE, error);
}

/**
 * shopcaisse_database_begin_repeatable:
 * @self: the database
 * @error: return location for an error
 *
 * Starts a transaction whose commit waits for no flush, or goes one level deeper into the one that
 * is open, whichever that is. After a power cut all transactions up to some point are there, and at
 * least those up to the last one that was flushed.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE; there is nothing to end then.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_database_begin_repeatable(ShopcaisseDatabase *self, GError **error)
{
  g_return_val_if_fail(self != NULL, FALSE);

  return begin(self, TRUE, error);
}

/**
 * shopcaisse_database_commit:
 * @self: the database
 * @error: return location for an error
 *
 * Ends one level. The outermost one puts all changes on disk; it fails when a level inside it was
 * rolled back.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE; everything is rolled back then, and a call of
 * [func@Shopcaisse.database_rollback] does no harm.
 *
 * Returns: %TRUE once the changes are on disk, or the level inside is left
 */
gboolean
shopcaisse_database_commit(ShopcaisseDatabase *self, GError **error)
{
  g_return_val_if_fail(self != NULL && self->depth > 0, FALSE);

  if (self->depth > 1) {
    self->depth--;
    return TRUE;
  }

  gboolean is_done = check_transaction(self, error) && execute_kept(self, "COMMIT", error);

  end_transaction(self);
  return is_done;
}

/**
 * shopcaisse_database_rollback:
 * @self: the database
 *
 * Ends one level and gives its changes up, and with them those of all levels around it: what is
 * left for them is to roll back too. Outside a transaction it does nothing.
 */
void
shopcaisse_database_rollback(ShopcaisseDatabase *self)
{
  g_return_if_fail(self != NULL);

  if (self->depth > 1) {
    self->depth--;
    self->is_doomed = TRUE;
    return;
  }
  end_transaction(self);
}

/**
 * shopcaisse_database_note_change:
 * @self: the database
 * @changed: what is written
 *
 * Notes that rows are not what they were. It may be too often: what is rolled back counts too.
 */
void
shopcaisse_database_note_change(ShopcaisseDatabase *self, ShopcaisseChanged changed)
{
  self->n_writes[changed]++;
}

/**
 * shopcaisse_database_count_writes:
 * @self: the database
 * @changed: what was written
 *
 * Tells two states of rows apart.
 *
 * Returns: another number than before when they may have changed
 */
guint64
shopcaisse_database_count_writes(ShopcaisseDatabase *self, ShopcaisseChanged changed)
{
  return self->n_writes[changed];
}

/**
 * shopcaisse_database_was_replaced:
 * @self: the database
 *
 * Tells whether the file was damaged and set aside on opening.
 *
 * Returns: %TRUE when the database started empty though it had existed
 */
gboolean
shopcaisse_database_was_replaced(ShopcaisseDatabase *self)
{
  g_return_val_if_fail(self != NULL, FALSE);

  return self->was_replaced;
}

/**
 * shopcaisse_database_get_folder:
 * @self: the database
 *
 * Returns: (transfer none): where its file is
 */
ShopcaisseFolder *
shopcaisse_database_get_folder(ShopcaisseDatabase *self)
{
  return self->folder;
}

/**
 * shopcaisse_database_prepare:
 * @self: the database
 * @sql: one statement, a literal
 * @error: return location for an error
 *
 * Gives a statement that is ready to be bound. The database keeps it for the next time.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE when the transaction around it has failed.
 *
 * Returns: (transfer none): the statement, to be given back with
 *   [func@Shopcaisse.statement_release]; %NULL on failure
 */
ShopcaisseStatement *
shopcaisse_database_prepare(ShopcaisseDatabase *self, const char *sql, GError **error)
{
  g_return_val_if_fail(self != NULL, NULL);

  if (!check_transaction(self, error))
    return NULL;

  sqlite3_stmt *statement = g_hash_table_lookup(self->statements, sql);

  if (statement != NULL) {
    g_return_val_if_fail(!sqlite3_stmt_busy(statement), NULL);
    return statement;
  }

  int code =
      sqlite3_prepare_v3(self->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);

  if (code != SQLITE_OK) {
    shopcaisse_storage_set_error(error, self->connection, code);
    return NULL;
  }
  g_hash_table_insert(self->statements, g_strdup(sql), statement);
  return statement;
}

/**
 * shopcaisse_database_count_changes:
 * @self: the database
 *
 * Counts the rows that the last statement changed.
 *
 * Returns: their number
 */
int
shopcaisse_database_count_changes(ShopcaisseDatabase *self)
{
  return sqlite3_changes(self->connection);
}

/**
 * shopcaisse_database_get_last_id:
 * @self: the database
 *
 * Gives the number of the row that was inserted last.
 *
 * Returns: its id
 */
gint64
shopcaisse_database_get_last_id(ShopcaisseDatabase *self)
{
  return sqlite3_last_insert_rowid(self->connection);
}
