/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts: which from outside can be ids, how one is shown in a message, how one takes the place of
 * another. */
#include "model/text.h"

#include <string.h>

#define QUOTE_MAX_CHARACTERS 40

/**
 * shopcaisse_text_is_id:
 * @text: (nullable): a text from outside
 *
 * Tells whether @text can name something for ever. Ids are opaque; docs/PROTOCOL.md 6.2. The two
 * dot segments are refused, for an id becomes a part of a path.
 *
 * Returns: %TRUE when it can
 */
gboolean
shopcaisse_text_is_id(const char *text)
{
  if (text == NULL || text[0] == '\0' || strlen(text) > SHOPCAISSE_ID_MAX_BYTES)
    return FALSE;
  if (!g_utf8_validate(text, -1, NULL))
    return FALSE;
  if (g_str_equal(text, ".") || g_str_equal(text, ".."))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
    if (g_unichar_iscntrl(g_utf8_get_char(at)))
      return FALSE;
  }
  return TRUE;
}

/**
 * shopcaisse_text_quote:
 * @text: a text from outside, of any bytes
 *
 * Makes @text fit for a message: in quotes, on one line, without control characters, shortened.
 *
 * Returns: (transfer full): the quoted text
 */
char *
shopcaisse_text_quote(const char *text)
{
  g_return_val_if_fail(text != NULL, NULL);

  g_autofree char *valid = g_utf8_make_valid(text, (gssize)strnlen(text, SHOPCAISSE_ID_MAX_BYTES));
  GString *quoted = g_string_new("\"");
  guint n_characters = 0;
  const char *at = valid;

  for (; *at != '\0' && n_characters < QUOTE_MAX_CHARACTERS; at = g_utf8_next_char(at)) {
    gunichar character = g_utf8_get_char(at);

    g_string_append_unichar(quoted, g_unichar_isprint(character) ? character : '?');
    n_characters++;
  }
  if (*at != '\0')
    g_string_append(quoted, "...");
  g_string_append_c(quoted, '"');
  return g_string_free(quoted, FALSE);
}

/**
 * shopcaisse_text_replace:
 * @text: (inout) (nullable): an owned text
 * @value: (nullable): copied; may be a part of @text
 *
 * Puts a copy of @value in the place of @text.
 *
 * Returns: whether that is another text than before
 */
gboolean
shopcaisse_text_replace(char **text, const char *value)
{
  char *copy = NULL;

  g_return_val_if_fail(text != NULL, FALSE);

  if (g_strcmp0(*text, value) == 0)
    return FALSE;
  copy = g_strdup(value);
  g_free(*text);
  *text = copy;
  return TRUE;
}
