/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session.h"

typedef struct _RunEvents RunEvents;

RunEvents *run_events_new(Session *session);
void run_events_free(RunEvents *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RunEvents, run_events_free)

void run_events_print(RunEvents *self, const char *event, GVariant *row);
