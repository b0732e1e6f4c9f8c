/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a channel is, as keys of a row. */

#include "channel-state.h"

/**
 * channel_state_insert:
 * @row: the dictionary to fill
 * @channel: the channel
 *
 * Inserts `status`, `last_error`, `busy` and, while something is under way, `progress`.
 */
void
channel_state_insert(GVariantDict *row, ComptoirChannel *channel)
{
  g_autoptr(GEnumClass) words = g_type_class_ref(COMPTOIR_TYPE_STATUS);
  GEnumValue *word = g_enum_get_value(words, (int)comptoir_channel_get_status(channel));
  g_autofree char *last_error = comptoir_channel_dup_last_error(channel);
  gboolean is_busy = comptoir_channel_is_busy(channel);

  g_variant_dict_insert(row, COMPTOIR_KEY_STATUS, "s", word == NULL ? "unknown" : word->value_nick);
  g_variant_dict_insert(row, "last_error", "s", last_error == NULL ? "" : last_error);
  g_variant_dict_insert(row, "busy", "b", is_busy);
  if (is_busy)
    g_variant_dict_insert(row, "progress", "d", comptoir_channel_get_progress(channel));
}
