/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What lies beside the database: the line that outlives it, and damaged ones that were set aside.
 */
#include "store/folder.h"
#include "store/statement.h"

/**
 * shopcaisse_database_write_keepsake:
 * @self: the database
 * @text: a short line
 * @error: return location for an error
 *
 * Writes what is to be known still should the database be lost; outside it and its transactions.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE on success
 */
gboolean
shopcaisse_database_write_keepsake(ShopcaisseDatabase *self, const char *text, GError **error)
{
  g_return_val_if_fail(self != NULL && text != NULL, FALSE);

  return shopcaisse_folder_write_marker(shopcaisse_database_get_folder(self), text, error);
}

/**
 * shopcaisse_database_dup_keepsake:
 * @self: the database
 *
 * Reads it.
 *
 * Returns: (transfer full) (nullable): the text; "" before the first was written
 */
char *
shopcaisse_database_dup_keepsake(ShopcaisseDatabase *self)
{
  g_return_val_if_fail(self != NULL, NULL);

  return shopcaisse_folder_dup_marker(shopcaisse_database_get_folder(self));
}

/**
 * shopcaisse_database_count_set_aside:
 * @self: the database
 *
 * Counts damaged databases that were kept.
 *
 * Returns: their number
 */
guint
shopcaisse_database_count_set_aside(ShopcaisseDatabase *self)
{
  g_return_val_if_fail(self != NULL, 0);

  return shopcaisse_folder_count_set_aside(shopcaisse_database_get_folder(self));
}

/**
 * shopcaisse_database_delete_set_aside:
 * @self: the database
 * @error: return location for an error
 *
 * Deletes damaged databases that were kept, with their logs.
 *
 * Fails with %COMPTOIR_ERROR_STORAGE.
 *
 * Returns: %TRUE when none is left
 */
gboolean
shopcaisse_database_delete_set_aside(ShopcaisseDatabase *self, GError **error)
{
  g_return_val_if_fail(self != NULL, FALSE);

  return shopcaisse_folder_delete_set_aside(shopcaisse_database_get_folder(self), error);
}
