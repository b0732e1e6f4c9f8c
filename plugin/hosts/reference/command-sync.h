/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "command.h"

void command_sync_start(const Command *command, Session *session, GVariant *request, GTask *task);
