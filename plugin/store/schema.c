/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The version of a database's tables: examines a file before anything is written to it, and brings
 * an older one up to date, each numbered file of data/migrations in one transaction. */
#include "store/schema.h"

#include "config.h"
#include "store/statement.h"
#include "store/store-resources.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MIGRATIONS_PATH "/org/shopcaisse/store/migrations"

typedef struct {
  gboolean is_damaged;
  int io_code; /* of a page that could not be read, 0: none */
} CheckResult;

/**
 * shopcaisse_schema_get_version:
 *
 * Tells the version that this program writes: the number of migrations it has.
 *
 * Returns: the version
 */
int
shopcaisse_schema_get_version(void)
{
  g_auto(GStrv) names = g_resource_enumerate_children(
      shopcaisse_store_get_resource(), MIGRATIONS_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return names != NULL ? (int)g_strv_length(names) : 0;
}

/* Returns SQLite's code; @value is the first column of the first row. */
static int
query_number(sqlite3 *connection, const char *sql, int *value)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(connection, sql, -1, &statement, NULL);

  if (code == SQLITE_OK) {
    code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
      *value = sqlite3_column_int(statement, 0);
      code = SQLITE_OK;
    }
  }
  /* It repeats the code that step has given. */
  (void)sqlite3_finalize(statement);
  return code;
}

/* A page that cannot be read is no proof of damage: quick_check reports both as lines of text. */
static void
read_check_line(const char *line, CheckResult *result)
{
  static const char marker[] = "error code=";
  const char *found = line != NULL ? strstr(line, marker) : NULL;

  if (g_strcmp0(line, "ok") == 0)
    return;
  if (found != NULL) {
    int code = (int)g_ascii_strtoll(found + strlen(marker), NULL, 10);

    if ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_NOMEM)
      result->io_code = code;
  }
  result->is_damaged = TRUE;
}

static int
run_quick_check(sqlite3 *connection, CheckResult *result)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(connection, "PRAGMA quick_check(20)", -1, &statement, NULL);

  while (code == SQLITE_OK || code == SQLITE_ROW) {
    code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
      read_check_line((const char *)sqlite3_column_text(statement, 0), result);
  }
  (void)sqlite3_finalize(statement);
  return code;
}

static gboolean
is_damage(int code)
{
  return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

static ShopcaisseSchemaState
report_failure(sqlite3 *connection, int code, GError **error)
{
  if (is_damage(code))
    return SHOPCAISSE_SCHEMA_DAMAGED;
  shopcaisse_storage_set_error(error, connection, code);
  return SHOPCAISSE_SCHEMA_FAILED;
}

/**
 * shopcaisse_schema_examine:
 * @connection: a connection that has done nothing yet
 * @error: return location for an error
 *
 * Looks at a database without writing to it. Damage is a state, not an error.
 *
 * Fails with %COMPTOIR_ERROR_VERSION when a newer program wrote it, and with
 * %COMPTOIR_ERROR_STORAGE when it cannot be read.
 *
 * Returns: what it is
 */
ShopcaisseSchemaState
shopcaisse_schema_examine(sqlite3 *connection, GError **error)
{
  CheckResult result = { FALSE, 0 };
  int version = 0;
  int code = query_number(connection, "PRAGMA user_version", &version);

  if (code != SQLITE_OK)
    return report_failure(connection, code, error);
  if (version > shopcaisse_schema_get_version()) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_VERSION,
                _("the database has version %1$d, this program knows up to %2$d: use a newer one"),
                version, shopcaisse_schema_get_version());
    return SHOPCAISSE_SCHEMA_FAILED;
  }

  code = run_quick_check(connection, &result);
  if (code != SQLITE_DONE)
    return report_failure(connection, code, error);
  if (result.io_code != 0)
    return report_failure(connection, result.io_code, error);
  if (result.is_damaged || version < 0)
    return SHOPCAISSE_SCHEMA_DAMAGED;
  return version == 0 ? SHOPCAISSE_SCHEMA_EMPTY : SHOPCAISSE_SCHEMA_OURS;
}

static gboolean
execute(sqlite3 *connection, const char *sql, GError **error)
{
  int code = sqlite3_exec(connection, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  shopcaisse_storage_set_error(error, connection, code);
  return FALSE;
}

static gboolean
apply_migration(sqlite3 *connection, int version, GError **error)
{
  g_autofree char *path = g_strdup_printf(MIGRATIONS_PATH "/%04d.sql", version);
  g_autofree char *finish = g_strdup_printf("PRAGMA user_version = %d; COMMIT", version);
  g_autoptr(GBytes) sql = g_resource_lookup_data(shopcaisse_store_get_resource(), path,
                                                 G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (sql == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, "migration %d is missing", version);
    return FALSE;
  }

  g_autofree char *text = g_strndup(g_bytes_get_data(sql, NULL), g_bytes_get_size(sql));

  if (execute(connection, "BEGIN IMMEDIATE", error) && execute(connection, text, error) &&
      execute(connection, finish, error))
    return TRUE;
  g_prefix_error(error, "migration %d: ", version);
  /* SQLite may have rolled back by itself already. */
  if (!sqlite3_get_autocommit(connection))
    (void)sqlite3_exec(connection, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/**
 * shopcaisse_schema_migrate:
 * @connection: a connection to an empty database or to one of ours
 * @error: return location for an error
 *
 * Applies the migrations that are missing, each in one transaction.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE; those before stay applied.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_schema_migrate(sqlite3 *connection, GError **error)
{
  int version = 0;
  int code = query_number(connection, "PRAGMA user_version", &version);

  if (code != SQLITE_OK) {
    shopcaisse_storage_set_error(error, connection, code);
    return FALSE;
  }
  while (version < shopcaisse_schema_get_version()) {
    version++;
    if (!apply_migration(connection, version, error))
      return FALSE;
  }
  return TRUE;
}
