/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <comptoir/comptoir.h>

/* What a host can do wrong, one at a time: the environment variable COMPTOIR_FAULT names it. */
gboolean fault_is(const char *name);

void fault_sleep(void);
void fault_hang(void);
void fault_work(void);
void fault_answer_later(ComptoirRequest *request, GVariant *answer, guint delay_ms);
void fault_answer_from_thread(ComptoirRequest *request, GVariant *answer);
