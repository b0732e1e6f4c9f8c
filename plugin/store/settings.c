/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts by name: what the user chose, and how far each flow has come. What they mean is the
 * engine's affair. */
#include "store/settings.h"

#include "store/statement.h"

static char *
get_text(ShopcaisseDatabase *database, const char *sql, const char *key, GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(database, sql, error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  shopcaisse_statement_bind_text(statement, 1, key);
  if (!shopcaisse_statement_step(statement, &has_row, error) || !has_row)
    return NULL;
  return shopcaisse_statement_dup_text(statement, 0);
}

static gboolean
set_text(ShopcaisseDatabase *database,
         const char *sql,
         const char *key,
         const char *value,
         GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(database, sql, error);

  if (statement == NULL)
    return FALSE;
  shopcaisse_statement_bind_text(statement, 1, key);
  if (value != NULL)
    shopcaisse_statement_bind_text(statement, 2, value);
  return shopcaisse_statement_run(statement, error);
}

/**
 * shopcaisse_settings_get:
 * @database: the database
 * @key: the setting's name
 * @error: return location for an error
 *
 * Reads a setting.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): its value; %NULL without an error when it is not set
 */
char *
shopcaisse_settings_get(ShopcaisseDatabase *database, const char *key, GError **error)
{
  return get_text(database, "SELECT value FROM setting WHERE key = ?1", key, error);
}

/**
 * shopcaisse_settings_set:
 * @database: the database
 * @key: the setting's name
 * @value: (nullable): its value; %NULL takes it away
 * @error: return location for an error
 *
 * Writes a setting.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_settings_set(ShopcaisseDatabase *database,
                        const char *key,
                        const char *value,
                        GError **error)
{
  if (value == NULL)
    return set_text(database, "DELETE FROM setting WHERE key = ?1", key, NULL, error);
  return set_text(database,
                  "INSERT INTO setting (key, value) VALUES (?1, ?2)"
                  " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                  key, value, error);
}

/**
 * shopcaisse_settings_get_all:
 * @database: the database
 * @error: return location for an error
 *
 * Reads all settings.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full): an `a{ss}`, by name; %NULL on failure
 */
GVariant *
shopcaisse_settings_get_all(ShopcaisseDatabase *database, GError **error)
{
  g_auto(GVariantBuilder) settings = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a{ss}"));
  g_autoptr(ShopcaisseStatement) statement =
      shopcaisse_database_prepare(database, "SELECT key, value FROM setting ORDER BY key", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_variant_ref_sink(g_variant_builder_end(&settings));
    g_variant_builder_add(&settings, "{ss}", (const char *)sqlite3_column_text(statement, 0),
                          (const char *)sqlite3_column_text(statement, 1));
  }
}

/**
 * shopcaisse_cursors_get:
 * @database: the database
 * @name: the flow
 * @error: return location for an error
 *
 * Reads how far a flow has come.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the cursor; %NULL without an error when it never ran
 */
char *
shopcaisse_cursors_get(ShopcaisseDatabase *database, const char *name, GError **error)
{
  return get_text(database, "SELECT value FROM cursor WHERE name = ?1", name, error);
}

/**
 * shopcaisse_cursors_get_time:
 * @database: the database
 * @name: the flow
 * @fallback: the answer when there is no time
 *
 * Reads a cursor that is a time. What cannot be read counts as absent: a flow then starts over,
 * which costs time and doubles nothing.
 *
 * Returns: the time
 */
gint64
shopcaisse_cursors_get_time(ShopcaisseDatabase *database, const char *name, gint64 fallback)
{
  g_autofree char *text = shopcaisse_cursors_get(database, name, NULL);
  gint64 at = 0;

  if (text == NULL || !g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, &at, NULL))
    return fallback;
  return at;
}

/**
 * shopcaisse_cursors_set:
 * @database: the database
 * @name: the flow
 * @value: (nullable): the cursor; %NULL takes it away
 * @error: return location for an error
 *
 * Notes how far a flow has come.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_cursors_set(ShopcaisseDatabase *database,
                       const char *name,
                       const char *value,
                       GError **error)
{
  if (value == NULL)
    return set_text(database, "DELETE FROM cursor WHERE name = ?1", name, NULL, error);
  return set_text(database,
                  "INSERT INTO cursor (name, value) VALUES (?1, ?2)"
                  " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                  name, value, error);
}

/**
 * shopcaisse_cursors_set_time:
 * @database: the database
 * @name: the flow
 * @at: the time
 * @error: return location for an error
 *
 * Notes up to when a flow has come.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_cursors_set_time(ShopcaisseDatabase *database,
                            const char *name,
                            gint64 at,
                            GError **error)
{
  g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, at);

  return shopcaisse_cursors_set(database, name, text, error);
}
