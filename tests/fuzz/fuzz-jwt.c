/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any text as a token: read or refused, and never repeated in the refusal. */
#include "api/authentication.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup(size > 0 ? (const char *)data : "", size);
  g_autoptr(GError) error = NULL;
  g_autoptr(ShopcaisseGrant) grant = shopcaisse_token_decode(text, &error);

  g_assert_true((grant == NULL) == (error != NULL));
  if (grant != NULL)
    (void)shopcaisse_grant_allows(grant, "store.*.orders.write"); /* that it returns is enough */
  else
    g_assert_null(strstr(error->message, "eyJ"));
  return 0;
}
