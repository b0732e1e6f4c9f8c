/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Binding, stepping and reading of prepared statements, and SQLite's codes as our errors. The
 * statements themselves belong to the database, which keeps and finalises them. */
#include "store/statement.h"

#include "config.h"

#include <glib/gi18n-lib.h>

/* What went wrong, in words; NULL: nothing is known beyond SQLite's own message. */
static const char *
describe_code(int code)
{
  switch (code & 0xff) {
  case SQLITE_FULL:
    return _("the disk is full");
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_CANTOPEN:
    return _("the database cannot be written");
  case SQLITE_IOERR:
    return _("the disk failed");
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return _("the database is damaged");
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return _("another program holds the database");
  case SQLITE_CONSTRAINT:
    return _("the database refuses the row");
  default:
    return _("the database failed");
  }
}

static ComptoirError
translate_code(int code)
{
  switch (code) {
  case SQLITE_CONSTRAINT_PRIMARYKEY:
  case SQLITE_CONSTRAINT_UNIQUE:
    return COMPTOIR_ERROR_CONFLICT;
  default:
    break;
  }
  switch (code & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return COMPTOIR_ERROR_BUSY;
  default:
    return COMPTOIR_ERROR_STORAGE;
  }
}

/**
 * shopcaisse_storage_set_error:
 * @error: return location for an error
 * @connection: (nullable): the connection that failed
 * @code: SQLite's code
 *
 * Translates a failure of SQLite. This is the only place that does.
 */
void
shopcaisse_storage_set_error(GError **error, sqlite3 *connection, int code)
{
  int extended = code;
  const char *message = sqlite3_errstr(code);

  if (connection != NULL && (sqlite3_extended_errcode(connection) & 0xff) == (code & 0xff)) {
    extended = sqlite3_extended_errcode(connection);
    message = sqlite3_errmsg(connection);
  }
  g_set_error(error, COMPTOIR_ERROR, (gint)translate_code(extended), "%s: %s (SQLite %d)",
              describe_code(extended), message, extended);
}

/**
 * shopcaisse_statement_bind_text:
 * @self: the statement
 * @index: the parameter, from 1
 * @text: (nullable): the text; copied. %NULL is SQL's NULL
 *
 * Binds a text.
 */
void
shopcaisse_statement_bind_text(ShopcaisseStatement *self, int index, const char *text)
{
  /* A failure leaves NULL, which the column refuses when the statement is stepped. */
  (void)sqlite3_bind_text(self, index, text, -1, SQLITE_TRANSIENT);
}

/**
 * shopcaisse_statement_bind_variant:
 * @self: the statement
 * @index: the parameter, from 1
 * @value: (nullable): the value; copied
 *
 * Binds a value as text with its types. %NULL is the empty text.
 */
void
shopcaisse_statement_bind_variant(ShopcaisseStatement *self, int index, GVariant *value)
{
  g_autofree char *text = value != NULL ? g_variant_print(value, TRUE) : g_strdup("");

  shopcaisse_statement_bind_text(self, index, text);
}

/**
 * shopcaisse_statement_dup_text:
 * @self: the statement, on a row
 * @column: the column, from 0
 *
 * Copies a text.
 *
 * Returns: (transfer full) (nullable): the text; %NULL for SQL's NULL
 */
char *
shopcaisse_statement_dup_text(ShopcaisseStatement *self, int column)
{
  return g_strdup((const char *)sqlite3_column_text(self, column));
}

/**
 * shopcaisse_statement_read_variant:
 * @self: the statement, on a row
 * @column: the column, from 0
 * @type: what the value must be
 * @value: (out) (transfer full) (nullable): the value; %NULL for the empty text
 * @error: return location for an error
 *
 * Reads what [func@Shopcaisse.statement_bind_variant] wrote.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE when the text is not such a value.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_statement_read_variant(ShopcaisseStatement *self,
                                  int column,
                                  const GVariantType *type,
                                  GVariant **value,
                                  GError **error)
{
  const char *text = (const char *)sqlite3_column_text(self, column);

  if (text == NULL || text[0] == '\0') {
    *value = NULL;
    return TRUE;
  }

  GVariant *parsed = g_variant_parse(type, text, NULL, NULL, NULL);

  if (parsed == NULL) {
    g_set_error(error, COMPTOIR_ERROR, COMPTOIR_ERROR_STORAGE, "column %s cannot be read",
                sqlite3_column_name(self, column));
    return FALSE;
  }
  *value = parsed;
  return TRUE;
}

/**
 * shopcaisse_statement_step:
 * @self: the statement
 * @has_row: (out): whether there is a row to read
 * @error: return location for an error
 *
 * Goes to the next row.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE, with %COMPTOIR_ERROR_CONFLICT when a key is taken, or with
 * %COMPTOIR_ERROR_BUSY when another program holds the file.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_statement_step(ShopcaisseStatement *self, gboolean *has_row, GError **error)
{
  int code = sqlite3_step(self);

  if (code != SQLITE_ROW && code != SQLITE_DONE) {
    shopcaisse_storage_set_error(error, sqlite3_db_handle(self), code);
    return FALSE;
  }
  *has_row = code == SQLITE_ROW;
  return TRUE;
}

/**
 * shopcaisse_statement_run:
 * @self: the statement
 * @error: return location for an error
 *
 * Runs a statement that answers no rows. Fails as [func@Shopcaisse.statement_step] does.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_statement_run(ShopcaisseStatement *self, GError **error)
{
  gboolean has_row = FALSE;

  return shopcaisse_statement_step(self, &has_row, error);
}

/**
 * shopcaisse_statement_read_number:
 * @self: the statement
 * @fallback: the answer when there is no row, or NULL in it
 * @number: (out): the first column of the first row
 * @error: return location for an error
 *
 * Runs a statement that answers one number. Fails as [func@Shopcaisse.statement_step] does.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_statement_read_number(ShopcaisseStatement *self,
                                 gint64 fallback,
                                 gint64 *number,
                                 GError **error)
{
  gboolean has_row = FALSE;

  if (!shopcaisse_statement_step(self, &has_row, error))
    return FALSE;
  if (has_row && sqlite3_column_type(self, 0) != SQLITE_NULL)
    *number = sqlite3_column_int64(self, 0);
  else
    *number = fallback;
  return TRUE;
}

/**
 * shopcaisse_statement_read_counts:
 * @self: the statement
 * @error: return location for an error
 *
 * Collects rows of a word and a count. Fails as [func@Shopcaisse.statement_step] does.
 *
 * Returns: (transfer full): an `a{su}`; %NULL on failure
 */
GVariant *
shopcaisse_statement_read_counts(ShopcaisseStatement *self, GError **error)
{
  g_auto(GVariantBuilder) counts = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a{su}"));
  gboolean has_row = FALSE;

  while (TRUE) {
    if (!shopcaisse_statement_step(self, &has_row, error))
      return NULL;
    if (!has_row)
      return g_variant_ref_sink(g_variant_builder_end(&counts));
    g_variant_builder_add(&counts, "{su}", (const char *)sqlite3_column_text(self, 0),
                          (guint)sqlite3_column_int64(self, 1));
  }
}

/**
 * shopcaisse_statement_release:
 * @self: (nullable): the statement
 *
 * Makes the statement ready for its next use. It stays prepared.
 */
void
shopcaisse_statement_release(ShopcaisseStatement *self)
{
  if (self == NULL)
    return;
  /* Both report the failure that step already reported. */
  (void)sqlite3_reset(self);
  (void)sqlite3_clear_bindings(self);
}
