/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "report.h"

#include <comptoir/comptoir.h>

typedef struct _Rounds Rounds;

Rounds *rounds_new(void);
void rounds_free(Rounds *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rounds, rounds_free)

void rounds_add(Rounds *self, ComptoirHost *host);
void rounds_ask_in_flight(ComptoirHost *host);
guint rounds_count_alive(Rounds *self);
void rounds_judge(Rounds *self, Report *report);
