/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can be said of a token before anyone is asked. What is in it is the channel's affair. */
#include "ui/model/token.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_PARTS 3 /* head, content, signature; docs/PROTOCOL.md 1 */

static gboolean
is_noise(char c)
{
  return g_ascii_isspace(c) || c == '"' || c == '\'' || c == '`';
}

/**
 * shopcaisse_page_token_clean:
 * @pasted: what was pasted
 *
 * Takes away what a mail or a web page leaves around a token: white space, also in the middle of a
 * long line, quotes, and the word that stands before it in a header.
 *
 * Returns: (transfer full): the token
 */
char *
shopcaisse_page_token_clean(const char *pasted)
{
  g_autoptr(GString) token = g_string_new(NULL);
  while (g_ascii_isspace(*pasted))
    pasted++;
  if (g_ascii_strncasecmp(pasted, "bearer ", strlen("bearer ")) == 0)
    pasted += strlen("bearer ");
  for (; *pasted != '\0'; pasted++) {
    if (!is_noise(*pasted))
      g_string_append_c(token, *pasted);
  }
  return g_string_free(g_steal_pointer(&token), FALSE);
}

static gboolean
has_only_token_letters(const char *token)
{
  for (; *token != '\0'; token++) {
    if (!g_ascii_isalnum(*token) && strchr("-_=.", *token) == NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_empty_part(char **parts)
{
  for (; *parts != NULL; parts++) {
    if (**parts == '\0')
      return TRUE;
  }
  return FALSE;
}

/**
 * shopcaisse_page_token_dup_problem:
 * @token: a token, cleaned
 *
 * Says what is wrong with the form of a token.
 *
 * Returns: (transfer full) (nullable): a sentence, %NULL if it may be asked about
 */
char *
shopcaisse_page_token_dup_problem(const char *token)
{
  if (*token == '\0')
    return g_strdup(_("Paste the token first."));
  if (!has_only_token_letters(token))
    return g_strdup(_("This is not a token: it has characters that no token has. Copy it again in "
                      "the Shopcaisse back office."));
  g_auto(GStrv) parts = g_strsplit(token, ".", -1);
  guint n_parts = g_strv_length(parts);
  if (n_parts != N_PARTS)
    /* Translators: a token is a long text of three parts with dots between them. */
    return g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "This token has %u part instead of 3. Copy the whole of it.",
                    "This token has %u parts instead of 3. Copy the whole of it.", n_parts),
        n_parts);
  if (has_empty_part(parts))
    return g_strdup(_("A part of this token is missing. Copy the whole of it."));
  return NULL;
}
