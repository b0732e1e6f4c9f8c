/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which catalogues gettext reads; the channel and its page say the same, whichever is first. */
#include "language.h"

#include "config.h"

#include <libintl.h>
#include <stdlib.h>

/**
 * tryton_language_bind:
 *
 * Tells gettext where the catalogues lie: where they are installed, or in the folder that
 * `SHOPCAISSE_LOCALE_PATH` names, as in a build folder.
 */
void
tryton_language_bind(void)
{
  const char *override = secure_getenv("SHOPCAISSE_LOCALE_PATH");

  bindtextdomain(GETTEXT_PACKAGE, override != NULL ? override : LOCALEDIR);
  bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
}
