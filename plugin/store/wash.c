/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What SQLite leaves behind deleted rows: the log, which is overwritten only by and by, and the gap
 * of a page whose rows moved to another, which secure_delete does not clear: docs/decisions/0023.
 * The file is read through SQLite, since closing another descriptor of it would drop the lock. */
#include "store/wash.h"

#include "store/statement.h"

#include <string.h>

#define OVERLAP 1024 /* bytes: longer than anything that is looked for */

/**
 * shopcaisse_wash_truncate:
 * @database: the database
 * @error: return location for an error
 *
 * Brings the log into the file and makes it empty.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_wash_truncate(ShopcaisseDatabase *database, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, "PRAGMA wal_checkpoint(TRUNCATE)", error);
  gint64 is_busy = 0;

  if (statement == NULL || !shopcaisse_statement_read_number(statement, 1, &is_busy, error))
    return FALSE;
  if (is_busy == 0)
    return TRUE;
  g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, "the log is in use");
  return FALSE;
}

static sqlite3_file *
get_file(ShopcaisseDatabase *database, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, "PRAGMA schema_version", error);
  sqlite3 *connection = statement != NULL ? sqlite3_db_handle(statement) : NULL;
  sqlite3_file *file = NULL;
  int code = SQLITE_OK;

  if (statement == NULL)
    return NULL;
  code = sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code != SQLITE_OK)
    shopcaisse_storage_set_error(error, connection, code);
  return code == SQLITE_OK ? file : NULL;
}

/**
 * shopcaisse_wash_search:
 * @database: the database, its log empty
 * @search: (inout): what to look for, and from where
 * @size: how many bytes
 * @error: return location for an error
 *
 * Looks at a part of the file as it is on disk.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_wash_search(ShopcaisseDatabase *database,
                       ShopcaisseWashSearch *search,
                       gsize size,
                       GError **error)
{
  sqlite3_file *file = get_file(database, error);
  g_autofree char *bytes = NULL;
  sqlite3_int64 end = 0;
  gint64 begin = MAX(0, search->from - OVERLAP);
  int code = SQLITE_OK;
  gint64 length = 0;

  if (file == NULL)
    return FALSE;
  code = file->pMethods->xFileSize(file, &end);
  length = MIN((gint64)size + search->from - begin, end - begin);
  if (code == SQLITE_OK && length > 0) {
    bytes = g_malloc((gsize)length);
    code = file->pMethods->xRead(file, bytes, (int)length, begin);
  }
  if (code != SQLITE_OK) {
    shopcaisse_storage_set_error(error, NULL, code);
    return FALSE;
  }
  if (length > 0 && shopcaisse_mask_is_in(search->mask, bytes, (gsize)length))
    search->is_found = TRUE;
  search->from = begin + MAX(0, length);
  search->is_end = search->from >= end;
  return TRUE;
}

/**
 * shopcaisse_wash_rebuild:
 * @database: the database
 * @error: return location for an error
 *
 * Writes the file anew and empties the log behind it. It takes as long as copying the file. Rows
 * keep their places, by which lists find them; SQLite does not promise that, so lists are read
 * again.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_wash_rebuild(ShopcaisseDatabase *database, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(database, "VACUUM", error);

  for (guint changed = 0; changed < SHOPCAISSE_N_CHANGED; changed++)
    shopcaisse_database_note_change(database, (ShopcaisseChanged)changed);
  return statement != NULL && shopcaisse_statement_run(statement, error) &&
         shopcaisse_wash_truncate(database, error);
}
