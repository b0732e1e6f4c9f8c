/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Since when sales are ours to send. */
#include "engine/first-connection.h"

#include "engine/context.h"
#include "store/settings.h"

static gboolean
write_time(ShopcaisseContext *context, gint64 connected_at, GError **error)
{
  g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, connected_at);

  return shopcaisse_settings_set(context->database, SHOPCAISSE_CONNECTED_AT, text, error) &&
         shopcaisse_database_write_keepsake(context->database, text, error) &&
         shopcaisse_configuration_reload(context->configuration, context->database, error);
}

/**
 * shopcaisse_first_connection_note:
 * @context: the engine's parts
 * @error: return location for an error
 *
 * Remembers now as the first connection, unless there was one.
 *
 * Returns: %TRUE on success, else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_first_connection_note(ShopcaisseContext *context, GError **error)
{
  return context->configuration->connected_at != 0 ||
         write_time(context, shopcaisse_context_get_now(context), error);
}

/**
 * shopcaisse_first_connection_recover:
 * @context: the engine's parts
 * @error: return location for an error
 *
 * Takes the time from beside the database.
 *
 * Returns: %TRUE on success, also when none is known; else %COMPTOIR_ERROR_STORAGE
 */
gboolean
shopcaisse_first_connection_recover(ShopcaisseContext *context, GError **error)
{
  g_autofree char *text = shopcaisse_database_dup_keepsake(context->database);
  gint64 connected_at = text != NULL ? g_ascii_strtoll(text, NULL, 10) : 0;

  return connected_at <= 0 || write_time(context, connected_at, error);
}
