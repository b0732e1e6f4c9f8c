/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Puts text from a host into a row, refusing what is not UTF-8: an id must not be repaired, since
 * two ids could then become one. */
#include "contract/text.h"

/**
 * comptoir_text_add: (skip)
 * @row: an open dictionary
 * @key: the key
 * @text: (nullable): the text; copied
 *
 * Adds @text to @row.
 *
 * Returns: %FALSE if @text is %NULL or not UTF-8; nothing is added then
 */
gboolean
comptoir_text_add(GVariantBuilder *row, const char *key, const char *text)
{
  if (text == NULL || !g_utf8_validate(text, -1, NULL))
    return FALSE;
  g_variant_builder_add(row, "{sv}", key, g_variant_new_string(text));
  return TRUE;
}

/**
 * comptoir_text_add_optional: (skip)
 * @row: an open dictionary
 * @key: the key
 * @text: (nullable): the text; copied
 *
 * Adds @text to @row unless it is %NULL.
 *
 * Returns: %FALSE if @text is not UTF-8; nothing is added then
 */
gboolean
comptoir_text_add_optional(GVariantBuilder *row, const char *key, const char *text)
{
  return text == NULL || comptoir_text_add(row, key, text);
}
