/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ComptoirError:
 * @COMPTOIR_ERROR_INVALID: what was given cannot be right; correct it and call again
 * @COMPTOIR_ERROR_NOT_CONFIGURED: a setting, a token or a link is missing
 * @COMPTOIR_ERROR_UNAUTHORIZED: the service refuses the credentials or a right is missing
 * @COMPTOIR_ERROR_UNREACHABLE: the other side did not answer, or not in time
 * @COMPTOIR_ERROR_BUSY: something else holds what is needed; try again later
 * @COMPTOIR_ERROR_REJECTED: the other side understood and refused
 * @COMPTOIR_ERROR_CONFLICT: the world is not what the caller believed
 * @COMPTOIR_ERROR_PROTOCOL: the other side answered something that cannot be understood
 * @COMPTOIR_ERROR_STORAGE: the disk or the database failed; nothing was acknowledged
 * @COMPTOIR_ERROR_VERSION: the two sides speak versions that do not fit
 * @COMPTOIR_ERROR_NOT_SUPPORTED: this host or this channel has not got it
 *
 * What a caller can do about a failure. Cancellation is %G_IO_ERROR_CANCELLED.
 */
typedef enum {
  COMPTOIR_ERROR_INVALID,
  COMPTOIR_ERROR_NOT_CONFIGURED,
  COMPTOIR_ERROR_UNAUTHORIZED,
  COMPTOIR_ERROR_UNREACHABLE,
  COMPTOIR_ERROR_BUSY,
  COMPTOIR_ERROR_REJECTED,
  COMPTOIR_ERROR_CONFLICT,
  COMPTOIR_ERROR_PROTOCOL,
  COMPTOIR_ERROR_STORAGE,
  COMPTOIR_ERROR_VERSION,
  COMPTOIR_ERROR_NOT_SUPPORTED
} ComptoirError;

#define COMPTOIR_ERROR (comptoir_error_quark())

#define COMPTOIR_TYPE_ERROR (comptoir_error_get_type())

GQuark comptoir_error_quark(void);

GType comptoir_error_get_type(void);

gboolean comptoir_error_is_retryable(const GError *error);

G_END_DECLS
