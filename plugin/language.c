/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which catalogues gettext reads. Which language they are read in is the host's affair: it alone
 * calls setlocale(), docs/decisions/0013-words-for-people.md. */
#include "language.h"

#include "config.h"

#include <libintl.h>
#include <stdlib.h>

/**
 * shopcaisse_language_bind:
 *
 * Tells gettext where the catalogues lie: where they are installed, or in the folder that
 * `SHOPCAISSE_LOCALE_PATH` names, as in a build folder. All who call it say the same.
 */
void
shopcaisse_language_bind(void)
{
  const char *override = secure_getenv("SHOPCAISSE_LOCALE_PATH");

  bindtextdomain(GETTEXT_PACKAGE, override != NULL ? override : LOCALEDIR);
  bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
}
