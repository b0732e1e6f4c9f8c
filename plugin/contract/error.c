/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The error domain of the contract, and the questions a caller asks of an error. */
#include <comptoir/comptoir-error.h>

/**
 * comptoir_error_quark:
 *
 * Names the domain of [error@Comptoir.Error].
 *
 * Returns: the quark
 *
 * Since: 1.0
 */
GQuark
comptoir_error_quark(void)
{
  return g_quark_from_static_string("comptoir-error-quark");
}

/**
 * comptoir_error_is_retryable:
 * @error: (nullable): an error of any domain
 *
 * Tells whether the same call may succeed later although nobody changes anything. True for
 * %COMPTOIR_ERROR_UNREACHABLE and %COMPTOIR_ERROR_BUSY, false for the rest and for other domains.
 *
 * Returns: %TRUE if it is worth calling again
 *
 * Since: 1.0
 */
gboolean
comptoir_error_is_retryable(const GError *error)
{
  return g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_UNREACHABLE) ||
         g_error_matches(error, COMPTOIR_ERROR, COMPTOIR_ERROR_BUSY);
}
