/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages of errors begin with a small letter and have no full stop, since each level may put
 * words before them. On the page they stand alone. */
#include "ui/model/sentence.h"

/* Whether a full stop is missing: not after other marks, nor after what a program prints. */
static gboolean
ends_openly(const char *message)
{
  const char *last = g_utf8_find_prev_char(message, message + strlen(message));
  gunichar character = last != NULL ? g_utf8_get_char(last) : 0;
  return g_unichar_isalnum(character) || character == ')' || character == 0x00bb;
}

/* Only a word of letters: an id or an address stays as it is. */
static gboolean
begins_with_word(const char *message)
{
  const char *at = message;
  if (!g_unichar_islower(g_utf8_get_char(at)))
    return FALSE;
  while (g_unichar_isalpha(g_utf8_get_char(at)))
    at = g_utf8_next_char(at);
  /* French has a no-break space before its colon. */
  return *at == '\0' || strchr(" ,;'", *at) != NULL || g_str_has_prefix(at, ": ") ||
         g_str_has_prefix(at, "\u00a0") || g_str_has_prefix(at, "\u202f");
}

/**
 * shopcaisse_page_sentence_dup:
 * @message: what the channel says, "" for nothing
 *
 * Makes a sentence of a message: "no token has been set" becomes "No token has been set.", and what
 * is one already stays so.
 *
 * Returns: (transfer full): the sentence
 */
char *
shopcaisse_page_sentence_dup(const char *message)
{
  if (*message == '\0' || !g_utf8_validate(message, -1, NULL))
    return g_strdup(message);
  g_autoptr(GString) sentence = g_string_new(NULL);
  if (begins_with_word(message)) {
    g_string_append_unichar(sentence, g_unichar_toupper(g_utf8_get_char(message)));
    message = g_utf8_next_char(message);
  }
  g_string_append(sentence, message);
  if (ends_openly(message))
    g_string_append_c(sentence, '.');
  return g_string_free(g_steal_pointer(&sentence), FALSE);
}
