/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The version of the contract that this library carries. */
#include <comptoir/comptoir-version.h>

/**
 * comptoir_get_api_version:
 *
 * Gives the %COMPTOIR_API_VERSION of the library that runs, which may be newer than the one the
 * caller was compiled with.
 *
 * Returns: the version
 *
 * Since: 1.0
 */
guint
comptoir_get_api_version(void)
{
  return COMPTOIR_API_VERSION;
}
