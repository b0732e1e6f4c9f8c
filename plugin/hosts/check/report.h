/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/**
 * Verdict:
 * @VERDICT_OK: the host does it as the contract says
 * @VERDICT_FAILED: the host does not
 * @VERDICT_WARNING: it works, and could be better
 * @VERDICT_NOT_OFFERED: the host has not got it, which is its right
 * @VERDICT_NOT_CHECKED: it could not be looked at
 *
 * What a check came to.
 */
typedef enum {
  VERDICT_OK,
  VERDICT_FAILED,
  VERDICT_WARNING,
  VERDICT_NOT_OFFERED,
  VERDICT_NOT_CHECKED,
  N_VERDICTS
} Verdict;

typedef struct _Report Report;

Report *report_new(void);
void report_free(Report *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

void report_add(Report *self, const char *name, Verdict verdict, const char *seen);

GVariant *report_build(Report *self);
char *report_dup_text(Report *self);
