/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/**
 * ExitCode:
 * @EXIT_CODE_DONE: all went well
 * @EXIT_CODE_FAILED: it failed, or a part of it
 * @EXIT_CODE_USAGE: what was typed is not a command
 * @EXIT_CODE_NOT_CONFIGURED: a token, a setting or a link is missing
 * @EXIT_CODE_BUSY: another process has the profile
 * @EXIT_CODE_UNAUTHORIZED: the service refuses the token
 * @EXIT_CODE_UNREACHABLE: the service does not answer
 * @EXIT_CODE_REFUSED: the other side understood and refused
 * @EXIT_CODE_INVALID: what was given cannot be right
 * @EXIT_CODE_CANCELLED: interrupted
 *
 * How the program ends.
 */
typedef enum {
  EXIT_CODE_DONE = 0,
  EXIT_CODE_FAILED = 1,
  EXIT_CODE_USAGE = 2,
  EXIT_CODE_NOT_CONFIGURED = 3,
  EXIT_CODE_BUSY = 4,
  EXIT_CODE_UNAUTHORIZED = 5,
  EXIT_CODE_UNREACHABLE = 6,
  EXIT_CODE_REFUSED = 7,
  EXIT_CODE_INVALID = 8,
  EXIT_CODE_CANCELLED = 9
} ExitCode;

ExitCode failure_get_exit_code(const GError *error);

ExitCode failure_check_answer(GVariant *answer);

GVariant *failure_build(const GError *error);
