/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a question is told when Tryton could not be asked. */

#include "failure.h"

/**
 * tryton_request_fail:
 * @request: a question that cannot be answered
 * @error: why
 *
 * Fails a question with the same code, or as unreachable when it was given up.
 */
void
tryton_request_fail(ComptoirRequest *request, const GError *error)
{
  ComptoirError code = COMPTOIR_ERROR_UNREACHABLE;

  if (error->domain == COMPTOIR_ERROR)
    code = (ComptoirError)error->code;
  comptoir_request_fail(request, code, error->message);
}
