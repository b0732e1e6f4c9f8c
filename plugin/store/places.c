/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tree that the token sees, as last read. */
#include "store/places.h"

#include "store/statement.h"

/**
 * shopcaisse_mirror_put_place:
 * @database: the database
 * @place: the place; copied
 * @sweep: the number of the pull that saw it
 * @error: return location for an error
 *
 * Writes a place as it was read.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_mirror_put_place(ShopcaisseDatabase *database,
                            const ShopcaissePlace *place,
                            gint64 sweep,
                            GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "INSERT INTO place (kind, id, parent_id, name, country, city, active, configuration_mode,"
      " sweep) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
      " ON CONFLICT (kind, id) DO UPDATE SET parent_id = excluded.parent_id,"
      " name = excluded.name, country = excluded.country, city = excluded.city,"
      " active = excluded.active, configuration_mode = excluded.configuration_mode,"
      " sweep = excluded.sweep",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int(statement, 1, (int)place->kind);
  shopcaisse_statement_bind_text(statement, 2, place->id);
  shopcaisse_statement_bind_text(statement, 3, place->parent_id);
  shopcaisse_statement_bind_text(statement, 4, place->name);
  shopcaisse_statement_bind_text(statement, 5, place->country);
  shopcaisse_statement_bind_text(statement, 6, place->city);
  sqlite3_bind_int(statement, 7, place->active);
  sqlite3_bind_int(statement, 8, place->configuration_mode);
  sqlite3_bind_int64(statement, 9, sweep);
  return shopcaisse_statement_run(statement, error);
}

static ShopcaissePlace *
read_place(ShopcaisseStatement *row)
{
  ShopcaissePlace *place = g_new0(ShopcaissePlace, 1);

  place->kind = (ShopcaissePlaceKind)sqlite3_column_int(row, 0);
  place->id = shopcaisse_statement_dup_text(row, 1);
  place->parent_id = shopcaisse_statement_dup_text(row, 2);
  place->name = shopcaisse_statement_dup_text(row, 3);
  place->country = shopcaisse_statement_dup_text(row, 4);
  place->city = shopcaisse_statement_dup_text(row, 5);
  place->active = sqlite3_column_int(row, 6) != 0;
  place->configuration_mode = sqlite3_column_int(row, 7) != 0;
  return place;
}

/**
 * shopcaisse_mirror_list_places:
 * @database: the database
 * @kind: the kind
 * @parent_id: (nullable): where; %NULL: anywhere
 * @error: return location for an error
 *
 * Lists places, by name.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (element-type ShopcaissePlace): the places; %NULL on failure
 */
GPtrArray *
shopcaisse_mirror_list_places(ShopcaisseDatabase *database,
                              ShopcaissePlaceKind kind,
                              const char *parent_id,
                              GError **error)
{
  g_autoptr(GPtrArray) places =
      g_ptr_array_new_with_free_func((GDestroyNotify)shopcaisse_place_free);
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT kind, id, parent_id, name, country, city, active, configuration_mode"
      " FROM place WHERE kind = ?1 AND (?2 IS NULL OR parent_id = ?2) ORDER BY name, id",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int(statement, 1, (int)kind);
  shopcaisse_statement_bind_text(statement, 2, parent_id);
  while (TRUE) {
    if (!shopcaisse_statement_step(statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer(&places);
    g_ptr_array_add(places, read_place(statement));
  }
}

/**
 * shopcaisse_mirror_get_place:
 * @database: the database
 * @kind: the kind
 * @id: its id
 * @error: return location for an error
 *
 * Looks a place up.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the place; %NULL without an error when there is none
 */
ShopcaissePlace *
shopcaisse_mirror_get_place(ShopcaisseDatabase *database,
                            ShopcaissePlaceKind kind,
                            const char *id,
                            GError **error)
{
  g_autoptr(ShopcaisseStatement) statement = shopcaisse_database_prepare(
      database,
      "SELECT kind, id, parent_id, name, country, city, active, configuration_mode"
      " FROM place WHERE kind = ?1 AND id = ?2",
      error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int(statement, 1, (int)kind);
  shopcaisse_statement_bind_text(statement, 2, id);
  if (!shopcaisse_statement_step(statement, &has_row, error) || !has_row)
    return NULL;
  return read_place(statement);
}
