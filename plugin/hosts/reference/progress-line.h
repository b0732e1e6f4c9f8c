/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir.h>

typedef struct _ProgressLine ProgressLine;

ProgressLine *progress_line_new(ComptoirChannel *channel);
void progress_line_free(ProgressLine *self);
