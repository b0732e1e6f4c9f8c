/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "command.h"

/* Exports what the request says, into the file of its "output" if it has one. */
void command_export_start(const Command *command, Session *session, GVariant *request, GTask *task);

void command_export_print(GVariant *answer, GString *out);
