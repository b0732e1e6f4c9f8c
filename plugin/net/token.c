/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bearer token as text: fit for a header, and wiped after use. It does not say who may see it.
 */

#include "net/token.h"

#include "config.h"
#include "error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * shopcaisse_token_wipe:
 * @text: (nullable) (transfer full): the token, or what contains it
 *
 * Overwrites @text and frees it.
 */
void
shopcaisse_token_wipe(char *text)
{
  if (text == NULL)
    return;

  explicit_bzero(text, strlen(text));
  g_free(text);
}

/**
 * shopcaisse_token_build_authorization:
 * @token: the token
 * @error: return location for an error
 *
 * Makes the value of the header Authorization.
 *
 * Fails with %COMPTOIR_ERROR_INVALID when @token would break the header.
 *
 * Returns: (transfer full): give it to shopcaisse_token_wipe()
 */
char *
shopcaisse_token_build_authorization(const char *token, GError **error)
{
  g_return_val_if_fail(token != NULL, NULL);

  for (const char *c = token; *c != '\0'; c++) {
    if (!g_ascii_isgraph(*c)) {
      g_set_error_literal(error, COMPTOIR_ERROR, COMPTOIR_ERROR_INVALID,
                          _("the token cannot stand in a header"));
      return NULL;
    }
  }
  return g_strconcat("Bearer ", token, NULL);
}
